"""One story on its way: its plan, its people, its case and the moment of the next act; and the acts it is made of."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Case
from lishu_law.demo.people import Cast
from lishu_law.demo.plans import Plan
from lishu_law.registry.models import Party, User, Vehicle


@dataclass
class Walk:
    """A case on its way. ``slot`` is a number no other story has, ``turn`` from 0 to 29 one no other of its squad has."""

    plan: Plan
    slot: int
    turn: int
    cast: Cast
    lead: User
    assistant: User
    party: Party
    vehicle: Vehicle | None
    chance: random.Random
    case: Case | None = None
    at: datetime | None = None

    @property
    def now(self) -> datetime:
        if self.at is None:
            raise ValueError("the walk has not begun")
        return self.at

    @property
    def known_case(self) -> Case:
        if self.case is None:
            raise ValueError("the walk has no case yet")
        return self.case

    @property
    def leader(self) -> User:
        return self.cast.leader(self.plan.squad)

    def step(self, action: Callable[..., Any], by: User, **data: Any) -> Any:
        """One act now, with the version a page would carry."""
        case = self.known_case
        result = action(case_id=case.pk, version=case.version, by=by, at=self.now, **data)
        case.refresh_from_db(fields=["version"])
        return result


@dataclass(frozen=True)
class Milestone:
    """One act and how many working days it comes after the one before; on the same day, how many minutes."""

    word: str
    act: Callable[[Walk], None]
    after: int = 1
    minutes: int = 20
