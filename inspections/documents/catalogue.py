"""The standard papers of an inspection (documents.csv J01–J08), declared once, as the catalogue of cases is.

What of a form nobody has seen stands in ``DOUBTS``: administrators and the legal section are shown it as 待核对, and
it never reaches a paper (decision 23).
"""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields
from lishu_law.documents.ministry_forms import inquest_fields, questioning_fields, sampling_fields

_FILING_NO = Field("filing_no", "备案号", Home.CASE)

APPROVAL = DocumentType(
    code="inspection_approval", doc_id="J01", title="行政检查审批表", number_word="检审",
    template="documents/inspection_approval.html", template_version="1", kind="form",
    fields=(
        _FILING_NO,
        Field("subject", "检查对象", Home.PARTY),
        *fields(
            Home.CASE, ("source", "任务来源"), ("basis", "检查依据"), ("matters", "检查事项"), ("method", "检查方式"),
        ),
        Field("officers", "检查人员（执法证号）", Home.STAFF),
        Field("assistants", "协助人员", Home.STAFF, required=False),
        *fields(Home.CASE, ("time", "检查时间"), ("frequency", "本年度频次")),
        *fields(Home.CASE, ("applicant_opinion", "承办人意见"), ("head_opinion", "审批意见")),
    ),
    signatures=("承办人", "负责人"), seals=(), copies=1, recipients=("存卷",), served=False, legal_basis="54号",
    issuer="inspection.approve",
)  # fmt: skip

NOTICE = DocumentType(
    code="inspection_notice", doc_id="J02", title="行政检查通知书", number_word="检通",
    template="documents/inspection_notice.html", template_version="1", kind="letter",
    fields=(
        _FILING_NO,
        Field("addressee", "检查对象：", Home.PARTY),
        *fields(
            Home.CASE, ("basis", "检查依据"), ("matters", "检查内容"), ("time", "检查时间"), ("method", "检查方式")
        ),
        Field("officers", "检查人员", Home.STAFF),
        Field("frequency", "检查频次", Home.CASE),
        *fields(Home.LAW, ("bans", "五个严禁"), ("rights", "申请回避")),
        Field("supervision_phone", "监督电话", Home.STAFF, required=False),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=("被检查人",), seals=("机关印章",), copies=2, recipients=("被检查人", "存卷"), served=False, legal_basis="54号",
    issuer="inspection.paper",
)  # fmt: skip

RECORD = DocumentType(
    code="inspection_record", doc_id="J03", title="现场检查笔录", number_word=None,
    template="documents/inspection_record.html", template_version="1", kind="form",
    fields=(
        _FILING_NO,
        *fields(Home.CASE, ("started_at", "检查时间"), ("place", "检查地点")),
        *fields(Home.PARTY, ("subject", "检查对象"), ("subject.representative", "负责人")),
        *fields(Home.PARTY, ("present", "在场人员"), ("present_post", "职务"), ("present_phone", "联系电话"), required=False),
        *fields(Home.STAFF, ("officers", "检查人"), ("officers", "执法证号")),
        Field("shown", "亮证", Home.CASE),
        *fields(Home.CASE, ("matters", "检查事项"), ("points", "检查情况")),
        Field("findings", "发现问题", Home.NARRATIVE),
        Field("measures", "告知和整改要求", Home.NARRATIVE, required=False),
        Field("reading", "核对签名", Home.HAND),
    ),
    signatures=("被检查单位负责人", "检查人"), seals=(), copies=2, recipients=("存卷", "被检查人"), served=False,
    legal_basis="处罚法55",
    issuer="inspection.act",
)  # fmt: skip

QUESTIONING = DocumentType(
    code="inspection_questioning", doc_id="J04", title="询问笔录", number_word=None,
    template="documents/inspection_questioning.html", template_version="1", kind="form",
    fields=questioning_fields(_FILING_NO, "与检查对象关系"),
    signatures=("被询问人逐页", "询问人", "记录人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法55",
    issuer="inspection.paper",
)  # fmt: skip

SAMPLING = DocumentType(
    code="inspection_sampling", doc_id="J05", title="抽样取证凭证", number_word=None,
    template="documents/inspection_sampling.html", template_version="1", kind="form",
    fields=sampling_fields(_FILING_NO),
    signatures=("当事人或其代理人", "执法人员"), seals=("机关印章",), copies=2, recipients=("存卷", "被检查人"), served=False,
    legal_basis="处罚法56",
    issuer="inspection.paper",
)  # fmt: skip

INQUEST = DocumentType(
    code="inspection_inquest", doc_id="J06", title="勘验笔录", number_word=None,
    template="documents/inspection_inquest.html", template_version="1", kind="form",
    fields=inquest_fields(_FILING_NO, "检查事项"),
    signatures=("当事人或其代理人", "勘验人", "被邀请人", "记录人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法55",
    issuer="inspection.paper",
)  # fmt: skip

RESULT = DocumentType(
    code="inspection_result", doc_id="J07", title="行政检查结果告知书", number_word="检告",
    template="documents/inspection_result.html", template_version="2", kind="letter",
    fields=(
        _FILING_NO,
        Field("addressee", "检查对象：", Home.PARTY),
        *fields(Home.CASE, ("time", "检查时间"), ("conclusion", "检查结论")),
        *fields(Home.CASE, ("findings", "发现的问题"), ("demands", "整改要求")),
        Field("remedies", "救济途径", Home.LAW),
        *fields(Home.STAFF, ("contact", "联系人"), ("phone", "联系电话")),
        Field("supervision_phone", "监督电话", Home.STAFF, required=False),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=("被检查人",), seals=("机关印章",), copies=2, recipients=("被检查人", "存卷"), served=True, legal_basis="54号",
    issuer="inspection.paper",
)  # fmt: skip

SLIP = DocumentType(
    code="inspection_slip", doc_id="J08", title="检查备案单", number_word=None,
    template="documents/inspection_slip.html", template_version="1", kind="form",
    fields=(
        _FILING_NO,
        *fields(
            Home.CASE, ("rows", "备案状态"), ("rows", "省平台备案编号"), ("rows", "检查事项"), ("rows", "检查对象"),
            ("rows", "执法人员及证号"), ("rows", "计划时间"), ("rows", "备案时间"), ("rows", "亮证"),
            ("rows", "扫码时间、地点"), ("rows", "检查结果"), ("rows", "评价"),
        ),
    ),
    signatures=(), seals=(), copies=1, recipients=("平台", "存卷"), served=False, legal_basis="",
    issuer="inspection.paper",
)  # fmt: skip

CATALOGUE: tuple[DocumentType, ...] = (APPROVAL, NOTICE, RECORD, QUESTIONING, SAMPLING, INQUEST, RESULT, SLIP)
_BY_CODE = {document.code: document for document in CATALOGUE}

DOUBTS = {
    "J01": "标题见过原文，栏目一部分来自解读材料，没有对照原格式。",
    "J02": "标题和主要内容见过原文，排列顺序没有对照原格式。",
    "J03": "标题见过原文，栏目参照外省检查记录，没有对照原格式。",
    "J04": "只见到有询问类文书，原格式的标题和栏目没有见过，按部颁询问笔录制作。",
    "J05": "只见到有抽样类文书，原格式的标题和栏目没有见过，按部颁抽样取证凭证制作。",
    "J06": "只见到有勘验类文书，原格式的标题和栏目没有见过，按部颁勘验笔录制作。",
    "J07": "只见到有结果反馈环节，原格式的标题、栏目和是否编号没有见过。",
    "J08": "栏目由本系统拟定，省平台的备案单没有见过。",
}


def by_code(code: str) -> DocumentType:
    """The catalogue entry. Raises ``KeyError`` for an unknown code."""
    return _BY_CODE[code]
