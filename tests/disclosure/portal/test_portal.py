"""The public site: list, search, permanent page, JSON twin, 410, caching, and nothing personal anywhere."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from disclosure.actions.draft import draft
from disclosure.actions.ending import end_core
from disclosure.actions.publish import publish
from disclosure.demo import invented, seed_records
from disclosure.models import Delivery, DisclosureRecord, RecordState
from disclosure.portal import explain
from disclosure.queries.search import PublicSearch, cursor_of, find, fold
from tests.disclosure.facts import BIG, CARD, COMPANY, PERSON, SHOP, checker, decision

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
LIST_MOST, PAGE_MOST = 12, 25


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def three() -> dict[str, DisclosureRecord]:
    by = checker()
    found = {}
    for name, facts in (("company", COMPANY), ("person", PERSON), ("shop", decision(SHOP, violation="超限运输"))):
        record = draft(facts)
        found[name] = publish(record_id=record.pk, version=1, facts=facts, by=by)
    return found


def _numbers(client: Client, **query: Any) -> list[str]:
    text = client.get("/penalties/", query).content.decode()
    return re.findall(r'data-label="文号">([^<]*)<', text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "serials"),
    [
        ("", {1, 2, 3}),
        ("示例货运", {1}),
        ("梨树县 示例货运 有限公司", {1}),
        ("示例汽修部", {3}),
        ("撒", {1, 2}),
        ("扬撒", {1, 2}),
        ("超限", {3}),
        ("吉梨交罚〔2026〕0002号", {2}),
        ("吉梨交罚[2026]0002号", {2}),
        ("吉梨交罚（２０２６）0002号", {2}),
        ("0003", {3}),
        ("91220322MA0T0002XN", {1}),
        ("91220322ma0t0002xn", {1}),
        # an 个体工商户's code leads to a person
        ("92220322MA0T00038K", set()),
        ("9222", set()),
        # persons: never by name, masked or not
        ("孙虚构", set()),
        ("孙**", set()),
        ("孙*", set()),
        ("赵示例", set()),
        ("李样本", set()),
        ("钱演示", set()),
        (CARD, set()),
        ("吉C12345", set()),
        ("虚构路", set()),
        ("%", set()),
        ("_", set()),
        ("\\", set()),
        ("'", set()),
        ("😀", set()),
    ],
)
def test_search(client: Client, three: dict[str, DisclosureRecord], query: str, serials: set[int]) -> None:
    assert {int(re.findall(r"(\d+)号$", number)[0]) for number in _numbers(client, q=query)} == serials


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"year": "2026"}, 3),
        ({"year": "2025"}, 0),
        ({"domain": "道路货运"}, 3),
        ({"domain": "水路运输"}, 0),
        ({"type": "02"}, 3),
        ({"type": "07"}, 0),
        ({"type": "nonsense"}, 3),
        ({"year": "2026", "q": "超限", "type": "02"}, 1),
    ],
)
def test_filters(client: Client, three: dict[str, DisclosureRecord], query: dict[str, str], count: int) -> None:
    assert len(_numbers(client, **query)) == count


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"q": "一" * 50}, 200, "没有查到"),
        ({"q": "一" * 51}, 400, "最多 50 个字"),
        ({"q": "一" * 5000}, 400, "最多 50 个字"),
        ({"after": "-1"}, 400, "从第一页"),
        ({"year": "abcd"}, 400, "四位数字"),
        ({"year": "９９９９"}, 400, "四位数字"),
        ({"q": "孙虚构"}, 200, "没有查到“孙虚构”。试试：只输关键字；检查年份；个人案件不提供姓名查询。"),
        ({"q": "<script>alert(1)</script>"}, 200, "&lt;script&gt;"),
        ({"q": "a\x00b"}, 200, "没有查到"),
    ],
)
def test_bad_input(
    client: Client, three: dict[str, DisclosureRecord], query: dict[str, str], status: int, words: str
) -> None:
    response = client.get("/penalties/", query)
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat(client: Client) -> None:
    seed_records(53, pending=0)
    expected = list(
        DisclosureRecord.objects.filter(display_until__gte=date(2026, 4, 13))
        .order_by("-decided_on", "-public_id")
        .values_list("public_id", flat=True)
    )
    seen: list[str] = []
    query = ""
    while True:
        text = client.get(f"/penalties/{query}").content.decode()
        seen += re.findall(r'href="/penalties/(\d{4}-[a-z2-7]{10})/"', text)
        more = re.search(r'rel="next" href="([^"]+)"', text)
        if not more:
            break
        query = more[1].replace("&amp;", "&")
    assert seen == expected
    assert len(expected) > 20


@pytest.mark.django_db
def test_search_equals_like_on_every_part_of_a_name() -> None:
    seed_records(60)
    rows = list(DisclosureRecord.objects.filter(display_until__gte=date(2026, 4, 13)))
    some = next(row for row in rows if not row.is_person).search_text.split("\n")[0]
    for start in range(0, len(some) - 2, 3):
        for length in (1, 2, 3, 5):
            query = some[start : start + length]
            expected = sum(fold(query) in row.search_text for row in rows)
            assert find(PublicSearch(query=query), date(2026, 4, 13)).count == expected


@pytest.mark.django_db
def test_record_page_order_fields_and_headers(client: Client, three: dict[str, DisclosureRecord]) -> None:
    response = client.get(f"/penalties/{three['company'].public_id}/")
    text = response.content.decode()
    places = [text.index(words) for words in ('data-field="lead"', "明白纸", "公示内容")]
    assert places == sorted(places)
    assert (
        "2026 年 4 月 8 日，梨树县示例货运有限公司因没有采取必要措施防止货物脱落、扬撒，被处以罚款人民币壹仟元整。"
        in text
    )
    for question in ("做了什么", "违反哪条", "为什么是这个数", "怎么缴", "不服怎么办"):
        assert f"<h3>{question}</h3>" in text
    fields = dict(re.findall(r'data-field="(\w+)">([^<]*)<', text))
    assert fields["fine"] == "1,000.00 元"
    assert fields["uscc"] == "91220322MA0T0002XN"
    assert fields["number"] == "吉梨交罚〔2026〕0001号"
    assert fields["display_until"] == "2026-07-08"
    assert fields["remedy"] == "不服的话：收到决定书之日起 60 日内可申请行政复议，或 6 个月内起诉。"
    for name in ("ColumnName", "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description"):
        assert f'<meta name="{name}"' in text
    assert response["Cache-Control"] == "public, max-age=60, stale-if-error=240"
    assert response["Last-Modified"] == "Mon, 13 Apr 2026 02:00:00 GMT"
    assert "X-Robots-Tag" not in response
    assert not response.cookies
    assert "<script" not in text


@pytest.mark.django_db
def test_nothing_changed_is_answered_304(client: Client, three: dict[str, DisclosureRecord]) -> None:
    for url in ("/penalties/", f"/penalties/{three['shop'].public_id}/", f"/penalties/{three['shop'].public_id}.json"):
        etag = client.get(url)["ETag"]
        assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
        assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.django_db
def test_persons_are_masked_and_not_indexed(client: Client, three: dict[str, DisclosureRecord]) -> None:
    page = client.get(f"/penalties/{three['person'].public_id}/")
    twin = client.get(f"/penalties/{three['person'].public_id}.json")
    for response in (page, twin):
        assert response["X-Robots-Tag"] == "noindex, noarchive"
        assert "孙**" in response.content.decode()
        assert "孙虚构" not in response.content.decode()
    assert 'name="robots" content="noindex, noarchive"' in page.content.decode()
    assert client.get("/penalties/", {"q": "撒"})["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/penalties/")


@pytest.mark.django_db
def test_json_twin_says_the_same(client: Client, three: dict[str, DisclosureRecord]) -> None:
    record = three["company"]
    body = client.get(f"/penalties/{record.public_id}.json").json()
    assert body["public_id"] == record.public_id
    content = body["content"]
    coded = {"types", "procedure"}  # the content says them in the words of the page
    assert {name: content.get(name, "") for name in record.content if name not in coded | {"domain"}} == {
        name: value for name, value in record.content.items() if name not in coded | {"domain"}
    }
    assert (content["types"], content["procedure"]) == (["罚款"], "普通程序")
    sent = json.loads(bytes(Delivery.objects.get(record=record).body))["data"]
    assert content["number"] == sent["punish_file_num"]
    assert content["fine"] == sent["fine_amount"]
    assert content["decided_on"] == sent["punish_set_date"]
    assert body["url"] == sent["public"]["public_url"]


@pytest.mark.django_db
def test_withdrawn_and_expired_answer_410_without_party_and_facts(
    client: Client, three: dict[str, DisclosureRecord]
) -> None:
    gone = three["company"]
    gone.state, gone.withdrawn_on = RecordState.WITHDRAWN, date(2026, 5, 6)
    gone.withdrawal_reason = "复议机关撤销了处罚决定。"
    end_core(gone, datetime(2026, 5, 6, 1, tzinfo=UTC), ["withdrawn_on", "withdrawal_reason"])
    for url in (f"/penalties/{gone.public_id}/", f"/penalties/{gone.public_id}.json"):
        response = client.get(url)
        text = response.content.decode()
        assert response.status_code == 410
        assert "2026-05-06" in text
        assert "复议机关撤销了处罚决定。" in text
        assert gone.number in text
        assert "示例货运" not in text
        assert "扬撒" not in text
        assert response["Cache-Control"].startswith("public, max-age=60")
    page = client.get(f"/penalties/{gone.public_id}/").content.decode()
    assert "已于 2026-05-06 撤回。撤回理由：复议机关撤销了处罚决定。" in page
    assert _numbers(client, q="示例货运") == []
    person = three["person"]
    with time_machine.travel(datetime(2027, 4, 8, 15, 59, tzinfo=UTC), tick=False):
        assert client.get(f"/penalties/{person.public_id}/").status_code == 200
    with time_machine.travel(datetime(2027, 4, 8, 16, 0, tzinfo=UTC), tick=False):  # 00:00 in Shanghai
        response = client.get(f"/penalties/{person.public_id}/")
        assert response.status_code == 410
        assert "公示期" in response.content.decode()
        assert "孙" not in response.content.decode()
        assert _numbers(client) == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["2026-aaaaaaaaaa/", "2026-aaaaaaaaaa.json", "1/", "2026-AAAAAAAAAA/", "../etc/"])
def test_guessed_addresses_find_nothing(client: Client, path: str) -> None:
    assert client.get(f"/penalties/{path}").status_code == 404


@pytest.mark.django_db
def test_drafts_and_excluded_ones_do_not_exist_outside(client: Client) -> None:
    hidden = [draft(COMPANY), draft(decision(PERSON, birth_on=date(2010, 1, 1)))]
    for record in hidden:
        assert client.get(f"/penalties/{record.public_id}/").status_code == 404
    assert _numbers(client) == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_read_only(client: Client, method: str) -> None:
    assert getattr(client, method)("/penalties/").status_code == 405


@pytest.mark.django_db
def test_query_ceilings(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    seed_records(60)
    record = DisclosureRecord.objects.filter(display_until__gte=date(2026, 4, 13)).first()
    assert record is not None
    with django_assert_max_num_queries(LIST_MOST):
        client.get("/penalties/", {"q": "示例", "year": "2026"})
    with django_assert_max_num_queries(PAGE_MOST):
        client.get(f"/penalties/{record.public_id}/")


@pytest.mark.django_db
def test_plain_words() -> None:
    for facts in (
        COMPANY,
        BIG,
        PERSON,
        SHOP,
        decision(procedure="summary"),
        decision(fine=None, penalty_types=("01",)),
    ):
        for answer in explain.sheet(draft(decision(facts, decision_id=None))):
            for sentence in answer.sentences:
                assert len(sentence) <= 25, sentence
                assert not re.search("予以|系|该", sentence)


def test_cursor_is_not_a_primary_key() -> None:
    record = DisclosureRecord(pk=77, public_id="2026-aaaaaaaaaa", decided_on=date(2026, 4, 8))
    assert cursor_of(record) == "2026-04-08~2026-aaaaaaaaaa"


@pytest.mark.django_db
def test_no_personal_value_in_any_public_byte_of_200_records(client: Client) -> None:
    seed_records(200, seed=11)
    chance = random.Random(11)
    days = sorted(date(2026, 4, 13) - timedelta(days=20 + chance.randrange(330)) for _ in range(200))
    serials: dict[int, int] = {}
    planted: dict[str, list[str]] = {}
    for day in days:
        serials[day.year] = serials.get(day.year, 0) + 1
        facts = invented(chance, day, serials[day.year])
        person = facts.party_name if facts.party_kind == "citizen" else facts.party_person_name
        hidden_code = facts.party_uscc if facts.party_kind == "individual_business" else ""
        values = [person, facts.party_id_number, facts.party_phone, facts.party_address, hidden_code]
        planted[facts.number] = [v for v in (*values, *facts.plates, *facts.other_people) if v]
    looked = 0
    for record in DisclosureRecord.objects.all():
        for url in (f"/penalties/{record.public_id}/", f"/penalties/{record.public_id}.json"):
            text = client.get(url).content.decode()
            looked += 1
            assert [value for value in planted[record.number] if value in text] == []
        assert [value for value in planted[record.number] if value in record.search_text] == []
    assert looked == 400
