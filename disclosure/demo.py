"""Invented public records for the demonstration and for the scale of the bureau's real register (8,707 decisions).

Everything is recognisably invented: 示例 in every organisation's name, identity numbers of the unassigned area 220399.
The rows go through the same whitelist, masking and payload code as real decisions; only the inserts are in bulk.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from cases.api import DecisionFacts
from disclosure.actions.draft import new_public_id, record_fields
from disclosure.actions.ending import EMPTIED, destroy_content
from disclosure.actions.ledger import Event, append_many_core
from disclosure.actions.publish import frozen_with, last_day_of_trying
from disclosure.feed import payload
from disclosure.models import Channel, Delivery, DeliveryState, DisclosureRecord, RecordEvent, RecordState, RuiSeries
from disclosure.queries.channels import planned
from disclosure.register.leaf import EXPIRE, PUBLISH
from disclosure.register.shown import notice_content, published_content
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.law.amounts import chinese_upper
from lishu_law.registry.identity.id_card import id_check_digit
from lishu_law.registry.identity.uscc import organisation_check_digit, uscc_check_digit
from lishu_law.registry.models import PartyKind

ORGAN, ORGAN_USCC, AREA = "梨树县交通运输局", "11220322MB0T00015M", "220322"
CHUNK = 1000
SPREAD_DAYS = 330  # younger than the shortest period of most classes, so that the list is not empty
PLACES = ("G303国道", "S206省道", "梨树县郭家店镇", "梨树县梨树镇奉化大街", "G102国道", "梨树县榆树台镇")
WORDS = ("顺达", "宏运", "吉通", "东盛", "北辰", "恒远", "金穗", "安捷", "鑫源", "佳合", "通泰", "丰禾")
TRADES = (
    ("货运有限公司", PartyKind.ORGANISATION),
    ("物流有限公司", PartyKind.ORGANISATION),
    ("汽车修理部", PartyKind.INDIVIDUAL_BUSINESS),
    ("运输队", PartyKind.INDIVIDUAL_BUSINESS),
)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("示例", "样本", "演示", "虚构")
_CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Matter:
    """One kind of violation of the invented register. The citations are those of the main demo case."""

    item_code: str
    domain: str
    violation: str
    act: str
    breached: str
    basis: str
    fines: tuple[int, ...]


MATTERS = (
    Matter(
        "freight-spill",
        "道路货运",
        "没有采取必要措施防止货物脱落、扬撒",
        "运输散装货物，车厢没有苫盖严密，沿途有货物撒落，当场不能改正",
        "《中华人民共和国道路运输条例》第二十六条第二款",
        "《中华人民共和国道路运输条例》第六十八条第二项",
        (1000, 1500, 2000, 3000),
    ),
)


@transaction.atomic
def seed_records(count: int, *, seed: int = 1, until: date | None = None, pending: int = 0) -> int:
    """Create ``count`` published records decided up to ``until`` (today); returns how many were made.

    Each has its leaf in the register; those whose period is over have expired, as the calendar would have done it.

    The newest ``pending`` of them wait in the outbox; the deliveries of all others count as confirmed, with a receipt
    marked as seeded: it is a stand-in and no proof. The same seed gives the same decisions (public ids stay random).
    """
    chance = random.Random(seed)
    last = until or clock.today()
    days = sorted(last - timedelta(days=20 + chance.randrange(SPREAD_DAYS)) for _ in range(count))
    serials: dict[int, int] = {}
    made: list[DisclosureRecord] = []
    for start in range(0, count, CHUNK):
        chunk = days[start : start + CHUNK]
        facts = []
        for decided_on in chunk:
            year = decided_on.year
            serials[year] = (serials[year] if year in serials else _serial_now(year)) + 1
            facts.append(invented(chance, decided_on, serials[year]))
        made += _insert(facts, confirmed=max(0, count - pending - start))
    _enter(made, clock.today())
    for year, value in serials.items():
        RuiSeries.objects.update_or_create(prefix=_prefix(year), defaults={"last": value})
    journal.record("disclosure.seed", by=None, on=("disclosure", "demo"), details={"count": len(made), "seed": seed})
    return len(made)


def invented(chance: random.Random, decided_on: date, serial: int) -> DecisionFacts:
    """One invented decision with personal values planted where real ones stand."""
    matter = chance.choice(MATTERS)
    fine = Decimal(chance.choice(matter.fines)).quantize(Decimal("0.01"))
    party = _party(chance, serial)
    act_on = decided_on - timedelta(days=chance.randrange(12, 40))
    plate = f"吉C{chance.randrange(10000, 99999)}"
    place = chance.choice(PLACES)
    driver = party["party_name"] if party["party_kind"] == PartyKind.CITIZEN else _person(chance)
    text = (
        f"{act_on.year}年{act_on.month}月{act_on.day}日，当事人{party['party_name']}的{plate}号货车由{driver}驾驶，"
        f"在{place}{matter.act}。"
    )
    return DecisionFacts(
        case_no=f"吉梨交案〔{decided_on.year}〕{serial:04d}号",
        number=f"吉梨交罚〔{decided_on.year}〕{serial:04d}号",
        decided_on=decided_on,
        filed_on=act_on,
        served_on=decided_on + timedelta(days=2),
        item_code=matter.item_code,
        violation=matter.violation,
        domain=matter.domain,
        facts_text=text,
        act_on=act_on,
        place=place,
        breached=matter.breached,
        basis=matter.basis,
        fine=fine,
        result_text=f"罚款人民币{chinese_upper(fine)}（{fine}元）",
        legal_reviewed_on=decided_on - timedelta(days=2),
        other_people=() if party["party_kind"] == PartyKind.CITIZEN else (driver,),
        plates=(plate,),
        **party,
        **SAME,
    )


# What all invented decisions have in common.
SAME: dict[str, Any] = {
    "decision_id": None,
    "case_id": None,
    "procedure": "ordinary",
    "organ_name": ORGAN,
    "organ_uscc": ORGAN_USCC,
    "area_code": AREA,
    "tier": "一般",
    "discretion_text": "一年内第一次发生，没有造成后果，按一般档次处罚。",
    "penalty_types": ("02",),
    "confiscated": None,
    "licence_action": "",
    "case_source": "05",
    "check_action_code": payload.NO_INSPECTION,
    "is_hearing": False,
    "is_major": False,
    "legal_opinion": "同意",
    "discussed_on": None,
    "discussion_conclusion": "",
    "handlers": frozenset({"D001", "D002"}),
    "handler_name": "示例承办人",
}


def _party(chance: random.Random, serial: int) -> dict[str, Any]:
    person = _person(chance)
    born = date(chance.randrange(1960, 2000), chance.randrange(1, 13), chance.randrange(1, 29))
    first_17 = f"220399{born:%Y%m%d}{chance.randrange(1, 1000):03d}"
    common = {
        "party_id_kind": "111",
        "party_id_number": first_17 + id_check_digit(first_17),
        "party_phone": f"1990000{chance.randrange(10000):04d}",
        "party_address": f"梨树县示例镇虚构路{chance.randrange(1, 999)}号",
        "birth_on": born,
    }
    if chance.random() < 0.4:
        kind, name, code, operator = PartyKind.CITIZEN, person, "", ""
    else:
        trade, kind = chance.choice(TRADES)
        name = f"梨树县示例{chance.choice(WORDS)}{chance.choice(WORDS)}{serial}{trade}"
        code, operator = _uscc(chance, kind), person
    return {"party_kind": kind.value, "party_name": name, "party_uscc": code, "party_person_name": operator, **common}


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def _uscc(chance: random.Random, kind: PartyKind) -> str:
    body = "MA" + "".join(chance.choice(_CODES) for _ in range(6))
    head = "91" if kind is PartyKind.ORGANISATION else "92"
    first_17 = f"{head}{AREA}{body}{organisation_check_digit(body)}"
    # The organisation code's check may be X, which is in the alphabet of the credit code.
    return first_17 + uscc_check_digit(first_17)


def _prefix(year: int) -> str:
    return f"{ORGAN_USCC}-CF-{year}"


def _serial_now(year: int) -> int:
    row = RuiSeries.objects.filter(prefix=_prefix(year)).first()
    return row.last if row else 0


def _insert(decisions: list[DecisionFacts], *, confirmed: int) -> list[DisclosureRecord]:
    records = DisclosureRecord.objects.bulk_create([_record(facts) for facts in decisions])
    Delivery.objects.bulk_create(
        [
            _delivery(record, facts, is_confirmed=place < confirmed)
            for place, (record, facts) in enumerate(zip(records, decisions, strict=True))
        ]
    )
    return records


def _enter(records: list[DisclosureRecord], today: date) -> None:
    """Publish in the register in the order of time, and end what is past its last day."""
    events = [Event(record, PUBLISH, published_content(record), record.created_at) for record in records]
    for record in records:
        over = record.display_until + timedelta(days=1)
        record.state = RecordState.EXPIRED if over <= today else RecordState.PUBLISHED
        if record.state == RecordState.EXPIRED:
            events.append(Event(record, EXPIRE, notice_content(record), _at(over).replace(hour=0)))
            destroy_content(record)
    events.sort(key=lambda event: event.at)
    leaves = append_many_core(events)
    RecordEvent.objects.bulk_create(
        [
            RecordEvent(record=event.record, at=leaf.at, kind=event.ev, reason="演示数据", digest_after=leaf.commit)
            for event, leaf in zip(events, leaves, strict=True)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(_ENTERED, [[record.pk for record in records], [record.content_digest for record in records],
                                  [record.state for record in records]])  # fmt: skip
    over_rows = [record for record in records if record.state == RecordState.EXPIRED]
    DisclosureRecord.objects.filter(pk__in=[record.pk for record in over_rows]).update(**EMPTIED)


_ENTERED = """
UPDATE disclosure_disclosurerecord r SET content_digest = w.digest, state = w.state
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS w (id, digest, state) WHERE r.id = w.id
"""


def _at(day: date) -> datetime:
    """Noon of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.SHANGHAI)


def _record(facts: DecisionFacts) -> DisclosureRecord:
    at = _at(facts.decided_on + timedelta(days=3))
    return DisclosureRecord(
        public_id=new_public_id(facts.decided_on.year),
        published_at=at,
        created_at=at,
        updated_at=at,
        **record_fields(facts),
    )


def _delivery(record: DisclosureRecord, facts: DecisionFacts, *, is_confirmed: bool) -> Delivery:
    rui = f"{_prefix(record.year)}-{int(facts.number.split('〕')[1].removesuffix('号')):06d}"
    identity = payload.Identity(rui, 1, "i", f"{record.public_id}-1")
    credit = planned(record, None)[Channel.CREDIT]
    body, digest = frozen_with(record, facts, credit, identity, record.created_at)
    serial = hashlib.sha256(identity.key.encode()).hexdigest()[:10].upper()
    number = f"HZ{record.created_at:%Y%m%d}{serial}"
    return Delivery(
        record=record,
        kind=payload.PENALTY_KIND,
        rui=rui,
        data_version=1,
        op="i",
        idem_key=identity.key,
        body=body,
        content_digest=digest,
        give_up_on=record.publish_due if is_confirmed else last_day_of_trying(record.decided_on, clock.now()),
        created_at=record.created_at,
        state=DeliveryState.CONFIRMED if is_confirmed else DeliveryState.PENDING,
        next_at=None if is_confirmed else clock.now(),
        receipt={"receipt_no": number, "seeded": True} if is_confirmed else None,
        receipt_no=number if is_confirmed else "",
        sent_at=record.created_at if is_confirmed else None,
        confirmed_at=record.created_at if is_confirmed else None,
    )
