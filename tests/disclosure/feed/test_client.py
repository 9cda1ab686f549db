"""Our client against the real exchange process: receipts, replays, faults, clock (feed_api.md §2, §4–§6, §10)."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any

import pytest

from disclosure.credit import CreditClass
from disclosure.feed import payload
from disclosure.feed.answers import Answer, Meaning, from_error
from disclosure.feed.client import FeedClient, Parcel
from disclosure.feed.wire import content_digest
from lishu_law import clock
from tests.disclosure.exchange import Exchange
from tests.disclosure.facts import BIG, CARD, ORGAN_USCC, PERSON, decision


def parcel(serial: int = 1, facts: Any = BIG, **changes: Any) -> Parcel:
    """A frozen record of that serial."""
    facts = decision(facts, number=f"吉梨交罚〔2026〕{serial:04d}号", **changes)
    identity = payload.Identity(f"{ORGAN_USCC}-CF-2026-{serial:06d}", 1, "i", f"t-{serial}")
    public = payload.PublicBlock("公开名", "公开事实", date(2027, 4, 8), "https://example.invalid/")
    body, digest = payload.frozen(facts, public, CreditClass.ORDINARY, identity, clock.now())
    return Parcel(payload.PENALTY_KIND, identity.rui, 1, "i", identity.key, body, digest)


@pytest.fixture
def client(exchange: Exchange) -> Any:
    with FeedClient(read_seconds=20) as found:
        yield found


def _held(client: FeedClient) -> list[str]:
    day = clock.today()
    return [item["record_unique_identity"] for item in client.holdings(payload.PENALTY_KIND, day, day)]


def test_accepted_then_replayed_with_the_same_receipt(client: FeedClient) -> None:
    one = parcel()
    first, second = client.send(one), client.send(one)
    assert (first.meaning, first.is_replay, second.is_replay) == (Meaning.ACCEPTED, False, True)
    assert first.receipt is not None
    assert second.receipt == first.receipt
    assert client.receipt(one, first.receipt["receipt_no"]).meaning is Meaning.ACCEPTED
    assert _held(client) == [one.rui]


def test_sm3_signature_is_understood(client: FeedClient, settings: Any) -> None:
    settings.FEED_SIGN_ALG = "HMAC-SM3"
    answer = client.send(parcel())
    assert answer.meaning is Meaning.ACCEPTED
    assert answer.receipt is not None
    assert answer.receipt["sign_alg"] in ("HMAC-SM3", "HMAC-SHA256")


@pytest.mark.parametrize("name", ["timeout_after_commit", "timeout_before_commit"])
def test_dropped_connection_ends_with_one_record(client: FeedClient, exchange: Exchange, name: str) -> None:
    one = parcel()
    exchange.fault(name, path="/penalty-decisions", drop=True)
    first = client.send(one)
    assert first.meaning is Meaning.UNKNOWN
    assert client.send(one).meaning is Meaning.ACCEPTED
    assert _held(client) == [one.rui]


def test_silence_is_an_unknown_outcome(exchange: Exchange) -> None:
    exchange.fault("timeout_after_commit", path="/penalty-decisions", seconds=2)
    with FeedClient(read_seconds=0.3) as impatient:
        assert impatient.send(parcel()).meaning is Meaning.UNKNOWN


def test_receipt_of_another_record_is_refused_with_an_alarm(client: FeedClient, exchange: Exchange) -> None:
    exchange.fault("duplicate_receipt", wrong=True)
    answer = client.send(parcel())
    assert (answer.meaning, answer.code) == (Meaning.UNKNOWN, "RECEIPT")
    assert client.alarm
    assert client.send(parcel()).is_replay


def test_after_the_last_answer_nothing_is_sent_but_what_was_under_way(client: FeedClient, exchange: Exchange) -> None:
    parcels = [parcel(serial) for serial in range(1, 6)]
    exchange.fault("duplicate_receipt", wrong=True)
    answers = client.send_until(parcels, lambda answer: answer.meaning is not Meaning.ACCEPTED)
    assert [answer.meaning for answer in answers] == [Meaning.UNKNOWN, Meaning.ACCEPTED], "checked under way"
    assert _held(client) == [one.rui for one in parcels[:2]]


def test_a_refusal_is_judged_before_anything_more_is_sent(client: FeedClient, exchange: Exchange) -> None:
    parcels = [parcel(serial) for serial in range(1, 6)]
    assert client.send(parcels[0]).meaning is Meaning.ACCEPTED
    exchange.fault("rate_limit", retry_after=9)
    answers = client.send_until(parcels[1:], lambda answer: answer.meaning is not Meaning.ACCEPTED)
    assert [answer.code for answer in answers] == ["E6001"]
    asked: list[Answer] = []
    done = client.send_until(parcels[1:], lambda answer: asked.append(answer) is not None)
    assert done == asked, "each answer once and in order"
    assert [answer.receipt["record_unique_identity"] for answer in done if answer.receipt] == [
        one.rui for one in parcels[1:]
    ]


def test_receipt_signed_by_somebody_else_is_refused(client: FeedClient, settings: Any) -> None:
    one = parcel()
    assert client.send(one).receipt is not None
    settings.FEED_SECRET = "another"
    assert client.send(one).meaning is Meaning.HALT  # our own signature is wrong too: stop, do not loop


@pytest.mark.parametrize("kind", ["truncated", "html", "empty", "invalid_utf8", "huge", "redirect", "reset"])
def test_garbled_answers_are_never_success(client: FeedClient, exchange: Exchange, kind: str) -> None:
    one = parcel()
    client.receipt(one, "HZ2026010100000000AA")  # opens the connection that is kept
    client.close()
    exchange.fault("bad_json", path="/penalty-decisions", kind=kind)
    assert client.send(one).meaning is Meaning.UNKNOWN
    assert client.send(one).is_replay
    assert _held(client) == [one.rui]


@pytest.mark.parametrize(
    ("status", "meaning", "code"),
    [
        (500, Meaning.RETRY, "E5001"),
        (502, Meaning.RETRY, "E5002"),
        (503, Meaning.RETRY, "E5002"),
        (504, Meaning.UNKNOWN, "E5003"),
    ],
)
def test_5xx(client: FeedClient, exchange: Exchange, status: int, meaning: Meaning, code: str) -> None:
    exchange.fault("burst_5xx", status=status, retry_after=7)
    answer = client.send(parcel())
    assert (answer.meaning, answer.code, answer.retry_after, answer.is_outage) == (meaning, code, 7, True)


def test_old_form_error_inside_200(client: FeedClient, exchange: Exchange) -> None:
    exchange.fault("legacy200", code="E9999")
    answer = client.send(parcel())
    assert (answer.meaning, answer.code) == (Meaning.RETRY, "E5001")
    assert _held(client) == []


def test_rate_limit_says_when(client: FeedClient, exchange: Exchange) -> None:
    exchange.fault("rate_limit", retry_after=4)
    answer = client.send(parcel())
    assert (answer.meaning, answer.code, answer.retry_after) == (Meaning.RETRY, "E6001", 4)


def test_tightened_schema_sends_the_record_to_a_person(client: FeedClient, exchange: Exchange) -> None:
    exchange.fault("schema_tightened", count=None, field="transfer_date")
    answer = client.send(parcel())
    assert (answer.meaning, answer.code) == (Meaning.FIX, "E3001")


def test_number_taken_by_another_record(client: FeedClient) -> None:
    assert client.send(parcel(1)).meaning is Meaning.ACCEPTED
    one = parcel(1)
    identity = payload.Identity(f"{ORGAN_USCC}-CF-2026-000002", 1, "i", "t-2")
    public = payload.PublicBlock("公开名", "公开事实", date(2027, 4, 8), "https://example.invalid/")
    facts = decision(BIG, number="吉梨交罚〔2026〕0001号")
    body, digest = payload.frozen(facts, public, CreditClass.ORDINARY, identity, clock.now())
    answer = client.send(Parcel(one.kind, identity.rui, 1, "i", identity.key, body, digest))
    assert (answer.meaning, answer.code) == (Meaning.FIX, "E4005")


def test_other_bytes_under_a_bound_key_are_a_program_error(client: FeedClient) -> None:
    client.send(parcel(1))
    assert client.send(parcel(1, tier="其他", result_text="罚款二万元")).code == "E4001"


@pytest.mark.parametrize("seconds", [900, -900])
def test_clock_skew_gets_one_corrected_try(client: FeedClient, exchange: Exchange, seconds: int) -> None:
    exchange.fault("clock_skew", count=None, offset_seconds=seconds)
    answer = client.send(parcel())
    assert answer.meaning is Meaning.ACCEPTED
    assert "五分钟" in client.alarm


def test_batch_results_stand_alone(client: FeedClient, exchange: Exchange) -> None:
    parcels = [parcel(serial) for serial in range(1, 7)]
    client.send(parcels[0])
    exchange.fault("partial_batch", k=3, code="E3002")
    answers = client.send_batch("2026041300001", parcels)
    assert isinstance(answers, list)
    meanings = [answer.meaning for answer in answers]
    assert meanings.count(Meaning.FIX) == 2
    assert meanings.count(Meaning.ACCEPTED) == 4
    assert answers[0].is_replay or answers[0].meaning is Meaning.FIX


def test_missing_batch_result_is_unknown(client: FeedClient, exchange: Exchange) -> None:
    exchange.fault("partial_batch", k=1000, cut=2)
    answers = client.send_batch("2026041300002", [parcel(serial) for serial in range(1, 5)])
    assert isinstance(answers, list)
    assert [answer.code for answer in answers[2:]] == ["MISSING", "MISSING"]


def test_exchange_that_is_away(settings: Any) -> None:
    settings.FEED_URL, settings.FEED_SECRET = "http://127.0.0.1:9/api/v1", "x"
    with FeedClient() as client:
        assert client.send(parcel()).meaning is Meaning.UNKNOWN


def test_nothing_personal_in_the_log(client: FeedClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.send(parcel(5, PERSON))
    assert "push" in caplog.text
    for value in (CARD, "孙虚构", "1990000", "lishu-demo-secret"):
        assert value not in caplog.text


@pytest.mark.parametrize(
    ("body", "status", "meaning"),
    [
        ({"code": "E1001", "message": "x"}, 401, Meaning.HALT),
        ({"code": "E2001", "message": "x"}, 400, Meaning.DEAD),
        ({"code": "E3003", "message": "x", "details": None}, 422, Meaning.FIX),
        ({"errCode": "E6001", "errMsg": "x"}, 200, Meaning.RETRY),
        ({}, 200, Meaning.UNKNOWN),
        (None, 404, Meaning.UNKNOWN),
        ("text", 503, Meaning.RETRY),
        ([], 500, Meaning.UNKNOWN),
    ],
)
def test_what_an_answer_means(body: Any, status: int, meaning: Meaning) -> None:
    assert from_error(body, status).meaning is meaning
    assert isinstance(from_error(body, status), Answer)


def test_digest_is_of_what_is_sent() -> None:
    one = parcel()
    assert content_digest(json.loads(one.body)) == one.digest
