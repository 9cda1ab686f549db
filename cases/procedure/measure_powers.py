"""The exhaustive table of powers to seize or detain (coerce-basis; 强制法10、16、22): no clause, no measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cases.procedure.measures_facts import MeasureKind
from lishu_law.law.citations import Cite
from lishu_law.law.tables import keyed, optional_date, read_table

_DATA = Path(__file__).resolve().parents[1] / "data"
_OBJECTS = {MeasureKind.VEHICLE: "vehicle", MeasureKind.SEIZURE: "tools"}


@dataclass(frozen=True)
class Power:
    """One clause: which things it lets the bureau take, how it calls that, and when."""

    code: str
    cite: Cite
    objects: frozenset[str]
    word: str
    condition: str
    effective_from: date
    effective_to: date | None
    note: str

    @property
    def citation(self) -> str:
        return str(self.cite)

    @property
    def choice(self) -> str:
        """How a list of clauses shows it."""
        return f"{self.citation}：{self.condition}的，{self.word}{'车辆、工具' if 'tools' in self.objects else '车辆'}"

    def holds_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def reaches(self, kind: MeasureKind) -> bool:
        """Does the clause let the bureau take this kind of thing?"""
        return _OBJECTS.get(kind) in self.objects


POWERS: dict[str, Power] = {
    code: Power(
        code=code,
        cite=Cite(row["law"], int(row["article"]), int(row["paragraph"]) if row["paragraph"] else None),
        objects=frozenset(row["objects"].split(";")),
        word=row["word"],
        condition=row["condition_zh"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=optional_date(row["effective_to"]),
        note=row["note"],
    )
    for code, row in keyed(read_table("measure_powers", _DATA), "code").items()
}
# The one power under which unclaimed things may be disposed of after a public notice (coerce-unclaimed-3m).
UNCLAIMED_POWERS = frozenset({"hp-72"})
