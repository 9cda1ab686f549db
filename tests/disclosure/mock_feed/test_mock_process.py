"""The exchange as its own process: kept connections, killing it, the demo clock's file, its screens."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from signed_client import KEYS, USCC, Client, over_http, penalty

ROOT = Path(__file__).resolve().parents[3]
ON = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
DAYS = f"date_from={ON[:4]}-01-01&date_to={int(ON[:4]) + 1}-12-31&limit=500"


class Running:
    """One started process and what it needs to start again on the same data."""

    def __init__(self, folder: Path, **environment: str) -> None:
        (folder / "keys.json").write_text(json.dumps(KEYS))
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MOCK_")},
            "MOCK_KEYS_FILE": str(folder / "keys.json"),
            "MOCK_DB": str(folder / "exchange.sqlite3"),
            "MOCK_RATE": "0",
            "MOCK_DAILY": "0",
            "MOCK_DELAY": "0.05",
            **environment,
        }
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "disclosure.mock_feed", "--port", "0"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(re.fullmatch(r"mock exchange: listening on http://127\.0\.0\.1:(\d+)\n", line)[1])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        code = self.process.wait(10)
        self.process.stdout.close()
        return code

    @contextmanager
    def client(self, shift: float = 0.0) -> Iterator[Client]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        yield Client(over_http(connection), lambda: int((time.time() + shift) * 1000))
        connection.close()

    def page(self, path: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        answer = response.status, dict(response.headers), response.read().decode()
        connection.close()
        return answer

    def raw(self, data: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as sock:
            sock.sendall(data)
            received = b""
            while part := sock.recv(65536):
                received += part
        return received


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "clock").write_text("0")
    started = Running(tmp_path, MOCK_FAULTS="1", MOCK_CLOCK_FILE=str(tmp_path / "clock"))
    yield started
    if started.process.poll() is None:
        started.stop()


def test_many_requests_over_one_connection(running):
    with running.client() as client:
        replies = [client.post(penalty(serial)) for serial in range(40)]
        assert {reply.status for reply in replies} == {202}
        sock = client.transport.__closure__[0].cell_contents.sock
        assert sock is not None, "still the first connection"
        time.sleep(0.1)
        assert client.get(f"/receipts/{replies[0].json['receipt_no']}").json["status"] == "PUBLISHED"


@pytest.mark.parametrize("round_no", [1, 2])
def test_killed_after_the_commit_holds_each_record_once(running, round_no):
    with running.client() as client:
        first = [client.post(penalty(serial)).json for serial in range(20)]
        fault = {
            "fault": "timeout_after_commit",
            "match": {"path": "/penalty-decisions"},
            "params": {"seconds": 30},
        }
        client.transport("POST", "/__mock__/faults", json.dumps(fault).encode(), {})

        def post_and_be_cut_off() -> None:
            with running.client() as other, pytest.raises((OSError, http.client.HTTPException)):
                other.post(penalty(99))

        waiting = threading.Thread(target=post_and_be_cut_off)
        waiting.start()
        deadline = time.monotonic() + 10
        while client.get(f"/records/penalty-decisions/{USCC}-CF-2026-000099").status != 200:
            assert time.monotonic() < deadline
    assert running.stop(signal.SIGKILL) == -signal.SIGKILL
    waiting.join(10)
    running.start()
    with running.client() as client:
        again = [client.post(penalty(serial)) for serial in [*range(20), 99, *range(200, 200 + round_no)]]
        assert [reply.status for reply in again] == [200] * 21 + [202] * round_no
        assert [reply.json["receipt_no"] for reply in again[:20]] == [receipt["receipt_no"] for receipt in first]
        items = client.get("/reconcile/penalty-decisions", DAYS).json["items"]
        assert len(items) == len({item["record_unique_identity"] for item in items}) == 21 + round_no


def test_a_used_nonce_is_refused_after_a_restart(running):
    sent = {}
    with running.client() as client:
        plain = client.transport

        def recording(method, target, body, headers):
            sent.update(method=method, target=target, body=body, headers=headers)
            return plain(method, target, body, headers)

        client.transport = recording
        assert client.get("/codes/punish_type").status == 200
    running.stop(signal.SIGKILL)
    running.start()
    with running.client() as client:
        assert client.transport(**sent).code == "E1004"


def test_two_posts_of_one_record_at_once_give_one_receipt(running):
    envelope, replies = penalty(), []

    def post() -> None:
        with running.client() as client:
            replies.append(client.post(envelope))

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(reply.status for reply in replies) == [200] * 7 + [202]
    assert len({reply.json["receipt_no"] for reply in replies}) == 1


def test_clock_file_is_followed(running, tmp_path):
    with running.client() as client:
        assert client.get("/codes/punish_type").status == 200
        (tmp_path / "clock").write_text("864000\n")
        assert client.get("/codes/punish_type").code == "E1003"
        assert abs(client.get("/time").json["server_time_ms"] / 1000 - time.time() - 864_000) < 5
    with running.client(shift=864_000) as client:
        receipt = client.post(penalty()).json
        assert receipt["received_at"][:10] == time.strftime("%Y-%m-%d", time.gmtime(time.time() + 893_000 - 200))
        (tmp_path / "clock").write_text("nonsense")
        assert client.get("/codes/punish_type").status == 200, "a half-written file keeps the last offset"


def test_too_large_a_body_is_left_unread(running):
    head = (
        f"POST /api/v1/penalty-decisions HTTP/1.1\r\nHost: x\r\nContent-Length: {2 * 1024 * 1024 + 1}\r\n"
        "Content-Type: application/json\r\n\r\n"
    )
    answer = running.raw(head.encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in answer
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "E2002"


def test_a_client_that_sends_too_much_still_hears_why(running):
    with running.client() as client:
        reply = client.post_bytes("/penalty-decisions", b" " * (8 * 1024 * 1024), "k")
    assert (reply.status, reply.code) == (413, "E2002")


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nX-Sign: 1\r\nX-Sign: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nName : x\r\n\r\n",
    ],
)
def test_broken_http_is_refused(running, data):
    assert running.raw(data).startswith(b"HTTP/1.1 400 ")


def test_chunked_body_and_pipelining(running):
    chunked = b"POST /api/v1/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    answer = running.raw(chunked + b"GET /api/v1/healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"401", b"200"]


def test_faults_on_the_wire(running):
    with running.client() as client:
        for params, message in (({"kind": "reset"}, "reset"), ({"kind": "empty"}, "empty")):
            fault = {"fault": "bad_json", "params": params}
            client.transport("POST", "/__mock__/faults", json.dumps(fault).encode(), {})
            if message == "reset":
                with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
                    client.post(penalty())
            else:
                assert client.post(penalty()).body == b""
        assert client.post(penalty()).status == 200


def test_screens_show_no_more_than_the_public_sees(running):
    person = penalty(
        7,
        administrative_cp="王小明",
        supervise_object="王小明",
        administrative_cp_na="01",
        administrative_cp_ce_type="111",
        administrative_cp_ui_code="220322196803154015",
        sgs=None,
        punish_file_num="<b>〔2026〕1号",
        public={"visible": True, "party_display": "王**", "fact_display": None},
    )
    hidden = penalty(8, public={"visible": False, "exclusion_code": "X07", "party_display": "不应出现"})
    with running.client() as client:
        receipts = [client.post(envelope).json for envelope in (person, hidden)]
        assert client.post(penalty(9, fine_amount=None)).code == "E3002"
    time.sleep(0.1)
    for path in ("/", "/receipts", "/rejected", "/reconcile", "/log", f"/records/{receipts[0]['receipt_no']}"):
        status, headers, text = running.page(path)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert not any(
            word in text for word in ("王小明", "220322196803154015", "不应出现", "<b>", "style=", "<script")
        )
    listing = running.page("/")[2]
    assert "共 2 条" in listing
    assert all(receipt["receipt_no"] in listing for receipt in receipts)
    assert "王**" in listing
    assert "E3002" in running.page("/rejected")[2]
    assert running.page("/static/page.css")[1]["Content-Type"].startswith("text/css")
    assert running.page("/nothing")[0] == 404


def refused_start(running: Running, change: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "disclosure.mock_feed", "--port", "0"],
        cwd=ROOT,
        env=running.environment | change,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("mock exchange: ")
    assert "Traceback" not in done.stderr


def test_stops_on_request_and_refuses_bad_settings(running, tmp_path):
    refused_start(running, {})  # its database is in use
    assert running.stop() == 0
    for change in ({"MOCK_KEYS_FILE": ""}, {"MOCK_DELAY": "soon"}, {"MOCK_KEYS_FILE": str(tmp_path / "none")}):
        refused_start(running, change)
