"""Personal values planted in the inputs of many decisions: not one of them in any public byte."""

from __future__ import annotations

import os
import random
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from cases.api import DecisionFacts
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.demo import invented
from disclosure.models import DisclosureRecord
from disclosure.queries.search import PublicSearch, find
from lishu_law.registry.identity.id_card import id_check_digit
from tests.disclosure.facts import checker
from tests.disclosure.open_data.reading import KINDS, ONCE, all_pages, body, xlsx_text

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
COUNT = 500 if os.environ.get("LISHU_LONG") else 60
GIVEN = ("珍珠", "翡翠", "玛瑙", "琥珀")
_GAPS = re.compile(r"[\s\-·]")


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def flat(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()


def luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return digits + str(-total % 10)


def written(chance: random.Random, number: str) -> str:
    """The same number as people write it."""
    return chance.choice((
        number, f"{number[:3]}-{number[3:7]}-{number[7:]}", f"{number[:4]} {number[4:]}", number.translate(
            {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    ))  # fmt: skip


def planted(chance: random.Random, place: int) -> tuple[DecisionFacts, list[str]]:
    """An invented decision whose texts are full of what must never be public, and those values."""
    decided_on = date(2026, 4, 8) - timedelta(days=place % 20)
    facts = invented(chance, decided_on, place)
    witness, reporter = (chance.choice("韩杨朱秦许何") + chance.choice(GIVEN) + chance.choice("英杰") for _ in range(2))
    first = f"220399{chance.randrange(1950, 2005)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}{chance.randrange(1, 1000):03d}"
    card = first + id_check_digit(first)
    mobile, home = f"1990001{chance.randrange(10000):04d}", f"0434-5{chance.randrange(10**6):06d}"
    bank = luhn(f"621799{chance.randrange(10**12):012d}")
    plate, frame = (
        f"吉C{chance.choice('ABDEF')}{chance.randrange(1000, 9999)}",
        f"LVSHFFAC8FS{chance.randrange(10**6):06d}",
    )
    address = (
        f"梨树县示例镇珊瑚路{chance.randrange(1, 999)}号{chance.randrange(1, 9)}单元{chance.randrange(101, 609)}室"
    )
    mail = f"canary{place}@example.com"
    text = (
        f"{facts.facts_text}证人{witness}（身份证{written(chance, card)}，电话{written(chance, mobile)}，固定电话{home}）"
        f"住{address}，开户账号{written(chance, bank)}，邮箱{mail}。另一辆{plate}号货车（车架号{frame}）由举报人{reporter}指认。"
    )
    known = replace(
        facts, decision_id=1000 + place, facts_text=text,
        discretion_text=f"{facts.discretion_text}证人{witness}、举报人{reporter}的证言一致。",
        result_text=f"{facts.result_text}，缴款联系电话{written(chance, mobile)}。",
        other_people=(*facts.other_people, witness, reporter), plates=(*facts.plates, plate), other_values=(frame,),
    )  # fmt: skip
    hidden_code = facts.party_uscc if facts.party_kind == "individual_business" else ""
    person = facts.party_name if facts.party_kind == "citizen" else facts.party_person_name
    values = [
        witness, reporter, card, mobile, home, bank, plate, frame, address, mail, person, hidden_code, *facts.plates,
        facts.party_id_number, facts.party_phone, facts.party_address, *facts.other_people,
    ]  # fmt: skip
    return known, [value for value in values if value]


def everything(client: Client, folder: Path) -> str:
    """Every public byte, with the headers."""
    addresses = [*ONCE, *(f"/open/penalties-2026.{kind}" for kind in KINDS)]
    for record in DisclosureRecord.objects.all():
        addresses += [f"/penalties/{record.public_id}{end}" for end in ("/", ".json", ".jsonld")]
    parts = []
    for place, address in enumerate(addresses):
        # Each from another network: whoever reads records one by one is paced.
        response = client.get(address, REMOTE_ADDR=f"10.{place // 256}.{place % 256}.1")
        assert response.status_code != 429
        data = body(response)
        parts += [f"{name}: {value}" for name, value in response.items()]
        parts.append(xlsx_text(data) if data.startswith(b"PK") else data.decode())
    parts.append(str(all_pages(client)))
    call_command("export_site", str(folder), verbosity=0)
    for path in folder.rglob("*"):
        parts.append(str(path))
        if path.is_file():
            data = path.read_bytes()
            parts.append(xlsx_text(data) if data.startswith(b"PK") else data.decode())
    return "\n\x00\n".join(parts)


@pytest.mark.django_db
def test_no_planted_value_is_in_any_public_byte(client: Client, tmp_path: Path) -> None:
    chance, by = random.Random(20260413), checker()
    canaries: set[str] = set()
    minors = []
    for place in range(1, COUNT + 1):
        facts, values = planted(chance, place)
        canaries.update(values)
        if place % 15 == 0:
            facts = replace(facts, party_kind="citizen", party_name=f"许少年{place:03d}", birth_on=date(2010, 1, 1))
        record = draft(facts)
        if record.state == "excluded":
            assert record.exclusion_code == "X01"
            minors.append(record)
            canaries.update((facts.number, facts.party_name, record.public_id))
            continue
        publish(record_id=record.pk, version=1, facts=facts, by=by)
    assert len(minors) == COUNT // 15
    found = everything(client, tmp_path / "site").replace(str(tmp_path), "")
    # A minor's record answers like one that never was; the page repeats the address asked for.
    for record in minors:
        assert client.get(f"/penalties/{record.public_id}/").status_code == 404
        found = found.replace(f"/penalties/{record.public_id}", "").replace(f"%2Fpenalties%2F{record.public_id}", "")
    plain = flat(found)
    assert [value for value in canaries if value in found or flat(value) in plain] == []
    assert len(canaries) > COUNT * 10
    names = [value for value in canaries if re.fullmatch(r"[㐀-鿿]{2,4}", value)]
    assert [name for name in names if find(PublicSearch(query=name), date(2026, 4, 13)).count] == []
