"""The shipped law data checked and counted, and the authority whose name every document bears (处罚法17、20).

Tables are read from the files of the release, so there is nothing to copy; what lives in the database is the unit of the
authority and the inspection matters. Doing it again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from cases.actions.shipped_phrases import load_shipped_phrases
from cases.discretion.reading import DATA, load_shipped
from cases.discretion.validation import validate
from cases.editions.shipped import load_shipped_editions
from cases.editions.writing import Release
from inspections.api import load_matters
from inspections.models import InspectionMatter
from lishu_law import clock
from lishu_law.law.citations import STATUTES
from lishu_law.law.limits import LIMITS
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.law.rules import RULES
from lishu_law.law.tables import read_table
from lishu_law.registry.models import Unit, UnitKind

AUTHORITY_CODE = "LS"
# Invented: a real installation publishes its editions by the acts of its legal section and heads.
DEMO_RELEASE = Release(
    document_no="梨交演示〔2021〕1号", published_on=date(2021, 7, 15), published_at="演示数据，没有真实的公布",
    in_force_from=date(2021, 7, 15), adopted_on=date(2021, 7, 14), filed_no="演示备案〔2021〕1号",
    filed_on=date(2021, 7, 15),
)  # fmt: skip
# Invented but formally right; a real installation enters its own.
DEMO_VALUES = {
    "uscc": "11220322MB0T00015M",
    "address": "梨树县梨树镇示例街1号",
    "postcode": "136500",
    "contact_name": "示例联系人",
    "phone": "0434-5222222",
}


@dataclass(frozen=True)
class Count:
    """One table: how many rows it has and how many of them nobody has confirmed yet (待确认)."""

    title: str
    rows: int
    unconfirmed: int = 0


@dataclass(frozen=True)
class LawReport:
    counts: tuple[Count, ...]
    faults: tuple[str, ...]
    authority: Unit | None = None
    is_new_authority: bool = False

    @property
    def unconfirmed(self) -> int:
        return sum(count.unconfirmed for count in self.counts)


@transaction.atomic
def load_law(today: date) -> LawReport:
    """Check all tables, write the matters and the authority's unit. With a fault nothing is written."""
    counts, faults = _tables(today)
    if faults:
        return LawReport(counts, faults)
    matters = Count("检查事项", load_matters(), InspectionMatter.objects.filter(is_confirmed=False).count())
    load_shipped_editions(clock.now(), today, DEMO_RELEASE if settings.DEMO else None)
    load_shipped_phrases(clock.now())
    authority, is_new = _authority(today)
    return LawReport((*counts, matters), (), authority, is_new)


def _tables(today: date) -> tuple[tuple[Count, ...], tuple[str, ...]]:
    edition = load_shipped()
    counts = (
        Count("程序规则", len(RULES), sum(not rule.is_seen for rule in RULES.values())),
        Count("法定期限", len(LIMITS)),
        Count("执法文书", len(read_table("documents"))),
        Count("法律法规版本", len(STATUTES), sum(statute.origin_kind == "memory" for statute in STATUTES)),
        Count("放假和调休日", len(read_table("holidays"))),
        Count("法律参数", len(DEFAULT_PARAMETERS.codes), len(DEFAULT_PARAMETERS.unconfirmed(today))),
        Count("参考用语（待法制审核）", len(read_table("phrases", DATA))),
        Count("裁量基准", len(edition.rows), len(edition.needs_confirmation(edition.rows))),
        Count("四张清单", len(edition.lists), sum(row.origin_kind == "memory" for row in edition.lists)),
    )
    faults = tuple(f"{fault.key} {fault.column}：{fault.message}" for fault in validate(edition))
    unknown = (f"期限 {limit.rule_id} 没有对应的程序规则。" for limit in LIMITS.values() if limit.rule_id not in RULES)
    return counts, (*faults, *unknown)


def _authority(today: date) -> tuple[Unit, bool]:
    values = DEMO_VALUES if settings.DEMO else {}
    name = DEFAULT_PARAMETERS.value("bureau.name", today)
    existing = Unit.objects.filter(kind=UnitKind.AUTHORITY).order_by("pk").first()
    if existing is not None:
        return existing, False
    return Unit.objects.create(code=AUTHORITY_CODE, name=name, kind=UnitKind.AUTHORITY, **values), True
