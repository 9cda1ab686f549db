"""A whole register with forty faults of different kinds: each is told at its cell in plain Chinese, a killed worker goes
on where it stopped, and the corrected rows bring the register to its full number. The full size runs with LISHU_LONG.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from disclosure.intake import registers
from disclosure.intake.registers import order_legacy, waiting_ids, work
from disclosure.models import Delivery, DisclosureRecord, LegacyDecision, RecordEvent, RecordState, RegisterLeaf
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from lishu_law.registry.models import ImportFault, ImportKind, ImportState
from lishu_law.web.loading import work as driving
from tests.disclosure.facts import checker
from tests.disclosure.intake.legacy_files import FAULTS, faults_of, planted, received, rows, sheet

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
NEWEST = date(2026, 11, 20)
COUNT = 8_707 if os.environ.get("LISHU_LONG") else 300
CHUNK = 1_000 if os.environ.get("LISHU_LONG") else 100
# What the message of each fault says, in the order of FAULTS.
SAID = (
    "请填写决定书文号", "不像决定书文号", "不是同一年", "没有“公司”这一项", "请填写当事人名称", "看不见", "信用代码",
    "要填统一社会信用代码", "自然人没有统一社会信用代码", "要填证件号码或者出生日期", "身份证号", "不填证件号码",
    "日历上没有", "未满十八周岁", "不一致", "请填写违法行为", "不是违法行为", "最多 500 个字", "没看懂这个日期",
    "晚于决定日期", "早于违法日期", "日历上没有", "请填写公示日期", "早于决定日期", "晚于今天", "早于公示日期",
    "请填写违法事实", "请填写处罚依据", "请填写处罚种类", "没有“打手心”这一项", "请填写处罚内容", "请填罚款金额", "不是金额",
    "最多两位小数", "处罚种类里没有罚款", "处罚种类里没有没收", "请填没收金额", "写明证照名称和号码", "只能警告或者罚款",
    "请填“是”或者“否”",
)  # fmt: skip
LEADS_ON = re.compile("请|可以填|要填")


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> Any:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.drill
@pytest.mark.django_db
def test_forty_faults_are_told_a_kill_is_survived_and_the_rest_comes_in_corrected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(registers.REGISTERS, ImportKind.LEGACY, replace(registers.REGISTER, chunk=CHUNK))
    by, whole = checker(), rows(COUNT, newest=NEWEST)
    wrong, expected = planted(whole)
    load = received(by, sheet(wrong))
    assert (sorted(set(faults_of(load)) - set(expected)), faults_of(load)) == ([], expected)
    assert len(expected) == len(FAULTS) == len(SAID) == 40
    assert (load.state, load.rows, load.created, load.faults) == (ImportState.CHECKED, COUNT, COUNT - 40, 40)
    messages = list(
        ImportFault.objects.filter(load=load, is_notice=False).order_by("row", "id").values_list("message", flat=True)
    )
    for message, said in zip(messages, SAID, strict=True):
        assert said in message
        assert LEADS_ON.search(message), message
        assert message.endswith("。"), message
    with pytest.raises(Refused, match="40 行有错"):
        order_legacy(by=by, reference=load.reference)
    order_legacy(by=by, reference=load.reference, skip_faulty=True)
    _killed_in_the_second_chunk(load.pk, monkeypatch)
    load.refresh_from_db()
    assert (load.state, load.progress) == (ImportState.LOADING, CHUNK + 1)  # row 1 is the heading
    assert 0 < load.created == DisclosureRecord.objects.count() < COUNT - 40
    assert waiting_ids() == []
    with time_machine.travel(NOW + driving.SILENT + timedelta(minutes=1), tick=False):
        assert waiting_ids() == [load.pk]
        work(load.pk)
    load.refresh_from_db()
    assert (load.state, load.created, load.faults) == (ImportState.LOADED, COUNT - 40, 40)
    assert faults_of(load) == expected
    mended = received(by, sheet([whole[row - 2] for row, _column in expected], "改正.xlsx"))
    order_legacy(by=by, reference=mended.reference)
    work(mended.pk)
    mended.refresh_from_db()
    assert (mended.created, mended.faults) == (40, 0)
    _everything_is_in_once(whole)


def _killed_in_the_second_chunk(load_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write, calls = driving._write_chunk, []

    def dying(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        write(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(driving, "_write_chunk", dying)
        with pytest.raises(KeyboardInterrupt):
            work(load_id)


def _everything_is_in_once(whole: list[dict[str, Any]]) -> None:
    """Every row once, with its event, its leaf of the register and its place in the journal; nothing for the exchange."""
    numbers = Counter(DisclosureRecord.objects.values_list("number", flat=True))
    assert numbers == Counter(one["决定书文号"] for one in whole)
    assert LegacyDecision.objects.count() == RecordEvent.objects.filter(kind="intake").count() == COUNT
    assert RegisterLeaf.objects.filter(ev="publish").count() == COUNT
    assert not Delivery.objects.exists()
    chunks = [json.loads(one.body)["details"] for one in JournalEntry.objects.filter(action="disclosure.intake")]
    assert sum(chunk["count"] for chunk in chunks) == COUNT
    on_show = DisclosureRecord.objects.filter(state=RecordState.PUBLISHED)
    assert on_show.exists()
    assert not on_show.filter(display_until__lt=NOW.date()).exists()
    over = DisclosureRecord.objects.exclude(state=RecordState.PUBLISHED)
    assert set(over.values_list("state", flat=True)) == {"expired"}
    assert not over.filter(display_until__gte=NOW.date()).exists()
    assert RegisterLeaf.objects.filter(ev="expire").count() == over.count()
