"""What is asked of the words and dates typed around a hearing (处罚法63–65). Each returns its refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cases.models import Attendance, Signing
from cases.procedure.facts import CaseFacts
from cases.procedure.hearing_facts import HearingFact
from lishu_law import clock
from lishu_law.access.matrix import APART_TEXT
from lishu_law.errors import Refusal
from lishu_law.law.limits import compute

ARTICLE = "行政处罚法第六十四条"
MOST_PROXIES = 2
APART = ("officer", "squad_leader", "legal_reviewer", "approver")


def request_in_time(facts: CaseFacts, requested_at: datetime, refusal_reason: str, now: datetime) -> list[Refusal]:
    """hearing-request: within five working days after the notice was served; a late one is refused, not a timely one."""
    article, day, due = f"{ARTICLE}第一项", clock.local(requested_at).date(), facts.hearing_request_due
    served = facts.notice.served_on if facts.notice else None
    if requested_at > now:
        return [Refusal("hearing-request", "申请时间不能晚于现在，请核对。", article, "requested_at")]
    if served is None or due is None or day < served:
        return [Refusal("hearing-request", "申请时间早于违法行为通知书送达日，请核对。", article, "requested_at")]
    if day > due and not refusal_reason.strip():
        message = (
            f"申请期限到 {due:%Y-%m-%d} 届满，这次申请已经逾期，不予受理。请在“逾期不予受理的理由”里写明并告知当事人。"
        )
        return [Refusal("hearing-request", message, article, "refusal_reason")]
    if day <= due and refusal_reason.strip():
        message = f"申请在期限（{due:%Y-%m-%d}）之内，应当组织听证，不能不予受理。请清空不予受理的理由。"
        return [Refusal("hearing-request", message, article, "refusal_reason")]
    return []


def hearing_people_apart(involved: Mapping[str, frozenset[str]], people: Sequence[Any]) -> list[Refusal]:
    """hearing-chair: chair, recorder and members are different people who took no part in the case."""
    article, refusals = f"{ARTICLE}第四项", []
    if len({one.pk for one in people}) < len(people):
        refusals.append(Refusal("hearing-chair", "主持人、听证员、记录员不能是同一人。请另选。", article, "chair"))
    for one in people:
        if one.staff_number in involved.get("recused", frozenset()):
            message = f"{one.full_name}已经回避本案，不能参与听证。请另选。"
            refusals.append(Refusal("gen-recuse-others", message, article, "chair"))
        parts = [APART_TEXT[kind] for kind in APART if one.staff_number in involved.get(kind, frozenset())]
        if parts:
            message = f"{one.full_name}是本案{parts[0]}，听证应当由非本案调查人员主持和记录。请另选。"
            refusals.append(Refusal("hearing-chair", message, article, "chair"))
    return refusals


def scheduled_late_enough(scheduled_at: datetime, today: date) -> list[Refusal]:
    """hearing-notice-7d: even a notice served today leaves seven working days before the hearing."""
    due = compute("hearing-notice-7d", today).due
    if clock.local(scheduled_at).date() > due:
        return []
    message = f"听证通知书要在听证的七个工作日前送达。今天送达的，最早是 {due:%Y-%m-%d} 的次日。请把时间往后定。"
    return [Refusal("hearing-notice-7d", message, f"{ARTICLE}第二项", "scheduled_at")]


def closed_for_a_reason(is_public: bool, reason: str) -> list[Refusal]:
    """hearing-public: public, unless a state secret, a trade secret or privacy is concerned; then it is said which."""
    if is_public or reason.strip():
        return []
    message = "听证应当公开。不公开的，请写明涉及国家秘密、商业秘密还是个人隐私。"
    return [Refusal("hearing-public", message, f"{ARTICLE}第三项", "closed_reason")]


def ground_is_listed(is_listed: bool, reason: str) -> list[Refusal]:
    """hearing-postpone: only on a ground the rules list, and the ground is written down."""
    if is_listed and reason.strip():
        return []
    message = "延期、中止、终止听证只限于规定的情形。请确认属于规定的情形，并写明是什么情形。"
    return [Refusal("hearing-postpone", message, ARTICLE, "is_listed" if not is_listed else "reason")]


def session_times(
    started_at: datetime, ended_at: datetime, hearing: HearingFact | None, now: datetime
) -> list[Refusal]:
    """hearing-record: held when it was announced, over before it is recorded."""
    refusals = []
    if ended_at <= started_at:
        refusals.append(Refusal("hearing-record", "结束时间要晚于开始时间，请核对。", f"{ARTICLE}第八项", "ended_at"))
    if ended_at > now:
        refusals.append(Refusal("hearing-record", "结束时间不能晚于现在，请核对。", f"{ARTICLE}第八项", "ended_at"))
    if hearing and hearing.scheduled_at and started_at < hearing.scheduled_at:
        told = f"{clock.local(hearing.scheduled_at):%Y-%m-%d %H:%M}"
        message = f"听证不能早于通知的时间 {told} 开始，请核对。"
        refusals.append(Refusal("hearing-notice-7d", message, f"{ARTICLE}第二项", "started_at"))
    return refusals


def proxies_authorised(proxies: Sequence[tuple[str, str, bool]]) -> list[Refusal]:
    """hearing-proxy: one or two, each with a written authority."""
    article, refusals = f"{ARTICLE}第五项", []
    if len(proxies) > MOST_PROXIES:
        message = f"当事人可以委托一至二人代理，现在写了 {len(proxies)} 人。请核对。"
        refusals.append(Refusal("hearing-proxy", message, article, "proxy_1"))
    missing = [name for name, _details, has_authority in proxies if not has_authority]
    if missing:
        message = f"{'、'.join(missing)}还没有提交授权委托书，不能代理。请收到委托书后再登记。"
        refusals.append(Refusal("hearing-proxy", message, article, "proxy_1"))
    return refusals


def order_kept(attendance: str, investigators_stated: bool, party_answered: bool, note: str) -> list[Refusal]:
    """hearing-order: the investigators state facts, evidence and proposal, the party defends and cross-examines."""
    if attendance != Attendance.ATTENDED or (investigators_stated and party_answered) or note.strip():
        return []
    message = "调查人员应当提出事实、证据和处罚建议，当事人进行申辩和质证。没有进行的，请写明原因。"
    return [Refusal("hearing-order", message, f"{ARTICLE}第七项", "order_note")]


def record_signed(attendance: str, signing: str, note: str) -> list[Refusal]:
    """hearing-record: checked and signed by the party or its proxy; a refusal is noted by the chair."""
    if attendance == Attendance.ATTENDED and signing in {Signing.SIGNED, Signing.PENDING}:
        return []
    if signing == Signing.REFUSED and note.strip():
        return []
    message = "听证笔录应当交当事人或者代理人核对签名。没有签名的，请选“拒绝签名”，由主持人注明情况。"
    return [Refusal("hearing-record", message, f"{ARTICLE}第八项", "refusal_note")]


def outcome_of(attendance: str) -> str:
    """hearing-absent: what absence or leaving means is computed, not typed (处罚法64(6))."""
    if attendance == Attendance.ABSENT:
        return "当事人及其代理人无正当理由拒不出席听证，视为放弃听证权利，终止听证。"
    if attendance == Attendance.LEFT:
        return "当事人及其代理人未经许可中途退出听证，视为放弃听证权利，终止听证。"
    return ""


def decided_on_record(facts: CaseFacts, basis: str) -> list[Refusal]:
    """hearing-decide-on-record: after a hearing the decision rests on its transcript; how is written down."""
    if not any(one.was_held for one in facts.hearings) or len(basis.strip()) >= 5:
        return []
    message = "本案经过听证，应当根据听证笔录作出决定。请写明决定依据的事实和证据是否都经过听证质证。"
    return [Refusal("hearing-decide-on-record", message, "行政处罚法第六十五条", "record_basis")]
