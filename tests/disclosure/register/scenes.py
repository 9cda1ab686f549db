"""A small register made by the real actions: published, withdrawn and expired records with checkpoints between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import time_machine
from django.db import connection

from cases.api import DecisionFacts
from disclosure import tasks
from disclosure.actions.draft import draft
from disclosure.actions.ending import end_core, expire
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord, RecordState
from tests.disclosure.facts import BIG, COMPANY, PERSON, SHOP, checker, decision

SEED = bytes(range(32)).hex()
ORIGIN = "jt.lishu.example/register"
KEY = "jt.lishu.example/register+6c91f61e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
START = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
FACTS = {
    "company": COMPANY,
    "person": PERSON,
    "shop": SHOP,
    "big": decision(BIG, decision_id=4, number="吉梨交罚〔2026〕0004号"),
    "warned": decision(decision_id=5, number="吉梨交罚〔2026〕0005号", penalty_types=("01", "02")),
}
REASON = "复议机关撤销了该行政处罚决定，现依法撤回公示信息。"


@dataclass
class Scene:
    """Who is in the register."""

    by: Any
    records: dict[str, DisclosureRecord]

    def publish(self, name: str, facts: DecisionFacts | None = None) -> DisclosureRecord:
        found = facts or FACTS[name]
        record = draft(found)
        made = publish(record_id=record.pk, version=record.version, facts=found, by=self.by)
        self.records[name] = made
        return made

    def withdraw(self, name: str) -> DisclosureRecord:
        """The part of a withdrawal that touches record and register; the ruling behind it has tests of its own."""
        record = self.records[name]
        record.state, record.withdrawn_on = RecordState.WITHDRAWN, date(2026, 4, 14)
        record.withdrawal_reason = REASON
        end_core(record, datetime(2026, 4, 14, 1, tzinfo=UTC), ["withdrawn_on", "withdrawal_reason"])
        return record


def use_key(settings: Any, folder: Path) -> None:
    """The key of the worked example, and a folder for the copies."""
    settings.REGISTER_KEY, settings.REGISTER_ORIGIN = SEED, ORIGIN
    settings.REGISTER_OLD_KEY, settings.REGISTER_KEPT = "", folder


def grown() -> Scene:
    """Leaves 0–2 published, 3–4 anchors, checkpoint 5; 5 withdrawn, checkpoint 6; 6 published, checkpoint 7; 7 uncovered."""
    scene = Scene(checker(), {})
    with time_machine.travel(START, tick=False):
        for name in ("company", "person", "shop"):
            scene.publish(name)
        tasks.make_checkpoint()
        scene.withdraw("shop")
        tasks.make_checkpoint()
        scene.publish("big")
        tasks.make_checkpoint()
        scene.publish("warned")
    return scene


def expired(record: DisclosureRecord) -> DisclosureRecord | None:
    """The day after its last one, at 00:00."""
    over = datetime(2026, 7, 8, 16, 0, tzinfo=UTC)
    with time_machine.travel(over, tick=False):
        return expire(record_id=record.pk)


def as_owner(*statements: str) -> None:
    """What somebody with the rights of the tables' owner can do: triggers off, statements, triggers on."""
    tables = ("registerleaf", "registernode", "registercheckpoint", "registerkey", "innerleaf", "recordevent")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE disclosure_{table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in tables:
            cursor.execute(f"ALTER TABLE disclosure_{table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
