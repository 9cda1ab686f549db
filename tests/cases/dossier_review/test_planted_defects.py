"""The review finds every planted defect by name and nothing in the clean files (the mutation test of the review)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import review
from cases.dossier_review.table import CHECKS
from tests import dossier_scenes
from tests.cases.dossier_review import planted, planted_later
from tests.cases.dossier_review.defects import HEARD, ORDINARY, SUMMARY, Planted, after_all_papers, long_archived
from tests.cast import make_cast

ALL = (*planted.PLANTED, *planted_later.PLANTED)
WALKS = {ORDINARY: dossier_scenes.ordinary, SUMMARY: dossier_scenes.summary, HEARD: dossier_scenes.heard}


@pytest.fixture(scope="module")
def files(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Dossier]]:
    """The three clean files, walked once and frozen; the database forgets them at once."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):  # the identity numbers are invented
        yield {name: _frozen(walk) for name, walk in WALKS.items()}


ON_THE_WAY: list[Dossier] = []  # the ordinary file as it stood after each stage


def _frozen(walk: Any) -> Dossier:
    undone = transaction.atomic()
    undone._from_testcase = True  # as Django's own TestCase: durable actions may run inside
    with undone:
        seen = {"seen": ON_THE_WAY} if walk is dossier_scenes.ordinary else {}
        walked = walk(make_cast(), **seen)
        found = dossier_scenes.dossier_of(walked.case, walked)
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db  # without one such test pytest-django makes no database for the walks above
@pytest.mark.parametrize("name", sorted(WALKS))
def test_clean_files_cost_nothing(files: dict[str, Dossier], name: str) -> None:
    sheet = review(files[name])
    assert [(one.item, one.defect, one.text) for one in sheet.findings] == []
    assert (sheet.score, sheet.vetoes) == (100, ())


@pytest.mark.parametrize("name", sorted(WALKS))
def test_a_file_bound_whole_costs_nothing_long_after(files: dict[str, Dossier], name: str) -> None:
    assert files[name].act("archive") is not None
    bound = long_archived(at=after_all_papers)(files[name])
    assert [one.text for one in review(bound).findings if one.item == "40"] == []
    assert [one.defect for one in review(long_archived()(files[name])).findings if one.item == "40"] == ["not-bound"]


def test_an_open_case_in_order_costs_nothing_at_any_stage(files: dict[str, Dossier]) -> None:
    assert len(ON_THE_WAY) > 15
    found = {one.facts.state: review(one).findings for one in ON_THE_WAY}
    assert {state: some for state, some in found.items() if some} == {}


@pytest.mark.parametrize("one", ALL, ids=str)
def test_planted_defect_is_found_and_named(files: dict[str, Dossier], one: Planted) -> None:
    sheet = review(one.plant(files[one.file]))
    found = [finding for finding in sheet.findings if finding.defect == one.defect]
    assert {finding.item for finding in found} == {one.item}
    assert all(finding.text and finding.evidence for finding in found)
    line = sheet.line(one.item)
    assert line.is_vetoed if line.item.is_veto else line.lost > 0


def test_at_least_sixty_defects_over_nearly_every_item(files: dict[str, Dossier]) -> None:
    assert len({str(one) for one in ALL}) >= 60
    untouched = set(CHECKS) - {one.item for one in ALL}
    assert untouched <= {"28", "37"}  # no meeting and no default in the three files; see test_other_findings


def test_every_item_has_its_check(files: dict[str, Dossier]) -> None:
    assert [one.code for one in items_on(files[ORDINARY].today)] == list(CHECKS)
