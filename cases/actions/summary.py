"""The summary procedure on the scene: open, identify, secure evidence, assess, turn to the ordinary one (处罚法51–54)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.discretion import QUESTIONS, Chosen, apply_benchmark, details_of
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.filing import NewClue, corrected, entered, opened_case
from cases.actions.investigation import NewEvidence, NewTranscript, add_evidence_rows, add_transcript
from cases.actions.late_entry import LateEntry
from cases.actions.persons import find_or_add_person
from cases.discretion.consequences import is_conditional
from cases.discretion.result import Assessment
from cases.models import Case, CasePerson, PersonRole, Signing, SpotRecord, TranscriptKind
from cases.procedure.states import Procedure
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.actions import amend_party
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import Party

# 处罚法第九条: every kind of penalty but 警告 and 罚款, in the words benchmark tables use.
OTHER_PENALTIES = (
    "通报批评", "没收", "暂扣", "降低资质", "吊销", "限制", "停产", "停业", "停航", "责令关闭", "行政拘留",
)  # fmt: skip


@dataclass(frozen=True)
class SceneNote:
    """The on-scene record (现场笔录) as far as it is typed; an empty ``body`` means that there is none."""

    body: str = ""
    signing: str = Signing.SIGNED
    refusal_note: str = ""
    witness_name: str = ""


def open_summary_core(*, by: Any, lead: Any, assistant: Any, clue: NewClue, at: datetime) -> Case:
    """The undecorated core, for a finding that opens the case in its own transaction; its caller journals."""
    policy.check(by, "case.open_summary")
    return opened_case("open_summary", by=by, lead=lead, assistant=assistant, clue=clue, at=at)


@transaction.atomic(durable=True)
def open_summary(
    *,
    by: Any,
    assistant: Any,
    clue: NewClue,
    party: PartyDetails | None = None,
    vehicle: VehicleDetails | None = None,
    at: datetime | None = None,
) -> Case:
    """Open a case of the summary procedure on the scene, without an inspection record before it."""
    policy.check(by, "case.open_summary")
    clue = replace(clue, **entered(party, vehicle))
    case = open_summary_core(by=by, lead=by, assistant=assistant, clue=clue, at=at or clock.now())
    journal.record("case.open_summary", by=by, on=("case", case.pk), details={"clue_no": case.clue_no})
    return case


@transaction.atomic(durable=True)
def identify(
    *,
    case_id: int,
    version: int,
    by: Any,
    licence_shown: bool,
    mental_doubt: bool,
    party: PartyDetails | None = None,
    late: LateEntry | None = None,
    at: datetime | None = None,
) -> Case:
    """Licence shown, the party's identity established; ``party`` None keeps the one that came with the finding."""
    doing = begin("identify", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    changed = _identified(doing.case, party)
    if refusals := identity_gaps(changed.get("party", doing.case.party), licence_shown=licence_shown):
        raise Refused(refusals)
    SpotRecord.objects.create(case=doing.case, licence_shown_at=doing.happened_at, mental_doubt=mental_doubt)
    return conclude(doing, changed=changed, details={"mental_doubt": mental_doubt})


def _identified(case: Case, party: PartyDetails | None) -> dict[str, Any]:
    """The party of the case; somebody registered earlier gets what was missing then, such as the address."""
    changed = corrected(case, party)
    found = changed.get("party")
    if party is not None and found is not None and party.address and not found.address:
        changed["party"] = amend_party(found.pk, party)[0]
    return changed


def identity_gaps(party: Party | None, *, licence_shown: bool) -> list[Refusal]:
    """simple-identify: licence shown, and the party known by its own document (处罚法52)."""
    law, refusals = "行政处罚法第五十二条第一款", []
    if not licence_shown:
        refusals.append(Refusal("simple-identify", "请先向当事人出示执法证件，再勾选“已出示”。", law, "licence_shown"))
    if party is None:
        refusals.append(Refusal("simple-identify", "还不知道当事人是谁。请选择或者填写当事人。", law, "party_name"))
        return refusals
    number = party.uscc if party.kind == "organisation" else party.id_number or party.uscc
    missing = [word for word, value in (("证件号码", number), ("住址", party.address)) if not value]
    if missing:
        text = f"当事人的{'、'.join(missing)}还没有查明。决定书要用到它，请补上。"
        refusals.append(Refusal("simple-identify", text, law, "party_address"))
    return refusals


@transaction.atomic(durable=True)
def secure_evidence(
    *,
    case_id: int,
    version: int,
    by: Any,
    photos: tuple[NewEvidence, ...] = (),
    note: SceneNote = SceneNote(),
    late: LateEntry | None = None,
    at: datetime | None = None,
) -> Case:
    """Photos and the on-scene record; what the inspection handed over counts as well (程序规定61)."""
    doing = begin("secure_evidence", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    live = sum(1 for item in doing.loaded.evidence if item.voided_at is None)
    if refusals := evidence_gaps(live + len(photos), note.body):
        raise Refused(refusals)
    if note.body.strip():
        add_transcript(doing, TranscriptKind.ONSCENE, "现场笔录", _transcript(doing, note))
    add_evidence_rows(doing.case, photos, by=by, at=doing.at)
    return conclude(doing, details={"photos": len(photos), "record": bool(note.body.strip())})


def evidence_gaps(count: int, body: str) -> list[Refusal]:
    """simple-evidence: at least one item, a photo or the on-scene record (程序规定61)."""
    if count or body.strip():
        return []
    text = "当场处罚也要有证据。请拍现场照片，或者写现场笔录。"
    return [Refusal("simple-evidence", text, "行政处罚法第四十条、第五十一条", "photos")]


def other_officer(doing: Doing) -> Any:
    """The second officer on the scene; the guards made sure that there is one."""
    return next(one.user for one in doing.loaded.current_officers if one.user_id != doing.by.pk)


def _transcript(doing: Doing, note: SceneNote) -> NewTranscript:
    return NewTranscript(
        started_at=doing.case.spot_record.licence_shown_at, ended_at=doing.happened_at, place=doing.case.place,
        second_officer=other_officer(doing), person=_person_on_scene(doing.case), licence_shown=True, rights_told=True,
        **vars(note),
    )  # fmt: skip


def _person_on_scene(case: Case) -> CasePerson | None:
    """Whoever was met: the driver of the inspection, else the party in person."""
    person, party = case.persons.order_by("id").first(), case.known_party
    if person is not None:
        return person
    if party.kind == "organisation":
        return None
    name = party.name if party.kind == "citizen" else party.person_name
    return find_or_add_person(
        case.pk, role=PersonRole.PARTY, name=name, gender=party.gender, id_number=party.id_number, phone=party.phone
    )


@transaction.atomic(durable=True)
def assess_on_spot(*, case_id: int, version: int, by: Any, at: datetime | None = None, **chosen: Any) -> Case:
    """Apply the benchmark on the scene (处罚法5、34); ``chosen`` are the fields of ``actions.discretion.Chosen``."""
    doing = begin("assess_on_spot", case_id=case_id, version=version, by=by, at=at)
    return _assess(doing, Chosen(**chosen))


@transaction.atomic(durable=True)
def reassess(*, case_id: int, version: int, by: Any, at: datetime | None = None, **chosen: Any) -> Case:
    """Apply it again before the decision: to correct it, or because the party's plea was adopted; never heavier."""
    doing = begin("reassess", case_id=case_id, version=version, by=by, at=at)
    return _assess(doing, Chosen(**chosen))


def _assess(doing: Doing, choice: Chosen) -> Case:
    check_guards(doing)
    if refusals := [*unanswered(choice.answers), *heavier_than_told(doing, choice.amount)]:
        raise Refused(refusals)
    result = apply_benchmark(doing, choice)
    record: SpotRecord = doing.case.spot_record
    record.other_penalties = "、".join(other_penalties(result))[:200]
    record.save(update_fields=["other_penalties"])
    return conclude(doing, details=details_of(doing, result, choice.amount))


def unanswered(answers: dict[str, bool]) -> list[Refusal]:
    """decide-mitigate-must and its kin: silence blocks, on the scene too."""
    missing = [text for code, text in QUESTIONS.items() if code not in answers]
    if not missing:
        return []
    text = f"“{missing[0]}”等问题还没有回答。请逐项选“是”或者“否”。"
    return [Refusal("decide-mitigate-must", text, "行政处罚法第二十九条、第三十二条、第三十三条", "answers_note")]


def heavier_than_told(doing: Doing, amount: Decimal | None) -> list[Refusal]:
    """defence-no-heavier: after the party was told and heard only downwards (处罚法45第二款)."""
    spot = doing.loaded.facts.spot
    if spot is None or not spot.is_told or (amount or Decimal(0)) <= (spot.told_amount or Decimal(0)):
        return []
    text = f"不得因陈述申辩加重处罚。罚款不能高于口头告知的 {spot.told_amount or 0:f} 元。"
    return [Refusal("defence-no-heavier", text, "行政处罚法第四十五条第二款", "amount")]


def other_penalties(result: Assessment) -> list[str]:
    """What the benchmark demands beside a warning or a fine; conditional measures and confiscation of nothing not."""
    found = [
        measure
        for measure in result.measures
        if not is_conditional(measure) and any(word in measure for word in OTHER_PENALTIES)
    ]
    income = result.facts.get("illegal_income")
    return [measure for measure in found if "违法所得" not in measure or income]


@transaction.atomic(durable=True)
def turn_to_ordinary(*, case_id: int, version: int, by: Any, reason: str, at: datetime | None = None) -> Case:
    """Turn to the ordinary procedure before the decision: everything stays, filing follows (处罚法54)."""
    doing = begin("turn_to_ordinary", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if not reason.strip():
        text = "请写明为什么转普通程序，立案时要用到它。"
        raise Refused([Refusal("simple-to-ordinary", text, "行政处罚法第五十四条", "reason")])
    return conclude(doing, opinion=reason, changed={"procedure": Procedure.ORDINARY}, details={"reason": reason[:200]})
