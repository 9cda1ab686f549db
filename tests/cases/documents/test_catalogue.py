"""The catalogue agrees with the law's list of forms; nothing in a template cites what was never checked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import CASE_NO, STORY

from cases.documents import wording
from cases.documents.catalogue import CATALOGUE, DocumentType, by_code
from cases.documents.catalogue.volume import VOLUME_PAPERS
from cases.documents.checks import documents_have_templates
from cases.documents.render import document_html
from inspections.api import PAPERS
from lishu_law.documents.checks import missing_templates
from lishu_law.documents.render import check_version
from lishu_law.law.tables import read_table
from lishu_law.pdf.errors import PdfError
from tests.printed import body_of, has_a_home_for_required_fields, says_its_labels_in_order

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "documents"
FORMS = {row["doc_id"]: row for row in read_table("documents")}


# A form the rules name beside the one listed (inv-terminate).
ALSO_TITLED = {"S03": {"终止调查审批表"}}


def titles(listed: str) -> set[str]:
    """The names a line of the list gives: two papers with a slash, a remark in brackets, brackets in half width."""
    names = {re.sub(r"\(表\)$", "", name) for name in (listed, *listed.split("/"))}
    names |= {re.sub(r"\(.*\)$", "", name) for name in names}
    return names | {name.replace("(", "（").replace(")", "）") for name in names}


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_title_copies_and_case_number_are_the_forms(document: DocumentType) -> None:
    form = FORMS[document.doc_id]
    found = titles(form["title_zh"]) | ALSO_TITLED.get(document.doc_id, set())
    assert document.title in found
    if document.doc_id in COPIES_ELSEWHERE:
        assert form["copies"] == COPIES_ELSEWHERE[document.doc_id]
    else:
        assert re.findall(r"^\d+", form["copies"]) == [str(document.copies)]
    assert [field.name for field in document.fields].count("case_no") == 1
    assert by_code(document.code) is document


# How many copies a receipt has is the finance department's rule; the case keeps one page of its register.
COPIES_ELSEWHERE = {"S31": "财政规定"}
# One line of the list for two papers; the copy for the bureau's file is an act of its own (report_to_bureau).
ELSEWHERE = {
    "transfer_letter": {"当事人"}, "transfer_notice": {"受移送机关"}, "spot_decision": {"所属执法部门备案"},
}  # fmt: skip


def test_every_form_of_the_list_is_in_a_catalogue() -> None:
    """Cover, contents and remark sheet are made by the file as a whole when it is bound, not by an act."""
    assert {document.doc_id for document in (*CATALOGUE, *VOLUME_PAPERS, *PAPERS)} == set(FORMS)
    assert len(FORMS) == 74


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_seal_recipients_and_occasion_are_those_of_the_form(document: DocumentType) -> None:
    form = FORMS[document.doc_id]
    is_sealed = bool(re.search("印章|机构盖章", form["signatures_seals"].replace("无印章", "")))
    assert bool(document.seals) == (is_sealed or document.doc_id == "S34")  # 双方签章: the bureau's is its seal
    named = re.sub(r"\([^)]*\)", "", form["recipients"])
    ours = {one for recipient in document.recipients for one in recipient.split("、")}
    assert ours <= set(re.split("[;/]", named))
    missing = set(re.split("[;/]", named)) - ours - {""}
    assert missing <= ELSEWHERE.get(document.code, set())
    assert document.required_when == form["when_required"] != ""


# What required_fields_zh only describes; the form's own words for it are checked by the labels below.
DESCRIBED = {
    "M01": {"6选1", "上级机关__交办", "下级机关__报请查处", "有关部门__移送"},
    "M02": {
        "年月日时分至时分", "第__次询问", "执法机关名称", "执法人员2名及执法证号", "告知语", "可申请回避", "问答逐条",
    },
    "M03": {"勘验时间起止"},
    "M04": {"执法时间起止", "实施强制措施的", "告知理由依据权利救济", "听取陈述申辩情况", "二选一"},
    "M06": {"单位栏", "因调查__一案", "保存__日", "自__至__", "处罚法56条", "证据表"},
    "M07": {"采取保存日期", "《证据登记保存清单》案号", "解除日期"},
    "M08": {
        "单位栏", "时间", "被采取措施的财物设施场所名称及数量", "措施种类", "期限起止", "复议机关+60日", "人民法院+6个月",
    },
    "M09": {"原措施日期", "种类", "决定书案号", "延长理由", "延长至日期", "依据强制法25"},
    "M10": {"原措施日期", "种类", "依据强制法28条1款第__项", "解除日期", "查验语"},
    "M05": {"单位栏", "处罚法56条", "抽样取证时间起止", "物品表"},
    "M11": {
        "违反条款", "处罚依据条款", "拟作出的处罚", "种类+幅度", "陈述申辩权", "44", "45条", "听证权", "63", "64条",
    },
    "M14": {
        "单位栏", "违反条款", "处罚种类", "当场缴纳 ", "15日内缴至__银行账号__", "每日3%加处不超本数",
        "复议机关", "复议前置语", "处罚前已口头告知…", "日期",
    },
    "M12": {"注意事项4条"},
    "M13": {"2+执法证号"},
    "M15": {
        "听证采纳情况", "违反条款", "15日内缴至银行+账号", "复议60日", "诉讼6个月", "逾期申请强制执行", "日期",
    },
    "M17": {"不同意+理由", "代收机构凭此办理", "尚未缴纳__元", "第__期至__前缴__元"},
    "M18": {"内容", "决定日期"},
    "M19": {"54条", "内容", "决定日期", "加处3%", "强制法35", "申请法院", "逾期措施5选", "陈述申辩权"},
    "M20": {"内容", "原决定送达日期", "复议60日", "法院6个月", "转移隐匿迹象", "逾期无正当理由"},
    "M21": {"强制法50", "强制法52", "情形一", "情形二", "据实决算多退少补", "救济"},
    "M22": {
        "+理由+日期", "39条1款", "39条2款", "40条", "42条2款", "不履行协议恢复", "四选一", "强制执行决定日期+案号",
    },
    "M23": {"表"},
    "S29": {"受送达人", "文书名称文号", "内容摘要", "期满视为送达天数", "日期"},
    "S05": {"日期", "被请求单位"},
    "S10": {"证据材料表"},
    # One line of the list describes two papers of this form each.
    "termination_approval": {"撤销理由"},
    "transfer_letter": {"被移送机关", "告知书", "移送日期", "受移送机关及电话"},
    "transfer_notice": {"被移送机关", "案情", "依据", "联系人电话", "附件", "受移送机关及电话"},
    "M16": {"于__前改正或整改完毕", "立即改正 ", "复议机关60日", "法院6个月"},
    "S30": {"延期至"},
    "S32": {"催告书送达日期编号", "决定书送达日期编号", "强制法53或59"},
    "S13": {"扣押", "查封", "其他"},
    "S22": {"属于范围", "主体合法", "人员资格", "法律适用", "权利保障"},
}  # fmt: skip


def printed(document: DocumentType) -> str:
    return body_of(document_html(document.code, "", CASE_NO, STORY[document.code], draft=False))


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_beside_the_list_of_forms_nothing_is_missing(document: DocumentType) -> None:
    named = {word for word in re.split(r"[;:,()/、×“”□]", FORMS[document.doc_id]["required_fields_zh"]) if word}
    text = printed(document)
    described = DESCRIBED.get(document.code, DESCRIBED.get(document.doc_id, set()))
    assert {word for word in named if word not in text} == described


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_every_label_is_printed_in_the_forms_order(document: DocumentType) -> None:
    says_its_labels_in_order(document, printed(document))


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_every_required_field_has_a_home_in_the_data(document: DocumentType) -> None:
    has_a_home_for_required_fields(document, STORY[document.code], but="case_no")


def test_codes_and_forms_are_listed_once() -> None:
    assert len({document.code for document in CATALOGUE}) == len(CATALOGUE) == len(STORY)
    assert len({(document.doc_id, document.title) for document in CATALOGUE}) == len(CATALOGUE)
    with pytest.raises(KeyError):
        by_code("no_such_document")


def test_every_entry_has_its_template() -> None:
    assert documents_have_templates(None) == []


def test_a_missing_template_or_part_is_named_at_start_up(tmp_path: Path, settings: Any) -> None:
    """Whatever a template extends or includes is looked for too, not only when the first document is sealed."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "made_up.html").write_text('{% extends "documents/_document.html" %}{% include "documents/_gone.html" %}')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    kinds = [replace(by_code("filing_form"), template=f"documents/{name}.html") for name in ("made_up", "nowhere")]
    found = missing_templates(kinds, "here")
    assert [(one.id, one.msg) for one in found] == [
        ("documents.E001", "立案登记表: template documents/_gone.html is missing."),
        ("documents.E001", "立案登记表: template documents/nowhere.html is missing."),
    ]


def test_templates_number_no_article_of_the_procedure_rules() -> None:
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "程序规定" not in text, template.name
        assert "三日" not in text, template.name
        assert not re.search(r"第(三十一|三十二|四十二)条", text), template.name


def test_citations_for_staff_hide_unchecked_numbers() -> None:
    assert "第五十四条" in by_code("filing_form").citation
    assert "第" not in by_code("closing_report").citation.replace("条次", "")


@pytest.mark.parametrize("code", wording.SOURCES)
def test_exactly_one_source_is_ticked(code: str) -> None:
    choices = wording.source_choices(code, "四平市交通运输局")
    assert [choice["is_chosen"] for choice in choices].count(True) == 1
    assert len(choices) == 6
    chosen = next(choice["label"] for choice in choices if choice["is_chosen"])
    assert ("四平市交通运输局" in chosen) == ("{}" in wording.SOURCES[code])


def test_an_unknown_source_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording.source_choices("rumour")


ATTACK = "<img src=file:///etc/hostname>{{ d }}"


def attacked(value: object) -> object:
    """The data with every text replaced."""
    if isinstance(value, dict):
        return {name: attacked(one) for name, one in value.items()}
    if isinstance(value, list):
        return [attacked(one) for one in value]
    return ATTACK if isinstance(value, str) and value else value


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_hostile_text_is_printed_literally_by_every_form(document: DocumentType) -> None:
    data = attacked(STORY[document.code])
    assert isinstance(data, dict)
    html = document_html(document.code, "", CASE_NO, data, draft=False)
    assert "<img" not in html
    assert "&lt;img src=file:///etc/hostname&gt;{{ d }}" in html


@pytest.mark.parametrize("code", ["publication_sheet", "report_record", "power_of_attorney", "fine_receipt"])
def test_every_empty_row_of_a_form_is_struck_out(code: str) -> None:
    story = STORY[code]
    bare = {**story, "cause": "", "rows": [{**one, "paragraphs": []} for one in story["rows"]]}  # type: ignore[attr-defined]
    text = body_of(document_html(code, "", CASE_NO, bare, draft=False))
    assert text.count("／") == len(bare["rows"]) + (by_code(code).template == "documents/_form.html")


def test_sealed_with_another_edition_of_its_template_a_document_is_not_drawn() -> None:
    kind = by_code("spot_decision")
    check_version(kind, kind.template_version)
    with pytest.raises(PdfError, match=r"第 1 版模板，现在是第 2 版"):
        check_version(kind, "1")
