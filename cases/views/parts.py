"""The cards of the case page for what hangs on a case: measures, hearing, servings …, each with its acts.

One function per kind makes the cards from the facts; none of them queries. A kind is listed in ``CARDS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from cases import permissions
from cases.procedure.facts import CaseFacts
from cases.procedure.no_penalty import GROUNDS
from cases.procedure.tasks import part_steps
from cases.queries.find import OpenedCase
from cases.views import remedy_cards as cards
from cases.views.card_facts import CardFacts
from cases.views.crime_cards import crime_lines
from cases.views.evidence_cards import commissions, monitoring_records
from cases.views.execution_cards import execution_cards
from cases.views.frame import step_url
from cases.views.measure_cards import measure_lines
from cases.views.serving_cards import documents_to_serve, public_requests, servings_on_their_way
from lishu_law import clock


@dataclass(frozen=True)
class PartCard:
    """One sub-object: what it is, in which state, what is known of it, and what this person may do with it.

    ``lines`` are label and text; ``acts`` title, address and article.
    """

    title: str
    state: str
    lines: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, str, str], ...] = ()
    is_money: bool = False  # what is owed: its link explains, it is no act


Maker = Callable[[CaseFacts], Iterable[CardFacts]]


REQUESTS = {
    "not_filing": "不予立案", "withdrawal": "撤销立案", "termination": "终止调查", "transfer": "移送其他机关",
    "no_penalty": "不予行政处罚", "extension": "延长办案期限", "lateness": "超期说明", "clerical": "更正文书",
}  # fmt: skip


def requests_waiting(facts: CaseFacts) -> Iterable[CardFacts]:
    """Requests of the ways off the road that wait for the squad leader or a head."""
    for one in facts.requests:
        if one.is_open:
            waiting = "待负责人审批" if one.is_endorsed else "待中队长签署"
            lines = [("提出日期", f"{one.asked_on:%Y-%m-%d}"), ("理由", one.reason)]
            if one.ground in GROUNDS:
                lines.insert(1, ("情形", GROUNDS[one.ground].title))
            if one.is_listed:
                lines.append(("法制审核", "已经审核" if one.is_reviewed else "还没有审核"))
            yield CardFacts("approval", one.id, REQUESTS[one.kind], waiting, tuple(lines))


CRIME_STATES = {
    "reported": "待局长决定", "approved": "已批准，待移送", "declined": "不批准移送", "handed_over": "待公安机关答复",
    "filed": "公安机关已立案，待移交物品", "refused": "公安机关不予立案", "objected": "已提请复议或者监督",
    "material_given": "物品和材料已移交", "ended": "已终结",
}  # fmt: skip


def suspected_crimes(facts: CaseFacts) -> Iterable[CardFacts]:
    """A suspected crime with where its transfer stands."""
    for one in facts.crimes:
        yield CardFacts("crime", one.id, "涉嫌犯罪移送", CRIME_STATES[one.state], crime_lines(one))


ORDER_STATES = {
    "": "待复查",
    "corrected": "已经改正",
    "not_corrected": "没有改正，待再复查",
    "not_possible": "无需再改正",
}


def orders_to_correct(facts: CaseFacts) -> Iterable[CardFacts]:
    """Orders to correct with the day of their re-check."""
    for one in facts.orders:
        due = f"{one.due_on:%Y-%m-%d} 前" if one.due_on else "立即"
        lines = (("作出日期", f"{one.issued_on:%Y-%m-%d}"), ("改正期限", due))
        yield CardFacts("order", one.id, "责令改正", ORDER_STATES[one.result], lines)


def of_execution(facts: CaseFacts) -> Iterable[CardFacts]:
    """The money, requests, court applications, own enforcements and agreements of an execution."""
    return (CardFacts(*one) for one in execution_cards(facts))


def recusals(facts: CaseFacts) -> Iterable[CardFacts]:
    """Withdrawals and requests for recusal, with what is still to be decided."""
    words = {"": "待决定", "granted": "回避", "refused": "不予回避"}
    for one in facts.recusals:
        lines = [("理由", one.reason), ("日期", f"{one.asked_on:%Y-%m-%d}")]
        if one.outcome == "granted":
            stand = {None: "待认定", True: "有效", False: "无效"}[one.acts_stand]
            lines.append(("回避前行为的效力", stand))
        title = f"{one.person_name}（{one.role_title}）{'自行回避' if one.origin == 'self' else '回避申请'}"
        yield CardFacts("recusal", one.id, title, words[one.outcome], tuple(lines))


def hearings(facts: CaseFacts) -> Iterable[CardFacts]:
    """Requests for a hearing, with who conducts it and when."""
    for one in facts.hearings:
        lines = [("申请人", one.applicant), ("申请日期", f"{one.requested_on:%Y-%m-%d}")]
        if one.people:
            lines.append(("听证人员", "、".join(f"{p.name}（{HEARING_ROLES[p.role]}）" for p in one.people)))
        if one.scheduled_at:
            lines.append(("时间地点", f"{clock.local(one.scheduled_at):%Y-%m-%d %H:%M}，{one.place}"))
        yield CardFacts("hearing", one.id, "听证", one.state_title, tuple(lines))


HEARING_ROLES = {"chair": "主持人", "member": "听证员", "recorder": "记录员"}


def measures(facts: CaseFacts) -> Iterable[CardFacts]:
    """Preservations, seizures and detentions, the newest last."""
    for one in facts.measures:
        yield CardFacts("measure", one.id, one.title, one.state_title, tuple(measure_lines(facts, one)))


def incidents(facts: CaseFacts) -> Iterable[CardFacts]:
    """What went wrong and is not explained yet."""
    for one in facts.incidents:
        if not one.is_explained:
            yield CardFacts("incident", one.id, "需要说明的情况", f"{one.happened_on:%m-%d}", (("情况", one.text),))


def remedies(facts: CaseFacts) -> Iterable[CardFacts]:
    """Reviews and lawsuits."""
    for one in facts.remedies:
        yield CardFacts("remedy", one.id, *cards.remedy(one))


def rulings(facts: CaseFacts) -> Iterable[CardFacts]:
    """What became of the decision."""
    for one in facts.rulings:
        yield CardFacts("ruling", one.id, *cards.ruling(one))


def corrections(facts: CaseFacts) -> Iterable[CardFacts]:
    """Requests to revoke or change the decision that wait for a leader."""
    for one in facts.approvals:
        if one.kind == "correction" and not one.outcome:
            yield CardFacts("approval", one.id, *cards.correction(one))


def papers_to_sign(facts: CaseFacts) -> Iterable[CardFacts]:
    """Papers whose signatures are taken in the system and not all there."""
    for one in facts.documents:
        if one.unsigned:
            yield CardFacts("document", one.id, f"签名：{one.full_title}", "待签名", (("还缺", one.unsigned),))


CARDS: tuple[Maker, ...] = (
    papers_to_sign,
    measures,
    incidents,
    recusals,
    hearings,
    documents_to_serve,
    servings_on_their_way,
    public_requests,
    monitoring_records,
    commissions,
    of_execution,
    requests_waiting,
    suspected_crimes,
    orders_to_correct,
    remedies,
    rulings,
    corrections,
)


def part_cards(user: Any, opened: OpenedCase) -> list[PartCard]:
    """The cards of every kind, in the order of ``CARDS``."""
    return [_card(user, opened, one) for maker in CARDS for one in maker(opened.loaded.facts)]


def part_acts(user: Any, opened: OpenedCase, part: str, part_id: int) -> tuple[tuple[str, str, str], ...]:
    """What this person may do with one sub-object: title, address, article."""
    facts = replace(opened.loaded.facts, focus=part_id)
    return tuple(
        (step.title, step_url(step.code, opened.case.clue_no, part_id), step.citation)
        for step in part_steps(facts, part)
        if permissions.can(user, step.action, opened.subject)
    )


def _card(user: Any, opened: OpenedCase, one: CardFacts) -> PartCard:
    acts = part_acts(user, opened, one.part, one.id)
    if one.part == "money":
        acts = (("金额和期限怎么算的", reverse("case-amount", args=[opened.case.clue_no]), "行政处罚法第七十二条"),)
    return PartCard(one.title, one.state, one.lines, acts, is_money=one.part == "money")
