"""Every paper of an inspection as a finished PDF: fields of its form, fonts, drafts, and what breaks layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import paper_samples as samples
import pytest

from inspections.documents.catalogue import CATALOGUE, DOUBTS, by_code
from inspections.documents.render import paper_html
from inspections.phrases import EIGHT_NEVERS, FIVE_BANS
from lishu_law.documents.checks import missing_templates
from lishu_law.documents.document_type import DocumentType
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.law.tables import read_table
from lishu_law.pdf import fonts, machine, structure
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import RenderedPdf, render
from tests.printed import base_fonts, body_of, has_a_home_for_required_fields, says_its_labels_in_order, squeezed

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
AT = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
FORMS = {row["doc_id"]: row for row in read_table("documents")}
TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "documents"
CODES = [document.code for document in CATALOGUE]
PAGES = {"inspection_notice": (2, 2), "inspection_record": (1, 2), "inspection_result": (1, 1)}
OWN_WORDS = {
    "案号": "备案号",
    "案由": "检查事项",
    "与案件关系": "与检查对象关系",
}  # of the ministry's forms, in an inspection
# The words of documents.csv where the form says them otherwise; J04–J06 are "as M02, M05, M03".
AS = {"J04": "M02", "J05": "M05", "J06": "M03"}
SAID = {
    "依据": "检查依据", "内容": "检查内容", "时间": "检查时间", "频次": "检查频次", "事项": "检查事项", "方式": "检查方式",
    "人员": "检查人员", "检查人×2执法证号": "检查人", "时间起止": "检查时间", "检查对象及负责人": "检查对象",
    "人员(执法证号)及协助人员人数": "协助人员", "申请回避等权利": "申请回避", "结论": "检查结论",
    "问题及整改要求": "整改要求", "救济/联系": "救济途径", "扫码时间地点": "扫码时间、地点",
}  # fmt: skip
DESCRIBED = {
    "M02": {
        "年月日时分至时分",
        "第__次询问",
        "执法机关名称",
        "执法人员2名及执法证号",
        "告知语",
        "问答逐条",
        "可申请回避",
    },
    "M03": {"勘验时间起止", "2"},
    "M05": {"单位栏", "处罚法56条", "抽样取证时间起止", "物品表"},
}


def made(code: str, d: Mapping[str, object], *, draft: bool = False) -> RenderedPdf:
    number = None if draft else samples.NUMBERS.get(code)
    html = paper_html(code, number, samples.FILING_NO, d, draft=draft)
    return render(html, title=by_code(code).title, number=number, at=AT, draft=draft)


def printed(document: DocumentType) -> str:
    return body_of(paper_html(document.code, "", samples.FILING_NO, samples.STORY[document.code], draft=False))


def test_the_catalogue_is_the_eight_forms() -> None:
    assert [one.doc_id for one in CATALOGUE] == [f"J0{number}" for number in range(1, 9)]
    assert len(samples.STORY) == len(CATALOGUE)
    assert set(DOUBTS) == {one.doc_id for one in CATALOGUE}
    assert missing_templates(CATALOGUE, "here") == []
    with pytest.raises(KeyError):
        by_code("no_such_paper")


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda one: one.code)
def test_number_copies_and_word_are_the_forms(document: DocumentType) -> None:
    form = FORMS[document.doc_id]
    assert document.copies == int(form["copies"][-1])  # J03: 1-2, one for the inspected
    if document.number_word:
        word = DEFAULT_PARAMETERS.at(f"document_number.word.{document.doc_id}", AT.date())
        assert word.value == document.number_word
        assert not word.is_confirmed


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda one: one.code)
def test_the_paper_says_every_field_of_its_form(document: DocumentType) -> None:
    like = AS.get(document.doc_id, document.doc_id)
    text = printed(document)
    separators, words = (r"[;:,()/、×“”□]", OWN_WORDS) if like.startswith("M") else (";", SAID)
    named = {word for word in re.split(separators, FORMS[like]["required_fields_zh"]) if word}
    missing = {word for word in named if words.get(word, word) not in text}
    assert missing <= DESCRIBED.get(like, set()), missing


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda one: one.code)
def test_every_label_is_printed_in_the_forms_order_and_has_its_data(document: DocumentType) -> None:
    says_its_labels_in_order(document, printed(document))
    has_a_home_for_required_fields(document, samples.STORY[document.code], but="filing_no")


@pytest.mark.parametrize("code", CODES)
def test_the_story_renders_with_expected_fonts_twice_the_same(code: str) -> None:
    first, second = made(code, samples.STORY[code]), made(code, samples.STORY[code])
    low, high = PAGES.get(code, (1, 1))
    assert low <= first.pages <= high
    assert first.content == second.content
    assert all(fonts.is_expected(name) for name in base_fonts(first))
    text = squeezed(first)
    assert f"备案号：{samples.FILING_NO}" in text
    assert by_code(code).title in text
    assert "案号：" not in text.replace("备案号：", "")
    assert f"第{first.pages}页共{first.pages}页" in text
    assert "草稿" not in text


@pytest.mark.parametrize("code", CODES)
def test_drafts_are_marked_on_every_page_and_carry_no_number(code: str) -> None:
    draft = made(code, samples.STORY[code], draft=True)
    assert all("草稿" in page for page in structure.text_of(draft.content).split("\f"))
    assert samples.NUMBERS.get(code, "no number") not in squeezed(draft)


@pytest.mark.parametrize("code", CODES)
def test_no_paper_says_what_nobody_has_seen(code: str) -> None:
    text = squeezed(made(code, samples.STORY[code]))
    for remark in ("待核对", "待确认", "inferred", "own", DOUBTS[by_code(code).doc_id][:8]):
        assert remark not in text


def test_the_notice_says_what_it_must() -> None:
    text = squeezed(made("inspection_notice", samples.notice()))
    for needed in (
        samples.NUMBERS["inspection_notice"], *FIVE_BANS, *EIGHT_NEVERS, samples.FREQUENCY, "申请回避",
        "有权拒绝检查", "07220300101", "07220300102", "国办发〔2024〕54号", "梨树县交通运输局（印章）2026年3月2日",
    ):  # fmt: skip
        assert needed in text, needed
    assert len(FIVE_BANS) == 5
    assert len(EIGHT_NEVERS) == 8


def test_an_unknown_phone_leaves_room_and_a_known_one_is_printed() -> None:
    assert "监督电话：梨树县" in squeezed(made("inspection_notice", samples.notice()))
    known: Any = {**samples.notice(), "supervision_phone": "0434-5219999"}
    assert "监督电话：0434-5219999" in squeezed(made("inspection_notice", known))


def test_a_refusal_names_its_witness_on_the_record() -> None:
    witness = {"who": "见证人示例庚", "words": "", "reference": ""}
    refused: Any = {**samples.record(), "refusal": "厂长拒绝签名", "signed": [witness]}
    text = squeezed(made("inspection_record", refused))
    assert "被检查人拒绝签名。情况：厂长拒绝签名" in text
    assert "见证人示例庚签名：时间：" in text
    assert "见证人" not in squeezed(made("inspection_record", samples.record()))
    asked: Any = {**samples.questioning(), "refusal": "不愿签名", "witness": "示例庚"}
    assert "被询问人拒绝签名：不愿签名见证人（示例庚）签名" in squeezed(made("inspection_questioning", asked))


def test_empty_optional_fields_are_struck_out() -> None:
    bare: Any = {**samples.approval(), "assistants": []}
    assert "协助人员／" in squeezed(made("inspection_approval", bare))
    nobody: Any = {
        **samples.record(),
        "present": "",
        "present_post": "",
        "present_phone": "",
        "findings": [],
        "measures": [],
    }
    text = squeezed(made("inspection_record", nobody))
    assert "在场人员／职务／联系电话／" in text
    assert "告知和整改要求：／" in text
    assert "省平台备案编号／" in squeezed(made("inspection_slip", samples.slip()))


def test_five_thousand_characters_stay_inside() -> None:
    long: Any = {**samples.record(), "findings": ["叠" * 5000], "place": "W" * 200}
    pdf = made("inspection_record", long)
    assert squeezed(pdf).count("叠") == 5000
    assert squeezed(pdf).count("W") == 200
    told: Any = {**samples.result(), "findings": ["叠" * 5000]}
    assert squeezed(made("inspection_result", told)).count("叠") == 5000


def test_hostile_text_is_printed_literally() -> None:
    attack = '<img src="file:///etc/hostname"><style>@import url(http://127.0.0.1:9/)</style>{{ d }}{% load x %}'
    for code, field in (
        ("inspection_record", "findings"),
        ("inspection_result", "demands"),
        ("inspection_notice", "basis"),
    ):
        text = squeezed(made(code, {**samples.STORY[code], field: [attack]}))
        assert re.sub(r"\s", "", attack) in text, code


@pytest.mark.parametrize("code", CODES)
def test_a_character_no_font_can_draw_is_refused_and_named(code: str) -> None:
    lost: Any = {"organ": "\U000f0001", "place": "\U000f0001", "source": "\U000f0001", "cause": "\U000f0001"}
    d = {**samples.STORY[code], **lost}
    if code == "inspection_slip":
        d["rows"] = [{"label": "\U000f0001", "paragraphs": [], "is_long": False}]
    with pytest.raises(PdfError, match=r"U\+F0001"):
        made(code, d)


def test_long_lists_flow_over_pages_and_repeat_their_head() -> None:
    record = made("inspection_record", samples.record(points=60))
    pages = [re.sub(r"\s", "", page) for page in structure.text_of(record.content).split("\f")]
    assert record.pages >= 3
    heads = [page for page in pages if "序号检查要点结果看到的情况" in page]
    assert len(heads) == len([page for page in pages if "是否采取苫盖" in page])
    assert "核对签名" in pages[-1]
    sampling = made("inspection_sampling", samples.sampling(items=60))
    goods = [page for page in structure.text_of(sampling.content).split("\f") if "2号库房" in page]
    assert len(goods) > 1
    assert all("被抽样物品名称" in page for page in goods)
    questioning = made("inspection_questioning", samples.questioning(60))
    assert structure.text_of(questioning.content).count("被询问人签名：") == questioning.pages + 1


def test_the_seal_never_stands_alone() -> None:
    for repeat in range(1, 6):
        told: Any = {**samples.result(), "findings": samples.FINDINGS * repeat * 2}
        last = re.sub(r"\s", "", structure.text_of(made("inspection_result", told).content).split("\f")[-1])
        assert "（印章）" in last
        assert "联系人：" in last


def test_templates_number_no_article_of_the_procedure_rules() -> None:
    for template in TEMPLATES.glob("inspection_*.html"):
        assert "程序规定" not in template.read_text(encoding="utf-8"), template.name
