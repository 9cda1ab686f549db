"""The page behind the code: genuine, finished, or the one page that says 查不到."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from inspections import codes
from inspections.actions.filings import approve_inspection, cancel_inspection
from inspections.models import InspectionFiling
from lishu_law.documents.codes import drawing
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_FROM,
    VISIT_TO,
    Scene,
    filed_filing,
    finished_filing,
    subject,
    submitted_filing,
)

MINUTE = timedelta(minutes=1)


def look(token: str, at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        return Client().get(f"/v/{token}")


def words(response: Any) -> str:
    """The page's main part without the clock, for comparing pages."""
    text = response.content.decode()
    return re.sub(r"服务器时间：[^<]*", "", text[text.index("<main") : text.index("</main>")])


def test_a_running_filing_shows_who_what_and_why(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    response = look(row.token, VISIT_FROM)
    assert response.status_code == 200
    text = response.content.decode()
    wanted = (
        "已备案", row.filing_no, "梨树县交通运输局执法一中队", "示例甲", "JL-lead", "示例乙", "JL-assistant", scene.matter.name,
        scene.matter.basis, "货物是否采取捆扎", "2026-03-04 周三 09:00", "2026-03-04 周三 17:00", "拒绝", "回避", "梨树县示例运输有限公司",
        codes.rolling_word(row.token, VISIT_FROM),
    )  # fmt: skip
    assert [one for one in wanted if one not in text] == []
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (VISIT_FROM - MINUTE, 404),
        (VISIT_FROM, 200),
        (VISIT_TO, 200),
        (VISIT_TO + MINUTE, 404),
    ],
)
def test_the_code_is_valid_inside_the_window_only(scene: Scene, at: datetime, status: int) -> None:
    assert look(filed_filing(scene, subject()).token, at).status_code == status


def test_a_finished_filing_says_so_for_fifteen_days(scene: Scene) -> None:
    row = finished_filing(scene, subject())
    response = look(row.token, VISIT_TO + MINUTE)
    assert response.status_code == 200
    assert "检查已结束" in response.content.decode()
    assert "已备案" not in words(response)
    assert look(row.token, VISIT_TO + timedelta(days=15)).status_code == 200
    assert look(row.token, VISIT_TO + timedelta(days=16)).status_code == 404


def test_unknown_cancelled_expired_and_old_are_one_page(scene: Scene) -> None:
    entry = subject()
    row = filed_filing(scene, entry)
    expired = look(row.token, VISIT_TO + MINUTE)
    cancel_inspection(filing_id=row.pk, version=None, by=scene.cast.lead, reason="改期", at=FILED_AT)
    cancelled = look(row.token, VISIT_FROM)
    guessed = look(codes.new_token(), VISIT_FROM)
    broken = look("x", VISIT_FROM)
    old = look(finished_filing(scene, entry).token, VISIT_TO + timedelta(days=30))
    pages = [expired, cancelled, guessed, broken, old]
    assert [page.status_code for page in pages] == [404] * 5
    assert len({words(page) for page in pages}) == 1
    assert "查不到" in words(guessed)
    assert len({tuple(sorted(page.headers)) for page in pages}) == 1


def test_before_the_approval_there_is_no_code(scene: Scene) -> None:
    row = submitted_filing(scene, subject())
    assert not row.token
    approve_inspection(filing_id=row.pk, version=None, by=scene.cast.squad_leader, agree=True, at=FILED_AT)
    assert InspectionFiling.objects.get().token


def test_the_word_changes_every_minute() -> None:
    seen = {codes.rolling_word("token", VISIT_FROM + minutes * MINUTE) for minutes in range(60)}
    assert len(seen) > 50
    assert all(re.fullmatch(r"[0-9]{4}", word) for word in seen)
    start = VISIT_FROM.replace(second=0)
    assert codes.rolling_word("token", start) == codes.rolling_word("token", start + timedelta(seconds=59))


def test_the_drawing_has_no_style_and_no_script() -> None:
    svg = drawing(codes.public_url(codes.new_token()))
    assert svg.startswith("<svg")
    assert "style" not in svg
    assert "script" not in svg


def test_a_page_costs_few_statements_and_writes_nothing(scene: Scene, django_assert_max_num_queries: Any) -> None:
    row = filed_filing(scene, subject())
    look(row.token, VISIT_FROM)
    with django_assert_max_num_queries(6):
        look(row.token, VISIT_FROM)
