"""首违查询: is this the first violation of its kind (处罚法33)? Asked of the register by dated parameters, printed as asked.

An earlier decision not to penalise counts here as much as an earlier penalty; for the tiers only penalties count. What no
register of ours holds is said to be not verified, never taken for "none".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from cases.models import Case, CasePerson, EditionKind, PersonRole
from cases.queries.benchmarks import Shelf
from cases.queries.priors import months_before, standing
from cases.queries.violations import findable
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS, ParameterError

ROLLING, CALENDAR_YEAR, LIST_START, LIFETIME = "rolling_months", "calendar_year", "since_list_start", "lifetime"
SUBJECTS = {"party": "当事人", "vehicle": "车辆", "driver": "驾驶人"}
MATCHES = {"item": "同一案由", "article": "同一处罚条文的案由", "domain": "同一业务领域的案由"}
AUTHORITY, PROVINCE = "authority", "province"
TERRITORIES = {AUTHORITY: "本机关办理的案件", PROVINCE: "本系统登记的全部案件"}
SOURCE = "本系统案件登记"
UNREACHED = "省内其他机关的记录没有接入，未核实。"
MOST_HITS = 10


@dataclass(frozen=True)
class FirstViolation:
    """One query and its answer, as it is shown, frozen with the case and printed."""

    asked_at: str
    asked_by: str
    window: str
    since: str  # ISO, empty without a beginning
    until: str
    subjects: str
    match: str
    territory: str
    unreached: str
    hits: tuple[str, ...]

    @property
    def is_first(self) -> bool:
        return not self.hits

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "hits": list(self.hits), "text": self.sentence()}

    def sentence(self) -> str:
        """What was asked and found, for the screen, the report and the decision not to penalise."""
        period = f"{self.since}至{self.until}（{self.window}）" if self.since else f"{self.until}以前（{self.window}）"
        found = f"查到{len(self.hits)}件：{'、'.join(self.hits)}" if self.hits else "没有查到"
        by = f"由{self.asked_by}" if self.asked_by else ""
        return (
            f"首违查询：{self.asked_at}{by}查询{SOURCE}，范围为{self.territory}，期间为{period}，"
            f"按{self.subjects}查询{self.match}的处罚决定和不予处罚决定，{found}。{self.unreached}"
        )


@dataclass(frozen=True)
class _Terms:
    """The parameters of one day."""

    kind: str
    months: int
    subjects: tuple[str, ...]
    match: str
    territory: str

    @classmethod
    def on(cls, day: date) -> _Terms:
        """Raises ``ParameterError`` for a word nobody knows."""
        value = DEFAULT_PARAMETERS.value
        subjects = tuple(value("first_violation.subject", day).split("+"))
        terms = cls(
            value("first_violation.window_kind", day), int(DEFAULT_PARAMETERS.number("first_violation.look_back_months", day)),
            subjects, value("first_violation.match", day), value("first_violation.territory", day),
        )  # fmt: skip
        known = terms.kind in {ROLLING, CALENDAR_YEAR, LIST_START, LIFETIME} and terms.match in MATCHES
        if not known or terms.territory not in TERRITORIES or not set(subjects) <= set(SUBJECTS):
            raise ParameterError("首违查询的参数里有不认识的词，请在参数表中改正。")
        return terms

    def window(self, act_on: date) -> tuple[date | None, str]:
        """First day of the window and how it is counted."""
        if self.kind == CALENDAR_YEAR:
            return date(act_on.year, 1, 1), "违法行为发生的自然年"
        if self.kind == LIST_START:
            shelf = Shelf.read()
            lists = shelf.on(EditionKind.LISTS, act_on) or shelf.first(EditionKind.LISTS)
            return (lists.in_force_from if lists else None), "自清单施行之日起"
        if self.kind == LIFETIME:
            return None, "不限期间"
        return months_before(act_on, self.months), f"违法行为发生日以前{self.months}个月"


def first_violation(case: Case, by: Any = None, at: datetime | None = None) -> FirstViolation:
    """Ask the register whether there was an earlier one; ``at`` is when it is asked."""
    asked_at, act_on = clock.local(at or clock.now()), clock.local(case.act_at).date()
    terms = _Terms.on(asked_at.date())
    since, window = terms.window(act_on)
    names = "、".join(SUBJECTS[one] for one in terms.subjects)
    return FirstViolation(
        f"{asked_at:%Y-%m-%d %H:%M}", by.full_name if by else "", window,
        since.isoformat() if since else "", _day_before(act_on).isoformat(), names, MATCHES[terms.match],
        TERRITORIES[terms.territory], UNREACHED if terms.territory == PROVINCE else "",
        tuple(_hits(case, terms, since, act_on)),
    )  # fmt: skip


def _hits(case: Case, terms: _Terms, since: date | None, act_on: date) -> list[str]:
    found = (
        standing(_same_kind(case, terms))
        .filter(_same_subject(case, terms.subjects))
        .exclude(pk=case.pk)
        .annotate(settled_on=Coalesce("decided_on", "no_penalty__decided_on"))
        .filter(settled_on__lt=act_on)
    )
    if since:
        found = found.filter(settled_on__gte=since)
    rows = found.order_by("-settled_on", "-pk").values_list("case_no", "clue_no", "settled_on")
    return [f"{case_no or clue_no}（{settled_on:%Y-%m-%d}）" for case_no, clue_no, settled_on in rows[:MOST_HITS]]


def _same_kind(case: Case, terms: _Terms) -> QuerySet[Case]:
    cases = Case.objects.all()
    if terms.territory == AUTHORITY:
        cases = cases.filter(authority_id=case.authority_id)
    if terms.match == "domain":
        return cases.filter(domain=case.domain)
    codes = _same_article(case.item_code) if terms.match == "article" else {case.item_code}
    return cases.filter(item_code__in=codes)


def _same_article(item_code: str) -> set[str]:
    """The violations whose penalty stands in the same article."""
    articles = {one.code: one.provisions[0] for one in findable() if one.provisions}
    mine = articles.get(item_code)
    return {item_code, *(code for code, one in articles.items() if one == mine)}


def _same_subject(case: Case, subjects: tuple[str, ...]) -> Q:
    wanted = Q(pk__in=())
    if "party" in subjects and case.party_id:
        wanted |= Q(party_id=case.party_id)
    if "vehicle" in subjects and case.vehicle_id:
        wanted |= Q(vehicle_id=case.vehicle_id)
    if "driver" in subjects:
        wanted |= Q(pk__in=_cases_of_drivers(case))
    return wanted


def _cases_of_drivers(case: Case) -> list[int]:
    """Cases with the same driver: numbers are encrypted, so those of the same name are compared one by one."""
    mine = {(one.name, one.id_number) for one in case.persons.filter(role=PersonRole.DRIVER) if one.id_number}
    same_name = CasePerson.objects.filter(role=PersonRole.DRIVER, name__in={name for name, _number in mine})
    return [one.case_id for one in same_name if (one.name, one.id_number) in mine] if mine else []


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
