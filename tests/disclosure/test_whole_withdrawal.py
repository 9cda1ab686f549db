"""The withdrawal drill of one decision against real parts: it falls, and within five minutes nobody is told it any more.

Page, list, search, every open file, feeds, sitemap, export, readers' caches and the exchange (a process of its own, over
HTTP); what stays says nothing personal; the register still verifies, and the old commitment can be opened by nobody.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from cases.api import DecisionFacts, decision_facts
from disclosure import tasks
from disclosure.actions.withdraw import withdraw
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import PENALTY_KIND
from disclosure.models import Delivery, DisclosureRecord, RegisterContent, RegisterLeaf
from disclosure.queries.ledger_check import verify
from disclosure.register.leaf import commit
from lishu_law import clock
from tests import scenarios
from tests.benchmark_scenes import CITIZEN
from tests.cases.actions.remedy_scenes import end, lodge
from tests.cast import Cast, make_cast
from tests.disclosure.actions.test_withdraw import REASON, published
from tests.disclosure.exchange import Exchange
from tests.disclosure.open_data.reading import body
from tests.disclosure.open_data.test_withdrawal_drill import everything, text_of
from tests.disclosure.register import by_the_book, scenes
from tests.scenarios import ACT_AT, PARTY, Walk, case_at

FIVE_MINUTES = timedelta(minutes=5)
# Where the drill of the files does not look; ``{id}``, ``{day}`` and ``{seq}`` are filled in.
ELSEWHERE = (
    "/", "/penalties/day/?on={day}", "/statistics/", "/register/", "/register/tiles/0", "/register/checkpoint",
    "/register/proof?leaf={seq}", "/penalties/{id}/how/", "/penalties.json?on={day}", "/benchmarks/",
)  # fmt: skip


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    scenes.use_key(settings, tmp_path / "kept")
    return make_cast()


@dataclass
class ReadersCache:
    """A cache between the site and its readers that keeps to RFC 9111 and RFC 5861, and to nothing else."""

    kept: dict[str, tuple[float, dict[str, str], str]] = field(default_factory=dict)

    def fetch(self, client: Client, address: str) -> str:
        answer = client.get(address)
        said = text_of(body(answer))
        self.kept[address] = (clock.now().timestamp(), {name.lower(): value for name, value in answer.items()}, said)
        return said

    def still_served(self, *, is_site_away: bool) -> list[str]:
        """The addresses it would answer by itself now, the site being there or not."""
        now, found = clock.now().timestamp(), []
        for address, (at, heads, _said) in self.kept.items():
            rules = dict(re.findall(r"([a-z-]+)(?:=([0-9]+))?", heads.get("cache-control", "")))
            fresh = 0 if "no-store" in rules else int(rules.get("max-age") or 0)
            longest = fresh + (int(rules.get("stale-if-error") or 0) if is_site_away else 0)
            if now - at < longest:
                found.append(address)
        return found

    def unchanged(self, client: Client, address: str) -> bool:
        """Does the site still call the kept copy good?"""
        return client.get(address, headers={"if-none-match": self.kept[address][1].get("etag", "")}).status_code == 304


def personal(facts: DecisionFacts) -> list[str]:
    """Every value of the case that could lead to somebody, and what a mask of the name would show."""
    values = (
        facts.party_name, facts.party_uscc, facts.party_person_name, facts.party_id_number, facts.party_id_number[-6:],
        facts.party_phone, facts.party_address, f"{facts.party_name[:1]}*", *facts.other_people, *facts.plates,
        *facts.other_values, facts.facts_text[:20],
    )  # fmt: skip
    return [one for one in values if len(one) >= 2]


def fall_and_go(walk: Walk) -> DisclosureRecord:
    """The ruling arrives, the worker takes it in, another person withdraws, the worker tells the exchange."""
    walk.at = clock.now()
    end(walk, lodge(walk, applicant=walk.case.known_party.name), "revoked")
    assert tasks.draft_withdrawals() >= 1
    record = _record(walk)
    facts = decision_facts(record.decision_id or 0)
    done = withdraw(
        record_id=record.pk, version=record.version, facts=facts, by=walk.cast.checker, reason=REASON
    )  # fmt: skip
    tasks.drain_outbox()
    return done


def _record(walk: Walk) -> DisclosureRecord:
    walk.case.refresh_from_db()
    decision_id = (walk.case.former_decisions.first() or walk.case.decision).pk
    return DisclosureRecord.objects.get(decision_id=decision_id)


def held(rui: str) -> dict[str, Any]:
    with FeedClient() as feed:
        return dict(feed.record(PENALTY_KIND, rui).body or {})


def confirmed() -> None:
    """The receipts, as soon as the exchange has an end for them."""
    for _try in range(50):
        Delivery.objects.filter(state="SENT").update(poll_at=clock.now())
        tasks.poll_receipts()
        if not Delivery.objects.exclude(state="CONFIRMED").exists():
            return
        time.sleep(0.1)
    raise AssertionError(list(Delivery.objects.values_list("op", "state", "last_code")))


@pytest.mark.drill
@pytest.mark.django_db
def test_a_fallen_decision_is_gone_everywhere_within_five_minutes(
    cast: Cast, client: Client, exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = []
    for shift, party in enumerate((PARTY, CITIZEN)):  # the officers can write one record at a time only
        monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(days=shift))
        walks.append(case_at("decision_served", cast, party=party))
    with acted_at(walks[-1].at + timedelta(hours=1), exchange):
        _fall(cast, client, tmp_path, walks)


@contextmanager
def acted_at(moment: datetime, exchange: Exchange) -> Iterator[None]:
    """Both sides by one clock that goes on by itself: publications of that day are over by now."""
    exchange.clock(int((moment - clock.now()).total_seconds()))
    try:
        with time_machine.travel(moment, tick=True):
            yield
    finally:
        exchange.clock(0)


def _fall(cast: Cast, client: Client, tmp_path: Path, walks: list[Walk]) -> None:
    records = [published(walk) for walk in walks]
    company = records[0]
    facts = [decision_facts(one.decision_id or 0) for one in records]
    tasks.make_checkpoint()
    tasks.drain_outbox()
    confirmed()
    ruis = [Delivery.objects.get(record=one, op="i").rui for one in records]
    assert [held(rui)["status"] for rui in ruis] == ["PUBLISHED", "PUBLISHED"]

    # What everybody has by now: every address, every file, readers' caches, and the opened commitments.
    cache, day = ReadersCache(), clock.today().isoformat()
    before = everything(client, company, tmp_path / "site")
    assert sum(company.party_display in text for text in before.values()) >= 15
    opened = [RegisterContent.objects.get(leaf__rid=one.public_id) for one in records]
    old = [(bytes(one.salt), one.content, one.leaf.leaf, one.leaf.seq) for one in opened]
    assert all(commit(salt, said) == json.loads(leaf)["commit"] for salt, said, leaf, _seq in old)
    addresses = [
        *(one.format(id=record.public_id, day=day, seq=seq) for record, (_a, _b, _c, seq) in zip(records, old, strict=True)
          for one in ELSEWHERE),
        *(f"/penalties/{record.public_id}{end}" for record in records for end in ("/", ".json", ".jsonld")),
        "/penalties/", "/penalties.json", "/penalties.csv", "/penalties/atom.xml", "/penalties/rss.xml", "/sitemap.xml",
        "/open/manifest.json",
    ]  # fmt: skip
    held_before = [cache.fetch(client, one) for one in addresses]
    assert sum(company.party_display in said for said in held_before) >= 6

    began, fell_at = time.monotonic(), clock.now()
    gone = [fall_and_go(walk) for walk in walks]
    confirmed()
    after = everything(client, company, tmp_path / "site")
    seen = {address: text_of(body(client.get(address))) for address in addresses}
    took = time.monotonic() - began
    assert took < FIVE_MINUTES.total_seconds()
    assert [(one.state, one.withdrawn_on) for one in gone] == [("withdrawn", clock.today())] * 2

    # Absent: site, files, feeds, sitemap, search and export, in whole and in part.
    named = [
        (where, value)
        for where, text in {**after, **seen}.items()
        for one in facts
        for value in personal(one)
        if value in text
    ]
    assert [found for found in named if not found[0].startswith("/benchmarks/")] == []
    for record in records:
        assert client.get(f"/penalties/{record.public_id}/").status_code == 410
        assert client.get(f"/penalties/{record.public_id}.json").status_code == 410
        assert record.public_id not in seen["/penalties/"] + seen["/sitemap.xml"] + seen["/penalties.csv"]
        assert f"/penalties/{record.public_id}/" not in after["sitemap.xml"]
        stones = json.loads(after["open/tombstones.json"])["items"]
        stone = next(one for one in stones if one["public_id"] == record.public_id)
        assert set(stone) == {"public_id", "number", "kind", "date"}
        notice = json.loads(seen[f"/penalties/{record.public_id}.json"])["content"]
        assert set(notice) == {"notice", "number", "organ", "date", "reason", "version", "files"}

    # Readers' caches: whatever shows a record has another answer at once, and after five minutes nothing kept counts,
    # not even with our site away.
    shown = [address for address, said in zip(addresses, held_before, strict=True) if company.party_display in said]
    assert [address for address in shown if cache.unchanged(client, address)] == []
    with time_machine.travel(fell_at + FIVE_MINUTES + timedelta(seconds=took), tick=False):
        assert [one for one in cache.still_served(is_site_away=True) if one in shown] == []

    # The exchange: withdrawn altogether, with the public reason, and nothing newer of it.
    assert [held(rui)["status"] for rui in ruis] == ["WITHDRAWN", "WITHDRAWN"]
    for rui in ruis:
        ended = held(rui)
        assert [(one["scope"], one["reason_code"]) for one in ended["withdrawals"]] == [("all", "W2")]
        assert ended["data_version"] == 2

    # The register: whole and consistent, both leaves there; the first can be opened by nobody any more.
    tasks.make_checkpoint()
    assert verify().faults == []
    leaves = [row.leaf.encode() for row in RegisterLeaf.objects.order_by("seq")]
    for record, (salt, said, leaf, seq) in zip(records, old, strict=True):
        assert leaves[seq] == leaf.encode()
        assert [row.ev for row in RegisterLeaf.objects.filter(rid=record.public_id).order_by("seq")] == [
            "publish", "withdraw",
        ]  # fmt: skip
        assert not RegisterContent.objects.filter(leaf_id=seq).exists()
        assert kept_nowhere(salt.hex())
        assert kept_nowhere(str(said["facts"])[:20])
        proof = client.get(f"/register/proof?leaf={seq}").json()
        path = [bytes.fromhex(one) for one in proof["path"]]
        root = by_the_book.root_by_path(seq, proof["size"], leaves[seq], path)
        assert root == by_the_book.mth(leaves[: proof["size"]])


def kept_nowhere(words: str) -> bool:
    """In no row of a public copy, of its history or of the register, as text or as bytes in hex."""
    tables = (
        "disclosurerecord", "recordevent", "registercontent", "registerleaf", "registercheckpoint", "registernode",
        "recordchannel", "withdrawal", "leakscan", "leakalarm",
    )  # fmt: skip
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"SELECT count(*) FROM disclosure_{name} t WHERE t::text LIKE %s", [f"%{words}%"])
            if cursor.fetchone() != (0,):
                return False
    return True
