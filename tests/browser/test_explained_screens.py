"""The public explanations of a fine in every reading aid, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.api import decision_facts
from cases.models import Decision
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from tests.browser.test_case_acts import case_now
from tests.browser.walk import Screens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = {"how": "[data-tier]", "benchmarks": "section li a", "benchmark": "#ask"}
MODES: dict[str, dict[str, str]] = {"": {}, "-big": {"big": "1"}, "-contrast": {"contrast": "1"}}


def published(settings: Any, tmp_path: Path) -> str:
    """The public address of a served decision, an hour after it was served."""
    walk = case_now("decision_served", settings, tmp_path)
    facts = decision_facts(Decision.objects.get(case=walk.case).pk)
    made = draft(facts)
    record = publish(record_id=made.pk, version=made.version, facts=facts, by=walk.cast.checker)
    return f"/penalties/{record.public_id}/how/"


@pytest.mark.parametrize("width", [1366, 360])
def test_how_a_fine_came_about_in_every_reading_aid(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    pages = {
        "how": published(settings, tmp_path),
        "benchmarks": "/benchmarks/?q=没盖苫布",
        "benchmark": "/benchmarks/frt-scatter/",
    }
    screens = Screens(width, True, keep_screenshot)
    for mode, cookies in MODES.items():
        page = open_page(width=width, cookies=cookies)
        for name, address in pages.items():
            page.goto(address)
            expect(page.locator(SEEN[name]).first).to_be_visible()
            screens.look(page, f"{name}{mode}")
    assert screens.faults() == {}
