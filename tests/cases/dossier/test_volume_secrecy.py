"""What an archive must not tell to whoever it is for: confidential evidence once voided, inner acts, who reported."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from cases.actions import ending, investigation, sampling
from cases.actions.volume import VolumeOrder, order_volume
from cases.dossier import building
from cases.dossier.lawbook import law_of
from cases.dossier.materials import gather
from cases.dossier.offline import _timeline
from cases.dossier.order import Volume, arrange
from cases.models import Case, VolumeBuild
from cases.queries.facts import load_case
from lishu_law import clock
from tests.cases.actions import evidence_scenes
from tests.cast import Cast, make_cast
from tests.scenarios import ROAD, STAGES, Walk, case_at

pytestmark = pytest.mark.django_db
INNER = ("退回", "作废", "举报人", "法制审核", "提请", "签署", "报告", "查证核对")


@pytest.fixture
def people(settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def ordered(walk: Walk, by: Any, purpose: str = "archive", *, with_secondary: bool = False) -> VolumeBuild:
    return order_volume(case_id=walk.case.pk, by=by, order=VolumeOrder(purpose, with_secondary))


def steps_told(build: VolumeBuild) -> list[str]:
    told = SimpleNamespace(loaded=load_case(build.case_id), build=build)
    return [line["title"] for line in _timeline(cast(Any, told))]


def reported(people: Cast) -> Walk:
    """A filed case that somebody reported."""
    walk = case_at("verified", people)
    Case.objects.filter(pk=walk.case.pk).update(source="report")
    walk.step(ending.record_informant, people.lead, informant=ending.NewInformant("举报者某", "有车撒料。", walk.at))
    for word in ("filing_requested", "filing_recommended", "filed"):
        STAGES[word](walk, "1000")
    return walk


@pytest.mark.parametrize("is_voided", [False, True])
def test_the_sheet_of_confidential_evidence_stays_with_it_even_when_it_is_voided(people: Cast, is_voided: bool) -> None:
    walk = case_at("recorded", people)
    hidden = evidence_scenes.add(
        walk, is_copy=True, copy_source="举报者某提供", is_checked_copy=True, is_confidential=True
    )
    sheet = walk.step(sampling.paste_copy, people.lead, evidence_id=hidden.pk)
    if is_voided:
        walk.step(investigation.void_evidence, people.lead, evidence_id=hidden.pk, reason="来源不清。")
    gathered = gather(walk.case, with_informant=False)
    volumes = arrange(item.material for item in gathered.items)
    assert f"document:{sheet.pk}" in [one.key for one in volumes[Volume.SECONDARY]]
    assert f"document:{sheet.pk}" not in [one.key for one in volumes[Volume.MAIN]]
    assert gathered.left_out[Volume.MAIN] == ()
    assert len(gathered.left_out[Volume.SECONDARY]) == is_voided


def test_the_first_volume_alone_tells_what_happened_outside_the_house(people: Cast) -> None:
    walk = case_at("decision_served", people)
    titles = steps_told(ordered(walk, people.lead, "lawsuit"))
    assert titles[0] == "审批立案"
    assert {"送达违法行为通知书", "记录陈述申辩", "审批处罚决定", "送达处罚决定书"} <= set(titles)
    assert not [title for title in titles if any(word in title for word in INNER)]


def test_the_second_volume_tells_who_reported_only_to_those_who_may_know(people: Cast) -> None:
    walk = reported(people)
    archivists = ordered(walk, people.archivist, with_secondary=True)
    assert "登记举报人" not in steps_told(archivists)
    assert "提请立案" in steps_told(archivists)
    told = [entry["body"] for entry in building.read(archivists).proof.entries if "body" in entry]
    assert told
    assert not [body for body in told if "informant" in body]
    VolumeBuild.objects.update(state="failed", failure="x")
    heads = ordered(walk, people.head, with_secondary=True)
    assert "登记举报人" in steps_told(heads)
    assert [entry for entry in building.read(heads).proof.entries if "informant" in entry["body"]]


@pytest.mark.parametrize(
    ("purpose", "with_secondary", "has_bodies"),
    [
        ("archive", True, True), ("scoring", True, True), ("archive", False, False), ("lawsuit", True, False),
        ("enforcement", True, False), ("review", True, False), ("consult", False, False),
    ],
)  # fmt: skip
def test_the_journals_words_stay_in_the_house(
    people: Cast, purpose: str, with_secondary: bool, has_bodies: bool
) -> None:
    build = ordered(case_at("filed", people), people.lead, purpose, with_secondary=with_secondary)
    entries = building.read(build).proof.entries
    assert {frozenset(entry) for entry in entries} == {
        frozenset(("seq", "body", "prev_hash", "hash") if has_bodies else ("seq", "prev_hash", "hash"))
    }


def test_the_reasons_for_the_amount_are_inner_until_it_is_decided(people: Cast) -> None:
    walk = case_at("discretion_set", people)

    def is_told(*, is_inner: bool) -> bool:
        return "裁量理由" in dict(law_of(load_case(walk.case.pk), (), clock.today(), is_inner=is_inner).benchmark)

    assert (is_told(is_inner=False), is_told(is_inner=True)) == (False, True)
    for word in ROAD[ROAD.index("discretion_set") + 1 : ROAD.index("decided") + 1]:
        STAGES[word](walk, "1000")
    assert is_told(is_inner=False)
