"""Prior notice, renewed notice, defence and their review (处罚法44、45、62–64)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.defence_checks import (
    NewStatement,
    heavier_only_for_new_facts,
    notice_complete,
    silence_after_window,
    statement_recorded,
    waiver_is_explicit,
)
from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.actions.phrase_use import Insertion, keep_phrases
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Defence, DefenceKind, Document, InvestigationReport, Statement, StatementPoint
from cases.procedure.phrase_places import ANSWER, FACTS, REPLY
from cases.queries.facts import LoadedCase
from cases.queries.thresholds import hearing_grounds
from lishu_law import clock
from lishu_law.errors import Refusal, Refused

SPOKEN = frozenset({DefenceKind.WRITTEN, DefenceKind.ORAL})
CHANGES = ("facts", "nature", "basis", "heavier")


@transaction.atomic(durable=True)
def issue_notice(
    *, case_id: int, version: int, by: Any, heavier_reason: str = "", at: datetime | None = None
) -> Document:
    """Seal the 违法行为通知书: concrete amount, articles, benchmark tier, and the hearing box as computed.

    ``heavier_reason`` names the new facts where a renewed notice is heavier than the one served before.
    """
    doing = begin("issue_notice", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    case, chosen = doing.case, doing.loaded.case.discretion
    told = told_before(doing.loaded)
    grounds = hearing_grounds(chosen, case.known_party.kind, doing.today)
    data = contexts.prior_notice(doing.loaded, doing, hearing_offered=bool(grounds))
    refusals = [*heavier_only_for_new_facts(told, chosen.amount, heavier_reason), *notice_complete(data)]
    if refusals:
        raise Refused(refusals)
    unserved = Document.objects.filter(case=case, code="prior_notice").exclude(servings__outcome="effective")
    unserved.update(must_be_served=False)
    document = seal(case, "prior_notice", data, by=by, at=doing.at, amount=chosen.amount, hearing_offered=bool(grounds))
    conclude(doing, opinion=heavier_reason, details={"document": document.pk, "hearing": list(grounds)})
    return document


def told_before(loaded: LoadedCase) -> tuple[Decimal | None] | None:
    """The amount the party was last told, in a tuple; None where no notice was served yet."""
    served = {one.document_id for one in loaded.servings if one.effective_on and one.is_for_party}
    told = [one for one in loaded.documents if one.code == "prior_notice" and one.pk in served]
    return (told[-1].amount,) if told else None


@transaction.atomic(durable=True)
def renotice(
    *, case_id: int, version: int, by: Any, changes: tuple[str, ...], facts: str, reason: str,
    phrases: Sequence[Insertion] = (), at: datetime | None = None,
) -> Case:  # fmt: skip
    """Facts, nature, basis or a heavier penalty changed after the notice: the case goes back to be told again."""
    doing = begin("renotice", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if not changes or not set(changes) <= set(CHANGES):
        raise Refused([
            Refusal(
                "notice-renotice", "请选择变更了什么。只是减轻处罚、事实没有变化的，不需要重新告知。",
                "行政处罚法第四十四条、第四十五条", "changes",
            )  # fmt: skip
        ])  # fmt: skip
    InvestigationReport.objects.filter(case=doing.case).update(facts=facts, submitted_at=doing.at)
    used = keep_phrases(doing, phrases, {FACTS.home: facts})
    return conclude(
        doing, opinion=reason, changed={"returned_reason": f"变更处罚意见：{reason}"[:500]},
        details={"changes": list(changes), **used},
    )  # fmt: skip


@transaction.atomic(durable=True)
def approve_revision(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head approves the changed proposal before the party is told of it, or sends it back to the investigation."""
    doing = begin("approve_revision", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""})


@transaction.atomic(durable=True)
def record_defence(
    *,
    case_id: int,
    version: int,
    by: Any,
    kind: str,
    received_at: datetime,
    content: str = "",
    place: str = "",
    speaker: str = "",
    speaker_role: str = "",
    evidence_note: str = "",
    waiver_note: str = "",
    at: datetime | None = None,
) -> Case:
    """What the party said to the notice, or that the window passed in silence, or an explicit waiver."""
    doing = begin("record_defence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    new = NewStatement(kind, received_at, content, place, speaker, speaker_role, evidence_note)
    facts = doing.loaded.facts
    refusals = [
        *silence_after_window(facts, new, doing.at), *statement_recorded(facts, new, doing.at), *waiver_is_explicit(facts, new, waiver_note),
    ]  # fmt: skip
    if refusals:
        raise Refused(refusals)
    _summarise(doing, kind, received_at, content, waiver_note)
    if kind in SPOKEN:
        _keep(doing, new)
    if kind == DefenceKind.WAIVER:
        data = contexts.waiver_statement(doing.loaded, doing.today)
        seal(doing.case, "waiver_statement", data, by=by, at=doing.at)
    return conclude(doing, details={"kind": kind})


@transaction.atomic(durable=True)
def add_statement(
    *,
    case_id: int,
    version: int,
    by: Any,
    kind: str,
    received_at: datetime,
    content: str,
    place: str = "",
    speaker: str = "",
    speaker_role: str = "",
    evidence_note: str = "",
    at: datetime | None = None,
) -> Statement:
    """A further statement, also one after the window: it is heard and answered before the decision (处罚法45)."""
    doing = begin("add_statement", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    new = NewStatement(kind, received_at, content, place, speaker, speaker_role, evidence_note)
    if refusals := statement_recorded(doing.loaded.facts, new, doing.at):
        raise Refused(refusals)
    earlier = doing.loaded.part("defence")
    is_same_round = doing.loaded.facts.defence is not None and earlier is not None
    text = f"{earlier.content}\n{content}".strip() if is_same_round else content
    _summarise(doing, kind, received_at, text, "")
    statement = _keep(doing, new)
    conclude(doing, details={"statement": statement.pk, "late": statement.is_late})
    return statement


def _summarise(doing: Doing, kind: str, received_at: datetime, content: str, waiver_note: str) -> None:
    Defence.objects.update_or_create(
        case=doing.case,
        defaults={
            "kind": kind, "received_at": received_at, "content": content, "waiver_note": waiver_note,
            "recorded_by": doing.by, "recorded_at": doing.at, "review": "", "is_adopted": None, "reviewed_by": None,
            "reviewed_at": None,
        },
    )  # fmt: skip


def _keep(doing: Doing, new: NewStatement) -> Statement:
    """The statement with its points: every line that was typed is one."""
    notice = next(one for one in reversed(doing.loaded.documents) if one.code == "prior_notice")
    due = doing.loaded.facts.defence_due
    statement = Statement.objects.create(
        case=doing.case, notice=notice, recorded_by=doing.by, recorded_at=doing.at,
        is_late=bool(due and clock.local(new.received_at).date() > due), **vars(new),
    )  # fmt: skip
    before = StatementPoint.objects.filter(statement__case=doing.case, statement__notice=notice).count()
    lines = [line.strip() for line in new.content.splitlines() if line.strip()]
    StatementPoint.objects.bulk_create(
        StatementPoint(statement=statement, number=before + place, text=line) for place, line in enumerate(lines, 1)
    )
    if new.kind == DefenceKind.ORAL:
        data = contexts.defence_record(doing.loaded, statement)
        seal(doing.case, "defence_record", data, by=doing.by, at=doing.at)
    return statement


@transaction.atomic(durable=True)
def review_defence(
    *, case_id: int, version: int, by: Any, answers: dict[int, tuple[bool, str]], opinion: str = "",
    phrases: Sequence[Insertion] = (), at: datetime | None = None,
) -> Case:  # fmt: skip
    """Review each fact, reason and piece of evidence the party raised; adopt what is valid (处罚法45).

    ``answers`` maps the number of an open point to (adopted, reason).
    """
    doing = begin("review_defence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    points = list(points_of(doing.case).select_related("statement"))
    waiting = [point for point in points if point.is_adopted is None]
    missing = [str(p.number) for p in waiting if len(answers.get(p.number, (False, ""))[1].strip()) < 2]
    if missing:
        message = f"第 {'、'.join(missing)} 项还没有答复。请逐项写明是否采纳和理由。"
        raise Refused([Refusal("defence-review", message, "行政处罚法第四十五条第一款", "review_defence")])
    for point in waiting:
        point.is_adopted, point.answer = answers[point.number]
        point.answered_by, point.answered_at = by, doing.at
        point.save(update_fields=["is_adopted", "answer", "answered_by", "answered_at"])
    defence = doing.loaded.case.defence
    defence.review, defence.is_adopted = _in_words(points, opinion), any(point.is_adopted for point in points)
    defence.reviewed_by, defence.reviewed_at = by, doing.at
    defence.save(update_fields=["review", "is_adopted", "reviewed_by", "reviewed_at"])
    data = contexts.defence_review(doing.loaded, points, opinion, by, doing.today)
    seal(doing.case, "defence_review", data, by=by, at=doing.at)
    used = keep_phrases(
        doing, phrases, {REPLY.home: opinion, **{f"{ANSWER.home}.{p.number}": p.answer for p in waiting}}
    )
    adopted = [p.number for p in points if p.is_adopted]
    return conclude(doing, opinion=defence.review, details={"adopted": adopted, **used})


def points_of(case: Case) -> Any:
    """The points of all statements to the newest notice, in order."""
    newest = Document.objects.filter(case=case, code="prior_notice").order_by("-pk").values("pk")[:1]
    return StatementPoint.objects.filter(statement__case=case, statement__notice__in=newest).order_by("number")


def _in_words(points: list[StatementPoint], opinion: str) -> str:
    lines = [f"{p.number}．{p.text}：{'予以采纳' if p.is_adopted else '不予采纳'}。{p.answer}" for p in points]
    return "\n".join([*lines, opinion] if opinion.strip() else lines)
