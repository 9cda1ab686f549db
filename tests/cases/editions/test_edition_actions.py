"""How an edition comes into force, what it changes for new cases, and that decided cases do not move (处罚法34)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.actions.discretion import assess_case
from cases.actions.editions import confirm_row, file_edition, release_edition, review_edition
from cases.editions.difference import ADDED, CHANGED, REMOVED
from cases.editions.writing import Release
from cases.models import Discretion, Edition, EditionKind, EditionState
from cases.queries.benchmarks import applicable, violations
from cases.queries.editions import changes_against, edition_lines, unconfirmed_rows
from cases.queries.facts import cases_with_parts, load
from cases.queries.recompute import is_the_same, recompute
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, NotFound, Refused
from tests.branch_scenes import codes
from tests.cases.editions.files import as_csv, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, FACTS, case_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def draft(cast: Cast, kind: str = "benchmark", **changes: dict[str, str]) -> Edition:
    """A new edition: the shipped rows, some of them changed, by their key."""
    rows = [row | changes.get(row.get("row_id", "").replace("-", "_"), {}) for row in shipped_rows(kind)]
    return Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), kind)))


def reviewed(cast: Cast, edition: Edition) -> Edition:
    opinion = "逐行核对，幅度都在法定范围以内。"
    return review_edition(by=cast.reviewer, reference=edition.reference, agree=True, opinion=opinion)


def release_of(**changes: Any) -> Release:
    values: dict[str, Any] = {
        "document_no": "梨交发〔2026〕3号", "published_on": DAY, "published_at": "县政府网站", "in_force_from": DAY,
        **changes,
    }  # fmt: skip
    return Release(**values)


def released(cast: Cast, edition: Edition, **changes: Any) -> Edition:
    return release_edition(by=cast.deputy, reference=reviewed(cast, edition).reference, release=release_of(**changes))


def test_an_edition_is_reviewed_released_and_then_applies(cast: Cast) -> None:
    before = applicable(DAY, DAY)
    edition = draft(cast, frt_scatter_01={"penalty_max": "1500"})
    assert applicable(DAY, DAY).edition == before.edition
    reviewed(cast, edition)
    assert applicable(DAY, DAY).edition == before.edition
    release_edition(by=cast.deputy, reference=edition.reference, release=release_of())
    found = applicable(DAY - timedelta(days=30), DAY)
    assert found.edition == edition
    assert found.benchmark.edition == "2026年版"
    assert found.earlier is not None
    assert found.earlier.edition == before.edition.label
    assert applicable(DAY - timedelta(days=30), DAY - timedelta(days=1)).edition == before.edition
    words = list(
        JournalEntry.objects.filter(action__startswith="edition.").order_by("seq").values_list("action", flat=True)
    )
    assert words[-2:] == ["edition.review", "edition.release"]


def test_without_a_published_edition_nobody_assesses(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    Edition.objects.filter(kind=EditionKind.BENCHMARK).update(
        state=EditionState.REVIEWED, in_force_from=None, published_on=None
    )
    loaded = load(cases_with_parts().get(pk=walk.case.pk))
    with pytest.raises(Refused) as refused:
        assess_case(loaded, DAY, FACTS, (), ANSWERS)
    assert codes(refused) == ["gen-basis-publicity"]
    assert violations() == ()


def test_the_database_keeps_an_undated_edition_out_of_force(cast: Cast) -> None:
    edition = draft(cast, "lists")
    for values in ({"state": "published"}, {"in_force_from": DAY}, {"filed_on": DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**values)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"published_on": clock.today() + timedelta(days=3), "in_force_from": clock.today() + timedelta(days=3)}, "published_on"),
        ({"in_force_from": DAY - timedelta(days=1)}, "in_force_from"),
        ({"published_on": date(2021, 7, 1), "in_force_from": date(2021, 7, 15)}, "in_force_from"),
        ({"adopted_on": DAY + timedelta(days=1)}, "adopted_on"),
        ({"document_no": " "}, "document_no"),
        ({"filed_no": "备案1号"}, "filed_no"),
    ],
)  # fmt: skip
def test_what_a_release_must_say(cast: Cast, changes: dict[str, Any], field: str) -> None:
    edition = reviewed(cast, draft(cast, "lists"))
    with pytest.raises(Refused) as refused:
        release_edition(by=cast.deputy, reference=edition.reference, release=release_of(**changes))
    assert field in {one.fix for one in refused.value.refusals}


def test_nothing_is_released_unreviewed_nor_by_whoever_made_it(cast: Cast) -> None:
    edition = draft(cast, "lists")
    with pytest.raises(Refused, match="待法制审核"):
        release_edition(by=cast.deputy, reference=edition.reference, release=release_of())
    with pytest.raises(Refused, match="审核意见"):
        review_edition(by=cast.reviewer, reference=edition.reference, agree=True, opinion="好")
    with pytest.raises(NotAllowed):
        review_edition(by=cast.lead, reference=edition.reference, agree=True, opinion="同意这一版。")
    reviewed(cast, edition)
    with pytest.raises(NotAllowed):
        release_edition(by=cast.reviewer, reference=edition.reference, release=release_of())
    with pytest.raises(Refused, match="不能审核"):
        reviewed(cast, edition)
    with pytest.raises(NotFound):
        review_edition(by=cast.reviewer, reference="nothing", agree=True, opinion="同意这一版。")


def test_a_returned_edition_is_over(cast: Cast) -> None:
    edition = draft(cast, "lists")
    review_edition(by=cast.reviewer, reference=edition.reference, agree=False, opinion="依据的条次不对。")
    with pytest.raises(Refused, match="审核未通过"):
        release_edition(by=cast.deputy, reference=edition.reference, release=release_of())


def test_the_filing_may_follow_once(cast: Cast) -> None:
    edition = released(cast, draft(cast, "lists"))
    filed = file_edition(by=cast.reviewer, reference=edition.reference, filed_no="梨司备〔2026〕1号", filed_on=DAY)
    assert filed.filed_no == "梨司备〔2026〕1号"
    with pytest.raises(Refused, match="已经登记过"):
        file_edition(by=cast.reviewer, reference=edition.reference, filed_no="另一号", filed_on=DAY)


def test_the_difference_shows_rows_and_cells(cast: Cast) -> None:
    current = Edition.objects.get(kind="benchmark", load=None)
    rows = [row for row in shipped_rows("benchmark") if row["row_id"] != "pax-stops-01"]
    place = next(no for no, row in enumerate(rows) if row["row_id"] == "frt-scatter-01")
    rows[place] |= {"penalty_max": "1500", "conditions": "首次"}
    rows.append(rows[place] | {"row_id": "frt-scatter-99", "item_code": "frt-scatter-new"})
    edition = Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), "benchmark")))
    found = {change.key: change for change in changes_against(edition, current)}
    assert {key: change.what for key, change in found.items()} == {
        "frt-scatter-01": CHANGED, "frt-scatter-99": ADDED, "pax-stops-01": REMOVED,
    }  # fmt: skip
    assert {(column, new) for column, _old, new in found["frt-scatter-01"].cells} == {
        ("适用条件", "首次"),
        ("裁量上限", "1500"),
    }
    assert changes_against(current, current) == []
    standing = {line.edition.pk: line.standing for _label, lines in edition_lines(DAY) for line in lines}
    assert standing[edition.pk] == "待法制审核"
    assert standing[current.pk].startswith("现行有效")


@pytest.mark.parametrize("state", ["discretion_set", "decided"])
def test_a_case_is_recomputed_to_the_letter_after_a_later_edition(cast: Cast, state: str) -> None:
    walk = case_at(state, cast)
    row = Discretion.objects.get(case=walk.case)
    assert is_the_same(row)
    released(cast, draft(cast, frt_scatter_01={"penalty_max": "1200"}, frt_scatter_02={"penalty_min": "1650"}))
    released(cast, draft(cast, "lists"), document_no="梨交发〔2026〕4号")
    row.refresh_from_db()
    assert is_the_same(row)
    assert recompute(row).edition == "试行数据第1版"


def test_a_row_from_memory_holds_the_decision_until_it_is_confirmed(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    found = unconfirmed_rows(DAY)
    key = found[0].key
    row = Discretion.objects.get(case=walk.case)
    row.result["assessment"]["unconfirmed"] = [key]
    row.needs_confirmation = True
    row.save(update_fields=["result", "needs_confirmation"])
    edition = found[0].edition.reference
    with pytest.raises(Refused, match="原文在哪里"):
        confirm_row(by=cast.reviewer, reference=edition, row_key=key, source="书")
    with pytest.raises(NotAllowed):
        confirm_row(by=cast.head, reference=edition, row_key=key, source="国家法律法规数据库")
    confirm_row(by=cast.reviewer, reference=edition, row_key=key, source="国家法律法规数据库")
    row.refresh_from_db()
    assert not row.needs_confirmation
    assert key not in {one.key for one in unconfirmed_rows(DAY)}
    assert key in applicable(DAY, DAY).benchmark.confirmed
    with pytest.raises(Refused, match="已经确认过"):
        confirm_row(by=cast.reviewer, reference=edition, row_key=key, source="国家法律法规数据库")
    with pytest.raises(Refused, match="不需要确认"):
        confirm_row(by=cast.reviewer, reference=edition, row_key="frt-scatter-01", source="国家法律法规数据库")


def test_a_confirmation_does_not_cover_a_changed_row(cast: Cast) -> None:
    key = unconfirmed_rows(DAY)[0].key
    edition = Edition.objects.get(kind="benchmark", load=None)
    confirm_row(by=cast.reviewer, reference=edition.reference, row_key=key, source="国家法律法规数据库")
    released(cast, draft(cast, **{key.replace("-", "_"): {"conditions": "另有条件"}}))
    assert key in {one.key for one in unconfirmed_rows(DAY)}


def test_a_lighter_edition_reaches_back_a_heavier_one_does_not(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    loaded = load(cases_with_parts().get(pk=walk.case.pk))
    before = assess_case(loaded, date(2026, 3, 10), FACTS, (), ANSWERS).result
    lighter = released(
        cast,
        draft(cast, frt_scatter_01={"penalty_max": "1500"}),
        published_on=date(2026, 3, 5),
        in_force_from=date(2026, 3, 5),
    )
    after = assess_case(loaded, date(2026, 3, 10), FACTS, (), ANSWERS).result
    assert before.yuan_range is not None
    assert after.yuan_range is not None
    assert (after.edition, after.yuan_range.maximum) == (lighter.label, Decimal(1500))
    assert after.law is not None
    assert "对当事人更有利" in after.law.text
