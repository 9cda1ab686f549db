"""The reasons as they are printed: the demo story word for word, the other outcomes by what they must say."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from cases.discretion.conditions import parse
from cases.discretion.reasons import Choice, decision_paragraph, notice_paragraph, report_paragraphs
from cases.discretion.snapshot import snapshot
from cases.discretion.wording import finding, requirement

pytestmark = pytest.mark.law

CHOICE = Choice(
    Decimal("1000.00"),
    "当事人系首次被查处，尚未造成货物脱落、扬撒的实际后果，如实陈述违法事实。",
    {"prior_same_12m": ("违法行为登记查询记录",), "harm": ("现场笔录", "现场照片")},
)
PARAGRAPHS = (
    "当事人的行为违反了《中华人民共和国道路运输条例》第二十六条第二款的规定。依照《中华人民共和国道路运输条例》"
    "第六十八条第二款，法定罚款幅度为1000元以上3000元以下。本案适用《交通运输行政处罚裁量基准》（试行数据第1版）"
    "道路货运类“货运经营者没有采取必要措施防止货物脱落、扬撒”一项进行裁量。",
    "经查，12个月内没有同类违法记录（证据：违法行为登记查询记录）；未造成危害后果（证据：现场笔录、现场照片）；"
    "配合调查，没有阻碍执法。上述事实符合“较轻”档的适用条件，即“12个月内首次被查处，未造成危害后果，配合调查”，"
    "该档裁量幅度为罚款1000元以上1600元以下。",
    "对照首违不罚清单第16项“未采取措施防止脱落、扬撒，尚未实际遗洒”，该项要求当场改正，本案没有当场改正，"
    "不符合该项全部条件，不予适用。",
    "未发现《中华人民共和国行政处罚法》第三十条至第三十二条规定的从轻、减轻情节，也未发现从重情节，在该档幅度内裁量。",
    "综合违法行为的事实、性质、情节以及社会危害程度，当事人系首次被查处，尚未造成货物脱落、扬撒的实际后果，"
    "如实陈述违法事实，建议责令改正，处罚款1000元。",
)


def test_the_demo_story_word_for_word(run: Any) -> None:
    result = run("frt-scatter", {"party_type": "org"}, act="2026-03-04", decision="2026-04-08")
    assert report_paragraphs(result, CHOICE) == PARAGRAPHS
    decision = decision_paragraph(result, CHOICE)
    assert decision.startswith(
        "当事人的行为属于《交通运输行政处罚裁量基准》（试行数据第1版）道路货运类"
        "“货运经营者没有采取必要措施防止货物脱落、扬撒”一项“较轻”档。经查，"
    )
    assert decision.endswith("依照《中华人民共和国道路运输条例》第六十八条第二款，决定责令改正，处罚款1000元。")
    assert "".join(PARAGRAPHS[1:4]) in decision
    assert notice_paragraph(result, CHOICE) == decision.replace("，决定责令改正", "，拟责令改正")


@pytest.mark.parametrize(
    ("item", "facts", "circumstances", "said"),
    [
        ("pax-stops", {}, {"factors": ("M4",)}, "具有“配合行政机关查处违法行为有立功表现”"),
        ("pax-stops", {}, {"factors": ("M4",)}, "较低的部分裁量，即罚款1000元以上1090元以下"),
        ("pax-stops", {}, {"factors": ("A2",)}, "较高的部分裁量，即罚款1210元以上1300元以下"),
        ("pax-stops", {}, {"factors": ("M1", "A2")}, "从轻与从重情节并存"),
        (
            "pax-stops",
            {},
            {"violence": True},
            "因具有下述从重情节，由“较轻”档上调至“一般”档，该档裁量幅度为罚款1300元以上1700元以下",
        ),
        (
            "pax-stops",
            {"prior_same_12m": 1},
            {"factors": ("A3",)},
            "已作为确定档次的条件，不再重复评价，在该档幅度内裁量",
        ),
        ("pax-stops", {"prior_same_12m": 1}, {}, "12个月内同类违法被查处1次"),
        (
            "pax-stops",
            {},
            {"factors": ("M4",), "reduce": True, "minutes": True},
            "依法减轻处罚，在低于法定罚款下限1000元的范围内裁量，幅度为罚款100元以上999元以下",
        ),
        ("pax-unlicensed", {"illegal_income": Decimal(60)}, {}, "没收违法所得60元，处罚款"),
        ("pax-unlicensed", {}, {}, "没有违法所得；"),
        (
            "pax-unlicensed",
            {"illegal_income": Decimal(30000)},
            {},
            "处违法所得2倍以上4.4倍以下的罚款，按违法所得30000元计算为60000元以上132000元以下。",
        ),
        (
            "pax-unlicensed",
            {"illegal_income": Decimal(30000)},
            {"factors": ("M4",)},
            "即处违法所得2倍以上2.72倍以下的罚款，按违法所得30000元计算为60000元以上81600元以下。",
        ),
        (
            "qual-jerry",
            {"contract_price": Decimal(3200000)},
            {},
            "处工程合同价款2%以上2.6%以下的罚款，按工程合同价款3200000元计算为64000元以上83200元以下。",
        ),
        ("ovl-mass", {"over_kg": Decimal(3300)}, {}, "车货总质量超过限定标准3300千克。"),
        (
            "ovl-mass",
            {"over_kg": Decimal(3300)},
            {},
            "即“超过1000千克”，按每超1000千克罚款500元、不足1000千克的部分不计、最高30000元计算，罚款1500元。",
        ),
        (
            "repair-fake-parts",
            {"illegal_income": Decimal(20000)},
            {},
            "没收违法所得20000元、假冒伪劣配件及报废车辆，处",
        ),
        ("repair-fake-parts", {}, {}, "没收假冒伪劣配件及报废车辆，处罚款"),
        ("ovl-mass", {"over_kg": Decimal(500)}, {}, "责令改正，给予警告"),
        ("ovl-repeat", {"violations_12m": 4}, {}, "吊销车辆营运证"),
        ("ovl-repeat", {"violations_12m": 1}, {}, "给予处罚"),
        ("rhc-vehicle", {}, {}, "给予警告，处罚款"),
        ("road-dig", {"area_m2": Decimal(4)}, {}, "未列入不予处罚清单和首违不罚清单"),
        ("road-occupy", {"blocked_minutes": Decimal(70)}, {}, "造成交通堵塞70分钟。"),
        ("road-occupy", {"blocked_minutes": Decimal(70)}, {}, "该档为固定数额，罚款30000元。"),
        ("road-occupy", {"blocked_minutes": Decimal(70)}, {}, "也未发现从重情节，按该档的数额处罚。"),
        ("taxi-receipt", {"corrected_immediately": True}, {}, "不予行政处罚"),
        ("gps-offline", {}, {}, "尚不具备这一条件，只责令改正"),
        ("pax-stops", {}, {"party_age": 13}, "不满十四周岁"),
        ("pax-stops", {}, {"incapable": True}, "不能辨认或者不能控制自己行为"),
    ],
)
def test_what_report_and_decision_say(run: Any, item: str, facts: Any, circumstances: Any, said: str) -> None:
    result = run(item, facts, **circumstances)
    choice = Choice(result.suggestion, "理由充分")
    assert said in "".join(report_paragraphs(result, choice))
    assert said in decision_paragraph(result, choice)


def test_the_law_change_is_printed_with_its_limit(run: Any) -> None:
    facts = {"passengers": 3, "illegal_income": Decimal(60)}
    result = run("pax-unlicensed", facts, act="2023-06-20", decision="2023-09-01")
    text = decision_paragraph(result, Choice(Decimal(20000), "首次"))
    assert (
        "违法行为发生时的规定为罚款30000元以上100000元以下，作出决定时的规定为罚款10000元以上100000元以下，"
        "新规定处罚较轻，依照《中华人民共和国行政处罚法》第三十七条，适用作出决定时的规定。"
        "按违法行为发生时的裁量基准，罚款最高为30000元，本案以此为限确定罚款数额。"
    ) in text
    same = run("pax-stops", {"harm": "serious"}, act="2023-06-20", decision="2023-09-01")
    assert "以此为限" not in "".join(report_paragraphs(same, CHOICE))


@pytest.mark.parametrize("circumstances", [{"competent": False}, {}])
def test_without_a_violation_there_are_only_reasons(run: Any, circumstances: Any) -> None:
    result = run("nonsense", **circumstances)
    assert report_paragraphs(result, CHOICE) == result.reasons != ()
    assert decision_paragraph(result, CHOICE) == "".join(result.reasons)
    assert report_paragraphs(run("frt-scatter", complete=False), CHOICE) == ()
    assert decision_paragraph(run("frt-scatter", complete=False), CHOICE) == ""
    assert "须写明理由" in report_paragraphs(run("road-occupy", {"corrected": False}), CHOICE)[-1]


def test_no_row_id_or_variable_name_in_any_text(run: Any, shipped: Any) -> None:
    ids = {row.row_id for row in shipped.rows} | {row.item_code for row in shipped.rows}
    for item in shipped.items:
        result = run(item)
        text = decision_paragraph(result, Choice(result.suggestion, "理由")) + "".join(
            report_paragraphs(result, CHOICE)
        )
        assert not any(row_id in text for row_id in ids)
        assert "_" not in text
        assert "。。" not in text
        assert "，，" not in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prior_same_24m==0", "24个月内首次被查处"),
        ("corrected_immediately", "当场改正"),
        ("not obstruct", "配合调查，没有阻碍执法"),
        ("harm=='none'", "未造成危害后果"),
        ("harm!='serious'", "不属于“造成严重危害后果”"),
        ("days_expired<=30", "证件过期天数不超过30日"),
        ("30>=days_expired", "证件过期天数不超过30日"),
        ("0<days_expired<=30", "证件过期天数超过0日且证件过期天数不超过30日"),
        ("obstruct or harm=='serious'", "阻碍执法或者造成严重危害后果"),
        ("not (days_expired>3)", "不属于“证件过期天数超过3日”"),
        ("prior_same_24m>=prior_same_12m", "24个月内同类违法被查处次数不少于12个月内同类违法被查处次数"),
        ("1<2", "1少于2"),
        ("corrected==True", "已及时改正"),
        ("corrected!=True", "没有及时改正"),
        ("True", "没有附加条件"),
        ("False", "不可能成立的条件"),
    ],
)
def test_conditions_in_words(text: str, words: str) -> None:
    (root,) = {parse(text).root}
    assert root is not None
    assert requirement(root) == words


def test_an_unknown_fact_in_words() -> None:
    assert finding("harm", {}) == "危害后果尚未查明"
    assert finding("prior_same_12m", {"prior_same_12m": 2}) == "12个月内同类违法被查处2次"


def test_the_snapshot_is_json_and_holds_the_row_texts(run: Any) -> None:
    result = run("frt-scatter", {"party_type": "org"})
    record = snapshot(result)
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
    assert record == snapshot(run("frt-scatter", {"party_type": "org"}))
    rows: Any = record["rows"]
    assert rows[0]["conditions"] == "12个月内首次被查处,未造成危害后果,配合调查"
    assert rows[0]["condition"] == "prior_same_12m==0 and harm=='none' and not obstruct"
    assert (record["act_on"], record["suggestion"]) == ("2025-06-20", "1300")
