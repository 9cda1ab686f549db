"""A case file as the dossier review reads it: sealed papers with their data, and the records beside them.

Everything comes in a fixed number of statements: the eight of ``load_case`` and at most fourteen more, fewer where the
case has no measure, no hearing, no device, or is not archived.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.dossier_review import dossier as d
from cases.models import (
    Approval,
    CustodyEntry,
    Document,
    DossierReview,
    Evidence,
    LegalReview,
    Measure,
    MonitoringRecord,
    Payment,
    Statement,
    VolumeBuild,
    VolumeState,
)
from cases.models import Discussion as MeetingRow
from cases.models import HearingTranscript as SessionRow
from cases.permissions import involved_in, subject_of
from cases.procedure.facts import CertificateFact
from cases.procedure.review_items import TRIGGERS
from cases.queries.facts import LoadedCase, load_case
from cases.queries.record_clashes import clashes, elsewhere, record_title, shown_elsewhere
from cases.queries.signatures import Signatures, kept_signatures, record_of
from cases.queries.thresholds import hearing_grounds, review_triggers
from lishu_law import clock
from lishu_law.access.policy import Subject
from lishu_law.documents.seats import with_reading
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Party


def load_dossier(loaded: LoadedCase, today: date) -> d.Dossier:
    """The file of a loaded case as of ``today``."""
    case, numbers = loaded.case, _numbers(loaded)
    party, signatures = case.party, kept_signatures(loaded)
    return d.Dossier(
        label=case.label,
        today=today,
        organ=case.authority.name,
        party=party.name if party else "",
        party_kind=party.kind if party else "",
        identity=_identity(party) if party else "",
        cause=case.violation,
        plate=case.vehicle.plate if case.vehicle else "",
        facts=loaded.facts,
        papers=_papers(loaded, signatures),
        exhibits=tuple(_exhibit(one) for one in _live(loaded)),
        interviews=_interviews(loaded, numbers, signatures),
        deliveries=_deliveries(loaded, numbers),
        handlers=tuple(_handler(one) for one in loaded.officers),
        limits=tuple(_limit(one) for one in loaded.deadlines),
        acts=tuple(
            d.Act(one.code, one.by.staff_number, _day(one.at), one.at, one.opinion, one.part)
            for one in loaded.steps
            if one.outcome == "done"
        ),
        receipts=_receipts(case.pk),
        takings=_takings(loaded, numbers),
        custody=_custody(loaded),
        pleas=_pleas(loaded),
        waiver=_waiver(loaded),
        sessions=_sessions(loaded, signatures),
        opinions=_opinions(loaded),
        meetings=_meetings(loaded),
        instruments=_instruments(loaded),
        bindings=_bindings(loaded),
        hearing_grounds=_hearing_grounds(loaded),
        review_grounds=_review_grounds(loaded),
    )


def _day(moment: Any) -> date:
    return clock.local(moment).date()


def _live(loaded: LoadedCase) -> list[Evidence]:
    return [one for one in loaded.evidence if one.voided_at is None]


def _numbers(loaded: LoadedCase) -> dict[int, str]:
    """Staff numbers of the officers; whoever is none is named by the account's key."""
    return {one.user_id: one.user.staff_number for one in loaded.officers}


def _pair(numbers: dict[int, str], *ids: int | None) -> tuple[str, ...]:
    return tuple(numbers.get(one, str(one)) for one in ids if one is not None)


def _identity(party: Party) -> str:
    """What the papers print: the credit code, for a citizen the identity number."""
    return party.id_number if party.kind == "citizen" else party.uscc or party.id_number


def _papers(loaded: LoadedCase, signatures: Signatures) -> tuple[d.Paper, ...]:
    data = dict(Document.objects.filter(case=loaded.case).values_list("pk", "data"))
    return tuple(
        d.Paper(
            one.pk, one.code, one.title, one.number, one.part, one.sealed_at, _day(one.sealed_at),
            with_reading(data[one.pk], signatures.reading_of(one.pk)), one.amount, one.must_be_served,
        )
        for one in loaded.documents
    )  # fmt: skip


def _exhibit(one: Evidence) -> d.Exhibit:
    return d.Exhibit(
        one.title, one.kind, one.purpose, _day(one.obtained_at), one.is_copy, one.copy_source, one.is_checked_copy,
        one.method, one.medium, one.file_id is not None, _day(one.verified_at) if one.verified_at else None,
    )  # fmt: skip


def _interviews(loaded: LoadedCase, numbers: dict[int, str], signatures: Signatures) -> tuple[d.Interview, ...]:
    rows = [(one, one.transcript) for one in _live(loaded) if hasattr(one, "transcript")]
    others = elsewhere(loaded, [row for _one, row in rows])
    return tuple(
        d.Interview(
            kind=row.kind,
            title=record_title(row),
            started_at=row.started_at,
            ended_at=row.ended_at,
            started_on=_day(row.started_at),
            officers=_pair(numbers, row.first_officer_id, row.second_officer_id),
            place=one.obtained_place,
            licence_shown=row.licence_shown,
            rights_told=row.rights_told,
            signing=hand.signing,
            refusal_note=row.refusal_note or hand.refusal_note,
            witness=row.witness_name or hand.witness,
            lacking=hand.lacking,
            document=hand.document,
            is_misfit=hand.is_misfit,
            weather=row.weather,
            body=row.body,
            elsewhere=tuple(shown_elsewhere(other) for other in others if clashes(row, other)),
        )
        for one, row in rows
        for hand in (signatures.of(record_of(loaded, one, row), row.signing),)
    )


def _deliveries(loaded: LoadedCase, numbers: dict[int, str]) -> tuple[d.Delivery, ...]:
    titles = {one.pk: one.title for one in loaded.documents}
    return tuple(
        d.Delivery(
            paper=one.document_id,
            title=titles.get(one.document_id, ""),
            method=one.method,
            outcome=one.outcome,
            receiver=one.receiver_name,
            relation=one.relation,
            place=one.place,
            served_on=_day(one.served_at),
            effective_on=one.effective_on,
            strict_on=one.strict_on,
            servers=_pair(numbers, one.first_server_id, one.second_server_id),
            is_for_party=one.is_for_party,
            through=one.through,
            reference=one.reference,
            refusal_reason=one.refusal_reason,
            witness=one.witness_name,
            note=one.note,
            has_proof=one.proof_id is not None,
            has_receipt=one.receipt_id is not None,
        )
        for one in loaded.servings
    )


def _handler(one: Any) -> d.Handler:
    declared = _day(one.conflict_declared_at) if one.conflict_declared_at else None
    certificates = tuple(
        CertificateFact(
            row["number"], date.fromisoformat(row["a"]), date.fromisoformat(row["b"]),
            date.fromisoformat(row["r"]) if row["r"] else None,
        )
        for row in one.certificate_rows
    )  # fmt: skip
    return d.Handler(one.user.staff_number, one.user.full_name, declared, certificates)


def _limit(one: Any) -> d.Limit:
    return d.Limit(one.code, one.part, one.started_on, one.due, one.state, one.ended_on, one.due_at)


def _receipts(case_id: int) -> tuple[d.Receipt, ...]:
    rows = Payment.objects.filter(case=case_id).order_by("id")
    return tuple(d.Receipt(one.receipt_no, one.channel, one.amount, one.additional, one.paid_on) for one in rows)


def _takings(loaded: LoadedCase, numbers: dict[int, str]) -> tuple[d.Taking, ...]:
    taken = [one for one in loaded.facts.measures if one.taken_at is not None]
    if not taken:
        return ()
    approvals = Approval.objects.filter(case=loaded.case, kind="measure", outcome="approved").order_by("id")
    approved = {one.part: one.decided_at for one in approvals}
    held = {one.id: len(one.held) for one in taken}
    rows = Measure.objects.filter(pk__in=held).order_by("id")
    return tuple(_taking(row, numbers, held[row.pk], approved.get(row.part)) for row in rows)


def _taking(row: Measure, numbers: dict[int, str], held: int, approved_at: Any) -> d.Taking:
    taken_at = row.taken_at
    if taken_at is None:
        raise ValueError(f"measure {row.pk} was not taken")
    return d.Taking(
        id=row.pk,
        is_preservation=row.is_preservation,
        title=f"{row.get_kind_display()}（{clock.local(taken_at):%m-%d %H:%M}）",
        taken_at=taken_at,
        taken_on=_day(taken_at),
        officers=_pair(numbers, row.first_officer_id, row.second_officer_id),
        power=row.power,
        is_urgent=row.is_urgent,
        party_present=row.party_present,
        witness=row.witness_name,
        statement=row.statement or ("" if row.party_present else "当事人没有到场"),
        video=row.video_reference,
        has_record=row.scene_record_id is not None,
        ended_at=row.ended_at,
        ended_on=_day(row.ended_at) if row.ended_at else None,
        extended_at=row.extended_at,
        approved_at=approved_at,
        held=held,
        kept_with_party=row.kept_with_party,
    )


def _custody(loaded: LoadedCase) -> tuple[d.Custody, ...]:
    if not loaded.facts.measures:
        return ()
    rows = CustodyEntry.objects.filter(measure__case=loaded.case).order_by("id")
    return tuple(d.Custody(one.measure_id, one.kind, one.at, one.late_reason) for one in rows)


def _pleas(loaded: LoadedCase) -> tuple[d.Plea, ...]:
    if loaded.part("defence") is None:
        return ()
    rows = Statement.objects.filter(case=loaded.case).prefetch_related("points").order_by("id")
    return tuple(_plea(one.kind, _day(one.received_at), list(one.points.all())) for one in rows)


def _plea(kind: str, on: date, points: Iterable[Any]) -> d.Plea:
    found = list(points)
    return d.Plea(kind, on, len(found), sum(one.is_adopted is not None for one in found))


def _waiver(loaded: LoadedCase) -> d.Waiver | None:
    defence = loaded.part("defence")
    if defence is None or defence.kind != "waiver":
        return None
    return d.Waiver(_day(defence.received_at), defence.waiver_note)


def _sessions(loaded: LoadedCase, signatures: Signatures) -> tuple[d.Session, ...]:
    if not loaded.facts.hearings:
        return ()
    rows = SessionRow.objects.filter(hearing__case=loaded.case).order_by("id")
    papers = {one.part: one for one in loaded.documents if one.code == "hearing_record"}
    return tuple(
        d.Session(
            one.hearing_id, _day(one.started_at), hand.signing, one.refusal_note, one.investigators_stated,
            one.party_answered, hand.lacking, hand.document,
        )
        for one in rows
        for hand in (signatures.of(papers.get(f"hearing:{one.hearing_id}"), one.signing),)
    )  # fmt: skip


def _opinions(loaded: LoadedCase) -> tuple[d.Opinion, ...]:
    if loaded.facts.review is None:
        return ()
    rows = LegalReview.objects.filter(case=loaded.case, gate="decision", reviewed_at__isnull=False)
    return tuple(_opinion(one) for one in rows.select_related("reviewer").order_by("id"))


def _opinion(one: LegalReview) -> d.Opinion:
    reviewer, on = one.reviewer, one.reviewed_at
    if reviewer is None or on is None:
        raise ValueError(f"legal review {one.pk} is not finished")
    since = DEFAULT_PARAMETERS.value("review.qualification_since", _day(on))
    is_old = bool(reviewer.reviewing_since and reviewer.reviewing_since.isoformat() < since)
    return d.Opinion(
        reviewer=reviewer.staff_number,
        is_qualified=bool(reviewer.legal_qualification_no) or is_old,
        requested_at=one.requested_at,
        reviewed_on=_day(on),
        outcome=one.outcome,
        text=one.opinion,
        problems=sum(item["result"] == "problem" for item in one.items),
        items=len(one.items),
    )


def _meetings(loaded: LoadedCase) -> tuple[d.Meeting, ...]:
    if not loaded.facts.discussions:
        return ()
    rows = MeetingRow.objects.filter(case=loaded.case).prefetch_related("opinions__head").order_by("id")
    return tuple(
        d.Meeting(
            _day(one.ended_at), one.outcome, one.conclusion,
            tuple((said.head.staff_number, said.opinion) for said in one.opinions.all()),
        )
        for one in rows
    )  # fmt: skip


def _instruments(loaded: LoadedCase) -> tuple[d.Instrument, ...]:
    """Devices behind the evidence: of an item itself, or of a monitoring record."""
    found: list[tuple[Any, str, date]] = []
    measured = [one.pk for one in _live(loaded) if one.device_id is not None]
    if measured:
        rows = (
            Evidence.objects.filter(pk__in=measured).select_related("device").prefetch_related("device__calibrations")
        )
        found += [(one.device, one.title, _day(one.obtained_at)) for one in rows.order_by("id")]
    if loaded.facts.monitoring:
        records = MonitoringRecord.objects.filter(pk__in=[one.id for one in loaded.facts.monitoring])
        records = records.select_related("device").prefetch_related("device__calibrations").order_by("id")
        found += [(one.device, one.record_no, _day(one.recorded_at)) for one in records]
    return tuple(_instrument(*one) for one in found)


def _instrument(device: Any, record: str, on: date) -> d.Instrument:
    return d.Instrument(
        name=device.name,
        record=record,
        on=on,
        is_calibrated=any(one.calibrated_on <= on <= one.valid_until for one in device.calibrations.all()),
        is_monitoring=device.is_monitoring,
        is_reviewed=bool(device.legally_reviewed_on and device.technically_reviewed_on),
        is_published=device.published_on is not None,
    )


def _bindings(loaded: LoadedCase) -> tuple[d.Binding, ...]:
    """Only an archived file has to be bound."""
    done = VolumeBuild.objects.filter(case=loaded.case, state=VolumeState.DONE).order_by("id")
    rows = done.values_list("finished_at", "with_secondary") if loaded.case.archived_on else ()
    return tuple(d.Binding(at, with_secondary) for at, with_secondary in rows if at is not None)


def _hearing_grounds(loaded: LoadedCase) -> tuple[str, ...]:
    chosen, notice, party = loaded.part("discretion"), loaded.facts.notice, loaded.case.party
    if chosen is None or notice is None or party is None:
        return ()
    return hearing_grounds(chosen, party.kind, notice.sealed_on)


def _review_grounds(loaded: LoadedCase) -> tuple[str, ...]:
    """Why the legal review was compulsory: what was ticked when it was asked for, and what follows from the file."""
    facts, party, decided = loaded.facts, loaded.case.party, loaded.facts.decided_on
    ticked = set(facts.review.triggers) if facts.review else set()
    codes: tuple[str, ...] = ()
    if party is not None and decided is not None:
        codes = review_triggers(
            facts, party.kind, facts.decision_amount, decided,
            public_interest="public_interest" in ticked, complex_case="complex" in ticked,
        )  # fmt: skip
    return tuple(TRIGGERS[code] for code in codes)


def subject_of_review(row: DossierReview) -> Subject:
    """What the policy may know of the file a review is about, with everybody who took part in it (S4)."""
    loaded = load_case(row.case_id)
    return subject_of(loaded.case, loaded.officers, loaded.steps, involved_in(loaded.facts))
