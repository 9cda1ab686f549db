"""先行登记保存 and 扣押、扣留: request, approval, taking (处罚法56; 强制法16–24). What follows has modules of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import measure_checks as checks
from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.investigation import NewTranscript, transcript_faults, write_transcript
from cases.actions.limits import cancel_limit
from cases.actions.measure_checks import SILENCE, Answer, Answers
from cases.actions.witness_checks import outside_witness
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import (
    Approval,
    Document,
    ItemState,
    Measure,
    MeasureItem,
    Serving,
    ServingMethod,
    Signing,
    TranscriptKind,
)
from cases.procedure.measures_facts import Ending, MeasureKind, MeasureState
from lishu_law.errors import NotFound, Refusal, Refused

REQUEST = "measure"  # the kind of the approval


@dataclass(frozen=True)
class NewItem:
    name: str
    quantity: str
    specification: str = ""
    condition: str = ""
    kept_at: str = ""


@dataclass(frozen=True)
class NewMeasure:
    """What is asked for: which things, under which clause, why."""

    kind: str
    reason: str
    items: tuple[NewItem, ...]
    power: str = ""
    power_answer: Answer = SILENCE
    minor_answer: Answer = SILENCE


@dataclass(frozen=True)
class OnTheSpot:
    """Everything the law wants done on the spot (强制法18), with the on-scene record."""

    record: NewTranscript
    items: tuple[NewItem, ...]
    party_present: bool
    reasons_told: bool
    statement: str
    is_handed_over: bool
    receiver_name: str
    relation: str
    video_reference: str
    kept_at: str = ""
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Registered:
    """The counting of registered evidence on the spot."""

    taken_at: datetime
    place: str
    second_officer: Any
    items: tuple[NewItem, ...]
    signing: str
    is_handed_over: bool
    receiver_name: str
    relation: str
    kept_at: str = ""
    kept_with_party: bool = False
    refusal_note: str = ""
    witness_name: str = ""


def measure_of(doing: Doing) -> Measure:
    """The locked measure the act works on."""
    found = Measure.objects.select_for_update().filter(case=doing.case, pk=doing.part_id or 0).first()
    if found is None:
        raise NotFound
    return found


def raise_all(refusals: list[Refusal]) -> None:
    """Every refusal in one go."""
    if refusals:
        raise Refused(refusals)


def decide_request(doing: Doing, kind: str, *, agree: bool, opinion: str) -> Approval:
    """Decide the waiting request of this kind about the measure at hand."""
    asked = doing.loaded.facts.approval(kind, doing.part)
    return decide(replace(doing, part_id=asked.id if asked else None), kind=kind, agree=agree, opinion=opinion)


def _propose(doing: Doing, new: NewMeasure, answers: Answers, **fields: Any) -> Measure:
    """The measure as it is asked for, with its request; the step now belongs to it."""
    measure = Measure.objects.create(
        case=doing.case, kind=new.kind, power=new.power, reason=new.reason, answers=checks.stored_answers(answers),
        **{"state": MeasureState.PROPOSED, **fields},
    )  # fmt: skip
    _list(measure, new.items, ItemState.PLANNED)
    doing.step, doing.part_id = replace(doing.step, part="measure"), measure.pk
    ask(doing, REQUEST, reason=new.reason, data={"urgent": measure.is_urgent}, part=measure.part)
    return measure


def _list(measure: Measure, items: tuple[NewItem, ...], state: str, *, kept_at: str = "") -> None:
    """The things as counted last; what was only planned before is replaced."""
    measure.items.all().delete()
    MeasureItem.objects.bulk_create(
        MeasureItem(measure=measure, state=state, **{**vars(item), "kept_at": item.kept_at or kept_at})
        for item in items
    )


@transaction.atomic(durable=True)
def request_preservation(
    *, case_id: int, version: int, by: Any, new: NewMeasure, vanish_answer: Answer, at: datetime | None = None
) -> Measure:
    """Ask the head for preservation: evidence may be lost or hard to get later (处罚法56)."""
    doing = begin("request_preservation", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    raise_all([*checks.evidence_may_vanish(vanish_answer), *checks.things_listed(new.items, preservation=True)])
    measure = _propose(doing, replace(new, kind=MeasureKind.PRESERVATION, power=""), {"vanish": vanish_answer})
    conclude(doing, opinion=new.reason)
    return measure


@transaction.atomic(durable=True)
def request_measure(*, case_id: int, version: int, by: Any, new: NewMeasure, at: datetime | None = None) -> Measure:
    """Report to the head and ask for approval before acting (强制法18第一项)."""
    doing = begin("request_measure", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    raise_all([*_basis_faults(doing, new), *checks.things_listed(new.items, preservation=False)])
    measure = _propose(doing, new, _basis_answers(new))
    conclude(doing, opinion=new.reason)
    return measure


def _basis_faults(doing: Doing, new: NewMeasure) -> list[Refusal]:
    return [
        *checks.clause_gives_power(MeasureKind(new.kind), new.power, new.power_answer, doing.today),
        *checks.minor_case_considered(new.minor_answer),
        *checks.officers_of_the_body(doing, doing.by),
    ]


def _basis_answers(new: NewMeasure) -> dict[str, Answer]:
    return {"power": new.power_answer, "minor": new.minor_answer}


def _approve(doing: Doing, document: str, *, agree: bool, opinion: str) -> Measure:
    """The leader's decision about a measure that was not taken yet, with the approval form."""
    check_guards(doing)
    measure = measure_of(doing)
    request = decide_request(doing, REQUEST, agree=agree, opinion=opinion)
    data = getattr(contexts, document)(doing.loaded, doing, measure, request)
    seal(doing.case, document, data, by=doing.by, at=doing.at, part=measure.part)
    measure.state = MeasureState.APPROVED if agree else MeasureState.LIFTED
    if not agree:
        measure.ended_at, measure.ending = doing.at, Ending.REFUSED
    measure.save(update_fields=["state", "ended_at", "ending"])
    conclude(doing, outcome="done" if agree else "refused", opinion=opinion)
    return measure


@transaction.atomic(durable=True)
def approve_preservation(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """The head approves preservation before it is done; there is no catching up (pres-approval)."""
    doing = begin("approve_preservation", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _approve(doing, "preservation_approval", agree=agree, opinion=opinion)


@transaction.atomic(durable=True)
def approve_measure(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """The head approves a seizure or detention before it is done (coerce-approve-before)."""
    doing = begin("approve_measure", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _approve(doing, "measure_approval", agree=agree, opinion=opinion)


def acted_after_approval(doing: Doing, measure: Measure, taken_at: datetime) -> list[Refusal]:
    """coerce-approve-before, pres-approval: to the minute, the approval comes first."""
    approved = Approval.objects.filter(case=doing.case, kind=REQUEST, part=measure.part, outcome="approved").last()
    if approved is None or approved.decided_at is None or taken_at >= approved.decided_at:
        return []
    if measure.is_preservation:
        message = "实施时间早于批准时间。先行登记保存要先经批准，请核对时间。"
        return [Refusal("pres-approval", message, "行政处罚法第五十六条", "taken_at")]
    message = "实施时间早于批准时间，请核对；确属紧急当场实施的，请用“紧急当场扣押、扣留”办理。"
    return [Refusal("coerce-approve-before", message, "行政强制法第十八条第一项", "started_at")]


@transaction.atomic(durable=True)
def take_preservation(
    *, case_id: int, version: int, by: Any, part_id: int, new: Registered, at: datetime | None = None
) -> Measure:
    """Count the things on the spot, sign the list, give the party its copy; seven working days run (处罚法56)."""
    doing = begin("take_preservation", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    raise_all([
        *acted_after_approval(doing, measure, new.taken_at),
        *checks.things_listed(new.items, preservation=True),
        *checks.taking_by_two(doing, new.second_officer, new.taken_at),
        *outside_witness(doing, new.witness_name, "pres-list", "行政处罚法第五十六条"),
        *checks.list_given(
            signing=new.signing, refusal_note=new.refusal_note, witness_name=new.witness_name,
            is_handed_over=new.is_handed_over,
        ),
    ])  # fmt: skip
    _list(measure, new.items, ItemState.HELD, kept_at=new.kept_at or new.place)
    measure.kept_with_party = new.kept_with_party
    _taken(doing, measure, new.taken_at, new.second_officer, place=new.place, witness_name=new.witness_name)
    data = contexts.preservation_list(doing.loaded, doing, measure)
    document = seal(doing.case, "preservation_list", data, by=by, at=doing.at, part=measure.part)
    _hand_over(doing, measure, document, new, new.refusal_note)
    conclude(doing, limit_start=new.taken_at)
    return measure


@transaction.atomic(durable=True)
def take_measure(
    *, case_id: int, version: int, by: Any, part_id: int, new: OnTheSpot, at: datetime | None = None
) -> Measure:
    """Seize or detain as approved, with every duty of the spot (强制法18、24); thirty days run."""
    doing = begin("take_measure", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    raise_all([*acted_after_approval(doing, measure, new.record.started_at), *_spot_faults(doing, new)])
    _take(doing, measure, new, MeasureState.TAKEN)
    conclude(doing, limit_start=new.record.started_at)
    return measure


@transaction.atomic(durable=True)
def take_measure_urgent(
    *, case_id: int, version: int, by: Any, asked: NewMeasure, urgent_reason: str, new: OnTheSpot,
    at: datetime | None = None,
) -> Measure:  # fmt: skip
    """Act at once and report: twenty-four hours run for the approval (强制法19)."""
    doing = begin("take_measure_urgent", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    faults = [*checks.urgency_told(urgent_reason), *_basis_faults(doing, asked), *_spot_faults(doing, new)]
    raise_all(faults)
    taken = {"taken_at": new.record.started_at, "first_officer": by, "second_officer": new.record.second_officer}
    measure = _propose(
        doing, replace(asked, items=new.items), _basis_answers(asked), state=MeasureState.URGENT, is_urgent=True,
        urgent_reason=urgent_reason, video_reference=new.video_reference, **taken,
    )  # fmt: skip
    _take(doing, measure, new, MeasureState.URGENT)
    conclude(doing, opinion=urgent_reason, limit_start=new.record.started_at)
    return measure


def _spot_faults(doing: Doing, new: OnTheSpot) -> list[Refusal]:
    record, present = new.record, new.party_present
    return [
        *transcript_faults(doing, record),
        *checks.officers_of_the_body(doing, doing.by, record.second_officer),
        *checks.things_listed(new.items, preservation=False),
        *checks.scope_considered(new.answers),
        *checks.party_called(party_present=present, witness_name=record.witness_name),
        *checks.reasons_told(new.reasons_told),
        *checks.party_heard(party_present=present, statement=new.statement),
        *checks.scene_recorded(record, party_present=present),
        *checks.decision_handed_over(
            party_present=present, is_handed_over=new.is_handed_over, receiver=new.receiver_name
        ),
        *checks.filmed_throughout(new.video_reference),
    ]


def _take(doing: Doing, measure: Measure, new: OnTheSpot, state: MeasureState) -> None:
    record = new.record
    _list(measure, new.items, ItemState.HELD, kept_at=new.kept_at)
    told = contexts.spot_words(doing.loaded, new.party_present, record.witness_name, new.statement)
    body = "\n".join((record.body, *told))
    measure.scene_record = write_transcript(TranscriptKind.ONSCENE, "现场笔录", doing, replace(record, body=body))
    measure.answers = {**measure.answers, **checks.stored_answers(new.answers)}
    measure.party_present, measure.statement = new.party_present, new.statement
    measure.video_reference = new.video_reference
    _taken(
        doing, measure, record.started_at, record.second_officer, place=record.place, witness_name=record.witness_name,
        state=state,
    )  # fmt: skip
    data = contexts.measure_decision(doing.loaded, doing, measure)
    document = seal(doing.case, "measure_decision", data, by=doing.by, at=doing.at, part=measure.part)
    if new.party_present:
        _hand_over(doing, measure, document, new, record.refusal_note)


def _taken(
    doing: Doing, measure: Measure, taken_at: datetime, second: Any, *, place: str, witness_name: str,
    state: MeasureState = MeasureState.TAKEN,
) -> None:  # fmt: skip
    measure.state, measure.taken_at = state, taken_at
    measure.first_officer, measure.second_officer = doing.by, second
    measure.place, measure.witness_name = place, witness_name
    measure.save(
        update_fields=[
            "state", "taken_at", "first_officer", "second_officer", "place", "witness_name", "kept_with_party",
            "scene_record", "answers", "party_present", "statement", "video_reference",
        ]
    )  # fmt: skip


def _hand_over(
    doing: Doing, measure: Measure, document: Document, new: OnTheSpot | Registered, refusal_note: str
) -> None:
    """Decision or list were given to the party on the spot: served at once, with its receipt (强制法24)."""
    is_refused = (new.record.signing if isinstance(new, OnTheSpot) else new.signing) == Signing.REFUSED
    second = new.record.second_officer if isinstance(new, OnTheSpot) else new.second_officer
    serving = Serving.objects.create(
        case=doing.case, document=document, recipient=doing.case.known_party.name,
        method=ServingMethod.LEFT if is_refused else ServingMethod.DIRECT,
        receiver_name=new.receiver_name, relation=new.relation, place=measure.place, served_at=doing.at,
        effective_on=doing.today, strict_on=doing.today, first_server=doing.by, second_server=second,
        refusal_reason=refusal_note if is_refused else "", witness_name=measure.witness_name if is_refused else "",
        recorded_at=doing.at, completed_at=doing.at,
    )  # fmt: skip
    data = contexts.serving_receipt(doing.loaded, document, serving)
    seal(doing.case, "serving_receipt", data, by=doing.by, at=doing.at, part=measure.part)


@transaction.atomic(durable=True)
def approve_urgent_measure(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """Catch up the approval within twenty-four hours; refused, the measure is lifted at once (强制法19)."""
    doing = begin("approve_urgent_measure", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    if agree:
        raise_all(checks.approved_in_time(doing, measure, doing.at))
    request = decide_request(doing, REQUEST, agree=agree, opinion=opinion)
    data = contexts.measure_approval(doing.loaded, doing, measure, request)
    seal(doing.case, "measure_approval", data, by=by, at=doing.at, part=measure.part)
    if agree:
        measure.state = MeasureState.TAKEN
        measure.save(update_fields=["state"])
    else:
        end_measure(doing, measure, Ending.UNAPPROVED, ground="5")
        for code in ("coerce-24h", "coerce-30d"):
            cancel_limit(doing.case, code, part=measure.part)
        seal_release(doing, measure)
    conclude(doing, outcome="done" if agree else "refused", opinion=opinion)
    return measure


def end_measure(doing: Doing, measure: Measure, ending: Ending, *, ground: str = "") -> None:
    """The measure holds no longer; registered things that stayed with the party are free with that."""
    measure.state, measure.ended_at, measure.ending, measure.ground = MeasureState.LIFTED, doing.at, ending, ground
    measure.save(update_fields=["state", "ended_at", "ending", "ground"])
    free_what_stayed(measure, doing.at)


def free_what_stayed(measure: Measure, at: datetime) -> None:
    """Things left in place with the party need no return."""
    if measure.kept_with_party:
        measure.items.filter(state=ItemState.HELD).update(state=ItemState.RETURNED, settled_at=at)


def seal_release(doing: Doing, measure: Measure) -> Document:
    """M07 or M10 with the return list, to be served."""
    code = "preservation_release" if measure.is_preservation else "measure_lifting"
    data = getattr(contexts, code)(doing.loaded, doing, measure)
    return seal(doing.case, code, data, by=doing.by, at=doing.at, part=measure.part)
