"""Measures brought to a state by the real actions, on a case that was just filed (3 March 2026, Shanghai)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.actions import custody, measures, measures_ending, serving
from cases.actions.investigation import NewTranscript
from cases.actions.measure_checks import SCOPE_QUESTIONS, Answer
from cases.actions.measures import NewItem, NewMeasure, OnTheSpot, Registered
from cases.models import CasePerson, Document, Measure
from tests.cast import Cast
from tests.scenarios import Walk, case_at

YES, NO = Answer(is_yes=True, reason="现场查实。"), Answer(is_yes=False, reason="经核对没有。")
VEHICLE = NewItem("吉C12345", "1 辆", "重型半挂牵引车", "外观完好")
RECORD = {"started_at", "person", "licence_shown", "body", "witness_name", "signing", "refusal_note"}
SCOPE = {code: (YES if lawful else NO) for code, (_question, lawful, _cure) in SCOPE_QUESTIONS.items()}
ASKED = NewMeasure("vehicle", "无法当场证明车辆有营运证，需要查清。", (VEHICLE,), "rt-62", YES, NO)
KEPT = NewMeasure("preservation", "行车记录可能被删除。", (NewItem("行车记录仪", "1 台", "黑色"),))


def filed(cast: Cast, word: str = "filed") -> Walk:
    """A case at ``word``, from Tuesday 3 March 2026 on."""
    walk = case_at(word, cast)
    walk.at = max(walk.at, datetime(2026, 3, 3, 1, 0, tzinfo=UTC))
    return walk


def on_the_spot(walk: Walk, **changed: Any) -> OnTheSpot:
    """Everything the law wants; the record ends with the next act."""
    end = walk.at + timedelta(minutes=10)
    record = NewTranscript(
        started_at=end - timedelta(minutes=8), ended_at=end, place="国道303线K12+300", second_officer=walk.cast.assistant,
        person=CasePerson.objects.get(case=walk.case), licence_shown=True, rights_told=True, signing="signed",
        body="车辆停放在路边，驾驶员不能出示车辆营运证，也没有其他有效证明。",
    )  # fmt: skip
    record = replace(record, **{name: changed.pop(name) for name in tuple(changed) if name in RECORD})
    spot = OnTheSpot(
        record=record, items=(VEHICLE,), party_present=True, reasons_told=True, statement="没有意见。",
        is_handed_over=True, receiver_name="示例人", relation="representative", video_reference="记录仪07-20260303",
        kept_at="示例停车场3号位", answers=SCOPE,
    )  # fmt: skip
    return replace(spot, **changed)


def registered(walk: Walk, **changed: Any) -> Registered:
    new = Registered(
        taken_at=walk.at + timedelta(minutes=9), place="梨树县梨树镇示例路1号", second_officer=walk.cast.assistant,
        items=KEPT.items, signing="signed", is_handed_over=True, receiver_name="示例人", relation="representative",
        kept_at="本机关证据室",
    )  # fmt: skip
    return replace(new, **changed)


def do(walk: Walk, action: Any, by: Any, measure: Measure, **data: Any) -> Any:
    """One act on a measure; it is fresh afterwards."""
    result = walk.step(action, by, part_id=measure.pk, **data)
    measure.refresh_from_db()
    return result


def requested(walk: Walk, **changed: Any) -> Measure:
    return walk.step(measures.request_measure, walk.cast.lead, new=replace(ASKED, **changed))


def approved(walk: Walk) -> Measure:
    measure = requested(walk)
    do(walk, measures.approve_measure, walk.cast.deputy, measure, agree=True, opinion="同意。")
    return measure


def taken(walk: Walk, **changed: Any) -> Measure:
    """C2."""
    measure = approved(walk)
    do(walk, measures.take_measure, walk.cast.lead, measure, new=on_the_spot(walk, **changed))
    return measure


def taken_urgently(walk: Walk, *, asked: NewMeasure = ASKED, **changed: Any) -> Measure:
    """C1'."""
    return walk.step(
        measures.take_measure_urgent, walk.cast.lead, asked=asked, urgent_reason="驾驶员要驾车离开。",
        new=on_the_spot(walk, **changed),
    )  # fmt: skip


def kept(walk: Walk, **changed: Any) -> Measure:
    """A preservation in force."""
    measure = walk.step(measures.request_preservation, walk.cast.lead, new=KEPT, vanish_answer=YES)
    do(walk, measures.approve_preservation, walk.cast.deputy, measure, agree=True, opinion="同意。")
    do(walk, measures.take_preservation, walk.cast.lead, measure, new=registered(walk, **changed))
    return measure


def lifted(walk: Walk, measure: Measure) -> Measure:
    do(walk, measures_ending.request_lifting, walk.cast.lead, measure, ground="5", reason="已提供营运证。")
    do(walk, measures_ending.approve_lifting, walk.cast.deputy, measure, agree=True, opinion="同意。")
    return measure


def hand_over(walk: Walk, **changed: Any) -> custody.HandOver:
    new = custody.HandOver(walk.at + timedelta(minutes=5), "示例甲", "示例寅", "示例停车场3号位", "完好")
    return replace(new, **changed)


def received(walk: Walk, measure: Measure, **data: Any) -> None:
    data.setdefault("new", hand_over(walk))
    do(walk, custody.hand_over_items, walk.cast.keeper, measure, custody_answer=YES, **data)


def returned(walk: Walk, measure: Measure) -> None:
    do(
        walk,
        custody.return_items,
        walk.cast.keeper,
        measure,
        new=hand_over(walk, received_by="示例人"),
        is_checked=True,
    )


def served(walk: Walk, document: Document) -> None:
    """Serve one document of the case on the spot."""
    new = serving.NewServing(
        method="direct", receiver_name="示例人", relation="representative", place="梨树县梨树镇示例路1号",
        served_at=walk.at + timedelta(minutes=5), second_server=walk.cast.assistant,
    )  # fmt: skip
    walk.step(serving.serve_document, walk.cast.lead, part_id=document.pk, serving=new)
