"""The checks of section 2 in their order, addresses and methods, error bodies, and the rate limits."""

import pytest
from signed_client import EXAMPLES, SECRET, client_of, encoded, key_of, penalty, start

from disclosure.mock_feed import codes
from disclosure.mock_feed.errors import TABLE

PATH = "/codes/punish_type"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"X-App-Id": None}, "E1001"),
        ({"X-App-Id": "NOBODY-01"}, "E1001"),
        ({"X-Key-Id": None}, "E1002"),
        ({"X-Key-Id": "k9"}, "E1002"),  # another application's key
        ({"X-Timestamp": None}, "E1003"),
        ({"X-Timestamp": "1767225600"}, "E1003"),
        ({"X-Timestamp": "1767225600000"}, "E1003"),
        ({"X-Nonce": None}, "E1004"),
        ({"X-Nonce": "too-short"}, "E1004"),
        ({"X-Nonce": "with spaces in the nonce"}, "E1004"),
        ({"X-Sign": None}, "E1005"),
        ({"X-Sign": "00"}, "E1005"),
        ({"X-Sign": "é"}, "E1005"),
        ({"X-Sign-Alg": "HMAC-MD5"}, "E1005"),
        ({"X-Sign-Alg": "hmac-sha256"}, "E1005"),
        # the earlier check answers
        ({"X-App-Id": None, "X-Key-Id": None}, "E1001"),
        ({"X-Key-Id": "k0", "X-Timestamp": "1"}, "E1002"),
        ({"X-Timestamp": "1", "X-Nonce": "1"}, "E1003"),
        ({"X-Nonce": "1", "X-Sign": "00"}, "E1004"),
    ],
)
def test_order_of_checks(exchange, spoil, code):
    reply = client_of(exchange, spoil=spoil).get(PATH)
    assert (reply.code, reply.status) == (code, 401)
    assert set(reply.json) == {"code", "message", "trace_id", "retryable", "details"} | set()
    assert reply.json["retryable"] is (code in ("E1003", "E1004"))
    assert abs(int(reply.headers["X-Server-Time"]) - exchange.clock.now_ms()) < 5000


def test_algorithm_is_sha256_when_none_is_named(exchange):
    assert client_of(exchange, spoil={"X-Sign-Alg": None}).get(PATH).status == 200
    assert client_of(exchange, algorithm="HMAC-SM3").get(PATH).status == 200
    assert client_of(exchange, algorithm="HMAC-SM3", spoil={"X-Sign-Alg": None}).get(PATH).code == "E1005"


def test_upper_case_signature(exchange):
    client = client_of(exchange)
    plain = client.transport

    def shouting(method, path, body, headers):
        return plain(method, path, body, headers | {"X-Sign": headers["X-Sign"].upper()})

    client.transport = shouting
    assert client.get(PATH).code == "E1005"


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (-299, 200), (301, 401), (-301, 401)])
def test_clock_window(exchange, seconds, status):
    client = client_of(exchange)
    client.now = lambda: exchange.clock.now_ms() + seconds * 1000
    assert client.get(PATH).status == status


def test_nonce_is_used_up_only_by_a_right_signature(exchange):
    sent = {}
    client = client_of(exchange)
    plain = client.transport

    def recording(method, path, body, headers):
        sent.update(headers=headers, path=path)
        return plain(method, path, body, headers)

    client.transport = recording
    assert client.get("/nowhere").code == "E4040", "used up whatever follows"
    assert plain("GET", sent["path"], b"", sent["headers"]).json["code"] == "E1004"
    client.transport = lambda method, path, body, headers: (method, path, body, headers)
    method, path, body, headers = client.get(PATH)
    assert plain(method, path, body, headers | {"X-Sign": "0" * 64}).code == "E1005"
    assert plain(method, path, body, headers).status == 200, "the failed signature left the nonce unused"
    assert plain(method, path, body, headers).code == "E1004"


def test_changed_query_or_body_breaks_the_signature(exchange):
    client = client_of(exchange)
    plain = client.transport
    client.transport = lambda method, path, body, headers: plain(method, path + "x", body, headers)
    assert client.get(PATH).code == "E1005"
    client.transport = lambda method, path, body, headers: plain(method, path, body + b" ", headers)
    assert client.post(penalty()).code == "E1005"


def test_address_list(exchange):
    assert client_of(exchange, app="FENCED-01", key_id="k8", secret="fenced-secret").get(PATH).code == "E1006"


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/receipts", "/receipts/HZ1", "/records/x/y", "/codes/x", "/reconcile/x"]
)
def test_unknown_address(client, path):
    assert (client.get(path).status, client.get(path).code) == (404, "E4040")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/penalty-decisions", "POST"),
        ("POST", "/time", "GET"),
        ("DELETE", PATH, "GET"),
        ("PUT", "/batches", "POST"),
    ],
)
def test_wrong_method(client, method, path, allowed):
    reply = client.send(method, path)
    assert (reply.status, reply.code, reply.headers["Allow"]) == (405, "E4040", allowed)


def test_unsigned_paths(client):
    plain = client.transport
    assert plain("GET", "/api/v1/healthz", b"", {}).json == {"status": "ok"}
    assert set(plain("GET", "/api/v1/time", b"", {}).json) == {"server_time_ms", "server_time"}


@pytest.mark.parametrize(("given", "is_taken"), [("abc.DEF-1_2", True), ("x" * 65, False), ("a b", False)])
def test_trace_id(exchange, given, is_taken):
    reply = client_of(exchange, spoil={"X-Trace-Id": given}).get("/nowhere")
    assert (reply.headers["X-Trace-Id"] == given) is is_taken
    assert reply.json["trace_id"] == reply.headers["X-Trace-Id"]


@pytest.mark.parametrize(
    ("content_type", "key", "code"),
    [
        ("text/plain", None, "E2003"),
        ("", None, "E2003"),
        ("application/json; charset=gbk", "bad key", "E2001"),
        ("application/json; charset=UTF-8", "bad key", "E2004"),
        ("application/json", "", "E2004"),
        ("application/json", "x" * 129, "E2004"),
    ],
)
def test_before_the_key_table(client, content_type, key, code):
    envelope = penalty()
    reply = client.post_bytes(
        "/penalty-decisions", encoded(envelope), key_of(envelope) if key is None else key, content_type
    )
    assert reply.code == code


def test_post_takes_no_query(client):
    reply = client.send("POST", "/penalty-decisions", encoded(EXAMPLES["penalty"]), query="a=1")
    assert reply.code == "E3001"


@pytest.mark.parametrize("name", codes.LISTS)
def test_code_lists(client, name):
    body = client.get(f"/codes/{name}").json
    assert (body["list"], body["version"]) == (name, "2026-1")
    assert {item["code"]: item["name"] for item in body["items"]} == codes.LISTS[name]


def test_every_error_has_a_calm_chinese_message():
    for code, (status, retryable, message) in TABLE.items():
        assert 400 <= status < 600
        assert retryable is (code in ("E1003", "E1004") or code[1] in "56")
        assert len(message) <= 40
        assert not any(word in message for word in ("!", "！", "非法", "失败", "参数错误"))


def test_rate_limit_and_its_headers(tmp_path):
    exchange = start(tmp_path, rate=0.5)
    client = client_of(exchange)
    first = client.get(PATH)
    assert (first.headers["X-RateLimit-Limit"], first.headers["X-RateLimit-Remaining"]) == ("1", "0")
    second = client.get(PATH)
    assert (second.status, second.code) == (429, "E6001")
    assert int(second.headers["Retry-After"]) >= 1
    assert client_of(exchange, spoil={"X-Sign": "0"}).get(PATH).code == "E1005", "the signature is asked first"
    other = client_of(exchange, app="OTHER-01", key_id="k9", secret="other-secret")
    assert other.get(PATH).status == 200, "each application has its own bucket"
    exchange.storage.close()


def test_reconcile_has_its_own_bucket(tmp_path):
    exchange = start(tmp_path, rate=50.0)
    client = client_of(exchange)
    query = "date_from=2026-04-10&date_to=2026-04-10"
    replies = [client.get("/reconcile/penalty-decisions", query).status for _ in range(3)]
    assert replies == [200, 200, 429]
    assert client.get(PATH).status == 200
    assert "X-RateLimit-Limit" not in client_of(start(tmp_path)).get(PATH).headers
    exchange.storage.close()


def test_keys_are_read_again_when_the_file_changes(exchange, tmp_path):
    client = client_of(exchange, key_id="k3", secret="third")
    assert client.get(PATH).code == "E1002"
    text = (tmp_path / "keys.json").read_text()
    (tmp_path / "keys.json").write_text(text.replace('"k1"', '"k3": "third", "k1"'))
    assert client.get(PATH).status == 200
    assert client_of(exchange, secret=SECRET).get(PATH).status == 200
