"""The catalogue agrees with the law's list of forms; nothing in a template cites what was never checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import CASE_NO, STORY

from cases.documents import wording
from cases.documents.catalogue import CATALOGUE, DocumentType, by_code
from cases.documents.checks import documents_have_templates
from cases.documents.render import document_html
from lishu_law.law.tables import read_table

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "documents"
FORMS = {row["doc_id"]: row for row in read_table("documents")}


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_title_copies_and_case_number_are_the_forms(document: DocumentType) -> None:
    form = FORMS[document.doc_id]
    assert document.title == form["title_zh"].removesuffix("(表)")
    assert document.copies == int(form["copies"])
    assert [field.name for field in document.fields].count("case_no") == 1
    assert by_code(document.code) is document


# What required_fields_zh only describes; the form's own words for it are checked by the labels below.
DESCRIBED = {
    "M01": {"6选1", "上级机关__交办", "下级机关__报请查处", "有关部门__移送"},
    "M02": {
        "年月日时分至时分", "第__次询问", "执法机关名称", "执法人员2名及执法证号", "告知语", "可申请回避", "问答逐条",
    },
    "M04": {"执法时间起止", "实施强制措施的", "告知理由依据权利救济", "听取陈述申辩情况", "二选一"},
    "M11": {
        "违反条款", "处罚依据条款", "拟作出的处罚", "种类+幅度", "陈述申辩权", "44", "45条", "听证权", "63", "64条",
    },
    "M15": {
        "听证采纳情况", "违反条款", "15日内缴至银行+账号", "复议60日", "诉讼6个月", "逾期申请强制执行", "日期",
    },
    "M23": {"表"},
    "S10": {"证据材料表"},
    "S22": {"属于范围", "主体合法", "人员资格", "法律适用", "权利保障"},
}  # fmt: skip


def printed(document: DocumentType) -> str:
    html = document_html(document.code, "", CASE_NO, STORY[document.code], draft=False)
    return re.sub(r"<[^>]*>|\s", "", html.partition("<body")[2])


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_beside_the_list_of_forms_nothing_is_missing(document: DocumentType) -> None:
    named = {word for word in re.split(r"[;:,()/、×“”□]", FORMS[document.doc_id]["required_fields_zh"]) if word}
    text = printed(document)
    assert {word for word in named if word not in text} == DESCRIBED.get(document.doc_id, set())


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_every_label_is_printed_in_the_forms_order(document: DocumentType) -> None:
    text = printed(document)
    at = 0
    for field in document.fields:
        found = text.find(field.label, at)
        assert found >= 0, field.label
        at = found


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda document: document.code)
def test_every_required_field_has_a_home_in_the_data(document: DocumentType) -> None:
    for field in document.fields:
        if field.required and field.name != "case_no":
            value: object = STORY[document.code]
            for part in field.name.split("."):
                assert isinstance(value, dict)
                assert part in value, field.name
                value = value[part]


def test_codes_and_forms_are_listed_once() -> None:
    assert len({document.code for document in CATALOGUE}) == len(CATALOGUE) == len(STORY)
    assert len({document.doc_id for document in CATALOGUE}) == len(CATALOGUE)
    with pytest.raises(KeyError):
        by_code("no_such_document")


def test_every_entry_has_its_template() -> None:
    assert documents_have_templates(None) == []


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
