"""The envelope of an inspection: its fields, and the rules that keep a bad one from being sent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from disclosure.feed.inspection_payload import frozen
from disclosure.feed.payload import Identity
from inspections.api import InspectionFacts
from inspections.queries.exchange import CheckedOfficer, CheckedPoint
from tests.disclosure.facts import CARD, ORGAN_USCC

pytestmark = pytest.mark.law

AT = datetime(2026, 4, 13, 2, 0, 7, 500, tzinfo=UTC)
IDENTITY = Identity(f"{ORGAN_USCC}-JC-2026-000001", 1, "i", "JC2026-000001-1")
STOP = InspectionFacts(
    check_action_code="JC2026-000001",
    checked_at=datetime(2026, 3, 2, 15, 2, tzinfo=UTC),
    organ_name="梨树县交通运输局",
    organ_uscc=ORGAN_USCC,
    area_code="220322",
    matter_code="22032200000001",
    matter_name="货运车辆装载检查",
    is_matter_confirmed=False,
    party_kind="organisation",
    party_name="梨树县示例货运有限公司",
    party_uscc="91220322MA0T0002XN",
    party_id_kind="",
    party_id_number="",
    party_address="梨树县示例镇虚构路8号",
    place="",
    form="01",
    category="06",
    method="01",
    result_code="R9",
    result_text="没有苫盖",
    points=(),
    officers=(CheckedOfficer("示例甲", "JL-1"), CheckedOfficer("示例乙", "JL-2")),
)
PERSON = {"party_kind": "citizen", "party_name": "孙虚构", "party_uscc": "", "party_id_kind": "111"}


def _data(facts: InspectionFacts) -> dict[str, Any]:
    record = frozen(facts, IDENTITY, AT)
    assert record.faults == ()
    data: dict[str, Any] = json.loads(record.body)["data"]
    return data


def test_envelope_and_fields() -> None:
    envelope = json.loads(frozen(STOP, IDENTITY, AT).body)
    assert (envelope["kind"], envelope["cd_operation"], envelope["data_version"]) == ("inspection-record", "i", 1)
    assert envelope["cd_time"] == "2026-04-13T10:00:07+08:00"
    assert envelope["data"] == {
        "supervise_item_implement_code": "22032200000001",
        "supervise_item_check_icode": f"{ORGAN_USCC}4220322000000010001",
        "check_action_name": "对梨树县示例货运有限公司的货运车辆装载检查",
        "check_action_code": "JC2026-000001",
        "implement_institution": "梨树县交通运输局",
        "implement_institution_code": ORGAN_USCC,
        "supervise_object": "梨树县示例货运有限公司",
        "administrative_cp": "梨树县示例货运有限公司",
        "administrative_cp_na": "02",
        "administrative_cp_ce_type": "001",
        "administrative_cp_ui_code": "91220322MA0T0002XN",
        "address_registered": "梨树县示例镇虚构路8号",
        "area_number": "220322",
        "check_form": "01",
        "check_type": "06",
        "check_mode": "01",
        "check_result": {"code": "R9", "text": "没有苫盖", "items": []},
        "check_date": "2026-03-02T23:02:00+08:00",
        "check_personnel": ["示例甲", "示例乙"],
        "check_personnel_code": ["JL-1", "JL-2"],
    }


@pytest.mark.parametrize(
    ("party", "expected"),
    [
        ({}, ("02", "001", "91220322MA0T0002XN")),
        ({"party_kind": "individual_business", "party_uscc": "92220322MA0T00038K"}, ("03", "001", "92220322MA0T00038K")),
        ({**PERSON, "party_id_number": CARD}, ("01", "111", CARD)),
    ],
)  # fmt: skip
def test_kinds_of_parties(party: dict[str, str], expected: tuple[str, ...]) -> None:
    data = _data(replace(STOP, **party))
    names = ("administrative_cp_na", "administrative_cp_ce_type", "administrative_cp_ui_code")
    assert tuple(data[name] for name in names) == expected
    assert ("address_registered" in data) is (data["administrative_cp_na"] != "01")


def test_a_visit_brings_number_place_and_points() -> None:
    data = _data(
        replace(STOP, filing_no="JC-220322-2026-000001", place="示例路1号", points=(CheckedPoint("1", "苫盖", "不合格"),))
    )  # fmt: skip
    assert (data["filing_no"], data["address_operating"]) == ("JC-220322-2026-000001", "示例路1号")
    assert data["check_result"]["items"] == [{"no": "1", "name": "苫盖", "result": "不合格"}]


@pytest.mark.parametrize(
    ("changes", "rule", "fact"),
    [
        ({"party_uscc": "91220322MA0T0002X1"}, "V01", "party_uscc"),
        ({**PERSON, "party_id_number": CARD[:17] + ("1" if CARD[17] != "1" else "2")}, "V02", "party_id_number"),
        ({**PERSON, "party_id_kind": "001", "party_id_number": "91220322MA0T0002XN"}, "V03", "party_id_kind"),
        ({"organ_uscc": "12220322MB0T00016U"}, "V14", "organ_uscc"),
        ({"officers": (CheckedOfficer("甲", "JL-1"), CheckedOfficer("乙", "JL-1"))}, "V21", "officers"),
        ({"checked_at": AT}, "V22", "checked_at"),
        ({"category": "01"}, "V23", "plan_id"),
        ({"result_code": "R1", "points": (CheckedPoint("1", "苫盖", "不合格"),)}, "V25", "result_code"),
        ({"result_code": "R7", "points": (CheckedPoint("1", "苫盖", "不合格"),)}, "V25", "result_code"),
        ({"result_code": "R11"}, "schema", "result_code"),
        ({"matter_code": "2203220000001"}, "schema", "matter_code"),
        ({"officers": (CheckedOfficer("甲", "JL-1"),)}, "schema", "officers"),
        ({"officers": (CheckedOfficer("甲", "JL-1"), CheckedOfficer("乙", ""))}, "schema", "officers"),
        ({"points": (CheckedPoint("1", "苫盖", "好"),)}, "schema", "points"),
        ({"points": (CheckedPoint("1", "苫盖", "合格"),) * 201}, "schema", "points"),
        ({"filing_no": "J" * 31}, "schema", "filing_no"),
    ],
)
def test_rules(changes: dict[str, Any], rule: str, fact: str) -> None:
    faults = frozen(replace(STOP, **changes), IDENTITY, AT).faults
    assert (rule, fact) in {(fault.rule, fault.fact) for fault in faults}


@pytest.mark.parametrize(
    "changes",
    [
        {"category": "01", "plan_id": "SJ-2026-01"},
        {"result_code": "R1", "points": (CheckedPoint("1", "苫盖", "合格"),)},
        {"result_code": "R5", "points": (CheckedPoint("1", "苫盖", "不合格"),)},
        {"points": (CheckedPoint("1", "苫盖", "合理缺项"),) * 200},
        {"filing_no": "J" * 30},
    ],
)
def test_what_the_rules_allow(changes: dict[str, Any]) -> None:
    assert frozen(replace(STOP, **changes), IDENTITY, AT).faults == ()


def test_nobody_identified_is_said_field_by_field() -> None:
    faults = frozen(replace(STOP, party_kind="", party_name="", party_uscc=""), IDENTITY, AT).faults
    assert {fault.fact for fault in faults} == {"party_name", "party_kind", "party_id_kind", "party_id_number"}
