"""Every cross-field rule of the contract: what passes, and what is refused under exactly its code."""

import copy
from datetime import date

import pytest
from signed_client import USCC, example, penalty, withdrawal

from disclosure.mock_feed.identity import birth_date, is_credit_code, is_under_18
from disclosure.mock_feed.workdays import Workdays


def _card(first17: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return (
        first17 + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True)) % 11]
    )


def _wrong(card: str) -> str:
    return card[:17] + ("1" if card[17] != "1" else "2")


PERSON = {
    "administrative_cp": "王小明",
    "supervise_object": "王小明",
    "administrative_cp_na": "01",
    "administrative_cp_ce_type": "111",
    "administrative_cp_ui_code": _card("22032219850630001"),
    "sgs": None,
    "public": {"visible": True, "party_display": "王**", "fact_display": None},
}


def person(**data):
    return penalty(**{**copy.deepcopy(PERSON), **data})


def born(day: str, **data):
    return person(administrative_cp_ui_code=_card(f"220322{day}001"), **data)


def public(**fields):
    return {"visible": True, "party_display": "梨树县示例货运有限公司", "fact_display": None, **fields}


def credit(**fields):
    """The penalty with fields of its credit template replaced; None leaves a field out."""
    envelope = penalty()
    for name, value in fields.items():
        envelope["data"]["sgs"][name] = value
    return envelope


def classed(degree: str, until: str, valid_until: str = "2099-12-31"):
    envelope = credit(CF_GSJZQ=until, CF_YXQ=valid_until)
    envelope["data"]["credit_class"] = degree
    return envelope


def typed(types, names, **data):
    envelope = penalty(punish_type=types, **data)
    envelope["data"]["sgs"]["CF_CFLB"] = names
    if "02" not in types:
        envelope["data"].pop("fine_amount", None)
        envelope["data"]["sgs"]["CF_NR_FK"] = None
    return envelope


def old(**data):
    """Decided before the law of 15 July 2021, without the credit template."""
    return penalty(**{"punish_set_date": "2021-07-14", "set_date": "2021-07-01", "sgs": None, **data})


def inspection(**data):
    return example("inspection", **data)


def with_field(envelope, **fields):
    return {**envelope, **fields}


ITEM = {"no": "1", "name": "公示收费标准", "result": "不合格"}
PASSES = {
    "V01 institution": penalty(),
    "V01 not a credit code": penalty(administrative_cp_na="03", administrative_cp_ce_type="999", sgs=None),
    "V01 no entrusted organ": penalty(entrust_dept_code=None),
    "V02 right card": person(),
    "V02 card ends in X": person(administrative_cp_ui_code="22032219700808004X"),
    "V02 born on the day of sending": born("20260410", public=public(visible=False, exclusion_code="X01")),
    "V03 citizen with a card": person(),
    "V04 confiscation of nothing": typed(["02", "03"], "罚款;没收违法所得", confiscated_amount="0.00"),
    "V04 amount without its type": penalty(confiscated_amount="0.00"),
    "V04 licence": typed(["02", "05"], "罚款;暂扣许可证件", licence_action="道路运输证"),
    "V05 limit of a citizen": person(punish_procedure="1", fine_amount="200.00"),
    "V05 limit of an organisation": penalty(punish_procedure="1", fine_amount="3000.00", sgs=None),
    "V05 ordinary procedure": person(fine_amount="200.01"),
    "V06 filed on the day": penalty(set_date="2026-04-08"),
    "V06 decided today": penalty(punish_set_date="2026-04-10", sgs=None),
    "V06 simple procedure without filing": penalty(punish_procedure="1", set_date=None),
    "V07 closed on the day": penalty(close_date="2026-04-08"),
    "V08 reviewed on the day": penalty(major_case=True, legal_review=True, legal_review_date="2026-04-08"),
    "V08 nothing reviewed": penalty(major_case=False, legal_review=False, group_discussion=None),
    "V09 other source": penalty(),
    "V10 without template": penalty(sgs=None),
    "V10 confiscated amount": (lambda envelope: envelope["data"]["sgs"].update(CF_NR_WFFF="0.000100") or envelope)(
        typed(["02", "03"], "罚款;没收违法所得", confiscated_amount="1.00")
    ),
    "V11 trader by registration": credit(CF_XDR_LB="个体工商户", CF_XDR_SHXYM=None, CF_XDR_GSZC="220322600000001"),
    "V11 person": credit(CF_XDR_LB="自然人", CF_XDR_SHXYM=None, CF_XDR_ZJLX="身份证", CF_XDR_ZJHM="1"),
    "V12 any order": typed(["01", "02"], "罚款;警告"),
    "V12 other": typed(["02", "99"], "其他-责令限期拆除;罚款"),
    "V13 class 1 three months": classed("1", "2026-07-08"),
    "V13 class 2 one year": classed("2", "2027-04-08"),
    "V13 class 3 three years": classed("3", "2029-04-08"),
    "V13 class 3 longer while it binds": classed("3", "2031-01-01", "2031-01-01"),
    "V14 own code": penalty(),
    "V15 hidden with reason": penalty(public=public(visible=False, exclusion_code="X07")),
    "V15 grown up the day after": born("20080302", set_date="2026-03-03"),
    "V15 leap day": born("20080229", set_date="2026-03-02"),
    "V15 minor hidden": born("20080303", set_date="2026-03-03", public=public(visible=False, exclusion_code="X01")),
    "V16 company's own name": penalty(),
    "V16 long number": penalty(public=public(fact_display="流水 12345678901234567890 号")),
    "V16 part of the name": person(public=public(party_display="王**")),
    "V17 old type before the law": old(),
    "V17 new type on the day": old(punish_set_date="2021-07-15", punish_type=["02", "08"]),
    "V21 inspection": inspection(),
    "V22 checked a second before": with_field(inspection(), cd_time="2026-04-01T14:20:01+08:00"),
    "V23 not drawn": inspection(check_type="02", plan_id=None),
    "V25 all fine": inspection(check_result={"code": "R1", "items": [{**ITEM, "result": "合格"}]}),
    "V25 finding": inspection(check_result={"code": "R5", "items": [ITEM]}),
}
FAILS = {
    "V01 party": penalty(administrative_cp_ui_code="91220322MA0T0002X1"),
    "V01 entrusted organ": penalty(entrust_dept_code="123456789012345670"),
    "V01 source of the credit data": credit(CF_SJLYDM="11220322MB0T00015N"),
    "V01 party's code in the template": credit(CF_XDR_SHXYM="91220322MA0T0002X1"),
    "V01 too short": penalty(administrative_cp_ui_code="91220322"),
    "V01 inspection": inspection(administrative_cp_ui_code="92220322MA0T00038L"),
    "V02 check digit": person(administrative_cp_ui_code=_wrong(PERSON["administrative_cp_ui_code"])),
    "V02 small x": person(administrative_cp_ui_code="22032219700808004x"),
    "V02 no such day": person(administrative_cp_ui_code="220322199002290010"),
    "V02 born too early": person(administrative_cp_ui_code="440524188001010014"),
    "V02 born after sending": born("20260411", public=public(visible=False, exclusion_code="X01")),
    "V02 inspection": inspection(
        administrative_cp_na="03", administrative_cp_ce_type="112", administrative_cp_ui_code="1"
    ),
    "V03 citizen with a credit code": penalty(administrative_cp_na="01", public=public(party_display="梨*")),
    "V03 legal person without": penalty(administrative_cp_ce_type="999", sgs=None),
    "V03 inspection": inspection(administrative_cp_na="01"),
    "V04 fine of nothing": penalty(fine_amount="0.00", sgs=None),
    "V04 fine left out": penalty(fine_amount=None, sgs=None),
    "V04 fine without its type": penalty(punish_type=["01"], sgs=None),
    "V04 confiscation": penalty(punish_type=["02", "04"], sgs=None),
    "V04 licence": penalty(punish_type=["02", "07"], licence_action="", sgs=None),
    "V05 citizen": person(punish_procedure="1", fine_amount="200.01"),
    "V05 organisation": penalty(punish_procedure="1", fine_amount="3000.01", sgs=None),
    "V05 type": penalty(punish_procedure="1", punish_type=["02", "08"], sgs=None),
    "V06 no filing": penalty(set_date=None),
    "V06 filed later": penalty(set_date="2026-04-09"),
    "V06 tomorrow": with_field(penalty(punish_set_date="2026-04-11", sgs=None), cd_time="2026-04-11T00:00:00+08:00"),
    "V07 closed too early": penalty(close_date="2026-04-07"),
    "V07 sent too early": with_field(penalty(), cd_time="2026-04-07T23:59:59+08:00"),
    "V08 major not reviewed": penalty(major_case=True),
    "V08 no review date": penalty(legal_review=True),
    "V08 no discussion date": penalty(group_discussion=True),
    "V08 reviewed later": penalty(legal_review_date="2026-04-09"),
    "V08 discussed later": penalty(group_discussion=False, group_discussion_date="2026-04-09"),
    "V09 unknown inspection": penalty(case_source="01", check_action_code="JC2026-9999"),
    "V09 should be none": penalty(check_action_code="JC2026-0009"),
    "V10 number": credit(CF_WSH="示交罚〔2026〕第0124号"),
    "V10 day": credit(CF_JDRQ="2026-04-07", CF_GSJZQ="2027-04-07"),
    "V10 organ": credit(CF_CFJGDM="91220322MA0T0002XN"),
    "V10 fine": credit(CF_NR_FK="0.200001"),
    "V10 fine left out": credit(CF_NR_FK=None),
    "V10 confiscated": credit(CF_NR_WFFF="0.1"),
    "V11 legal person": credit(CF_FRDB=None),
    "V11 person with a credit code": credit(CF_XDR_LB="自然人", CF_XDR_ZJLX="身份证", CF_XDR_ZJHM="1"),
    "V11 person without a card": credit(CF_XDR_LB="自然人", CF_XDR_SHXYM=None),
    "V11 trader": credit(CF_XDR_LB="个体工商户", CF_XDR_SHXYM=""),
    "V12 other set": credit(CF_CFLB="罚款;警告"),
    "V12 with a space": typed(["01", "02"], "罚款; 警告"),
    "V12 Chinese semicolon": typed(["01", "02"], "罚款；警告"),
    "V12 other without text": typed(["02", "99"], "罚款;其他-"),
    "V13 not after the decision": classed("2", "2026-04-08"),
    "V13 class 1": classed("1", "2026-07-09"),
    "V13 class 2": classed("2", "2027-04-09"),
    "V13 class 3": classed("3", "2029-04-09"),
    "V13 class 2 has no longer": classed("2", "2028-01-01", "2031-01-01"),
    "V14 other organ": penalty(implement_institution_code="91220322MA0T0002XN", sgs=None),
    "V14 other prefix": with_field(penalty(), record_unique_identity="91220322MA0T0002XN-CF-2026-000123"),
    "V15 hidden without reason": penalty(public=public(visible=False)),
    "V15 shown with reason": penalty(public=public(exclusion_code="X05")),
    "V15 on the 18th birthday": born("20080303", set_date="2026-03-03"),
    "V15 leap day": born("20080229", set_date="2026-03-01"),
    "V15 no filing date": born("20080408", set_date=None, punish_procedure="1", fine_amount="200.00"),
    "V16 card": penalty(public=public(fact_display=f"当事人{PERSON['administrative_cp_ui_code']}。")),
    "V16 wide digits": penalty(public=public(fact_display="电话１３８０００００００1")),
    "V16 phone": penalty(public=public(party_display="13800000000")),
    "V16 plate": penalty(public=public(fact_display="驾驶吉C·12345货车")),
    "V16 trailer": penalty(public=public(fact_display="吉C1234挂")),
    "V16 person's name": person(public=public(party_display="王小明")),
    "V16 person's name in the facts": person(public=public(party_display="王**", fact_display="王小明驾车")),
    "V17 new type before the law": old(punish_type=["02", "08"]),
    "V21 one number too many": inspection(check_personnel_code=["1", "2", "3"]),
    "V22 checked when sent": with_field(inspection(), cd_time="2026-04-01T14:20:00+08:00"),
    "V23 drawn without plan": inspection(plan_id=None),
    "V24 other organ's item": inspection(supervise_item_check_icode="91220322MA0T0002XN4000000000000020001"),
    "V25 finding called none": inspection(check_result={"code": "R1", "items": [ITEM]}),
    "V25 finding called no business": inspection(check_result={"code": "R7", "items": [ITEM]}),
}


@pytest.mark.parametrize("name", PASSES)
def test_passes(client, name):
    reply = client.post(PASSES[name])
    assert reply.status == 202, reply.json


@pytest.mark.parametrize("name", FAILS)
def test_is_refused_under_its_rule_alone(client, name):
    reply = client.post(FAILS[name])
    assert (reply.status, reply.json["code"]) == (422, "E3002"), reply.json
    assert set(reply.rules) == {name[:3]}
    assert all(entry["value_hint"] is None and entry["path"] for entry in reply.json["details"])


def test_every_broken_rule_is_listed(client):
    reply = client.post(penalty(fine_amount=None, close_date="2026-04-01", check_action_code="JC1", sgs=None))
    assert reply.rules == ["V04", "V07", "V09"]


def test_inspection_makes_its_penalty_possible(client):
    assert client.post(example("inspection")).status == 202
    assert client.post(penalty(case_source="01", check_action_code="JC2026-0009")).status == 202
    deletion = with_field(example("inspection"), cd_operation="d", data_version=2, data=None)
    assert client.post(deletion).status == 202
    reply = client.post(penalty(2, case_source="01", check_action_code="JC2026-0009"))
    assert reply.rules == ["V09"]


def test_document_number_is_used_once(client):
    assert client.post(penalty(1)).status == 202
    second = penalty(2, punish_file_num="示交罚〔2026〕第0001号")
    reply = client.post(second)
    assert (reply.status, reply.code, reply.rules) == (409, "E4005", ["V18"])
    assert client.post(penalty(1, 2, "u")).status == 202, "its own number stays its own"
    assert client.post(penalty(1, 3, "u", punish_file_num="示交罚〔2026〕第0009号")).status == 202
    assert client.post(second).status == 202, "the first record has another number now"


def test_no_credit_data_after_their_withdrawal(client):
    assert client.post(penalty()).status == 202
    assert client.post(withdrawal(reason_code="W5", scope="credit")).status == 202
    assert client.post(penalty(version=3, operation="u")).rules == ["V19"]
    assert client.post(penalty(version=3, operation="u", sgs=None)).status == 202


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"target_kind": "inspection-record"}, "V31"),
        ({"event_date": "2026-04-11"}, "V32"),
    ],
)
def test_withdrawal_rules(client, change, rule):
    assert client.post(penalty()).status == 202
    assert client.post(withdrawal(**change)).rules == [rule]
    assert client.post(withdrawal(event_date="2026-04-10")).status == 202


def test_deletion_checks_only_the_prefix(client):
    assert client.post(penalty()).status == 202
    assert client.post(penalty(version=2, operation="d")).status == 202


@pytest.mark.parametrize(
    ("code", "is_valid"),
    [
        (USCC, True),
        ("91230500MA1B3N1N2M", True),
        ("11230500001755309F", True),
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350100M000100I43", False),
        ("9135010AM000100Y43", False),
        ("21220322MB0T00015M", False),
        ("91350100M000100Y4", False),
    ],
)
def test_credit_code(code, is_valid):
    assert is_credit_code(code) is is_valid


@pytest.mark.parametrize(
    "card", ["11010519491231002X", "220322196803154015", "220322200002290024", "810000199001010019"]
)
def test_card_has_a_birth_date(card):
    assert birth_date(card) == date(int(card[6:10]), int(card[10:12]), int(card[12:14]))


@pytest.mark.parametrize(
    "card", ["440524188001010014", "220322199002290010", "220322196803154014", "22032219680315401"]
)
def test_card_is_refused(card):
    assert birth_date(card) is None


def test_age_is_safe_at_the_end_of_the_calendar():
    assert is_under_18(date(9999, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("today", "is_late"),
    [(date(2026, 4, 17), False), (date(2026, 4, 20), True), (date(2026, 4, 8), False), (date(2027, 1, 1), True)],
)
def test_late_after_the_seventh_working_day(today, is_late):
    assert Workdays().is_past(today, date(2026, 4, 8), 7) is is_late


def test_calendar_file_moves_the_day(tmp_path):
    file = tmp_path / "holidays.csv"
    file.write_text("date,kind,holiday,notice_number,source\n2026-04-17,off,x,x,x\n2026-04-18,makeup,x,x,x\n")
    days = Workdays(file)
    assert days.after(date(2026, 4, 8), 7) == date(2026, 4, 18)
    assert not days.is_past(date(2026, 4, 18), date(2026, 4, 8), 7)
