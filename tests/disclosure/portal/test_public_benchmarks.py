"""The benchmark for everybody: browse, search, one's own case, and a decision computed again from its frozen facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.api import decision_facts
from cases.models import Decision, Discretion, Edition, EditionState
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord
from tests.cast import Cast, make_cast
from tests.scenarios import case_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(datetime(2026, 4, 13, 2, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def record(cast: Cast) -> DisclosureRecord:
    walk = case_at("decision_served", cast)
    facts = decision_facts(Decision.objects.get(case=walk.case).pk)
    made = draft(facts)
    return publish(record_id=made.pk, version=made.version, facts=facts, by=cast.checker)


def words(client: Client, address: str, status: int = 200, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == status
    assert not answer.cookies
    return re.sub(r"\s+", " ", answer.content.decode())


def test_browse_and_search(client: Client) -> None:
    page = words(client, "/benchmarks/")
    assert page.count('href="/benchmarks/') > 130
    assert "2021-07-15 起施行" in page
    found = words(client, "/benchmarks/", q="扬撒")
    assert "货运经营者没有采取必要措施防止货物脱落、扬撒" in found
    assert found.count('<li><a href="/benchmarks/') < 5
    assert "没有查到" in words(client, "/benchmarks/", q="火星")
    assert client.get("/benchmarks/?q=超限")["X-Robots-Tag"] == "noindex"
    assert 'href="/benchmarks/"' in words(client, "/")


def test_one_violation_with_its_tiers_law_and_lists(client: Client) -> None:
    page = words(client, "/benchmarks/frt-scatter/")
    assert "罚款1000元以上1600元以下" in page
    assert "《中华人民共和国道路运输条例》" in page
    assert "首违不罚" in page
    assert not re.search(r"frt-scatter-\d|prior_same_12m[<=>]", page)
    assert words(client, "/benchmarks/nothing/", 404)


def test_answers_lead_to_tier_and_range_and_nothing_is_assumed(client: Client) -> None:
    asked = words(client, "/benchmarks/frt-scatter/", harm="none")
    assert "还有问题没有回答" in asked
    facts = {
        "prior_same_12m": "0", "prior_same_24m": "0", "harm": "none", "obstruct": "no", "corrected_immediately": "no",
        "order_refused": "no", "blocked_minutes": "0", "traffic_affected": "no",
    }  # fmt: skip
    page = words(client, "/benchmarks/frt-scatter/", **facts)
    assert "罚款1000元以上1600元以下（“较轻”档）" in page
    assert "这是说明，不是决定" in page
    exempt = words(client, "/benchmarks/frt-scatter/", **facts | {"corrected_immediately": "yes"})
    assert "一般不处罚" in exempt
    wrong = words(client, "/benchmarks/frt-scatter/", 400, **facts | {"prior_same_12m": "-1"})
    assert "请填 0 或者更大的数字" in wrong
    for hostile in ("9" * 500, "' or 1=1", "\x00", "<script>"):
        page = (
            words(client, "/benchmarks/frt-scatter/", 400, **facts | {"blocked_minutes": hostile or "x"})
            if hostile != "\x00"
            else ""
        )
        assert "<script>" not in page


def test_a_decision_is_computed_again(client: Client, record: DisclosureRecord) -> None:
    link = f"/penalties/{record.public_id}/how/"
    assert link in words(client, f"/penalties/{record.public_id}/")
    page = words(client, link)
    assert "结果一样" in page
    assert "<b data-tier>较轻</b>" in page
    assert "<b data-range>1000元以上1600元以下</b>" in page
    assert "1,000.00" in page
    assert "frt-scatter-01" not in page


def test_a_later_edition_does_not_move_it_and_a_changed_record_is_seen(
    client: Client, record: DisclosureRecord
) -> None:
    link = f"/penalties/{record.public_id}/how/"
    row = Discretion.objects.get(case__decision__pk=record.decision_id)
    row.result["assessment"]["tier"] = "严重"
    row.save(update_fields=["result"])
    assert "结果和当时不一样" in words(client, link)


def test_what_is_not_public_is_not_computed_in_public(client: Client, record: DisclosureRecord) -> None:
    record.state = "withdrawn"
    record.withdrawn_on, record.withdrawal_reason = record.decided_on, "示例撤回理由"
    record.save(update_fields=["state", "withdrawn_on", "withdrawal_reason"])
    assert client.get(f"/penalties/{record.public_id}/how/").status_code == 404
    assert client.get("/penalties/2026-aaaaaaaaaa/how/").status_code == 404


def test_without_an_edition_in_force_the_page_says_so(client: Client) -> None:
    Edition.objects.filter(kind="benchmark").update(state=EditionState.REVIEWED, in_force_from=None)
    assert "没有公布施行的裁量基准" in words(client, "/benchmarks/")
    assert client.get("/benchmarks/frt-scatter/").status_code == 404


@pytest.mark.parametrize("address", ["/benchmarks/", "/benchmarks/frt-scatter/?harm=none"])
def test_few_statements(client: Client, address: str) -> None:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) <= 4
