"""The legal reviewer on a case that leaves the benchmark: an opinion of its own, in the file and in the documents."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hearing_scenes import ALL_PASSED, OPINION, codes, review

from cases.actions import discussion, legal_review
from cases.actions.discretion import set_discretion
from cases.discretion.deviation import KINDS, OTHER_TIER, REDUCED, UNJUST, Deviation
from cases.models import LegalReview
from cases.queries.facts import cases_with_parts, load
from lishu_law.errors import Refused
from tests.branch_scenes import discuss
from tests.cases.views.test_bad_input import client_of
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, FACTS, STAGES, Walk, case_at, last_document

GROUND = "货物散落在学校门前，多次造成学生摔倒，有现场视频和询问笔录证实。"
JUDGED = "偏离理由充分，证据确实，同意调整。"
ROAD_TO_REVIEW = (
    "report_submitted", "report_endorsed", "report_approved", "notice_issued", "notice_served", "defence_recorded",
    "review_requested",
)  # fmt: skip
OTHER = {"amount": Decimal(2500), "deviation": Deviation(OTHER_TIER, GROUND)}
LESS = {
    "amount": Decimal(500), "reduce": True, "factors": ("M1",), "answers": {**ANSWERS, "mitigation": True},
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def waiting(cast: Cast, chosen: dict[str, Any]) -> Walk:
    """A case that waits for the review, with what was chosen."""
    walk = case_at("evidence_verified", cast)
    usual = {
        "facts": FACTS,
        "factors": (),
        "answers": ANSWERS,
        "answers_note": "均无相应证据。",
        "reason": "后果较重。",
    }
    walk.step(set_discretion, cast.lead, **{**usual, **chosen})
    for word in ROAD_TO_REVIEW:
        STAGES[word](walk, "2500")
    return walk


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (OTHER, KINDS[OTHER_TIER]),
        ({**OTHER, "deviation": Deviation(UNJUST, GROUND)}, KINDS[UNJUST]),
        (LESS, REDUCED),
    ],
)
def test_who_agrees_says_why_in_words_of_its_own(cast: Cast, chosen: dict[str, Any], words: str) -> None:
    walk = waiting(cast, chosen)
    for opinion in ("", "   ", "九个字的审核意见见", "同意"):
        with pytest.raises(Refused) as refused:
            review(walk, departure_opinion=opinion)
        assert codes(refused) == ["decide-discretion"]
        assert [one.fix for one in refused.value.refusals] == ["departure_opinion"]
        assert words in refused.value.message
    review(walk, departure_opinion="十个字的审核意见在此")
    assert LegalReview.objects.get(case=walk.case).departure_opinion == "十个字的审核意见在此"


def test_a_return_needs_no_opinion_on_it(cast: Cast) -> None:
    walk = waiting(cast, OTHER)
    review(walk, agree=False, opinion="偏离的证据没有入卷，请补正。")
    assert walk.case.state == "P07"


def test_where_nothing_departs_nothing_is_asked_or_kept(cast: Cast) -> None:
    walk = case_at("review_requested", cast)
    page = client_of(cast.reviewer).get(f"/cases/{walk.case.clue_no}/review/")
    assert "departure_opinion" not in page.context["form"].fields
    review(walk, departure_opinion="多写的意见不会留下来。")
    assert LegalReview.objects.get(case=walk.case).departure_opinion == ""
    assert last_document(walk.case, "legal_review_opinion").data["departure"] == []


def test_the_review_of_the_report_judges_it_too(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    usual = {
        "facts": FACTS,
        "factors": (),
        "answers": ANSWERS,
        "answers_note": "均无相应证据。",
        "reason": "后果较重。",
    }
    walk.step(set_discretion, cast.lead, **{**usual, **OTHER})
    STAGES["report_submitted"](walk, "2500")
    given = {"agree": True, "items": ALL_PASSED, "opinion": OPINION}
    with pytest.raises(Refused) as refused:
        walk.step(legal_review.review_report, cast.reviewer, **given)
    assert codes(refused) == ["decide-discretion"]
    walk.step(legal_review.review_report, cast.reviewer, departure_opinion=JUDGED, **given)


def test_the_page_asks_and_keeps_everything_typed(cast: Cast) -> None:
    walk = waiting(cast, OTHER)
    client, url = client_of(cast.reviewer), f"/cases/{walk.case.clue_no}/review/"
    page = client.get(url).content.decode()
    assert "对偏离裁量基准的审核意见" in page
    assert KINDS[OTHER_TIER] in page
    typed = {f"item_{code}": result for code, (result, _note) in ALL_PASSED.items()}
    answer = client.post(url, {**typed, "agree": "yes", "opinion": OPINION, "op_id": "r1"})
    assert answer.status_code == 422
    assert 'href="#id_departure_opinion"' in answer.content.decode()
    assert OPINION in answer.content.decode()
    sent = {**typed, "agree": "yes", "opinion": OPINION, "departure_opinion": JUDGED, "op_id": "r2"}
    assert client.post(url, sent).status_code == 303
    assert LegalReview.objects.get(case=walk.case).departure_opinion == JUDGED


def test_opinion_book_and_minutes_carry_ground_and_opinion(cast: Cast) -> None:
    walk = waiting(cast, OTHER)
    review(walk, departure_opinion=JUDGED)
    said = last_document(walk.case, "legal_review_opinion").data["departure"]
    assert said == [f"本案{KINDS[OTHER_TIER]}。", JUDGED]
    assert walk.case.state == "P10"
    discuss(walk)
    rows = last_document(walk.case, "collective_discussion").data["rows"]
    row = next(one for one in rows if one["label"] == "偏离裁量基准")
    assert row["paragraphs"] == [f"{KINDS[OTHER_TIER]}。", f"理由：{GROUND}", f"法制审核意见：{JUDGED}"]
    approval = client_of(cast.head).get(f"/cases/{walk.case.clue_no}/approve-decision/").content.decode()
    assert JUDGED in approval
    assert GROUND in approval


def test_minutes_of_a_reduction_name_the_circumstance_of_the_law(cast: Cast) -> None:
    walk = waiting(cast, LESS)
    review(walk, departure_opinion=JUDGED)
    facts = load(cases_with_parts().get(pk=walk.case.pk)).facts
    assert facts.discretion is not None
    assert facts.discretion.departure == REDUCED
    assert facts.discretion.departure_grounds.startswith(
        "主动消除或者减轻违法行为危害后果（《中华人民共和国行政处罚法》第三十二条"
    )


def test_minutes_without_a_departure_have_no_such_row(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    walk.step(discussion.refer_to_discussion, cast.head, opinion="案情复杂，提请集体讨论。")
    discuss(walk)
    assert "偏离裁量基准" not in str(last_document(walk.case, "collective_discussion").data)
