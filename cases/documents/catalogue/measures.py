"""The documents of ``cases/procedure/steps/measures.py``."""

from __future__ import annotations

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)
_PARTY = Field("party.name", "当事人", Home.PARTY)
_LIST = fields(
    Home.CASE, ("tables", "序号"), ("tables", "名称"), ("tables", "规格"), ("tables", "数量"), ("tables", "备注")
)
_BUREAU = ("机关印章",)
_COPIES = ("存根", "当事人")


def _letter(
    code: str, doc_id: str, title: str, *more: Field, basis: str, word: str | None = None, signed: tuple[str, ...] = ()
) -> DocumentType:
    return DocumentType(
        code=code, doc_id=doc_id, title=title, number_word=word, template=f"documents/{code}.html",
        fields=(_CASE_NO, _PARTY, *more), signatures=signed, seals=_BUREAU, recipients=_COPIES, legal_basis=basis,
        template_version="1", kind="letter", copies=2, served=True,
    )  # fmt: skip


def _form(
    code: str, doc_id: str, title: str, *more: Field, signed: tuple[str, ...], basis: str, kept: str = "副卷"
) -> DocumentType:
    return DocumentType(
        code=code, doc_id=doc_id, title=title, number_word=None, template=f"documents/{code}.html",
        fields=(_CASE_NO, *more), signatures=signed, seals=(), recipients=(kept,), legal_basis=basis,
        template_version="1", kind="form", copies=1, served=False,
    )  # fmt: skip


_ASKED = (Field("rows", "当事人", Home.PARTY), Field("rows", "案件基本情况", Home.CASE))
_OPINIONS = fields(Home.STAFF, ("opinions", "承办人意见"), ("opinions", "机构负责人意见"), ("opinions", "负责人意见"))
_LEGAL_OPINIONS = fields(
    Home.STAFF, ("opinions", "承办人意见"), ("opinions", "机构负责人意见"), ("opinions", "法制意见"),
    ("opinions", "负责人意见"),
)  # fmt: skip

DOCUMENTS: tuple[DocumentType, ...] = (
    _letter(
        "preservation_list", "M06", "证据登记保存清单",
        *fields(Home.CASE, ("paragraphs", "因调查"), ("paragraphs", "保存")),
        *fields(
            Home.CASE, ("tables", "序号"), ("tables", "证据名称"), ("tables", "规格"), ("tables", "数量"),
            ("tables", "登记保存地点"),
        ),
        signed=("当事人或其代理人", "执法人员"), basis="处罚法56",
    ),
    _letter(
        "preservation_release", "M07", "解除证据登记保存决定书",
        *fields(Home.CASE, ("paragraphs", "采取保存"), ("paragraphs", "《证据登记保存清单》"), ("paragraphs", "解除")),
        basis="处罚法56",
    ),
    _letter(
        "measure_decision", "M08", "行政强制措施决定书",
        *fields(Home.CASE, ("paragraphs", "案由"), ("paragraphs", "依据"), ("paragraphs", "期限")),
        Field("paragraphs", "其他说明", Home.LAW),
        *fields(Home.LAW, ("remedies", "行政复议"), ("remedies", "行政诉讼")),
        *_LIST, word="强措", signed=("当事人或其代理人", "执法人员"), basis="强制法18,24",
    ),
    _letter(
        "measure_extension", "M09", "延长行政强制措施期限通知书",
        *fields(Home.CASE, ("paragraphs", "案由"), ("paragraphs", "决定书"), ("paragraphs", "延长至")),
        basis="强制法25",
    ),
    _letter(
        "measure_lifting", "M10", "解除行政强制措施决定书",
        *fields(Home.CASE, ("paragraphs", "案由"), ("paragraphs", "决定书"), ("paragraphs", "解除")),
        *_LIST, Field("checked", "查验", Home.HAND), signed=("当事人或其代理人",), basis="强制法28",
    ),
    _form(
        "preservation_approval", "S11", "证据登记保存审批表", *_ASKED,
        *fields(Home.NARRATIVE, ("rows", "理由"), ("rows", "物品")), Field("rows", "依据", Home.LAW), *_OPINIONS,
        signed=("承办人", "机构负责人", "负责人"), basis="处罚法56",
    ),
    _form(
        "preservation_release_approval", "S12", "解除证据登记保存审批表", *_ASKED,
        Field("rows", "原清单编号", Home.CASE), *fields(Home.NARRATIVE, ("rows", "理由"), ("rows", "意见")), *_OPINIONS,
        signed=("承办人", "机构负责人", "负责人"), basis="处罚法56",
    ),
    _form(
        "measure_approval", "S13", "行政强制措施审批表", *_ASKED,
        Field("rows", "依据", Home.LAW), *fields(Home.CASE, ("rows", "措施"), ("rows", "起止"), ("rows", "是否紧急补办")),
        *_LEGAL_OPINIONS, signed=("承办人", "机构", "法制", "负责人"), basis="强制法18(1),19",
    ),
    _form(
        "measure_change_approval", "S14", "延长/解除行政强制措施审批表", *_ASKED,
        Field("rows", "原措施", Home.CASE), Field("rows", "延长起止天数", Home.CASE),
        *fields(Home.NARRATIVE, ("rows", "理由"), ("rows", "意见")), *_LEGAL_OPINIONS,
        signed=("承办人", "机构", "法制", "负责人"), basis="强制法25,28",
    ),
    _form(
        "custody_ledger", "S15", "涉案财物移交单/台账",
        Field("cause", "案由", Home.CASE),
        *fields(
            Home.CASE, ("rows", "编号"), ("rows", "来源"), ("rows", "保管状态"), ("rows", "场所"), ("rows", "移交人"),
            ("rows", "接收人"), ("rows", "时间"), ("rows", "去向"), ("tables", "名称规格数量"),
        ),
        signed=("移交人", "接收人"), basis="强制法26", kept="存卷",
    ),
)  # fmt: skip
