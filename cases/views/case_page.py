"""What the case page shows, prepared so that the template neither decides nor queries."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from cases import permissions
from cases.models import Deadline, DeadlineState
from cases.procedure.tasks import Task, next_task, tasks
from cases.queries.find import OpenedCase
from cases.queries.limits import limit_lines
from cases.views.frame import fix_url
from lishu_law import clock

STATUS_WORDS = {
    "locked": "还不能办", "ready": "待办", "waiting": "等待他人", "done": "已完成", "returned": "被退回",
    "not_needed": "无需办理",
}  # fmt: skip


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


def case_page_context(user: Any, opened: OpenedCase) -> dict[str, Any]:
    """Everything the case page needs; the rows were loaded before."""
    loaded, case, today = opened.loaded, opened.case, clock.today()
    found = tasks(loaded.facts, today, returned_reason=case.returned_reason)
    highlighted = next_task(found)
    due = {limit.code: limit for limit in loaded.deadlines if limit.state == DeadlineState.RUNNING}
    lines = [_line(task, user, opened, due, is_next=task is highlighted) for task in found]
    running = [limit for limit in loaded.deadlines if limit.state == DeadlineState.RUNNING]
    mine = next((o for o in loaded.current_officers if o.user_id == user.pk), None)
    return {
        "case": case,
        "loaded": loaded,
        "facts": loaded.facts,
        "officers": loaded.current_officers,
        "groups": [
            (group, [line for _task, line in rows])
            for group, rows in groupby(zip(found, lines, strict=True), key=lambda pair: pair[0].step.group)
        ],
        "next": next((line for line in lines if highlighted and line.code == highlighted.step.code), None),
        "gaps": [
            (refusal, fix_url(case.clue_no)(refusal)) for refusal in (_gaps(found) if highlighted is None else ())
        ],
        "limits": limit_lines(sorted(running, key=lambda limit: limit.due)),
        "documents": loaded.documents,
        "evidence": loaded.evidence,
        "recent": list(reversed(loaded.steps))[:5],
        "can_edit": permissions.can(user, "case.edit", opened.subject),
        "must_declare": mine is not None and mine.conflict_declared_at is None,
        "decision": loaded.part("decision"),
        "discretion": loaded.part("discretion"),
    }


def _gaps(found: tuple[Task, ...]) -> tuple[Any, ...]:
    blocked = next((task for task in found if task.refusals), None)
    return blocked.refusals if blocked else ()


def _line(task: Task, user: Any, opened: OpenedCase, due: dict[str, Deadline], *, is_next: bool) -> TaskLine:
    step, case = task.step, opened.case
    is_mine = task.status in {"ready", "returned"} and permissions.can(user, step.action, opened.subject)
    status = "waiting" if task.status == "ready" and not is_mine else task.status
    limit = due.get(step.limit)
    url = reverse(f"case-{step.code}", args=[case.clue_no]) if is_mine else ""
    note = task.note
    if task.done_at:
        note = f"{clock.local(task.done_at):%m-%d} 完成"
    word = f"等待{step.actor}" if status == "waiting" else STATUS_WORDS[status]
    shown = limit_lines([limit])[0] if limit and status in {"ready", "waiting", "returned"} else None
    until = shown.due if shown else ""
    light = shown.light if shown else None
    return TaskLine(step.code, step.title, status, word, step.actor, until, step.citation, note, url, is_next, light)
