"""What waits on the desk beside the road: requests for the squad leader and the heads, a suspicion for the head."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import crime, extension
from cases.queries.inbox import inbox
from tests.branch_scenes import endorse
from tests.cast import Cast, make_cast
from tests.scenarios import case_at

TODAY = date(2026, 3, 12)
REASON = "需要外省协查车辆所有权，案情复杂，不能按期办结。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def codes(user: object) -> list[str]:
    """What hangs on the case; its next station on the road is another matter."""
    return [row.step_code for row in inbox(user, TODAY) if row.part_id is not None]


def test_a_request_waits_first_for_the_squad_leader_then_for_the_heads(cast: Cast) -> None:
    walk = case_at("filed", cast)
    walk.step(extension.ask_extension, cast.lead, days=30, reason=REASON)
    assert codes(cast.squad_leader) == ["endorse_request"]
    assert codes(cast.deputy) == []
    endorse(walk, "extension")
    assert codes(cast.squad_leader) == []
    assert codes(cast.deputy) == codes(cast.head) == ["decide_extension"]


def test_a_suspicion_waits_for_the_head_alone(cast: Cast) -> None:
    walk = case_at("filed", cast)
    team = (cast.lead, cast.third_officer)
    walk.step(crime.report_crime, cast.lead, offence="危险驾驶罪", report=REASON, team=team)
    assert (codes(cast.head), codes(cast.deputy)) == (["decide_crime"], [])


def test_the_desk_leads_to_the_request_itself(cast: Cast) -> None:
    walk = case_at("filed", cast)
    request = walk.step(extension.ask_extension, cast.lead, days=30, reason=REASON)
    client = Client()
    client.force_login(cast.squad_leader, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("desk")).content.decode()
    assert reverse("case-endorse_request", args=[walk.case.clue_no, request.pk]) in page
    assert (
        len(queries) <= 12 + 2 + 3
    )  # a list's twelve; session and user; the session of a fresh sign-in is written once
