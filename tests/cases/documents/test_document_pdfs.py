"""Every document of the catalogue as a finished PDF, for the demo story and for what breaks layouts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
import samples
import samples_summary
from django.conf import settings

from cases.documents.catalogue import CATALOGUE, by_code
from cases.documents.render import document_html
from cases.documents.shapes import PartyBlock, row
from lishu_law.pdf import fonts, machine, structure
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import RenderedPdf, render
from tests.printed import base_fonts, squeezed

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
AT = datetime(2026, 3, 19, 2, 0, tzinfo=UTC)
AMOUNT = "人民币壹仟元整（¥1,000.00）"
PAGES = {
    "penalty_decision": (3, 4),
    "investigation_report": (2, 2),
    "prior_notice": (2, 3),
    "spot_decision": (2, 2),
    "hearing_notice": (1, 2),
    "questioning_record": (1, 2),
    "collective_discussion": (1, 2),
    "transfer_letter": (1, 2),
    "crime_transfer_letter": (1, 2),
    "no_penalty_decision": (1, 2),
    "correction_order": (1, 2),
    "demand_letter": (1, 2),
    "court_application": (1, 2),
    "enforcement_decision": (1, 2),
    "proxy_decision": (1, 2),
    "measure_decision": (1, 2),
    "measure_lifting": (1, 2),
    "preservation_list": (1, 2),
    "revocation_decision": (1, 2),
    "review_reply": (1, 2),
    "paste_sheet": (1, 1),
    "penalty_approval": (1, 1),
}
CODES = [document.code for document in CATALOGUE]


def made(code: str, d: Mapping[str, object], *, draft: bool = False) -> RenderedPdf:
    number = None if draft else samples.NUMBERS.get(code)
    html = document_html(code, number, samples.CASE_NO, d, draft)
    return render(html, title=by_code(code).title, number=number, at=AT, draft=draft)


@pytest.mark.parametrize("code", CODES)
def test_the_story_renders_with_expected_fonts_twice_the_same(code: str) -> None:
    first, second = made(code, samples.STORY[code]), made(code, samples.STORY[code])
    low, high = PAGES.get(code, (1, 1))
    assert low <= first.pages <= high
    assert first.content == second.content
    assert all(fonts.is_expected(name) for name in base_fonts(first))
    text = squeezed(first)
    assert samples.CASE_NO in text
    assert samples.STORY[code].get("heading", by_code(code).title) in text  # one form, two letters: S41
    assert f"第{first.pages}页共{first.pages}页" in text
    assert "草稿" not in text


@pytest.mark.parametrize(
    "code", ["investigation_report", "prior_notice", "penalty_decision", "legal_review_opinion", "closing_report"]
)
def test_the_amount_stands_in_words_and_figures(code: str) -> None:
    assert AMOUNT in squeezed(made(code, samples.STORY[code]))


@pytest.mark.parametrize("code", CODES)
def test_drafts_are_marked_on_every_page_and_carry_no_number(code: str) -> None:
    draft = made(code, samples.STORY[code], draft=True)
    pages = structure.text_of(draft.content).split("\f")
    if by_code(code).number_word:
        assert samples.NUMBERS[code] not in squeezed(draft)
    assert all("草稿" in page for page in pages)
    assert ("（草稿，未编号）" in squeezed(draft)) == bool(by_code(code).number_word)


def test_a_decision_says_everything_it_must() -> None:
    text = squeezed(made("penalty_decision", samples.decision()))
    for needed in (
        samples.NUMBERS["penalty_decision"], "梨树县示例运输有限公司", "91220322MA0T0002XN", "示例丙",
        samples.BREACHED, samples.BASIS, "自收到本决定书之日起15日内", "示例银行梨树支行", "0000111122223333",
        "百分之三", "不超出罚款的数额", "60日内向梨树县人民政府申请行政复议", "6个月内依法向梨树县人民法院提起行政诉讼",
        "申请人民法院强制执行", "梨树县交通运输局（印章）2026年3月19日", "较轻档",
    ):  # fmt: skip
        assert needed in text, needed


def test_a_decision_without_a_fine_demands_no_payment() -> None:
    text = squeezed(made("penalty_decision", {**samples.decision(), "payment": None, "penalty": ["警告。"]}))
    assert "加处罚款" not in text
    assert "其他执行方式和期限：／" in text


@pytest.mark.parametrize(("hearing", "boxes"), [(False, "□√根据□根据"), (True, "□√根据□√根据")])
def test_the_boxes_of_the_notice_are_ticked_by_right(hearing: bool, boxes: str) -> None:
    text = squeezed(made("prior_notice", samples.notice(hearing=hearing)))
    assert "".join(re.findall("□√?根据", text)) == boxes
    for needed in ("第四十四条、第四十五条", "第六十三条、第六十四条", "五日内", "136500", "0434-5210000"):
        assert needed in text


@pytest.mark.skipif(fonts.RARE in fonts.missing_families(settings.FONT_DIR), reason="BabelStone Han missing")
@pytest.mark.parametrize(
    "code", ["filing_form", "investigation_report", "prior_notice", "penalty_decision", "closing_report"]
)
def test_a_citizen_with_a_rare_name_stands_in_the_text(code: str) -> None:
    shapes: dict[str, Callable[[PartyBlock], Mapping[str, object]]] = {
        "filing_form": samples.filing, "investigation_report": samples.report, "prior_notice": samples.notice,
        "penalty_decision": samples.decision, "closing_report": samples.closing,
    }  # fmt: skip
    pdf = made(code, shapes[code](samples.CITIZEN))
    assert "𠮷䶮" in squeezed(pdf)
    assert "Noto-Serif-CJK-SC" in base_fonts(pdf)


def test_a_trader_fills_both_blocks() -> None:
    text = squeezed(made("penalty_decision", samples.decision(samples.TRADER)))
    assert "示例丁（经营者）" in text
    assert "92220322MA0T0003XL" in text


@pytest.mark.parametrize("code", CODES)
def test_a_name_no_font_can_draw_is_refused_and_named(code: str) -> None:
    story = samples.STORY[code]
    hostile = {**story, "cause": "\U000f0001", "place": "\U000f0001", "organ": "\U000f0001"}
    if not story.get("cause", code):  # a form without a line for the cause
        hostile["rows"] = [row("名称", "\U000f0001"), *story["rows"]]
    with pytest.raises(PdfError, match=r"U\+F0001"):
        made(code, hostile)


def test_long_cases_flow_over_pages_and_repeat_the_table_head() -> None:
    report = made("investigation_report", samples.report(rows=30, repeat=5))
    pages = structure.text_of(report.content).split("\f")
    assert report.pages >= 4
    assert sum("证据名称" in page for page in pages) >= 2
    assert made("penalty_decision", samples.decision(repeat=4)).pages >= 6
    questioning = made("questioning_record", samples.questioning(60))
    assert questioning.pages >= 4
    assert structure.text_of(questioning.content).count("被询问人签名：") == questioning.pages + 1


def test_the_seal_never_stands_alone() -> None:
    for repeat in range(1, 6):
        decision = made("penalty_decision", samples.decision(repeat=repeat))
        last = re.sub(r"\s", "", structure.text_of(decision.content).split("\f")[-1])
        assert "（印章）" in last
        assert "逾期不申请行政复议" in last


def test_five_thousand_characters_and_endless_words_stay_inside() -> None:
    long = {**samples.filing(), "summary": ["长" * 5000], "basis": "W" * 400, "remarks": "备" * 500}
    pdf = made("filing_form", long)
    assert squeezed(pdf).count("长") == 5000
    assert squeezed(pdf).count("W") == 400


def test_hostile_text_is_printed_literally() -> None:
    attack = '<img src="file:///etc/hostname"><style>@import url(http://127.0.0.1:9/)</style>{{ d }}'
    text = squeezed(made("filing_form", {**samples.filing(), "cause": attack}))
    assert re.sub(r"\s", "", attack) in text


def test_empty_optional_fields_are_struck_out() -> None:
    bare = {**samples.closing(), "party": {**samples.COMPANY, "person": None}}
    assert squeezed(made("closing_report", bare)).count("／") >= 7


def test_the_on_the_spot_decision_sends_to_review_first() -> None:
    """复议法23: no word of a direct lawsuit, which the ministry's old form still offers."""
    text = squeezed(made("spot_decision", samples_summary.spot_decision()))
    assert "60日内先向梨树县人民政府申请行政复议" in text
    assert "对行政复议决定不服的" in text
    assert "6个月" not in text
    assert "处罚前已口头告知" in text
    assert "□当场缴纳。□√自收到本决定书之日起15日内缴至示例银行梨树支行" in text
    assert text.count("执法人员签名：") == 2
    assert "当事人或者其代理人签名：" in text


def test_paid_on_the_spot_or_nothing_to_pay() -> None:
    text = squeezed(made("spot_decision", samples_summary.spot_decision(on_the_spot=True)))
    assert "□√当场缴纳。（罚款在一百元以下）□自收到" in text
    warning = squeezed(made("spot_decision", samples_summary.spot_decision(fine=False)))
    assert "警告的行政处罚" in warning
    assert "□" not in warning


def test_two_dozen_names_and_long_opinions_stay_inside() -> None:
    names = "、".join(f"示例第{number}运输有限公司" for number in range(1, 25))
    crowd: PartyBlock = {**samples.COMPANY, "name": names}
    organisation = {**samples.COMPANY["organisation"], "name": names}  # type: ignore[dict-item]
    text = squeezed(made("penalty_decision", samples.decision({**crowd, "organisation": organisation})))  # type: ignore[arg-type]
    assert all(f"示例第{number}运输有限公司" in text for number in range(1, 25))
    approval = samples.STORY["penalty_approval"]
    said = [{**one, "opinion": {**one["opinion"], "text": "见" * 1300}} for one in approval["opinions"]]  # type: ignore[attr-defined]
    pdf = made("penalty_approval", {**approval, "opinions": said})
    assert squeezed(pdf).count("见") - squeezed(pdf).count("意见") == 5200
    assert pdf.pages >= 4
