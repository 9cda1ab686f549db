"""What the case page shows, prepared so that the template neither decides nor queries."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from cases import permissions
from cases.models import Deadline, DeadlineState
from cases.procedure.archive import retained_until
from cases.procedure.overlay import overlay_text
from cases.procedure.tasks import Task, next_task, side_steps, tasks
from cases.queries.find import OpenedCase
from cases.queries.issuing import signed_words
from cases.queries.limits import limit_lines
from cases.views.document_relations import relations_of
from cases.views.frame import fix_url, must_declare, step_url
from cases.views.parts import part_cards
from lishu_law import clock
from lishu_law.errors import Refusal
from lishu_law.law.limits import LIMITS

STATUS_WORDS = {
    "locked": "还不能办", "ready": "待办", "waiting": "等待他人", "done": "已完成", "returned": "被退回",
    "not_needed": "无需办理",
}  # fmt: skip


# What has to happen before the officer can do the step that is shown as the next one.
FIRST = {"record_payment": "当事人缴款后，"}
# Places of the page itself for cures that are no step of the table; what hangs on the case is "beside".
HERE = {"conflict": "#people-h", "officers": "#people-h"}


@dataclass(frozen=True)
class TaskLine:
    """One row of the task list."""

    code: str
    title: str
    status: str
    word: str
    who: str
    until: str
    citation: str
    why: str
    url: str
    is_next: bool = False
    light: Any = None
    is_partys: bool = False  # the limit binds the party, not the officer who records what the party did

    @property
    def first(self) -> str:
        return FIRST.get(self.code, "")


def case_page_context(user: Any, opened: OpenedCase) -> dict[str, Any]:
    """Everything the case page needs; the rows were loaded before."""
    loaded, case, today = opened.loaded, opened.case, clock.today()
    found = tasks(loaded.facts, today, returned_reason=case.returned_reason)
    highlighted = next_task(found)
    due = {limit.code: limit for limit in loaded.deadlines if limit.state == DeadlineState.RUNNING}
    lines = [_line(task, user, opened, due, is_next=task is highlighted) for task in found]
    running = [limit for limit in loaded.deadlines if limit.state == DeadlineState.RUNNING]
    related = relations_of(loaded)
    cards = part_cards(user, opened)
    return {
        "case": case,
        "retained_until": retained_until(case.archived_on) if case.archived_on else None,
        "loaded": loaded,
        "facts": loaded.facts,
        "officers": loaded.current_officers,
        "groups": [
            (group, [line for _task, line in rows])
            for group, rows in groupby(zip(found, lines, strict=True), key=lambda pair: pair[0].step.group)
        ],
        "next": next((line for line in lines if highlighted and line.code == highlighted.step.code), None),
        "gaps": [
            (refusal, _gap_url(refusal, case.clue_no)) for refusal in (_gaps(found) if highlighted is None else ())
        ],
        "side": _side(user, opened),
        "cards": cards,
        "cards_to_do": sum(bool(card.acts) and not card.is_money for card in cards),
        "limits": limit_lines(sorted(running, key=lambda limit: limit.due)),
        "documents": [(document, related.get(document.pk, [])) for document in loaded.documents],
        "evidence": loaded.evidence,
        "recent": list(reversed(loaded.steps))[:5],
        "can_bind": bool(loaded.documents) and permissions.can(user, "volume.make", opened.subject),
        "can_edit": permissions.can(user, "case.edit", opened.subject),
        "has_informant": bool(loaded.facts.informants) and permissions.may_read_informant(user, opened.subject),
        "signed": signed_words(loaded.facts, case.version),
        "overlay": overlay_text(loaded.facts),
        "must_declare": must_declare(user, loaded),
        "decision": loaded.part("decision"),
        "discretion": loaded.part("discretion"),
    }


def _gap_url(refusal: Refusal, clue_no: str) -> str:
    """Where a gap is cured. What hangs on the case is listed further down on this very page: a link to it leads there."""
    url = fix_url(clue_no)(refusal)
    return HERE.get(refusal.fix, "#beside") if url == reverse("case", args=[clue_no]) else url


def _side(user: Any, opened: OpenedCase) -> list[tuple[str, str, str]]:
    """What this person may start beside the road: title, address, article."""
    return [
        (step.title, step_url(step.code, opened.case.clue_no), step.citation)
        for step in side_steps(opened.loaded.facts)
        if permissions.can(user, step.action, opened.subject)
    ]


def _gaps(found: tuple[Task, ...]) -> tuple[Any, ...]:
    blocked = next((task for task in found if task.refusals), None)
    return blocked.refusals if blocked else ()


def _line(task: Task, user: Any, opened: OpenedCase, due: dict[str, Deadline], *, is_next: bool) -> TaskLine:
    step, case = task.step, opened.case
    # A record that may be made again (evidence, transcript, payment) keeps its link when it was made once.
    may_act = task.status in {"ready", "returned"} or _may_repeat(task, opened)
    is_mine = may_act and permissions.can(user, step.action, opened.subject)
    status = "waiting" if task.status == "ready" and not is_mine else task.status
    limit = due.get(step.limit)
    url = step_url(step.code, case.clue_no) if is_mine else ""
    note = task.note
    if task.done_at:
        note = f"{clock.local(task.done_at):%m-%d} 完成{'，可以再办' if is_mine else ''}"
    word = f"等待{step.actor}" if status == "waiting" else STATUS_WORDS[status]
    shown = limit_lines([limit])[0] if limit and status in {"ready", "waiting", "returned"} else None
    until = shown.due if shown else ""
    light = shown.light if shown else None
    law = LIMITS.get(step.limit)
    is_partys = law is not None and (law.lapses or law.owner == "当事人")
    return TaskLine(
        step.code, step.title, status, word, step.actor, until, step.citation, note, url, is_next, light, is_partys
    )  # fmt: skip


def _may_repeat(task: Task, opened: OpenedCase) -> bool:
    step, facts = task.step, opened.loaded.facts
    if task.status != "done" or not step.repeats or facts.state not in step.from_states:
        return False
    return not any(guard(facts, clock.today()) for guard in step.guards)
