"""Filling an empty database with the demonstration: the same seed on the same day gives the same names and numbers.

The stories advance together in the order of time, so that case and decision numbers rise with their dates as they would
in a real year, and the register of earlier violations holds at every moment what it would have held.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection

from cases.models import Case
from disclosure.demo import ORGAN_USCC, seed_records
from disclosure.models import DisclosureRecord, RuiSeries
from disclosure.tasks import make_checkpoint
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.demo.endings import begin, story_of
from lishu_law.demo.law_data import load_law
from lishu_law.demo.papers import make_papers
from lishu_law.demo.parties import Registered, make_subjects, register_parties
from lishu_law.demo.patrols import make_patrols
from lishu_law.demo.people import Cast, make_cast
from lishu_law.demo.phrases import make_phrases
from lishu_law.demo.plans import PLANS, Plan
from lishu_law.demo.ratings import make_ratings
from lishu_law.demo.registers import make_registers
from lishu_law.demo.reviews import make_reviews
from lishu_law.demo.road import HALF_HOUR
from lishu_law.demo.visits import make_visits
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.documents.models import NumberSeries
from lishu_law.documents.sealing import left_to_the_sweep
from lishu_law.errors import Refusal, Refused
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.registry.models import Party, Unit, User

DECISIONS = 200
# The series whose numbers the invented register uses up: 案号 and 处罚决定书文号 (documents.csv M15).
USED_SERIES = ("case", "M15")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Seeded:
    """What was made."""

    people: int
    parties: int
    cases: int
    records: int


def seed_demo(*, scale: int = DECISIONS, seed: int = 1, again: bool = False, say: Say = lambda line: None) -> Seeded:
    """Make the whole demonstration; ``scale`` is the number of disclosed decisions beside those of the cases.

    Raises ``Refused`` outside demo mode, and where accounts exist already unless ``again``, which adds only decisions.
    """
    _check(again)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")  # hundreds of small commits nobody would miss after a crash
    if User.objects.exists():
        authority = Unit.objects.get(uscc=ORGAN_USCC)
        _continue_after_cases(authority)
        seed_records(scale, seed=seed)
        _use_up_numbers(authority)
    else:
        with left_to_the_sweep():
            _fill(scale, seed, say)
    make_checkpoint()  # what was published is covered by a signed checkpoint from the start
    return Seeded(
        User.objects.count(), Party.objects.count(), Case.objects.count(), DisclosureRecord.objects.count()
    )  # fmt: skip


def _fill(scale: int, seed: int, say: Say) -> None:
    now = clock.now()
    today = clock.local(now).date()
    report = load_law(today)
    if report.authority is None:
        raise Refused([Refusal("law-data", f"法律数据有 {len(report.faults)} 处错误，请先运行 load_law 核对。")])
    cast = make_cast(report.authority, today)
    journal.record("demo.seed", by=None, on=("demo", seed), details={"scale": scale, "seed": seed})
    say(f"人员 {len(cast)} 名")
    registered = register_parties(random.Random(seed), cast["officer1"])
    make_subjects(registered, today)
    make_registers(registered, cast, today)
    say(f"公示决定 {seed_records(scale, seed=seed)} 份")
    _use_up_numbers(report.authority)
    walk_all(cast, registered, today, seed)
    say(f"案件 {len(PLANS)} 起")
    make_patrols(cast, registered, now)
    make_visits(cast, registered, now)
    make_papers(cast)
    say(f"参考用语 {make_phrases(cast)} 条已审核")
    say(f"评价 {make_ratings(now)} 份，监督件 1 件")
    say(f"评查案卷 {make_reviews(cast, now)} 份")


def _check(again: bool) -> None:
    if not settings.DEMO:
        raise Refused([Refusal("demo-only", "演示数据只能在演示模式下生成。请设置 LISHU_DEMO=1 再运行。")])
    if User.objects.exists() and not again:
        raise Refused([Refusal("demo-filled", "库里已经有人员，没有改动任何数据。确需追加公示数据的，请加 --again。")])


def _use_up_numbers(authority: Unit) -> None:
    """Real decisions are numbered on after the invented register: no number stands twice in it."""
    for row in RuiSeries.objects.filter(prefix__startswith=f"{ORGAN_USCC}-CF-"):
        for kind in USED_SERIES:
            series, _is_new = NumberSeries.objects.get_or_create(
                organ=authority, kind=kind, year=int(row.prefix[-4:]), defaults={"last": row.last}
            )
            if series.last < row.last:
                series.last = row.last
                series.save(update_fields=["last"])


def _continue_after_cases(authority: Unit) -> None:
    """The reverse, before more is added to a register in which real decisions stand already."""
    for series in NumberSeries.objects.filter(organ=authority, kind__in=USED_SERIES):
        row, _is_new = RuiSeries.objects.get_or_create(
            prefix=f"{ORGAN_USCC}-CF-{series.year}", defaults={"last": series.last}
        )
        if row.last < series.last:
            row.last = series.last
            row.save(update_fields=["last"])


def walk_all(cast: Cast, registered: Registered, today: date, seed: int, plans: tuple[Plan, ...] = PLANS) -> None:
    """Walk every story to its end, always the one whose next act comes first."""
    days = working_days_before(today, max(_length(plan) for plan in plans) + 1)
    waiting: list[tuple[datetime, int, int]] = []
    walks: dict[int, Walk] = {}
    for slot, plan in enumerate(plans):
        turn = sum(other.squad == plan.squad for other in plans[:slot])
        lead, assistant = cast.pair(plan.squad, turn)
        party = registered.parties[plan.kind][plan.party]
        vehicle = registered.vehicles[party.pk] if plan.deed.has_vehicle else None
        chance = random.Random(f"{seed}-{slot}")
        walks[slot] = Walk(plan, slot, turn, cast, lead, assistant, party, vehicle, chance)
        waiting.append((_act_at(days[_length(plan)], turn), slot, -1))
    heapq.heapify(waiting)
    while waiting:
        at, slot, place = heapq.heappop(waiting)
        walk = walks[slot]
        road = story_of(walk.plan)
        if place < 0:
            begin(walk, at)
        else:
            walk.at = at
            road[place].act(walk)
        if place + 1 < len(road):
            heapq.heappush(waiting, (_next_at(walk, road, place + 1, days), slot, place + 1))


def _length(plan: Plan) -> int:
    """Working days from the clue to yesterday's end."""
    return plan.rest + sum(milestone.after for milestone in story_of(plan))


def _act_at(day: date, turn: int) -> datetime:
    """Seven in the morning and half an hour more for each story of the squad."""
    return datetime(day.year, day.month, day.day, 7, tzinfo=clock.SHANGHAI) + turn * HALF_HOUR


def _next_at(walk: Walk, road: tuple[Milestone, ...], place: int, days: list[date]) -> datetime:
    """The same day a little later, or in the office hours of the day the road says."""
    if not road[place].after:
        return walk.now + timedelta(minutes=road[place].minutes)
    day = days[walk.plan.rest + sum(milestone.after for milestone in road[place + 1 :])]
    return datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI) + timedelta(minutes=8 * walk.turn)


def working_days_before(today: date, count: int) -> list[date]:
    """``count`` working days before today; place 0 and 1 are both the last one."""
    found: list[date] = []
    day = today
    while len(found) < count:
        day -= timedelta(days=1)
        if DEFAULT_CALENDAR.is_working_day(day):
            found.append(day)
    return [found[0], *found]
