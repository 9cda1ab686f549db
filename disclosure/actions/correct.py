"""A published record says something wrong: one person asks for the correction, another decides (disclosure.md §6).

The corrected copy is a new version: a leaf of the register, the page with its note, every file and feed, and ``u`` for
the exchange, all in the transaction of the decision. What the old version said is kept in the register until the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.api import ClericalNotice, DecisionFacts
from disclosure import content as whitelist
from disclosure.actions.answering import answered_core, late_faults, reopened_core
from disclosure.actions.draft import record_fields
from disclosure.actions.ledger import Event, append_core
from disclosure.actions.publish import agreed_changes, frozen_body, last_day_of_trying, leak_refusals, lock_record
from disclosure.correcting import (
    FIELDS,
    TITLES,
    Change,
    changed_fields,
    changes_money,
    corrected_content,
    corrected_facts,
)
from disclosure.feed import payload, renewed
from disclosure.models import (
    CorrectionOutcome,
    CorrectionSource,
    Delivery,
    DeliveryState,
    DisclosureRecord,
    Objection,
    Operation,
    RecordCorrection,
    RecordEvent,
    RecordState,
)
from disclosure.queries.search import searched_text
from disclosure.register.leaf import CORRECT
from disclosure.register.shown import FORMAL, published_content
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.parameters import DEFAULT_PARAMETERS

PROPOSE, DECIDE = "disclosure.propose_correction", "disclosure.decide_correction"
CITATION = "政府信息公开条例第四十一条"
SHORTEST, LONGEST_NOTE = 4, 200
FROM_NOTICE = "按案件的文书更正同步更正"
_WRITTEN = [
    "content", "corrections", "party_display", "violation", "tier", "search_text", "is_person", "uscc_search", "domain",
    "held_for", "version", "updated_at", "content_digest",
]  # fmt: skip


@dataclass(frozen=True)
class WantedCorrection:
    """What is to be corrected. Without ``changes`` the copy is made anew from the decision. ``note`` is public."""

    changes: tuple[Change, ...]
    note: str
    reason: str


@transaction.atomic(durable=True)
def propose_correction(
    *, record_id: int, version: int, facts: DecisionFacts | None, by: Any, wanted: WantedCorrection
) -> RecordCorrection:
    """Ask for a correction of a published record. ``facts`` are none for an earlier decision from a file.

    Raises ``Conflict`` for a stale page, ``NotAllowed``, and ``Refused`` with every cause.
    """
    record = lock_record(record_id, version)
    policy.check(by, PROPOSE)
    if faults := correction_faults(record, facts, wanted):
        raise Refused(faults)
    now = clock.now()
    made = propose_core(record, wanted, source=CorrectionSource.OFFICE, by=by.staff_number, now=now)
    remember(record, "ask_correction", by, wanted.reason, now, details={"due": made.due.isoformat()})
    return made


def propose_core(
    record: DisclosureRecord, wanted: WantedCorrection, *, source: CorrectionSource, by: str, now: datetime,
    objection: Objection | None = None, notice_id: int | None = None,
) -> RecordCorrection:  # fmt: skip
    """Write the request inside the caller's transaction; the caller checked it and keeps the journal."""
    today = clock.local(now).date()
    due = correction_due(today)
    return RecordCorrection.objects.create(
        record=record, source=source, objection=objection, notice_id=notice_id,
        changes=[vars(change) for change in wanted.changes], note=wanted.note.strip(), reason=wanted.reason.strip(),
        found_on=today, due=min(due, objection.due) if objection else due, proposed_by=by, created_at=now,
    )  # fmt: skip


def correction_due(found_on: date) -> date:
    """The last day to correct an error found on a day (parameter, 待确认: the rules only say 及时)."""
    days = int(DEFAULT_PARAMETERS.number("disclosure.correction_days", found_on))
    return DEFAULT_CALENDAR.add_working_days(found_on, days)[0]


def correction_faults(record: DisclosureRecord, facts: DecisionFacts | None, wanted: WantedCorrection) -> list[Refusal]:
    """What stands against the correction: the record, the words, the public note, what is personal in them."""
    if record.state != RecordState.PUBLISHED:
        return [Refusal("record.state", f"这条公示现在是“{record.get_state_display()}”，不能更正。", CITATION)]
    if RecordCorrection.objects.filter(record=record, outcome="").exists():
        text = "这条公示已经有一项更正等待审核。请先审核它，再提出新的更正。"
        return [Refusal("correction.open", text, CITATION, "decide_correction")]
    found = [fault for change in wanted.changes for fault in _change_faults(record, facts, change)]
    found = found or words_faults(record, facts, wanted.changes)
    if not found and not changed_fields(record.content, new_content(record, facts, wanted.changes)):
        text = "更正后的公开内容与现在相同，没有需要更正的地方。请核对错在哪里。"
        found.append(Refusal("correction.same", text, CITATION, "wrong"))
    return [*found, *note_faults(record, facts, wanted)]


def note_faults(record: DisclosureRecord, facts: DecisionFacts | None, wanted: WantedCorrection) -> list[Refusal]:
    """The note is public: long enough to say something, and nothing personal in it."""
    found, note = [], wanted.note.strip()
    if not SHORTEST <= len(note) <= LONGEST_NOTE:
        text = f"更正说明要向社会公开，请写 {SHORTEST} 到 {LONGEST_NOTE} 字。"
        found.append(Refusal("correction.note", text, CITATION, "note"))
    found += _note_leaks(record, facts, note)
    if len(wanted.reason.strip()) < SHORTEST:
        found.append(Refusal("correction.reason", "请写明错误是怎样发现、怎样核实的。", CITATION, "reason"))
    return found


def _note_leaks(record: DisclosureRecord, facts: DecisionFacts | None, note: str) -> list[Refusal]:
    if not whitelist.says_personal(note, facts, shown_names(record)):
        return []
    text = "更正说明里有个人信息，不能公开。请删去姓名、号码、号牌和住址。"
    return [Refusal("leak", text, "行政处罚法第五十条", "note")]


def words_faults(record: DisclosureRecord, facts: DecisionFacts | None, changes: Sequence[Change]) -> list[Refusal]:
    """What the words put in would do to the whole text: another sum of money, somebody's name or number."""
    fields = {change.field for change in changes}
    before = {name: str(record.content.get(name, "")) for name in fields}
    after, names, found = corrected_content(before, changes), shown_names(record), []
    if changes_money(before, after):
        text = "数额有误不是公示差错，不能用更正代替。应当依法撤销或者变更决定，再撤回公示。"
        found.append(Refusal("correction.money", text, "行政处罚法第七十五条第二款", "wrong"))

    def says(text: str) -> bool:
        return whitelist.says_personal(text, facts, names)

    # The whole text too: half a number may stand there already. What it said before is no fault of the correction.
    whole = (name for name in fields if name != "party" and not says(before[name]))
    if any(says(change.right) for change in changes) or any(says(after[name]) for name in whole):
        text = "更正后的文字里有个人信息，不能公开。请删去姓名、号码、号牌和住址。"
        found.append(Refusal("leak", text, "行政处罚法第五十条", "right"))
    return found


def _change_faults(record: DisclosureRecord, facts: DecisionFacts | None, change: Change) -> list[Refusal]:
    title, found = TITLES.get(change.field, ""), []
    if not title:
        return [Refusal("correction.field", "这一项不能更正。请选公开内容里的一项文字。", CITATION, "field")]
    if change.field == "party" and record.is_person:
        text = "自然人的公示名由系统遮盖生成，不能改写。请先在案件里更正，再选“按决定书重新生成”。"
        return [Refusal("correction.party", text, "行政处罚法第五十条", "field")]
    if not change.wrong or change.wrong not in str(record.content.get(change.field, "")):
        text = f"公开的“{title}”里没有找到“{change.wrong}”这几个字。请照公开页面的原文填写。"
        found.append(Refusal("correction.wrong", text, CITATION, "wrong"))
    elif facts is not None and not _is_said_in(corrected_facts(facts, agreed_changes(record)), change):
        text = f"决定书原文里没有“{change.wrong}”这几个字，更正到不了交换平台。请选不含遮盖内容的文字。"
        found.append(Refusal("correction.masked", text, CITATION, "wrong"))
    if change.wrong == change.right:
        found.append(Refusal("correction.right", "更正后与原文相同，请核对。", CITATION, "right"))
    return found


def _is_said_in(facts: DecisionFacts, change: Change) -> bool:
    """Do the words stand in the decision itself, where the exchange is told them from?"""
    _title, attribute = FIELDS[change.field]
    return change.wrong in str(getattr(facts, attribute))


@transaction.atomic(durable=True)
def decide_correction(
    *, record_id: int, version: int, facts: DecisionFacts | None, by: Any, agree: bool, opinion: str,
    late_reason: str = "",
) -> RecordCorrection:  # fmt: skip
    """Another person decides the open correction of a record; agreed, the new version is public at once.
    ``late_reason``: why an objection it answers is answered after its last day.

    Raises ``Conflict`` for a stale page or when nothing is open any more, ``NotAllowed`` for whoever asked for it or
    handled the case, ``Refused`` with every cause.
    """
    record = lock_record(record_id, version)
    asked: RecordCorrection | None = RecordCorrection.objects.filter(record=record, outcome="").first()
    if asked is None:
        raise Conflict("这项更正已经处理过了。请回到公示页核对。")
    policy.check(by, DECIDE, subject_of(record, facts, asked))
    if agree and record.state != RecordState.PUBLISHED:
        text = "这条公示已经结束，不能再更正。请选不同意，并写明公示已经结束。"
        raise Refused([Refusal("record.state", text, CITATION, "agree")])
    if not agree and len(opinion.strip()) < SHORTEST:
        raise Refused([Refusal("correction.opinion", "不同意更正的，请写明理由。", CITATION, "opinion")])
    now = clock.now()
    if agree and (faults := late_faults(asked.objection, late_reason, clock.local(now).date())):
        raise Refused(faults)
    asked.outcome = CorrectionOutcome.AGREED if agree else CorrectionOutcome.REFUSED
    asked.opinion, asked.decided_by, asked.decided_at = opinion.strip(), by, now
    before, details = record.content_digest, {"source": asked.source, "late": clock.local(now).date() > asked.due}
    if agree:
        details |= _applied(record, facts, asked, now)
    details |= answered_core(asked.objection, now, late_reason) if agree else reopened_core(asked.objection)
    asked.save(update_fields=["outcome", "opinion", "decided_by", "decided_at"])
    if agree and (delivery := enqueue_correction(record, facts, now)):
        details["delivery"] = delivery.idem_key
    said = asked.note if agree else asked.opinion
    remember(record, "correct" if agree else "refuse_correction", by, said, now, details=details, before=before)
    return asked


def subject_of(record: DisclosureRecord, facts: DecisionFacts | None, asked: RecordCorrection | None) -> policy.Subject:
    """Neither a handler of the case nor whoever asked for the correction."""
    handlers = frozenset(record.handlers) | (facts.handlers if facts else frozenset())
    return policy.Subject(involved={"officer": handlers, "editor": frozenset({asked.proposed_by} if asked else ())})


def new_content(record: DisclosureRecord, facts: DecisionFacts | None, changes: Iterable[Change]) -> dict[str, Any]:
    """The copy as it will be: from the decision as it reads now, with every agreed change again, then the new ones."""
    if facts is None:
        return corrected_content(record.content, changes)
    return corrected_content(whitelist.public_content(facts), [*agreed_changes(record), *changes])


def _applied(
    record: DisclosureRecord, facts: DecisionFacts | None, asked: RecordCorrection, now: datetime
) -> dict[str, Any]:
    """Write the new version of the record and its leaf; raises ``Refused`` when it would say something personal."""
    changes = [Change.of(row) for row in asked.changes]
    if faults := [*words_faults(record, facts, changes), *_note_leaks(record, facts, asked.note)]:
        raise Refused(faults)  # what the case knows may have grown since it was asked for
    content = new_content(record, facts, changes)
    fields = changed_fields(record.content, content)
    if not fields:
        raise Refused([Refusal("correction.same", "公开内容已经是更正后的样子。请选不同意，并写明情况。", CITATION)])
    for name, value in _beside(record, facts, content).items():
        setattr(record, name, value)
    if faults := _leaks(record, facts):
        raise Refused(faults)
    record.corrections = [*record.corrections, _sentence(fields, asked.note, clock.local(now).date())]
    record.version += 1
    record.updated_at = now
    append_core(Event(record, CORRECT, published_content(record), now))
    record.save(update_fields=_WRITTEN)
    return {"fields": fields, "digest": record.content_digest}


def _beside(record: DisclosureRecord, facts: DecisionFacts | None, content: dict[str, Any]) -> dict[str, Any]:
    """The new copy and what lists and searches read of it; a name that was not searched before is not searched now."""
    fresh = record_fields(facts) if facts else vars(record)
    is_hidden = fresh["search_text"] == searched_text("", fresh["violation"], record.number)
    shown = "" if is_hidden else content["party"]
    return {
        **{name: fresh[name] for name in ("is_person", "uscc_search", "domain", "held_for")},
        "content": content,
        "party_display": content["party"],
        "violation": content["violation"],
        "tier": content.get("tier", ""),
        "search_text": searched_text(shown, content["violation"], record.number),
    }


def _sentence(fields: Sequence[str], note: str, day: date) -> str:
    titles = dict(FORMAL)
    named = "、".join(titles[name] for name in fields if name in titles) or "公示内容"
    return f"{day.isoformat()} 更正{named}：{note}"


def _leaks(record: DisclosureRecord, facts: DecisionFacts | None) -> list[Refusal]:
    if facts is not None:
        return leak_refusals(record, facts)
    names = shown_names(record)
    texts = (str(record.content.get(name, "")) for name in TITLES if name != "party")
    if any(whitelist.says_personal(text, None, names) for text in texts):
        return [Refusal("leak", "更正后的公开内容里有个人信息，不能公示。", "行政处罚法第五十条", "right")]
    return []


def shown_names(record: DisclosureRecord) -> tuple[str, ...]:
    """The registered names a record shows: of the organ, and of the party that is no natural person."""
    party = () if record.is_person else (record.party_display,)
    return tuple(name for name in (*party, str(record.content.get("organ", ""))) if name)


def enqueue_correction(record: DisclosureRecord, facts: DecisionFacts | None, now: datetime) -> Delivery | None:
    """The next version for the exchange, whole; None where the exchange was never sent the record by us.

    An earlier ``u`` that did not go out yet is overtaken by it (feed_api.md §9).
    """
    rows = list(Delivery.objects.select_for_update(of=("self",)).filter(record=record).order_by("-data_version"))
    if not rows or facts is None:
        return None
    newest = rows[0]
    if newest.op == Operation.WITHDRAW and renewed.scope_of(bytes(newest.body)) == "all":
        return None
    waiting = (DeliveryState.PENDING, DeliveryState.FIX, DeliveryState.DEAD)
    overtaken = [row.pk for row in rows if row.op == Operation.UPDATE and row.state in waiting]
    Delivery.objects.filter(pk__in=overtaken).update(state=DeliveryState.SUPERSEDED, next_at=None, parked_at=None)
    version = newest.data_version + 1
    identity = payload.Identity(newest.rui, version, "u", f"{record.public_id}-{version}")
    body, digest = frozen_body(record, facts, identity, now)
    return Delivery.objects.create(
        record=record, waits_for=newest.waits_for, kind=payload.PENALTY_KIND, rui=newest.rui, data_version=version,
        op=Operation.UPDATE, idem_key=identity.key, body=body, content_digest=digest, state=DeliveryState.PENDING,
        next_at=now, give_up_on=last_day_of_trying(record.decided_on, now), created_at=now,
    )  # fmt: skip


@transaction.atomic(durable=True)
def take_in_notice(notice: ClericalNotice, *, facts: DecisionFacts, by: Any = None) -> RecordCorrection | None:
    """A correction notice of the case: asks for the correction of its public copy, once.

    None while there is no record, or while another correction of it is open: the next round comes again. A draft was
    made anew before, and what is not public has nothing to correct: then the notice is only noted. ``by`` is None for
    the worker; whoever asked for the notice counts as having asked for the correction.
    """
    record = DisclosureRecord.objects.select_for_update(of=("self",)).filter(decision_id=notice.decision_id).first()
    if record is None:
        return None
    is_public = record.state == RecordState.PUBLISHED
    is_needed = is_public and bool(changed_fields(record.content, new_content(record, facts, ())))
    if is_needed and RecordCorrection.objects.filter(record=record, outcome="").exists():
        return None
    now = clock.now()
    wanted = WantedCorrection((), f"{FROM_NOTICE}（{notice.decided_on.isoformat()}）", notice.reason[:500])
    made = propose_core(
        record, wanted, source=CorrectionSource.NOTICE, by=notice.asked_by, now=now, notice_id=notice.notice_id
    ) if is_needed else _noted(record, wanted, notice, now)  # fmt: skip
    kind = "ask_correction" if is_needed else "note_correction"
    remember(record, kind, by, made.reason, now, details={"notice": notice.notice_id})
    return made


def _noted(
    record: DisclosureRecord, wanted: WantedCorrection, notice: ClericalNotice, now: datetime
) -> RecordCorrection:
    today = clock.local(now).date()
    return RecordCorrection.objects.create(
        record=record, source=CorrectionSource.NOTICE, notice_id=notice.notice_id, note=wanted.note, reason=wanted.reason,
        found_on=today, due=today, proposed_by=notice.asked_by, created_at=now,
        outcome=CorrectionOutcome.NOT_NEEDED, decided_at=now,
    )  # fmt: skip


def remember(
    record: DisclosureRecord, kind: str, by: Any, reason: str, now: datetime, *, details: dict[str, Any],
    before: str | None = None,
) -> None:  # fmt: skip
    """One line of the record's history and one entry of the journal."""
    after = record.content_digest
    RecordEvent.objects.create(
        record=record, at=now, kind=kind, by=by, reason=reason[:500],
        digest_before=after if before is None else before, digest_after=after,
    )  # fmt: skip
    journal.record(
        f"disclosure.{kind}", by=by, on=("disclosure", record.public_id), reason=reason,
        details={"number": record.number, **details},
    )  # fmt: skip
