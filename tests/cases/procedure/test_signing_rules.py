"""Who signs which page of which paper, and what is no signature (documents.csv; 处罚法52、55、56、64)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.documents.catalogue import CATALOGUE
from cases.procedure.signing import FORMS, seats
from lishu_law.documents.seat_faults import Given, PaperFact, faults
from lishu_law.documents.seats import WHOLE, Noting, Seat, Signer, Way, all_in_words, in_words, missing, pad_name
from lishu_law.law.rules import RULES
from lishu_law.registry.identity import Insiders

pytestmark = pytest.mark.law
DIGEST = "ab" * 32
TALK: dict[str, Any] = {"person": {"name": "示例司机"}, "questioner": "示例甲", "recorder": "示例乙"}
PAPER = PaperFact(FORMS["questioning_record"], "询问笔录", 3, DIGEST, DIGEST)
HEARD, ASKER, WRITER = seats("questioning_record", TALK, 3)
DRAWN = Given(Way.DRAWN, DIGEST, "示例司机", frozenset({1, 2, 3}))
REFUSED = Given(Way.REFUSED, DIGEST, "示例司机", reason="认为处罚过重", witness="示例见证人", has_witness_drawing=True)
# Seats that are signed on a screen of their own or not at all by hand: opinions given by an act of their own.
BY_AN_ACT = {"经办机构负责人", "负责人", "法制工作机构", "执法部门负责人", "双方"}


def codes(paper: PaperFact, seat: Seat, given: Given) -> list[tuple[str, str]]:
    return [(one.code, one.fix) for one in faults(paper, seat, given)]


@pytest.mark.parametrize("code", FORMS)
def test_the_slots_are_the_words_of_the_catalogue(code: str) -> None:
    kind = next(one for one in CATALOGUE if one.code == code)
    words = {word.removesuffix("逐页").partition("（")[0] for word in kind.signatures} - BY_AN_ACT
    conditional = {slot.label for slot in FORMS[code].slots if slot.who is Signer.WITNESS}
    asked = {slot.label for slot in FORMS[code].slots}
    assert words <= asked
    assert asked - words <= conditional  # a witness of a sampling stands on the paper, not in the list of forms
    assert {slot.label for slot in FORMS[code].slots if slot.every_page} == {
        word.removesuffix("逐页") for word in kind.signatures if word.endswith("逐页")
    }


def test_every_form_that_asks_a_party_a_witness_or_two_officers_by_hand_is_there() -> None:
    """举报记录 is drawn for one reader and kept nowhere; heads and offices sign by an act of their own."""
    outside = (
        "当事人",
        "代理人",
        "见证人",
        "被询问人",
        "执法人员",
        "现场人员",
        "收件人",
        "受送达人",
        "提供人",
        "委托人",
    )
    asked = {one.code for one in CATALOGUE if one.is_kept and any(w.startswith(outside) for w in one.signatures)}
    assert asked - set(FORMS) == set()


@pytest.mark.parametrize("code", FORMS)
def test_a_form_names_a_rule_and_an_article(code: str) -> None:
    assert FORMS[code].rule in RULES
    assert FORMS[code].citation.startswith("行政") or FORMS[code].citation.startswith("民事")


@pytest.mark.parametrize(
    ("code", "data", "expected"),
    [
        ("questioning_record", TALK, ["被询问人-1", "询问人-1", "记录人-1"]),
        ("onscene_record", {"person": {"name": "甲"}, "witness": ""}, ["现场人员-1", "执法人员-1", "执法人员-2"]),
        ("onscene_record", {"person": {"name": ""}, "witness": ""}, ["执法人员-1", "执法人员-2", "见证人-1"]),
        (
            "onscene_record", {"person": {"name": "甲"}, "witness": "乙"},
            ["现场人员-1", "执法人员-1", "执法人员-2", "见证人-1"],
        ),
        ("inquest_record", {"person": {"name": ""}, "invited": "丙"}, ["勘验人-1", "勘验人-2", "被邀请人-1", "记录人-1"]),
        ("hearing_record", {"party": "甲公司", "outcome": "视为放弃听证权利。", "others": ""}, ["主持人及听证员-1", "记录员-1"]),
        (
            "hearing_record", {"party": "甲公司", "outcome": "视为放弃听证权利。", "chair": "甲", "members": "乙、丙"},
            ["主持人及听证员-1", "主持人及听证员-2", "主持人及听证员-3", "记录员-1"],
        ),
        (
            "hearing_record", {"party": "甲公司", "outcome": "", "others": "丁"},
            ["当事人或代理人-1", "主持人及听证员-1", "记录员-1", "其他参加人-1"],
        ),
        ("serving_receipt", {"rows": [{"method": "直接送达"}]}, ["收件人-1", "送达人-1", "送达人-2"]),
        ("serving_receipt", {"rows": [{"method": "邮寄送达"}]}, ["送达人-1", "送达人-2"]),
        ("serving_receipt", {"rows": [{"method": "留置送达"}], "witness": "戊"}, ["收件人-1", "送达人-1", "送达人-2", "见证人-1"]),
        ("power_of_attorney", {}, ["委托人-1", "受委托人-1"]),
        ("penalty_decision", {}, []),
    ],
)  # fmt: skip
def test_who_is_asked_depends_on_what_the_paper_says(code: str, data: dict[str, Any], expected: list[str]) -> None:
    assert [seat.key for seat in seats(code, data, 2)] == expected


def test_only_whom_the_form_says_signs_every_page() -> None:
    assert (HEARD.pages, ASKER.pages, WRITER.pages) == ((1, 2, 3), (WHOLE,), (WHOLE,))
    assert seats("questioning_record", TALK, 1)[0].pages == (1,)


def test_what_is_missing_names_page_and_signer() -> None:
    found = (HEARD, ASKER, WRITER)
    assert in_words(missing(found, ())) == "第 1、2、3 页被询问人示例司机；询问人示例甲；记录人示例乙"
    signed = {("被询问人", 1, 1), ("被询问人", 1, 3), ("询问人", 1, WHOLE)}
    assert in_words(missing(found, signed)) == "第 2 页被询问人示例司机；记录人示例乙"
    everything = {(seat.slot.label, seat.ordinal, page) for seat in found for page in seat.pages}
    assert missing(found, everything) == ()
    assert all_in_words(FORMS["questioning_record"], TALK) == "被询问人（逐页）；询问人；记录人"


def test_every_page_with_a_drawing_is_a_signature() -> None:
    assert codes(PAPER, HEARD, DRAWN) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (replace(DRAWN, pages=frozenset({1, 3})), "第 2 页还没有被询问人的签名"),
        (replace(DRAWN, pages=frozenset()), "第 1、2、3 页还没有被询问人的签名"),
        (replace(DRAWN, pages=frozenset({0, 4})), "第 1、2、3 页还没有被询问人的签名"),
    ],
)
def test_a_page_without_a_signature_is_named(given: Given, expected: str) -> None:
    (found,) = faults(PAPER, HEARD, given)
    assert found.message.startswith(expected)
    assert found.citation == "行政处罚法第五十五条"
    assert found.fix in {pad_name(1), pad_name(2)}


def test_another_file_than_the_one_that_was_shown_is_not_signed() -> None:
    (found,) = faults(PAPER, HEARD, replace(DRAWN, digest="cd" * 32))
    assert "不是同一份" in found.message


def test_a_file_that_is_not_the_sealed_one_is_not_signed() -> None:
    (found,) = faults(replace(PAPER, found="cd" * 32), HEARD, DRAWN)
    assert "摘要不符" in found.message


@pytest.mark.parametrize("name", ["示例甲", "示例司机员", "示例"])
def test_nobody_signs_for_the_person_who_was_heard(name: str) -> None:
    (found,) = faults(PAPER, HEARD, replace(DRAWN, name=name))
    assert found.message == f"文书上的被询问人是示例司机，不能由{name}签名。"
    assert found.fix == "signer_name"


def test_an_officer_signs_the_own_seat_once() -> None:
    data = {"person": {"name": ""}, "officers": [{"name": "示例甲"}, {"name": "示例乙"}]}
    seat = next(one for one in seats("onscene_record", data, 1) if one.is_officer)
    paper = replace(PAPER, form=FORMS["onscene_record"], title="现场笔录", pages=1)
    given = Given(Way.ACCOUNT, DIGEST, "示例甲", has_password=True)
    assert codes(paper, seat, given) == []
    assert codes(paper, seat, replace(given, name="示例乙")) == [("inv-question-sign", "officer")]  # has the other seat
    assert codes(paper, seat, replace(given, name="示例丙")) == [("inv-question-sign", "officer")]
    assert codes(paper, seat, replace(given, has_signed_already=True)) == [("inv-question-sign", "officer")]
    assert codes(paper, seat, replace(given, has_password=False)) == [("inv-question-sign", "password")]
    assert codes(paper, seat, replace(given, name="")) == [("inv-question-sign", "officer")]


def test_a_proxy_may_sign_where_the_form_lets_one() -> None:
    (party, *_officers) = seats("correction_order", {"party": {"name": "甲公司"}}, 1)
    paper = replace(PAPER, form=FORMS["correction_order"], pages=1)
    assert codes(paper, party, replace(DRAWN, name="示例代理人", pages=frozenset({WHOLE}))) == []


def test_the_scan_has_as_many_pages_as_the_paper() -> None:
    given = Given(Way.PAPER, DIGEST, "示例司机")
    assert [codes(PAPER, HEARD, replace(given, scan_pages=pages)) for pages in (2, 3, 4)] == [
        [("inv-question-sign", "scan")], [], [("inv-question-sign", "scan")],
    ]  # fmt: skip
    (found,) = faults(PAPER, HEARD, given)
    assert found.message.startswith("请上传")


def test_a_refusal_takes_reason_and_witness() -> None:
    assert codes(PAPER, HEARD, REFUSED) == []
    assert codes(PAPER, HEARD, replace(REFUSED, witness=" ")) == [("inv-question-sign", "witness_name")]
    assert codes(PAPER, HEARD, replace(REFUSED, reason="不签 ")) == [("inv-question-sign", "reason")]
    assert codes(PAPER, HEARD, replace(REFUSED, reason="就是不签")) == []
    assert len(codes(PAPER, HEARD, replace(REFUSED, reason="", witness=""))) == 2
    assert codes(PAPER, HEARD, replace(REFUSED, witness="示例司机")) == [("inv-question-sign", "witness_name")]


def test_the_witness_of_a_refusal_signs_on_the_screen_or_on_the_paper_that_is_sent() -> None:
    unsigned = replace(REFUSED, has_witness_drawing=False)
    assert codes(PAPER, HEARD, unsigned) == [("inv-question-sign", "witness_signature")]
    assert codes(PAPER, HEARD, replace(unsigned, scan_pages=3)) == []
    assert codes(PAPER, HEARD, replace(unsigned, scan_pages=2)) == [("inv-question-sign", "scan")]


def test_no_officer_is_party_or_witness() -> None:
    insiders = Insiders(frozenset({"示例甲", "示例乙"}))
    assert codes(PAPER, HEARD, replace(REFUSED, witness="示例甲", insiders=insiders)) == [
        ("inv-question-sign", "witness_name")
    ]
    data = {"person": {"name": ""}, "witness": "示例甲", "party": {"name": "甲公司"}}
    witness = seats("onscene_record", data, 1)[-1]
    party = seats("correction_order", data, 1)[0]
    given = replace(DRAWN, name="示例甲", pages=frozenset({WHOLE}), insiders=insiders)
    for code, seat in (("onscene_record", witness), ("correction_order", party)):
        paper = replace(PAPER, form=FORMS[code], pages=1)
        assert codes(paper, seat, given) == [(FORMS[code].rule, "signer_name")]
        assert codes(paper, seat, replace(given, name="示例丙")) == []
    namesake = seats("questioning_record", {**TALK, "person": {"name": "示例甲"}}, 3)[0]
    assert codes(PAPER, namesake, replace(DRAWN, name="示例甲", insiders=insiders)) == []


def test_everybody_who_held_the_hearing_signs_the_own_seat() -> None:
    data = {"party": "甲公司", "outcome": "放弃", "chair": "示例甲", "members": "示例乙、示例丙", "recorder": "示例丁"}
    assert [seat.names for seat in seats("hearing_record", data, 1)] == [
        ("示例甲",), ("示例乙",), ("示例丙",), ("示例丁",),
    ]  # fmt: skip
    member = seats("hearing_record", data, 1)[1]
    given = Given(Way.DRAWN, DIGEST, "示例甲", frozenset({WHOLE}))
    paper = replace(PAPER, form=FORMS["hearing_record"], pages=1)
    assert codes(paper, member, given) == [("hearing-record", "officer")]
    assert codes(paper, member, replace(given, name="示例乙")) == []


def test_one_file_is_one_page() -> None:
    given = Given(Way.PAPER, DIGEST, "示例司机", scan_pages=3, is_page_twice=True)
    (found,) = faults(PAPER, HEARD, given)
    assert (found.message[:9], found.fix) == ("同一个文件选了两次", "scan")


def test_whoever_says_how_a_record_was_read_gives_the_own_signature() -> None:
    assert [seat.may_come_along for seat in (HEARD, ASKER, WRITER)] == [False, True, True]


def test_on_a_spot_decision_and_at_a_hearing_the_note_is_enough() -> None:
    for code, data in (("spot_decision", {}), ("hearing_record", {"party": "甲公司"})):
        (party, *_rest) = seats(code, data, 1)
        assert party.slot.noting is Noting.NOTE
        assert faults(replace(PAPER, form=FORMS[code], pages=1), party, replace(REFUSED, witness="")) == []


@pytest.mark.parametrize(
    ("seat", "way"), [(HEARD, Way.ACCOUNT), (ASKER, Way.REFUSED)], ids=["a party has no account", "no officer refuses"]
)
def test_not_every_way_is_open_to_everybody(seat: Seat, way: Way) -> None:
    given = Given(way, DIGEST, seat.names[0], reason="不愿意签名", witness="示例见证人", has_password=True)
    assert ("inv-question-sign", "way") in codes(PAPER, seat, given)


@pytest.mark.parametrize("code", ["power_of_attorney", "waiver_statement", "address_confirmation"])
def test_nobody_refuses_what_is_only_the_partys_own_will(code: str) -> None:
    assert all(Way.REFUSED not in seat.ways for seat in seats(code, {}, 1))
