"""Batches and the listings for comparison (contract sections 3.4 and 8)."""

import hashlib

import pytest
from signed_client import USCC, client_of, encoded, example, pass_time, penalty, receipt_is_genuine, start, withdrawal

from disclosure.mock_feed.receipts import new_receipt_no

NO = "2026041000001"
DAYS = "date_from=2026-04-10&date_to=2026-04-10"


def test_hundred_items_with_ten_bad(exchange, client):
    items = [penalty(serial, **({"fine_amount": "0.00"} if serial % 10 == 5 else {})) for serial in range(100)]
    reply = client.batch(NO, items)
    body = reply.json
    assert (reply.status, body["total"], body["accepted"], body["rejected"]) == (200, 100, 90, 10)
    assert [result["index"] for result in body["results"]] == list(range(100))
    assert {result["index"] for result in body["results"] if result["status"] == "REJECTED"} == set(range(5, 100, 10))
    for result in body["results"]:
        assert result["record_unique_identity"] == items[result["index"]]["record_unique_identity"]
        assert (result["receipt"] is None) == (result["status"] == "REJECTED") == (result["error"] is not None)
        if result["receipt"]:
            assert receipt_is_genuine(result["receipt"])
        else:
            assert result["error"]["code"] == "E3002"
    again = client.batch(NO, items)
    assert (again.status, again.headers["Idempotent-Replayed"], again.json) == (200, "true", body)
    assert client.get(f"/batches/{NO}").json == body
    assert client.batch(NO, items[:3]).code == "E4001"
    total = client.get("/reconcile/penalty-decisions/summary", DAYS).json["days"]
    assert [day["count"] for day in total] == [90]


def test_items_refer_to_earlier_ones_and_repeat(client):
    inspection = example("inspection")
    inspection["cd_batch"] = NO
    dependent = penalty(1, case_source="01", check_action_code="JC2026-0009")
    wrong_batch = {**penalty(2), "cd_batch": "2026041000002"}
    items = [inspection, dependent, dependent, withdrawal(1), wrong_batch, 7, {"record_unique_identity": 1}]
    results = client.batch(NO, items).json["results"]
    assert [result["status"] for result in results] == [
        "ACCEPTED",
        "ACCEPTED",
        "DUPLICATE",
        "ACCEPTED",
        "REJECTED",
        "REJECTED",
        "REJECTED",
    ]
    assert results[2]["receipt"] == results[1]["receipt"]
    assert results[4]["error"]["details"][0]["path"] == "/cd_batch"
    assert results[5]["record_unique_identity"] is None
    assert results[6]["record_unique_identity"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[]", "E2001"),
        (b'{"cd_batch": "2026041000001", "items": [{"a": 1.5}]}', "E2001"),
        (encoded({"cd_batch": NO, "items": []}), "E3001"),
        (encoded({"cd_batch": NO}), "E3001"),
        (encoded({"cd_batch": NO, "items": [1], "more": 1}), "E3001"),
        (encoded({"cd_batch": "20260410", "items": [1]}), "E3001"),
        (encoded({"cd_batch": NO, "items": [1] * 101}), "E2002"),
        (encoded({"cd_batch": "2026041000002", "items": [1]}), "E2004"),
    ],
)
def test_broken_batch_binds_nothing(client, body, code):
    assert client.post_bytes("/batches", body, NO).code == code
    assert client.batch(NO, [penalty()]).json["accepted"] == 1


def test_text_rules_fail_only_their_item(client):
    spoiled = penalty(2, licence_action="a\tb")
    results = client.batch(NO, [penalty(1), spoiled]).json["results"]
    assert [result["status"] for result in results] == ["ACCEPTED", "REJECTED"]
    assert results[1]["error"]["details"][0]["path"] == "/data/licence_action"


def test_daily_quota(tmp_path):
    exchange = start(tmp_path, daily_limit=3)
    client = client_of(exchange)
    assert client.post(penalty(1)).status == 202
    assert client.post(penalty(1)).status == 200
    refused = client.batch(NO, [penalty(serial) for serial in (2, 3, 4)])
    assert (refused.status, refused.code, refused.json["retryable"]) == (429, "E6002", True)
    assert client.batch(NO, [penalty(2), penalty(3)]).json["accepted"] == 2
    assert client.post(penalty(4)).code == "E6002"
    assert client.post(penalty(4, fine_amount=None)).code == "E3002", "the rules are asked first"
    assert client.post(penalty(1)).status == 200, "what is known costs nothing"
    pass_time(exchange, 86_400)
    assert client.post(penalty(4)).status == 202
    exchange.storage.close()


def test_paging_neither_skips_nor_repeats(exchange, client):
    for start_at in (0, 100):
        client.batch(f"20260410{start_at:05d}", [penalty(serial) for serial in range(start_at, start_at + 60)])
        pass_time(exchange, 0.7)
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get("/reconcile/penalty-decisions", f"{DAYS}&limit=50" + (f"&cursor={cursor}" if cursor else ""))
        seen += page.json["items"]
        cursor = page.json["next_cursor"]
    ruis = [item["record_unique_identity"] for item in seen]
    assert len(ruis) == len(set(ruis)) == 120
    assert [(item["updated_at"], item["record_unique_identity"]) for item in seen] == sorted(
        (item["updated_at"], item["record_unique_identity"]) for item in seen
    )
    digests = "\n".join(sorted(item["content_digest"] for item in seen))
    summary = client.get("/reconcile/penalty-decisions/summary", DAYS).json
    assert summary["days"] == [
        {"date": "2026-04-10", "count": 120, "digest": hashlib.sha256(digests.encode()).hexdigest()}
    ]


def test_listing_holds_one_item_per_record_in_its_newest_version(exchange, client):
    client.post(penalty(1))
    client.post(penalty(2))
    client.post(example("inspection"))
    pass_time(exchange, 86_400)
    client.post(withdrawal(1))
    client.post(penalty(2, 2, "d"))
    pass_time(exchange, 2)
    assert client.get("/reconcile/penalty-decisions", DAYS).json["items"] == []
    items = client.get("/reconcile/penalty-decisions", "date_from=2026-04-10&date_to=2026-04-11").json["items"]
    assert [(item["data_version"], item["status"]) for item in items] == [(2, "WITHDRAWN"), (2, "DELETED")]
    assert [item["punish_file_num"] for item in items] == ["示交罚〔2026〕第0001号", "示交罚〔2026〕第0002号"]
    inspections = client.get("/reconcile/inspection-records", DAYS).json["items"]
    assert [item["record_unique_identity"] for item in inspections] == [f"{USCC}-JC-2026-000009"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "date_from=2026-04-10",
        "date_from=2026-04-11&date_to=2026-04-10",
        "date_from=2026-02-30&date_to=2026-04-10",
        f"{DAYS}&limit=0",
        f"{DAYS}&limit=501",
        f"{DAYS}&limit=ten",
        f"{DAYS}&unknown=1",
        f"{DAYS}&date_to=2026-04-10",
        f"{DAYS}&cursor=",
        f"{DAYS}&cursor=AAAA",
        f"{DAYS}&cursor=MSAyIDMgNA",
    ],
)
def test_bad_query(client, query):
    reply = client.get("/reconcile/penalty-decisions", query)
    assert (reply.status, reply.code) == (422, "E3001")


def test_cursor_ends_after_a_quarter_of_an_hour_and_belongs_to_its_query(exchange, client):
    client.batch(NO, [penalty(1), penalty(2)])
    pass_time(exchange, 2)
    cursor = client.get("/reconcile/penalty-decisions", f"{DAYS}&limit=1").json["next_cursor"]
    pass_time(exchange, 890)
    assert client.get("/reconcile/penalty-decisions", f"{DAYS}&cursor={cursor}").status == 200
    assert client.get("/reconcile/inspection-records", f"{DAYS}&cursor={cursor}").code == "E3001"
    pass_time(exchange, 20)
    assert client.get("/reconcile/penalty-decisions", f"{DAYS}&cursor={cursor}").code == "E3001"


def test_receipts_of_one_moment_have_numbers_of_their_own() -> None:
    assert len({new_receipt_no(1_780_000_000_000) for _ in range(20_000)}) == 20_000
