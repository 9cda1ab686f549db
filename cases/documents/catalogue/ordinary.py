"""The documents of the straight road."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields
from lishu_law.documents.ministry_forms import questioning_fields

_CASE_NO = Field("case_no", "案号", Home.CASE)
_CAUSE = Field("cause", "案由", Home.CASE)
_OPINIONS = fields(Home.STAFF, ("agency_opinion.text", "经办机构负责人意见"), ("head_opinion.text", "负责人审批意见"))

FILING_FORM = DocumentType(
    code="filing_form", doc_id="M01", title="立案登记表", number_word=None,
    template="documents/filing_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        Field("source", "案件来源", Home.CASE),
        _CAUSE,
        Field("received_at", "受案时间", Home.CASE),
        *fields(
            Home.PARTY, ("party.person.name", "姓名"), ("party.person.gender", "性别"), ("party.person.age", "年龄"),
            ("party.person.address", "住址"), ("party.person.id_number", "身份证件号"),
            ("party.person.phone", "联系电话"), ("party.organisation.name", "名称"),
            ("party.organisation.representative", "法定代表人"), ("party.organisation.address", "地址"),
            ("party.organisation.phone", "联系电话"), ("party.organisation.credit_code", "统一社会信用代码"),
            required=False,
        ),
        Field("summary", "案件基本情况", Home.NARRATIVE),
        Field("basis", "立案依据", Home.LAW),
        *_OPINIONS,
        Field("remarks", "备注", Home.NARRATIVE, required=False),
    ),
    signatures=("经办机构负责人", "负责人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法54;程序规定62-63",
)  # fmt: skip

ONSCENE_RECORD = DocumentType(
    code="onscene_record", doc_id="M04", title="现场笔录", number_word=None,
    template="documents/onscene_record.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        *fields(Home.CASE, ("place", "执法地点"), ("started_at", "执法时间"), ("ended_at", "执法时间")),
        *fields(Home.STAFF, ("officers", "执法人员"), ("officers", "执法证号"), ("recorder", "记录人")),
        *fields(
            Home.PARTY, ("person.name", "姓名"), ("person.gender", "性别"), ("person.id_number", "身份证件号"),
            ("person.relation", "与案件关系"), ("person.employer_and_position", "单位及职务"),
            ("person.phone", "联系电话"), ("person.address", "联系地址"), required=False,
        ),
        *fields(Home.CASE, ("vehicle_no", "车（船）号"), ("vehicle_type", "车（船）型"), required=False),
        Field("content", "主要内容", Home.NARRATIVE),
        Field("reading", "上述笔录", Home.HAND),
        Field("remarks", "备注", Home.NARRATIVE, required=False),
    ),
    signatures=("现场人员", "执法人员", "见证人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法46;强制法18(7)(8)(9)",
)  # fmt: skip

QUESTIONING_RECORD = DocumentType(
    code="questioning_record", doc_id="M02", title="询问笔录", number_word=None,
    template="documents/questioning_record.html", template_version="1", kind="form",
    fields=questioning_fields(_CASE_NO, "与案件关系"),
    signatures=("被询问人逐页", "询问人", "记录人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法55",
)  # fmt: skip

INVESTIGATION_REPORT = DocumentType(
    code="investigation_report", doc_id="S10", title="案件调查报告", number_word=None,
    template="documents/investigation_report.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        Field("investigators", "案件调查人员", Home.STAFF),
        Field("party.name", "当事人", Home.PARTY),
        Field("process", "案件调查经过及违法事实", Home.NARRATIVE),
        Field("facts", "案件调查经过及违法事实", Home.NARRATIVE),
        *fields(
            Home.CASE, ("evidence", "证据材料"), ("evidence", "序号"), ("evidence", "证据名称"), ("evidence", "规格"),
            ("evidence", "数量"), ("evidence", "备注"),
        ),
        Field("discretion", "裁量因素与档次", Home.LAW),
        Field("conclusion", "调查结论和处理意见", Home.NARRATIVE),
        Field("agency_opinion.text", "经办机构负责人意见", Home.STAFF),
        Field("legal_opinion.text", "重大案件法制工作机构审核意见", Home.STAFF, required=False),
        Field("head_opinion.text", "执法部门负责人审批意见", Home.STAFF),
    ),
    signatures=("执法人员", "经办机构负责人", "法制工作机构", "执法部门负责人"), seals=(), copies=1,
    recipients=("副卷",), served=False, legal_basis="处罚法57",
)  # fmt: skip

PRIOR_NOTICE = DocumentType(
    code="prior_notice", doc_id="M11", title="违法行为通知书", number_word=None,
    template="documents/prior_notice.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        Field("party.name", "当事人", Home.PARTY),
        Field("act", "行为", Home.CASE),
        *fields(Home.LAW, ("breached", "违反了"), ("basis", "依据")),
        Field("planned_penalty", "拟作出", Home.CASE),
        *fields(Home.LAW, ("has_defence_right", "陈述申辩"), ("has_hearing_right", "听证")),
        *fields(
            Home.STAFF, ("address", "联系地址"), ("postcode", "邮编"), ("contact", "联系人"), ("phone", "联系电话")
        ),
        Field("organ", "印章", Home.STAFF),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=(), seals=("机关印章",), copies=2, recipients=("存根", "当事人或其代理人"), served=True,
    legal_basis="处罚法44,45,62,63",
)  # fmt: skip

LEGAL_REVIEW_OPINION = DocumentType(
    code="legal_review_opinion", doc_id="S22", title="重大行政执法决定法制审核意见书", number_word="法审",
    template="documents/legal_review_opinion.html", template_version="1", kind="form",
    fields=(
        Field("department", "执法部门", Home.STAFF),
        _CAUSE,
        _CASE_NO,
        Field("handlers", "承办人", Home.STAFF),
        Field("proposal", "拟处理意见", Home.CASE),
        Field("items", "审核项", Home.NARRATIVE),
        Field("departure", "对偏离裁量基准的审核意见", Home.NARRATIVE),
        Field("conclusion", "审核结论", Home.NARRATIVE),
        Field("reviewer", "审核人员", Home.STAFF),
        Field("section", "盖章", Home.STAFF),
        Field("reviewed_on", "盖章", Home.CASE),
    ),
    signatures=("审核人员",), seals=("法制机构章",), copies=2, recipients=("存卷", "法制机构"), served=False,
    legal_basis="处罚法58",
)  # fmt: skip

PENALTY_APPROVAL = DocumentType(
    code="penalty_approval", doc_id="S24", title="行政处罚审批表", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        Field("rows", "当事人", Home.PARTY),
        *fields(Home.CASE, ("rows", "案件基本情况"), ("rows", "拟处罚内容")),
        *fields(
            Home.STAFF, ("opinions", "承办人意见"), ("opinions", "承办机构意见"), ("opinions", "法制审核机构意见"),
            ("opinions", "负责人意见"),
        ),
    ),
    signatures=("承办人", "承办机构负责人", "法制审核人", "负责人"), seals=(), copies=1, recipients=("副卷",), served=False,
    legal_basis="处罚法57",
)  # fmt: skip

PENALTY_DECISION = DocumentType(
    code="penalty_decision", doc_id="M15", title="行政处罚决定书", number_word="罚",
    template="documents/penalty_decision.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        *fields(
            Home.PARTY, ("party.person.name", "姓名"), ("party.person.id_number", "身份证件号"),
            ("party.person.address", "住址"), ("party.person.phone", "联系电话"), ("party.organisation.name", "名称"),
            ("party.organisation.address", "地址"), ("party.organisation.phone", "联系电话"),
            ("party.organisation.representative", "法定代表人"),
            ("party.organisation.credit_code", "统一社会信用代码"), required=False,
        ),
        *fields(Home.NARRATIVE, ("facts", "违法事实及证据"), ("evidence", "违法事实及证据")),
        Field("defence", "陈述申辩", Home.CASE),
        Field("discretion", "裁量理由", Home.LAW),
        *fields(Home.LAW, ("breached", "违反了"), ("basis", "依据")),
        Field("penalty", "处罚", Home.CASE),
        *fields(Home.LAW, ("payment.bank", "15日内"), ("payment.account", "账号"), required=False),
        Field("other_performance", "其他执行方式和期限", Home.NARRATIVE, required=False),
        *fields(Home.LAW, ("review_organ", "申请行政复议"), ("court", "人民法院")),
        Field("organ", "印章", Home.STAFF),
        Field("decided_on", "印章", Home.CASE),
    ),
    signatures=(), seals=("机关印章",), copies=2, recipients=("存根", "当事人或其代理人"), served=True,
    legal_basis="处罚法57,59,60,61;罚缴分离办法7",
)  # fmt: skip

SERVING_RECEIPT = DocumentType(
    code="serving_receipt", doc_id="M23", title="送达回证", number_word=None,
    template="documents/serving_receipt.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        Field("organ", "送达单位", Home.STAFF),
        Field("recipient", "受送达人", Home.PARTY),
        Field("proxy", "代收人", Home.PARTY, required=False),
        *fields(
            Home.CASE, ("rows", "送达文书名称及文号"), ("rows", "收件人姓名（盖章）"), ("rows", "送达地点"),
            ("rows", "送达日期"), ("rows", "送达方式"), ("rows", "送达人"),
        ),
        Field("remarks", "备注", Home.NARRATIVE, required=False),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=("收件人", "送达人", "见证人"), seals=("机关印章",), copies=1, recipients=("存卷",), served=False,
    legal_basis="民诉87-92;程序规定18",
)  # fmt: skip

CLOSING_REPORT = DocumentType(
    code="closing_report", doc_id="M24", title="结案报告", number_word=None,
    template="documents/closing_report.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        _CAUSE,
        *fields(
            Home.PARTY, ("party.person.name", "姓名"), ("party.person.age", "年龄"), ("party.person.gender", "性别"),
            ("party.person.workplace", "所在单位"), ("party.person.address", "联系地址"),
            ("party.person.phone", "联系电话"), ("party.person.postcode", "邮编"),
            ("party.organisation.name", "名称"), ("party.organisation.address", "地址"),
            ("party.organisation.representative", "法定代表人"), ("party.organisation.position", "职务"),
            required=False,
        ),
        Field("result", "处理结果", Home.NARRATIVE),
        Field("execution", "执行情况", Home.NARRATIVE),
        *_OPINIONS,
    ),
    signatures=("执法人员", "经办机构负责人", "负责人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="程序规定",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (
    FILING_FORM,
    ONSCENE_RECORD,
    QUESTIONING_RECORD,
    INVESTIGATION_REPORT,
    PRIOR_NOTICE,
    LEGAL_REVIEW_OPINION,
    PENALTY_APPROVAL,
    PENALTY_DECISION,
    SERVING_RECEIPT,
    CLOSING_REPORT,
)
