"""What the file keeps of a publication: the 公示表 when it appears, the 撤回说明 when it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from cases.api import decision_facts
from cases.models import Document
from disclosure import tasks
from disclosure.actions.publish import publish
from disclosure.actions.withdraw import withdraw
from disclosure.models import DisclosureRecord
from lishu_law import clock
from tests.benchmark_scenes import CITIZEN
from tests.cases.actions.remedy_scenes import end, lodge
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

REASON = "梨树县人民政府复议决定撤销了该行政处罚决定，现依法撤回公示信息。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def published(walk: Walk) -> DisclosureRecord:
    tasks.draft_new_decisions()
    record = DisclosureRecord.objects.get(decision_id=walk.case.decision.pk)
    facts = decision_facts(walk.case.decision.pk)
    return publish(record_id=record.pk, version=record.version, facts=facts, by=walk.cast.checker)


def paper(walk: Walk, code: str) -> Document:
    return Document.objects.get(case=walk.case, code=code)


def test_the_sheet_carries_the_public_copy_and_nothing_personal(cast: Cast, settings: Any) -> None:
    settings.DEMO = True  # admits the invented identity number
    walk = case_at("decision_served", cast, party=CITIZEN)
    with time_machine.travel(walk.at + timedelta(hours=1), tick=False):
        record = published(walk)
    sheet = paper(walk, "publication_sheet")
    rows = {row["label"]: "".join(row["paragraphs"]) for row in sheet.data["rows"]}
    assert rows["公示编号"] == record.public_id
    assert rows["相对人名称"] == "示**"
    assert rows["决定书文号"] == walk.case.decision.number
    assert sheet.data["opinions"][0]["opinion"]["name"] == cast.checker.full_name
    for secret in (CITIZEN.name, CITIZEN.id_number, CITIZEN.phone, "吉C12345"):
        assert secret not in str(sheet.data)


def test_a_withdrawal_leaves_its_statement_in_the_file(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    with time_machine.travel(walk.at + timedelta(hours=1), tick=False):
        record = published(walk)
        walk.at = clock.now()
        end(walk, lodge(walk), "revoked")
        tasks.draft_withdrawals()
        record.refresh_from_db()
        facts = decision_facts(record.decision_id or 0)
        withdraw(record_id=record.pk, version=record.version, facts=facts, by=cast.checker, reason=REASON)
    rows = {row["label"]: "".join(row["paragraphs"]) for row in paper(walk, "withdrawal_statement").data["rows"]}
    assert rows["撤回原因（变更、撤销、确认违法、无效）"] == f"原行政处罚决定被撤销。{REASON}"
    assert rows["生效文书"] == "梨府复决〔2026〕3号"
    assert rows["公示编号"] == record.public_id
