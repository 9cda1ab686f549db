"""The search finds exactly what ``LIKE`` finds, at the scale of the bureau's register, by whichever way it goes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import DjangoAssertNumQueries

from disclosure.models import DisclosureRecord
from disclosure.queries import search as searching
from disclosure.queries.gram_shares import GramShares, forget, gram_shares
from disclosure.queries.grams import grams, numbered
from disclosure.queries.search import (
    COUNT_CAP,
    NEWEST,
    PAGE,
    PublicSearch,
    find,
    first_read,
    fold,
    index_is_cheaper,
    on_show,
    parse_cursor,
    read_on,
    searched_text,
    share_of,
)
from lishu_law.keyset import beyond

SCALE = 8_707
TODAY = date(2026, 4, 13)
AT = datetime(2026, 4, 1, tzinfo=UTC)
PARTS = (
    "顺达",
    "宏运",
    "吉通",
    "东盛",
    "北辰",
    "恒远",
    "金穗",
    "安捷",
    "鑫源",
    "佳合",
    "通泰",
    "丰禾",
    "𠮷庆",
    "Express",
    "50%_A\\B",
)
TRADES = ("货运有限公司", "物流有限公司", "汽车修理部", "运输队", "客运站", "驾驶员培训学校")
VIOLATIONS = (
    "没有采取必要措施防止货物脱落、扬撒",
    "超限运输",
    "未取得道路运输经营许可",
    "未按规定维护车辆",
    "涂改营运证",
    "擅自停班",
)
RARE = "璟珺旻翀鼐龑薿飏霙靉"


def texts(chance: random.Random, serial: int) -> tuple[str, str]:
    rare = chance.choice(RARE) if chance.random() < 0.01 else ""
    name = f"梨树县示例{chance.choice(PARTS)}{rare}{chance.choice(PARTS)}{chance.choice(TRADES)}"
    return (name if chance.random() < 0.6 else ""), chance.choice(VIOLATIONS)


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[DisclosureRecord]]:
    """8,707 rows, one tenth of them not to be found: drafts and past their day."""
    chance = random.Random(8707)
    rows = []
    for serial in range(1, SCALE + 1):
        name, violation = texts(chance, serial)
        number = f"吉梨交罚〔2026〕{serial:04d}号"
        state = "draft" if chance.random() < 0.05 else "published"
        rows.append(DisclosureRecord(
            public_id=f"2026-{''.join(chance.choices('abcdefghijklmnopqrstuvwxyz234567', k=10))}", case_no="x", number=number,
            state=state, content={}, content_digest="0" * 64, party_display=name or "孙**", is_person=not name,
            number_search=fold(number), search_text=searched_text(name, violation, number), violation=violation,
            domain=chance.choice(("道路货运", "道路客运")), types=["02"], year=2026,
            decided_on=TODAY - timedelta(days=chance.randrange(300)), credit_class="2", publish_due=TODAY,
            display_until=TODAY + timedelta(days=chance.randrange(-20, 300)), published_at=AT, created_at=AT, updated_at=AT,
        ))  # fmt: skip
    with django_db_blocker.unblock():
        made = DisclosureRecord.objects.bulk_create(rows, batch_size=1000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE disclosure_disclosurerecord")
        forget()
        yield sorted(
            (row for row in made if row.state == "published" and row.display_until >= TODAY),
            key=lambda row: (row.decided_on, row.public_id), reverse=True,
        )  # fmt: skip
        DisclosureRecord.objects.filter(pk__in=[row.pk for row in made]).delete()
        forget()


def queries(chance: random.Random, register: list[DisclosureRecord], count: int) -> Iterator[str]:
    """Pieces of texts that are there, and characters thrown together."""
    signs = sorted({sign for row in register[:500] for sign in row.search_text} - {"\n"}) + list("%_\\'\"龘𠮷a1")
    for _ in range(count):
        length = chance.randrange(1, 7)
        if chance.random() < 0.75:
            lines = chance.choice(register).search_text.split("\n")
            line = chance.choice(lines)
            start = chance.randrange(max(1, len(line) - length + 1))
            yield line[start : start + length]
        else:
            yield "".join(chance.choices(signs, k=length))


@pytest.mark.django_db
def test_2000_random_queries_equal_like(register: list[DisclosureRecord]) -> None:
    chance = random.Random(22)
    ways = set()
    for place, query in enumerate(queries(chance, register, 2_000)):
        folded = fold(query)
        expected = [row for row in register if folded in row.search_text]
        ways.add(min(len(expected), PAGE + 1) > 0)
        counted = place % 4 == 0
        page = find(PublicSearch(query=query), TODAY, counted=counted)
        assert [row.public_id for row in page.rows] == [row.public_id for row in expected[:PAGE]], query
        if counted:
            assert (page.count, page.is_capped) == (min(len(expected), COUNT_CAP), len(expected) > COUNT_CAP), query
        assert bool(page.next_cursor) == (len(expected) > PAGE), query
    assert ways == {True, False}


@pytest.mark.django_db
@pytest.mark.parametrize("dear", [0.0, 1.5, 1e9])
def test_pages_and_filters_by_every_way(
    register: list[DisclosureRecord], monkeypatch: pytest.MonkeyPatch, dear: float
) -> None:
    """By the index whenever the page is not full, as it comes, and never by the index."""
    monkeypatch.setattr(searching, "DEAR", dear)
    monkeypatch.setattr(searching, "FIRST", 20)
    chance = random.Random(int(dear))
    for query in [*queries(chance, register, 25), "璟", "𠮷", "50%_a\\b", "express"]:
        wanted = PublicSearch(query=query, domain="道路客运")
        expected = [row.public_id for row in register if fold(query) in row.search_text and row.domain == "道路客运"]
        found: list[str] = []
        for _ in range(4):
            page = find(wanted, TODAY)
            found += [row.public_id for row in page.rows]
            assert page.count == min(len(expected), COUNT_CAP)
            if not page.next_cursor:
                break
            wanted = PublicSearch(query=query, domain="道路客运", after=parse_cursor(page.next_cursor))
        assert found == expected[: 4 * PAGE], query


@pytest.mark.django_db
def test_a_page_in_the_middle_is_entered_by_the_index(register: list[DisclosureRecord]) -> None:
    """Read from the first row on, the middle of a million rows took more than a second."""
    rows = on_show(TODAY).order_by(*NEWEST)
    middle = rows[SCALE // 2]
    behind = beyond(rows, NEWEST, (middle.decided_on, middle.public_id))
    assert "Index Cond: (ROW(decided_on" in behind[: PAGE + 1].explain()
    every = list(rows.values_list("public_id", flat=True))
    assert list(behind.values_list("public_id", flat=True)) == every[SCALE // 2 + 1 :]


def test_an_order_in_two_directions_has_no_key() -> None:
    for order in (("decided_on", "-public_id"), ("-decided_on",), ()):
        with pytest.raises(ValueError, match="one direction"):
            beyond(on_show(TODAY), order, (TODAY, "2026-aaaaaaaaaa"))


@pytest.mark.django_db
def test_exact_forms_at_scale(register: list[DisclosureRecord]) -> None:
    chance = random.Random(5)
    for row in chance.sample(register, 50):
        for form in (row.number, row.number.replace("〔", "[").replace("〕", "]"), f" {row.number} "):
            page = find(PublicSearch(query=form), TODAY)
            assert [one.public_id for one in page.rows] == [row.public_id]


@pytest.mark.django_db
def test_the_database_and_the_program_make_the_same_grams() -> None:
    chance = random.Random(3)
    signs = [*"梨树县a1%_\\😀𠮷龘\uffff豈", *(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(50))]
    for _ in range(200):
        text = "".join(chance.choices(signs, k=chance.randrange(1, 12)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT lishu_grams(%s), lishu_grams(%s) @> %s", [text, text, grams(text)])
            made, holds = cursor.fetchone()
        assert holds
        assert len(made) <= 2 * len(text) - 1


UNKNOWN = 1.0


@pytest.mark.parametrize(
    ("hits", "read", "likely", "shown", "expected"),
    [
        (0, 400, UNKNOWN, 8_707, True),  # a small register: the index has few hits whatever the word
        (5, 400, UNKNOWN, 8_707, True),
        (19, 400, UNKNOWN, 8_707, False),  # two more rows are near
        (0, 400, UNKNOWN, 10_000_000, False),  # nobody knows yet whether it is rare
        (0, 400, 0.0001, 10_000_000, True),  # the database knows
        (1, 400, UNKNOWN, 1_000_000, False),
        (1, 400, 0.0005, 1_000_000, True),  # a hit by luck of what is known to be rare
        (8, 400, 0.0005, 1_000_000, False),  # eight are no luck
        (2, 1_200, UNKNOWN, 1_000_000, True),
        (4, 1_200, UNKNOWN, 1_000_000, False),
        (0, 3_000, UNKNOWN, 1_000_000, True),
        (8, 3_000, UNKNOWN, 1_000_000, False),  # 3,000 hits to sort against 4,300 rows to read
        (0, 3_000, UNKNOWN, 3_000, False),  # all rows are read
        (0, 400, UNKNOWN, 800, False),  # as many rows to read as asking the index costs
    ],
)
def test_the_cheaper_way(hits: int, read: int, likely: float, shown: int, expected: bool) -> None:
    assert index_is_cheaper(share_of(hits, read, likely), PAGE + 1 - hits, shown - read, shown) is expected


def test_how_far_to_read_at_first() -> None:
    assert first_read(UNKNOWN, PAGE + 1) == searching.FIRST
    assert first_read(0.05, 21) == 840  # twice what a full page should need
    assert first_read(0.035, 21) == 1_200
    assert first_read(0.034, 21) == searching.FIRST  # not to be filled soon: a look first


def test_how_far_to_read_on() -> None:
    assert read_on(0.1, 5, 400, 1_000_000) == 1_200  # three times as far at least
    assert read_on(0.005, 20, 400, 1_000_000) == 400 + 8_000  # twice as far as twenty hits should need
    assert read_on(0.005, 20, 400, 16_801) is None  # half of all: then all at once
    assert read_on(0.005, 20, 400, 16_802) == 8_400


def test_what_is_expected_of_a_query() -> None:
    """Each character depends on the one before it; of what nobody counted no more than the rarest counted gram."""
    known = GramShares(1_000, {numbered(gram): share for gram, share in
                               {"梨": 0.8, "树": 0.5, "县": 0.5, "梨树": 0.4, "树县": 0.2}.items()}, 0.01)  # fmt: skip
    assert known.likely("梨") == known.most("梨") == 0.8
    assert known.likely("璟") == known.most("璟") == 0.01
    assert known.most("梨树县") == 0.2
    assert known.likely("梨树县") == pytest.approx(0.4 * 0.2 / 0.5)
    assert known.likely("县梨树") == pytest.approx(0.01 * 0.4 / 0.8)
    assert known.likely("梨树璟") == known.likely("梨树") * 0.01 / 0.5
    assert GramShares(0).likely("梨树县") == GramShares(0).most("梨") == UNKNOWN


@pytest.mark.django_db
def test_the_database_knows_the_shares_of_grams(register: list[DisclosureRecord]) -> None:
    published = DisclosureRecord.objects.filter(state="published").count()
    known = gram_shares()
    assert 0.9 * published <= known.shown <= 1.1 * published
    every = list(DisclosureRecord.objects.values_list("search_text", flat=True))
    for query in ("梨", "公", "顺达", "物流", "号"):
        true = sum(query in text for text in every) / len(every)
        assert true > 0.05
        assert known.most(query) == pytest.approx(true, rel=0.1)
    for query in ("璟", "查", "龘x"):
        assert known.most(query) < 0.05
    assert gram_shares() is known
    forget()
    assert gram_shares() is not known


@pytest.mark.django_db
def test_of_a_table_never_counted_nothing_is_known() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA empty_register")
        cursor.execute(
            "CREATE TABLE empty_register.disclosure_disclosurerecord (LIKE public.disclosure_disclosurerecord INCLUDING ALL)"
        )
        cursor.execute("SET LOCAL search_path = empty_register, public")
        names = {
            "record_grams": "USING gin (lishu_grams(search_text))",
            "record_public_newest": "(decided_on, public_id)",
        }
        for name, how in names.items():
            cursor.execute(f"CREATE INDEX {name} ON disclosure_disclosurerecord {how}")
    forget()
    assert gram_shares() == GramShares(0)
    assert find(PublicSearch(query="梨树"), TODAY).rows == []
    forget()


@pytest.mark.django_db
def test_statements(register: list[DisclosureRecord], django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for query in ("", "示例", "璟", "查不到的词", "吉梨交罚〔2026〕0001号"):
        with django_assert_max_num_queries(3):  # twice as many only where a large register keeps both ways open
            find(PublicSearch(query=query), TODAY)
