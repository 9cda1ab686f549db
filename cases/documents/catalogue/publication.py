"""The papers of the publication, made by the acts of the disclosure package and kept with the case (处罚法48)."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)

PUBLICATION_SHEET = DocumentType(
    code="publication_sheet", doc_id="S42", title="行政处罚公示表", number_word=None,
    template="documents/publication_paper.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        *fields(Home.CASE, ("rows", "公示编号"), ("rows", "决定书文号")),
        *fields(Home.PARTY, ("rows", "相对人名称"), ("rows", "类别"), ("rows", "代码")),
        Field("rows", "违法事实", Home.CASE),
        Field("rows", "依据", Home.LAW),
        *fields(
            Home.CASE, ("rows", "处罚类别"), ("rows", "内容"), ("rows", "罚款金额"), ("rows", "决定日期"),
            ("rows", "机关"), ("rows", "有效期"),
        ),
        Field("opinions", "审核人", Home.STAFF),
    ),
    signatures=("审核人",), seals=(), copies=1, recipients=("公示平台",), served=False, legal_basis="处罚法48",
    issuer="disclosure.publish",
)  # fmt: skip

WITHDRAWAL_STATEMENT = DocumentType(
    code="withdrawal_statement", doc_id="S36", title="公示信息撤回说明", number_word=None,
    template="documents/publication_paper.html", template_version="1", kind="form",
    fields=(
        _CASE_NO,
        *fields(
            Home.CASE, ("rows", "公示编号"), ("rows", "决定书号"), ("rows", "撤回原因"), ("rows", "生效文书"),
            ("rows", "日期"),
        ),
        Field("opinions", "审核人", Home.STAFF),
    ),
    signatures=("法制机构",), seals=(), copies=1, recipients=("公示平台", "存卷"), served=False, legal_basis="处罚法48",
    issuer="disclosure.withdraw",
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (PUBLICATION_SHEET, WITHDRAWAL_STATEMENT)
