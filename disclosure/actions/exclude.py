"""A draft is kept from the public on a ground X02–X06: one person asks, another decides, and it is looked at anew.

The record stays counted and listed with its code, its person and its date (disclosure.md §4.2; 条例14, 15, 18).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts, mark_disclosed_core
from disclosure.actions.correct import remember
from disclosure.actions.publish import lock_record
from disclosure.credit import months_after
from disclosure.models import (
    DisclosureRecord,
    Exclusion,
    ExclusionGround,
    ExclusionOutcome,
    RecordState,
)
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import StoredFile
from lishu_law.registry.roles import LEADER_ROLES, Role

PROPOSE, DECIDE = "disclosure.propose_exclusion", "disclosure.decide_exclusion"
CITATIONS = {
    ExclusionGround.STATE_SECRET: "政府信息公开条例第十四条",
    ExclusionGround.SECURITY: "政府信息公开条例第十四条",
    ExclusionGround.COMMERCIAL: "政府信息公开条例第十五条",
    ExclusionGround.PRIVACY: "政府信息公开条例第十五条",
    ExclusionGround.FORBIDDEN: "政府信息公开条例第十四条",
}
# Decided by a head; the others by the legal section or a head.
BY_LEADERS = (ExclusionGround.STATE_SECRET, ExclusionGround.SECURITY, ExclusionGround.FORBIDDEN)
SHORTEST = 4
REVIEW = "政府信息公开条例第十八条"


@dataclass(frozen=True)
class WantedExclusion:
    """The ground, why it is one here, and the document behind it: its name or number, and itself."""

    code: str
    reason: str
    basis_no: str = ""
    paper: StoredFile | None = None


@transaction.atomic(durable=True)
def propose_exclusion(*, record_id: int, version: int, by: Any, wanted: WantedExclusion) -> Exclusion:
    """Ask that a draft be not published. Raises ``Conflict``, ``NotAllowed``, ``Refused`` with every cause."""
    record = lock_record(record_id, version)
    policy.check(by, PROPOSE)
    if faults := _faults(record, by, wanted):
        raise Refused(faults)
    now = clock.now()
    made = Exclusion.objects.create(
        record=record, code=wanted.code, reason=wanted.reason.strip(), basis_no=wanted.basis_no.strip(),
        paper=wanted.paper, proposed_by=by.staff_number, created_at=now,
    )  # fmt: skip
    paper = {"paper": made.paper.sha256} if made.paper else {}
    remember(record, "ask_exclusion", by, made.reason, now, details={"code": made.code, **paper})
    return made


def _faults(record: DisclosureRecord, by: Any, wanted: WantedExclusion) -> list[Refusal]:
    ground = ExclusionGround(wanted.code)
    law, found = CITATIONS[ground], []
    if record.state != RecordState.DRAFT:
        text = f"这条公示现在是“{record.get_state_display()}”。已经公示的，请提请撤回。"
        return [Refusal("record.state", text, law)]
    if Exclusion.objects.filter(record=record, outcome="").exists():
        found.append(Refusal("exclusion.open", "这条草稿已经提请不予公示，正等决定。", law))
    if len(wanted.reason.strip()) < SHORTEST:
        found.append(Refusal("exclusion.reason", "请写明为什么属于这一种情形。", law, "reason"))
    if ground is ExclusionGround.STATE_SECRET and not by.has_role(Role.LEGAL_REVIEWER):
        found.append(Refusal("exclusion.legal", "涉及国家秘密的，由法制审核员提请、负责人决定。", law, "code"))
    if ground is ExclusionGround.FORBIDDEN and not wanted.basis_no.strip():
        text = "请填写禁止公开的法律条文，或者省级机关批准文件的文号。"
        found.append(Refusal("exclusion.basis", text, law, "basis_no"))
    if ground is ExclusionGround.FORBIDDEN and wanted.paper is None:
        text = "请上传禁止公开的法律条文，或者省级机关的批准文件（扫描件、照片都可以）。没有文件的，应当公示。"
        found.append(Refusal("exclusion.paper", text, law, "paper"))
    return found


@transaction.atomic(durable=True)
def decide_exclusion(
    *, record_id: int, version: int, facts: DecisionFacts, by: Any, agree: bool, opinion: str
) -> Exclusion:
    """Another person decides the open request; agreed, the record is 不予公示 and its seven working days end."""
    record = lock_record(record_id, version)
    asked: Exclusion | None = Exclusion.objects.filter(record=record, outcome="").first()
    if asked is None or record.state != RecordState.DRAFT:
        raise Conflict("这项提请已经处理过了。请回到公示页核对。")
    policy.check(by, DECIDE, subject_of(record, facts, asked))
    now = clock.now()
    _check_rank(asked, by)
    if agree and asked.code == ExclusionGround.FORBIDDEN and asked.paper_id is None:
        text = "这项提请没有上传依据文件，不能据此不予公示。请选“应当公示”并写明缺文件，由提请人补齐后重新提请。"
        raise Refused([Refusal("exclusion.paper", text, CITATIONS[ExclusionGround.FORBIDDEN], "agree")])
    if not agree and len(opinion.strip()) < SHORTEST:
        raise Refused(
            [Refusal("exclusion.opinion", "不同意的，请写明理由。", CITATIONS[ExclusionGround(asked.code)], "opinion")]
        )
    asked.outcome = ExclusionOutcome.AGREED if agree else ExclusionOutcome.REFUSED
    asked.opinion, asked.decided_by, asked.decided_at = opinion.strip(), by, now
    asked.review_on = next_review(clock.local(now).date()) if agree else None
    asked.save(update_fields=["outcome", "opinion", "decided_by", "decided_at", "review_on"])
    if agree:
        _set(record, RecordState.EXCLUDED, asked.code, now)
        if facts.case_id is not None:
            mark_disclosed_core(case_id=facts.case_id, by=by, at=now)
    kind = "exclude" if agree else "refuse_exclusion"
    remember(record, kind, by, f"{asked.code} {asked.reason}", now, details={"code": asked.code})
    return asked


@transaction.atomic(durable=True)
def review_exclusion(
    *, record_id: int, version: int, facts: DecisionFacts, by: Any, keep: bool, opinion: str
) -> Exclusion:
    """The periodic look at an exclusion: it goes on with a new date, or the record goes back to the checker as a draft."""
    record = lock_record(record_id, version)
    held: Exclusion | None = Exclusion.objects.filter(record=record, outcome="agreed", lifted_at=None).first()
    if held is None or record.state != RecordState.EXCLUDED:
        raise Conflict("这条记录没有可以复核的不予公示决定。请回到公示页核对。")
    policy.check(by, DECIDE, subject_of(record, facts, held))
    _check_rank(held, by)
    if len(opinion.strip()) < SHORTEST:
        raise Refused([Refusal("exclusion.opinion", "请写明复核的情况和理由。", REVIEW, "opinion")])
    now = clock.now()
    if keep:
        held.review_on = next_review(clock.local(now).date())
    else:
        held.lifted_at = now
        _set(record, RecordState.DRAFT, "", now)
    held.save(update_fields=["review_on", "lifted_at"])
    remember(
        record, "keep_exclusion" if keep else "lift_exclusion", by, opinion.strip(), now, details={"code": held.code}
    )
    return held


def subject_of(record: DisclosureRecord, facts: DecisionFacts | None, asked: Exclusion) -> policy.Subject:
    """Neither a handler of the case nor whoever asked for it."""
    handlers = frozenset(record.handlers) | (facts.handlers if facts else frozenset())
    return policy.Subject(involved={"officer": handlers, "editor": frozenset({asked.proposed_by})})


def check_paper(record: DisclosureRecord, facts: DecisionFacts | None, asked: Exclusion, user: Any) -> None:
    """The document behind a request is read by whoever asked with it and by whoever may decide it. Raises ``NotAllowed``."""
    if asked.proposed_by != user.staff_number:
        policy.check(user, DECIDE, subject_of(record, facts, asked))


def may_read_paper(record: DisclosureRecord, facts: DecisionFacts | None, asked: Exclusion, user: Any) -> bool:
    """The same question for the link."""
    is_mine = asked.proposed_by == user.staff_number
    return asked.paper_id is not None and (
        is_mine or policy.can(user, DECIDE, subject_of(record, facts, asked)).allowed
    )


def next_review(day: date) -> date:
    """When an exclusion decided or confirmed on a day is looked at anew (parameter, 待确认)."""
    return months_after(day, int(DEFAULT_PARAMETERS.number("disclosure.exclusion_review_months", day)))


def _check_rank(asked: Exclusion, by: Any) -> None:
    """Secrets and security are decided by a head."""
    ground = ExclusionGround(asked.code)
    if ground in BY_LEADERS and not any(by.has_role(role) for role in LEADER_ROLES):
        text = f"“{ground.label}”由分管负责人或者局长决定。"
        raise Refused([Refusal("exclusion.leader", text, CITATIONS[ground])])


def _set(record: DisclosureRecord, state: RecordState, code: str, now: datetime) -> None:
    record.state, record.exclusion_code = state, code
    record.version += 1
    record.updated_at = now
    record.save(update_fields=["state", "exclusion_code", "version", "updated_at"])
