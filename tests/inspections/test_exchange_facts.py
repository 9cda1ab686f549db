"""What the exchange is told of a stop and of a visit: recorded facts only, with the certificates of that day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from inspections.api import exchange_facts, open_case_from_check
from inspections.models import CheckResult
from inspections.queries.exchange import CheckedOfficer, CheckedPoint
from lishu_law.registry.actions import enter_party
from lishu_law.registry.details import PartyDetails
from lishu_law.registry.identity.id_card import id_check_digit
from lishu_law.registry.models import Certificate
from tests.inspections.scenes import (
    COMPANY,
    STOP_AT,
    VISIT_FROM,
    Scene,
    end_certificate,
    filed_shift,
    finished_filing,
    recorded_check,
    subject,
)

CITIZEN = PartyDetails(
    kind="citizen",
    name="示例车主",
    id_kind="111",
    id_number="22039919850630001" + id_check_digit("22039919850630001"),
    address="梨树县示例镇2号",
)


def test_a_stop(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    facts = exchange_facts(check.check_code)
    assert facts is not None
    assert (facts.check_action_code, facts.checked_at) == ("JC2026-000001", STOP_AT)
    assert (facts.organ_name, facts.organ_uscc, facts.area_code) == (
        "梨树县交通运输局",
        "11220322MB0T00015M",
        "220322",
    )
    assert (facts.matter_code, facts.is_matter_confirmed) == ("22032200000001", False)
    assert (facts.party_kind, facts.party_name, facts.party_uscc) == ("organisation", COMPANY.name, COMPANY.uscc)
    assert (facts.form, facts.category, facts.method, facts.result_code) == ("01", "06", "01", "R9")
    assert facts.result_text == f"{check.findings}\n{check.measures}"
    assert facts.officers == (CheckedOfficer("示例甲", "JL-lead"), CheckedOfficer("示例乙", "JL-assistant"))
    assert (facts.points, facts.filing_no, facts.plan_id, facts.place) == ((), "", "", "")


@pytest.mark.parametrize(("result", "code"), [("none", "R1"), ("corrected", "R10"), ("finding", "R9")])
def test_the_result_of_a_stop(scene: Scene, result: str, code: str) -> None:
    item_code = "frt-scatter" if result == CheckResult.FINDING else ""
    check = recorded_check(scene, filed_shift(scene.cast), result=result, item_code=item_code)
    facts = exchange_facts(check.check_code)
    assert facts is not None
    assert facts.result_code == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, ("organisation", COMPANY.name, COMPANY.uscc)),
        ({"company_uscc": "92220322MA17ABCD2K", "company_name": "示例货运部"},
         ("individual_business", "示例货运部", "92220322MA17ABCD2K")),
        ({"company_uscc": "", "company_name": "示例货运部"}, ("", "", "")),
    ],
)  # fmt: skip
def test_who_was_stopped_is_as_recorded_and_never_guessed(
    scene: Scene, typed: dict[str, Any], expected: tuple[str, ...]
) -> None:
    check = recorded_check(scene, filed_shift(scene.cast), **typed)
    facts = exchange_facts(check.check_code)
    assert facts is not None
    assert (facts.party_kind, facts.party_name, facts.party_uscc) == expected


def test_who_was_not_known_at_the_roadside_is_whom_the_case_found(scene: Scene, settings: Any) -> None:
    settings.DEMO = True  # invented identity numbers
    check = recorded_check(scene, filed_shift(scene.cast), company_uscc="", company_name="")
    case = open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=STOP_AT + timedelta(hours=1))
    case.party = enter_party(CITIZEN)[0]
    case.save(update_fields=["party"])
    facts = exchange_facts(check.check_code)
    assert facts is not None
    assert (facts.party_kind, facts.party_id_kind, facts.party_id_number) == ("citizen", "111", CITIZEN.id_number)


def test_a_visit(scene: Scene) -> None:
    filing = finished_filing(scene, subject())
    facts = exchange_facts(filing.check_code or "")
    assert facts is not None
    assert (facts.filing_no, facts.checked_at) == ("JC-220322-2026-000001", VISIT_FROM + timedelta(minutes=5))
    assert (facts.form, facts.category, facts.method, facts.result_code) == ("01", "02", "01", "R9")
    assert facts.points == (
        CheckedPoint("1", "货物是否采取捆扎、固定、苫盖等必要措施", "不合格"),
        CheckedPoint("2", "沿途路面是否有散落物", "合格"),
    )
    assert (facts.party_uscc, facts.place) == (COMPANY.uscc, "梨树县梨树镇示例路1号")
    assert [one.certificate_number for one in facts.officers] == ["JL-lead", "JL-assistant"]


def test_the_certificate_is_the_newest_one_valid_that_day(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    for number, since in (("JL-renewed", date(2026, 3, 2)), ("JL-later", date(2026, 3, 3))):
        Certificate.objects.create(
            user=scene.cast.lead, number=number, issuer="吉林省人民政府", valid_from=since, valid_until=date(2030, 1, 1)
        )
    end_certificate(scene.cast.assistant, date(2026, 3, 1))
    facts = exchange_facts(check.check_code)
    assert facts is not None
    assert [one.certificate_number for one in facts.officers] == ["JL-renewed", ""]


@pytest.mark.parametrize("code", ["", "无", "JC2026-999999"])
def test_a_code_that_is_not_ours(scene: Scene, code: str) -> None:
    recorded_check(scene, filed_shift(scene.cast))
    assert exchange_facts(code) is None
