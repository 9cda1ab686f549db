"""What is asked of an own enforcement beside the state of the case: power, demand, kind, time, signatures."""

from __future__ import annotations

from datetime import date, datetime

from cases.models import EnforcementKind
from cases.procedure.court_window import court_window
from cases.procedure.enforcement_plan import NewEnforcement, Performance
from cases.procedure.execution_facts import EnforcementFact
from cases.procedure.facts import CaseFacts
from cases.procedure.night import holiday_on, is_night
from cases.procedure.urging import is_over, last_day
from lishu_law import clock
from lishu_law.errors import Refusal

PROXY, NOW, DEMOLITION, AUCTION = (
    EnforcementKind.PROXY, EnforcementKind.PROXY_NOW, EnforcementKind.DEMOLITION, EnforcementKind.AUCTION,
)  # fmt: skip


def lawful_to_enforce(facts: CaseFacts, new: NewEnforcement, today: date) -> list[Refusal]:
    """Everything that is missing for this kind, at once."""
    return [
        *power_named(new), *urged_in_vain(facts, new, today), *danger_named(new), *auction_possible(facts, new, today),
        *by_day(new.planned_at, new.urgency, "planned_at"), *household_spared(new),
    ]  # fmt: skip


def power_named(new: NewEnforcement) -> list[Refusal]:
    """enforce-decision: only where a law grants the power; the provision is written down."""
    if "第" in new.power and "条" in new.power:
        return []
    text = "行政机关自己强制执行要有法律授权，请写明法律名称和条款；没有授权的应当申请人民法院强制执行。"
    return [Refusal("enforce-decision", text, "行政强制法第三十七条", "power")]


def urged_in_vain(facts: CaseFacts, new: NewEnforcement, today: date) -> list[Refusal]:
    """enforce-urge, -decision: urged in vain; at once only with signs of hiding assets, or obstacles on the road."""
    demand = facts.execution.demand
    if new.kind == NOW or (is_over(facts, today) and demand and demand.statement):
        return []
    served = last_day(facts, demand)
    if served is None:
        text = "还没有送达催告书，不能决定强制执行。请先催告并送达。"
        return [Refusal("enforce-urge", text, "行政强制法第三十五条", "issue_demand")]
    if new.hiding.strip() and new.kind != PROXY:
        return []
    text = f"催告期到 {served:%Y-%m-%d} 24 时届满，届满并听取当事人意见后才能决定；有转移、隐匿财物迹象的，请写明证据。"
    return [Refusal("enforce-decision", text, "行政强制法第三十七条", "hiding")]


def danger_named(new: NewEnforcement) -> list[Refusal]:
    """enforce-proxy: only where traffic safety, environment or resources are or will be harmed (强制法50、52)."""
    if new.kind not in {PROXY, NOW} or len(new.danger.strip()) >= 5:
        return []
    text = "代履行限于危害交通安全、造成环境污染或者破坏自然资源的情形，请写明具体危害。"
    return [Refusal("enforce-proxy", text, "行政强制法第五十条", "danger")]


def auction_possible(facts: CaseFacts, new: NewEnforcement, today: date) -> list[Refusal]:
    """enforce-auction: goods seized in the procedure, both periods over without remedy, urged in vain (强制法46第三款)."""
    if new.kind != AUCTION:
        return []
    refusals, law = [], "行政强制法第四十六条第三款"
    seized = any(one.held for one in facts.measures if one.in_force and not one.is_preservation)
    if not seized or not new.goods.strip():
        text = "只能拍卖本案正在扣押的财物，请写明是哪些财物；没有扣押财物的应当申请人民法院强制执行。"
        refusals.append(Refusal("enforce-auction", text, law, "goods"))
    if facts.remedies or court_window(facts, today).state in {"before", "none"}:
        text = "当事人在法定期限内不申请复议、不起诉，期限届满后才能拍卖抵缴罚款。请届满后再办。"
        refusals.append(Refusal("enforce-auction", text, law, "kind"))
    return refusals


def by_day(moment: datetime, urgency: str, field: str) -> list[Refusal]:
    """enforce-no-night: not at night, not on a statutory holiday, except in urgency (强制法43第一款)."""
    local = clock.local(moment)
    when = "夜间" if is_night(local) else holiday_on(local)
    if not when or urgency.strip():
        return []
    text = f"{local:%Y-%m-%d %H:%M} 是{when}，不得实施强制执行。请改时间；情况紧急的，请写明紧急情况。"
    return [Refusal("enforce-no-night", text, "行政强制法第四十三条第一款", field)]


def household_spared(new: NewEnforcement) -> list[Refusal]:
    """enforce-no-night: nobody is forced by cutting water, power, heat or gas of a household (强制法43第二款)."""
    if new.spares_household:
        return []
    text = "不得对居民生活采取停止供水、供电、供热、供燃气等方式迫使履行，请确认执行方式不含这些措施。"
    return [Refusal("enforce-no-night", text, "行政强制法第四十三条第二款", "spares_household")]


def announcement_fits(kind: str, demolish_by: date, today: date) -> list[Refusal]:
    """enforce-demolish-notice: only for a demolition, with a day in the future."""
    if kind != DEMOLITION:
        text = "执行公告只用于强制拆除违法的建筑物、构筑物、设施。"
        return [Refusal("enforce-demolish-notice", text, "行政强制法第四十四条", "case")]
    if demolish_by <= today:
        text = "自行拆除的期限应当晚于今天，请核对。"
        return [Refusal("enforce-demolish-notice", text, "行政强制法第四十四条", "demolish_by")]
    return []


def lawful_to_perform(facts: CaseFacts, one: EnforcementFact, done: Performance, now: datetime) -> list[Refusal]:
    """Everything that is missing before or at the carrying out."""
    day = clock.local(done.performed_at).date()
    return [
        *performed_after_decision(one, done, now), *by_day(done.performed_at, done.urgency, "performed_at"),
        *demolition_announced(facts, one, day), *proxy_demanded_again(facts, one, day), *signed_off(one, done),
        *told_afterwards(one, done),
    ]  # fmt: skip


def performed_after_decision(one: EnforcementFact, done: Performance, now: datetime) -> list[Refusal]:
    """enforce-decision: carried out after it was decided, not in the future."""
    if clock.local(done.performed_at).date() >= one.decided_on and done.performed_at <= now:
        return []
    text = "实施时间应当在作出强制执行决定之后、现在之前，请核对。"
    return [Refusal("enforce-decision", text, "行政强制法第三十七条", "performed_at")]


def demolition_announced(facts: CaseFacts, one: EnforcementFact, day: date) -> list[Refusal]:
    """enforce-demolish-notice: announced, the party's own time over, no remedy open or still possible (强制法44)."""
    if one.kind != DEMOLITION:
        return []
    law = "行政强制法第四十四条"
    if one.demolish_by is None or day <= one.demolish_by:
        text = "强制拆除要先公告，自行拆除期限届满后才能实施。请先公告或者等期限届满。"
        return [Refusal("enforce-demolish-notice", text, law, "announce_demolition")]
    if court_window(facts, day).state in {"before", "waiting"}:
        text = "当事人的复议、起诉期限还没有届满，或者复议、诉讼没有结束，不能强制拆除。"
        return [Refusal("enforce-demolish-notice", text, law, "case")]
    return []


def proxy_demanded_again(facts: CaseFacts, one: EnforcementFact, day: date) -> list[Refusal]:
    """enforce-proxy-3d: urged again, performance on a later day than the third working day (强制法51)."""
    if one.kind != PROXY:
        return []
    part = f"enforcement:{one.id}"
    again = next((demand for demand in reversed(facts.execution.demands) if demand.part == part), None)
    last = last_day(facts, again, "enforce-proxy-3d")
    if last and day > last:
        return []
    until = f"，到 {last:%Y-%m-%d} 24 时届满" if last else ""
    text = f"代履行三日前要再次催告{until}，期满仍不履行的才能代履行。请先再次催告并送达。"
    return [Refusal("enforce-proxy-3d", text, "行政强制法第五十一条", "demand_again")]


def signed_off(one: EnforcementFact, done: Performance) -> list[Refusal]:
    """enforce-proxy-3d: the supervisor of the bureau, the performer, and the party or a witness sign (强制法51)."""
    if one.kind not in {PROXY, NOW} or (done.supervisor.strip() and done.performer.strip() and done.witness.strip()):
        return []
    text = "代履行要由到场监督的工作人员、代履行人、当事人或者见证人签名，请填写三方姓名。"
    return [Refusal("enforce-proxy-3d", text, "行政强制法第五十一条", "witness")]


def told_afterwards(one: EnforcementFact, done: Performance) -> list[Refusal]:
    """enforce-proxy-now: an absent party is told at once afterwards (强制法52)."""
    if one.kind != NOW or (done.told_at and done.told_at >= done.performed_at):
        return []
    text = "立即代履行后要立即告知当事人，请写明告知当事人的时间（当事人在场的，填实施时间）。"
    return [Refusal("enforce-proxy-now", text, "行政强制法第五十二条", "told_at")]
