"""The summary procedure: who, evidence, benchmark and cap, told, heard; what turns it into the ordinary one (处罚法51–54)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases.procedure.facts import CaseFacts
from cases.procedure.summary_facts import hearing_limit, spot_limit
from lishu_law.errors import Refusal

ADULT, PUNISHABLE = 18, 14


def two_on_scene(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-two-officers: two officers on the scene, also for an on-the-spot penalty (处罚法42、52)."""
    if len({officer.staff_number for officer in facts.officers}) >= 2 and facts.lead:
        return None
    return Refusal(
        "simple-two-officers",
        "当场处罚也要有 2 名以上执法人员，其中 1 名主办。请补充承办人。",
        "行政处罚法第四十二条第一款、第五十二条",
        "officers",
    )


def party_identified(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-identify: licence shown, the party's identity established on the scene (处罚法52)."""
    is_known = bool(facts.party and facts.party.has_identity and facts.party.has_address)
    if facts.spot and facts.spot.licence_shown and is_known:
        return None
    return Refusal(
        "simple-identify",
        "还没有出示执法证并查明当事人身份（证件号码、住址）。请先查明。",
        "行政处罚法第五十二条第一款",
        "identify",
    )


def punishable_age(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-minor-u14: nobody under fourteen is penalised, on the spot or otherwise (处罚法30)."""
    age = facts.party.age_at_act if facts.party else None
    if age is None or age >= PUNISHABLE:
        return None
    return Refusal(
        "decide-minor-u14",
        "当事人行为时不满十四周岁，不予行政处罚，应责令监护人加以管教。请转普通程序办理不予处罚。",
        "行政处罚法第三十条",
        "turn_to_ordinary",
    )


def stays_summary(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-to-ordinary: minors, mental doubt, disputed facts, a coercive measure and a hearing right belong there.

    先行登记保存 is no coercive measure (law/procedure.md §3).
    """
    reason = _why_ordinary(facts, today)
    if not reason:
        return None
    return Refusal(
        "simple-to-ordinary",
        f"{reason}，不能当场处罚。请转普通程序，事实和证据都会带过去。",
        "行政处罚法第五十一条、第五十四条",
        "turn_to_ordinary",
    )


def _why_ordinary(facts: CaseFacts, today: date) -> str:
    party, spot, amount = facts.party, facts.spot, facts.discretion.amount if facts.discretion else None
    if party and party.age_at_act is not None and PUNISHABLE <= party.age_at_act < ADULT:
        return f"当事人行为时 {party.age_at_act} 周岁，是未成年人"
    if spot and spot.mental_doubt:
        return "当事人的精神、智力状况有疑问"
    if spot and spot.is_disputed:
        return "当事人对违法事实有争议，当场不能查清"
    if any(measure.taken_at and not measure.is_preservation for measure in facts.measures):
        return "本案已经采取行政强制措施"
    if party and amount is not None and amount >= hearing_limit(party.kind, today):
        return "拟罚款达到应当告知听证的数额"
    return ""


def evidence_secured(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-evidence: the necessary evidence also in the summary procedure; an empty list blocks."""
    if facts.evidence:
        return None
    return Refusal(
        "simple-evidence",
        "还没有任何证据。请拍照或者写现场笔录后再往下办。",
        "行政处罚法第四十条、第五十一条",
        "secure_evidence",
    )


def benchmark_looked_up(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-discretion: the benchmark is applied; where it leads above the cap there is no on-the-spot penalty."""
    chosen, party = facts.discretion, facts.party
    if chosen is None:
        return Refusal("simple-discretion", "还没有适用裁量基准。请先裁量。", "行政处罚法第三十四条", "assess_on_spot")
    if chosen.action != "penalise":
        return Refusal(
            "simple-discretion",
            "按裁量基准本案不能直接给予罚款或者警告。请转普通程序，由负责人决定。",
            "行政处罚法第五条第二款、第三十四条",
            "turn_to_ordinary",
        )
    limit = spot_limit(party.kind, today) if party else Decimal(0)
    if chosen.minimum is not None and chosen.minimum > limit:
        return Refusal(
            "simple-discretion",
            f"按裁量基准至少罚款 {chosen.minimum:f} 元，超过当场处罚的上限 {limit:f} 元。请转普通程序。",
            "行政处罚法第三十四条、第五十一条",
            "turn_to_ordinary",
        )
    return None


def within_scope(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-scope: a warning, or a fine up to the cap for this kind of party, and nothing else (处罚法51)."""
    chosen, party, spot = facts.discretion, facts.party, facts.spot
    if spot and spot.other_penalties:
        return Refusal(
            "simple-scope",
            f"本案还应当{spot.other_penalties}，当场只能警告或者罚款。请转普通程序。",
            "行政处罚法第五十一条",
            "turn_to_ordinary",
        )
    limit = spot_limit(party.kind, today) if party else Decimal(0)
    if chosen is None or (chosen.amount or Decimal(0)) <= limit:
        return None
    return Refusal(
        "simple-scope",
        f"拟罚款 {chosen.amount or 0:f} 元，超过当场处罚的上限 {limit:f} 元。请转普通程序。",
        "行政处罚法第五十一条",
        "turn_to_ordinary",
    )


def benchmark_row_read(facts: CaseFacts, today: date) -> Refusal | None:
    """A benchmark row nobody has read carries no decision until the legal section confirmed it (shared decision 23)."""
    if facts.discretion and facts.discretion.needs_confirmation:
        return Refusal(
            "benchmark-unconfirmed",
            "本案适用的裁量基准条款来源待核对，当场不能处罚。请转普通程序，由法制机构核对。",
            "行政处罚法第三十四条",
            "turn_to_ordinary",
        )
    return None


def told_before_decision(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-oral-notice: facts, reasons, basis, content and rights are told before the decision (处罚法44、62)."""
    if facts.spot and facts.spot.is_told:
        return None
    return Refusal(
        "simple-oral-notice",
        "还没有向当事人口头告知拟处罚的内容、事实、理由、依据和权利。请先告知。",
        "行政处罚法第四十四条、第六十二条",
        "tell_orally",
    )


def heard_before_decision(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-hear: the party is heard and what was said is reviewed (处罚法45、62)."""
    spot = facts.spot
    if spot and spot.is_heard and (spot.is_reviewed or not spot.has_statement):
        return None
    return Refusal(
        "simple-hear",
        "还没有听取当事人的陈述申辩并复核。当事人没有意见的，也要记下。",
        "行政处罚法第四十五条第一款、第六十二条",
        "hear",
    )


def not_heavier_than_told(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-no-heavier: on the spot, too, never heavier than what was told (处罚法45第二款)."""
    if facts.spot is None or not facts.spot.is_told:
        return None
    told, amount = facts.spot.told_amount, facts.discretion.amount if facts.discretion else None
    if (amount or Decimal(0)) <= (told or Decimal(0)):
        return None
    return Refusal(
        "defence-no-heavier",
        f"拟罚款 {amount or 0:f} 元高于口头告知的 {told or 0:f} 元。不得因陈述申辩加重处罚。请重新裁量。",
        "行政处罚法第四十五条第二款",
        "reassess",
    )


def cash_banked(facts: CaseFacts, today: date) -> Refusal | None:
    """collect-2d: cash collected on the spot has reached the bank before the case is closed (处罚法71)."""
    waiting = {limit.code for limit in facts.limits}
    text = "当场收缴的罚款还没有缴到银行。请先登记。"
    if "collect-2d#1" in waiting:
        return Refusal("collect-2d", text, "行政处罚法第七十一条", "hand_in_cash")
    if "collect-2d#2" in waiting:
        return Refusal("collect-2d", text, "行政处罚法第七十一条", "bank_cash")
    return None


def fine_settled(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: the fine of the on-the-spot decision is paid in full."""
    due = facts.decision_amount or Decimal(0)
    if facts.paid >= due:
        return None
    return Refusal(
        "close-conditions",
        f"罚款还有 {due - facts.paid:f} 元没有缴清。请登记缴款；逾期不缴的请转执行。",
        "行政处罚法第六十七条第三款",
        "record_spot_payment",
    )
