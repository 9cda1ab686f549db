"""The demo clock: forward only, in demo mode only, by the administrator or the command, always in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.models.people import User
from lishu_law.web.demo_clock import after_step, move_clock


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


@pytest.mark.law
@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        ("2026-02-13T23:02", "1h", "2026-02-14T00:02"),
        ("2026-02-13T09:00", "30m", "2026-02-13T09:30"),
        ("2026-02-28T09:00", "1d", "2026-03-01T09:00"),
        ("2026-02-13T09:00", "1wd", "2026-02-14T09:00"),  # a make-up Saturday before Spring Festival
        ("2026-02-14T09:00", "1wd", "2026-02-24T09:00"),  # Spring Festival 15–23 February
        ("2026-03-05T09:00", "5wd", "2026-03-12T09:00"),
    ],
)
def test_steps(start: str, step: str, end: str) -> None:
    assert after_step(step, shanghai(start)) == shanghai(end)


@pytest.mark.law
@pytest.mark.parametrize("step", ["", "5", "d5", "-1d", "1y", "99999d", "1 d", "１d"])
def test_unknown_steps_are_refused(step: str) -> None:
    with pytest.raises(ValueError, match="步长"):
        after_step(step, shanghai("2026-03-05T09:00"))


def test_move_is_journaled_with_both_moments(demo: Path, administrator: User) -> None:
    to = clock.now() + timedelta(days=3)
    assert abs(move_clock(by=administrator, to=to) - to) < timedelta(seconds=5)
    entry = json.loads(JournalEntry.objects.get(action="clock.moved").body)
    assert entry["details"]["to"] == to.isoformat()


def test_back_and_too_far_are_refused_without_a_trace(demo: Path, administrator: User) -> None:
    for wrong in (clock.now() - timedelta(minutes=1), clock.now() + timedelta(days=366 * 5 + 1)):
        with pytest.raises(Refused):
            move_clock(by=administrator, to=wrong)
    assert not demo.exists()
    assert not JournalEntry.objects.filter(action="clock.moved").exists()


def test_officer_may_not_move_it(demo: Path, officer: User, signed_in: Callable[[User], Client]) -> None:
    with pytest.raises(NotAllowed):
        move_clock(by=officer, to=clock.now() + timedelta(days=1))
    assert signed_in(officer).get("/demo/clock/").status_code == 403


def test_page_moves_by_button_and_by_moment(
    demo: Path, administrator: User, signed_in: Callable[[User], Client]
) -> None:
    client, before = signed_in(administrator), clock.now()
    page = client.get("/demo/clock/").content.decode()
    assert "现在的演示时间" in page
    assert "演示环境" in page
    for _ in range(2):  # the second press of the same page changes nothing
        client.post("/demo/clock/", {"step": "1d", "op_id": "one"})
    assert timedelta(hours=23) < clock.now() - before < timedelta(hours=25)
    wanted = clock.local(clock.now() + timedelta(days=30)).replace(second=0, microsecond=0)
    client.post("/demo/clock/", {"to": f"{wanted:%Y-%m-%d %H:%M}", "op_id": "two"})
    assert abs(clock.now() - wanted) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"to": "2020-01-01 00:00"}, "不能回拨"),
        ({"to": "明天"}, "请写日期和时间"),
        ({}, "请填写要拨到的日期和时间"),
        ({"step": "7y"}, "不在可选的范围内"),
    ],
)
def test_page_refuses_in_plain_words(
    demo: Path, administrator: User, signed_in: Callable[[User], Client], sent: dict[str, str], words: str
) -> None:
    response = signed_in(administrator).post("/demo/clock/", sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not demo.exists()


def test_outside_demo_mode_it_does_not_exist(
    settings, administrator: User, signed_in: Callable[[User], Client]
) -> None:
    settings.DEMO = False
    assert signed_in(administrator).get("/demo/clock/").status_code == 404
    assert "演示环境" not in signed_in(administrator).get("/me/").content.decode()
    with pytest.raises(CommandError, match="演示模式"):
        call_command("demo_clock", add="1d")


def test_command_shows_and_moves(demo: Path, db) -> None:
    out = StringIO()
    call_command("demo_clock", add="5d", stdout=out)
    call_command("demo_clock", show=True, stdout=out)
    moved, shown = (datetime.fromisoformat(line) for line in out.getvalue().split())
    assert timedelta(0) <= shown - moved < timedelta(seconds=5)
    assert moved.date() == (clock.local(clock.now())).date()
    assert JournalEntry.objects.get(action="clock.moved").actor_id is None


@pytest.mark.parametrize("wrong", [{"to": "2020-01-01T00:00"}, {"to": "soon"}, {"add": "5 years"}])
def test_command_refuses(demo: Path, db, wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("demo_clock", **wrong)
    assert not demo.exists()
