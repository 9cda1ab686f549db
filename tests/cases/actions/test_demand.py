"""The demand: exact amount, ten working days, the party heard and answered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cases.actions import demand
from cases.models import Demand
from lishu_law.law.limits import compute
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.refusing import refused
from tests.cast import Cast, make_cast

ONE = timedelta(days=1)
WORDS = {"manner": "到代收银行缴款", "requirement": "全部履行"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_the_letter_names_the_exact_amount_and_starts_ten_working_days(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    letter = scenes.urge(walk)
    assert letter.number == "吉梨交催〔2026〕0001号"
    assert letter.amount == Decimal("1300.00")
    text = "".join(part["text"] for part in letter.data["parts"])
    for words in (
        "第三十五条、第五十四条",
        "人民币壹仟元整",
        "人民币叁佰元整",
        "计10日",
        "责令改正",
        "十个工作日",
        "陈述和申辩",
    ):
        assert words in text
    served = letter.servings.get().effective_on
    assert walk.case.deadlines.get(code="enforce-urge-10d").due == compute("enforce-urge-10d", served).due


def test_who_is_not_late_is_not_urged(cast: Cast) -> None:
    walk = scenes.served(cast)
    with refused("wrong-stage"):
        walk.step(demand.issue_demand, cast.lead, measures=("court",), **WORDS)


def test_something_must_follow(cast: Cast) -> None:
    walk = scenes.late(cast)
    with refused("enforce-urge"):
        walk.step(demand.issue_demand, cast.lead, measures=(), **WORDS)
    assert walk.step(demand.issue_demand, cast.lead, measures=(), other_measure="强制拆除", **WORDS)


def test_silence_is_recorded_only_after_the_ten_days(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    scenes.urge(walk)
    last = walk.case.deadlines.get(code="enforce-urge-10d").due
    scenes.on(walk, last)
    with refused("enforce-urge-hear"):
        walk.step(demand.hear_demand, cast.lead, kind="none", stated_on=last)
    scenes.on(walk, last + ONE)
    walk.step(demand.hear_demand, cast.lead, kind="none", stated_on=last)
    assert Demand.objects.get().statement_kind == "none"


def test_what_the_party_says_is_heard_at_once_and_reviewed(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    scenes.urge(walk)
    said = {"kind": "written", "stated_on": scenes.today(walk)}
    with refused("enforce-urge-hear"):
        walk.step(demand.hear_demand, cast.lead, statement="资金周转困难，请求宽限。", **said)
    with refused("enforce-urge-hear"):
        walk.step(demand.hear_demand, cast.lead, statement=" ", review="经复核，不予采纳。", **said)
    walk.step(
        demand.hear_demand, cast.lead, statement="资金周转困难，请求宽限。", review="经复核，不影响履行义务。",
        is_adopted=False, **said,
    )  # fmt: skip
    row = Demand.objects.get()
    assert (row.statement_kind, row.is_adopted, row.heard_by) == ("written", False, cast.lead)


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_statement_lies_between_the_serving_and_today(cast: Cast, shift: int) -> None:
    walk = scenes.late(cast, days=10)
    scenes.urge(walk)
    with refused("enforce-urge-hear"):
        walk.step(
            demand.hear_demand, cast.lead, kind="oral", stated_on=scenes.today(walk) + shift * ONE, statement="请求宽限。",
            review="不予采纳。",
        )  # fmt: skip


def test_an_unserved_demand_is_not_heard(cast: Cast) -> None:
    walk = scenes.late(cast)
    walk.step(demand.issue_demand, cast.lead, measures=("court",), **WORDS)
    with refused("enforce-urge"):
        walk.step(demand.hear_demand, cast.lead, kind="none", stated_on=scenes.today(walk))
