"""The class of a penalty for credit display and how long it stays public (standards/disclosure.md §1.1, §1.2).

The class decides the period on the bureau's own site too. Thresholds and periods are dated local parameters; where the
figure is not known they carry a 待确认 mark.
"""

from __future__ import annotations

import calendar
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lishu_law.law.parameters import DEFAULT_PARAMETERS, ParameterError, ParameterSet
from lishu_law.registry.models import PartyKind


class CreditClass(StrEnum):
    """Codes of feed_api.md §3.1 ``credit_class``."""

    MINOR = "1"
    ORDINARY = "2"
    SERIOUS = "3"


TITLES = {CreditClass.MINOR: "轻微", CreditClass.ORDINARY: "一般", CreditClass.SERIOUS: "严重"}
# punish_type codes of feed_api.md §12 by the list of 信用修复管理办法 (disclosure.md §1.1).
SERIOUS_TYPES = frozenset({"06", "07", "10", "11", "12"})
ORDINARY_TYPES = frozenset({"03", "04", "05", "09"})
WARNINGS = frozenset({"01", "08"})
_PERIOD = {
    CreditClass.MINOR: "display_months.minor",
    CreditClass.ORDINARY: "display_months.ordinary",
    CreditClass.SERIOUS: "display_months.serious",
}
_CREDIT = {CreditClass.ORDINARY: "ordinary", CreditClass.SERIOUS: "serious"}
_KIND = {
    PartyKind.CITIZEN: "citizen",
    PartyKind.ORGANISATION: "organisation",
    PartyKind.INDIVIDUAL_BUSINESS: "sole_trader",
}


def credit_class(
    *,
    types: frozenset[str],
    fine: Decimal | None,
    is_summary: bool,
    party_kind: str,
    on: date,
    parameters: ParameterSet = DEFAULT_PARAMETERS,
) -> CreditClass:
    """The class, in the order of derivation of disclosure.md §1.1; ``on`` is the day of the decision."""
    amount = fine or Decimal(0)
    kind = _KIND[PartyKind(party_kind)]
    if types & SERIOUS_TYPES:
        return CreditClass.SERIOUS
    if types & ORDINARY_TYPES or amount >= parameters.number(f"credit.large_fine.{kind}", on):
        return CreditClass.ORDINARY
    only_warned = types <= WARNINGS
    if is_summary or only_warned or amount <= parameters.number(f"credit.small_fine.{kind}", on):
        return CreditClass.MINOR
    return CreditClass.ORDINARY


def months_after(day: date, months: int) -> date:
    """The same day ``months`` calendar months later; a day missing in that month becomes its last day."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def display_until(
    found: CreditClass, decided_on: date, parameters: ParameterSet = DEFAULT_PARAMETERS, *, rules_of: date | None = None
) -> date:
    """The last day on show, counted from the decision (the day the fact was established).

    ``rules_of`` is the day whose periods apply, the decision's own unless an old decision is looked at again (§1.1).
    """
    return months_after(decided_on, int(parameters.number(_PERIOD[found], rules_of or decided_on)))


def credit_until(found: CreditClass, decided_on: date, today: date) -> date | None:
    """The last day of the credit display, counted from the decision; None: not displayed (轻微).

    The rules of the decision's day, or today's where those are shorter: an old decision is never shown longer (§1.1).
    For a decision older than all rules only today's count.
    """
    if found is CreditClass.MINOR:
        return None
    code = f"credit_display.max_months.{_CREDIT[found]}"
    months = int(DEFAULT_PARAMETERS.number(code, max(decided_on, today)))
    with suppress(ParameterError):
        months = min(months, int(DEFAULT_PARAMETERS.number(code, decided_on)))
    return months_after(decided_on, months)


def least_shown_until(found: CreditClass, decided_on: date, today: date) -> date:
    """The last day of the shortest credit display by today's rules; a repair is possible from the day after."""
    if found is CreditClass.MINOR:
        return decided_on
    return months_after(
        decided_on, int(DEFAULT_PARAMETERS.number(f"credit_display.min_months.{_CREDIT[found]}", today))
    )
