"""The order of the volumes against the specification: every form has its place, nothing stands twice, pages run through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.dossier.order import (
    EVIDENCE_PLACES,
    PLACE_TITLES,
    PLACES,
    Material,
    Place,
    Volume,
    arrange,
    paged,
    place_of_document,
    place_of_evidence,
)
from lishu_law.law.tables import read_table

pytestmark = pytest.mark.law
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FORMS = {row["doc_id"]: row for row in read_table("documents")}
OF_THE_VOLUME = {"S38", "S39", "S40"}


def paper(key: str, place: Place, hours: int = 0, behind: str = "") -> Material:
    return Material(key, place, key, AT + timedelta(hours=hours), belongs_to=behind)


def keys(found: dict[Volume, tuple[Material, ...]], volume: Volume = Volume.MAIN) -> list[str]:
    return [one.key for one in found[volume]]


def test_every_form_has_its_place() -> None:
    """Forms of inspections (J) are no papers of a case; those kept in 副卷 by the list stand there."""
    of_cases = {doc_id for doc_id in FORMS if not doc_id.startswith("J")} - OF_THE_VOLUME
    assert set(PLACES) == of_cases
    inner = {doc_id for doc_id in of_cases if "副卷" in FORMS[doc_id]["recipients"]}
    second = {doc_id for doc_id in of_cases if place_of_document(doc_id).volume is Volume.SECONDARY}
    # procedure.md §9 names 审批表 and 法制审核意见 as well, which the list keeps 存卷.
    assert second == inner | {"S02", "S03", "S22"}
    assert set(PLACE_TITLES) == set(Place)
    assert place_of_document("S99", ("副卷",)).volume is Volume.SECONDARY
    assert place_of_document("S99") is Place.DOCUMENTARY


def test_the_main_volume_stands_in_the_order_of_the_law() -> None:
    """procedure.md §9, read off its line; the later a paper here, the earlier it was made."""
    told = [
        "M15", "M01", "identity", "M02", "licence", "film", "M08", "M11", "S17", "M13", "S31", "M19", "S32", "M24",
    ]  # fmt: skip
    evidence = {
        "identity": place_of_evidence("documentary", "营业执照复印件", is_confidential=False),
        "licence": place_of_evidence("documentary", "过磅单", is_confidential=False),
        "film": place_of_evidence("audiovisual", "执法记录仪录像", is_confidential=False),
    }
    in_execution = {"S31": 1, "M19": 2, "S32": 3}
    made = [
        paper(key, evidence.get(key) or place_of_document(key), in_execution.get(key, -no))
        for no, key in enumerate(told)
    ]
    assert keys(arrange(made)) == told


def test_the_second_volume_stands_in_the_order_of_the_law() -> None:
    told = ["S10", "S13", "S18", "S21", "S22", "S23", "S01"]
    made = [paper(key, place_of_document(key), {"S18": 1, "S21": 2}.get(key, -no)) for no, key in enumerate(told)]
    found = arrange(made)
    assert keys(found, Volume.SECONDARY) == told
    assert keys(found) == []


def test_what_belongs_to_a_paper_follows_it_into_its_volume() -> None:
    made = [
        paper("decision", Place.DECISION, 9),
        paper("receipt", Place.NOTICE, 10, "decision"),
        paper("proof", Place.NOTICE, 11, "receipt"),
        paper("correction", Place.DECISION, 12, "decision"),
        paper("report", Place.REPORT, 3),
        paper("letter", Place.NOTICE, 4, "report"),
        paper("notice", Place.NOTICE, 5),
        paper("of nothing here", Place.NOTICE, 6, "gone"),
    ]
    found = arrange(made)
    assert keys(found) == ["decision", "receipt", "proof", "correction", "notice", "of nothing here"]
    assert keys(found, Volume.SECONDARY) == ["report", "letter"]


def test_a_circle_loses_nothing() -> None:
    made = [paper("a", Place.NOTICE, 0, "b"), paper("b", Place.NOTICE, 1, "a"), paper("c", Place.FILING, 2, "c")]
    assert sorted(keys(arrange(made))) == ["a", "b", "c"]


def test_after_archiving_the_archived_order_stays() -> None:
    """archive-lock: later papers form a volume of their own, inner ones stand at the end of the second."""
    before = [paper("decision", Place.DECISION), paper("filing", Place.FILING), paper("review", Place.LEGAL_REVIEW)]
    later = [
        paper("revocation", Place.DECISION, 50),
        paper("its receipt", Place.NOTICE, 51, "revocation"),
        paper("late receipt", Place.NOTICE, 52, "decision"),
        paper("approval", Place.APPROVAL, 53),
    ]
    found = arrange([*before, *later], AT + timedelta(hours=24))
    assert keys(found) == ["decision", "filing"]
    assert keys(found, Volume.SUPPLEMENT) == ["revocation", "its receipt", "late receipt"]
    assert keys(found, Volume.SECONDARY) == ["review", "approval"]


@pytest.mark.parametrize("hours", [0, 24])
def test_the_archiving_moment_itself_is_still_the_archive(hours: int) -> None:
    found = arrange([paper("closing", Place.CLOSING, hours)], AT + timedelta(hours=24))
    assert keys(found) == ["closing"]


def test_evidence_stands_by_kind_and_what_is_confidential_apart() -> None:
    assert set(EVIDENCE_PLACES) == {
        "documentary", "physical", "audiovisual", "electronic", "witness", "party_statement", "expert", "record",
    }  # fmt: skip
    assert place_of_evidence("record", "现场笔录", is_confidential=False) is Place.TRANSCRIPT
    assert place_of_evidence("audiovisual", "营业执照照片", is_confidential=False) is Place.RECORDING
    assert place_of_evidence("witness", "证言", is_confidential=True).volume is Volume.SECONDARY


def test_pages_run_through_the_volume() -> None:
    made = [paper("a", Place.DECISION), paper("b", Place.FILING), paper("c", Place.CLOSING)]
    days = dict.fromkeys("abc", date(2026, 3, 2))
    found = paged(made, {"a": 4, "b": 1, "c": 2}, days)
    assert [(one.no, one.pages) for one in found] == [(1, "1－4"), (2, "5"), (3, "6－7")]
    with pytest.raises(ValueError, match="b has no page"):
        paged(made, {"a": 4, "b": 0, "c": 2}, days)
