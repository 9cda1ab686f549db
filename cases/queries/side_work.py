"""What waits for a person beside the road of the cases, for the desk: of the dossier reviews sheets, corrections,
objections and answers to one's own, the wording that waits for the legal section, blank forms to account for.

One statement for all of them: the desk of everybody who handles or judges cases asks on every visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from cases.models import (
    CaseOfficer,
    CorrectionTask,
    DossierReview,
    ObjectionOutcome,
    PhraseState,
    PhraseVersion,
    Step,
)
from cases.models import ReviewObjection as Objection
from cases.queries.blanks import blocks_to_settle, state_of
from lishu_law import clock
from lishu_law.access.policy import may_ever
from lishu_law.law.lights import Light, Timer, light
from lishu_law.registry.roles import Role

MOST = 200
TOLD_FOR = timedelta(days=15)  # how long an answer stands on the desk of who objected
COLUMNS = ("w_kind", "pk", "w_case", "w_text", "w_person", "w_review", "w_start", "w_due", "w_end")


@dataclass(frozen=True)
class SideWork:
    """One thing that waits on a desk: ``kind`` is score, confirm, settle, correct, answer, phrase or lease; ``key`` names it.

    ``light`` of a correction that has its day, ``due`` that day.
    """

    kind: str
    key: tuple[int | str, ...]
    label: str
    about: str
    due: date | None = None
    light: Light | None = None
    ends_at: datetime | None = None  # of a block of blank forms


def side_work(user: Any, now: datetime) -> list[SideWork]:
    """Everything that waits for this person, corrections by their day first. One statement, none for other people."""
    parts = _parts(user, now)
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [_work(values, now) for values in found.order_by("w_due", "w_kind", "id")[:MOST]]


def _parts(user: Any, now: datetime) -> list[QuerySet[Any, Any]]:
    parts: list[QuerySet[Any, Any]] = []
    waiting = CorrectionTask.objects.filter(confirmed_at=None, dropped_at=None)
    if user.has_role(Role.DOSSIER_REVIEWER):
        sheets = DossierReview.objects.filter(reviewer=user, finished_at=None)
        parts.append(_columns(sheets, "score", text=F("case__violation"), review=F("pk")))
        reported = waiting.filter(review__reviewer=user, done_at__isnull=False)
        parts.append(_of_review(reported, "confirm", text=_item_and(F("text"))))
    if user.has_role(Role.LEGAL_REVIEWER):
        # Whoever had a part in the case, reviewed it or objected settles nothing (S4): it waits for somebody else.
        worked = Exists(Step.objects.filter(case=OuterRef("review__case"), by=user))
        reviewed = Exists(DossierReview.objects.filter(case=OuterRef("review__case"), reviewer=user))
        asked = Objection.objects.filter(~worked, ~reviewed, outcome="").exclude(by=user)
        parts.append(_of_review(asked, "settle", text=_item_and(Value("")), person=F("by__full_name")))
        # Nobody reviews wording of one's own.
        wording = PhraseVersion.objects.filter(state=PhraseState.SUBMITTED).exclude(author=user)
        parts.append(_columns(
            wording, "phrase", label=F("phrase__title"), text=F("phrase__code"), person=F("author__full_name"),
            review=F("number"),
        ))  # fmt: skip
    if user.has_role(Role.OFFICER):
        mine = Exists(CaseOfficer.objects.filter(case=OuterRef("review__case"), user=user, ended_at=None))
        to_mend = waiting.filter(mine, done_at=None)
        since = TruncDate("review__finished_at", tzinfo=clock.SHANGHAI)
        parts.append(_of_review(to_mend, "correct", text=_item_and(F("text")), start=since, due=F("due_on")))
        told = Objection.objects.filter(by=user, decided_at__gte=now - TOLD_FOR)
        parts.append(_of_review(told, "answer", text=_item_and(F("outcome"))))
    if may_ever(user, "blank.void"):
        parts.append(_columns(
            blocks_to_settle(user, now), "lease", label=_block(), text=F("reference"), person=F("holder__full_name"),
            review=F("open_count"), end=F("valid_until"),
        ))  # fmt: skip
    return parts


def _block() -> Any:
    """Year and serials of a block of blank forms."""
    return Concat(
        Cast("year", TextField()), Value(" 年 "), Cast("first", TextField()), Value("–"), Cast("last", TextField()),
        Value(" 号"), output_field=TextField(),
    )  # fmt: skip


def _item_and(more: Any) -> Any:
    return Concat(F("item"), Value("\n"), more, output_field=TextField())


def _of_review(rows: QuerySet[Any], kind: str, **more: Any) -> QuerySet[Any, Any]:
    return _columns(rows, kind, case="review__case__", review=F("review_id"), **more)


def _columns(
    rows: QuerySet[Any], kind: str, *, text: Any, review: Any, case: str = "case__", **more: Any
) -> QuerySet[Any, Any]:
    """The same columns, of the same types, for every kind."""
    day = Cast(Value(None), DateField())
    found: QuerySet[Any, Any] = rows.annotate(
        w_kind=Cast(Value(kind, output_field=CharField()), TextField()),
        w_case=Cast(more.get("label") or Coalesce(F(f"{case}case_no"), F(f"{case}clue_no")), TextField()),
        w_text=Cast(text, TextField()), w_person=Cast(more.get("person", Value("")), TextField()), w_review=review,
        w_start=more.get("start", day), w_due=more.get("due", day),
        w_end=more.get("end", Cast(Value(None), DateTimeField())),
    ).values_list(*COLUMNS)  # fmt: skip
    return found


def _work(values: tuple[Any, ...], now: datetime) -> SideWork:
    kind, key, label, text, person, review, start, due, end = values
    if kind == "lease":
        return SideWork(kind, (text,), label, f"{person} · {state_of(review, end, now)}", ends_at=end)
    today = clock.local(now).date()
    shown = light(Timer(start=start, due=due), today) if due else None
    keys = {"answer": (review,), "phrase": (text, review)}
    return SideWork(kind, keys.get(kind, (key,)), label, _about(kind, text, person, review), due, shown)


def _about(kind: str, text: str, person: str, number: int) -> str:
    """What it is about, in one line."""
    if kind == "score":
        return text
    if kind == "phrase":
        return f"{text} 第 {number} 版 · 起草人 {person}"
    item, _, rest = text.partition("\n")
    if kind == "settle":
        return f"第 {item} 项 · 提出人 {person}"
    words = ObjectionOutcome(rest).label if kind == "answer" else rest.partition("\n")[0]
    return f"第 {item} 项 · {words}"
