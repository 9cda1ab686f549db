"""怎么算的: every excluded day by name, pauses, extensions, both readings, the article, what happened."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.limits import extend_limit, pause_limit, resume_limit, start_limit, stop_limit
from cases.models import Case, Deadline
from cases.queries.explain import explain
from lishu_law.law.limits import LIMITS, Unit
from tests.cast import Cast, make_cast
from tests.scenarios import case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    case = case_at("filed", cast).case
    Deadline.objects.all().delete()
    return case


def page(cast: Cast, limit: Deadline, who: str = "lead") -> str:
    client = Client()
    client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("case-limit", args=[limit.case.clue_no, limit.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(queries) - 2 <= 8
    return answer.content.decode()


def test_holidays_by_name_and_day_by_day(cast: Cast, case: Case) -> None:
    html = page(cast, start_limit(case, "serve-7d", date(2026, 2, 13)))
    for words in (
        "2026-03-02", "行政处罚决定作出", "7 个工作日，按工作日计算", "<b>春节 9 天</b>：2026-02-15 周日 至 2026-02-23 周一",
        "<b>周末 1 天</b>：2026-03-01 周日", "2026-02-14 周六 调休上班：第 1 个工作日", "国办发明电〔2025〕7号",
        "《中华人民共和国行政处罚法》第六十一条", "开始计时（行政处罚决定作出）", "义务期限（送达人）",
    ):  # fmt: skip
        assert words in html, words
    assert "两种算法" not in html
    assert "估算" not in html


def test_pauses_and_extensions_with_their_documents(cast: Cast, case: Case) -> None:
    start_limit(case, "coerce-30d", date(2026, 3, 2), part="measure:1")
    pause_limit(case, "coerce-30d", date(2026, 3, 10), "鉴定中", document="鉴定期间告知书1号", part="measure:1")
    html = page(cast, Deadline.objects.get())
    assert "还没有恢复" in html
    assert "已停止计时（鉴定中），已用 8 天" in html
    resume_limit(case, "coerce-30d", date(2026, 3, 20), part="measure:1")
    extend_limit(case, "coerce-30d", "coerce-extend", days=20, document="延长决定书2号", part="measure:1")
    html = page(cast, Deadline.objects.get())
    for words in (
        "鉴定期间告知书1号", "停止计时（鉴定中） 10 天", "延长不超过三十日：20 日，延长决定书2号", "恢复计时",
        "停止计时结束（鉴定中）：到期日由 2026-04-01 改为 2026-04-11", "批准延长（延长不超过三十日）",
    ):  # fmt: skip
        assert words in html, words


def test_both_readings_and_which_binds(cast: Cast, case: Case) -> None:
    html = page(cast, start_limit(case, "simple-report-5d", date(2026, 2, 13)))
    assert "从严（较早）" in html
    assert "2026-02-24 周二，按此执行：机关的义务按较早的算" in html
    html = page(cast, start_limit(case, "serve-public-30", date(2026, 3, 2)))
    assert "按此执行：当事人的权利和公告送达按较晚的算" in html


def test_hours_and_what_was_done(cast: Cast, case: Case) -> None:
    start_limit(case, "coerce-24h", datetime(2026, 2, 13, 15, 2, tzinfo=UTC), part="measure:1")
    stop_limit(case, "coerce-24h", datetime(2026, 2, 14, 9, 0, tzinfo=UTC), part="measure:1")
    html = page(cast, Deadline.objects.get())
    for words in ("2026-02-13 周五 23:02", "24 小时，按小时连续计算", "2026-02-14 周六 23:02", "按期完成", "没有。"):
        assert words in html, words


def test_local_figures_estimates_and_doubt(cast: Cast, case: Case) -> None:
    html = page(cast, start_limit(case, "review-deadline", date(2026, 12, 30)))
    assert "（待确认）" in html
    assert "2027 年放假安排还没有导入，这个日期是估算的。公布后会重新计算" in html
    remembered = start_limit(case, "pub-7wd", date(2026, 3, 2))
    assert "待核对" in page(cast, remembered, "reviewer")
    assert "凭记忆录入" not in page(cast, remembered)


@pytest.mark.parametrize("code", LIMITS)
def test_every_limit_can_be_explained(case: Case, code: str) -> None:
    in_hours = LIMITS[code].unit is Unit.HOURS
    limit = start_limit(case, code, datetime(2026, 2, 13, 15, 2, tzinfo=UTC) if in_hours else date(2026, 2, 13))
    why = explain(limit)
    assert why.lines
    assert why.citations
    assert len(why.readings) in (0, 2)
    assert dict(why.rows)["起算的事件"] == LIMITS[code].event_title
