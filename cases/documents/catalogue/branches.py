"""Documents of the ways off the road, the discussion, the extension, orders to correct and corrections."""

from __future__ import annotations

from typing import Any

from lishu_law.documents.document_type import DocumentType, Field, Home, fields

_CASE_NO = Field("case_no", "案号", Home.CASE)
_CAUSE = Field("cause", "案由", Home.CASE)
_SIGNED = fields(
    Home.STAFF, ("opinions", "承办人意见"), ("opinions", "经办机构负责人意见"), ("opinions", "负责人审批意见")
)
_SIGNERS = ("承办人", "经办机构负责人", "负责人")


def _form(code: str, doc_id: str, title: str, legal_basis: str, *labels: str, **changed: Any) -> DocumentType:
    """A form of labelled rows with the signatures of a request."""
    own = fields(Home.CASE, *(("rows", label) for label in labels))
    values: dict[str, Any] = {
        "fields": (_CASE_NO, _CAUSE, *own, *_SIGNED), "signatures": _SIGNERS, "seals": (), "copies": 1,
        "recipients": ("存卷",), "served": False, "number_word": None, **changed,
    }  # fmt: skip
    return DocumentType(
        code=code, doc_id=doc_id, title=title, template=f"documents/{code}.html", template_version="1", kind="form",
        legal_basis=legal_basis, **values,
    )  # fmt: skip


def _letter(code: str, doc_id: str, title: str, legal_basis: str, *labels: str, **changed: Any) -> DocumentType:
    """A letter under the bureau's seal."""
    own = fields(Home.CASE, *(("paragraphs", label) for label in labels))
    last = (Field("organ", "印章", Home.STAFF), Field("issued_on", "印章", Home.CASE))
    values: dict[str, Any] = {
        "fields": (_CASE_NO, *own, *last), "signatures": (), "seals": ("机关印章",), "copies": 2,
        "recipients": ("存根", "当事人"), "served": True, "number_word": None, **changed,
    }  # fmt: skip
    return DocumentType(
        code=code, doc_id=doc_id, title=title, template=f"documents/{code}.html", template_version="1", kind="letter",
        legal_basis=legal_basis, **values,
    )  # fmt: skip


DOCUMENTS: tuple[DocumentType, ...] = (
    _form(
        "report_record", "S01", "举报记录", "处罚法54",
        fields=(
            _CASE_NO,
            *fields(Home.CASE, ("rows", "举报时间"), ("rows", "举报类别")),
            Field("rows", "举报人", Home.CASE),
            *fields(
                Home.CASE, ("rows", "性别"), ("rows", "年龄"), ("rows", "住所或工作单位"), ("rows", "联系电话"),
                ("rows", "身份证号"), required=False,
            ),
            Field("rows", "举报内容", Home.CASE),
            Field("rows", "备注", Home.CASE, required=False),
        ),
        signatures=("举报人", "记录人"), recipients=("副卷",), is_kept=False,
    ),
    _form(
        "no_filing_approval", "S02", "不予立案审批表", "处罚法54", "线索编号", "线索来源", "核查情况", "不予立案理由",
        "答复举报人情况",
    ),
    _form("withdrawal_approval", "S03", "撤销立案审批表", "处罚法57", "当事人", "立案日期", "适用情形", "撤销理由"),
    _form("termination_approval", "S03", "终止调查审批表", "处罚法57", "当事人", "立案日期", "适用情形", "终止理由"),
    _form(
        "extension_approval", "S25", "延长办案期限审批表", "处罚法60", "立案日期", "到期日", "理由", "延长至",
        recipients=("副卷",),
    ),
    _form(
        "collective_discussion", "S23", "重大案件集体讨论记录", "处罚法57",
        fields=(
            _CASE_NO, _CAUSE,
            *fields(
                Home.CASE, ("rows", "案件名称"), ("rows", "讨论时间起止"), ("rows", "地点"), ("rows", "主持人"),
                ("rows", "汇报人"), ("rows", "记录人"), ("rows", "出席人员姓名及职务"), ("rows", "案件简介"),
                ("rows", "结论性意见"), ("tables", "讨论记录"),
            ),
        ),
        signatures=("出席人员",), recipients=("副卷",),
    ),
    _letter(
        "transfer_letter", "S28", "案件移送函", "程序规定9", "案情", "依据", "联系人", "电话", number_word="移函",
        recipients=("受移送机关", "存根"), served=False,
    ),
    _letter(
        "transfer_notice", "S28", "案件移送告知书", "程序规定9", "当事人", "移送日期", "受移送机关", "电话",
        recipients=("当事人", "存根"),
    ),
    _letter(
        "crime_transfer_letter", "S27", "涉嫌犯罪案件移送书", "处罚法27", "公安", "案由", "涉嫌事实", "依据", "调查报告",
        "涉案物品清单", "检验报告", "其他材料", number_word="移", recipients=("公安机关", "存卷"), served=False,
    ),
    _letter(
        "no_penalty_decision", "S26", "不予行政处罚决定书", "处罚法33,57", "当事人", "事实", "证据", "不予处罚理由及依据",
        "教育内容", "救济", number_word="不罚", recipients=("存根", "当事人"),
    ),
    _letter("document_correction", "S37", "文书更正通知书", "处罚法59", "原文书", "错误", "更正为"),
    DocumentType(
        code="correction_order", doc_id="M16", title="责令改正违法行为通知书", number_word=None,
        template="documents/correction_order.html", template_version="2", kind="letter",
        fields=(
            _CASE_NO,
            Field("party.name", "当事人", Home.PARTY),
            Field("facts", "违法事实", Home.NARRATIVE),
            Field("basis", "依据", Home.LAW),
            *fields(Home.CASE, ("at_once", "立即改正"), ("due_on", "前改正或整改完毕")),
            *fields(Home.LAW, ("review_organ", "申请行政复议"), ("court", "人民法院")),
            *fields(Home.STAFF, ("officers", "执法人员"), ("organ", "印章")),
            Field("issued_on", "印章", Home.CASE),
        ),
        signatures=("当事人或其代理人", "执法人员"), seals=("机关印章",), copies=2, recipients=("存根", "当事人"),
        served=True, legal_basis="处罚法28",
    ),
)  # fmt: skip
