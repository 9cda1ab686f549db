"""The documents of ``cases/procedure/steps/evidence.py``."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields
from lishu_law.documents.ministry_forms import inquest_fields, sampling_fields

_CASE_NO = Field("case_no", "案号", Home.CASE)

INQUEST_RECORD = DocumentType(
    code="inquest_record", doc_id="M03", title="勘验笔录", number_word=None,
    template="documents/inquest_record.html", template_version="1", kind="form",
    fields=inquest_fields(_CASE_NO, "案由"),
    signatures=("当事人或其代理人", "勘验人", "被邀请人", "记录人"), seals=(), copies=1, recipients=("存卷",),
    served=False, legal_basis="处罚法46,55",
)  # fmt: skip

SAMPLING_VOUCHER = DocumentType(
    code="sampling_voucher", doc_id="M05", title="抽样取证凭证", number_word=None,
    template="documents/sampling_voucher.html", template_version="1", kind="form",
    fields=sampling_fields(_CASE_NO),
    signatures=("当事人或其代理人", "执法人员"), seals=("机关印章",), copies=2, recipients=("存根", "当事人"), served=True,
    legal_basis="处罚法56",
)  # fmt: skip

EDATA_SHEET = DocumentType(
    code="edata_sheet", doc_id="S06", title="视听资料（电子数据）证据记录单", number_word=None,
    template="documents/edata_sheet.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        *fields(
            Home.CASE, ("rows", "照片"), ("rows", "证明事项"), ("rows", "采集时间"), ("rows", "采集人"),
            ("rows", "采集地点"), ("rows", "证据类型"), ("rows", "存储介质"), ("rows", "执法人员"),
            ("rows", "执法证号"), ("rows", "现场人员意见"),
        ),
    ),
    signatures=("采集人", "执法人员", "现场人员"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法46",
)  # fmt: skip

TESTING_COMMISSION = DocumentType(
    code="testing_commission", doc_id="S08", title="鉴定（检测）委托书/期间告知书", number_word=None,
    template="documents/testing_commission.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        *fields(
            Home.CASE, ("rows", "受托机构"), ("rows", "资质"), ("rows", "委托事项"), ("rows", "样品"), ("rows", "期限"),
            ("rows", "费用承担"), ("rows", "告知当事人期间起止"),
        ),
    ),
    signatures=("当事人",), seals=("机关印章",), copies=2, recipients=("受托机构", "当事人", "存卷"), served=True,
    legal_basis="处罚法46;强制法25",
)  # fmt: skip

MONITORING_REVIEW = DocumentType(
    code="monitoring_review", doc_id="S09", title="电子技术监控记录审核表", number_word=None,
    template="documents/monitoring_review.html", template_version="1", kind="form",
    fields=(
        Field("case_no", "案号", Home.CASE),
        *fields(
            Home.CASE, ("rows", "记录编号"), ("rows", "设备编号"), ("rows", "点位公告"), ("rows", "检定证书号及有效期"),
            ("rows", "记录时间地点"), ("rows", "车牌"), ("rows", "超限数据"), ("rows", "图像清晰度"),
            ("rows", "审核结论"),
        ),
    ),
    signatures=("技术审核人", "法制审核人"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法41",
)  # fmt: skip

ASSISTANCE_LETTER = DocumentType(
    code="assistance_letter", doc_id="S05", title="协助调查函", number_word="协调",
    template="documents/assistance_letter.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        Field("addressee", "：", Home.NARRATIVE),
        Field("paragraphs", "案由", Home.CASE),
        Field("paragraphs", "协助问题", Home.NARRATIVE),
        *fields(Home.STAFF, ("paragraphs", "联系人"), ("paragraphs", "联系电话")),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=(), seals=("机关印章",), copies=2, recipients=("存根", "协助单位"), served=False, legal_basis="处罚法26",
)  # fmt: skip

PASTE_SHEET = DocumentType(
    code="paste_sheet", doc_id="S07", title="证据粘贴页", number_word=None,
    template="documents/paste_sheet.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        Field("cause", "案由", Home.CASE),
        *fields(Home.CASE, ("title", "证据名称"), ("purpose", "证明事项")),
        Field("", "复制件", Home.HAND, required=False),
        *fields(Home.CASE, ("source", "来源"), ("checked", "经核对与原件一致")),
        Field("", "提供人", Home.HAND, required=False),
        Field("copied_on", "日期", Home.CASE),
        Field("officers", "执法人员", Home.STAFF),
    ),
    signatures=("提供人", "执法人员", "执法人员"), seals=(), copies=1, recipients=("存卷",), served=False,
    legal_basis="处罚法46",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (
    INQUEST_RECORD,
    SAMPLING_VOUCHER,
    EDATA_SHEET,
    TESTING_COMMISSION,
    MONITORING_REVIEW,
    ASSISTANCE_LETTER,
    PASTE_SHEET,
)
