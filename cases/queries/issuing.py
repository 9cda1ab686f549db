"""Decisions signed and not yet issued, and the batches they are issued in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cases.models import Case, Document, IssueBatch, IssueItem, ItemOutcome, SignatureState, SignedApproval
from cases.procedure.facts import CaseFacts
from cases.procedure.states import TITLES, State
from lishu_law import clock
from lishu_law.documents.models import PdfState
from lishu_law.errors import NotFound

LAW = "行政处罚法第五十七条第一款"
MOST = 100  # decisions of one batch
SHOWN = 200  # signed decisions looked at
RECENT = 10  # batches


@dataclass(frozen=True)
class Signed:
    """One signed decision. ``why_not``: what keeps it from being issued now; ``fix`` leads to the cure."""

    signature: SignedApproval
    why_not: str = ""
    fix: str = ""

    @property
    def reference(self) -> str:
        return self.signature.reference

    @property
    def case(self) -> Case:
        return self.signature.case


def signed_by(user: Any) -> list[Signed]:
    """What this person signed and has not issued, longest waiting first. What left the stage meanwhile is not shown."""
    waiting = SignedApproval.objects.filter(by=user, state=SignatureState.WAITING)
    return signed_rows(waiting.filter(case__state=State.DECISION_APPROVAL).order_by("pk")[:SHOWN])


def signed_rows(rows: QuerySet[SignedApproval]) -> list[Signed]:
    """Each with what keeps it from being issued, in one statement."""
    under_way = IssueItem.objects.filter(signature=OuterRef("pk"), state=ItemOutcome.WAITING)
    found = rows.select_related("case__party", "case__discretion", "by").annotate(is_under_way=Exists(under_way))
    return [_judged(one) for one in found]


def _judged(signature: SignedApproval) -> Signed:
    case = signature.case
    if signature.state == SignatureState.ISSUED:
        return Signed(signature, "已经制发，没有重复制发。", "case")
    if signature.is_under_way:  # type: ignore[attr-defined]  # annotated
        return Signed(signature, "已经列入一批，正在制发。", "batches")
    if State(case.state) != State.DECISION_APPROVAL:
        return Signed(signature, f"案件现在处于“{TITLES[State(case.state)]}”，不在决定审批阶段。", "case")
    if signature.state != SignatureState.WAITING or signature.version != case.version:
        return Signed(signature, "签署以后案件有改动，这一次签署不再适用。请重新查看案卷并审批。", "approve_decision")
    return Signed(signature)


def unsigned_count(cases: QuerySet[Case]) -> int:
    """How many of these cases wait for the approval of their decision and have no signature that waits, up to a cap."""
    waiting = cases.filter(state=State.DECISION_APPROVAL).exclude(is_signed())
    return waiting.order_by().values("pk")[:1000].count()


def is_signed() -> Exists:
    """Of a case: is its decision signed as the case stands now, and waits only to be issued?"""
    signed = SignedApproval.objects.filter(case=OuterRef("pk"), version=OuterRef("version"))
    return Exists(signed.filter(state=SignatureState.WAITING))


def signed_words(facts: CaseFacts, version: int) -> str:
    """Who signed the decision of this case and when, for whoever may approve it too; empty where nobody did.

    ``version`` is that of the case: a signature given before a change of the case is none.
    """
    if facts.state != State.DECISION_APPROVAL:
        return ""
    for one in facts.signed:
        if one.version == version:
            at = clock.local(one.at)
            return f"{one.by} {at:%Y-%m-%d %H:%M} 已签署，待制发；再次审批将代替这一次签署。"
    return ""


@dataclass(frozen=True)
class BatchLine:
    """A batch in numbers."""

    batch: IssueBatch
    total: int
    issued: int
    failed: int

    @property
    def is_busy(self) -> bool:
        return self.issued + self.failed < self.total


def batches_of(user: Any) -> list[BatchLine]:
    """This person's newest batches."""
    return [_line(one) for one in _counted(IssueBatch.objects.filter(asked_by=user)).order_by("-pk")[:RECENT]]


def _counted(batches: QuerySet[IssueBatch]) -> QuerySet[IssueBatch]:
    return batches.annotate(
        total=Count("items"),
        issued=Count("items", filter=Q(items__state=ItemOutcome.ISSUED)),
        failed=Count("items", filter=Q(items__state=ItemOutcome.FAILED)),
    )


def _line(batch: Any) -> BatchLine:
    return BatchLine(batch, batch.total, batch.issued, batch.failed)


@dataclass(frozen=True)
class ItemRow:
    """One decision of a batch with the state of its paper."""

    item: IssueItem
    document: Document | None

    @property
    def case(self) -> Case:
        return self.item.signature.case

    @property
    def is_drawn(self) -> bool:
        return self.document is not None and self.document.pdf_state == PdfState.DONE


@dataclass(frozen=True)
class BatchPage:
    line: BatchLine
    rows: list[ItemRow]

    @property
    def drawn(self) -> int:
        return sum(row.is_drawn for row in self.rows)

    @property
    def waits_for_papers(self) -> bool:
        """Is a paper of this batch still to be drawn?"""
        undone = {PdfState.WAITING, PdfState.RENDERING}
        return any(row.document is not None and row.document.pdf_state in undone for row in self.rows)


def batch_page(user: Any, reference: str) -> BatchPage:
    """One batch of this person; ``NotFound`` for anybody else's."""
    batch = _counted(IssueBatch.objects.filter(asked_by=user, reference=reference)).first()
    if batch is None:
        raise NotFound
    items = batch.items.select_related("signature__case__party").order_by("pk")
    issued = items.filter(state=ItemOutcome.ISSUED)
    papers = Document.objects.filter(code="penalty_decision", number__in=issued.values("number"))
    papers = papers.filter(case__in=issued.values("signature__case"))
    by_number = {one.number: one for one in papers.defer("data")}
    return BatchPage(_line(batch), [ItemRow(item, by_number.get(item.number)) for item in items])


def next_items(limit: int) -> list[int]:
    """Items to be issued, the oldest batch first, in the order they were chosen."""
    waiting = IssueItem.objects.filter(state=ItemOutcome.WAITING)
    return list(waiting.order_by("batch_id", "pk").values_list("pk", flat=True)[:limit])


def papers_to_draw(item_id: int) -> list[int]:
    """What the issuing of this item left to be drawn."""
    found = Document.objects.filter(case__signed_approvals__items=item_id, pdf_state=PdfState.WAITING)
    return list(found.order_by("pk").values_list("pk", flat=True))
