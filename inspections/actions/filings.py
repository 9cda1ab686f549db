"""Filed inspections: submit, approve with number and code, cancel (standards/inspection.md §3).

A visit that was checked first (E2, E3) is in its state STARTED from the moment it is reported; its papers and its
approval follow without changing that state.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import codes, numbering, permissions, rules
from inspections.actions import filing_checks as checks
from inspections.actions.attempts import remembering_over_cap
from inspections.actions.filing_checks import NewFiling
from inspections.actions.frame import (
    add_step,
    lock_filing,
    lock_officers,
    lock_subject,
    may_move,
    officer_refusals,
    refuse_if,
    save,
)
from inspections.documents.issue import seal_on_approval
from inspections.models import (
    CapEffect,
    FilingAssistant,
    FilingAttachment,
    FilingOfficer,
    InspectionFiling,
    StartedHow,
)
from inspections.moves import APPROVE, CANCEL, REPORT_AFTERWARDS, SUBMIT, SUBMIT_AGAIN
from inspections.queries.caps import Caps
from inspections.queries.visits import drawn_for
from inspections.rules import Asked, all_refusals, snapshot
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.documents.check_entries import numbered
from lishu_law.documents.codes import digest_of
from lishu_law.errors import NotAllowed, Refusal
from lishu_law.registry.models.parties import new_reference
from lishu_law.registry.roles import LEADER_ROLES, Role

# These are written to rows of their own, or follow from the others.
_APART = ("matters", "officers", "assistants", "attachments")


@remembering_over_cap
@transaction.atomic(durable=True)
def file_inspection(
    *, by: Any, filing: NewFiling, filing_id: int | None = None, version: int | None = None, at: datetime | None = None
) -> InspectionFiling:
    """Submit a filing for approval; with ``filing_id`` a returned one anew, or the papers of one that was reported.

    Raises ``Refused`` with every broken rule.
    """
    moment = at or clock.now()
    policy.check(by, "inspection.file")
    row = _earlier(filing_id, version, by) if filing_id else None
    if row is not None and row.is_afterwards:
        filing = replace(filing, exemption=row.exemption, subject=row.subject, window_from=row.window_from)
    lock_officers(filing.officers)
    if filing.is_afterwards:
        lock_subject(filing.subject.pk)
    drawn = drawn_for(filing.subject, moment, but=filing_id) if _is_by_lot(filing) else None
    asked = checks.ask_submission(filing, drawn, filing_id, moment)
    refuse_if(all_refusals(asked))
    row = _write(row, filing, by, {**_changed(filing, moment), "drawn": drawn})
    title = "补办备案" if filing.is_afterwards else "提交审批"
    add_step(row, title, by=by, at=moment, note=filing.exemption_reason, results=snapshot(asked))
    journal.record("inspection.file", by=by, on=("inspection_filing", row.pk), details={"reference": row.reference})
    return row


def _is_by_lot(filing: NewFiling) -> bool:
    return filing.source == rules.BY_LOT_SOURCE or filing.category == rules.BY_LOT_CATEGORY


def _earlier(filing_id: int, version: int | None, by: Any) -> InspectionFiling:
    """The row that is submitted anew: returned to its applicant, or reported and without papers."""
    row, subject = lock_filing(filing_id, version, by)
    if row.is_afterwards and row.approved_at is None:
        if row.applicant_id != by.pk:
            permissions.check(by, "inspection.act", subject)
        if row.papers_at is not None:
            refuse_if([Refusal("wrong-state", "这次检查的备案材料已经提交，正在等事后审批。请刷新页面核对。")])
        return row
    if row.applicant_id != by.pk:
        raise NotAllowed("这份备案由别人报备，退回后由原报备人修改。", who_may=str(row.applicant))
    refuse_if(may_move(row, SUBMIT_AGAIN))
    return row


def _changed(filing: NewFiling, moment: datetime) -> dict[str, Any]:
    """The fields of the row a submission sets."""
    rule = Caps(filing.first_day).rule(filing.subject.industry, filing.subject.risk_class)
    left_out = tuple(rule.not_counted) if rule else ()
    effect = rules.cap_effect(filing.form, filing.source, left_out, is_secret=filing.exemption == rules.SECRET)
    fields = {name: getattr(filing, name) for name in filing.__dataclass_fields__ if name not in _APART}
    fields |= {"unit": filing.officers[0].unit, "submitted_at": moment, "cap_effect": effect}
    fields["joint_units"] = list(filing.joint_units)
    if not filing.is_afterwards:
        return {**fields, "state": SUBMIT.to_state}
    due = checks.catch_up(clock.local(moment).date()).due(filing.exemption, filing.window_from)
    return {**fields, "papers_at": moment, "papers_due_at": due}


def _write(row: InspectionFiling | None, filing: NewFiling, by: Any, fields: dict[str, Any]) -> InspectionFiling:
    lead = filing.officers[0]
    if row is None:
        started: dict[str, Any] = {}
        if filing.is_afterwards:
            started = {
                "state": REPORT_AFTERWARDS.to_state, "started_at": filing.window_from, "started_by": lead,
                "started_how": StartedHow.PAPER,
            }  # fmt: skip
        row = InspectionFiling.objects.create(reference=new_reference(), applicant=by, **fields, **started)
    else:
        save(row, **fields)
        row.officers.all().delete()
        row.assistants.all().delete()
    row.matters.set(filing.matters)
    FilingOfficer.objects.bulk_create(
        FilingOfficer(filing=row, user=user, is_lead=user.pk == lead.pk) for user in filing.officers
    )
    FilingAssistant.objects.bulk_create(
        FilingAssistant(filing=row, position=number, **vars(one)) for number, one in enumerate(filing.assistants)
    )
    kept = set(row.attachments.values_list("file_id", flat=True))
    files = {file.pk: file for file in filing.attachments if file.pk not in kept}
    FilingAttachment.objects.bulk_create(
        FilingAttachment(filing=row, position=len(kept) + number, file=file)
        for number, file in enumerate(files.values())
    )
    return row


@remembering_over_cap
@transaction.atomic(durable=True)
def approve_inspection(
    *, filing_id: int, version: int | None, by: Any, agree: bool, opinion: str = "", at: datetime | None = None
) -> InspectionFiling:
    """Approve: number and code are issued. Or return with a reason. Never by an officer of it or its applicant."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.approve", subject)
    is_after = row.is_afterwards
    refuse_if([] if row.is_waiting else may_move(row, APPROVE))
    if agree:
        _approve(row, by, opinion, moment)
    else:
        refuse_if(rules.return_says_why(opinion))
        changed: dict[str, Any] = {"papers_at": None} if is_after else {"state": APPROVE.back_to}
        save(row, opinion=opinion, **changed)
        add_step(row, "事后审批退回" if is_after else "退回", by=by, at=moment, note=opinion)
    action = "inspection.approve" if agree else "inspection.return"
    details = {"reference": row.reference, "filing_no": row.filing_no or ""}
    journal.record(action, by=by, on=("inspection_filing", row.pk), details=details)
    return row


def _approve(row: InspectionFiling, by: Any, opinion: str, moment: datetime) -> None:
    users = [one.user for one in row.officers.select_related("user__unit").order_by("-is_lead", "id")]
    lock_officers(users)
    lock_subject(row.subject_id)
    asked = _ask_approval(row, users, by, moment)
    refuse_if(all_refusals(asked))
    token = "" if row.is_secret or row.is_afterwards else codes.new_token()
    save(
        row,
        state=row.state if row.is_afterwards else APPROVE.to_state,
        filing_no=numbering.filing_number(row.unit.area_code, clock.local(moment).date()),
        approver=by,
        approved_at=moment,
        opinion=opinion,
        is_over_cap=_is_over_cap(row, moment),
        token=token,
        token_digest=digest_of(token) if token else None,
    )
    note = f"{_in_whose_stead(row, by, moment)}{opinion}"
    title = "事后批准" if row.is_afterwards else "批准备案"
    add_step(row, title, by=by, at=moment, note=note, results=snapshot(asked))
    numbered(row.documents.all(), row.filing_no or "")
    seal_on_approval(row, by=by, at=moment)


def _ask_approval(row: InspectionFiling, users: list[Any], by: Any, moment: datetime) -> list[Asked]:
    """What may have changed since the filing was submitted, and what only the approver's person answers."""
    day = clock.local(row.window_from).date()
    people = officer_refusals(users, row.window_from, row.window_to, but_filing=row.pk)
    level = rules.approver_fits(
        row.form, row.exemption, is_leader=by.has_role(*LEADER_ROLES), is_head=by.has_role(Role.HEAD)
    )
    late = []
    if not row.is_afterwards and moment >= row.window_to:
        text = "备案的检查时间已经过了，不能再批准。请退回重新报备。"
        late = [Refusal("insp-approve", text, rules.citation("insp-approve"), "opinion")]
    return [
        Asked("insp-two", people),
        checks.ask_body(users, rules.days_of(row.window_from, row.window_to)),
        checks.ask_recusal(users, row.subject, day),
        checks.ask_white_list(row, day),
        checks.ask_cap(row, row.pk, day, moment),
        checks.ask_retaliation(row, moment),
        Asked("insp-approve-level", level),
        Asked("insp-approve", late),
    ]


def _is_over_cap(row: InspectionFiling, moment: datetime) -> bool:
    """Approved for a clue although the cap is reached: supervision sees it."""
    if row.cap_effect != CapEffect.COUNTED or row.joins_id is not None:
        return False
    return checks.cap_of(row, moment).is_reached


def _in_whose_stead(row: InspectionFiling, by: Any, moment: datetime) -> str:
    """By which document a delegate approves; empty for whoever approves in his own office."""
    if by.has_role(*LEADER_ROLES) or (by.has_role(Role.SQUAD_LEADER) and by.unit_id == row.unit_id):
        return ""
    given = permissions.delegation_of(by, row.unit_id, clock.local(moment).date())
    return f"受委托审批（{given.document}）。" if given else ""


@transaction.atomic(durable=True)
def cancel_inspection(
    *, filing_id: int, version: int | None, by: Any, reason: str, at: datetime | None = None
) -> InspectionFiling:
    """Cancelled before it started, by whoever filed it or one of its officers; its code is 查不到 from now on."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    if row.applicant_id != by.pk:
        permissions.check(by, "inspection.act", subject)
    refusals = may_move(row, CANCEL)
    refuse_if([*refusals, *rules.cancel_says_why(reason)])
    save(row, state=CANCEL.to_state, cancelled_at=moment, cancel_reason=reason)
    add_step(row, "撤销", by=by, at=moment, note=reason)
    journal.record("inspection.cancel", by=by, on=("inspection_filing", row.pk), details={"reference": row.reference})
    return row


__all__ = ["NewFiling", "approve_inspection", "cancel_inspection", "file_inspection"]
