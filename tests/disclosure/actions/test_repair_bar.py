"""False material bars the person, whichever shop or number the next application comes under; no number is kept for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from cases.api import decision_facts, decisions_of_same_person
from disclosure import tasks
from disclosure.actions.credit_repair import (
    NewRepair,
    RepairDecision,
    barred_until,
    checks_of,
    decide_repair,
    register_repair,
)
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord
from lishu_law import clock
from lishu_law.registry.identity.demo import demo_uscc
from tests import scenarios
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, PARTY, case_at
from tests.spot_scenes import TRADER, id_number

FALSE = RepairDecision(agree=False, reasons="缴款凭证是伪造的。", is_false=True)


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def shop(serial: int, born: str) -> Any:
    return replace(
        TRADER, name=f"梨树县示例货运站{serial}", uscc=demo_uscc(serial, individual_business=True),
        id_number=id_number(born),
    )  # fmt: skip


def test_the_operator_is_barred_under_every_shop_and_nobody_else(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    parties = (shop(1, "19850630"), shop(2, "19850630"), shop(3, "19880505"), replace(PARTY, id_number=""))
    walks = []
    for day, party in enumerate(parties):  # the officers can write one record at a time only
        monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(days=day))
        walks.append(case_at("decision_served", cast, party=party))
    with time_machine.travel(max(one.at for one in walks) + timedelta(hours=1), tick=False):
        tasks.draft_new_decisions()
        records = []
        for walk in walks:
            record, facts = (
                DisclosureRecord.objects.get(decision_id=walk.case.decision.pk),
                decision_facts(walk.case.decision.pk),
            )
            records.append(publish(record_id=record.pk, version=record.version, facts=facts, by=cast.checker))
        day = clock.today()
        own, same, other, firm = records
        said = NewRepair("XF-1", day, day, "缴款凭证、整改材料。", True)
        repair = register_repair(record_id=own.pk, version=own.version, by=cast.reviewer, said=said)
        facts = decision_facts(own.decision_id or 0)
        until = decide_repair(
            repair_id=repair.pk, version=own.version, facts=facts, by=cast.checker, decision=FALSE
        ).barred_until
        assert until is not None
        assert [barred_until(one, day) for one in records] == [until, until, None, None]
        assert barred_until(same, until) == until
        assert barred_until(same, until + timedelta(days=1)) is None
        again = register_repair(
            record_id=same.pk, version=same.version, by=cast.reviewer, said=replace(said, application_no="XF-2")
        )
        found = {one.title: one.is_met for one in checks_of(again, decision_facts(same.decision_id or 0), day)}
        assert found["没有被限制申请"] is False
        assert other.decision_id
        assert firm.decision_id
        ids = [one.decision_id or 0 for one in records]
        assert decisions_of_same_person(ids[0], ids) == {ids[0], ids[1]}
        assert decisions_of_same_person(ids[3], ids) == frozenset()
    with connection.cursor() as cursor:
        for table in ("disclosure_creditrepair", "disclosure_disclosurerecord", "disclosure_recordevent"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{id_number('19850630')}%"])
            assert cursor.fetchone() == (0,)
