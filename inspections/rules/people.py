"""Who inspects: a body with the power, two certified officers, nobody in two places (standards/inspection.md §2, rows 1–2, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspections.rules.periods import citation, period_words
from lishu_law.errors import Refusal
from lishu_law.registry.identity import Insiders, why_no_witness

SPECIAL_FORM, SECRET = "02", "E4"  # codes of Form and Exemption
INSPECTING_UNITS = frozenset({"authority", "squad"})  # codes of UnitKind
MANDATED_UNITS = frozenset({"authorised", "entrusted"})


@dataclass(frozen=True)
class OfficerFacts:
    """An officer with the periods of his certificates: (first day, last day, revoked on or None)."""

    staff_number: str
    name: str
    certificates: tuple[tuple[date, date, date | None], ...]

    def is_certified_on(self, day: date) -> bool:
        """The last day counts; the day of a revocation does not."""
        return any(
            first <= day <= last and (revoked is None or day < revoked) for first, last, revoked in self.certificates
        )

    def last_day(self) -> date | None:
        """The last day any certificate held."""
        ends = [
            last if revoked is None else min(last, revoked - timedelta(days=1))
            for _, last, revoked in self.certificates
        ]
        return max(ends, default=None)


@dataclass(frozen=True)
class Mandate:
    """The document an organisation inspects by: 委托书 or the law that authorises it. No last day: until it is ended."""

    published_on: date | None
    first: date | None
    last: date | None

    def holds_on(self, day: date) -> bool:
        """Published by that day and in force on it; the last day counts."""
        is_public = self.published_on is not None and self.published_on <= day
        return is_public and self.first is not None and self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Booking:
    """What an officer is already down for."""

    staff_number: str
    starts_at: datetime
    ends_at: datetime
    label: str


def two_certified(officers: Sequence[OfficerFacts], days: Iterable[date]) -> list[Refusal]:
    """Both questions about who inspects, answered at once."""
    return [*two_different(officers), *all_certified(officers, days)]


def two_different(officers: Sequence[OfficerFacts]) -> list[Refusal]:
    """insp-two: at least two different officers (处罚法42; 道路运输条例59)."""
    count = len({officer.staff_number for officer in officers})
    if count >= 2:
        return []
    text = f"至少要有 2 名执法人员，现在只有 {count} 名。请再选一名。"
    return [Refusal("gen-two-officers", text, citation("gen-two-officers"), "officers")]


def all_certified(officers: Sequence[OfficerFacts], days: Iterable[date]) -> list[Refusal]:
    """insp-person: nobody without a certificate valid on every day inspects: no assistants, no temporary staff."""
    days, refusals = tuple(days), []
    for officer in {o.staff_number: o for o in officers}.values():
        missing = next((day for day in days if not officer.is_certified_on(day)), None)
        if missing is not None:
            refusals.append(Refusal("gen-licence-valid", _why_uncertified(officer, missing), citation("gen-licence-valid"), "officers"))  # fmt: skip
    return refusals


def body_may_inspect(unit_kind: str, mandate: Mandate | None = None, days: Iterable[date] = ()) -> list[Refusal]:
    """insp-subject: the authority and its squads inspect, no office without enforcement power.

    An authorised or entrusted organisation does with its document: in force and published on every one of ``days``.
    """
    if unit_kind in INSPECTING_UNITS:
        return []
    law = citation("insp-subject")
    if unit_kind not in MANDATED_UNITS:
        text = "主办人所在的单位不是执法机关或者执法中队，不能实施检查。请由执法中队的人员主办。"
        return [Refusal("insp-subject", text, law, "lead")]
    missing = next((day for day in days if mandate is None or not mandate.holds_on(day)), None)
    if missing is None and mandate is not None:
        return []
    when = f"在 {missing:%Y-%m-%d} " if missing else ""
    text = f"主办人所在的单位是受委托或者授权的组织，{when}没有已经公布的、有效的委托书（授权依据），不能实施检查。请由执法中队的人员主办。"
    return [Refusal("insp-subject", text, law, "lead")]


def not_double_booked(
    officers: Sequence[OfficerFacts], bookings: Iterable[Booking], starts_at: datetime, ends_at: datetime
) -> list[Refusal]:
    """Nobody is in two places: touching ends are allowed, an overlap of one minute is not."""
    names = {officer.staff_number: officer.name for officer in officers}
    return [
        Refusal(
            "insp-double-booked",
            f"{names[booking.staff_number]}在 {period_words(booking.starts_at, booking.ends_at)} 已有{booking.label}。"
            "请换人或者改时间。",
            citation("insp-two"),
            "officers",
        )
        for booking in bookings
        if booking.staff_number in names and booking.starts_at < ends_at and starts_at < booking.ends_at
    ]


def _why_uncertified(officer: OfficerFacts, day: date) -> str:
    last = officer.last_day()
    if last is not None and last < day:
        return f"{officer.name}的执法证已于 {last} 到期，{day} 不能执法。请换人或先更新证件。"
    return f"{officer.name}在 {day} 没有有效的执法证。请换人或先办理证件。"


def not_recused(officers: Sequence[OfficerFacts], recused: Iterable[str]) -> list[Refusal]:
    """insp-recusal: whoever has to stay out of this object's affairs does not inspect it."""
    out = set(recused)
    return [
        Refusal(
            "insp-recusal",
            f"{officer.name}对这个对象登记了回避，不能参加检查。请换人。",
            citation("gen-recuse-self"),
            "officers",
        )
        for officer in officers
        if officer.staff_number in out
    ]


@dataclass(frozen=True)
class AssistantFacts:
    """协助人员: who, from where, what for."""

    name: str
    organisation: str
    reason: str


def assistants_told(assistants: Sequence[AssistantFacts], officers: Sequence[OfficerFacts]) -> list[Refusal]:
    """insp-assistant: named beforehand with organisation and reason, and never one of the two officers."""
    names, refusals = {officer.name for officer in officers}, []
    for one in assistants:
        if not (one.name.strip() and one.organisation.strip() and one.reason.strip()):
            text = "协助人员要写全姓名、单位和协助的事由，每行一人。"
            refusals.append(Refusal("insp-assistant", text, citation("insp-person"), "assistants"))
        elif one.name in names:
            text = f"{one.name}已经是执法人员，不能又作协助人员。请去掉一处。"
            refusals.append(Refusal("insp-assistant", text, citation("insp-person"), "assistants"))
    return refusals


def approver_fits(form: str, exemption: str, *, is_leader: bool, is_head: bool) -> list[Refusal]:
    """insp-approve-level: a 专项 is approved by a leader of the bureau, a secret action by the 局长."""
    if exemption == SECRET and not is_head:
        text = "保密联合行动由局长审批。"
    elif form == SPECIAL_FORM and not is_leader:
        text = "专项检查由局领导审批，中队长和受委托的审批人不能批。"
    else:
        return []
    return [Refusal("insp-approve-level", text, citation("insp-approve"), "agree")]


def witness_outside(name: str, insiders: Insiders, rule: str, field: str = "witness_name") -> list[Refusal]:
    """The witness is no officer and not of the inspected; ``rule`` is the one that asks for the witness here."""
    why = why_no_witness(name, insiders)
    return [Refusal(rule, why, citation(rule), field)] if why else []
