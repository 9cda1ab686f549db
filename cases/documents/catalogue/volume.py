"""The papers of a volume (卷宗封面, 卷内目录, 备考表). They belong to a bound volume, are made anew with each and are no
documents of a step, so they stand beside the catalogue, not in it."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields


def _paper(
    code: str, doc_id: str, title: str, own: tuple[Field, ...], signatures: tuple[str, ...] = ()
) -> DocumentType:
    return DocumentType(
        code=code, doc_id=doc_id, title=title, number_word=None, template=f"documents/{code}.html",
        template_version="1", kind="form", fields=own, signatures=signatures, seals=(), copies=1, recipients=("卷",),
        served=False, legal_basis="处罚法47",
    )  # fmt: skip


COVER = _paper(
    "volume_cover", "S38", "卷宗封面",
    (
        Field("case_no", "案号", Home.CASE),
        Field("volume", "正／副卷", Home.CASE),
        *fields(
            Home.CASE, ("rows", "机关名称"), ("rows", "全宗／案卷号"), ("rows", "案由"), ("rows", "当事人"),
            ("rows", "执法机关"), ("rows", "处理结果"), ("rows", "程序类型"), ("rows", "立案时间"), ("rows", "结案时间"),
            ("rows", "立卷人"), ("rows", "立卷时间"), ("rows", "保管期限"),
        ),
    ),
    ("立卷人",),
)  # fmt: skip
CATALOGUE_SHEET = _paper(
    "volume_catalogue", "S39", "卷内目录",
    (
        Field("case_no", "案号", Home.CASE),
        *fields(Home.CASE, ("rows", "序号"), ("rows", "材料名称"), ("rows", "文号"), ("rows", "日期"), ("rows", "页码")),
    ),
)  # fmt: skip
REMARKS = _paper(
    "volume_remarks", "S40", "备考表",
    (
        Field("case_no", "案号", Home.CASE),
        Field("paragraphs", "卷内文件情况说明", Home.CASE),
        *fields(Home.HAND, ("bound_by", "立卷人"), ("checked_by", "检查人"), ("sorted_by", "整理人")),
    ),
    ("立卷人", "检查人", "整理人"),
)  # fmt: skip

VOLUME_PAPERS: tuple[DocumentType, ...] = (COVER, CATALOGUE_SHEET, REMARKS)
