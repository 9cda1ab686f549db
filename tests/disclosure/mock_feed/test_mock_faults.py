"""Fault switches: what each does to answers and data, and that none weakens a check."""

import json

import pytest
from signed_client import Client, client_of, encoded, example, pass_time, penalty, receipt_is_genuine, start, withdrawal

from disclosure.mock_feed import controls
from disclosure.mock_feed.exchange import Exchange
from disclosure.mock_feed.wire import Request, Response

DAYS = "date_from=2026-04-01&date_to=2026-04-30"


def control(exchange: Exchange, method: str, path: str, document: object = None) -> Response:
    body = b"" if document is None else json.dumps(document).encode()
    return controls.handle(exchange, Request(method, f"/__mock__/{path}", "", {}, body, "127.0.0.1"))


def set_fault(exchange: Exchange, fault: str, **fields: object) -> None:
    assert control(exchange, "POST", "faults", {"fault": fault, **fields}).status == 200


def raw(exchange: Exchange, client: Client, envelope: dict) -> Response:
    """The answer as the connection would get it, before anything is read from it."""
    caught = []
    plain = client.transport

    def transport(method, target, body, headers):
        lowered = {name.lower(): value for name, value in headers.items()}
        caught.append(exchange.handle(Request(method, target, "", lowered, body, "127.0.0.1")))

    client.transport = transport
    client.post(envelope)
    client.transport = plain
    return caught[0]


def held(client: Client) -> int:
    return len(client.get("/reconcile/penalty-decisions", DAYS).json["items"])


def test_control_paths_exist_only_when_enabled(tmp_path):
    exchange = start(tmp_path, has_faults=False)
    assert control(exchange, "GET", "faults").status == 404
    exchange.storage.close()


@pytest.mark.parametrize(
    "document",
    [{"fault": "unknown"}, {"fault": "slow", "more": 1}, {"fault": "slow", "count": -1}, {"fault": "slow", "match": 1}]
    + [
        {"fault": "slow", "probability": 2},
        {"fault": "slow", "params": []},
        [],
        {"fault": "slow", "match": {"rui": 1}},
    ],
)
def test_bad_control_document(exchange, document):
    assert control(exchange, "POST", "faults", document).status in (400, 422)
    assert json.loads(control(exchange, "GET", "faults").body) == {"faults": []}


def test_listing_counts_and_deletes(exchange, client):
    set_fault(exchange, "rate_limit", match={"path": "/penalty-decisions"}, count=2)
    assert client.get("/codes/punish_type").status == 200, "another path does not match"
    assert [client.post(penalty()).status for _ in range(3)] == [429, 429, 202]
    shown = json.loads(control(exchange, "GET", "faults").body)["faults"]
    assert (shown[0]["fault"], shown[0]["fired"], shown[0]["count"]) == ("rate_limit", 2, 0)
    control(exchange, "DELETE", "faults")
    assert json.loads(control(exchange, "GET", "faults").body) == {"faults": []}


def test_match_by_record_also_inside_a_batch(exchange, client):
    set_fault(exchange, "late_reject", match={"rui": penalty(2)["record_unique_identity"]}, params={"rule": "V13"})
    client.batch("2026041000001", [penalty(1), penalty(2)])
    pass_time(exchange, 2)
    items = client.get("/reconcile/penalty-decisions", DAYS).json["items"]
    assert [item["status"] for item in items] == ["PUBLISHED", "REJECTED"]


def test_no_fault_weakens_a_check(exchange):
    set_fault(exchange, "legacy200", count=None)
    assert client_of(exchange, spoil={"X-Sign": "0"}).post(penalty()).code == "E1005"


def test_chance_is_seeded(tmp_path):
    patterns = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        exchange = start(folder, has_faults=True, seed=7)
        set_fault(exchange, "rate_limit", count=None, probability=0.5)
        client = client_of(exchange)
        patterns.append([client.get("/codes/punish_type").status for _ in range(30)])
        exchange.storage.close()
    assert patterns[0] == patterns[1]
    assert {200, 429} == set(patterns[0])


@pytest.mark.parametrize(("name", "is_stored"), [("timeout_after_commit", True), ("timeout_before_commit", False)])
def test_timeouts(exchange, client, name, is_stored):
    set_fault(exchange, name, params={"drop": True})
    answer = raw(exchange, client, penalty())
    assert (answer.fate, answer.pause_seconds) == ("drop", 0.0)
    assert held(client) == is_stored
    reply = client.post(penalty())
    assert reply.status == (200 if is_stored else 202)
    assert held(client) == 1


def test_silence_outlasts_the_clients_patience(exchange, client):
    set_fault(exchange, "timeout_after_commit")
    assert raw(exchange, client, penalty()).pause_seconds > 35


@pytest.mark.parametrize(("status", "code"), [(500, "E5001"), (502, "E5002"), (503, "E5002"), (504, "E5003")])
def test_burst_of_5xx(exchange, client, status, code):
    set_fault(exchange, "burst_5xx", params={"status": status, "retry_after": 7})
    reply = client.post(penalty())
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (status, code, "7")
    assert reply.json["retryable"] is True
    assert held(client) == 0


@pytest.mark.parametrize("kind", ["truncated", "html", "empty", "invalid_utf8", "huge", "redirect", "reset"])
def test_bad_answers_hide_a_stored_record(exchange, client, kind):
    set_fault(exchange, "bad_json", params={"kind": kind})
    answer = raw(exchange, client, penalty())
    if kind == "redirect":
        assert (answer.status, dict(answer.headers)["Location"]) == (307, "/api/v1/time")
    elif kind == "reset":
        assert answer.fate == "reset"
    elif kind == "huge":
        assert len(answer.body) == 50 * 1024 * 1024
    else:
        with pytest.raises(ValueError):
            json.loads(answer.body)
    assert held(client) == 1
    assert client.post(penalty()).status == 200


def test_legacy_answer(exchange, client):
    set_fault(exchange, "legacy200", params={"code": "E3002", "message": "校验未通过"})
    reply = client.post(penalty())
    assert (reply.status, reply.json) == (200, {"errCode": "E3002", "errMsg": "校验未通过"})
    assert held(client) == 0


def test_late_rejection(exchange, client):
    set_fault(exchange, "late_reject", params={"rule": "V10"})
    reply = client.post(penalty())
    path = f"/receipts/{reply.json['receipt_no']}"
    assert (reply.status, client.get(path).json["status"]) == (202, "RECEIVED")
    assert client.post(penalty(2, punish_file_num="示交罚〔2026〕第0123号")).code == "E4005", "in effect until then"
    pass_time(exchange, 2)
    receipt = client.get(path).json
    assert (receipt["status"], receipt["errors"][0]["rule"]) == ("REJECTED", "V10")
    assert receipt_is_genuine(receipt)
    assert client.post(penalty(2, punish_file_num="示交罚〔2026〕第0123号")).status == 202, "and undone after"
    assert client.post(penalty(version=1, close_date="2026-04-09"), key=None).code == "E4001"
    assert client.post(penalty(version=2, operation="u", punish_file_num="示交罚〔2026〕第0500号")).status == 202
    pass_time(exchange, 2)
    assert client.get(path).json["status"] == "REJECTED", "a rejected version is not superseded"


def test_rejected_withdrawal_is_undone(exchange, client):
    first = client.post(penalty())
    set_fault(exchange, "late_reject")
    client.post(withdrawal())
    assert client.post(penalty(version=3, operation="u")).code == "E4004"
    pass_time(exchange, 2)
    assert client.get(f"/receipts/{first.json['receipt_no']}").json["status"] == "PUBLISHED"
    assert client.get(f"/records/penalty-decisions/{penalty()['record_unique_identity']}").json["withdrawals"] == []
    assert client.post(penalty(version=3, operation="u")).status == 202


def test_stuck(exchange, client):
    set_fault(exchange, "stuck")
    reply = client.post(penalty())
    pass_time(exchange, 86_400)
    assert client.get(f"/receipts/{reply.json['receipt_no']}").json["status"] == "RECEIVED"


def test_lost_write(exchange, client):
    set_fault(exchange, "lost_write")
    lost = client.post(penalty())
    assert (lost.status, receipt_is_genuine(lost.json)) == (202, True)
    assert held(client) == 0
    assert client.get(f"/receipts/{lost.json['receipt_no']}").code == "E4040"
    again = client.post(penalty())
    assert again.status == 202
    assert again.json["receipt_no"] != lost.json["receipt_no"]


def test_receipt_twice_and_wrong_receipt(exchange, client):
    set_fault(exchange, "duplicate_receipt")
    reply = client.post(penalty(1))
    assert (reply.status, reply.headers["Idempotent-Replayed"]) == (200, "true")
    set_fault(exchange, "duplicate_receipt", params={"wrong": True})
    wrong = client.post(penalty(2)).json
    assert wrong["record_unique_identity"] == penalty(1)["record_unique_identity"]
    assert receipt_is_genuine(wrong)
    assert held(client) == 2


@pytest.mark.parametrize(
    ("params", "code"),
    [({"field": "submitted_personnel"}, "E3001"), ({"list": "case_source", "code": "02"}, "E3003")],
)
def test_schema_tightened(exchange, client, params, code):
    set_fault(exchange, "schema_tightened", params=params)
    assert client.post(penalty()).code == code
    if code == "E3003":
        served = client.get("/codes/case_source").json
        assert served["version"] == "2026-2"
        assert "02" not in [item["code"] for item in served["items"]]
    assert client.post(penalty()).status == 202


def test_partial_batch_and_cut(exchange, client):
    set_fault(exchange, "partial_batch", params={"k": 2, "code": "E5001", "cut": 3})
    items = [penalty(serial) for serial in range(4)]
    body = client.batch("2026041000001", items).json
    assert [result["status"] for result in body["results"]] == ["ACCEPTED", "REJECTED", "ACCEPTED"]
    assert body["results"][1]["error"]["retryable"] is True
    assert len(client.get("/batches/2026041000001").json["results"]) == 4, "the stored result is whole"
    assert held(client) == 2


def test_clock_skew_until_it_is_taken_away(exchange, client):
    truth = exchange.clock.now_ms()
    set_fault(exchange, "clock_skew", params={"offset_seconds": 600})
    client.now = lambda: truth
    refused = client.post(penalty())
    assert (refused.code, refused.json["retryable"]) == ("E1003", True)
    client.now = lambda: int(refused.headers["X-Server-Time"])
    assert client.post(penalty()).status == 202, "one corrected retry"
    assert json.loads(control(exchange, "GET", "faults").body)["faults"][0]["fired"] == 1
    control(exchange, "DELETE", "faults")
    assert abs(exchange.clock.now_ms() - truth) < 60_000


def test_key_rotation(exchange, client):
    set_fault(exchange, "key_rotated")
    assert [client.post(penalty()).code for _ in range(2)] == ["E1002", "E1002"]
    assert client_of(exchange, key_id="k2", secret="lishu-demo-secret-0002").post(penalty()).status == 202
    control(exchange, "POST", "reset")
    assert client.post(penalty()).status == 202, "all keys of the file are valid again, and nothing is held"


def test_foreign_record(exchange, client):
    set_fault(exchange, "foreign_record")
    client.post(penalty())
    items = client.get("/reconcile/penalty-decisions", DAYS).json["items"]
    assert len(items) == 2


def test_slow_and_unordered(exchange, client):
    set_fault(exchange, "slow", params={"seconds": 0})
    assert client.post(penalty()).status == 202
    set_fault(exchange, "unordered", params={"seconds": 0.5})
    assert raw(exchange, client, penalty(2)).pause_seconds == 0.5


def test_reset_and_clock(exchange, client):
    client.post(example("inspection"))
    control(exchange, "POST", "reset")
    fresh = Client(client.transport, exchange.clock.now_ms)
    assert fresh.get("/records/inspection-records/11220322MB0T00015M-JC-2026-000009").code == "E4040"
    before = exchange.clock.now_ms()
    assert control(exchange, "POST", "clock", {"offset_seconds": 900}).status == 200
    assert 899_000 < exchange.clock.now_ms() - before < 960_000
    assert control(exchange, "POST", "clock", {"offset_seconds": "x"}).status == 422
    assert control(exchange, "PUT", "clock").status == 405
    assert control(exchange, "POST", "nothing").status == 404


def test_envelope_bytes_do_not_reach_the_log(exchange, client):
    client.post(penalty())
    client.post_bytes("/penalty-decisions", encoded({"secret": "王小明"}), "k")
    lines = exchange.storage.rows("SELECT * FROM request_log")
    assert len(lines) == 2
    assert "王小明" not in repr(lines)
    assert "示例货运" not in repr(lines)
