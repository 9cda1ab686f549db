"""Several violations at once: separate findings are added up, one act under several norms is fined once (处罚法29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cases.discretion.result import Action, Assessment, Note, Range

OVERLOAD_PAIR = frozenset({"ovl-dimension", "ovl-mass"})
OVERLOAD_CAP = Decimal(30000)
_PRECEDENCE: tuple[Action, ...] = (
    "penalise",
    "needs_minutes",
    "needs_facts",
    "no_suggestion",
    "order_only",
    "no_penalty",
    "limitation",
    "no_jurisdiction",
)


@dataclass(frozen=True)
class Joint:
    """The outcome of all findings together. ``concurring`` are norms the act also broke but is not fined under."""

    action: Action
    findings: tuple[Assessment, ...]
    unit: str
    range: Range | None
    concurring: tuple[Assessment, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def tier(self) -> str:
        return "+".join(finding.tier for finding in self.findings if finding.tier)

    @property
    def row_ids(self) -> str:
        return "+".join(row.row_id for finding in self.findings for row in finding.rows)


def join(findings: Sequence[Assessment], *, same_act: bool = False) -> Joint:
    """Add separate findings, or keep only the governing norm of one act: ceiling, then floor, then first named."""
    if same_act and len(findings) > 1:
        governing = max(findings, key=_statutory)
        others = tuple(finding for finding in findings if finding is not governing)
        alone = join([governing])
        notes = _doubt(governing, others)
        return Joint(alone.action, alone.findings, alone.unit, alone.range, others, notes)
    if len(findings) == 1:
        only = findings[0]
        return Joint(only.action, (only,), only.unit, only.range)
    action = min((finding.action for finding in findings), key=_PRECEDENCE.index)
    fined = [finding for finding in findings if finding.is_fine]
    if fined:
        return Joint(action, tuple(findings), "yuan", _sum(fined))
    unit = "warning" if any(finding.unit == "warning" for finding in findings) else "none"
    return Joint(action, tuple(findings), unit, None)


def _doubt(governing: Assessment, others: tuple[Assessment, ...]) -> tuple[Note, ...]:
    if governing.is_fine or not any(other.is_fine for other in others):
        return ()
    text = "罚款较高的规定下不予罚款，另一规定下可以罚款，须送法制审核。"
    return (Note("concurrence_review", text, "《中华人民共和国行政处罚法》第二十九条"),)


def _statutory(finding: Assessment) -> tuple[Decimal, Decimal]:
    span = finding.statute.yuan if finding.statute else None
    return (span.maximum, span.minimum) if span else (Decimal(0), Decimal(0))


def _sum(fined: list[Assessment]) -> Range:
    """Ends added; 外廓尺寸 and 质量 of one vehicle cumulate to at most 30000 (超限规定第四十三条)."""
    overload = [finding for finding in fined if finding.item in OVERLOAD_PAIR]
    rest = [finding for finding in fined if finding.item not in OVERLOAD_PAIR]
    low, high = _ends(overload)
    if {finding.item for finding in overload} == OVERLOAD_PAIR:
        low, high = min(low, OVERLOAD_CAP), min(high, OVERLOAD_CAP)
    other_low, other_high = _ends(rest)
    return Range(low + other_low, high + other_high)


def _ends(findings: list[Assessment]) -> tuple[Decimal, Decimal]:
    spans = [finding.yuan_range for finding in findings if finding.yuan_range]
    return sum((span.minimum for span in spans), Decimal(0)), sum((span.maximum for span in spans), Decimal(0))
