"""V1, V2, V13, V14: the organ, its officers, the time that had passed, the scope of the summary procedure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding
from cases.procedure.summary_facts import spot_limit
from lishu_law.law.counting import months_later

_TWO_YEARS, _FIVE_YEARS = 24, 60
_ADULT = 18


def organ(d: Dossier) -> Iterator[Finding]:
    """V1: in the county or with a designation, in the bureau's own name, the same organ on every paper."""
    if not d.facts.is_in_county and not d.facts.designation:
        text = "违法行为地不在本县，卷内没有指定管辖的文号。请补充指定管辖，没有的应当移送。"
        yield Finding("V1", "place-outside", text, d.facts.place, "edit")
    if not d.facts.is_organs_own:
        text = "本案不是以本机关名义办理。处罚应当以本机关名义作出，请更正办案机关。"
        yield Finding("V1", "own-name", text, "案件登记", "edit")
    for paper in d.papers:
        named = paper.data.get("organ") or paper.data.get("department") or ""
        if isinstance(named, str) and named and named != d.organ:
            text = f"{paper.name}的机关是“{named}”，不是“{d.organ}”。请核对后更正文书。"
            yield Finding("V1", "organ-differs", text, paper.name, "ask_correction")


def _acts(d: Dossier) -> Iterator[tuple[str, date, tuple[str, ...], str]]:
    """Everything two officers did together: what, when, who, and where it is mended."""
    for talk in d.interviews:
        yield talk.title, talk.started_on, talk.officers, "evidence"
    for taking in d.takings:
        yield taking.title, taking.taken_on, taking.officers, "case"
    for delivery in d.deliveries:
        if delivery.method in {"direct", "left"}:
            yield f"送达《{delivery.title}》", delivery.served_on, delivery.servers, "case"


def two_officers(d: Dossier) -> Iterator[Finding]:
    """V2: two different officers at every act, each with a certificate valid on that day."""
    known = {one.number: one for one in d.handlers}
    for what, day, people, cure in _acts(d):
        if len(set(people)) < 2:
            text = f"{what}（{day:%Y-%m-%d}）只有一名执法人员。执法人员不得少于两人，请另选一名重新进行。"
            yield Finding("V2", "one-officer", text, what, cure)
        for number in dict.fromkeys(people):
            handler = known.get(number)
            if handler is not None and handler.certificate_on(day) is None:
                text = f"{handler.name}在 {day:%Y-%m-%d} 没有有效的执法证件，却参加了{what}。请核对证件登记。"
                yield Finding("V2", "licence-invalid", text, what, "officers")


def limitation(d: Dossier) -> Iterator[Finding]:
    """V13: two years, five where life, health or financial safety was harmed (处罚法36)."""
    ended, found = d.facts.act_ended_on or d.facts.act_on, d.facts.discovered_on
    if ended is None or found is None:
        return
    months = _FIVE_YEARS if d.facts.has_safety_harm else _TWO_YEARS
    if found > months_later(ended, months):
        text = f"违法行为 {ended:%Y-%m-%d} 结束，{found:%Y-%m-%d} 才发现，已经超过{months // 12}年。不再给予处罚，请核对日期。"
        yield Finding("V13", "too-late", text, "受案时间", "edit")


def summary_scope(d: Dossier) -> Iterator[Finding]:
    """V14: amount, kind of penalty and person allow a decision on the spot (处罚法51)."""
    if not d.is_summary:
        return
    amount, day, cure = d.facts.decision_amount, d.decided_on or d.today, "turn_to_ordinary"
    limit = spot_limit(d.party_kind, day) if d.party_kind else None
    if amount is not None and limit is not None and amount > limit:
        text = f"当场罚款 {amount:f} 元，超过当场处罚的限额 {limit:f} 元。应当适用普通程序。"
        yield Finding("V14", "amount-over-limit", text, "当场行政处罚决定书", cure)
    spot = d.facts.spot
    if spot and spot.other_penalties:
        text = f"处罚包括{spot.other_penalties}，不属于警告或者小额罚款，不能当场处罚。应当适用普通程序。"
        yield Finding("V14", "other-penalty", text, "当场行政处罚决定书", cure)
    if spot and spot.mental_doubt:
        text = "现场对当事人的精神状况有疑问，不能当场处罚。应当适用普通程序查明。"
        yield Finding("V14", "mental-doubt", text, "现场记录", cure)
    age = d.facts.party.age_at_act if d.facts.party else None
    if age is not None and age < _ADULT:
        yield Finding("V14", "minor", f"当事人行为时 {age} 周岁，不能当场处罚。应当适用普通程序。", "身份证件", cure)


def range_and_twice(d: Dossier) -> Iterator[Finding]:
    """V11: never above what was told, never above the statute, never twice (处罚法29、45)."""
    amount = d.decision.amount if d.decision else None
    if amount is None:
        return
    told = d.notice.amount if d.notice else None
    if not d.is_summary and d.notice is not None and amount > (told or Decimal(0)):
        text = f"决定罚款 {amount:f} 元，高于告知的 {told or Decimal(0):f} 元。不得因申辩加重，应当重新告知后决定。"
        yield Finding("V11", "heavier-than-told", text, "违法行为通知书、处罚决定书", "propose_correction")
    chosen = d.facts.discretion
    if chosen and chosen.maximum is not None and amount > chosen.maximum:
        text = f"决定罚款 {amount:f} 元，高于法定和基准的上限 {chosen.maximum:f} 元。应当变更决定。"
        yield Finding("V11", "above-range", text, "处罚决定书", "propose_correction")
    fined = [one for one in d.facts.same_acts if one.fine]
    if fined and not d.facts.same_act_note:
        text = f"同一当事人的同一行为在 {fined[0].label} 中已经罚款。同一违法行为不得罚款两次，请查明是否另一次行为。"
        yield Finding("V11", "fined-twice", text, fined[0].label, "edit")
