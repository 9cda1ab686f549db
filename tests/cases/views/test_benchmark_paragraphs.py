"""The benchmark paragraph of the printed decision, read as a reviewer reads it: thirteen violations of different shape.

Facts, circumstances, amount and reason are typed into the pages; report and decision are drafted by the system. What
the finished PDF says is compared word for word.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cases.actions import correction, no_penalty
from cases.actions.editions import release_edition, review_edition
from cases.documents.render import document_html
from cases.editions.writing import Release
from cases.models import Discretion, Edition
from cases.queries.decisions import decision_facts
from lishu_law.pdf import machine
from tests.benchmark_scenes import Act, decided, found, post, printed, squeezed, text_of, weigh
from tests.benchmark_shapes import CALM, CASES, SMOOTH
from tests.branch_scenes import decide, serve
from tests.cases.editions.files import as_csv, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.printed import body_of
from tests.scenarios import STAGES, Walk, last_document

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
]


def body(walk: Walk, code: str) -> str:
    """The words of a sealed document; its PDF needs no making for that."""
    document = last_document(walk.case, code)
    html = document_html(code, document.number, str(walk.case.case_no), document.data, draft=False)
    return body_of(unescape(html))


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT, settings.DEMO = tmp_path, True
    return make_cast()


@pytest.mark.parametrize("shape", CASES)
def test_what_the_printed_decision_says(cast: Cast, shape: str) -> None:
    act, said = CASES[shape]
    walk = decided(cast, act)
    text = text_of(printed(walk, "penalty_decision"))
    assert squeezed(said.paragraph(act.reason)) in text
    decision = walk.case.decision
    act_and_law = (
        f"“{walk.case.violation}”的行为，违反了{decision.breached}的规定，依据{said.article}的规定，本机关决定给予"
    )
    assert squeezed(act_and_law) in text
    assert squeezed(f"以下行政处罚：{''.join(said.penalties)}履行方式和期限") in text
    assert f"其他执行方式和期限：{said.beside}救济途径" in text
    assert squeezed(said.paragraph(act.reason).replace("，决定责令", "，拟责令")) in body(walk, "prior_notice")
    report = body(walk, "investigation_report")
    assert squeezed(f"法定罚款幅度为{said.statutory}。" if said.statutory else "处罚依据为") in report
    assert squeezed(f"{said.lists}") in report
    assert squeezed(f"{act.reason}，建议{said.measures}。") in report
    facts = decision_facts(decision.pk)
    assert facts.penalty_types == said.kinds
    assert facts.confiscated == (Decimal(act.facts["illegal_income"]) if "03" in said.kinds else None)


SPILL = Act(
    "road-spill", "执法人员巡查发现，当事人的货车掉落少量碎石污染路面，当事人立即清扫并重新苫盖，没有引发事故、拥堵。",
    {**CALM, **SMOOTH, "reloaded_properly": "yes", "cleaned_in_time": "yes"}, note="首次实施，路面已清扫干净并经复查。",
)  # fmt: skip


def test_what_the_printed_decision_not_to_penalise_says(cast: Cast) -> None:
    """首违不罚: the list with its number, the conditions one by one, limb and education."""
    walk = found(cast, SPILL)
    weigh(walk, SPILL)
    assert Discretion.objects.get(case=walk.case).action == "no_penalty"
    order = walk.step(
        correction.issue_correction_order, cast.lead, facts="碎石掉落污染路面。",
        basis="《公路安全保护条例》第六十九条", due_on=None,
    )  # fmt: skip
    serve(walk, "correction_order")
    walk.step(
        correction.recheck_correction,
        cast.lead,
        part_id=order.pk,
        result="corrected",
        note="到现场复查，路面已清扫干净，没有残留。",
    )
    post(walk, "propose_no_penalty", cast.lead, {
        "ground": "first_offence", "is_listed": "no", "reason": "当事人首次实施，按要求规范装载并及时清除，路面污染轻微，没有引发事故、拥堵。",
        "education": "2026年3月3日当面讲解装载和苫盖要求，当事人书面承诺。",
    })  # fmt: skip
    post(walk, "submit_report", cast.lead, {"opinion": "建议不予行政处罚，责令改正并进行教育。"})
    STAGES["report_endorsed"](walk, "0")
    decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    text = text_of(printed(walk, "no_penalty_decision"))
    for said in (
        "裁量基准和清单的适用：当事人的行为属于《交通运输行政处罚裁量基准》（试行数据第1版）公路路政类“车辆装载物触地拖行、掉落、"
        "遗洒或者飘散，造成公路路面损坏、污染”一项“不予处罚”档。经查，",
        "没有同类违法记录；", "配合调查，没有阻碍执法；", "已规范装载并采取防护措施；", "在期限内清除或者修复",
        "对照首违不罚清单第1项“车辆装载物触地拖行、掉落、遗洒或者飘散，造成公路路面损坏、污染”，该项条件全部符合，予以适用。",
        "没有引发事故、拥堵，属于", "《中华人民共和国行政处罚法》第三十三条第一款", "教育内容：2026年3月3日当面讲解",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    assert "处罚款" not in text


def test_a_lighter_edition_is_compared_in_the_printed_decision(cast: Cast) -> None:
    """从旧兼从轻: the edition published between act and decision governs where it is better for the party, and it is said."""
    act, _said = CASES["a tier higher"]
    act = replace(act, amount="1400", more={}, reason="首次被查处，没有造成货物脱落的后果")
    rows = [
        row | ({"penalty_max": "1500"} if row["row_id"] == "frt-scatter-01" else {})
        for row in shipped_rows("benchmark")
    ]
    edition = Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), "benchmark")))
    review_edition(
        by=cast.reviewer, reference=edition.reference, agree=True, opinion="逐行核对，幅度都在法定范围以内。"
    )
    release = Release("梨交发〔2026〕3号", date(2026, 3, 3), "县政府网站", date(2026, 3, 3))
    release_edition(by=cast.deputy, reference=edition.reference, release=release)
    walk = decided(cast, act)
    text = text_of(printed(walk, "penalty_decision"))
    assert (
        squeezed(
            "当事人的行为属于《交通运输行政处罚裁量基准》（2026年版）道路货运类“货运经营者没有采取必要措施防止货物脱落、扬撒”一项“较轻”档。"
            "法律规定没有变化，裁量基准调整后对当事人更有利，适用作出决定时的裁量基准。"
        )
        in text
    )
    assert "该档裁量幅度为罚款1000元以上1500元以下" in text
    assert "处罚款1400元" in text
