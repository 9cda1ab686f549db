"""Pages of a suspected crime."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import crime
from cases.actions.crime import NewHandOver
from cases.forms import branches as forms
from cases.queries.find import OpenedCase
from cases.views.crime_cards import crime_lines
from cases.views.frame import CaseAct, opened, perform
from cases.views.opinions import APPROVAL
from lishu_law.access.doors import requires

PART = "cases/part_act.html"


@requires("case.report_crime")
def report_crime(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "report_crime", forms.CrimeReportForm, crime.report_crime, "提交书面报告", "报告已提交局长决定，三日内答复。",
        form_arguments={"officers": crime.officers_for_team()},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.decide_crime")
def decide_crime(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    one = found.loaded.facts.focused_crime
    lines = [*crime_lines(one), ("事实和依据", one.report)] if one else []
    act = CaseAct(
        "decide_crime", forms.CrimeDecisionForm, crime.decide_crime, "签署决定",
        "决定已签署。批准移送的，请承办人在二十四小时内移送公安机关。", template=APPROVAL, context={"lines": lines},
    )  # fmt: skip
    return perform(request, found, act)


def _known(found: OpenedCase) -> dict[str, Any]:
    """What is known of the suspicion at hand, above the form."""
    one = found.loaded.facts.focused_crime
    return {"lines": crime_lines(one) if one else ()}


@requires("case.hand_over_crime")
def hand_over_crime(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        return crime.hand_over_crime(
            case_id=case_id, version=version, by=by, part_id=part_id, hand_over=NewHandOver(**data)
        )

    found = opened(request, clue_no, part_id)
    act = CaseAct(
        "hand_over_crime", forms.HandOverForm, run, "登记移送", "移送书已生成。等公安机关答复后登记。",
        template=PART, context=_known(found),
    )  # fmt: skip
    return perform(request, found, act)


def _simple(code: str, form: Any, run: Callable[..., Any], submit: str, done: str) -> Callable[..., HttpResponse]:
    """A page of one plain form on the suspicion of an address."""

    @requires("case.hand_over_crime")
    def view(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
        found = opened(request, clue_no, part_id)
        act = CaseAct(code, form, run, submit, done, template=PART, context=_known(found))
        return perform(request, found, act)

    return view


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "report_crime": report_crime,
    "decide_crime": decide_crime,
    "hand_over_crime": hand_over_crime,
    "record_police_answer": _simple(
        "record_police_answer", forms.PoliceAnswerForm, crime.record_police_answer, "登记答复", "答复已登记。"
    ),
    "hand_over_material": _simple(
        "hand_over_material", forms.MaterialForm, crime.hand_over_material, "登记移交", "移交已登记。"
    ),
    "object_to_refusal": _simple(
        "object_to_refusal", forms.ObjectionForm, crime.object_to_refusal, "登记提请", "已登记。"
    ),
    "end_crime": _simple("end_crime", forms.CrimeEndForm, crime.end_crime, "登记处理结果", "处理结果已登记。"),
}
