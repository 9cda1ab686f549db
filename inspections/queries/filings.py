"""What the pages of a filing show beside its row: what was typed, and what the rules answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inspections.models import CapEffect, InspectionFiling
from inspections.queries.caps import cap_use
from inspections.rule_table import TITLES
from inspections.rules import CapUse
from lishu_law import clock

PLAIN = (
    "subject", "form", "category", "source", "source_note", "method", "why_on_site", "window_from", "window_to",
    "why_longer", "notice_mode", "notice_ground", "recorder_no", "over_cap_reason", "joins", "why_separate",
    "joint_units", "law_required", "assistance_letter", "exemption_reason", "late_reason", "version",
)  # fmt: skip


def as_typed(filing: InspectionFiling, people: Sequence[Any]) -> dict[str, Any]:
    """The filing as the form asked for it; the files stay with it."""
    assistants = tuple(f"{one.name}，{one.organisation}，{one.reason}" for one in filing.assistants.all())
    return {
        **{name: getattr(filing, name) for name in PLAIN},
        "matters": list(filing.matters.all()), "assistants": assistants, "is_secret": filing.is_secret,
        **dict(zip(("lead", "second", "third"), people, strict=False)),
    }  # fmt: skip


def cap_so_far(filing: InspectionFiling, now: datetime) -> CapUse | None:
    """How the cap of the object stands without this visit; None for one that does not count."""
    if filing.cap_effect != CapEffect.COUNTED:
        return None
    return cap_use(filing.subject, clock.local(filing.window_from).date(), now, but=filing.pk)


def answers_of(filing: InspectionFiling) -> list[tuple[str, str]]:
    """What was answered to each rule at the last submission: the reason given, or 符合."""
    step = filing.steps.exclude(results=[]).order_by("-id").first()
    if step is None:
        return []
    return [(TITLES.get(row["rule"], row["rule"]), row["answer"] or "符合") for row in step.results]
