"""Decisions for the tests of disclosure: an organisation, a person, an 个体工商户; all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cases.api import DecisionFacts
from lishu_law.registry.identity.id_card import id_check_digit
from lishu_law.registry.models import Unit, UnitKind, User
from lishu_law.registry.roles import Role

ORGAN_USCC = "11220322MB0T00015M"
CARD = "22039919850630001" + id_check_digit("22039919850630001")

COMPANY = DecisionFacts(
    decision_id=1,
    case_id=None,
    case_no="吉梨交案〔2026〕0001号",
    number="吉梨交罚〔2026〕0001号",
    decided_on=date(2026, 4, 8),
    filed_on=date(2026, 3, 3),
    served_on=date(2026, 4, 10),
    procedure="ordinary",
    organ_name="梨树县交通运输局",
    organ_uscc=ORGAN_USCC,
    area_code="220322",
    party_kind="organisation",
    party_name="梨树县示例货运有限公司",
    party_uscc="91220322MA0T0002XN",
    party_person_name="赵示例",
    party_id_kind="",
    party_id_number="",
    party_phone="19900001234",
    party_address="梨树县示例镇虚构路8号",
    birth_on=None,
    item_code="freight-spill",
    violation="没有采取必要措施防止货物脱落、扬撒",
    domain="道路货运",
    facts_text="2026年3月2日23时02分，钱演示驾驶当事人的吉C12345号货车，在G303国道运输碎砖，没有苫盖，沿途撒落。",
    act_on=date(2026, 3, 2),
    place="G303国道",
    breached="《中华人民共和国道路运输条例》第二十六条第二款",
    basis="《中华人民共和国道路运输条例》第六十八条第二项",
    tier="一般",
    discretion_text="一年内第一次发生，当场不能改正，按一般档次处罚。",
    penalty_types=("02",),
    fine=Decimal("1000.00"),
    confiscated=None,
    licence_action="",
    result_text="罚款人民币壹仟元整",
    case_source="02",
    check_action_code="无",
    is_hearing=False,
    is_major=False,
    legal_reviewed_on=date(2026, 4, 2),
    legal_opinion="同意",
    discussed_on=None,
    discussion_conclusion="",
    handlers=frozenset({"D001", "D002"}),
    handler_name="示例承办人",
    other_people=("钱演示",),
    plates=("吉C12345",),
    other_values=("LVSHFFAC8FS123456",),
)
BIG = replace(COMPANY, fine=Decimal("20000.00"), result_text="罚款人民币贰万元整")
PERSON = replace(
    COMPANY,
    decision_id=2,
    number="吉梨交罚〔2026〕0002号",
    party_kind="citizen",
    party_name="孙虚构",
    party_uscc="",
    party_person_name="",
    party_id_kind="111",
    party_id_number=CARD,
    birth_on=date(1985, 6, 30),
    facts_text="2026年3月2日，当事人孙虚构（身份证"
    + CARD
    + "，电话199-0000-1234）驾驶吉C12345号货车，没有苫盖，货物撒落。",
    other_people=(),
)
SHOP = replace(
    COMPANY,
    decision_id=3,
    number="吉梨交罚〔2026〕0003号",
    party_kind="individual_business",
    party_name="梨树县示例汽修部",
    party_uscc="92220322MA0T00038K",
    party_person_name="李样本",
)


def decision(facts: DecisionFacts = COMPANY, **changes: Any) -> DecisionFacts:
    return replace(facts, **changes)


def user(number: str, *roles: Role) -> User:
    unit, _new = Unit.objects.get_or_create(
        code="LS", defaults={"name": "梨树县交通运输局", "kind": UnitKind.AUTHORITY, "uscc": ORGAN_USCC}
    )
    return User.objects.create_user(
        username=number.lower(), staff_number=number, full_name=f"示例{number}", unit=unit, roles=list(roles)
    )


def checker() -> User:
    return user("C001", Role.DISCLOSURE_CHECKER)
