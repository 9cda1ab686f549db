"""裁量: tick the facts, see tier and range change at once, choose the amount. The saving computes everything again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from cases.actions.discretion import Assessed, assess_case, questions_for, set_discretion
from cases.discretion.checks import allowed_range
from cases.forms.discretion import DiscretionForm
from cases.queries.benchmarks import advice_of, questions_of
from cases.queries.find import OpenedCase
from cases.queries.first_violation import first_violation
from cases.queries.priors import prior_record
from cases.queries.similar import mirror, shown
from cases.views.frame import CaseAct, check_open, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import Refused
from lishu_law.law.amounts import format_yuan
from lishu_law.web import drafts
from lishu_law.web.acts import SEE_OTHER
from lishu_law.web.fields import AmountField

LIVE, COMPUTE = "_live", "_compute"
# What is said in the bar while nothing can be fined; other outcomes say tier and range.
OUTCOMES = {
    "no_penalty": "不予处罚",
    "order_only": "只责令改正，不处罚",
    "limitation": "超过追责时效，不再处罚",
    "no_jurisdiction": "没有管辖权",
    "no_suggestion": "没有相符的档次，要写明理由并送法制审核",
}


@requires("case.set_discretion")
def discretion(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The page of the ordinary procedure."""
    found = opened(request, clue_no)
    if (response := answered(request, found, "set_discretion")) is not None:
        return response
    return perform(request, found, discretion_act(request, found, "set_discretion", set_discretion))


def answered(request: HttpRequest, found: OpenedCase, code: str, *, fills: bool = False) -> HttpResponse | None:
    """What an answer changes, shown at once (htmx), or after 计算裁量结果 on the page itself.

    ``fills``: 计算 puts the suggestion in where no amount stands yet. None: neither was asked for.
    """
    if request.method != "POST" or not {LIVE, COMPUTE} & set(request.POST):
        return None
    check_open(request, found, code)
    if LIVE in request.POST:
        return render(request, "cases/_discretion_live.html", result_context(request, found))
    posted = request.POST.copy()
    if fills and not posted.get("amount", "").strip():
        _fill_in(posted, request, found)
    drafts.save(request.user, request.path, posted, title="裁量")
    return HttpResponseRedirect(f"{request.path}#result", status=SEE_OTHER)


def _fill_in(posted: QueryDict, request: HttpRequest, found: OpenedCase) -> None:
    assessed, _problem = preview(found, posted, request.user)
    if assessed and assessed.result.suggestion:
        posted["amount"] = f"{assessed.result.suggestion:f}"


def discretion_act(request: HttpRequest, found: OpenedCase, code: str, action: Any) -> CaseAct:
    """The act that applies the benchmark, with what the benchmark says on the answers given so far."""
    return CaseAct(
        code, DiscretionForm, action, "保存裁量结果", "裁量结果已保存。",
        template="cases/discretion.html",
        initial=stored_answers(found),
        form_arguments={"variables": _variables(found), "questions": questions_for(found.case)},
        context={
            **result_context(request, found), "extra_button": (COMPUTE, "计算裁量结果"), "is_live": True,
        },
    )  # fmt: skip


def result_context(request: HttpRequest, found: OpenedCase) -> dict[str, Any]:
    """The result panel for what stands in the form now."""
    source = typed_now(request, found)
    assessed, problem = preview(found, source, request.user)
    assessment = assessed.result if assessed else None
    open_questions = _open_questions(assessment, _variables(found))
    return {
        "assessment": assessment, "problem": problem,
        "prior": assessed.prior if assessed else prior_record(found.case),
        "first": assessed.first if assessed else first_violation(found.case, request.user),
        "advice": advice_of(found.case.item_code, clock.today()),
        "range_text": _range_text(assessment), "mirror": _mirror(found, assessment, source),
        "open_questions": open_questions, "live_line": _line(assessment, problem, len(open_questions)),
    }  # fmt: skip


def _variables(found: OpenedCase) -> Any:
    return questions_of(found.case.item_code, clock.today())


def _line(assessment: Any, problem: str, left: int) -> str:
    """The result in one line, for the bar that is always in sight."""
    if problem or assessment is None:
        return "回答有矛盾，请看裁量结果" if problem else "还没有回答问题"
    if assessment.missing:
        return f"还有 {left} 个问题没有回答" if left else "还不能确定档次，请看裁量结果"
    if assessment.action in OUTCOMES:
        return OUTCOMES[assessment.action]
    tier, span = f"{assessment.tier}档" if assessment.tier else "", _range_text(assessment)
    return "，".join(part for part in (tier, f"罚款 {span}" if span else "") if part) or "给予处罚"


def _mirror(found: OpenedCase, assessment: Any, source: QueryDict) -> dict[str, Any] | None:
    """Similar cases beside the amount that stands in the form, else beside the suggestion."""
    if assessment is None or assessment.action != "penalise" or assessment.yuan_range is None:
        return None
    amount = _amount_typed(source) or assessment.suggestion
    case = found.case
    return shown(mirror(case.item_code, assessment.tier, clock.today(), but_case=case.pk), amount)


def _amount_typed(source: QueryDict) -> Decimal | None:
    """The amount in the form now: typed, drafted or stored."""
    try:
        return AmountField().clean(source.get("amount", "")) if source else None
    except ValidationError:
        return None


def _range_text(assessment: Any) -> str:
    span = allowed_range(assessment) if assessment else None
    if span is None:
        return ""
    low, high = format_yuan(span.minimum), format_yuan(span.maximum)
    return f"{low} 元" if low == high else f"{low}–{high} 元"


def _open_questions(assessment: Any, variables: Any) -> list[tuple[str, str]]:
    """The questions still to be answered: text and the anchor of the first input."""
    wanted = set(assessment.missing) if assessment else set()
    return [(one.question, f"#{_anchor(one)}") for one in variables if one.name in wanted]


def _anchor(variable: Any) -> str:
    is_choice = variable.kind in {"bool", "choice"}
    return f"id_fact_{variable.name}_0" if is_choice else f"id_fact_{variable.name}"


def stored_answers(found: OpenedCase) -> dict[str, Any]:
    """What was saved before, as initial values of the form."""
    row = found.loaded.part("discretion")
    if row is None:
        return {}
    words = {True: "yes", False: "no"}
    facts = {
        f"fact_{name}": words.get(value, value) if isinstance(value, bool) else value
        for name, value in row.facts["facts"].items()
    }
    asked = {f"ask_{code}": words[value] for code, value in row.answers.items() if isinstance(value, bool)}
    return {
        **facts, **asked, "factors": row.facts["factors"], "reduce": row.facts.get("reduce", False), "answers_note": row.answers.get("note", ""),
        "amount": row.amount, "reason": row.reason, "outlier_reason": row.similar.get("reason", ""),
        **_stored_deviation(row.deviation),
    }  # fmt: skip


def _stored_deviation(kept: dict[str, Any]) -> dict[str, Any]:
    names = {"kind": "deviation_kind", "ground": "deviation_ground"}
    return {names.get(name, name): value for name, value in kept.items()}


def typed_now(request: HttpRequest, found: OpenedCase) -> QueryDict:
    """What stands in the form now."""
    draft = drafts.load(request.user, request.path)
    source = QueryDict(mutable=True)
    if request.method == "POST":
        source = request.POST.copy()
    elif draft:
        for name, values in draft.payload.items():
            source.setlist(name, values)
    else:
        for name, value in stored_answers(found).items():
            if value not in (None, False):  # an unticked box is not sent
                source.setlist(name, [str(item) for item in value] if isinstance(value, list) else [str(value)])
    return source


def preview(found: OpenedCase, source: QueryDict, by: Any) -> tuple[Assessed | None, str]:
    """The assessment of what stands in the form now (typed, drafted or stored); nothing is assumed."""
    if not source:
        return None, ""
    form = DiscretionForm(source, variables=_variables(found), questions=questions_for(found.case))
    form.is_valid()
    typed = form.cleaned_data  # the form has already turned its answers into the action's arguments
    try:
        facts, factors, answers = typed["facts"], typed["factors"], typed["answers"]
        return assess_case(found.loaded, clock.today(), facts, factors, answers, reduce=typed["reduce"], by=by), ""
    except Refused as refused:
        return None, refused.message
