"""The documents of ``cases/procedure/steps/execution.py``: deferral, demand, court, own enforcement, agreement."""

from __future__ import annotations

from dataclasses import replace

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)
_PARTY = Field("addressee", "当事人", Home.PARTY)
_SEAL = (Field("organ", "印章", Home.STAFF),)
_BOTH = ("存根", "当事人")
_ORGAN = ("机关印章",)


def _parts(*labels: str, home: Home = Home.CASE) -> tuple[Field, ...]:
    """Fields that stand in the letter's paragraphs."""
    return fields(home, *(("parts", label) for label in labels))


def _letter(
    code: str, doc_id: str, title: str, legal_basis: str, inside: tuple[Field, ...], *, number_word: str | None = None
) -> DocumentType:
    """One letter of the bureau to the party, sealed and served."""
    return DocumentType(
        code=code, doc_id=doc_id, title=title, number_word=number_word, template=f"documents/{code}.html",
        template_version="1", kind="letter", fields=(_CASE_NO, _PARTY, *inside, *_SEAL), signatures=(), seals=_ORGAN,
        copies=2, recipients=_BOTH, served=True, legal_basis=legal_basis,
    )  # fmt: skip


DEFERRAL_FORM = DocumentType(
    code="deferral_form", doc_id="S30", title="分期（延期）缴纳罚款审批表", number_word=None,
    template="documents/deferral_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        *fields(Home.CASE, ("rows", "当事人"), ("rows", "案件基本情况"), ("rows", "理由"), ("rows", "意见")),
        *fields(Home.STAFF, ("opinions", "承办人意见"), ("opinions", "经办机构负责人意见"), ("opinions", "负责人审批意见")),
        Field("tables", "缴纳计划", Home.NARRATIVE),
    ),
    signatures=("承办人", "经办机构负责人", "负责人"), seals=(), copies=1, recipients=("副卷",), served=False,
    legal_basis="处罚法66",
)  # fmt: skip

DEFERRAL_NOTICE = _letter(
    "deferral_notice", "M17", "分期（延期）缴纳罚款通知书", "处罚法66",
    _parts("送达日期", "决定书案号", "罚款金额（大写）", "同意延期至", "同意分期", "尚未缴纳", "不同意", "代收机构"),
)  # fmt: skip

DEMAND_LETTER = _letter(
    "demand_letter", "M19", "催告书", "强制法35,54;51(2)",
    _parts(
        "决定书案号", "履行标的", "履行期限", "履行方式", "履行要求", "其他事项", "加处罚款", "拍卖抵缴", "申请人民法院", "代履行",
        "陈述和申辩",
    ),
    number_word="催",
)  # fmt: skip

COURT_APPLICATION = DocumentType(
    code="court_application", doc_id="S32", title="强制执行申请书", number_word=None,
    template="documents/court_application.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        *_parts("申请人", "被申请人", "请求事项", "事实与理由", "依据", "人民法院", "附件清单"),
        *_SEAL,
    ),
    signatures=("负责人",), seals=_ORGAN, copies=2, recipients=("人民法院", "存卷"), served=False,
    legal_basis="强制法53-55,59",
)  # fmt: skip

ENFORCEMENT_FORM = DocumentType(
    code="enforcement_form", doc_id="S33", title="行政强制执行审批表", number_word=None,
    template="documents/enforcement_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        Field("cause", "案由", Home.CASE),
        *fields(
            Home.CASE, ("rows", "决定书文号"), ("rows", "当事人"), ("rows", "基本案情"), ("rows", "应履行义务"),
            ("rows", "救济情况"), ("rows", "催告情况"),
        ),
        Field("rows", "意见", Home.NARRATIVE),
        *fields(
            Home.STAFF, ("opinions", "承办人意见"), ("opinions", "经办机构负责人意见"), ("opinions", "法制机构意见"),
            ("opinions", "负责人审批意见"),
        ),
    ),
    signatures=("承办人", "经办机构负责人", "法制机构", "负责人"), seals=(), copies=1, recipients=("副卷",), served=False,
    legal_basis="强制法37,39,40",
)  # fmt: skip

ENFORCEMENT_DECISION = _letter(
    "enforcement_decision", "M20", "行政强制执行决定书", "强制法37",
    _parts("送达", "决定书案号", "催告情况", "依据", "执行时间", "执行方式", "60日", "6个月"), number_word="强执",
)  # fmt: skip

PROXY_DECISION = _letter(
    "proxy_decision", "M21", "代履行决定书", "强制法50-52",
    _parts("违法事实", "第五十条", "第五十二条", "代履行人", "本机关", "第三人", "标的", "时间和方式", "费用预算", "预付期限",
           "开户行", "账号", "据实决算", "60日"),
    number_word="代履",
)  # fmt: skip

# Posted for everybody to read: the party stands in the text.
DEMOLITION_NOTICE = replace(
    _letter("demolition_notice", "M18", "执行公告", "强制法44", ()),
    fields=(_CASE_NO, *_parts("案名", "决定书案号", "当事人", "自行拆除期限", "逾期后果"), *_SEAL),
    recipients=("存根", "张贴公告"),
)

ENFORCEMENT_CHANGE = _letter(
    "enforcement_change", "M22", "中止（终结、恢复）行政强制执行通知书", "强制法39,40,42",
    _parts("案名", "强制执行决定书案号", "中止", "终结", "恢复", "不履行执行协议"),
)  # fmt: skip

EXECUTION_AGREEMENT = DocumentType(
    code="execution_agreement", doc_id="S34", title="行政强制执行协议书", number_word="强执协",
    template="documents/execution_agreement.html", template_version="1", kind="letter",
    fields=(_CASE_NO, *_parts("决定书编号"), *_parts("协议条款", "双方", home=Home.NARRATIVE), *_SEAL),
    signatures=("当事人",), seals=_ORGAN, copies=2, recipients=("双方",), served=False, legal_basis="强制法42",
)  # fmt: skip

# The receipt itself is the finance department's: what the case keeps is the register of its number (documents.csv).
FINE_RECEIPT = DocumentType(
    code="fine_receipt", doc_id="S31", title="罚没专用票据/非税缴款码", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        Field("cause", "案由", Home.CASE),
        Field("rows", "财政票据号", Home.CASE),
        Field("rows", "缴款人", Home.PARTY),
        Field("rows", "执收单位", Home.STAFF),
        *fields(
            Home.CASE, ("rows", "决定书号"), ("rows", "金额"), ("rows", "加处罚款"), ("rows", "日期"),
            ("rows", "缴款渠道"),
        ),
    ),
    signatures=(), seals=(), copies=1, recipients=("当事人", "存卷"), served=False, legal_basis="处罚法67,70",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (
    DEFERRAL_FORM,
    DEFERRAL_NOTICE,
    DEMAND_LETTER,
    COURT_APPLICATION,
    ENFORCEMENT_FORM,
    ENFORCEMENT_DECISION,
    PROXY_DECISION,
    DEMOLITION_NOTICE,
    ENFORCEMENT_CHANGE,
    EXECUTION_AGREEMENT,
    FINE_RECEIPT,
)
