"""A decision that stands on a numbered blank form already: its number, its day, and what must fit (处罚法52)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.actions.blanks import lock_blank
from cases.actions.doing import Doing, is_rehearsed
from cases.actions.late_entry import followed
from cases.models import BlankNumber, Document, NumberEnd
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import StoredFile

LAW = "行政处罚法第五十二条第一款"


@dataclass(frozen=True)
class PaperDecision:
    """What was written without network: the number, when, why so, the scan, and that it says the same as the record."""

    blank_id: int
    written_at: datetime
    reason: str
    scan: StoredFile | None
    is_same: bool


def paper_blank(doing: Doing, paper: PaperDecision) -> BlankNumber:
    """The locked number of the form. Raises ``Refused`` with everything that does not fit."""
    blank = lock_blank(paper.blank_id, doing.by, "blank.use")
    if refusals := [*_number_gaps(doing, blank, paper), *_paper_gaps(paper), *_time_gaps(doing, blank, paper)]:
        raise Refused(refusals)
    return blank


def _number_gaps(doing: Doing, blank: BlankNumber, paper: PaperDecision) -> list[Refusal]:
    refusals, lease = [], blank.lease
    if blank.end != NumberEnd.OPEN:
        text = f"{blank.number}已经登记为“{blank.get_end_display()}”，不能再用。请核对纸质文书上的号码。"
        refusals.append(Refusal("decide-number-unique", text, LAW, "blank"))
    officers = {one.user_id for one in doing.loaded.current_officers}
    if lease.holder_id not in officers:
        text = f"{blank.number}由{lease.holder.full_name}领用，不是本案的执法人员。请核对号码。"
        refusals.append(Refusal("decide-number-unique", text, LAW, "blank"))
    if not lease.leased_at <= paper.written_at <= lease.valid_until:
        text = (
            f"{blank.number}的领用期间是 {clock.local(lease.leased_at):%Y-%m-%d %H:%M} 至 "
            f"{clock.local(lease.valid_until):%Y-%m-%d %H:%M}，填写时间不在里面。请核对。"
        )
        refusals.append(Refusal("decide-number-unique", text, LAW, "written_at"))
    return refusals


def _paper_gaps(paper: PaperDecision) -> list[Refusal]:
    refusals = []
    if not paper.reason.strip():
        text = "请写明为什么当时没有在系统里作决定，例如：现场没有网络。"
        refusals.append(Refusal("insp-offline", text, "", "paper_reason"))
    if paper.scan is None and not is_rehearsed():
        refusals.append(Refusal("insp-offline", "请上传纸质决定书的照片或者扫描件。", LAW, "scan"))
    if not paper.is_same:
        text = "请逐项核对，系统里的事实、依据、数额要与纸质决定书一致，再勾选。不一致的请先改裁量。"
        refusals.append(Refusal("insp-offline", text, LAW, "is_same"))
    return refusals


def _time_gaps(doing: Doing, blank: BlankNumber, paper: PaperDecision) -> list[Refusal]:
    refusals, case = [], doing.case
    if paper.written_at > doing.at:
        refusals.append(Refusal("insp-offline", "纸质决定书的填写时间在现在之后，请核对。", "", "written_at"))
    if paper.written_at < case.act_at:
        text = "纸质决定书的填写时间早于违法行为的时间，请核对。"
        refusals.append(Refusal("insp-offline", text, "", "written_at"))
    elif follows := followed(doing.step.code, doing.loaded.steps):
        refusals += follows.gap(paper.written_at, "written_at")
    days = int(DEFAULT_PARAMETERS.number("offline.hard_stop_days", doing.today))
    if doing.at > paper.written_at + timedelta(days=days) and blank.late_allowed_by_id is None:
        text = f"已经过了 {days} 日的补录期限。请中队长在号码登记页写明理由、准予补录，再来补录。"
        refusals.append(Refusal("insp-offline", text, "", "blank"))
    return refusals


def use_blank(blank: BlankNumber, paper: PaperDecision, *, document: Document, by: Any, at: datetime) -> None:
    """The number ends as used, with the paper's time and the time of entering. The decision's own act is journaled."""
    if paper.scan is None:
        return  # a rehearsal, to which no file came along: the number stays open anyway
    blank.end, blank.ended_at, blank.ended_by = NumberEnd.USED, at, by
    blank.reason, blank.written_at = paper.reason.strip()[:300], paper.written_at
    blank.document, blank.scan = document, paper.scan
    blank.save(update_fields=["end", "ended_at", "ended_by", "reason", "written_at", "document", "scan"])
