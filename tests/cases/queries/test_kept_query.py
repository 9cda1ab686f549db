"""A query written once gives what Django would have asked anew, for every key and in every thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict

from cases.models import Case, Step
from cases.queries import facts
from cases.queries.facts import cases_with_parts, load
from cases.queries.parts import branches
from lishu_law.kept_query import KeptQuery
from tests.cast import Cast, make_cast
from tests.scenarios import case_at


def steps_of(key: int) -> Any:
    return Step.objects.filter(case=key).select_related("by").order_by("-id")


def told(steps: list[Step]) -> list[tuple[dict[str, Any], str]]:
    return [(model_to_dict(step), step.by.full_name) for step in steps]


@pytest.mark.django_db
def test_every_key_has_its_own_rows(django_assert_num_queries: Callable[..., Any]) -> None:
    cast = make_cast()
    keys = [case_at(state, cast).case.pk for state in ("filed", "clue")]
    kept: KeptQuery[Step] = KeptQuery(steps_of)
    for key in (*keys, 0, *keys):
        with django_assert_num_queries(1):
            found = told(kept.rows(key))  # what is joined is there without another statement
        assert found == told(list(steps_of(key)))
    assert kept.rows(0) == []


@pytest.mark.django_db(transaction=True)
def test_threads_ask_with_their_own_connection() -> None:
    key = case_at("filed", make_cast()).case.pk
    kept: KeptQuery[Step] = KeptQuery(steps_of)
    expected = [step.pk for step in kept.rows(key)]

    def ask(_number: int) -> list[int]:
        try:
            return [step.pk for step in kept.rows(key)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(16))) == [expected] * 16


def test_a_query_that_forgets_its_key_is_refused() -> None:
    with pytest.raises(ValueError, match="does not ask for its key"):
        KeptQuery(lambda _key: Step.objects.all()).rows(1)


@pytest.mark.django_db
def test_a_changed_parameter_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    cast: Cast = make_cast()
    first, second = (case_at("clue", cast).case for _number in range(2))
    Case.objects.filter(pk=second.pk).update(act_at=first.act_at, item_code=first.item_code, party=first.party)

    def same_acts() -> int:
        return len(load(cases_with_parts().get(pk=first.pk)).facts.same_acts)

    assert same_acts() == 1
    Case.objects.filter(pk=second.pk).update(act_at=first.act_at.replace(year=first.act_at.year - 1))
    assert same_acts() == 0
    # The whole tuple is asked on every load, so the day a parameter changes is the day its statement changes.
    before = facts._parts_query.cache_info().currsize
    monkeypatch.setattr(branches.DEFAULT_PARAMETERS, "number", lambda *_asked: 24 * 800)
    assert same_acts() == 1
    assert facts._parts_query.cache_info().currsize == before + 1 or before == 4
