"""Idempotency keys, versions and the states of a record (contract sections 4 and 5)."""

import pytest
from signed_client import (
    NOW_MS,
    USCC,
    client_of,
    encoded,
    example,
    key_of,
    pass_time,
    penalty,
    receipt_is_genuine,
    withdrawal,
)

from disclosure.mock_feed.validator import violations

RUI = f"{USCC}-CF-2026-000123"


def status_of(client, reply):
    return client.get(f"/receipts/{reply.json['receipt_no']}").json["status"]


def record(client, serial=123):
    return client.get(f"/records/penalty-decisions/{USCC}-CF-2026-{serial:06d}").json


def test_receipt_of_a_new_record(client):
    reply = client.post(example())
    receipt = reply.json
    assert reply.status == 202
    assert violations("receipt", receipt) == []
    assert receipt_is_genuine(receipt)
    assert receipt["content_digest"] == "bda4804214241f790e96b9354664107f76ef8ac3d9482c4c111712b0f8a15d70"
    assert (receipt["status"], receipt["late"], receipt["errors"]) == ("RECEIVED", False, [])
    assert receipt["updated_at"] == receipt["received_at"]
    assert receipt["received_at"].startswith("2026-04-10T10:00:0")
    assert receipt["published_at"] is None


def test_row_1_same_key_same_bytes(exchange, client):
    first = client.post(example())
    pass_time(exchange, 3600)
    again = client.post(example())
    assert (first.status, again.status) == (202, 200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json == first.json, "a replay repeats the first state"
    assert "Idempotent-Replayed" not in first.headers
    other = client_of(exchange, algorithm="HMAC-SM3", key_id="k2", secret="lishu-demo-secret-0002").post(example())
    assert receipt_is_genuine(other.json, "lishu-demo-secret-0002")
    kept = {name: value for name, value in first.json.items() if name not in ("sign", "sign_alg")}
    assert kept.items() <= other.json.items()


def test_row_2_same_key_other_bytes(client):
    envelope = example()
    client.post(envelope)
    assert client.post_bytes("/penalty-decisions", encoded(envelope) + b" ", key_of(envelope)).code == "E4001"
    assert client.post_bytes("/penalty-decisions", b"not json", key_of(envelope)).code == "E4001"


def test_row_3_schema_then_key(client):
    envelope = penalty(punish_type=[])
    reply = client.post(envelope, key="other")
    assert (reply.status, reply.code, reply.json["details"][0]["path"]) == (422, "E3001", "/data/punish_type")
    assert reply.rules == ["schema"]
    assert client.post(penalty(), key="other").code == "E2004"
    assert client.post(penalty(), path="/withdrawals").json["details"][0]["path"] == "/kind"


def test_an_error_binds_no_key(client):
    assert client.post(penalty(fine_amount=None)).code == "E3002"
    assert client.post(penalty()).status == 202


def test_row_4_known_content_under_a_free_key(client):
    envelope = example()
    batch = client.batch("2026041000001", [envelope])
    respaced = encoded(envelope).replace(b'": ', b'":')
    alone = client.post_bytes("/penalty-decisions", respaced, key_of(envelope))
    assert alone.status == 200
    assert alone.headers["Idempotent-Replayed"] == "true"
    assert alone.json == batch.json["results"][0]["receipt"]
    assert client.post(envelope).code == "E4001", "the key is bound to the other bytes now"


def test_row_5_deleted_record(client):
    client.post(penalty())
    client.post(penalty(version=2, operation="d"))
    for envelope in (penalty(version=3, operation="u"), penalty(version=3, operation="d"), withdrawal(version=3)):
        assert client.post(envelope).code == "E4006"
    assert record(client)["cd_operation"] == "d"


def test_row_6_clashing_or_stale_version(exchange, client):
    first = client.post(penalty())
    clash = client.post_bytes("/penalty-decisions", encoded(penalty(close_date="2026-04-09")), f"{RUI}:1:i")
    assert clash.code == "E4001"
    client.post(penalty(version=4, operation="u"))
    stale = client.post(penalty(version=3, operation="u"))
    current = stale.json["current"]
    assert (stale.status, stale.code, current["version"], current["status"]) == (409, "E4002", 4, "RECEIVED")
    batch = client.batch("2026041000001", [penalty(close_date="2026-04-09")])
    assert batch.json["results"][0]["error"]["code"] == "E4002"
    pass_time(exchange, 2)
    assert status_of(client, first) == "SUPERSEDED"


@pytest.mark.parametrize(
    "envelope", [penalty(version=2, operation="u"), penalty(version=2, operation="d"), withdrawal()]
)
def test_row_7_unknown_record(client, envelope):
    reply = client.post(envelope)
    assert (reply.status, reply.code) == (404, "E4003")


def test_insert_update_withdraw_and_no_more(exchange, client):
    replies = [
        client.post(penalty()),
        client.post(penalty(version=2, operation="u")),
        client.post(withdrawal(version=3)),
    ]
    assert [reply.status for reply in replies] == [202, 202, 202]
    refused = client.post(penalty(version=4, operation="u"))
    assert (refused.status, refused.code) == (409, "E4004")
    assert refused.json["current"]["version"] == 3
    assert [entry["scope"] for entry in refused.json["withdrawals"]] == ["all"]
    assert client.post(penalty(version=4, operation="d")).code == "E4004"
    assert client.post(withdrawal(version=4, scope="public")).code == "E4004"
    pass_time(exchange, 2)
    assert [status_of(client, reply) for reply in replies] == ["SUPERSEDED", "WITHDRAWN", "WITHDRAWN"]
    shown = record(client)
    assert (shown["status"], shown["data_version"], shown["punish_file_num"]) == (
        "WITHDRAWN",
        3,
        "示交罚〔2026〕第0123号",
    )
    assert shown["withdrawals"][0]["receipt_no"] == replies[2].json["receipt_no"]


def test_partial_withdrawals(exchange, client):
    client.post(penalty())
    credit = client.post(withdrawal(version=2, scope="credit", reason_code="W5"))
    assert client.post(withdrawal(version=3, scope="credit", reason_code="W5")).code == "E4004"
    public = client.post(withdrawal(version=3, scope="public", reason_code="W6"))
    update = client.post(penalty(version=4, operation="u", sgs=None))
    pass_time(exchange, 2)
    assert client.get(f"/receipts/{update.json['receipt_no']}").json["status"] == "NOT_PUBLIC"
    assert [status_of(client, reply) for reply in (credit, public)] == ["SUPERSEDED", "SUPERSEDED"]
    assert [entry["scope"] for entry in record(client)["withdrawals"]] == ["credit", "public"]


def test_row_9_code_outside_its_list(client):
    reply = client.post(penalty(area_number="220399"))
    entry = reply.json["details"][0]
    assert (reply.status, reply.code) == (422, "E3003")
    assert (entry["rule"], entry["list"], entry["version"]) == ("list", "area_number", "2026-1")


def test_gaps_in_versions_are_allowed(client):
    client.post(penalty())
    assert client.post(penalty(version=7, operation="u")).status == 202


@pytest.mark.parametrize(
    ("seconds", "status"), [(0.0, "RECEIVED"), (0.6, "ACCEPTED"), (1.1, "PUBLISHED"), (90_000.0, "PUBLISHED")]
)
def test_state_by_time(exchange, client, seconds, status):
    reply = client.post(penalty())
    pass_time(exchange, seconds)
    receipt = client.get(f"/receipts/{reply.json['receipt_no']}").json
    assert receipt["status"] == status
    assert receipt_is_genuine(receipt)
    assert violations("receipt", receipt) == []
    assert (receipt["published_at"] is None) == (status != "PUBLISHED")
    assert record(client)["updated_at"] == receipt["updated_at"]


def test_hidden_record_and_deletion(exchange, client):
    hidden = {"visible": False, "exclusion_code": "X07", "party_display": "梨树县示例货运有限公司"}
    reply = client.post(penalty(public=hidden))
    pass_time(exchange, 2)
    assert status_of(client, reply) == "NOT_PUBLIC"
    deletion = client.post(penalty(version=2, operation="d"))
    pass_time(exchange, 2)
    assert [status_of(client, each) for each in (reply, deletion)] == ["DELETED", "DELETED"]


def test_late_flag(exchange, client):
    pass_time(exchange, 7 * 86_400)  # Friday 17 April: the 7th working day
    assert client.post(penalty(1)).json["late"] is False
    pass_time(exchange, 3 * 86_400)
    assert client.post(penalty(2)).json["late"] is True
    assert client.post(penalty(2, 2, "u")).json["late"] is False


def test_withdrawal_is_late_after_three_working_days(exchange, client):
    client.post(penalty(1))
    client.post(penalty(2))
    client.post(penalty(3))
    pass_time(exchange, 6 * 86_400)  # Thursday 16 April
    assert client.post(withdrawal(1, event_date="2026-04-10")).json["late"] is True
    assert client.post(withdrawal(2, event_date="2026-04-10", reason_code="W5")).json["late"] is False


def test_another_application_sees_nothing(exchange, client):
    reply = client.post(penalty())
    client.batch("2026041000001", [penalty(2)])
    stranger = client_of(exchange, app="OTHER-01", key_id="k9", secret="other-secret")
    for path in (
        f"/receipts/{reply.json['receipt_no']}",
        f"/records/penalty-decisions/{RUI}",
        "/batches/2026041000001",
    ):
        assert client.get(path).status == 200
        assert stranger.get(path).code == "E4040"


def test_records_of_the_other_kind(client):
    client.post(example("inspection"))
    path = f"{USCC}-JC-2026-000009"
    assert client.get(f"/records/inspection-records/{path}").json["punish_file_num"] is None
    assert client.get(f"/records/penalty-decisions/{path}").code == "E4040"


def test_times_are_written_with_three_decimals(client):
    answer = client.get("/reconcile/penalty-decisions", "date_from=2026-04-10&date_to=2026-04-10").json
    assert answer["as_of"].startswith("2026-04-10T10:00:0")
    assert len(answer["as_of"]) == len("2026-04-10T10:00:00.000+08:00")
    assert abs(client.get("/time").json["server_time_ms"] - NOW_MS) < 60_000
