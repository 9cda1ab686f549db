"""The additional fine 加处罚款 (处罚法72第一款第一项、73; 强制法45): counted in whole fen, day by day, with the days named.

From the day after the rolled due date each day on which something of the fine is unpaid counts, the day of payment
included. Days of a review, a lawsuit or an approved deferral do not count. The sum never exceeds the fine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from lishu_law.law.counting import Pause

FINE, UNPAID = "fine", "unpaid"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """The figures of the law and the base that the bureau chose (``additional_fine.*``)."""

    daily_percent: Decimal = Decimal(3)
    maximum_percent: Decimal = Decimal(100)
    base: str = FINE


@dataclass(frozen=True)
class Instalment:
    """Part of the fine paid on a day, in fen."""

    paid_on: date
    fen: int


@dataclass(frozen=True)
class Accrual:
    """The result. ``paused`` names the days that did not count, by reason; ``capped_on`` the day the cap was reached."""

    fen: int
    counted_days: int
    first_on: date
    last_on: date | None
    capped_on: date | None
    paused: tuple[tuple[str, int], ...]


def accrue(
    fine: int, due: date, until: date, *, paid: Sequence[Instalment], pauses: Sequence[Pause], terms: Terms
) -> Accrual:
    """The additional fine on ``fine`` fen that has run from the day after ``due`` to the end of ``until``.

    With the base ``unpaid`` each day counts what is open at its beginning; rounding is once, down, at the end.
    """
    cap = _percent(fine, terms.maximum_percent)
    counted, weight, last = 0, 0, None
    paused: dict[str, int] = {}
    for number in range(1, (until - due).days + 1):
        day = due + timedelta(days=number)
        still_open = fine - sum(one.fen for one in paid if one.paid_on < day)
        if still_open <= 0:
            break
        reason = next((pause.reason for pause in pauses if pause.holds(day)), "")
        if reason:
            paused[reason] = paused.get(reason, 0) + 1
            continue
        counted, last = counted + 1, day
        weight += still_open if terms.base == UNPAID else fine
        if _percent(weight, terms.daily_percent) >= cap:
            return Accrual(cap, counted, due + ONE_DAY, last, day, tuple(paused.items()))
    return Accrual(
        min(_percent(weight, terms.daily_percent), cap), counted, due + ONE_DAY, last, None, tuple(paused.items())
    )


def _percent(fen: int, percent: Decimal) -> int:
    return int(Fraction(fen) * Fraction(percent) / 100)
