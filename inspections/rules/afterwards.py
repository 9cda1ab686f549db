"""Checked first, filed afterwards: the urgent path E2, the failure E3 and the secret action E4 (§3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from inspections.rules.periods import citation, moment_words
from lishu_law.errors import Refusal

URGENT, FAILURE, SECRET = "E2", "E3", "E4"  # codes of Exemption
EMERGENCY = "emergency"  # code of Source


@dataclass(frozen=True)
class CatchUp:
    """The dated limits of filing afterwards."""

    urgent_hours: int
    failure_hours: int
    hard_stop_days: int

    def due(self, exemption: str, began_at: datetime) -> datetime:
        """Until when the papers are in."""
        return began_at + timedelta(hours=self.urgent_hours if exemption == URGENT else self.failure_hours)


def exemption_reasoned(exemption: str, reason: str) -> list[Refusal]:
    """insp-exempt-reason: whoever does not file beforehand in the open says why."""
    if not exemption or reason.strip():
        return []
    wanted = {
        URGENT: "请写明紧急情形：发生了什么，为什么来不及先报备。", FAILURE: "请写明网络或者系统故障的时间和情况。",
        SECRET: "请写明联合行动的依据（文号）和保密的理由。",
    }  # fmt: skip
    return [Refusal("insp-exempt-reason", wanted[exemption], citation("insp-approve"), "exemption_reason")]


def only_emergencies(exemption: str, source: str) -> list[Refusal]:
    """insp-exempt-only: complaints, hand-overs, data alerts and the company's own request are approved first (§3.2)."""
    if exemption != URGENT or source == EMERGENCY:
        return []
    text = "只有突发事件、事故或者不立即检查证据就会灭失的，才能先查后报。投诉、转办和企业申请的，请先报备审批。"
    return [Refusal("insp-exempt-only", text, citation("insp-approve"), "source")]


def has_begun(began_at: datetime, now: datetime) -> list[Refusal]:
    """insp-exempt-begun: what is still to come is filed beforehand."""
    if began_at <= now:
        return []
    text = f"检查时间 {moment_words(began_at)} 还没到，来得及先报备。请按一般程序报备。"
    return [Refusal("insp-exempt-begun", text, citation("insp-file-app"), "window_from")]


def entered_in_time(
    exemption: str, began_at: datetime, now: datetime, late_reason: str, limits: CatchUp
) -> list[Refusal]:
    """insp-exempt-papers: within 24 hours (E2) or 72 hours (E3), later only with a reason, an E3 never after ten days."""
    due = limits.due(exemption, began_at)
    if exemption == FAILURE and now > began_at + timedelta(days=limits.hard_stop_days):
        text = f"已经超过 {limits.hard_stop_days} 日，不能再补报。请把情况书面报告负责人和法制机构。"
        return [Refusal("insp-exempt-papers", text, citation("insp-file-app"), "")]
    if now <= due or late_reason.strip():
        return []
    text = f"补办的期限 {moment_words(due)} 已经过了。请写明没有按时补办的原因，逾期会报监督。"
    return [Refusal("insp-exempt-papers", text, citation("insp-approve"), "late_reason")]
