"""补录: the two fields by which an act that was done on paper says when that was, and why it was not entered then."""

from __future__ import annotations

from typing import Any

from cases.actions.late_entry import LateEntry
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateTimeField, ShortTextField

TITLE = "补录：当时没有网络，先在纸上办的"


class LatePart(ActForm):
    """A part of the forms of the acts that the paper set for days without network covers."""

    folded = (TITLE,)
    LATE_FIELDS = ("late_at", "late_reason")

    late: LateEntry | None = None
    late_at = FlexibleDateTimeField(
        label="纸上办理的时间", required=False, future=False, help_text="照纸质文书上写的时间填。例如：2026-03-05 14:20"
    )
    late_reason = ShortTextField(
        label="当时为什么没有在系统里办", most=300, required=False, help_text="例如：现场没有网络。"
    )

    def groups(self) -> list[tuple[str, list[Any]]]:
        """What every act asks comes first; the rare case stays folded at the end."""
        others = [
            (title, [bound for bound in bounds if bound.name not in self.LATE_FIELDS])
            for title, bounds in super().groups()
        ]
        late = [self[name] for name in self.LATE_FIELDS]
        return [*((title, bounds) for title, bounds in others if bounds), (TITLE, late)]

    @property
    def is_late(self) -> bool:
        """Was something entered here, right or wrong?"""
        return any(self[name].value() or self[name].errors for name in self.LATE_FIELDS)

    def clean(self) -> dict[str, Any]:
        """``late`` is what was entered; None for an act that is done in the system now."""
        cleaned = super().clean() or self.cleaned_data
        at, reason = (cleaned.pop(name, None) for name in self.LATE_FIELDS)
        self.late = cleaned["late"] = LateEntry(at, reason or "") if at or reason else None
        return cleaned
