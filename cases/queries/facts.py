"""Everything the procedure may know of one case, loaded in a fixed number of statements (at most eight).

``load`` is used by the case page and by every action, so that what a page shows and what an action decides cannot
differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.query import QuerySet

from cases.models import (
    Case,
    CaseOfficer,
    Deadline,
    Document,
    Evidence,
    OfficerRole,
    Payment,
    Serving,
    Step,
    Transcript,
)
from cases.procedure import facts as f
from cases.procedure.states import State
from cases.queries.thresholds import discussion_is_due
from lishu_law import clock
from lishu_law.registry.models import Certificate, Party

OPTIONAL_PARTS = ("discretion", "report", "defence", "legal_review", "decision", "closure")
SERVED_DOCUMENTS = frozenset({"prior_notice", "penalty_decision"})
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
    parts = Case.objects.filter(pk=case.pk).only("pk", *OPTIONAL_PARTS).select_related(*OPTIONAL_PARTS).get()
    for name in OPTIONAL_PARTS:
        part = part_of(parts, name)
        if part is None:
            getattr(Case, name).related.set_cached_value(case, None)  # known to be absent: never asked for again
        else:
            setattr(case, name, part)


def load(case: Case) -> LoadedCase:
    """All rows and facts of ``case`` (fetched by :func:`cases_with_parts`) in seven further statements."""
    _fetch_parts(case)
    certificates = Certificate.objects.filter(user=OuterRef("user")).values(
        json=JSONObject(number="number", a="valid_from", b="valid_until", r="revoked_on")
    )
    officers: list[CaseOfficer] = list(
        CaseOfficer.objects.filter(case=case)
        .select_related("user")
        .annotate(certificate_rows=ArraySubquery(certificates))
        .order_by("-role", "id")
    )
    steps = list(Step.objects.filter(case=case).select_related("by").order_by("id"))
    documents = list(Document.objects.filter(case=case).defer("data").order_by("id"))
    servings = list(Serving.objects.filter(case=case).order_by("id"))
    evidence = list(
        Evidence.objects.filter(case=case).select_related("transcript", "transcript__person", "file").order_by("id")
    )
    deadlines = list(Deadline.objects.filter(case=case).order_by("id"))
    rows = LoadedRows(officers, steps, documents, servings, evidence, deadlines)
    return LoadedCase(case=case, facts=_facts(case, rows), **vars(rows))


def _facts(case: Case, rows: LoadedRows) -> f.CaseFacts:
    done = {step.code: step.at for step in rows.steps if step.outcome == "done"}
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
        evidence=tuple(f.EvidenceFact(e.title, e.purpose, e.verified_at is not None, e.kind) for e in live),
        transcripts=tuple(_transcript(e.transcript, names) for e in live if hasattr(e, "transcript")),
        filed_on=case.filed_on,
        report_approved_on=_day(done.get("approve_report")),
        notice=_notice(rows.documents, rows.servings),
        discussed_on=_day(done.get("record_discussion")),
        decided_on=case.decided_on,
        decision_served_on=case.decision_served_on,
        paid=getattr(case, "paid", NO_PAYMENT),
        documents=tuple(_document(document, rows.servings) for document in rows.documents),
        disclosed_on=case.disclosed_on,
        closed_on=case.closed_on,
        done=done,
        **_from_parts(case),
        **_from_deadlines(rows.deadlines),
    )


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _from_parts(case: Case) -> dict[str, Any]:
    """What the optional one-to-one parts say."""
    discretion, decision, report = (part_of(case, name) for name in ("discretion", "decision", "report"))
    return {
        "discretion": _discretion(discretion),
        "questions_answered": bool(discretion and discretion.answers.get("complete")),
        "report_text": report.facts if report else "",
        "defence": _defence(part_of(case, "defence")),
        "review": _review(part_of(case, "legal_review")),
        "discussion_due": discussion_is_due(case, discretion.amount if discretion else None),
        "decision_amount": decision.amount if decision else None,
    }


def _from_deadlines(deadlines: list[Deadline]) -> dict[str, Any]:
    due = {limit.code: limit for limit in deadlines}
    windows = [due[code].due_lenient for code in ("defence-window", "hearing-request") if code in due]
    return {
        "defence_due": max(windows, default=None),
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
    return f.DiscretionFact(
        row.action, row.tier, row.amount, row.minimum, row.maximum, row.reason, row.needs_confirmation
    )


def _served_on(document: Document, servings: list[Serving]) -> date | None:
    return max((s.effective_on for s in servings if s.document_id == document.pk), default=None)


def _document(document: Document, servings: list[Serving]) -> f.DocumentFact:
    return f.DocumentFact(
        document.code,
        document.title,
        document.code in SERVED_DOCUMENTS,
        _served_on(document, servings),
        clock.local(document.sealed_at).date(),
    )


def _notice(documents: list[Document], servings: list[Serving]) -> f.NoticeFact | None:
    notices = [document for document in documents if document.code == "prior_notice"]
    if not notices:
        return None
    notice = notices[-1]
    return f.NoticeFact(
        notice.amount, clock.local(notice.sealed_at).date(), _served_on(notice, servings), notice.hearing_offered
    )


def _defence(row: Any) -> f.DefenceFact | None:
    if row is None:
        return None
    return f.DefenceFact(
        row.kind, row.hearing_requested, row.reviewed_at is not None, clock.local(row.received_at).date()
    )


def _review(row: Any) -> f.ReviewFact | None:
    if row is None:
        return None
    return f.ReviewFact(
        clock.local(row.requested_at).date(),
        row.outcome,
        clock.local(row.reviewed_at).date() if row.reviewed_at else None,
    )
