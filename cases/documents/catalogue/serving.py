"""The documents of ``cases/procedure/steps/serving.py``. The 送达回证 (M23) stands with the road's."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)

ADDRESS_CONFIRMATION = DocumentType(
    code="address_confirmation", doc_id="S16", title="送达地址确认书", number_word=None,
    template="documents/address_confirmation.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        Field("cause", "案由", Home.CASE),
        *fields(
            Home.PARTY, ("rows", "当事人"), ("rows", "告知事项"), ("rows", "收件人"), ("rows", "与当事人关系"),
            ("rows", "证件类型号码"), ("rows", "是否接受电子送达"), ("rows", "电子方式"), ("rows", "邮寄地址"),
            ("rows", "手机号"), ("rows", "邮编"), ("rows", "受送达人确认"),
        ),
        Field("remarks", "备注", Home.NARRATIVE, required=False),
    ),
    signatures=("受送达人",), seals=(), copies=1, recipients=("存卷",), served=False, legal_basis="处罚法61;程序规定18",
)  # fmt: skip

PUBLIC_SERVING_NOTICE = DocumentType(
    code="public_serving_notice", doc_id="S29", title="行政处罚送达公告", number_word=None,
    template="documents/public_serving_notice.html", template_version="1", kind="letter",
    fields=(
        _CASE_NO,
        Field("addressee", "：", Home.PARTY),
        Field("paragraphs", "向你公告送达", Home.CASE),
        Field("paragraphs", "主要内容", Home.NARRATIVE),
        Field("paragraphs", "领取地点", Home.STAFF),
        Field("paragraphs", "视为送达", Home.LAW),
        Field("issued_on", "印章", Home.CASE),
    ),
    signatures=(), seals=("机关印章",), copies=1, recipients=("公告栏、媒体", "存卷"), served=False,
    legal_basis="民诉95",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (ADDRESS_CONFIRMATION, PUBLIC_SERVING_NOTICE)
