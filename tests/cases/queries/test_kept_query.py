"""A query written once gives what Django would have asked anew, for every key and in every thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.forms.models import model_to_dict

from cases.models import Case, Step
from cases.queries import facts
from cases.queries.facts import case_at as at_address
from cases.queries.facts import cases_with_parts, load, load_case
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
    kept: KeptQuery[Step, int] = KeptQuery(steps_of, int)
    for key in (*keys, 0, *keys):
        with django_assert_num_queries(1):
            found = told(kept.rows(key))  # what is joined is there without another statement
        assert found == told(list(steps_of(key)))
    assert kept.rows(0) == []


@pytest.mark.django_db(transaction=True)
def test_threads_ask_with_their_own_connection() -> None:
    key = case_at("filed", make_cast()).case.pk
    kept: KeptQuery[Step, int] = KeptQuery(steps_of, int)
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
        KeptQuery(lambda _key: Step.objects.all(), int).rows(1)


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


@pytest.mark.django_db(transaction=True)
def test_the_statement_stays_prepared_through_rollbacks_and_new_sessions() -> None:
    key = case_at("filed", make_cast()).case.pk
    kept: KeptQuery[Step, int] = KeptQuery(steps_of, int)
    expected = [step.pk for step in steps_of(key)]
    for _number in range(2):
        with pytest.raises(RuntimeError), transaction.atomic():
            assert [step.pk for step in kept.rows(key)] == expected
            raise RuntimeError
        for _again in range(7):  # from the sixth time on PostgreSQL may use the one plan it made for every key
            assert [step.pk for step in kept.rows(key)] == expected
        connection.close()


@pytest.mark.django_db
def test_a_failed_transaction_is_told_as_django_tells_it() -> None:
    kept: KeptQuery[Step, int] = KeptQuery(steps_of, int)
    with pytest.raises(DatabaseError), transaction.atomic():
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        kept.rows(1)
    assert kept.rows(1) == []


@pytest.mark.django_db
def test_an_address_is_a_key_as_well() -> None:
    case = case_at("filed", make_cast()).case
    found = at_address(case.clue_no)
    assert found is not None
    assert found.pk == case.pk
    for wrong in ("", "%", "' OR 1=1 --", "\ue0f7\ue0f8", case.clue_no + "0"):
        assert at_address(wrong) is None
    with pytest.raises(Case.DoesNotExist):
        load_case(0)
