"""A finding that is penalised on the spot: every recorded fact goes along, once, and nobody else may open it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseOfficer, CasePerson
from cases.procedure.states import Procedure, State
from inspections.actions.findings import (
    open_case_from_check,
    open_summary_from_check,
    open_summary_from_inspection,
)
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotFound, Refused
from tests.inspections.scenes import (
    COMPANY,
    STOP_AT,
    VISIT_FROM,
    Scene,
    filed_shift,
    finished_filing,
    photo,
    recorded_check,
    signed_by_officers,
    subject,
)

LATER = STOP_AT + timedelta(minutes=30)


def test_a_stop_becomes_a_case_on_the_spot_with_every_fact(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast), (photo(scene.cast.lead, "a.jpg"),))
    before = JournalEntry.objects.count()
    case = open_summary_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == ["inspection.open_summary"]
    assert (case.state, case.procedure) == (State.SCENE, Procedure.SUMMARY)
    assert (case.check_action_code, case.known_party.name, case.act_at) == (check.check_code, COMPANY.name, check.at)
    assert CasePerson.objects.get(case=case).name == "示例司机"
    assert case.evidence.count() == 2  # the record of the stop and its photo
    assert list(CaseOfficer.objects.filter(case=case).order_by("pk").values_list("user__username", flat=True)) == [
        "lead", "assistant",
    ]  # fmt: skip
    check.refresh_from_db()
    assert check.case == case


def test_a_finding_goes_one_way_only(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    open_summary_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)
    for again in (open_case_from_check, open_summary_from_check):
        with pytest.raises(Refused):
            again(check_id=check.pk, by=scene.cast.assistant, at=LATER)
    assert Case.objects.count() == 1


def test_officers_of_another_squad_see_no_such_stop(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    with pytest.raises(NotFound):
        open_summary_from_check(check_id=check.pk, by=scene.cast.outsider, at=LATER)


def test_two_taps_on_the_phone_open_one_case(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    client = Client()
    client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("mobile-check", args=[check.check_code])).content.decode()
    url = reverse("mobile-check-summary", args=[check.check_code])
    assert f'formaction="{url}"' in page
    data = {"op_id": uuid4().hex}
    replies: list[Any] = [client.post(url, data) for _tap in (1, 2)]
    case = Case.objects.get()
    assert {reply["Location"] for reply in replies} == {reverse("case-identify", args=[case.clue_no])}


def test_a_visit_becomes_a_case_on_the_spot(scene: Scene) -> None:
    filing = signed_by_officers(finished_filing(scene, subject()))
    later = VISIT_FROM + timedelta(hours=3)
    case = open_summary_from_inspection(filing_id=filing.pk, version=filing.version, by=scene.cast.lead, at=later)
    assert (case.state, case.known_party) == (State.SCENE, filing.subject.party)
