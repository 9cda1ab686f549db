"""``manage.py due``: what reaches standard output, and how it refuses."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.law


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("due", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_the_only_output() -> None:
    found = json.loads(run("serve-7d", "--from", "2026-02-13", "--json"))

    assert found["due"] == "2026-03-02"
    assert {"due", "unit", "calendar", "excluded", "provisional", "citation"} <= set(found)


def test_text_shows_the_article_and_the_derivation() -> None:
    text = run("serve-7d", "--from=2026-02-13")

    assert "《中华人民共和国行政处罚法》第六十一条、第八十五条" in text
    assert "2026-02-14 周六 调休上班：第 1 个工作日" in text


@pytest.mark.parametrize(
    ("code", "start", "reason"),
    [
        ("simple-scope", "2026-02-13", "不是时间期限"),
        ("nothing", "2026-02-13", "没有代码"),
        ("coerce-24h", "2026-02-13", "日期和时间"),
        ("serve-7d", "2026-02-30", "没有“2026-02-30”"),
    ],
)
def test_refusals_are_command_errors(code: str, start: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run(code, "--from", start)
