"""Every rule of inspections has a place, a case it refuses and a case it lets pass; the place is what is called here."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from django.template.loader import get_template

from inspections.rule_table import InspectionRule, load_rules
from inspections.rules import AssistantFacts, Booking, CapUse, CatchUp, MatterFacts, OfficerFacts, PointFacts, Window
from lishu_law.access.matrix import RULES as PERMISSIONS
from lishu_law.errors import Refusal
from lishu_law.law.rules import RULES as PROCEDURE
from tests.mutation import resolve

TREE = Path(__file__).resolve().parents[2]
TABLE = {rule.rule_id: rule for rule in load_rules()}
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 4)
HOUR = timedelta(hours=1)
GOOD = (date(2021, 1, 1), date(2030, 12, 31), None)
ANNA, BERT = OfficerFacts("1", "示例甲", (GOOD,)), OfficerFacts("2", "示例乙", (GOOD,))
MATTER = MatterFacts("装载检查", date(2026, 1, 1), date(2026, 1, 1), None)
LIMITS = CatchUp(24, 72, 10)
BUSY = Booking("1", NOW, NOW + HOUR, "巡查班次")


@dataclass(frozen=True)
class Call:
    """The arguments of one question to a rule."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)

    def __call__(self, where: str) -> list[Refusal]:
        return list(resolve(where)(*self.args, **self.kwargs))


def of(*args: Any, **kwargs: Any) -> Call:
    return Call(args, kwargs)


def matter(**changed: Any) -> MatterFacts:
    return MatterFacts(**{**vars(MATTER), **changed})


ON_SITE = Window(NOW + HOUR, NOW + 2 * HOUR, is_on_site=True)
LONG = Window(NOW + HOUR, NOW + timedelta(days=30), is_on_site=False)
PASSED = "检查时间已经过了，请改时间。"
FULL, FREE = CapUse(2, 2), CapUse(1, 2)
FOUND = {"has_finding": False, "has_problem": True, "item_code": ""}
# rule: (a question it refuses, a question it lets pass)
CASES: dict[str, tuple[Call, Call]] = {
    "insp-subject": (of("section"), of("squad")),
    "insp-two": (of([ANNA, ANNA]), of([ANNA, BERT])),
    "insp-person": (of([OfficerFacts("3", "示例丙", ())], [DAY]), of([ANNA], [DAY])),
    "insp-double-booked": (of([ANNA], [BUSY], NOW, NOW + HOUR), of([ANNA], [BUSY], NOW + HOUR, NOW + 2 * HOUR)),
    "insp-recusal": (of([ANNA, BERT], ["2"]), of([ANNA], ["2"])),
    "insp-assistant": (
        of([AssistantFacts("示例丙", "", "开锁")], [ANNA]),
        of([AssistantFacts("示例丙", "示例检测公司", "操作仪器")], [ANNA]),
    ),
    "insp-item-public": (of([matter(published_on=None)], [DAY]), of([MATTER], [DAY])),
    "insp-same-field": (of([matter(industries=frozenset({"公交"}))], "道路货运"), of([MATTER], "道路货运")),
    "insp-matter-power": (of([matter(level="2")]), of([matter(level="4")])),
    "insp-matter-allows": (
        of([matter(methods=frozenset({"03"}))], "01", "01", "02"),
        of([matter(methods=frozenset({"01"}))], "01", "01", "02"),
    ),
    "insp-plan": (of("plan", DAY, None), of("complaint", DAY, None)),
    "insp-frequency": (of("01", "plan", FULL, "理由"), of("01", "plan", FREE, "")),
    "insp-merge": (of(["JC-1"], " ", 30), of(["JC-1"], "时间错不开", 30)),
    "insp-joins": (of(True, True, False), of(True, True, True)),
    "insp-joint-units": (of("04", (), False), of("04", ("示例县市场监督管理局",), False)),
    "insp-object-open": (of(False), of(True)),
    "insp-white-list": (of(DAY, "plan", ""), of(DAY, "complaint", "")),
    "insp-drawn": (of("01", "draw", False), of("01", "draw", True)),
    "insp-drawn-team": (of({"1": "示例甲", "2": "示例乙"}, {"1", "3"}), of({"1": "示例甲"}, {"1", "3"})),
    "insp-crossregion": (of("220303", "220322", ""), of("220303", "220322", "协函〔2026〕1号")),
    "insp-retaliation": (of("03", DAY, DAY, 30, False), of("03", DAY, DAY - timedelta(days=31), 30, False)),
    "source-note": (of("complaint", ""), of("complaint", "投诉 2026-7")),
    "insp-not-licence-precondition": (of("request", ""), of("request", "道路运输条例第十条")),
    "insp-window": (of(LONG, NOW, 5), of(ON_SITE, NOW, 5)),
    "insp-file-app": (of(NOW, NOW, PASSED, "window_from"), of(NOW + HOUR, NOW, PASSED, "window_from")),
    "insp-offsite-first": (of(True, ""), of(True, "要看实物")),
    "insp-notice": (of(False, ""), of(True, "")),
    "insp-exempt-reason": (of("E2", " "), of("E2", "车辆侧翻，泄漏")),
    "insp-exempt-only": (of("E2", "complaint"), of("E2", "emergency")),
    "insp-exempt-begun": (of(NOW + HOUR, NOW), of(NOW, NOW)),
    "insp-exempt-papers": (of("E2", NOW - 25 * HOUR, NOW, "", LIMITS), of("E2", NOW - 24 * HOUR, NOW, "", LIMITS)),
    "insp-approve": (of(None, NOW), of(NOW, NOW)),
    "insp-approve-level": (
        of("02", "", is_leader=False, is_head=False), of("02", "", is_leader=True, is_head=False),
    ),
    "insp-scan": (of("licence", "91220322MA0Y1C2E3N", "91220322MA17ABCD2L"), of("code", "", "91220322MA17ABCD2L")),
    "insp-road-intercept": (of("", ""), of("seen", "")),
    "shift-length": (of(NOW + HOUR, NOW + 26 * HOUR, NOW, 24), of(NOW + HOUR, NOW + 25 * HOUR, NOW, 24)),
    "check-moment": (
        of(NOW - 73 * HOUR, (NOW - 74 * HOUR, NOW), NOW, 72), of(NOW - HOUR, (NOW - 2 * HOUR, NOW), NOW, 72),
    ),
    "insp-record": (of(**FOUND, findings=""), of(**FOUND, findings="缺少灭火器")),
    "result-fits": (of("R1", 1), of("R5", 1)),
    "insp-order": (of("R5", "", None, DAY), of("R5", "配齐苫布", DAY, DAY)),
    "insp-recheck": (of(True, True, ""), of(True, False, "")),
    "insp-pending": (of("R8", False, "R1"), of("R8", False, "R5")),
    "insp-point": (
        of([PointFacts("1", "不合格", "未苫盖", "某条", "case")]),
        of([PointFacts("1", "不合格", "未苫盖", "某条", "case", has_evidence=True)]),
    ),
    "insp-signed": (of("signed", False, "", ""), of("refused", False, "不愿签字", "示例见证人")),
    "insp-suspended": (of(" "), of("厂门锁着，电话没人接")),
}  # fmt: skip


@pytest.mark.parametrize("rule_id", CASES)
def test_a_rule_refuses(rule_id: str) -> None:
    refusals = CASES[rule_id][0](TABLE[rule_id].where)
    assert refusals
    assert all(len(one.message) > 8 for one in refusals)


@pytest.mark.parametrize("rule_id", CASES)
def test_a_rule_lets_pass(rule_id: str) -> None:
    assert CASES[rule_id][1](TABLE[rule_id].where) == []


@pytest.mark.parametrize("rule", TABLE.values(), ids=lambda rule: rule.rule_id)
def test_where_a_rule_lives_exists(rule: InspectionRule) -> None:
    kind, _, name = rule.where.partition(":")
    if kind == "permission":
        assert PERMISSIONS[name].apart
    elif kind == "template":
        assert get_template(name)
    else:
        assert isinstance(resolve(rule.where), FunctionType)


def test_every_rule_names_a_refusing_and_a_passing_test_that_exist() -> None:
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for rule in TABLE.values():
        for named in (rule.refusing, rule.passing):
            path, _, function = named.partition("::")
            wanted[path].add((rule.rule_id, function))
    missing = []
    for path, pairs in wanted.items():
        source = (TREE / path).read_text(encoding="utf-8") if (TREE / path).is_file() else ""
        functions = {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
        for rule_id, function in pairs:
            name, _, case = function.removesuffix("]").partition("[")
            if name not in functions or (case and case not in CASES):
                missing.append((rule_id, path, function))
    assert missing == []


def test_no_rule_of_the_package_and_of_the_procedure_is_left_out() -> None:
    """Whatever a rule of ``inspections/rules`` may answer, and every insp- row of the procedure, stands in the table."""
    answered = set()
    for path in (TREE / "inspections" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                first = node.args[0]
                answered |= {first.value} if isinstance(first, ast.Constant) else set()
    covered = {
        "gen-two-officers": "insp-two", "gen-licence-valid": "insp-person", "period-order": "insp-window",
        "check-future": "check-moment", "check-late": "check-moment", "insp-to-case": "insp-record",
    }  # fmt: skip
    assert {code for code in answered if covered.get(code, code) not in TABLE} == set()
    ours = {rule_id for rule_id in PROCEDURE if rule_id.startswith("insp-")}
    elsewhere = {"insp-result-tell", "insp-result-public", "insp-evaluate", "insp-to-case"}  # after the visit
    assert ours - set(TABLE) - elsewhere == set()
