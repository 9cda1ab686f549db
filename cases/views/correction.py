"""Pages of orders to correct and of clerical errors."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.actions import correction
from cases.forms import branches as forms
from cases.queries.find import OpenedCase
from cases.views.branches import approve
from cases.views.frame import CaseAct, opened, perform
from lishu_law.access.doors import requires


@requires("case.issue_correction_order")
def issue_correction_order(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "issue_correction_order", forms.CorrectionOrderForm, correction.issue_correction_order, "生成责令改正通知书",
        "责令改正违法行为通知书已定稿，请送达。",
        initial={"facts": found.case.summary, "basis": _basis(found)},
    )  # fmt: skip
    return perform(request, found, act)


def _basis(found: OpenedCase) -> str:
    """处罚法第二十八条 and, once the benchmark was applied, the article of the penalty."""
    chosen = found.loaded.part("discretion")
    own = chosen.result["assessment"]["basis"] if chosen else []
    return "、".join(["《中华人民共和国行政处罚法》第二十八条第一款", *own])


@requires("case.issue_correction_order")
def recheck_correction(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "recheck_correction", forms.RecheckForm, correction.recheck_correction, "保存复查结果", "复查结果已记录。"
    )
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.ask_correction")
def ask_correction(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "ask_correction",
        forms.ClericalForm,
        correction.ask_correction,
        "提交更正申请",
        "更正申请已提交中队长签署意见。",
    )
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.decide_clerical")
def decide_clerical(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    return approve(request, clue_no, part_id, "decide_clerical", correction.decide_clerical)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "issue_correction_order": issue_correction_order,
    "recheck_correction": recheck_correction,
    "ask_correction": ask_correction,
    "decide_clerical": decide_clerical,
}
