"""The documents of ``cases/procedure/steps/recusal.py``."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

RECUSAL_PAPER = DocumentType(
    code="recusal_paper", doc_id="S04", title="回避申请书/决定书", number_word=None,
    template="documents/_form.html", template_version="1", kind="form",
    fields=(
        Field("case_no", "案号", Home.CASE),
        Field("cause", "案由", Home.CASE),
        Field("rows", "申请人", Home.PARTY),
        Field("rows", "被申请回避人", Home.STAFF),
        *fields(Home.NARRATIVE, ("rows", "理由"), ("rows", "决定")),
        Field("rows", "日期", Home.CASE),
    ),
    signatures=("申请人", "负责人"), seals=("机关印章",), copies=2, recipients=("申请人", "存卷"), served=False,
    legal_basis="处罚法43",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (RECUSAL_PAPER,)
