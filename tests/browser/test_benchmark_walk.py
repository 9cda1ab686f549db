"""The benchmark applied in a real Chromium, from the questions to the printed decision: a multiple, and 减轻."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.actions.discretion import questions_for
from cases.discretion.facts import VARIABLES
from cases.documents.output import render_one
from cases.models import Decision
from lishu_law import clock
from tests.benchmark_scenes import Act, found, squeezed, words_of
from tests.benchmark_shapes import CASES
from tests.branch_scenes import discuss
from tests.browser.walk import Player, Screens, go
from tests.cast import Cast, make_cast
from tests.scenarios import STAGES, Walk, last_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, str(tmp_path / "clock")
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def at_the_desk(walk: Walk, settings: Any) -> None:
    """The clock of the system is where the story is."""
    ahead = walk.at - clock.now()
    Path(settings.DEMO_CLOCK_FILE).write_text(f"{ahead.total_seconds():.3f}\n", "ascii")


def answers(walk: Walk, act: Act) -> dict[str, Any]:
    """Everything the page asks, by the words a person reads."""
    words = {}
    for name, value in act.facts.items():
        variable = VARIABLES[name]
        spoken = {"yes": variable.yes, "no": variable.no, **dict(variable.choices)}
        words[variable.question] = spoken.get(value, value)
    asked = {code: {"yes": "是", "no": "否"}[act.asked.get(code, "no")] for code in questions_for(walk.case)}
    return {
        **words, **{f"{text}？": asked[code] for code, text in questions_for(walk.case).items()},
        "上述回答的理由": act.note,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "ticked", "range_text"),
    [
        ("multiple of the gains", (), "60,000.00–132,000.00"),
        ("below the minimum", ("配合行政机关查处违法行为有立功表现", "减轻处罚（低于法定下限）"), "300.00–2,999.00"),
    ],
)
def test_from_the_questions_to_the_printed_decision(
    cast: Cast, settings: Any, open_page: Callable[..., Page], keep_screenshot: Any, *, shape: str, ticked: tuple[str, ...],
    range_text: str,
) -> None:  # fmt: skip
    act, said = CASES[shape]
    walk = found(cast, act)
    at_the_desk(walk, settings)
    officer = Player(open_page(), Screens(1366, script=True, keep=keep_screenshot))
    officer.sign_in("lead")
    officer.page.goto(f"/cases/{walk.case.clue_no}/")
    go(officer.page.get_by_role("link", name="裁量", exact=True).first)
    officer.fill(answers(walk, act))
    for label in ticked:
        officer.page.get_by_label(label, exact=False).first.check()
    officer.page.get_by_role("button", name="计算裁量结果").click()
    expect(officer.page.locator("#result")).to_contain_text(range_text)
    officer.screens.look(officer.page, f"benchmark-{act.item}")
    officer.act(
        "benchmark", {"拟罚款（元）": act.amount, "确定数额的理由": act.reason}, "保存裁量结果", "裁量结果已保存"
    )
    decided_by_hand(walk, act)
    document = last_document(walk.case, "penalty_decision")
    officer.page.goto(f"/cases/{walk.case.clue_no}/documents/{document.pk}/")
    officer.screens.look(officer.page, f"decision-{act.item}")
    link = officer.page.locator(f'main a[href$="/{document.pk}/pdf/"]').first
    answer = officer.page.request.get(str(link.get_attribute("href")))
    text = words_of(answer.body(), document)
    assert squeezed(said.paragraph(act.reason)) in text
    assert all(one in text for one in said.penalties)
    assert officer.screens.faults() == {}


def decided_by_hand(walk: Walk, act: Act) -> None:
    """The rest of the road, as other tests walk it, and the PDF made."""
    walk.at = clock.now()
    for word in (
        "report_submitted", "report_endorsed", "report_approved", "notice_issued", "notice_served", "defence_recorded",
        "review_requested", "reviewed",
    ):  # fmt: skip
        STAGES[word](walk, act.amount)
    if walk.case.state == "P10":
        discuss(walk)
    STAGES["decided"](walk, act.amount)
    assert Decision.objects.get(case=walk.case).amount
    assert render_one(last_document(walk.case, "penalty_decision").pk)
