"""The web server's log says nothing of addresses that a token opens."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from lishu_law.access_log import QuietLogger


class Written(QuietLogger):
    """Keeps the lines instead of writing them."""

    def __init__(self, config: Config) -> None:
        self.lines: list[str] = []
        super().__init__(config)
        self.access_log = SimpleNamespace(info=lambda words, atoms: self.lines.append(words % atoms))  # type: ignore[assignment]


@pytest.fixture
def log() -> Written:
    config = Config()
    config.set("accesslog", "-")
    config.set("access_log_format", "%(r)s %(f)s")
    return Written(config)


def ask(log: Written, address: str, referer: str = "") -> None:
    environ: dict[str, Any] = {
        "RAW_URI": address, "REQUEST_METHOD": "POST", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_REFERER": referer,
    }  # fmt: skip
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[])
    took = SimpleNamespace(seconds=0, microseconds=10)
    log.access(answer, SimpleNamespace(headers=[]), environ, took)


@pytest.mark.parametrize(
    ("address", "referer"),
    [
        ("/v/abc/rate/", ""),
        ("/v/abc", ""),
        ("/view-mode/?big=1&back=/v/abc", ""),
        ("/view-mode/?big=1&back=%2Fv%2Fabc", ""),
        ("/static/css/site.css", "https://law.example/v/abc/rate/"),
    ],
)
def test_no_line_for_what_a_token_opens(log: Written, address: str, referer: str) -> None:
    ask(log, address, referer)
    assert log.lines == []


def test_other_requests_are_logged(log: Written) -> None:
    ask(log, "/penalties/")
    assert len(log.lines) == 1
    assert "/penalties/" in log.lines[0]
