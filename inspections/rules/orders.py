"""责令改正 and what follows: the order belongs to a result that asks for one, the recheck ends it, and a result left open
ends as R5 or R9 (§7).
"""

from __future__ import annotations

from datetime import date, timedelta

from inspections.rules.periods import citation
from lishu_law.errors import Refusal

ORDERED_RESULTS = frozenset({"R2", "R5"})
WITHOUT_PROBLEM = frozenset({"R1", "R7"})
PENDING = "R8"
PENDING_ENDS = frozenset({"R5", "R9"})


def order_fits(result_code: str, what: str, due_on: date | None, today: date) -> list[Refusal]:
    """A result 已责令改正 names what and by when; where nothing was found nothing is ordered."""
    has_order = bool(what.strip() or due_on)
    if result_code in WITHOUT_PROBLEM and has_order:
        return [Refusal("insp-order", "没有发现问题，不能责令改正。请改检查结果，或者去掉整改要求。", "", "order_what")]
    if result_code not in ORDERED_RESULTS and not has_order:
        return []
    found = []
    if not what.strip():
        found.append(Refusal("insp-order", "责令改正的，请写明要改正什么。", "", "order_what"))
    if due_on is None:
        found.append(Refusal("insp-order", "责令改正的，请写明最晚哪一天改好。到那天要复查。", "", "order_due"))
    elif due_on < today:
        found.append(Refusal("insp-order", "改正期限已经过了，请核对日期。", "", "order_due"))
    return found


def may_recheck(is_ordered: bool, is_ended: bool, waiting: str) -> list[Refusal]:
    """A recheck looks at an order that is still open, and one at a time. ``waiting``: the number of one that is filed."""
    if not is_ordered:
        return [Refusal("insp-recheck", "这次检查没有责令改正，不用复查。", "", "")]
    if is_ended:
        return [Refusal("insp-recheck", "这份责令改正已经复查过了，不用再报备复查。", "", "")]
    if waiting:
        return [Refusal("insp-recheck", f"复查已经报备（{waiting}），不用再报。请按那份备案去复查。", "", "")]
    return []


def order_end(result_code: str) -> str:
    """What the result of a recheck says of the order: corrected, again, case; empty while it is still open."""
    if result_code in WITHOUT_PROBLEM:
        return "corrected"
    return {"R2": "again", "R5": "again", "R9": "case", "R3": "case", "R6": "case", "R10": "corrected"}.get(
        result_code, ""
    )


def pending_due(finished_on: date, days: int) -> date:
    """The last day on which a result left open may end: the day of the visit does not count."""
    return finished_on + timedelta(days=days)


def pending_may_end(result_code: str, is_ended: bool, ends_as: str) -> list[Refusal]:
    """Only a result left open ends, once, as R5 or R9."""
    if result_code != PENDING or is_ended:
        return [Refusal("insp-pending", "这次检查没有待后续处理的结果，不用登记后续处理。", "", "")]
    if ends_as not in PENDING_ENDS:
        text = "待后续处理的，只能以“已责令改正”或者“移送立案”结束。请重新选择。"
        return [Refusal("insp-pending", text, citation("insp-record"), "result_code")]
    return []
