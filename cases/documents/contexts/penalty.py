"""违法行为通知书 and 行政处罚决定书: the same facts, articles and benchmark paragraph, told before and decided after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.documents import shapes
from cases.documents.contexts.report import evidence_lines
from cases.models import Attendance, DefenceKind, Hearing
from cases.queries.facts import LoadedCase
from cases.queries.narrative import provisions
from cases.queries.penalties import confiscated_of, orders_of, penalties_of, penalty_words
from lishu_law.documents.blocks import day, paragraphs, party_block
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
        planned_penalty=penalty_words(chosen),
        has_defence_right=True,
        has_hearing_right=hearing_offered,
        address=organ.address,
        postcode=organ.postcode,
        contact=organ.contact_name,
        phone=organ.phone,
        organ=organ.name,
        issued_on=day(doing.today),
    )


def decision_parts(loaded: LoadedCase, doing: Any) -> DecisionParts:
    """What the decision says, from the approved report and the frozen discretion."""
    case, chosen = loaded.case, loaded.case.discretion
    breached, basis = provisions(case)
    return DecisionParts(
        penalty_types=list(dict.fromkeys(one.kind for one in penalties_of(chosen))),
        facts=case.report.facts,
        breached=breached,
        basis=basis,
        discretion_text=chosen.result["decision_text"],
        result_text=penalty_words(chosen),
    )


def penalty_decision(loaded: LoadedCase, doing: Any, parts: DecisionParts) -> shapes.DecisionData:
    """M15: six statutory items, the benchmark and its reasons, the answer to the defence, payment and remedies."""
    case, chosen, today = loaded.case, loaded.case.discretion, doing.today
    return shapes.DecisionData(
        party=party_block(case.known_party, today),
        facts=paragraphs(parts.facts),
        evidence=evidence_lines(loaded),
        defence=defence_words(loaded),
        discretion=[parts.discretion_text],
        act=case.violation,
        breached=parts.breached,
        basis=parts.basis,
        penalty=[f"{one.text}。" for one in penalties_of(chosen)],
        payment=bank_payment(today, chosen) if chosen.amount else None,
        other_performance=measures_words(chosen),
        review_organ=DEFAULT_PARAMETERS.value("review_organ.name", today),
        court=DEFAULT_PARAMETERS.value("court.name", today),
        organ=case.authority.name,
        decided_on=day(today),
    )


def measures_words(chosen: Any) -> str:
    """What accompanies the penalty (处罚法28: 责令改正)."""
    found = orders_of(chosen)
    return f"{'；'.join(found)}。" if found else ""


def bank_payment(on: date, chosen: Any) -> shapes.Payment:
    value = DEFAULT_PARAMETERS.value
    return shapes.Payment(
        what="罚款和没收的违法所得" if confiscated_of(chosen) else "罚款",
        bank=value("payment.bank", on),
        account_name=value("bureau.name", on),
        account=value("payment.account", on),
    )


def defence_words(loaded: LoadedCase) -> list[str]:
    """What the party pleaded and why it was (not) adopted (处罚法45; decide-reason)."""
    defence, notice = loaded.part("defence"), loaded.facts.notice
    served = day(notice.served_on) if notice and notice.served_on else ""
    told = f"本机关于{served}向当事人送达《违法行为通知书》，告知拟处罚的事实、理由、依据、内容及其享有的权利。"
    heard = _hearing_words(loaded)
    if defence is None or (defence.kind == DefenceKind.NONE and heard):
        return [told, *heard]
    if defence.kind == DefenceKind.NONE:
        asked = "，也没有要求听证" if notice and notice.hearing_offered and not loaded.facts.hearing else ""
        return [f"{told}当事人在规定期限内未陈述、申辩{asked}。"]
    if defence.kind == DefenceKind.WAIVER:
        return [f"{told}当事人书面放弃陈述、申辩的权利。"]
    return [
        f"{told}当事人{defence.get_kind_display()[:2]}提出：{'；'.join(paragraphs(defence.content))}",
        "经复核，本机关答复如下：",
        *paragraphs(defence.review),
        *heard,
    ]


def _hearing_words(loaded: LoadedCase) -> list[str]:
    """That a hearing was asked for, and what its transcript led to (处罚法65)."""
    hearing = loaded.facts.hearing
    if hearing is None or not hearing.was_held or hearing.ended_on is None:
        return []
    row = Hearing.objects.get(pk=hearing.id)
    if hearing.attendance != Attendance.ATTENDED:
        return [f"当事人申请听证，{day(hearing.ended_on)}听证时{row.get_attendance_display()}，视为放弃听证权利。"]
    return [
        f"当事人申请听证，本机关于{day(hearing.ended_on)}举行听证，听取了当事人的申辩和质证。根据听证笔录：",
        *paragraphs(row.conclusion),
    ]
