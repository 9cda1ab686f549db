"""Own enforcement: every condition of the law, with the lawful neighbour; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import agreement, enforcement_changes
from cases.actions import enforcement_checks as checks
from cases.procedure import execution_facts as e
from cases.procedure import facts as f
from cases.procedure import measures_facts as m
from cases.procedure.enforcement_plan import NewEnforcement, Performance
from cases.procedure.night import holiday_on, is_night
from cases.procedure.states import State
from lishu_law import clock

pytestmark = pytest.mark.law

TODAY = date(2026, 9, 17)  # a Thursday; both periods of a decision served on 16 March are over
LETTER = f.DocumentFact("demand_letter", "催告书", True, date(2026, 4, 20), date(2026, 4, 20), id=5)
DEMAND = e.DemandFact(1, 5, "", date(2026, 4, 20), Decimal("1000.00"), "none")
FACTS = f.CaseFacts(
    state=State.OVERDUE, decision_served_on=date(2026, 3, 16), documents=(LETTER,),
    execution=e.ExecutionFacts(demands=(DEMAND,)),
)  # fmt: skip


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


PLAN = NewEnforcement(
    kind="demolition", power="公路法的授权条款：第某条", grounds="逾期不拆除。", manner="拆除构筑物。",
    planned_at=shanghai("2026-09-22 09:00"), spares_household=True, danger="影响行车视线，危害交通安全。",
)  # fmt: skip
ONE = e.EnforcementFact(3, "demolition", "decided", date(2026, 9, 1), demolish_by=date(2026, 9, 20))
DONE = Performance(shanghai("2026-09-22 09:00"), "已经拆除，拍照录像。", "示例甲", "示例乙", "示例丙")
NOW = datetime(2026, 9, 23, tzinfo=UTC)
REMEDY = f.RemedyFact(1, "review", date(2026, 4, 1), date(2026, 6, 1), "upheld")


def asked(facts: f.CaseFacts = FACTS, **changed: Any) -> list[str]:
    return [one.code for one in checks.lawful_to_enforce(facts, replace(PLAN, **changed), TODAY)]


def with_demand(served: date | None, **changed: Any) -> f.CaseFacts:
    execution = e.ExecutionFacts(demands=(replace(DEMAND, **changed),))
    return replace(FACTS, documents=(replace(LETTER, served_on=served),), execution=execution)


DIGGER = m.ItemFact(1, "挖掘机", "1台", "held")
SEIZURE = m.MeasureFact(1, m.MeasureKind.SEIZURE, m.MeasureState.TAKEN, items=(DIGGER,))
SEIZED = replace(FACTS, measures=(SEIZURE,))
RETURNED = replace(FACTS, measures=(replace(SEIZURE, items=(replace(DIGGER, state="returned"),)),))
FRESH = with_demand(date(2026, 9, 4), statement="")  # the ten working days are not over


@pytest.mark.parametrize(("changed", "facts", "code"), [
    ({}, FACTS, None),
    ({"power": "有关规定"}, FACTS, "enforce-decision"),
    ({}, replace(FACTS, execution=e.ExecutionFacts()), "enforce-urge"),
    ({}, with_demand(None), "enforce-urge"),
    ({}, FRESH, "enforce-decision"),
    ({}, with_demand(date(2026, 4, 20), statement=""), "enforce-decision"),  # not heard yet
    ({"hiding": "当事人连夜转移设备，有监控录像。"}, FRESH, None),  # 行政强制法第三十七条
    ({"hiding": "转移设备。", "kind": "proxy"}, FRESH, "enforce-decision"),
    ({"kind": "proxy"}, FACTS, None),
    ({"kind": "proxy", "danger": "有"}, FACTS, "enforce-proxy"),
    ({"kind": "proxy_now"}, replace(FACTS, execution=e.ExecutionFacts()), None),  # 第五十二条: no demand before
    ({"kind": "proxy_now", "danger": ""}, FACTS, "enforce-proxy"),
    ({"kind": "auction", "goods": "挖掘机一台"}, SEIZED, None),
    ({"kind": "auction", "goods": "挖掘机一台"}, FACTS, "enforce-auction"),  # nothing was seized
    ({"kind": "auction"}, SEIZED, "enforce-auction"),
    ({"kind": "auction", "goods": "挖掘机一台"}, RETURNED, "enforce-auction"),
    ({"kind": "auction", "goods": "挖掘机一台"}, replace(SEIZED, remedies=(REMEDY,)), "enforce-auction"),
    ({"kind": "auction", "goods": "挖掘机一台"}, replace(SEIZED, decision_served_on=date(2026, 3, 17)), "enforce-auction"),
    ({"planned_at": shanghai("2026-09-22 22:00")}, FACTS, "enforce-no-night"),
    ({"planned_at": shanghai("2026-09-22 21:59")}, FACTS, None),
    ({"planned_at": shanghai("2026-09-22 05:59")}, FACTS, "enforce-no-night"),
    ({"planned_at": shanghai("2026-09-22 06:00")}, FACTS, None),
    ({"planned_at": shanghai("2026-09-22 23:00"), "urgency": "构筑物即将倒塌。"}, FACTS, None),
    ({"planned_at": shanghai("2026-10-01 09:00")}, FACTS, "enforce-no-night"),  # National Day
    ({"planned_at": shanghai("2026-09-19 09:00")}, FACTS, None),  # a Saturday is no statutory holiday
    ({"spares_household": False}, FACTS, "enforce-no-night"),
])  # fmt: skip
def test_what_is_asked_before_it_is_decided(changed: dict[str, Any], facts: f.CaseFacts, code: str | None) -> None:
    assert asked(facts, **changed) == ([code] if code else [])


def test_night_and_holidays_come_from_data() -> None:
    assert is_night(shanghai("2026-09-22 00:30"))
    assert not is_night(shanghai("2026-09-22 12:00"))
    assert holiday_on(shanghai("2026-10-02 10:00"))
    assert holiday_on(shanghai("2026-09-20 10:00")) == ""


def performed(one: e.EnforcementFact, facts: f.CaseFacts = FACTS, **changed: Any) -> list[str]:
    return [found.code for found in checks.lawful_to_perform(facts, one, replace(DONE, **changed), NOW)]


PROXY = replace(ONE, kind="proxy", demolish_by=None)
# The second demand, served on Wednesday 16 September: three working days end on Monday 21 September (a make-up Sunday).
AGAIN = f.DocumentFact("demand_letter", "催告书", True, date(2026, 9, 16), date(2026, 9, 16), id=6)
SECOND = replace(DEMAND, id=2, document_id=6, part="enforcement:3")


def again(served: date | None = date(2026, 9, 16)) -> f.CaseFacts:
    return replace(
        FACTS, documents=(LETTER, replace(AGAIN, served_on=served)),
        execution=e.ExecutionFacts(demands=(DEMAND, SECOND)),
    )  # fmt: skip


@pytest.mark.parametrize(("one", "facts", "changed", "code"), [
    (ONE, FACTS, {}, None),
    (ONE, FACTS, {"performed_at": shanghai("2026-09-20 09:00")}, "enforce-demolish-notice"),
    (ONE, FACTS, {"performed_at": shanghai("2026-09-21 09:00")}, None),
    (replace(ONE, demolish_by=None), FACTS, {}, "enforce-demolish-notice"),
    (ONE, replace(FACTS, decision_served_on=date(2026, 4, 1)), {}, "enforce-demolish-notice"),
    (ONE, replace(FACTS, remedies=(replace(REMEDY, ended_on=None),)), {}, "enforce-demolish-notice"),
    (replace(ONE, decided_on=date(2026, 9, 23)), FACTS, {}, "enforce-decision"),
    (ONE, FACTS, {"performed_at": shanghai("2026-09-24 09:00")}, "enforce-decision"),
    (ONE, FACTS, {"performed_at": shanghai("2026-09-22 22:30")}, "enforce-no-night"),
    (ONE, FACTS, {"performed_at": shanghai("2026-09-22 22:30"), "urgency": "即将倒塌。"}, None),
    (PROXY, again(), {}, None),
    (PROXY, again(date(2026, 9, 18)), {}, "enforce-proxy-3d"),
    (PROXY, again(None), {}, "enforce-proxy-3d"),
    (PROXY, FACTS, {}, "enforce-proxy-3d"),
    (PROXY, again(), {"witness": " "}, "enforce-proxy-3d"),
    (replace(PROXY, kind="proxy_now"), FACTS, {"told_at": shanghai("2026-09-22 10:00")}, None),
    (replace(PROXY, kind="proxy_now"), FACTS, {}, "enforce-proxy-now"),
    (replace(PROXY, kind="proxy_now"), FACTS, {"told_at": shanghai("2026-09-22 08:00")}, "enforce-proxy-now"),
])  # fmt: skip
def test_what_is_asked_when_it_is_carried_out(
    one: e.EnforcementFact, facts: f.CaseFacts, changed: dict[str, Any], code: str | None
) -> None:
    assert set(performed(one, facts, **changed)) == ({code} if code else set())


@pytest.mark.parametrize(("kind", "shift", "code"), [
    ("demolition", 1, None), ("demolition", 0, "enforce-demolish-notice"), ("proxy", 1, "enforce-demolish-notice"),
])  # fmt: skip
def test_the_public_notice(kind: str, shift: int, code: str | None) -> None:
    found = checks.announcement_fits(kind, TODAY + timedelta(days=shift), TODAY)
    assert [one.code for one in found] == ([code] if code else [])


@pytest.mark.parametrize(("change", "ground", "code"), [
    ("suspend", "inability", None), ("suspend", "", "enforce-suspend"), ("suspend", "death", "enforce-suspend"),
    ("end", "object_gone", None), ("end", "inability", "enforce-end"), ("resume", "", None),
    ("stop", "", "enforce-suspend"),
])  # fmt: skip
def test_only_on_a_ground_of_the_law(change: str, ground: str, code: str | None) -> None:
    found = enforcement_changes.ground_named(change, ground)
    assert [one.code for one in found] == ([code] if code else [])


AGREED = e.AgreementFact(1, TODAY, TODAY, breached_on=TODAY)


@pytest.mark.parametrize(("status", "agreements", "change", "code"), [
    ("decided", (), "suspend", None), ("suspended", (), "suspend", "enforce-suspend"),
    ("suspended", (), "resume", None), ("decided", (), "resume", "enforce-suspend"),
    ("decided", (AGREED,), "resume_breach", None), ("decided", (), "resume_breach", "enforce-agreement"),
    ("suspended", (), "end", None),
])  # fmt: skip
def test_a_change_follows_the_state(status: str, agreements: tuple[Any, ...], change: str, code: str | None) -> None:
    found = enforcement_changes.change_follows(replace(ONE, status=status), agreements, change)
    assert [one.code for one in found] == ([code] if code else [])


@pytest.mark.parametrize(("harmless", "reason", "is_refused"), [
    (True, "不涉及他人权益。", False), (True, " ", True), (False, "影响通行。", True),
])  # fmt: skip
def test_an_agreement_harms_nobody(harmless: bool, reason: str, is_refused: bool) -> None:
    assert bool(agreement.harms_nobody(harmless, reason)) is is_refused
