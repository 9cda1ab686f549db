"""``manage review_case NO --json``: programs read it, so its names stay; a number nobody knows ends with 2."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.dossier_review.items import items_on
from lishu_law import clock
from tests.cast import make_cast
from tests.scenarios import case_at

pytestmark = pytest.mark.django_db
ITEM = {
    "code", "title", "points", "lost", "is_veto", "is_vetoed", "judge", "question", "is_waiting", "rules", "citation",
    "findings", "judgement",
}  # fmt: skip
FINDING = {"item", "defect", "text", "evidence", "cure"}


def said(number: str) -> dict[str, Any]:
    out = StringIO()
    call_command("review_case", number, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_names_of_the_json_stay() -> None:
    walk = case_at("archived", make_cast())
    found = said(walk.case.case_no or "")
    assert set(found) == {"case", "on", "score", "grade", "grade_title", "is_final", "vetoes", "items"}
    assert [one["code"] for one in found["items"]] == [one.code for one in items_on(clock.today())]
    assert {frozenset(one) for one in found["items"]} == {frozenset(ITEM)}
    findings = [finding for one in found["items"] for finding in one["findings"]]
    assert findings
    assert {frozenset(one) for one in findings} == {frozenset(FINDING)}
    assert said(walk.case.clue_no) == found


def test_an_unknown_number_ends_with_two() -> None:
    with pytest.raises(CommandError) as wrong:
        call_command("review_case", "没有这个编号")
    assert wrong.value.returncode == 2
