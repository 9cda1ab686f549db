"""One table, many files: each says the same, a generic reader reads it, nothing in it is a formula."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django.fixtures import DjangoAssertNumQueries

from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord
from disclosure.portal.open_data import files
from disclosure.portal.open_data.cells import plain, safe
from disclosure.portal.open_data.columns import COLUMNS, NAMES, TITLES
from disclosure.portal.open_data.workbook import workbook
from disclosure.portal.pages import FORMAL
from disclosure.queries.search import PublicSearch, find
from lishu_law.web import rate_limits
from tests.disclosure.facts import COMPANY, PERSON, SHOP, checker
from tests.disclosure.open_data.reading import (
    ATOM,
    KINDS,
    ONCE,
    SITEMAP,
    STONE,
    all_pages,
    body,
    csv_rows,
    fetch,
    json_lines,
    xlsx_rows,
    xml,
)  # fmt: skip

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
CACHE = "public, max-age=60, stale-if-error=240"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def three(db: None) -> dict[str, DisclosureRecord]:
    by = checker()
    found = {}
    for name, facts in (("company", COMPANY), ("person", PERSON), ("shop", SHOP)):
        record = draft(facts)
        found[name] = publish(record_id=record.pk, version=1, facts=facts, by=by)
    return found


def test_the_table_holds_everything_the_page_shows() -> None:
    assert {name for name, _title in FORMAL} <= set(NAMES)
    assert len(set(NAMES)) == len(set(TITLES)) == len(COLUMNS)


def test_what_is_withdrawn_while_a_page_of_json_is_made_is_not_on_it(three: dict[str, DisclosureRecord]) -> None:
    today = date(2026, 4, 13)
    listed = find(PublicSearch(), today, counted=False).rows
    DisclosureRecord.objects.filter(pk=three["shop"].pk).update(
        state="withdrawn", withdrawn_on=today, withdrawal_reason="复议机关撤销了处罚决定。"
    )
    shown = [one.public_id for one in listed if one.public_id != three["shop"].public_id]
    assert len(listed) == 3
    assert [one.public_id for one in files.of_page(today, listed)] == shown


def test_all_files_say_the_same(client: Client, three: dict[str, DisclosureRecord]) -> None:
    listed = all_pages(client)
    lines = json_lines(fetch(client, "/open/penalties-2026.jsonl"))
    table = csv_rows(fetch(client, "/open/penalties-2026.csv"))
    sheet = xlsx_rows(fetch(client, "/open/penalties-2026.xlsx"))
    assert {row["public_id"] for row in listed} == {record.public_id for record in three.values()}
    assert lines == listed
    flat = [["；".join(value) if isinstance(value, list) else value for value in row.values()] for row in listed]
    assert [list(row.values()) for row in table] == flat
    assert tuple(table[0]) == TITLES == tuple(sheet[0])
    assert [[cell or "" for cell in row] for row in sheet[1:]] == flat
    assert fetch(client, "/penalties.csv") == fetch(client, "/open/penalties-2026.csv")
    assert fetch(client, "/open/penalties-header.csv").decode().strip().split(",") == list(NAMES)


def test_a_row_says_what_the_record_says(client: Client, three: dict[str, DisclosureRecord]) -> None:
    rows = {row["public_id"]: row for row in all_pages(client)}
    row = rows[three["company"].public_id]
    assert (row["fine"], row["decided_on"], row["types"], row["type_codes"]) == (
        "1000.00",
        "2026-04-08",
        ["罚款"],
        ["02"],
    )
    assert row["published_on"] == "2026-04-13"
    assert row["updated_at"] == "2026-04-13T10:00:00+08:00"
    assert row["url"].endswith(f"/penalties/{row['public_id']}/")
    assert row["content_digest"] == three["company"].content_digest
    assert rows[three["person"].public_id]["party"] == "孙**"
    assert rows[three["person"].public_id]["uscc"] == ""
    assert rows[three["shop"].public_id]["uscc"] == "9222**********038K"


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        ("=1+1", True), ("+1", True), ("-1", True), ("@SUM(A1)", True), ("\t=1", True), ("\r=1", True), ("\x00=1", True),
        ("\tx", True), ("\rx", True), ("\x00x", True), ("  =1", True), ("\n=1", True), ("＝1", True), ("＋1", True),
        ("－1", True), ("＠a", True), ("﹦1", True), ("﹢1", True), ("﹣1", True), ("﹫a", True), ("\u200b=1", True),
        ("\ufeff=1", True), ("\u3000＝1", True), ("", False), ("普通", False), ("1000.00", False), ("a=1", False),
        ("2026-04-08", False), ("'=1", False),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, is_quoted: bool) -> None:
    assert safe(text) == ("'" if is_quoted else "") + plain(text)


def test_control_characters_never_reach_a_file() -> None:
    text = plain("a\x00\x01\x0b\x1f\ud800\ufffe\tb\nc\U00020000")
    assert text == "a\tb\nc\U00020000"
    data = b"".join(workbook("页", [["列"], ["=cmd|' /C calc'!A0"], ['a<b>&"c"'], ["\x01中\U00020000"]]))
    assert xlsx_rows(data) == [["列"], ["'=cmd|' /C calc'!A0"], ['a<b>&"c"'], ["中\U00020000"]]


@pytest.mark.django_db
def test_what_an_officer_typed_is_quoted_in_every_table(client: Client) -> None:
    facts = COMPANY.__class__(
        **{**COMPANY.__dict__, "violation": '=HYPERLINK("http://x","y"),\r\n"a"', "tier": "＋一般"}
    )
    record = draft(facts)
    publish(record_id=record.pk, version=1, facts=facts, by=checker())
    row = csv_rows(fetch(client, "/penalties.csv"))[0]
    assert row["违法行为"] == '\'=HYPERLINK("http://x","y"),\r\n"a"'
    assert row["裁量档次"] == "'＋一般"
    sheet = xlsx_rows(fetch(client, "/open/penalties-2026.xlsx"))
    assert sheet[1][TITLES.index("违法行为")].startswith("'=HYPERLINK")
    assert xml(fetch(client, "/penalties/atom.xml")).findtext(f"{ATOM}entry/{ATOM}title").count("HYPERLINK") == 1


def test_descriptions_follow_the_table(client: Client, three: dict[str, DisclosureRecord]) -> None:
    assert [one["name"] for one in json.loads(fetch(client, "/open/fields.json"))["fields"]] == list(NAMES)
    columns = json.loads(fetch(client, "/penalties.csv-metadata.json"))["tableSchema"]["columns"]
    assert [one["titles"] for one in columns] == list(TITLES)
    catalog = json.loads(fetch(client, "/open/catalog.json"))
    data_set = catalog["dcat:dataset"][0]
    assert data_set["dct:temporal"] == {"dcat:startDate": "2026-04-08", "dcat:endDate": "2026-04-08"}
    assert data_set["dct:spatial"] == "220322"
    assert "待确认" in data_set["dct:license"]
    for one in data_set["dcat:distribution"]:
        fetch(client, one["dcat:downloadURL"].removeprefix("http://127.0.0.1:8000"))
    manifest = json.loads(fetch(client, "/open/manifest.json"))
    assert manifest["date"] == "2026-04-13"
    assert {one["public_id"]: one["content_digest"] for one in manifest["items"]} == {
        record.public_id: record.content_digest for record in three.values()
    }


def test_the_interface_answers_as_it_is_described(client: Client, three: dict[str, DisclosureRecord]) -> None:
    said = json.loads(fetch(client, "/open/openapi.json"))
    schema = said["components"]["schemas"]["Penalty"]
    for row in all_pages(client):
        Draft202012Validator({**schema, "additionalProperties": False}).validate(row)
    parts = {"public_id": three["company"].public_id, "year": "2026", "kind": "csv"}
    for address, described in said["paths"].items():
        assert client.get(address.format(**parts)).status_code == 200, described


def test_atom_and_rss_name_the_newest_and_notices_for_what_went(
    client: Client, three: dict[str, DisclosureRecord]
) -> None:
    gone = three["company"]
    DisclosureRecord.objects.filter(pk=gone.pk).update(
        state="withdrawn", withdrawn_on=date(2026, 4, 13), withdrawal_reason="复议机关撤销了处罚决定。", updated_at=NOW
    )
    feed = xml(fetch(client, "/penalties/atom.xml"))
    assert {entry.findtext(f"{ATOM}id").split("/")[-2] for entry in feed.iter(f"{ATOM}entry")} == {
        three["person"].public_id, three["shop"].public_id,
    }  # fmt: skip
    for entry in feed.iter(f"{ATOM}entry"):
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary"))
    (stone,) = feed.iter(f"{STONE}deleted-entry")
    assert stone.get("ref") == f"http://127.0.0.1:8000/penalties/{gone.public_id}/"
    assert stone.get("when") == "2026-04-13T10:00:00+08:00"
    channel = xml(fetch(client, "/penalties/rss.xml")).find("channel")
    titles = {item.findtext("guid"): item.findtext("title") for item in channel.iter("item")}
    assert titles[stone.get("ref")] == f"{gone.number} 已撤回"
    assert len(titles) == 3
    assert json.loads(fetch(client, "/open/tombstones.json"))["items"] == [
        {"public_id": gone.public_id, "number": gone.number, "kind": "withdrawn", "date": "2026-04-13"}
    ]


def test_the_sitemap_names_live_organisations_only(client: Client, three: dict[str, DisclosureRecord]) -> None:
    found = {one.text.split("/")[-2] for one in xml(fetch(client, "/sitemap.xml")).iter(f"{SITEMAP}loc")}
    assert found == {three["company"].public_id, three["shop"].public_id}
    lastmod = {one.text for one in xml(fetch(client, "/sitemap.xml")).iter(f"{SITEMAP}lastmod")}
    assert lastmod == {"2026-04-13T10:00:00+08:00"}
    assert b"Sitemap: http://127.0.0.1:8000/sitemap.xml" in fetch(client, "/robots.txt")


def test_linked_data_of_a_record(client: Client, three: dict[str, DisclosureRecord]) -> None:
    record = three["company"]
    page = fetch(client, f"/penalties/{record.public_id}/").decode()
    assert f'type="application/ld+json" href="/penalties/{record.public_id}.jsonld"' in page
    DisclosureRecord.objects.filter(pk=record.pk).update(violation="</script><script>alert(1)</script>")
    raw = fetch(client, f"/penalties/{record.public_id}.jsonld")
    assert b"<" not in raw
    said = json.loads(raw)
    assert (said["@type"], said["datePublished"], said["expires"]) == ("CreativeWork", "2026-04-13", "2026-07-09")
    assert said["publisher"] == {"@type": "GovernmentOrganization", "name": "梨树县交通运输局"}
    twin = client.get(f"/penalties/{three['person'].public_id}.jsonld")
    assert twin["X-Robots-Tag"] == "noindex, noarchive"
    assert client.get("/penalties/2026-aaaaaaaaaa.jsonld").status_code == 404


def test_headers_validators_and_304(client: Client, three: dict[str, DisclosureRecord]) -> None:
    addresses = [*ONCE, *(f"/open/penalties-2026.{kind}" for kind in KINDS)]
    before = {}
    for address in addresses:
        response = client.get(address)
        before[address] = response["ETag"]
        assert response["Cache-Control"] == CACHE, address
        assert not response.cookies
        body(response)
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, body(again)) == (304, b"")
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405
    for address in ("/penalties.csv", "/penalties.json", "/penalties/atom.xml", "/open/penalties-2026.xlsx"):
        assert client.get(address)["X-Robots-Tag"] == "noindex, noarchive"
    record = three["company"]
    DisclosureRecord.objects.filter(pk=record.pk).update(state="withdrawn", withdrawn_on=date(2026, 4, 13),
        withdrawal_reason="x", version=3)  # fmt: skip
    for address in ("/penalties.csv", "/penalties.json", "/open/penalties-2026.csv", "/open/manifest.json"):
        answer = client.get(address, headers={"If-None-Match": before[address]})
        assert answer.status_code == 200
        assert record.public_id.encode() not in body(answer)


def test_after_the_last_day_it_is_gone_by_the_calendar_alone(
    client: Client, three: dict[str, DisclosureRecord]
) -> None:
    record = three["company"]
    last = datetime.combine(record.display_until, datetime.min.time(), tzinfo=UTC).replace(
        hour=15, minute=59, second=59
    )
    with time_machine.travel(last, tick=False):
        tag = client.get("/penalties.csv")["ETag"]
        assert record.public_id in fetch(client, "/penalties.csv").decode()
        assert json.loads(fetch(client, "/open/tombstones.json"))["items"] == []
    with time_machine.travel(last.timestamp() + 1, tick=False):
        answer = client.get("/penalties.csv", headers={"If-None-Match": tag})
        assert record.public_id not in body(answer).decode()
        assert record.public_id.encode() not in fetch(client, "/sitemap.xml") + fetch(client, "/open/manifest.json")
        stones = json.loads(fetch(client, "/open/tombstones.json"))["items"]
        assert {one["kind"] for one in stones} == {"expired"}
        mine = next(one for one in stones if one["public_id"] == record.public_id)
        assert mine["date"] == "2026-07-09"
        assert json.loads(fetch(client, "/open/tombstones.json", since="2026-07-10"))["items"] == []
        assert mine in json.loads(fetch(client, "/open/tombstones.json", since="2026-07-09"))["items"]


@pytest.mark.django_db
def test_pages_of_json_follow_each_other(client: Client) -> None:
    seed_records(230, pending=0)
    found = [row["public_id"] for row in all_pages(client)]
    shown = DisclosureRecord.objects.filter(display_until__gte=date(2026, 4, 13)).order_by("-decided_on", "-public_id")
    assert found == list(shown.values_list("public_id", flat=True))
    assert len(found) > 100
    years = {date.fromisoformat(row["decided_on"]).year for row in all_pages(client)}
    lines = [json_lines(fetch(client, f"/open/penalties-{year}.jsonl")) for year in sorted(years, reverse=True)]
    assert [row["public_id"] for rows in lines for row in rows] == found
    assert json.loads(fetch(client, "/penalties.json", q="撒", year="2026"))["items"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "query", "status"),
    [
        ("/penalties.json", {"after": "x"}, 400), ("/penalties.json", {"after": "2026-99-99~2026-aaaaaaaaaa"}, 400),
        ("/penalties.json", {"q": "一" * 51}, 400), ("/penalties.json", {"year": "x"}, 400),
        ("/penalties.json", {"on": "x"}, 400), ("/penalties.json", {"on": "2026-04-14"}, 400),
        ("/penalties.json", {"on": "2026-04-13", "after": "x"}, 400), ("/open/tombstones.json", {"since": "x"}, 400),
        ("/open/penalties-1999.csv", {}, 404), ("/open/penalties-2026.pdf", {}, 404), ("/open/x", {}, 404),
        ("/open/penalties-20260.csv", {}, 404),
    ],
)  # fmt: skip
def test_bad_addresses(client: Client, address: str, query: dict[str, str], status: int) -> None:
    assert client.get(address, query).status_code == status


@pytest.mark.django_db
def test_an_empty_register_has_files_all_the_same(client: Client) -> None:
    for address in ONCE:
        fetch(client, address)
    assert csv_rows(fetch(client, "/penalties.csv")) == []
    assert json.loads(fetch(client, "/penalties.json")) == {"items": [], "next": None}
    assert len(list(xml(fetch(client, "/sitemap.xml")))) == 0


@pytest.mark.django_db
def test_programs_are_asked_to_take_the_files_instead(client: Client) -> None:
    rate_limits.forget_all()
    answers = [client.get("/penalties.json").status_code for _ in range(61)]
    assert answers[:60] == [200] * 60
    assert answers[60] == 429
    assert "数据下载" in client.get("/penalties.json").content.decode()
    assert client.get("/penalties.csv").status_code == 200


@pytest.mark.django_db
def test_statements_and_memory_do_not_grow_with_the_rows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seed_records(120, pending=0)
    for address, most in (
        ("/penalties.json", 2), ("/penalties.csv", 4), ("/open/penalties-2026.xlsx", 5), ("/penalties/atom.xml", 3),
        ("/sitemap.xml", 1), ("/open/tombstones.json", 4), ("/open/manifest.json", 4), ("/open/catalog.json", 1), ("/open/", 1),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            fetch(client, address)


def test_a_large_workbook_leaves_in_pieces() -> None:
    rows = ([f"{row}-{cell}" * 40 for cell in range(20)] for row in range(3000))
    sizes = [len(piece) for piece in workbook("页", rows)]
    assert len(sizes) > 3
    assert max(sizes) < 2 * 1024 * 1024
    assert io.BytesIO(b"").read() == b""
