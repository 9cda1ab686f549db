"""The states of a filed inspection and what moves it from one to the next (standards/inspection.md §3), as a table.

The actions ask their row whether they may act, and the public flow chart is drawn from the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from inspections.models import FilingState

S = FilingState
OFFICERS, APPROVER, CALENDAR = "执法人员", "批准人", "到期自动"


@dataclass(frozen=True)
class Move:
    """One row. No ``from_states``: how an inspection begins. ``rules`` are ids of the rule table."""

    title: str
    from_states: tuple[FilingState, ...]
    to_state: FilingState
    actor: str
    rules: tuple[str, ...] = ()
    back_to: FilingState | None = None


SUBMIT = Move(
    "提交报备", (), S.SUBMITTED, OFFICERS, ("insp-file-app", "insp-two", "insp-item-public", "insp-frequency")
)
REPORT_AFTERWARDS = Move("紧急情况先查后报", (), S.STARTED, OFFICERS, ("insp-exempt-only", "insp-exempt-papers"))
SUBMIT_AGAIN = Move("重新报备", (S.RETURNED,), S.SUBMITTED, OFFICERS)
CONSENT = Move("审核", (S.SUBMITTED,), S.SUBMITTED, "法制审核员", ("insp-retaliation",), S.RETURNED)
APPROVE = Move("审批", (S.SUBMITTED,), S.FILED, APPROVER, ("insp-approve", "insp-approve-apart"), S.RETURNED)
START = Move("开始检查", (S.FILED,), S.STARTED, OFFICERS, ("insp-start-window", "insp-scan", "insp-person"))
SUSPEND = Move("中止检查", (S.STARTED,), S.SUSPENDED, OFFICERS, ("insp-suspended",))
RESUME = Move("恢复检查", (S.SUSPENDED,), S.STARTED, OFFICERS, ("insp-resume-window",))
FINISH = Move(
    "完成检查", (S.STARTED, S.SUSPENDED), S.FINISHED, OFFICERS, ("insp-points", "insp-signed", "insp-suspended-end")
)
END_RATING = Move("评价期满", (S.FINISHED,), S.EVALUATED, CALENDAR)
PUBLISH = Move("公示检查结果", (S.FINISHED, S.EVALUATED), S.PUBLISHED, "公示审核员", ("insp-result-public",))
CANCEL = Move("撤销", (S.SUBMITTED, S.RETURNED, S.FILED), S.CANCELLED, OFFICERS, ("cancel-reason",))
EXPIRE = Move("时间过了没有检查", (S.SUBMITTED, S.RETURNED, S.FILED), S.EXPIRED, CALENDAR, ("insp-cap-return",))

MOVES: tuple[Move, ...] = (
    SUBMIT, REPORT_AFTERWARDS, SUBMIT_AGAIN, CONSENT, APPROVE, START, SUSPEND, RESUME, FINISH, END_RATING, PUBLISH, CANCEL,
    EXPIRE,
)  # fmt: skip
# In the order of the way; what lies beside it comes last.
ORDER: tuple[FilingState, ...] = (
    S.SUBMITTED, S.FILED, S.STARTED, S.FINISHED, S.EVALUATED, S.PUBLISHED, S.RETURNED, S.SUSPENDED, S.CANCELLED, S.EXPIRED,
)  # fmt: skip
