"""What holds after every act, whoever tried it and however it ended. Read from the rows, not from the guards' own facts."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from cases.documents import catalogue
from cases.models import Case, Deadline, DeadlineState, DefenceKind, Document, Step, Transcript
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE, StepType
from cases.procedure.steps.serving import ON_THE_ROAD
from cases.queries.find import OpenedCase
from cases.queries.limits import due_of
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.matrix import RULES
from lishu_law.audit import journal
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import NumberSeries
from tests.model.official import Attempt, Official

# What may run on when a case is archived: the party's remedies, and what a correction makes the bureau publish or withdraw.
OUTLIVE = {"review-60d", "sue-6m", "pub-7wd", "pub-withdraw-3d"}
SERIAL = re.compile(r"(\d{4})\D+(\d+)\D*$")


class Invariants:
    """Asked after every act; keeps what it saw last, so that nothing can vanish between two looks."""

    def __init__(self, official: Official) -> None:
        self.official = official
        last = JournalEntry.objects.order_by("-seq").first()
        self.seq, self.hash = (last.seq, last.hash) if last else (0, journal.GENESIS)
        self.clocks = _clocks(official.case_id)

    def after_act(self, before: OpenedCase, attempt: Attempt) -> OpenedCase:
        """Returns the case as it is now."""
        after, entries = self.official.open(), self._new_entries()
        if attempt.result == "done":
            row = _row_ended(before, after, attempt)
            _was_permitted(before, attempt)
            _is_one_act(before, after, attempt, row, entries)
            _clocks_turned(before, after, row)
        else:
            _nothing_happened(before, after, entries)
        self._lasting(after)
        return after

    def after_clockwork(self, before: OpenedCase) -> OpenedCase:
        """What the calendar does by itself: every act of it is in the journal, nothing that was due is left untold."""
        after, entries = self.official.open(), self._new_entries()
        assert len(after.loaded.steps) - len(before.loaded.steps) <= len(entries)
        untold = Deadline.objects.filter(state=DeadlineState.RUNNING, tell_at__lte=clock.now())
        assert not untold.exists(), f"nobody was told of {list(untold)}"
        self._lasting(after)
        return after

    def at_the_end(self) -> None:
        """The whole journal, and what the database checks only when a transaction ends."""
        connection.check_constraints()
        _count, fault = journal.verify()
        assert fault is None, fault

    def _new_entries(self) -> list[JournalEntry]:
        """The entries since the last look; each must hang on the one before."""
        entries = list(JournalEntry.objects.filter(seq__gt=self.seq).order_by("seq"))
        for entry in entries:
            assert (entry.seq, entry.prev_hash) == (self.seq + 1, self.hash)
            assert entry.hash == journal.expected_hash(entry.seq, entry.body, entry.prev_hash)
            self.seq, self.hash = entry.seq, entry.hash
        return entries

    def _lasting(self, after: OpenedCase) -> None:
        self._no_clock_lost(after)
        _numbers_are_whole()
        _in_order(after)
        _nobody_in_two_places()
        _money_adds_up(after)

    def _no_clock_lost(self, after: OpenedCase) -> None:
        clocks = _clocks(self.official.case_id)
        for pk, old in self.clocks.items():
            new = clocks.get(pk)
            assert new is not None, f"the clock {old.code} vanished"
            assert (new.code, new.part, new.started_on, new.started_at) == (
                old.code,
                old.part,
                old.started_on,
                old.started_at,
            )
            if old.state != DeadlineState.RUNNING:
                assert (new.state, new.ended_on) == (old.state, old.ended_on), (
                    f"the clock {old.code} was set going again"
                )
            if new.due != old.due:
                assert len(new.moves) > len(old.moves), f"the end of {old.code} moved without a word"
        for one in clocks.values():
            due = due_of(one).due
            assert due == (one.due_at or one.due), f"{one.code} ends {one.due}, computed {due}"
        self.clocks = clocks


def _clocks(case_id: int) -> dict[int, Deadline]:
    return {one.pk: one for one in Deadline.objects.filter(case_id=case_id)}


def _was_permitted(before: OpenedCase, attempt: Attempt) -> None:
    """A row of the matrix names a role of this person, and the policy allowed it on the case as it was."""
    rule = RULES[attempt.step.action]
    assert any(attempt.by.has_role(grant.role) for grant in rule.grants), attempt
    assert policy.can(attempt.by, attempt.step.action, before.subject).allowed, attempt


def _row_ended(before: OpenedCase, after: OpenedCase, attempt: Attempt) -> StepType:
    """The row of the act; a notice or decision that was sent and came back served ends its own (serve-effective)."""
    if attempt.step.code != "complete_serving":
        return attempt.step
    served = next(one for one in after.loaded.servings if one.pk == attempt.part_id)
    document = next(one for one in after.loaded.documents if one.pk == served.document_id)
    road = BY_CODE.get(ON_THE_ROAD.get(document.code, ""))
    if road is None or served.effective_on is None or not served.is_for_party:
        return attempt.step
    return road if State(before.case.state) in road.from_states else attempt.step


def _is_one_act(
    before: OpenedCase, after: OpenedCase, attempt: Attempt, row: StepType, entries: list[JournalEntry]
) -> None:
    """One step, one journal entry, one version, from a state of the row to a state of the row."""
    fresh = after.loaded.steps[len(before.loaded.steps) :]
    assert [one.code for one in fresh] == [row.code], attempt
    assert [one.action.split(".")[1] for one in entries] == [row.code], attempt
    assert after.case.version == before.case.version + 1
    assert fresh[0].by_id == attempt.by.pk == entries[0].actor_id
    assert State(fresh[0].from_state) == State(before.case.state)
    assert State(fresh[0].from_state) in row.from_states
    assert fresh[0].to_state == after.case.state


def _clocks_turned(before: OpenedCase, after: OpenedCase, row: StepType) -> None:
    """A full act starts every clock of its row (the act itself may say which does not apply) and stops every other."""
    done = after.loaded.steps[-1]
    if done.outcome != "done" or (row.to_state is not None and done.to_state not in (row.to_state, *row.also_to)):
        return
    running = {(one.code, one.part) for one in after.loaded.deadlines if one.state == DeadlineState.RUNNING}
    known = {one.pk for one in before.loaded.deadlines}
    fresh = {(one.code, one.part) for one in after.loaded.deadlines if one.pk not in known}
    # Nothing is to be paid where there is no fine (any more).
    due = [code for code in row.starts if code != "pay-15d" or after.loaded.facts.decision_amount]
    for code in due:
        assert (code, done.part) in fresh, f"{row.code} did not start {code}"
    assert not due or fresh & running, f"{row.code} left no clock running"
    for code in set(row.stops) - set(row.starts):
        assert (code, done.part) not in running, f"{row.code} did not stop {code}"
    if row.code == "archive":
        left = {code for code, _part in running} - OUTLIVE
        assert not left, f"a case was archived while {left} ran"


def _nothing_happened(before: OpenedCase, after: OpenedCase, entries: list[JournalEntry]) -> None:
    """A refused act leaves no trace on the case: no step, number, document, clock or journal entry."""
    assert entries == []
    assert (after.case.version, after.case.state) == (before.case.version, before.case.state)
    for rows in ("steps", "documents", "servings", "evidence", "deadlines", "officers"):
        assert [one.pk for one in getattr(after.loaded, rows)] == [one.pk for one in getattr(before.loaded, rows)], rows
    assert after.loaded.facts == before.loaded.facts


def _numbers_are_whole() -> None:
    """Every series counts from 1 to its last number without a gap or a double."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, kind in _numbers():
        match = SERIAL.search(number)
        assert match, number
        found[kind, int(match[1])].append(int(match[2]))
    series = {(one.kind, one.year): one.last for one in NumberSeries.objects.all()}
    for key, last in series.items():
        assert sorted(found.pop(key, [])) == list(range(1, last + 1)), key
    assert not found, f"numbers of no series: {dict(found)}"


def _numbers() -> list[tuple[str, str]]:
    cases = Case.objects.values_list("clue_no", "case_no")
    numbers = [(clue, "clue") for clue, _case in cases] + [(case, "case") for _clue, case in cases if case]
    documents = Document.objects.exclude(number="").values_list("number", "code")
    own = [(number, catalogue.by_code(code).doc_id) for number, code in documents]
    return numbers + [(number, kind) for number, kind in own if (number, "case") not in numbers]


def _in_order(after: OpenedCase) -> None:
    """law/procedure.md §2.4, for the decision the bureau took: filed ≤ reported ≤ told < decided ≤ served ≤ closed ≤ archived.

    What another organ changed, or the bureau corrected, stands under its own law: told and served by whoever decided it.
    """
    case, loaded = after.case, after.loaded
    decision = loaded.part("decision")
    days: list[date | None] = [case.filed_on]
    if decision is not None and _is_own(loaded.steps, decision):
        told = _served_on(loaded, "prior_notice", decision.approved_at)
        assert told is not None
        assert told < decision.decided_on
        days += [_day(_last(loaded.steps, "approve_report", decision.approved_at)), told]
        days += [decision.decided_on, case.decision_served_on]
        _reviewed_between(loaded, decision)
    days += [case.closed_on, _day(_last(loaded.steps, "archive", clock.now()))]
    known = [day for day in days if day is not None]
    assert known == sorted(known), f"out of order: {days}"


def _is_own(steps: list[Step], decision: Any) -> bool:
    """Did the decision that stands come from the ordinary road of this case?"""
    return any(one.code == "approve_decision" and one.at == decision.approved_at for one in steps)


def _last(steps: list[Step], code: str, until: datetime) -> Step | None:
    found = [one for one in steps if one.code == code and one.outcome == "done" and one.at <= until]
    return found[-1] if found else None


def _day(step: Step | None) -> date | None:
    return clock.local(step.at).date() if step else None


def _served_on(loaded: Any, code: str, until: datetime) -> date | None:
    ids = {one.pk for one in loaded.documents if one.code == code and one.sealed_at <= until}
    days = [one.effective_on for one in loaded.servings if one.document_id in ids and one.effective_on]
    return max(days) if days else None


def _reviewed_between(loaded: Any, decision: Any) -> None:
    """Review and discussion lie between the end of the party's window and the decision."""
    open_from = [
        _window_over(one, loaded.part("defence"), decision.approved_at) for one in loaded.deadlines
        if one.code in {"defence-window", "hearing-request"} and one.state != DeadlineState.CANCELLED
        and one.started_on < decision.decided_on
    ]  # fmt: skip
    for code in ("review", "record_discussion"):
        step = _last(loaded.steps, code, decision.approved_at)
        if step is not None and open_from:
            assert max(open_from) <= clock.local(step.at).date() <= decision.decided_on, (code, open_from, step.at)


def _window_over(window: Deadline, defence: Any, until: datetime) -> date:
    """The first day on which the party has no more time: the day after the last, or that of an explicit waiver."""
    if defence is not None and defence.kind == DefenceKind.WAIVER and defence.recorded_at <= until:
        waived = clock.local(defence.received_at).date()
        if window.started_on <= waived <= window.due:
            return waived
    return window.due + timedelta(days=1)


def _nobody_in_two_places() -> None:
    """No two transcripts of one officer overlap in time."""
    times: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in Transcript.objects.filter(evidence__voided_at=None):
        for officer in {one.first_officer_id, one.second_officer_id}:
            times[officer].append((one.started_at, one.ended_at))
    for periods in times.values():
        periods.sort()
        for (_start, end), (start, _end) in zip(periods, periods[1:], strict=False):
            assert end <= start, periods


def _money_adds_up(after: OpenedCase) -> None:
    """Nobody pays more than was decided, nobody is decided more than was announced."""
    decision, facts = after.loaded.part("decision"), after.loaded.facts
    if decision is None or decision.amount is None:
        return
    assert facts.paid <= decision.amount, (facts.paid, decision.amount)
    notice = facts.notice
    if notice is not None and notice.amount is not None and _is_own(after.loaded.steps, decision):
        assert decision.amount <= notice.amount
