"""A witness is told from the people of the act by name; a namesake says who he is."""

from __future__ import annotations

import pytest

from lishu_law.registry.identity import Insiders, InvalidValue, parse_outsider_name, why_no_witness

pytestmark = pytest.mark.law
PEOPLE = Insiders(frozenset({"示例甲"}), frozenset({"示例农"}), frozenset({"示例丁"}))


@pytest.mark.parametrize(("name", "says"), [
    ("示例甲", "示例甲是本案的执法人员或者听证人员，"), (" 示例甲 ", "示例甲是本案的"), ("示例农", "示例农是当事人一方的人，"),
    ("示例丁", "示例丁是本机关的执法人员，"),
])  # fmt: skip
def test_nobody_of_the_act_or_the_authority_is_its_witness(name: str, says: str) -> None:
    why = why_no_witness(name, PEOPLE)
    assert why.startswith(says)
    assert why.endswith("请在姓名后用括号写明单位或者住址，例如“张三（东关社区）”。")


@pytest.mark.parametrize("name", ["", " ", "示例甲一", "示例", "示例甲（东关社区）"])
def test_anybody_else_is_and_a_namesake_who_says_where_from(name: str) -> None:
    assert why_no_witness(name, PEOPLE) == ""


@pytest.mark.parametrize(("typed", "value"), [
    ("张三", "张三"), (" 张 三 ( 东关社区 ) ", "张三（东关社区）"), ("张三（东关）", "张三（东关）"),
    ("张三（" + "东" * 46 + "）", "张三（" + "东" * 46 + "）"),
])  # fmt: skip
def test_unit_or_address_stands_in_brackets(typed: str, value: str) -> None:
    assert parse_outsider_name(typed).value == value


@pytest.mark.parametrize(("typed", "code"), [
    ("张三（东）", "name.note"), ("张三（）", "name.note"), ("张三（东关", "name.note"), ("张三（东关）社区", "name.note"),
    ("张三（东（关）社区）", "name.note"), ("张三（东关、西关）", "name.note"), ("张三（" + "东" * 47 + "）", "name.note"),
    ("张三（<b>东关）", "name.note"), ("（东关社区）", "name.empty"), ("张3（东关社区）", "name.characters"),
])  # fmt: skip
def test_what_is_no_name_with_a_unit_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidValue) as wrong:
        parse_outsider_name(typed)
    assert wrong.value.code == code
