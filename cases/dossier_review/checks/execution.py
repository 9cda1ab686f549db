"""34–38: serving of the decision, payment, deferral, demand and court, publication."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cases.dossier_review.dossier import Delivery, Dossier
from cases.dossier_review.finding import Finding
from cases.procedure.closing import IMPOSSIBLE, REVOKED, closing_kind
from cases.procedure.states import State
from lishu_law.law.limits import compute

_LATE = frozenset({State.OVERDUE, State.ENFORCEMENT})
_OWN_WAYS = frozenset({"bank", "electronic", "court", "auction"})
_SPOT = frozenset({"within_100", "hard", "remote"})


def serving(d: Dossier) -> Iterator[Finding]:
    """34: within seven working days, after the decision, every receipt complete (处罚法61; 民诉87–95)."""
    decision = d.decision
    if decision is not None:
        served, due = d.served_on(decision), compute("serve-7d", decision.sealed_on).due
        firsts = [one.served_on for one in d.deliveries if one.paper == decision.id]
        started = min(firsts, default=None)
        if served is None and (d.is_closed or (d.today > due and started is None)):
            text = f"{decision.name}没有在 {due:%Y-%m-%d} 前送达。请立即送达。"
            yield Finding("34", "decision-not-served", text, decision.name, "serve_decision")
        if started is not None and started > due:
            text = f"{decision.name}应当在 {due:%Y-%m-%d} 前送达，{started:%Y-%m-%d} 才送达。"
            yield Finding("34", "served-late", text, decision.name, "")
        if served is not None and served < decision.sealed_on:
            text = f"{decision.name}送达 {served:%Y-%m-%d} 早于决定 {decision.sealed_on:%Y-%m-%d}。请核对回证。"
            yield Finding("34", "served-before-decision", text, decision.name, "")
    for one in d.deliveries:
        if one.effective_on is not None and one.is_for_party:
            yield from _receipt(d, one)


def _receipt(d: Dossier, one: Delivery) -> Iterator[Finding]:
    where = f"《{one.title}》送达回证"
    if one.method in {"direct", "entrusted", "transferred"} and not one.receiver:
        yield Finding("34", "no-receiver", f"{where}没有收件人签名。请补签。", where, "")
    if one.method == "direct" and not one.relation:
        yield Finding("34", "no-relation", f"{where}没有注明收件人与受送达人的关系。请补充。", where, "")
    if one.method in {"direct", "left"} and not one.place:
        yield Finding("34", "no-serving-place", f"{where}没有写明送达地点。请补充。", where, "")
    if one.method == "left" and not (one.refusal_reason and (one.witness or one.has_proof)):
        text = f"{where}留置送达没有写明拒收事由，或者没有见证人、影像。请补充。"
        yield Finding("34", "left-without-witness", text, where, "")
    if one.method == "mail" and not (one.reference and one.has_receipt):
        yield Finding("34", "no-mail-slip", f"{where}邮寄送达没有邮件编号或者回执。请补充。", where, "complete_serving")
    if one.method == "electronic" and not any(
        address.accepts_electronic and address.signed_on <= one.served_on for address in d.facts.addresses
    ):
        text = f"{where}电子送达以前没有当事人同意的地址确认书。请补充。"
        yield Finding("34", "no-electronic-consent", text, where, "confirm_address")
    tried = [other for other in d.deliveries if other.paper == one.paper and other.outcome == "failed"]
    if one.method == "public" and not (one.note and (tried or "下落不明" in one.note)):
        text = f"{where}公告送达没有写明原因，或者没有以前送达未成的记录。请补充。"
        yield Finding("34", "public-without-reason", text, where, "")


def payments(d: Dossier) -> Iterator[Finding]:
    """35: through the bank, a receipt for the very sum, after the decision (处罚法67、74)."""
    spot = d.facts.spot
    for one in d.receipts:
        if one.channel == "spot" and (spot is None or spot.payment_way not in _SPOT):
            text = f"票据{one.number}是执法人员当场收缴，没有法定的理由。"
            yield Finding("35", "collected-by-officers", text, one.number, "")
        if not one.number.strip():
            yield Finding("35", "no-receipt-number", "缴款没有票据编号。请补充。", "缴款", "")
        if d.decided_on and one.paid_on < d.decided_on:
            text = f"票据{one.number}日期 {one.paid_on:%Y-%m-%d} 早于决定 {d.decided_on:%Y-%m-%d}。请核对。"
            yield Finding("35", "paid-before-decision", text, one.number, "")
    amount = d.decision.amount if d.decision else None
    total = sum((one.amount for one in d.receipts), Decimal(0))
    if amount and d.is_closed and not _ends_unpaid(d) and total != amount:
        text = f"决定罚款 {amount:f} 元，票据合计 {total:f} 元，数额不一致。请核对票据。"
        yield Finding("35", "paid-sum-differs", text, "缴款票据", "record_payment")


def _ends_unpaid(d: Dossier) -> bool:
    """Closed lawfully without the whole sum: at a court, not to be enforced any more, or the decision revoked."""
    return bool(d.facts.execution.courts) or closing_kind(d.facts, d.today) in {IMPOSSIBLE, REVOKED}


def deferral(d: Dossier) -> Iterator[Finding]:
    """36: the plan adds up and is on paper; the additional fine never exceeds the fine (处罚法66、72; 强制法45)."""
    amount = d.decision.amount if d.decision else None
    for one in d.facts.execution.deferrals:
        if not d.all("deferral_notice"):
            text = "批准了延期或者分期缴纳，没有通知书。请制作并送达。"
            yield Finding("36", "no-deferral-notice", text, "延期、分期缴纳", "case")
        if one.instalments and one.approved_on > min(line.due_on for line in one.instalments):
            text = "延期、分期缴纳在应缴日期以后才批准。请核对。"
            yield Finding("36", "deferral-after-due", text, "延期、分期缴纳", "")
    additional = sum((one.additional for one in d.receipts), Decimal(0))
    if amount is not None and additional > amount:
        text = f"加处罚款 {additional:f} 元超过罚款本金 {amount:f} 元。应当退还多收的部分。"
        yield Finding("36", "surcharge-over-cap", text, "缴款票据", "record_refund")
    if additional and not d.facts.execution.announced:
        yield Finding(
            "36", "surcharge-unannounced", "决定书没有告知加处罚款，却收取了加处罚款。", "缴款票据", "record_refund"
        )


def overdue(d: Dossier) -> Iterator[Finding]:
    """37: a demand, ten working days, then the court inside its window (强制法53、54)."""
    if d.facts.state not in _LATE:
        return
    demand, court = d.facts.execution.demand, d.facts.execution.court
    start = d.limit("pay-15d")
    if demand is None and start is not None and (d.today - start.due).days > 30:
        text = f"缴款期限 {start.due:%Y-%m-%d} 已过三十日，没有催告。请制作催告书。"
        yield Finding("37", "no-demand", text, "催告书", "issue_demand")
    if court is not None and court.filed_on and demand is not None:
        paper = next((one for one in d.papers if one.id == demand.document_id), None)
        served = d.served_on(paper) if paper else None
        if served is None or court.filed_on <= compute("enforce-urge-10d", served).due:
            text = "催告书送达满十个工作日以前就申请了法院强制执行。"
            yield Finding("37", "court-before-demand", text, "强制执行申请书", "")
    window = next((one for one in d.limits if one.code.startswith("enforce-court-3m") and one.state == "running"), None)
    if window is not None and d.today > window.due and (court is None or court.filed_on is None):
        text = f"申请法院强制执行的期限 {window.due:%Y-%m-%d} 已过，没有申请。请报告负责人。"
        yield Finding("37", "court-window-missed", text, "强制执行", "request_court")


def publication(d: Dossier) -> Iterator[Finding]:
    """38: public within seven working days of the decision (国办发〔2018〕118号)."""
    decided, shown = d.decided_on, d.facts.disclosed_on
    if decided is None or d.all("no_penalty_decision"):
        return
    due = compute("pub-7wd", decided).due
    if shown is not None and shown > due:
        yield Finding("38", "published-late", f"应当在 {due:%Y-%m-%d} 前公示，{shown:%Y-%m-%d} 才公示。", "公示", "")
    if shown is not None and shown < decided:
        text = f"公示 {shown:%Y-%m-%d} 早于决定 {decided:%Y-%m-%d}。请核对。"
        yield Finding("38", "published-before-decision", text, "公示", "")
    if shown is None and (d.is_closed or d.today > due):
        yield Finding("38", "not-published", f"决定没有在 {due:%Y-%m-%d} 前公示。请公示审核员处理。", "公示", "")
