"""Every rule a filing is asked, when it is submitted and again when it is approved (standards/inspection.md §2–3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections import rules
from inspections.actions.frame import officer_refusals
from inspections.models import DrawnObject, InspectionFiling, InspectionMatter, Method, NoticeMode
from inspections.queries.caps import cap_use
from inspections.queries.officers import matter_facts, officer_facts, recused_from
from inspections.queries.retaliation import bad_rated_on
from inspections.queries.visits import (
    drawn_team,
    merge_days,
    open_visits,
    plan_published_on,
    visits_nearby,
    white_listed_until,
)
from inspections.rules import Asked
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import StoredFile, SupervisedSubject


@dataclass(frozen=True)
class NewFiling:
    """What is filed. The first of ``officers`` leads; the filing belongs to that officer's unit.

    ``exemption``: empty for a visit filed beforehand, else a code of ``Exemption``.
    """

    subject: SupervisedSubject
    matters: tuple[InspectionMatter, ...]
    officers: tuple[Any, ...]
    form: str
    category: str
    source: str
    method: str
    window_from: datetime
    window_to: datetime
    notice_mode: str
    source_note: str = ""
    why_on_site: str = ""
    why_longer: str = ""
    notice_ground: str = ""
    recorder_no: str = ""
    over_cap_reason: str = ""
    why_separate: str = ""
    law_required: str = ""
    assistance_letter: str = ""
    exemption: str = ""
    exemption_reason: str = ""
    late_reason: str = ""
    joins: InspectionFiling | None = None
    joint_units: tuple[str, ...] = ()
    assistants: tuple[rules.AssistantFacts, ...] = ()
    attachments: tuple[StoredFile, ...] = ()

    @property
    def window(self) -> rules.Window:
        return rules.Window(self.window_from, self.window_to, self.method == Method.ON_SITE, self.why_longer)

    @property
    def first_day(self) -> date:
        return clock.local(self.window_from).date()

    @property
    def is_afterwards(self) -> bool:
        return self.exemption in (rules.URGENT, rules.FAILURE)


def ask_submission(
    filing: NewFiling, drawn: DrawnObject | None, filing_id: int | None, moment: datetime
) -> list[Asked]:
    """Every rule of a submission with its answer."""
    return [
        *_when(filing, moment),
        *_who(filing, filing_id),
        *_what(filing),
        *_why(filing),
        *_which_object(filing, drawn),
        *_how_often(filing, filing_id, moment),
    ]


def _when(filing: NewFiling, moment: datetime) -> list[Asked]:
    if not filing.is_afterwards:
        told = rules.exemption_reasoned(filing.exemption, filing.exemption_reason)
        return [
            Asked("insp-window", rules.window_allowed(filing.window, moment, _window_days(moment)), filing.why_longer),
            Asked("insp-exempt-reason", told, filing.exemption_reason),
        ]
    return ask_afterwards(filing, moment)


def _window_days(moment: datetime) -> int:
    return int(DEFAULT_PARAMETERS.number("inspection.window_working_days", clock.local(moment).date()))


def ask_afterwards(filing: Any, moment: datetime) -> list[Asked]:
    """What a visit is asked that was checked first; ``filing`` is what was typed or the stored row."""
    late = rules.entered_in_time(
        filing.exemption, filing.window_from, moment, filing.late_reason, catch_up(clock.local(moment).date())
    )
    told = rules.exemption_reasoned(filing.exemption, filing.exemption_reason)
    return [
        Asked("insp-window", rules.in_order(filing.window_from, filing.window_to, "window_to")),
        Asked("insp-exempt-reason", told, filing.exemption_reason),
        Asked("insp-exempt-only", rules.only_emergencies(filing.exemption, filing.source)),
        Asked("insp-exempt-begun", rules.has_begun(filing.window_from, moment)),
        Asked("insp-exempt-papers", late, filing.late_reason),
    ]


def catch_up(day: date) -> rules.CatchUp:
    """The dated limits of filing afterwards."""
    codes = ("inspection.post_filing_hours", "offline.keep_hours", "offline.hard_stop_days")
    return rules.CatchUp(*(int(DEFAULT_PARAMETERS.number(code, day)) for code in codes))


def _who(filing: NewFiling, filing_id: int | None) -> list[Asked]:
    facts = officer_facts(filing.officers)
    others = {"but_filing": filing_id}
    kind = filing.officers[0].unit.kind if filing.officers else ""
    return [
        Asked("insp-two", officer_refusals(filing.officers, filing.window_from, filing.window_to, **others)),
        Asked("insp-subject", rules.body_may_inspect(kind) if filing.officers else []),
        ask_recusal(filing.officers, filing.subject, filing.first_day),
        Asked("insp-assistant", rules.assistants_told(filing.assistants, facts)),
    ]


def ask_recusal(users: Sequence[Any], subject: SupervisedSubject, day: date) -> Asked:
    """Nobody inspects what he has to stay out of."""
    return Asked("insp-recusal", rules.not_recused(officer_facts(users), recused_from(users, subject, day)))


def _what(filing: NewFiling) -> list[Asked]:
    facts = matter_facts(filing.matters)
    days = rules.days_of(filing.window_from, filing.window_to) if filing.window_to > filing.window_from else ()
    allowed = rules.matter_allows(facts, filing.form, filing.method, filing.category)
    return [
        Asked("insp-item-public", rules.matters_published(facts, days)),
        Asked("insp-same-field", rules.same_field(facts, filing.subject.industry)),
        Asked("insp-matter-power", rules.within_power(facts)),
        Asked("insp-matter-allows", allowed),
    ]


def _why(filing: NewFiling) -> list[Asked]:
    is_on_site, is_ahead = filing.method == Method.ON_SITE, filing.notice_mode == NoticeMode.AHEAD
    day = filing.first_day
    return [
        Asked("insp-offsite-first", rules.offsite_considered(is_on_site, filing.why_on_site), filing.why_on_site),
        Asked("insp-notice", rules.notice_answered(is_ahead, filing.notice_ground), filing.notice_ground),
        Asked("source-note", rules.source_is_noted(filing.source, filing.source_note), filing.source_note),
        Asked("insp-plan", rules.is_planned(filing.source, day, plan_published_on(day.year))),
        Asked(
            "insp-joint-units",
            rules.joint_units_named(filing.category, filing.joint_units, filing.joins is not None),
            "、".join(filing.joint_units),
        ),
    ]


def _which_object(filing: NewFiling, drawn: DrawnObject | None) -> list[Asked]:
    asked = [
        Asked("insp-object-open", rules.object_is_open(filing.subject.is_operating)),
        ask_white_list(filing, filing.first_day),
        Asked("insp-drawn", rules.was_drawn(filing.category, filing.source, drawn is not None)),
    ]
    if filing.officers:
        area = filing.officers[0].unit.area_code
        there = rules.area_answered(filing.subject.area_code, area, filing.assistance_letter)
        asked.append(Asked("insp-crossregion", there, filing.assistance_letter))
    if drawn is not None:
        team = dict(drawn_team(drawn))
        here = {user.staff_number for user in filing.officers}
        asked.append(Asked("insp-drawn-team", rules.by_drawn_team(team, here)))
    return asked


def ask_white_list(filing: NewFiling | InspectionFiling, day: date) -> Asked:
    """无事不扰 on the day of the visit."""
    until = white_listed_until(filing.subject, day)
    return Asked(
        "insp-white-list", rules.not_white_listed(until, filing.source, filing.law_required), filing.law_required
    )


def _how_often(filing: NewFiling, filing_id: int | None, moment: datetime) -> list[Asked]:
    asked = [ask_cap(filing, filing_id, filing.first_day, moment)]
    if filing.joins is not None:
        near = open_visits(filing.subject, filing.window_from, moment, but=filing_id)
        other = near.filter(pk=filing.joins.pk, joins__isnull=True).first()
        overlaps = other is not None and (other.window_from < filing.window_to and filing.window_from < other.window_to)
        same = filing.joins.subject_id == filing.subject.pk
        return [*asked, Asked("insp-joins", rules.joins_fitting(same, other is not None, overlaps))]
    others = visits_nearby(filing.subject, filing.window_from, moment, filing_id)
    told = rules.merge_answered(others, filing.why_separate, merge_days(moment))
    return [*asked, Asked("insp-merge", told, filing.why_separate)]


def ask_cap(filing: NewFiling | InspectionFiling, filing_id: int | None, day: date, moment: datetime) -> Asked:
    """The yearly cap. A secret visit stays out of the count, one that joins another takes no visit of its own."""
    if filing.exemption == rules.SECRET or filing.joins is not None:
        return Asked("insp-frequency", [])
    use = cap_use(filing.subject, day, moment, but=filing_id)
    return Asked(
        "insp-frequency",
        rules.within_cap(filing.form, filing.source, use, filing.over_cap_reason),
        filing.over_cap_reason,
    )


def cap_of(row: InspectionFiling, moment: datetime) -> rules.CapUse:
    """How the cap of the object stands without this visit."""
    return cap_use(row.subject, clock.local(row.window_from).date(), moment, but=row.pk)


def ask_retaliation(filing: InspectionFiling, moment: datetime) -> Asked:
    """No new 个案 soon after a bad rating without the legal section (§4.4)."""
    day = clock.local(moment).date()
    days = int(DEFAULT_PARAMETERS.number("inspection.retaliation_days", day))
    rated_on = bad_rated_on(filing.subject_id, day)
    refusals = rules.no_retaliation(filing.form, day, rated_on, days, filing.legal_consent_at is not None)
    return Asked("insp-retaliation", refusals, filing.legal_consent_note)
