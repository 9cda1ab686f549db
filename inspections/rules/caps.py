"""How often an object may be visited in a year (standards/inspection.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inspections.rules.periods import citation
from lishu_law.errors import Refusal

# Codes of Source and Form: this package knows no models.
CLUE_SOURCES = frozenset({"complaint", "referred", "request", "emergency"})
RECHECK, FROM_ABOVE, SPECIAL_FORM = "recheck", "superior", "02"


@dataclass(frozen=True)
class CapUse:
    """What counts toward the yearly cap: visits of this unit to the object already filed this year, and the cap."""

    used: int
    cap: int
    not_counted: tuple[str, ...] = ()  # sources the cap rule leaves out

    @property
    def is_reached(self) -> bool:
        return self.used >= self.cap


def within_cap(form: str, source: str, use: CapUse, over_cap_reason: str) -> list[Refusal]:
    """insp-frequency: over the yearly cap routine visits are blocked, clue-driven ones need a written reason.

    日常、个案 and 专项 count; a 专项 ordered from above and the recheck of an ordered correction do not.
    """
    if not counts_toward_cap(form, source, use.not_counted) or not use.is_reached:
        return []
    if source not in CLUE_SOURCES:
        text = f"今年对这个对象已经检查或者备案 {use.used} 次，达到年度上限 {use.cap} 次，不能再做计划性检查。"
        return [Refusal("insp-frequency", text, citation("insp-frequency"), "source")]
    if over_cap_reason.strip():
        return []
    text = f"今年对这个对象已经检查或者备案 {use.used} 次，达到年度上限 {use.cap} 次。有线索确需检查的，请写明理由。"
    return [Refusal("insp-frequency", text, citation("insp-frequency"), "over_cap_reason")]


def cap_effect(form: str, source: str, not_counted: Iterable[str] = (), *, is_secret: bool = False) -> str:
    """Which code of CapEffect a visit gets: counted, or why not (standards/inspection.md §3.3)."""
    if is_secret:
        return "N4"  # its number would tell that there was one
    if form == SPECIAL_FORM and source == FROM_ABOVE:
        return "N1"
    if source == RECHECK:
        return "N2"
    return "N3" if source in set(not_counted) else "C"


def counts_toward_cap(form: str, source: str, not_counted: Iterable[str] = ()) -> bool:
    """Does a visit of this form and source use up the cap?"""
    return cap_effect(form, source, not_counted) == "C"
