"""Pages of the investigation: transcripts, evidence, discretion, report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from cases.actions import investigation
from cases.actions.discretion import Assessed, assess_case, questions_for, set_discretion
from cases.actions.investigation import NewEvidence, NewTranscript
from cases.actions.persons import find_or_add_person
from cases.discretion.checks import allowed_range
from cases.forms import investigation as forms
from cases.forms.discretion import DiscretionForm
from cases.queries.benchmarks import questions_of
from cases.queries.find import OpenedCase
from cases.queries.narrative import facts_draft, opinion_draft, process_draft
from cases.queries.priors import prior_record
from cases.queries.similar import mirror, shown
from cases.views.frame import CaseAct, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import Refused
from lishu_law.law.amounts import format_yuan
from lishu_law.registry.models import StoredFile, User
from lishu_law.web import drafts
from lishu_law.web.fields import AmountField
from lishu_law.web.uploads import store_upload


def other_officers(found: OpenedCase, request: HttpRequest) -> Any:
    """The case's officers beside the acting one."""
    ids = [officer.user_id for officer in found.loaded.current_officers if officer.user_id != request.user.pk]
    return User.objects.filter(pk__in=ids)


def stored(file: Any, by: Any) -> StoredFile | None:
    """The uploaded file in the write-once store, or None."""
    return store_upload(file, by) if file else None


def record(request: HttpRequest, clue_no: str, code: str, form_class: Any, action: Any, **initial: Any) -> HttpResponse:
    """The page of one transcript; a person met for the first time is registered with it."""
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        known = {name.removeprefix("person_"): data.pop(name, "") for name in forms.PersonPart.PERSON_FIELDS[1:]}
        person = data.pop("person") or (find_or_add_person(case_id, **known) if known["name"] else None)
        file = stored(data.pop("file"), by)
        transcript = NewTranscript(person=person, file=file, **data)
        return action(case_id=case_id, version=version, by=by, transcript=transcript)

    act = CaseAct(
        code, form_class, run, "保存并生成笔录", "笔录已保存，正在生成文书。",
        initial={"place": found.case.place, **initial},
        form_arguments={
            "assistants": other_officers(found, request),
            "persons": found.case.persons.all(),
        },
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def record_onscene(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act_time = clock.local(found.case.act_at).strftime("%Y-%m-%d %H:%M")
    return record(
        request, clue_no, "record_onscene", forms.OnsceneForm, investigation.record_onscene,
        started_at=act_time, body=found.case.summary,
    )  # fmt: skip


@requires("case.record")
def record_questioning(request: HttpRequest, clue_no: str) -> HttpResponse:
    return record(
        request, clue_no, "record_questioning", forms.QuestioningForm, investigation.record_questioning,
        place="梨树县交通运输局询问室",
    )  # fmt: skip


@requires("case.add_evidence")
def add_evidence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, uploads: list[Any], title: str, **data: Any) -> Any:
        kept = [store_upload(file, by) for file in uploads]
        items = tuple(
            NewEvidence(title=title if len(kept) == 1 else f"{title}（{number}）", file=file, **data)
            for number, file in enumerate(kept, start=1)
        )
        return investigation.add_evidence(case_id=case_id, version=version, by=by, items=items)

    act = CaseAct(
        "add_evidence", forms.EvidenceForm, run, "保存证据", "证据已保存，请查证核对。",
        initial={"obtained_place": found.case.place},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record")
def verify_evidence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    items = [item for item in found.loaded.evidence if item.verified_at is None and item.voided_at is None]
    act = CaseAct(
        "verify_evidence", forms.VerifyEvidenceForm, investigation.verify_evidence, "确认已核对", "证据核对已记录。",
        form_arguments={"items": items},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.set_discretion")
def discretion(request: HttpRequest, clue_no: str) -> HttpResponse:
    """Tick the facts, see tier and range, choose the amount. 计算 keeps what was typed and shows the result."""
    found = opened(request, clue_no)
    if request.method == "POST" and "_compute" in request.POST:
        drafts.save(request.user, request.path, request.POST, title="裁量")
        return redirect(f"{request.path}#result", permanent=False)
    return perform(request, found, discretion_act(request, found, "set_discretion", set_discretion))


def discretion_act(request: HttpRequest, found: OpenedCase, code: str, action: Any) -> CaseAct:
    """The act that applies the benchmark, with what the benchmark says on the answers given so far."""
    variables = questions_of(found.case.item_code, clock.today())
    source = typed_now(request, found)
    assessed, problem = preview(found, variables, source)
    assessment = assessed.result if assessed else None
    return CaseAct(
        code, DiscretionForm, action, "保存裁量结果", "裁量结果已保存。",
        template="cases/discretion.html",
        initial=_stored_answers(found),
        form_arguments={"variables": variables, "questions": questions_for(found.case)},
        context={
            "assessment": assessment, "problem": problem, "prior": assessed.prior if assessed else prior_record(found.case),
            "range_text": _range_text(assessment), "mirror": _mirror(found, assessment, source), "open_questions": _open_questions(assessment, variables),
            "extra_button": ("_compute", "计算裁量结果"),
        },
    )  # fmt: skip


def _mirror(found: OpenedCase, assessment: Any, source: QueryDict) -> dict[str, Any] | None:
    """Similar cases beside the amount that stands in the form, else beside the suggestion."""
    if assessment is None or assessment.action != "penalise" or assessment.yuan_range is None:
        return None
    amount = _amount_typed(source) or assessment.suggestion
    case = found.case
    return shown(mirror(case.item_code, assessment.tier, clock.today(), but_case=case.pk), amount)


def _amount_typed(source: QueryDict) -> Any:
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
    """The questions still to be answered: text and the anchor of the field."""
    wanted = set(assessment.missing) if assessment else set()
    return [(one.question, f"#id_fact_{one.name}") for one in variables if one.name in wanted]


def _stored_answers(found: OpenedCase) -> dict[str, Any]:
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
    if not kept:
        return {}
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
        for name, value in _stored_answers(found).items():
            source.setlist(name, [str(item) for item in value] if isinstance(value, list) else [str(value)])
    return source


def preview(found: OpenedCase, variables: Any, source: QueryDict) -> tuple[Assessed | None, str]:
    """The assessment of what stands in the form now (typed, drafted or stored); nothing is assumed."""
    if not source:
        return None, ""
    form = DiscretionForm(source, variables=variables, questions=questions_for(found.case))
    form.is_valid()
    typed = form.cleaned_data  # the form has already turned its answers into the action's arguments
    try:
        facts, factors, answers = typed["facts"], typed["factors"], typed["answers"]
        return assess_case(found.loaded, clock.today(), facts, factors, answers, reduce=typed["reduce"]), ""
    except Refused as refused:
        return None, refused.message


@requires("case.submit_report")
def submit_report(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "submit_report", forms.ReportForm, investigation.submit_report, "提交调查报告", "调查报告已提交中队长签署意见。",
        template="cases/report.html",
        context={"discretion_lines": _discretion_lines(found)},
        initial={
            "process": process_draft(found.loaded),
            "facts": facts_draft(found.loaded),
            "opinion": opinion_draft(found.loaded),
        },
    )  # fmt: skip
    return perform(request, found, act)


def _discretion_lines(found: OpenedCase) -> list[str]:
    row = found.loaded.part("discretion")
    return row.result["report_text"] if row else []
