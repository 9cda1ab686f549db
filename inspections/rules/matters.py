"""What is inspected, and in which plan it stands (standards/inspection.md §2, row 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspections.rules.periods import citation
from lishu_law.errors import Refusal

COUNTY = "4"  # code of BodyLevel

PLANNED_SOURCES = frozenset({"plan", "draw"})  # codes of Source


@dataclass(frozen=True)
class MatterFacts:
    """A matter and the period in which it stood on the published list."""

    name: str
    published_on: date | None
    valid_from: date
    valid_to: date | None
    industries: frozenset[str] = frozenset()  # empty: all
    forms: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    level: str = ""  # 行使层级

    def is_published_on(self, day: date) -> bool:
        in_force = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_force and self.published_on is not None and self.published_on <= day


def matters_published(matters: Sequence[MatterFacts], days: Iterable[date]) -> list[Refusal]:
    """Nothing outside the published list is inspected (insp-item-public)."""
    if not matters:
        return [Refusal("insp-item-public", "请至少选一个检查事项。", citation("insp-item-public"), "matters")]
    days = tuple(days)
    return [
        Refusal(
            "insp-item-public",
            f"“{matter.name}”在 {day} 不在公布的检查事项清单上，不能检查。请换一个事项。",
            citation("insp-item-public"),
            "matters",
        )
        for matter in matters
        if (day := next((d for d in days if not matter.is_published_on(d)), None))
    ]


def is_planned(source: str, window_day: date, plan_published_on: date | None) -> list[Refusal]:
    """insp-plan: a routine visit stands in the published plan of its year; clues, orders and emergencies need none."""
    if source not in PLANNED_SOURCES or (plan_published_on is not None and plan_published_on <= window_day):
        return []
    text = f"{window_day.year} 年度检查计划还没有公布，不能按计划到企业检查。请先公布计划，或者核对任务来源。"
    return [Refusal("insp-plan", text, citation("insp-plan"), "plan")]


def same_field(matters: Sequence[MatterFacts], industry: str) -> list[Refusal]:
    """insp-same-field: the matters of one filing belong to the object's field."""
    foreign = [one.name for one in matters if one.industries and industry not in one.industries]
    if not foreign:
        return []
    text = f"“{'”“'.join(foreign)}”不适用于这个对象的行业（{industry}）。请换事项，或者核对名录里的行业。"
    return [Refusal("insp-same-field", text, citation("insp-item-public"), "matters")]


def within_power(matters: Sequence[MatterFacts]) -> list[Refusal]:
    """insp-matter-power: what another level of government exercises is not inspected by the county."""
    others = [one.name for one in matters if one.level and one.level != COUNTY]
    if not others:
        return []
    text = f"清单上“{'”“'.join(others)}”不由县级行使，本局不能检查。请移送或者换事项。"
    return [Refusal("insp-matter-power", text, citation("insp-subject"), "matters")]


def matter_allows(matters: Sequence[MatterFacts], form: str, method: str, category: str) -> list[Refusal]:
    """insp-matter-allows: the checklist may narrow form, method and category."""
    asked = (
        ("forms", form, "检查形式", "form"),
        ("methods", method, "检查方式", "method"),
        ("categories", category, "检查类别", "category"),
    )
    return [
        Refusal(
            "insp-matter-allows",
            f"“{one.name}”的实施清单不允许这种{word}。请改{word}或者换事项。",
            citation("insp-item-public"),
            field,
        )
        for one in matters
        for name, value, word, field in asked
        if getattr(one, name) and value not in getattr(one, name)
    ]
