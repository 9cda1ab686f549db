"""撤销(变更)行政处罚决定书 (S35) and 行政复议答复书/转送函 (S41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from cases.documents import shapes
from cases.documents.contexts.report import live_evidence
from cases.models import Decision, Remedy
from cases.procedure.states import State
from cases.queries.facts import LoadedCase
from lishu_law.documents.blocks import day, money, paragraphs, party_block
from lishu_law.law.parameters import DEFAULT_PARAMETERS


class Proposed(Protocol):
    """What the correction says, however it was typed."""

    @property
    def effect(self) -> str: ...
    @property
    def error(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def new_amount(self) -> Decimal | None: ...
    @property
    def back_to(self) -> str: ...


@dataclass(frozen=True)
class Revocation:
    """A correction that was approved: what it says, of which decision, what goes back, on which day."""

    proposed: Proposed
    old: Decision
    refund: Decimal | None
    on: date


def changed_result(amount: Decimal | None) -> str:
    """The penalty after a change, in the words of a decision."""
    return f"罚款{money(amount)}" if amount else "警告"


def revocation_decision(loaded: LoadedCase, one: Revocation) -> shapes.RevocationData:
    """S35: the old decision, its error, the basis, what happens instead, what goes back, and the remedies."""
    case, old, value = loaded.case, one.old, DEFAULT_PARAMETERS.value
    refund = ""
    if one.refund:
        refund = f"你方已缴的{money(one.refund)}不再应缴，由本机关通过财政部门退还。"
    return shapes.RevocationData(
        party=party_block(case.known_party, one.on),
        original=f"本机关于{day(old.decided_on)}作出《行政处罚决定书》（{old.number}），决定给予{old.result_text}的行政处罚。",
        error=paragraphs(one.proposed.error),
        basis=one.proposed.basis,
        handling=_handling(one.proposed, old),
        refund=refund,
        review_organ=value("review_organ.name", one.on),
        court=value("court.name", one.on),
        organ=case.authority.name,
        decided_on=day(one.on),
    )


def _handling(proposed: Proposed, old: Decision) -> list[str]:
    if proposed.effect == "change":
        return [f"将原决定的处罚内容变更为：{changed_result(proposed.new_amount)}。原决定的其他内容不变。"]
    if proposed.effect == "revoke":
        return [f"撤销《行政处罚决定书》（{old.number}）。原决定不再执行。"]
    start = "重新调查" if proposed.back_to == State.INVESTIGATION else "重新履行告知程序"
    return [f"撤销《行政处罚决定书》（{old.number}）。原决定不再执行。本机关将{start}后，依法另行作出决定。"]


def review_reply(loaded: LoadedCase, remedy: Remedy, answer: str, on: date) -> shapes.ReviewReplyData:
    """S41 as reply: what the bureau answers, with the evidence it had when it decided and the norms it applied."""
    reference = f"（{remedy.reference}）" if remedy.reference else ""
    return _letter(
        loaded, remedy, on, heading="行政复议答复书", answer=paragraphs(answer),
        opening=f"申请人{remedy.applicant}不服本机关《行政处罚决定书》（{remedy.decision.number}）申请行政复议一案{reference}，"
        f"本机关于{day(remedy.copy_on or remedy.received_on)}收到复议申请书副本，现答复如下：",
    )  # fmt: skip


def forwarding_letter(loaded: LoadedCase, remedy: Remedy, opinion: str, on: date) -> shapes.ReviewReplyData:
    """S41 as letter: the bureau upholds its decision and sends the request on."""
    return _letter(
        loaded, remedy, on, heading="行政复议申请转送函", answer=paragraphs(opinion),
        opening=f"申请人{remedy.applicant}不服本机关《行政处罚决定书》（{remedy.decision.number}），于{day(remedy.received_on)}通过"
        "本机关提交行政复议申请。经审查，本机关维持原决定，现将申请材料转送你机关。本机关的答复意见：",
    )  # fmt: skip


def _letter(
    loaded: LoadedCase, remedy: Remedy, on: date, *, heading: str, answer: list[str], opening: str
) -> shapes.ReviewReplyData:
    organ = loaded.case.authority.name
    return shapes.ReviewReplyData(
        heading=heading,
        review_organ=remedy.organ,
        reference=remedy.reference,
        applicant=remedy.applicant,
        respondent=organ,
        opening=opening,
        answer=answer,
        tables=[shapes.FormTable(
            title="证据依据清单", columns=["序号", "名称", "种类", "证明内容或者适用内容"], rows=_exhibits(loaded, remedy)
        )],
        organ=organ,
        issued_on=day(on),
    )  # fmt: skip


def _exhibits(loaded: LoadedCase, remedy: Remedy) -> list[list[str]]:
    """Evidence collected before the decision, then the norms: what came later does not count."""
    decision = remedy.decision
    found = [
        [item.title, item.get_kind_display(), item.purpose]
        for item in live_evidence(loaded)
        if item.added_at <= decision.approved_at
    ]
    norms = [[decision.breached, "违反条款", "认定违法行为"], [decision.basis, "处罚依据", "作出处罚决定"]]
    return [[str(number), *row] for number, row in enumerate([*found, *norms], start=1)]
