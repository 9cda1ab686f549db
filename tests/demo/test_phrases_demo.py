"""The demonstration's phrases: shipped as drafts, some of them through the review of the demo's legal reviewer."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from cases.models import PhraseState, PhraseVersion
from lishu_law import clock
from lishu_law.demo.law_data import load_law
from lishu_law.demo.people import make_cast
from lishu_law.demo.phrases import APPROVED, RETURNED, WAITING, make_phrases

pytestmark = pytest.mark.django_db


def test_most_stay_drafts_and_what_is_offered_was_read_by_another(settings: Any) -> None:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    today = clock.today()
    cast = make_cast(load_law(today).authority, today)  # type: ignore[arg-type]
    assert make_phrases(cast) == len(APPROVED)
    states = Counter(PhraseVersion.objects.values_list("state", flat=True))
    expected = {
        PhraseState.APPROVED: len(APPROVED), PhraseState.RETURNED: len(RETURNED), PhraseState.SUBMITTED: len(WAITING),
    }  # fmt: skip
    assert {state: states[state] for state in expected} == expected
    assert states[PhraseState.DRAFT] > len(APPROVED)
    offered = PhraseVersion.objects.filter(state=PhraseState.APPROVED).select_related("author", "reviewed_by")
    assert {one.reviewed_by.username for one in offered if one.reviewed_by} == {"legal1"}
    assert {one.author.username for one in offered if one.author} == {"officer1", "officer4"}
