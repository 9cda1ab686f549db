"""Everything the procedure may know of one case, loaded in a fixed number of statements (at most eight).

``load`` is used by the case page and by every action, so that what a page shows and what an action decides cannot
differ.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.query import QuerySet

from cases.discretion.deviation import departure, departure_grounds
from cases.models import (
    Case,
    CaseOfficer,
    Deadline,
    DeadlineState,
    Document,
    Evidence,
    OfficerRole,
    Payment,
    Serving,
    Step,
    Transcript,
)
from cases.procedure import facts as f
from cases.procedure.overlay import Round, execution_of, paid_back, round_of
from cases.procedure.serving_facts import ServingFact
from cases.procedure.states import Procedure, State
from cases.queries.parts import PARTS
from cases.queries.public_serving import public_due
from cases.queries.thresholds import discussion_is_due
from lishu_law import clock
from lishu_law.kept_query import KeptQuery
from lishu_law.registry.models import Certificate, Party, UnitKind

OPTIONAL_PARTS = ("discretion", "report", "defence", "decision", "closure")
NO_PAYMENT = Decimal("0.00")


@dataclass(frozen=True)
class LoadedRows:
    """Everything that hangs on a case in numbers: already fetched, never queried again."""

    officers: list[CaseOfficer]
    steps: list[Step]
    documents: list[Document]
    servings: list[Serving]
    evidence: list[Evidence]
    deadlines: list[Deadline]


@dataclass(frozen=True, kw_only=True)
class LoadedCase(LoadedRows):
    """The rows behind a page, and the facts they amount to."""

    case: Case
    facts: f.CaseFacts

    @property
    def current_officers(self) -> list[CaseOfficer]:
        return [officer for officer in self.officers if officer.ended_at is None]

    def part(self, name: str) -> Any:
        """One of the optional one-to-one parts, or None."""
        return part_of(self.case, name)


def part_of(case: Case, name: str) -> Any:
    """A fetched one-to-one part of the case, or None where it does not exist yet."""
    return getattr(case, name, None)


def cases_with_parts(cases: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """Cases joined with what they point to and the sum paid, ready for :func:`load`, which fetches their parts."""
    paid = Payment.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(total=Sum("amount"))
    return (
        (Case.objects.all() if cases is None else cases)
        .select_related("party", "vehicle", "unit", "authority", "updated_by")
        .annotate(paid=Coalesce(paid.values("total")[:1], NO_PAYMENT))
    )


def _fetch_parts(case: Case) -> None:
    """The one-to-one parts in a statement of their own: joined with the rest PostgreSQL plans longer than it runs."""
    (parts,) = _parts_query(tuple(part.depends_on() for part in PARTS)).rows(case.pk)
    for part in PARTS:
        setattr(case, f"{part.name}_rows", getattr(parts, f"{part.name}_rows"))
    for name in OPTIONAL_PARTS:
        found = part_of(parts, name)
        if found is None:
            getattr(Case, name).related.set_cached_value(case, None)  # known to be absent: never asked for again
        else:
            setattr(case, name, found)


@lru_cache(maxsize=4)
def _parts_query(_depend_on: tuple[Hashable, ...]) -> KeptQuery[Case, int]:
    """Written anew when something a part depends on has changed."""
    rows = {f"{part.name}_rows": part.sub_select() for part in PARTS}
    asked = Case.objects.only("pk", *OPTIONAL_PARTS).select_related(*OPTIONAL_PARTS).annotate(**rows)
    return KeptQuery(lambda key: asked.filter(pk=key), int)


def _officers_of(key: int) -> QuerySet[CaseOfficer]:
    certificates = Certificate.objects.filter(user=OuterRef("user")).values(
        json=JSONObject(number="number", a="valid_from", b="valid_until", r="revoked_on")
    )
    officers = CaseOfficer.objects.filter(case=key).select_related("user").order_by("-role", "id")
    return officers.annotate(certificate_rows=ArraySubquery(certificates))


_CASE = KeptQuery[Case, int](lambda key: cases_with_parts(Case.objects.filter(pk=key)), int)
_CASE_AT = KeptQuery[Case, str](lambda clue_no: cases_with_parts(Case.objects.filter(clue_no=clue_no)), str)
_OFFICERS = KeptQuery[CaseOfficer, int](_officers_of, int)
_STEPS = KeptQuery[Step, int](lambda key: Step.objects.filter(case=key).select_related("by").order_by("id"), int)
_DOCUMENTS = KeptQuery[Document, int](lambda key: Document.objects.filter(case=key).defer("data").order_by("id"), int)
_SERVINGS = KeptQuery[Serving, int](lambda key: Serving.objects.filter(case=key).order_by("id"), int)
_EVIDENCE = KeptQuery[Evidence, int](
    lambda key: Evidence.objects.filter(case=key).select_related("transcript__person", "file").order_by("id"), int
)
_DEADLINES = KeptQuery[Deadline, int](lambda key: Deadline.objects.filter(case=key).order_by("id"), int)


def load_case(case_id: int) -> LoadedCase:
    """All rows and facts of a case as they are now, in eight statements. Raises ``Case.DoesNotExist``."""
    found = _CASE.rows(case_id)
    if not found:
        raise Case.DoesNotExist
    return load(found[0])


def case_at(clue_no: str) -> Case | None:
    """The case of an address, ready for :func:`load`."""
    found = _CASE_AT.rows(clue_no)
    return found[0] if found else None


def load(case: Case) -> LoadedCase:
    """All rows and facts of ``case`` (fetched by :func:`cases_with_parts`) in seven further statements."""
    _fetch_parts(case)
    key = case.pk
    rows = LoadedRows(
        _OFFICERS.rows(key), _STEPS.rows(key), _DOCUMENTS.rows(key), _SERVINGS.rows(key), _EVIDENCE.rows(key),
        _DEADLINES.rows(key),
    )  # fmt: skip
    return LoadedCase(case=case, facts=facts_of(case, rows), **vars(rows))


def facts_of(case: Case, rows: LoadedRows) -> f.CaseFacts:
    """What the rows amount to."""
    parts, now = _parts_of(case)
    told = _of_round(rows, now)
    done = {step.code: step.at for step in rows.steps if step.outcome == "done" and now.counts(step.code, step.at)}
    live = [item for item in rows.evidence if item.voided_at is None]
    names = {officer.user_id: officer.user for officer in rows.officers}
    return f.CaseFacts(
        state=State(case.state),
        officers=tuple(_officer(officer) for officer in rows.officers if officer.ended_at is None),
        source=case.source,
        act_on=clock.local(case.act_at).date(),
        act_at=case.act_at,
        act_ended_on=clock.local(case.act_ended_at).date() if case.act_ended_at else None,
        discovered_on=clock.local(case.received_at).date(),
        is_in_county=case.is_in_county,
        place=case.place,
        summary=case.summary,
        violation=case.violation,
        party=_party(case.party, clock.local(case.act_at).date()) if case.party else None,
        evidence=tuple(_evidence(item) for item in live),
        transcripts=tuple(_transcript(e.transcript, names) for e in live if hasattr(e, "transcript")),
        filed_on=case.filed_on,
        report_approved_on=_day(done.get("approve_report")),
        notice=_notice(case, told),
        notice_round=_notice_round(rows.steps),
        discussed_on=_day(done.get("record_discussion")),
        decided_on=case.decided_on,
        decision_served_on=case.decision_served_on,
        documents=tuple(_document(document, rows.servings) for document in rows.documents),
        done=done,
        procedure=Procedure(case.procedure),
        limits=tuple(_limit(limit) for limit in rows.deadlines if limit.state == DeadlineState.RUNNING),
        servings=tuple(_serving(serving, rows.deadlines) for serving in rows.servings),
        **_answers(case),
        **_from_parts(case, told, now),
        **_from_deadlines(rows.deadlines),
        **parts,
    )


def _answers(case: Case) -> dict[str, Any]:
    """What was answered about competence, limitation and another case on the same act; when it was public and closed."""
    return {
        "disclosed_on": case.disclosed_on,
        "closed_on": case.closed_on,
        "same_act_note": case.same_act_note,
        "designation": case.designation,
        "has_safety_harm": bool(case.safety_harm_note),
        "is_organs_own": case.authority.kind == UnitKind.AUTHORITY,
    }


def _parts_of(case: Case) -> tuple[dict[str, Any], Round]:
    """What hangs on the case, and the present round; what a remand left behind counts no longer."""
    parts = {part.name: part.read(getattr(case, f"{part.name}_rows")) for part in PARTS}
    now = round_of(parts["rulings"])
    parts["paid"] = getattr(case, "paid", NO_PAYMENT) - paid_back(parts["rulings"])
    parts["execution"] = execution_of(parts["execution"], now)
    parts["reviews"] = tuple(one for one in parts["reviews"] if now.counts("request_review", one.requested_at))
    return parts, now


def _of_round(rows: LoadedRows, now: Round) -> LoadedRows:
    """The rows without the documents of a round before."""
    return replace(rows, documents=[one for one in rows.documents if now.counts(one.code, one.sealed_at)])


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _from_parts(case: Case, rows: LoadedRows, now: Round) -> dict[str, Any]:
    """What the optional one-to-one parts say; those of a round before the present one say nothing."""
    discretion, decision, report = (part_of(case, name) for name in ("discretion", "decision", "report"))
    defence = part_of(case, "defence")
    if discretion and not now.counts("set_discretion", discretion.at):
        discretion = None
    if defence and not now.counts("record_defence", defence.recorded_at):
        defence = None
    return {
        "discretion": _discretion(discretion),
        "questions_answered": bool(discretion and discretion.answers.get("complete")),
        "report_text": report.facts if report else "",
        "defence": _defence(defence, rows.documents),
        "discussion_due": _discussion_is_due(case, discretion),
        "decision_amount": decision.amount if decision else None,
        "decision_number": decision.number if decision else "",
    }


def _discussion_is_due(case: Case, discretion: Any) -> bool:
    """decide-collective, decide-below-min: by amount, by 减轻, by a heavy measure, or because a head asked for it."""
    if case.is_for_discussion:
        return True
    chosen = _discretion(discretion)
    if chosen is None:
        return False
    return chosen.is_reduced or chosen.is_heavy or discussion_is_due(case, chosen.amount)


def _limit(limit: Deadline) -> f.LimitFact:
    return f.LimitFact(limit.code, limit.part, limit.started_on, limit.due, limit.due_at)


def _from_deadlines(deadlines: list[Deadline]) -> dict[str, Any]:
    due = {limit.code: limit for limit in deadlines if not limit.part}
    windows = [due[code].due_lenient for code in ("defence-window", "hearing-request") if code in due]
    return {
        "defence_due": max(windows, default=None),
        "hearing_request_due": due["hearing-request"].due_lenient if "hearing-request" in due else None,
        "decide_due": due["decide-90d"].due if "decide-90d" in due else None,
    }


def _officer(officer: CaseOfficer) -> f.OfficerFact:
    rows = getattr(officer, "certificate_rows", [])
    return f.OfficerFact(
        officer.user.staff_number,
        officer.user.full_name,
        officer.role == OfficerRole.LEAD,
        officer.conflict_declared_at is not None,
        tuple(
            f.CertificateFact(
                row["number"],
                date.fromisoformat(row["a"]),
                date.fromisoformat(row["b"]),
                date.fromisoformat(row["r"]) if row["r"] else None,
            )
            for row in rows
        ),
    )


def _party(party: Party, act_on: date) -> f.PartyFact:
    age = None
    if party.kind != "organisation" and party.id_kind in {"111", "112"} and len(party.id_number) == 18:
        born = date(int(party.id_number[6:10]), int(party.id_number[10:12]), int(party.id_number[12:14]))
        age = act_on.year - born.year - ((act_on.month, act_on.day) < (born.month, born.day))
    has_identity = bool(party.uscc if party.kind == "organisation" else party.id_number or party.uscc)
    return f.PartyFact(party.kind, party.name, has_identity, bool(party.address), age)


def _evidence(item: Evidence) -> f.EvidenceFact:
    return f.EvidenceFact(item.title, item.purpose, bool(item.verified_at), item.kind, item.is_onscene, item.is_copy)


def _transcript(transcript: Transcript, users: dict[int, Any]) -> f.TranscriptFact:
    pair = (transcript.first_officer_id, transcript.second_officer_id)
    return f.TranscriptFact(
        transcript.kind,
        f"{transcript.get_kind_display()}（{clock.local(transcript.started_at):%m-%d %H:%M}）",
        transcript.started_at,
        transcript.ended_at,
        tuple(users[pk].staff_number if pk in users else str(pk) for pk in pair),
        bool(transcript.signing),
        transcript.licence_shown,
    )


def _discretion(row: Any) -> f.DiscretionFact | None:
    if row is None:
        return None
    assessed = row.result["assessment"]
    return f.DiscretionFact(
        row.action, row.tier, row.amount, row.minimum, row.maximum, row.reason, row.needs_confirmation,
        is_reduced=assessed["is_reduced"], basis=tuple(assessed["basis"]),
        # Whoever leaves the benchmark has it discussed by the heads, like a heavy measure.
        is_heavy=bool(row.deviation) or any(note["code"] == "collective_discussion" for note in assessed["approvals"]),
        departure=departure(row.deviation, is_reduced=assessed["is_reduced"]),
        departure_grounds=departure_grounds(row.deviation, assessed),
    )  # fmt: skip


def _served_on(document: Document, servings: list[Serving]) -> date | None:
    mine = (s for s in servings if s.document_id == document.pk and s.is_for_party)
    return max((s.effective_on for s in mine if s.effective_on), default=None)


def _serving(serving: Serving, deadlines: list[Deadline]) -> ServingFact:
    part = f"serving:{serving.pk}"
    runs = next((one for one in deadlines if one.part == part and one.state == DeadlineState.RUNNING), None)
    return ServingFact(
        serving.pk,
        serving.document_id,
        serving.method,
        serving.outcome,
        serving.recipient,
        clock.local(serving.served_at).date(),
        is_for_party=serving.is_for_party,
        effective_on=serving.effective_on,
        strict_on=serving.strict_on,
        due=public_due(runs) if runs else None,
        due_strict=runs.due_strict if runs else None,
        due_lenient=runs.due_lenient if runs else None,
        through=serving.through,
        failure=serving.failure,
    )


def _document(document: Document, servings: list[Serving]) -> f.DocumentFact:
    return f.DocumentFact(
        document.code,
        document.title,
        document.must_be_served,
        _served_on(document, servings),
        clock.local(document.sealed_at).date(),
        document.pk,
        document.part,
        document.number, document.amount, document.signing, document.unsigned,
    )  # fmt: skip


def _notice_round(steps: list[Step]) -> tuple[str, datetime] | None:
    """The act that last brought the case to where the notice is made: an approved report, a return, a renewed notice."""
    opened = [s for s in steps if s.to_state == State.NOTICE_DUE and s.from_state != State.NOTICE_DUE]
    return (opened[-1].code, opened[-1].at) if opened else None


def _notice(case: Case, rows: LoadedRows) -> f.NoticeFact | None:
    notices = [document for document in rows.documents if document.code == "prior_notice"]
    if not notices:
        return None
    notice, opened, report = notices[-1], _notice_round(rows.steps), part_of(case, "report")
    return f.NoticeFact(
        notice.amount,
        clock.local(notice.sealed_at).date(),
        _served_on(notice, rows.servings),
        notice.hearing_offered,
        notice.pk,
        opened is None or notice.sealed_at >= opened[1],
        report is not None and report.submitted_at > notice.sealed_at,
    )


def _defence(row: Any, documents: list[Document]) -> f.DefenceFact | None:
    """What was said to the present notice; what answered an earlier one is history."""
    notice = next((document for document in reversed(documents) if document.code == "prior_notice"), None)
    if row is None or (notice is not None and row.recorded_at < notice.sealed_at):
        return None
    return f.DefenceFact(row.kind, row.reviewed_at is not None, clock.local(row.received_at).date())
