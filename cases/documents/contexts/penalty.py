"""违法行为通知书 and 行政处罚决定书: the same facts, articles and benchmark paragraph, told before and decided after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import day, money, paragraphs, party_block
from cases.documents.contexts.report import live_evidence
from cases.models import DefenceKind
from cases.queries.facts import LoadedCase
from cases.queries.narrative import provisions
from lishu_law.law.parameters import DEFAULT_PARAMETERS


@dataclass(frozen=True)
class DecisionParts:
    """The decision's own texts, stored with it and printed from it."""

    penalty_types: list[str]
    facts: str
    breached: str
    basis: str
    discretion_text: str
    result_text: str


def prior_notice(loaded: LoadedCase, doing: Any, *, hearing_offered: bool) -> shapes.NoticeData:
    """M11: concrete kind and amount, clauses, benchmark tier with reasons, and the rights as computed."""
    case, organ, chosen = loaded.case, loaded.case.authority, loaded.case.discretion
    breached, basis = provisions(case)
    return shapes.NoticeData(
        party=party_block(case.known_party, doing.today),
        act=case.violation,
        facts=paragraphs(case.report.facts),
        breached=breached,
        basis=basis,
        discretion=[chosen.result["notice_text"]],
        planned_penalty=_fine(chosen),
        has_defence_right=True,
        has_hearing_right=hearing_offered,
        address=organ.address,
        postcode=organ.postcode,
        contact=organ.contact_name,
        phone=organ.phone,
        organ=organ.name,
        issued_on=day(doing.today),
    )


def _fine(chosen: Any) -> str:
    return f"罚款{money(chosen.amount)}" if chosen.amount else "警告"


def decision_parts(loaded: LoadedCase, doing: Any) -> DecisionParts:
    """What the decision says, from the approved report and the frozen discretion."""
    case, chosen = loaded.case, loaded.case.discretion
    breached, basis = provisions(case)
    return DecisionParts(
        penalty_types=["02"] if chosen.amount else ["01"],
        facts=case.report.facts,
        breached=breached,
        basis=basis,
        discretion_text=chosen.result["decision_text"],
        result_text=_fine(chosen),
    )


def penalty_decision(loaded: LoadedCase, doing: Any, parts: DecisionParts) -> shapes.DecisionData:
    """M15: six statutory items, the benchmark and its reasons, the answer to the defence, payment and remedies."""
    case, chosen, today = loaded.case, loaded.case.discretion, doing.today
    return shapes.DecisionData(
        party=party_block(case.known_party, today),
        facts=paragraphs(parts.facts),
        evidence=[
            f"{item.title}（{item.get_kind_display()}），{item.purpose.rstrip('。')}。"
            for item in live_evidence(loaded)
        ],
        defence=defence_words(loaded),
        discretion=[parts.discretion_text],
        act=case.violation,
        breached=parts.breached,
        basis=parts.basis,
        penalty=[parts.result_text],
        payment=_payment(today) if chosen.amount else None,
        other_performance=_measures(chosen),
        review_organ=DEFAULT_PARAMETERS.value("review_organ.name", today),
        court=DEFAULT_PARAMETERS.value("court.name", today),
        organ=case.authority.name,
        decided_on=day(today),
    )


def _measures(chosen: Any) -> str:
    """What accompanies the penalty (处罚法28: 责令改正)."""
    measures = chosen.result["assessment"]["measures"]
    return f"{'；'.join(measures)}。" if measures else ""


def _payment(on: date) -> shapes.Payment:
    value = DEFAULT_PARAMETERS.value
    return shapes.Payment(
        bank=value("payment.bank", on), account_name=value("bureau.name", on), account=value("payment.account", on)
    )


def defence_words(loaded: LoadedCase) -> list[str]:
    """What the party pleaded and why it was (not) adopted (处罚法45; decide-reason)."""
    defence, notice = loaded.case.defence, loaded.facts.notice
    served = day(notice.served_on) if notice and notice.served_on else ""
    told = f"本机关于{served}向当事人送达《违法行为通知书》，告知拟处罚的事实、理由、依据、内容及其享有的权利。"
    if defence.kind == DefenceKind.NONE:
        return [f"{told}当事人在规定期限内未陈述、申辩。"]
    if defence.kind == DefenceKind.WAIVER:
        return [f"{told}当事人书面放弃陈述、申辩的权利。"]
    verdict = "经复核，本机关予以采纳" if defence.is_adopted else "经复核，本机关不予采纳"
    return [
        f"{told}当事人{defence.get_kind_display()[:2]}提出：{defence.content}",
        f"{verdict}。理由：{defence.review}",
    ]
