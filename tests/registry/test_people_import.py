"""Loading staff from a file: all or nothing, every fault by line, nobody twice."""

from __future__ import annotations

import pytest

from lishu_law.audit.models import JournalEntry
from lishu_law.registry.models import Certificate, User
from lishu_law.registry.people_import import COLUMNS, load_people

pytestmark = pytest.mark.django_db

OFFICER = "wang,S1,示例甲,执法一中队,squad,officer,JL-1,吉林省,道路运输,2024-01-01,2027-12-31,"
ADMIN = "sys,S2,示例乙,梨树县交通运输局,authority,system_admin,,,,,,"


def lines(*rows: str) -> list[str]:
    return [",".join(COLUMNS), *rows]


def test_people_units_and_certificates_are_made_with_first_passwords() -> None:
    outcome = load_people(lines(OFFICER, ADMIN))
    user = User.objects.get(staff_number="S1")
    assert user.check_password(outcome.passwords["wang"])
    assert (user.unit.name if user.unit else "", user.roles) == ("执法一中队", ["officer"])
    assert Certificate.objects.get().user == user
    assert list(JournalEntry.objects.values_list("action", flat=True)) == ["people.load"]
    assert "wang" in JournalEntry.objects.get().body
    assert outcome.passwords["wang"] not in JournalEntry.objects.get().body


def test_again_updates_by_staff_number_and_keeps_the_password() -> None:
    first = load_people(lines(OFFICER))
    second = load_people(lines(OFFICER.replace("示例甲", "示例丙")))
    user = User.objects.get()
    assert (user.full_name, second.updated, second.passwords) == ("示例丙", 1, {})
    assert user.check_password(first.passwords["wang"])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (OFFICER.replace("officer", "boss"), "没有“boss”这个角色"),
        (ADMIN.replace("system_admin", "system_admin;officer"), "三员分立"),
        (OFFICER.replace("JL-1", ""), "执法证号"),
        (OFFICER.replace("2027-12-31", "2023-12-31"), "早于开始日期"),
        (OFFICER.replace("2027-12-31", "2027年"), "2026-01-31"),
        (OFFICER.replace("wang", ""), "请填写 username"),
    ],
)
def test_one_fault_stops_everything_and_names_the_line(row: str, words: str) -> None:
    outcome = load_people(lines(ADMIN.replace("sys", "other").replace("S2", "S9"), row))
    assert any("第 3 行" in fault and words in fault for fault in outcome.faults), outcome.faults
    assert not User.objects.exists()


def test_missing_columns_and_empty_files_are_told() -> None:
    assert "缺少列" in load_people(["username", "x"]).faults[0]
    assert "没有人员" in load_people(lines()).faults[0]
    assert load_people(lines(OFFICER), dry_run=True).faults == []
    assert not User.objects.exists()
