"""The penalty record against the exchange's own schemas and every cross-field rule (feed_api.md §3)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cases.api import DecisionFacts
from disclosure.credit import CreditClass
from disclosure.feed import payload
from disclosure.feed.rules import rule_faults, uscc_is_valid
from disclosure.feed.shape import shape_faults
from disclosure.mock_feed.penalty_schema import PENALTY
from disclosure.mock_feed.schemas import ENVELOPE
from lishu_law.errors import Refused
from tests.disclosure.facts import BIG, CARD, COMPANY, ORGAN_USCC, PERSON, SHOP, decision

pytestmark = pytest.mark.law

AT = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
TODAY = date(2026, 4, 13)
IDENTITY = payload.Identity(f"{ORGAN_USCC}-CF-2026-000001", 1, "i", "x-1")
EXAMPLE = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))["penalty"]


def _built(facts: DecisionFacts, level: CreditClass = CreditClass.ORDINARY) -> dict[str, Any]:
    until = date(2027, 4, 8)
    public = payload.PublicBlock("公开名", "公开事实", until, "https://example.invalid/penalties/2026-aaaaaaaaaa/")
    return payload.build(facts, public, level, IDENTITY, AT)


@pytest.mark.parametrize(
    "facts",
    [
        COMPANY,
        BIG,
        PERSON,
        SHOP,
        decision(SHOP, party_uscc="", party_id_kind="111", party_id_number=CARD),
        decision(
            BIG,
            is_major=True,
            discussed_on=date(2026, 4, 7),
            discussion_conclusion="同意",
            paid_amount=Decimal("20000.00"),
            closed_on=date(2026, 4, 12),
        ),
        decision(penalty_types=("07", "99"), fine=None, licence_action="道路运输证-220322001234"),
        decision(procedure="summary", facts_text="一\t二\r\n" + "三" * 30),
    ],
)
def test_payload_satisfies_the_contract(facts: DecisionFacts) -> None:
    envelope = _built(facts)
    Draft202012Validator(ENVELOPE).validate(envelope)
    Draft202012Validator(PENALTY).validate(envelope["data"])
    assert shape_faults(envelope["data"]) == []
    assert rule_faults(envelope, TODAY) == []


def test_credit_block_only_where_it_belongs() -> None:
    assert "sgs" not in _built(COMPANY, CreditClass.MINOR)["data"]
    assert "sgs" not in _built(PERSON)["data"]
    assert _built(SHOP)["data"]["sgs"]["CF_XDR_LB"] == "个体工商户"
    assert _built(BIG)["data"]["sgs"]["CF_NR_FK"] == "2"


def test_texts_are_normalised_but_compatibility_ideographs_stay() -> None:
    data = _built(decision(party_name="e\u0301\uf9dc货运有限公司"))["data"]
    assert data["administrative_cp"] == "\u00e9\uf9dc货运有限公司"


def test_catalogue_code_falls_back_to_the_placeholder_row() -> None:
    assert payload.supervise_item_code("12345678901234") == "12345678901234"
    assert payload.supervise_item_code("freight-spill") == "00000000000001"


def test_the_printed_example_passes() -> None:
    assert shape_faults(EXAMPLE["data"]) == []
    assert rule_faults(EXAMPLE, date(2026, 4, 10)) == []


def test_check_says_what_and_which_fact() -> None:
    envelope = _built(decision(BIG, party_person_name=""))
    with pytest.raises(Refused) as refused:
        payload.check(envelope, TODAY)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.fix) == ("feed.v11", "party_person_name")
    assert "法定代表人" in refusal.message


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(envelope: dict[str, Any]) -> None:
        *parents, last = path.split("/")
        target = envelope
        for name in parents:
            target = target[name]
        if value is None:
            target.pop(last, None)
        else:
            target[last] = value

    return change


def _all(*changes: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def change(envelope: dict[str, Any]) -> None:
        for one in changes:
            one(envelope)

    return change


D = "data/"
AS_PERSON = _all(
    _set(D + "administrative_cp_na", "01"),
    _set(D + "administrative_cp_ce_type", "111"),
    _set(D + "administrative_cp_ui_code", CARD),
    _set(D + "sgs", None),
)
SUMMARY = _all(_set(D + "punish_procedure", "1"), _set(D + "set_date", None))
BROKEN = [
    ("V01", _set(D + "implement_institution_code", "11220322MB0T00015X")),
    ("V01", _set(D + "administrative_cp_ui_code", "91220322MA0T0002X1")),
    ("V01", _set(D + "sgs/CF_SJLYDM", "11220322MB0T00015X")),
    ("V02", _all(AS_PERSON, _set(D + "administrative_cp_ui_code", CARD[:-1] + ("1" if CARD[-1] != "1" else "2")))),
    ("V02", _all(AS_PERSON, _set(D + "administrative_cp_ui_code", "220322199002290010"))),
    ("V03", _set(D + "administrative_cp_ce_type", "999")),
    ("V03", _all(AS_PERSON, _set(D + "administrative_cp_ce_type", "001"))),
    ("V04", _set(D + "fine_amount", None)),
    ("V04", _set(D + "punish_type", ["01"])),
    ("V04", _set(D + "punish_type", ["02", "03"])),
    ("V04", _set(D + "punish_type", ["02", "05"])),
    ("V05", _all(SUMMARY, _set(D + "fine_amount", "3000.01"))),
    ("V05", _all(AS_PERSON, SUMMARY, _set(D + "fine_amount", "200.01"))),
    ("V05", _all(SUMMARY, _set(D + "fine_amount", "100.00"), _set(D + "punish_type", ["02", "08"]))),
    ("V06", _set(D + "set_date", None)),
    ("V06", _set(D + "set_date", "2026-04-09")),
    ("V06", _set(D + "punish_set_date", "2026-04-14")),
    ("V07", _set(D + "close_date", "2026-04-07")),
    ("V07", _set("cd_time", "2026-04-07T09:00:00+08:00")),
    ("V08", _all(_set(D + "major_case", True), _set(D + "legal_review", False))),
    ("V08", _set(D + "legal_review_date", None)),
    ("V08", _set(D + "legal_review_date", "2026-04-09")),
    ("V08", _set(D + "group_discussion", True)),
    ("V09", _set(D + "case_source", "01")),
    ("V09", _set(D + "check_action_code", "JC-1")),
    ("V10", _set(D + "sgs/CF_WSH", "别的文号")),
    ("V10", _set(D + "sgs/CF_NR_FK", "20000")),  # the classic error: yuan sent as 万元
    ("V11", _set(D + "sgs/CF_FRDB", None)),
    ("V11", _set(D + "sgs/CF_XDR_SHXYM", None)),
    ("V11", _set(D + "sgs/CF_XDR_LB", "自然人")),
    ("V12", _set(D + "sgs/CF_CFLB", "罚款; 警告")),
    ("V12", _set(D + "sgs/CF_CFLB", "警告")),
    ("V13", _set(D + "sgs/CF_GSJZQ", "2027-04-09")),
    ("V13", _set(D + "sgs/CF_GSJZQ", "2026-04-08")),
    ("V14", _set("record_unique_identity", "91220322MA0T0002XN-CF-2026-000001")),
    ("V15", _set(D + "public/exclusion_code", "X05")),
    ("V15", _set(D + "public/visible", False)),
    ("V15", _all(AS_PERSON, _set(D + "administrative_cp_ui_code", "220399200803030012"))),
    ("V16", _set(D + "public/fact_display", "电话13900001111")),
    ("V16", _set(D + "public/fact_display", "吉C·12345号车")),
    ("V16", _set(D + "public/party_display", "身份证" + CARD)),
    ("V16", _all(AS_PERSON, _set(D + "public/fact_display", "对梨树县示例货运有限公司处罚"))),
    ("V17", _all(_set(D + "punish_set_date", "2021-07-14"), _set(D + "punish_type", ["02", "08"]))),
]


@pytest.mark.parametrize(("rule", "change"), BROKEN, ids=[f"{rule}-{n}" for n, (rule, _c) in enumerate(BROKEN)])
def test_each_rule_refuses_its_breach(rule: str, change: Callable[[dict[str, Any]], None]) -> None:
    envelope = copy.deepcopy(_built(BIG))
    change(envelope)
    assert rule in {fault.rule for fault in rule_faults(envelope, TODAY)}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (_set(D + "illegal_fact", "太短"), "/data/illegal_fact"),
        (_set(D + "punish_type", []), "/data/punish_type"),
        (_set(D + "fine_amount", "1e3"), "/data/fine_amount"),
        (_set(D + "supervise_item_code", "123"), "/data/supervise_item_code"),
        (_set(D + "unknown", "x"), "/data/unknown"),
        (_set(D + "punish_result", None), "/data/punish_result"),
        (_set(D + "sgs/CF_NR", "控制\x07符"), "/data/sgs/CF_NR"),
        (_set(D + "public/party_display", ""), "/data/public/party_display"),
        (_set(D + "is_hearing", "false"), "/data/is_hearing"),
        (_set(D + "punish_accord", "长" * 2001), "/data/punish_accord"),
    ],
)
def test_shape_refuses_what_the_schema_refuses(change: Callable[[dict[str, Any]], None], path: str) -> None:
    envelope = copy.deepcopy(_built(BIG))
    change(envelope)
    assert [fault.path for fault in shape_faults(envelope["data"])] == [path]


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91220322MA0T0002XN", True),
        ("91350100M000100Y43", True),
        ("912203227340328107", True),
        ("91220322MA0T0002XM", False),
        ("9122O322MA0T0002XN", False),
        ("91220322MA0T0002X", False),
    ],
)
def test_credit_code(code: str, valid: bool) -> None:
    assert uscc_is_valid(code) is valid
