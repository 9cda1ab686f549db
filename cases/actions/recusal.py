"""Recusal: declared by oneself or asked for by the party, decided by the head, with its effect (处罚法43)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import permissions
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import start_limit, stop_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import (
    CaseOfficer,
    Evidence,
    HearingOfficer,
    Recusal,
    RecusalOrigin,
    RecusalOutcome,
    RecusalRole,
)
from lishu_law.access.grants import revoke
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.roles import LEADER_ROLES, Role

ARTICLE = "行政处罚法第四十三条"
LIMIT = "gen-recuse-request"
OUTSIDE = frozenset({RecusalRole.EXAMINER, RecusalRole.EXPERT, RecusalRole.INTERPRETER})


@dataclass(frozen=True)
class NewRequest:
    """The party's request as it was handed in or said: ``person`` of the staff, or an outside person by name and part."""

    applicant: str
    reason: str
    asked_at: datetime
    is_oral: bool = False
    person: Any = None
    person_name: str = ""
    role: str = ""


@transaction.atomic(durable=True)
def declare_conflict(*, case_id: int, version: int, by: Any, reason: str, at: datetime | None = None) -> Recusal:
    """The acting person has an interest in the case and withdraws at once (gen-recuse-self)."""
    doing = begin("declare_conflict", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    recusal = Recusal.objects.create(
        case=doing.case, origin=RecusalOrigin.SELF, role=part_taken(doing, by), person=by, person_name=by.full_name,
        applicant=by.full_name, reason=reason, asked_at=doing.at, recorded_by=by, outcome=RecusalOutcome.GRANTED,
        opinion="本人声明应当回避，自声明之日起退出本案。", decided_by=by, decided_at=doing.at,
    )  # fmt: skip
    take_out(doing, recusal)
    _seal(doing, recusal)
    conclude(doing, opinion=reason, details={"recusal": recusal.pk, "person": by.staff_number})
    return recusal


@transaction.atomic(durable=True)
def request_recusal(*, case_id: int, version: int, by: Any, request: NewRequest, at: datetime | None = None) -> Recusal:
    """The party asks that somebody withdraw. The investigation goes on; the decision waits (gen-recuse-request)."""
    doing = begin("request_recusal", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := request_faults(doing, request):
        raise Refused(refusals)
    name = request.person.full_name if request.person else request.person_name
    role = part_taken(doing, request.person) if request.person else request.role
    recusal = Recusal.objects.create(
        case=doing.case, origin=RecusalOrigin.PARTY, role=role, person=request.person, person_name=name,
        applicant=request.applicant, is_oral=request.is_oral, reason=request.reason, asked_at=request.asked_at,
        recorded_by=by,
    )  # fmt: skip
    start_limit(doing.case, LIMIT, request.asked_at, part=f"recusal:{recusal.pk}")
    conclude(doing, opinion=request.reason, details={"recusal": recusal.pk, "person": name})
    return recusal


@transaction.atomic(durable=True)
def decide_recusal(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, discussed_by: str = "",
    at: datetime | None = None,
) -> Recusal:  # fmt: skip
    """The head grants or refuses the request; whoever is recused loses the case at once (gen-recuse-effect)."""
    doing = begin("decide_recusal", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    recusal = _recusal(doing)
    if refusals := decision_faults(doing, recusal, opinion, discussed_by):
        raise Refused(refusals)
    recusal.outcome = RecusalOutcome.GRANTED if agree else RecusalOutcome.REFUSED
    recusal.opinion, recusal.discussed_by = opinion, discussed_by
    recusal.decided_by, recusal.decided_at = by, doing.at
    recusal.save(update_fields=["outcome", "opinion", "discussed_by", "decided_by", "decided_at"])
    stop_limit(doing.case, LIMIT, doing.at, part=doing.part)
    if agree:
        take_out(doing, recusal)
    _seal(doing, recusal)
    conclude(doing, opinion=opinion, details={"recusal": recusal.pk, "granted": agree})
    return recusal


@transaction.atomic(durable=True)
def settle_recusal(
    *, case_id: int, version: int, by: Any, part_id: int, acts_stand: bool, note: str,
    void_ids: tuple[int, ...] = (), at: datetime | None = None,
) -> Recusal:  # fmt: skip
    """Whether the earlier acts of the recused person stand, by their effect on fairness (gen-recuse-effect).

    ``void_ids`` are items of evidence that fall with them; the originals stay in the file.
    """
    doing = begin("settle_recusal", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    recusal, touched = _recusal(doing), {item.pk for item in touched_evidence(doing.loaded.evidence, _recusal(doing))}
    refusals = []
    if acts_stand and void_ids:
        refusals.append(Refusal("gen-recuse-effect", "认定有效的，不能同时作废证据。请核对。", ARTICLE, "void_ids"))
    if not set(void_ids) <= touched:
        refusals.append(Refusal("gen-recuse-effect", "勾选的证据不是回避人参与取得的。请核对。", ARTICLE, "void_ids"))
    if recusal.person_id == by.pk:
        refusals.append(Refusal("gen-recuse-effect", "不能认定本人行为的效力，请由其他负责人认定。", ARTICLE, ""))
    if refusals:
        raise Refused(refusals)
    reason = f"{recusal.person_name}回避，参与取得的证据不再采用：{note}"
    Evidence.objects.filter(case=doing.case, pk__in=void_ids, voided_at__isnull=True).update(
        voided_at=doing.at, void_reason=reason[:200]
    )
    recusal.acts_stand, recusal.effect_note, recusal.effect_by, recusal.effect_at = acts_stand, note, by, doing.at
    recusal.save(update_fields=["acts_stand", "effect_note", "effect_by", "effect_at"])
    conclude(doing, opinion=note, details={"recusal": recusal.pk, "stand": acts_stand, "voided": sorted(void_ids)})
    return recusal


def request_faults(doing: Doing, request: NewRequest) -> list[Refusal]:
    """gen-recuse-request, gen-recuse-others: somebody who takes part, not asked about already, with a reason."""
    refusals = []
    name = request.person.full_name if request.person else request.person_name.strip()
    if not name or (request.person is None and request.role not in OUTSIDE):
        message = "请选择被申请回避的人；鉴定、翻译等外部人员请写明姓名和身份。"
        refusals.append(Refusal("gen-recuse-others", message, ARTICLE, "person"))
    if request.person is not None and part_taken(doing, request.person) == "":
        message = f"{name}没有参与本案，不需要回避。请核对。"
        refusals.append(Refusal("gen-recuse-others", message, ARTICLE, "person"))
    if any(one.is_open and one.person_name == name for one in doing.loaded.facts.recusals):
        message = f"对{name}的回避申请还在等负责人决定。请等决定之后再登记。"
        refusals.append(Refusal("gen-recuse-request", message, ARTICLE, "person"))
    if request.asked_at > doing.at:
        refusals.append(Refusal("recusal-future", "申请时间不能晚于现在，请核对。", "", "asked_at"))
    return refusals


def decision_faults(doing: Doing, recusal: Recusal, opinion: str, discussed_by: str) -> list[Refusal]:
    """gen-recuse-request: not about oneself; about the chief only by the heads together."""
    refusals = []
    if recusal.person_id == doing.by.pk:
        message = "不能决定本人的回避，请由其他负责人决定。"
        refusals.append(Refusal("gen-recuse-request", message, "行政处罚法第四十三条第三款", ""))
    heads = {name.strip() for name in discussed_by.replace("，", "、").replace(",", "、").split("、") if name.strip()}
    if is_chief(recusal) and len(heads - {recusal.person_name}) < 2:
        message = "主要负责人的回避由负责人集体决定。请写明参加讨论的其他负责人（至少 2 名）。"
        refusals.append(Refusal("gen-recuse-request", message, "行政处罚法第四十三条第三款", "discussed_by"))
    if not opinion.strip():
        refusals.append(Refusal("gen-recuse-request", "请写明决定的理由。", ARTICLE, "opinion"))
    return refusals


def is_chief(recusal: Recusal) -> bool:
    return recusal.person is not None and recusal.person.has_role(Role.HEAD)


def part_taken(doing: Doing, person: Any) -> str:
    """In which part somebody of the staff takes part in the case; empty for somebody who does not."""
    number, involved = person.staff_number, doing.subject.involved
    known = (
        ("officer", RecusalRole.OFFICER), ("hearing", RecusalRole.HEARING), ("squad_leader", RecusalRole.SQUAD_LEADER),
        ("legal_reviewer", RecusalRole.REVIEWER), ("approver", RecusalRole.LEADER),
    )  # fmt: skip
    found = next((role for kind, role in known if number in involved.get(kind, frozenset())), None)
    if found is None and person.has_role(*LEADER_ROLES):
        return RecusalRole.LEADER  # may decide in every case
    if found is None and person.has_role(Role.LEGAL_REVIEWER):
        return RecusalRole.REVIEWER
    if found is None and person.has_role(Role.SQUAD_LEADER) and person.unit_id == doing.case.unit_id:
        return RecusalRole.SQUAD_LEADER
    return found or ""


def take_out(doing: Doing, recusal: Recusal) -> None:
    """Whoever is recused no longer handles or hears the case and no longer has access (gen-recuse-effect)."""
    if recusal.person is None:
        return
    person, case = recusal.person, doing.case
    if CaseOfficer.objects.filter(case=case, user=person, ended_at__isnull=True).update(ended_at=doing.at):
        revoke(permissions.HANDLE, person, case)
    serving = HearingOfficer.objects.filter(hearing__case=case, user=person, ended_at__isnull=True)
    if serving.update(ended_at=doing.at):
        revoke(permissions.HEAR, person, case)


def touched_evidence(evidence: list[Evidence], recusal: Recusal) -> list[Evidence]:
    """Live items that the recused person collected or put on record."""
    return [item for item in evidence if item.voided_at is None and recusal.person_id in _hands(item)]


def _hands(item: Evidence) -> set[int]:
    record = item.transcript if hasattr(item, "transcript") else None
    return {item.collected_by_id, *((record.first_officer_id, record.second_officer_id) if record else ())}


def _recusal(doing: Doing) -> Recusal:
    found = Recusal.objects.filter(case=doing.case, pk=doing.known_part).select_related("person").first()
    if found is None:
        raise NotFound("没有找到这件回避。")
    return found


def _seal(doing: Doing, recusal: Recusal) -> None:
    data = contexts.recusal_paper(doing.loaded, recusal)
    seal(doing.case, "recusal_paper", data, by=doing.by, at=doing.at, part=f"recusal:{recusal.pk}")


__all__ = [
    "NewRequest", "declare_conflict", "decide_recusal", "request_recusal", "settle_recusal", "touched_evidence",
]  # fmt: skip
