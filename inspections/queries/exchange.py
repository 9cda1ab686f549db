"""What the exchange wants to know of one finished inspection (feed_api.md §3.2), read once and frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from inspections.models import (
    Category,
    CheckResult,
    Exemption,
    Form,
    InspectionFiling,
    InspectionMatter,
    Method,
    ResultCode,
    RoadsideCheck,
)
from inspections.queries.officers import DONE_FILINGS
from lishu_law import clock
from lishu_law.errors import NotFound
from lishu_law.registry.models import Certificate, Party, PartyKind, Unit, UnitKind

# The first two characters of a credit code of an 个体工商户 (GB 32100).
INDIVIDUAL_BUSINESS = "92"
_RESULTS = {
    CheckResult.NONE: ResultCode.R1,
    CheckResult.CORRECTED: ResultCode.R10,
    CheckResult.FINDING: ResultCode.R9,
}


@dataclass(frozen=True)
class CheckedOfficer:
    """Who inspected, with the certificate that was valid on that day; empty when none was."""

    name: str
    certificate_number: str


@dataclass(frozen=True)
class CheckedPoint:
    """One check point with its outcome (合格, 不合格, 未检查, 合理缺项)."""

    no: str
    name: str
    outcome: str


@dataclass(frozen=True)
class InspectionFacts:
    """One finished inspection as the disclosure package sees it. Nothing here is masked; unknown is empty.

    ``is_matter_confirmed`` is False while ``matter_code`` is a placeholder (待确认). ``party_kind`` is a
    ``registry.PartyKind`` value, empty when nobody was identified. ``points`` are empty for a roadside check: its
    record holds one finding, and outcomes nobody recorded are not made up.
    """

    check_action_code: str
    checked_at: datetime
    organ_name: str
    organ_uscc: str
    area_code: str
    matter_code: str
    matter_name: str
    is_matter_confirmed: bool
    party_kind: str
    party_name: str
    party_uscc: str
    party_id_kind: str
    party_id_number: str
    party_address: str
    place: str  # where the business is run, of a filed inspection
    form: str  # codes of feed_api.md §12 check_form, check_type, check_mode, check_result
    category: str
    method: str
    result_code: str
    result_text: str
    points: tuple[CheckedPoint, ...]
    officers: tuple[CheckedOfficer, ...]  # the lead first
    filing_no: str = ""
    plan_id: str = ""  # the number of the draw it belongs to
    list_code: str = ""  # 检查实施清单编码 as published; empty while none is known
    object_name: str = ""  # what was inspected, where it has a name beside its party's
    industry: str = ""
    entrusted_name: str = ""  # the organisation that inspected by a 委托书, in the authority's name
    entrusted_uscc: str = ""


def exchange_facts(check_action_code: str, *, by_penalty: bool = False) -> InspectionFacts | None:
    """The inspection known by this code, a stop on patrol or a filed visit; None when it is not ours, or secret (E4).

    ``by_penalty``: a penalty names it. It must carry its record then (V09), and what it was secret for is over.
    """
    if not check_action_code:
        return None
    check = (
        RoadsideCheck.objects.select_related("matter", "party", "case__party", "recorded_by", "second_officer")
        .filter(check_code=check_action_code)
        .first()
    )
    if check is not None:
        return _of_check(check)
    filings = InspectionFiling.objects.select_related(
        "subject__party", "subject__vehicle", "drawn__draw", "unit__parent"
    )
    if not by_penalty:
        filings = filings.exclude(exemption=Exemption.SECRET)
    filing = filings.filter(check_code=check_action_code).first()
    return _of_filing(filing) if filing is not None else None


def codes_to_tell(known: QuerySet[Any, Any], most: int = 100) -> list[str]:
    """Inspections the exchange is told of without a penalty (inspection.md §9), less the ``known`` codes; oldest first.

    Finished visits to organisations and 个体工商户, and stops with a full record: it names one of them with its code.
    Natural persons are told of only with the penalty that names the inspection (V09). What E4 keeps secret is not told.
    """
    visits = (
        InspectionFiling.objects.filter(state__in=DONE_FILINGS, check_code__isnull=False)
        .exclude(exemption=Exemption.SECRET)
        .exclude(subject__party__kind=PartyKind.CITIZEN)
    )
    named = Q(party__isnull=False) & ~Q(party__kind=PartyKind.CITIZEN)
    typed = Q(party__isnull=True) & ~Q(company_uscc="")
    by_case = Q(party__isnull=True, company_uscc="", case__party__isnull=False) & ~Q(
        case__party__kind=PartyKind.CITIZEN
    )
    stops = RoadsideCheck.objects.filter(named | typed | by_case)
    found = [
        (at, code)
        for rows, when in ((visits, "finished_at"), (stops, "recorded_at"))
        for at, code in rows.exclude(check_code__in=known).order_by(when, "id").values_list(when, "check_code")[:most]
    ]
    return [code for _at, code in sorted(found)[:most]]


def _of_check(check: RoadsideCheck) -> InspectionFacts:
    """A stop: 日常检查, on the spot, in none of the named categories."""
    return InspectionFacts(
        check_action_code=check.check_code,
        checked_at=check.at,
        place="",
        form=Form.DAILY.value,
        category=Category.OTHER.value,
        method=Method.ON_SITE.value,
        result_code=_RESULTS[CheckResult(check.result)].value,
        result_text=_text(check.findings, check.measures),
        points=(),
        officers=_officers([check.recorded_by, check.second_officer], check.at),
        **_organ(),
        **_matter(check.matter),
        **_party(_stopped(check)),
    )


def _of_filing(filing: InspectionFiling) -> InspectionFacts:
    matters = list(filing.matters.order_by("item_code", "id"))
    leading = next((one for one in matters if filing.item_code in one.violations), matters[0])
    users = [one.user for one in filing.officers.select_related("user").order_by("-is_lead", "id")]
    started_at = filing.started_at or filing.window_from
    return InspectionFacts(
        check_action_code=filing.check_code or "",
        checked_at=started_at,
        place=filing.subject.address,
        form=filing.form,
        category=filing.category,
        method=filing.method,
        result_code=filing.result_code,
        result_text=_text(filing.findings, filing.measures),
        points=tuple(CheckedPoint(one.no, one.content, one.outcome) for one in filing.points.order_by("id")),
        officers=_officers(users, started_at),
        filing_no=filing.filing_no or "",
        plan_id=filing.drawn.draw.draw_no if filing.drawn else "",
        object_name=filing.subject.title,
        industry=filing.subject.industry,
        entrusted_name=filing.unit.name if filing.unit.entrusted_by else "",
        entrusted_uscc=filing.unit.uscc if filing.unit.entrusted_by else "",
        **_organ(),
        **_matter(leading),
        **_party(filing.subject.party),
    )


def _text(findings: str, measures: str) -> str:
    return "\n".join(part.strip() for part in (findings, measures) if part.strip())


def _organ() -> dict[str, Any]:
    """Inspections are made in the name of the authority, never of a squad."""
    organ = Unit.objects.filter(kind=UnitKind.AUTHORITY).first()
    if organ is None:
        raise NotFound("还没有登记执法机关，请联系系统管理员。")
    return {"organ_name": organ.name, "organ_uscc": organ.uscc, "area_code": organ.area_code}


def _matter(matter: InspectionMatter) -> dict[str, Any]:
    return {
        "matter_code": matter.item_code,
        "matter_name": matter.name,
        "list_code": matter.list_code,
        "is_matter_confirmed": matter.is_confirmed,
    }


def _stopped(check: RoadsideCheck) -> Party | None:
    """Whom the stop concerned: as recorded at the roadside, else as the case established it."""
    if check.party is not None:
        return check.party
    if check.company_uscc:
        is_shop = check.company_uscc.startswith(INDIVIDUAL_BUSINESS)
        kind = PartyKind.INDIVIDUAL_BUSINESS if is_shop else PartyKind.ORGANISATION
        typed = Party(kind=kind, name=check.company_name, uscc=check.company_uscc)
        return Party.objects.filter(uscc=check.company_uscc).first() or typed
    return check.case.party if check.case is not None else None


def _party(party: Party | None) -> dict[str, Any]:
    names = ("kind", "name", "uscc", "id_kind", "id_number", "address")
    found = {f"party_{name}": str(getattr(party, name)) if party is not None else "" for name in names}
    if party is not None and not party.name:
        found["party_name"] = party.person_name
    return found


def _officers(users: Sequence[Any], at: datetime) -> tuple[CheckedOfficer, ...]:
    """The officers in their order; of several valid certificates the newest counts."""
    valid = Certificate.objects.filter(user__in=users).valid_on(clock.local(at).date()).order_by("valid_from", "id")
    numbers = {one.user_id: one.number for one in valid}
    return tuple(CheckedOfficer(user.full_name, numbers.get(user.pk, "")) for user in users)
