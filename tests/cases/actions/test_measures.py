"""Request, approval and taking of measures: what the law wants on the spot, and what is refused (强制法16–24; 处罚法56)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions import measures
from cases.actions.measure_checks import SILENCE, Answer
from cases.forms.measures import PreservationForm, SpotForm, UrgentForm
from cases.models import Deadline, Measure, Serving
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.models import Unit, UnitKind
from tests.cast import Cast, make_cast
from tests.measure_scenes import (
    ASKED,
    KEPT,
    NO,
    SCOPE,
    VEHICLE,
    YES,
    approved,
    do,
    filed,
    kept,
    on_the_spot,
    registered,
    requested,
    taken,
    taken_urgently,
)
from tests.scenarios import Walk


@pytest.fixture
def walk(db: None) -> Walk:
    cast: Cast = make_cast()
    return filed(cast)


def codes(refused: Any) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def limit(measure: Measure, code: str) -> Deadline:
    return Deadline.objects.get(case=measure.case, code=code, part=measure.part)


def test_a_seizure_runs_thirty_days_and_leaves_its_papers(walk: Walk) -> None:
    measure = taken(walk)
    assert measure.state == "C2"
    assert limit(measure, "coerce-30d").due == date(2026, 4, 2)  # 强制法25: 3 March and thirty natural days
    assert limit(measure, "coerce-custody-24h").due_at == measure.taken_at + timedelta(hours=24)
    found = list(measure.case.documents.filter(part=measure.part).order_by("pk").values_list("code", flat=True))
    assert found == ["measure_approval", "measure_decision", "serving_receipt"]
    decision = measure.case.documents.get(code="measure_decision")
    assert decision.number == "吉梨交强措〔2026〕0001号"
    assert (
        "经查，现场查实，属于“车辆没有车辆营运证，又无法当场提供其他有效证明”的情形。" in decision.data["paragraphs"][0]
    )
    assert Serving.objects.get(document__code="measure_decision").method == "direct"
    assert "没有意见" in measure.scene_record.transcript.body
    assert [item.state for item in measure.items.all()] == ["held"]


def test_a_preservation_runs_seven_working_days(walk: Walk) -> None:
    measure = kept(walk)
    assert limit(measure, "pres-7d").due == date(2026, 3, 12)  # 处罚法56、85: 4–6, 9–12 March
    assert measure.case.documents.filter(part=measure.part, code="preservation_list").count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"power": ""}, "coerce-basis"),
        ({"power": "rt-62", "kind": "seizure"}, "coerce-basis"),  # 道路运输条例62 names vehicles only
        ({"power_answer": SILENCE}, "coerce-basis"),
        ({"power_answer": NO}, "coerce-basis"),  # a valid 营运证: no power under art. 62
        ({"minor_answer": SILENCE}, "coerce-minor-skip"),
        ({"minor_answer": Answer(is_yes=False)}, "coerce-minor-skip"),
        ({"items": ()}, "coerce-decision-list"),
    ],
)
def test_what_a_request_lacks(walk: Walk, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        requested(walk, **changed)
    assert codes(refused) == [code]
    assert refused.value.refusals[0].citation


@pytest.mark.parametrize("changed", [{"power": "hp-72", "kind": "seizure"}, {"minor_answer": YES}])
def test_the_lawful_neighbour_is_accepted(walk: Walk, changed: dict[str, Any]) -> None:
    assert requested(walk, **changed).state == "C0"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"party_present": False}, "coerce-notify-party"),
        ({"reasons_told": False}, "coerce-tell-reasons"),
        ({"statement": " "}, "coerce-hear"),
        ({"body": "太短"}, "coerce-scene-record"),
        ({"person": None}, "coerce-scene-record"),
        ({"signing": "pending"}, "coerce-scene-record"),
        ({"is_handed_over": False}, "coerce-decision-list"),
        ({"video_reference": ""}, "gen-av-mandatory"),
        ({"answers": {**SCOPE, "related": NO}}, "coerce-scope"),
        ({"answers": {**SCOPE, "necessities": YES}}, "coerce-scope"),
        ({"answers": {**SCOPE, "sealed": SILENCE}}, "coerce-scope"),
        ({"licence_shown": False}, "gen-show-licence"),
        ({"items": (replace(VEHICLE, quantity=""),)}, "coerce-decision-list"),
    ],
)
def test_what_the_spot_lacks(walk: Walk, changed: dict[str, Any], code: str) -> None:
    measure = approved(walk)
    with pytest.raises(Refused) as refused:
        do(walk, measures.take_measure, walk.cast.lead, measure, new=on_the_spot(walk, **changed))
    assert codes(refused) == [code]
    measure.refresh_from_db()
    assert measure.state == "C1"


def test_everything_missing_is_said_at_once(walk: Walk) -> None:
    measure = approved(walk)
    new = on_the_spot(walk, reasons_told=False, statement="", video_reference="", is_handed_over=False)
    with pytest.raises(Refused) as refused:
        do(walk, measures.take_measure, walk.cast.lead, measure, new=new)
    assert set(codes(refused)) == {"coerce-tell-reasons", "coerce-hear", "gen-av-mandatory", "coerce-decision-list"}


def test_an_absent_party_needs_a_witness_and_its_decision_waits_to_be_served(walk: Walk) -> None:
    measure = taken(walk, party_present=False, person=None, witness_name="示例见证", statement="", is_handed_over=False)
    assert measure.witness_name == "示例见证"
    assert not Serving.objects.filter(document__code="measure_decision").exists()
    assert walk.case.documents.get(code="measure_decision").must_be_served


def test_nobody_takes_before_the_approval(walk: Walk) -> None:
    measure = requested(walk)
    with pytest.raises(Refused) as refused:
        do(walk, measures.take_measure, walk.cast.lead, measure, new=on_the_spot(walk))
    assert codes(refused) == ["coerce-approve-before"]


def test_the_record_may_not_begin_before_the_approval(walk: Walk) -> None:
    measure = approved(walk)
    early = walk.at - timedelta(minutes=1)
    with pytest.raises(Refused) as refused:
        do(walk, measures.take_measure, walk.cast.lead, measure, new=on_the_spot(walk, started_at=early))
    assert codes(refused) == ["coerce-approve-before"]
    do(walk, measures.take_measure, walk.cast.lead, measure, new=on_the_spot(walk))
    assert measure.state == "C2"


def test_preservation_knows_no_catching_up(walk: Walk) -> None:
    measure = walk.step(measures.request_preservation, walk.cast.lead, new=KEPT, vanish_answer=YES)
    with pytest.raises(Refused) as refused:
        do(walk, measures.take_preservation, walk.cast.lead, measure, new=registered(walk))
    assert codes(refused) == ["pres-approval"]


@pytest.mark.parametrize("answer", [SILENCE, NO, Answer(is_yes=True)])
def test_preservation_needs_evidence_that_may_vanish(walk: Walk, answer: Answer) -> None:
    with pytest.raises(Refused) as refused:
        walk.step(measures.request_preservation, walk.cast.lead, new=KEPT, vanish_answer=answer)
    assert codes(refused) == ["pres-condition"]


def test_the_list_is_signed_and_given(walk: Walk) -> None:
    measure = walk.step(measures.request_preservation, walk.cast.lead, new=KEPT, vanish_answer=YES)
    do(walk, measures.approve_preservation, walk.cast.deputy, measure, agree=True, opinion="同意。")
    for changed in ({"is_handed_over": False}, {"signing": "refused"}, {"signing": "pending"}):
        with pytest.raises(Refused) as refused:
            do(walk, measures.take_preservation, walk.cast.lead, measure, new=registered(walk, **changed))
        assert codes(refused) == ["pres-list"]


def test_the_handler_does_not_approve_and_a_refusal_ends_it(walk: Walk) -> None:
    measure = requested(walk)
    with pytest.raises(NotAllowed):
        do(walk, measures.approve_measure, walk.cast.lead, measure, agree=True, opinion="同意。")
    do(walk, measures.approve_measure, walk.cast.deputy, measure, agree=False, opinion="情节轻微。")
    assert (measure.state, measure.ending, measure.taken_at) == ("C6", "refused", None)


def test_the_power_cannot_be_entrusted(walk: Walk) -> None:
    walk.cast.lead.unit = Unit.objects.create(code="WT", name="受托单位", kind=UnitKind.SQUAD)
    walk.cast.lead.save(update_fields=["unit"])
    with pytest.raises(Refused) as refused:
        requested(walk)
    assert codes(refused) == ["coerce-no-delegate"]


def test_urgency_is_reported_within_twenty_four_hours(walk: Walk) -> None:
    measure = taken_urgently(walk)
    assert measure.state == "C1U"
    due = limit(measure, "coerce-24h")
    assert due.due_at == measure.taken_at + timedelta(hours=24)
    walk.at = due.due_at - timedelta(minutes=10)  # the last moment
    do(walk, measures.approve_urgent_measure, walk.cast.deputy, measure, agree=True, opinion="同意。")
    assert measure.state == "C2"
    assert limit(measure, "coerce-24h").state == "met"


def test_after_twenty_four_hours_nothing_is_approved_any_more(walk: Walk) -> None:
    measure = taken_urgently(walk)
    walk.at = limit(measure, "coerce-24h").due_at - timedelta(minutes=9)
    with pytest.raises(Refused) as refused:
        do(walk, measures.approve_urgent_measure, walk.cast.deputy, measure, agree=True, opinion="同意。")
    assert codes(refused) == ["coerce-24h"]


def test_a_refused_urgent_measure_is_lifted_at_once(walk: Walk) -> None:
    measure = taken_urgently(walk)
    do(walk, measures.approve_urgent_measure, walk.cast.deputy, measure, agree=False, opinion="不应当采取。")
    assert (measure.state, measure.ending) == ("C6", "unapproved")
    assert measure.case.documents.filter(code="measure_lifting", part=measure.part).count() == 1
    assert not Deadline.objects.filter(
        part=measure.part, code__in=["coerce-24h", "coerce-30d"], state="running"
    ).exists()


def test_urgency_needs_its_reason(walk: Walk) -> None:
    with pytest.raises(Refused) as refused:
        walk.step(measures.take_measure_urgent, walk.cast.lead, asked=ASKED, urgent_reason=" ", new=on_the_spot(walk))
    assert codes(refused) == ["coerce-24h"]


def test_measures_may_precede_filing_but_not_follow_the_decision(db: None) -> None:
    cast = make_cast()
    early = filed(cast, "clue")
    assert taken_urgently(early).state == "C1U"
    late = filed(cast, "decided")
    with pytest.raises(Refused) as refused:
        requested(late)
    assert codes(refused) == ["wrong-stage"]


def test_every_act_writes_one_entry_and_strangers_see_nothing(walk: Walk) -> None:
    count = JournalEntry.objects.count()
    measure = requested(walk)
    assert JournalEntry.objects.count() == count + 1
    with pytest.raises(NotFound):
        do(walk, measures.approve_measure, walk.cast.outsider, measure, agree=True, opinion="同意。")


@pytest.mark.parametrize("form", [PreservationForm, SpotForm, UrgentForm])
def test_what_is_signed_on_the_spot_cannot_be_put_off(form: Any) -> None:
    assert [value for value, _label in form.base_fields["signing"].choices] == ["signed", "refused"]
