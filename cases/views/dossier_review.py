"""Pages of 案卷评查: the board, the draw, the one-page sheet, objections, corrections, the year, the library."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases import permissions
from cases.actions import dossier_review as actions
from cases.actions import review_followup as followup
from cases.dossier_review.scoring import GRADES, review
from cases.forms import dossier_review as forms
from cases.models import CorrectionTask, DossierReview, ReviewObjection
from cases.queries import dossier_reviews as queries
from cases.queries.dossier_review import load_dossier, subject_of_review
from cases.queries.facts import load_case
from cases.views.self_review import points
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound, Refusal
from lishu_law.web.acts import Act, ActForm, act_page

METHODS = ["GET", "POST"]
NOTHING = Decimal(0)


@requires("scoring.list")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the draws and results of a year."""
    user, year = request.user, year_asked(request)
    settles = may_ever(user, "scoring.settle")
    context = {
        "year": year, "to_do": queries.reviews_to_do(user), "tasks": queries.open_tasks(user),
        "objections": queries.open_objections() if settles else [],
        "draws": queries.draws_of(year),
        "results": [(row, points(row.score), GRADES[row.grade]) for row in queries.results(user, year) if row.score is not None],
        "can_draw": may_ever(user, "scoring.draw"),
        "can_correct": may_ever(user, "scoring.correct"),
        "can_confirm": may_ever(user, "scoring.confirm"),
    }  # fmt: skip
    return render(request, "cases/review_board.html", context)


def year_asked(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else clock.today().year


@requires("scoring.draw")
@require_http_methods(METHODS)
def draw(request: HttpRequest) -> HttpResponse:
    """Draw closed files and hand them out."""

    def run(data: dict[str, Any]) -> Any:
        people = [one for one in (data["reviewer"], data["second_reviewer"]) if one is not None]
        new = actions.NewDraw(
            data["year"], data["seed"], data["size"], tuple(dict.fromkeys(people)), data["second_every"] or 0
        )
        return actions.draw_files(by=request.user, new=new)

    back = reverse("dossier-reviews")
    return act_page(
        request,
        Act(
            title="抽哪些案卷评查？", form_class=forms.DrawForm, run=run, submit="抽取", done_url=back, back_url=back,
            done_message=lambda row: f"已抽取 {len(row.chosen)} 份，已分给评查员。",
            initial={"year": clock.today().year},
        ),
    )  # fmt: skip


def review_row(request: HttpRequest, review_id: int, action: str) -> DossierReview:
    """The review of an address, for somebody who may do ``action`` with it."""
    row = DossierReview.objects.select_related("case", "reviewer", "draw").filter(pk=review_id).first()
    if row is None:
        raise NotFound
    subject = subject_of_review(row)
    permissions.check_visible(request.user, subject)
    permissions.check(request.user, action, subject)
    return row


def _to_field(refusal: Refusal) -> str:
    """To the first answer of the item, or to its remark."""
    return f"#id_{refusal.fix}_0" if refusal.fix.startswith("item_") else f"#id_{refusal.fix}" if refusal.fix else ""


@requires("scoring.score")
@require_http_methods(METHODS)
def score(request: HttpRequest, review_id: int) -> HttpResponse:
    """The reviewer's sheet on one page: what the machine found, and the questions it cannot answer."""
    row = review_row(request, review_id, "scoring.score")
    if row.reviewer_id != request.user.pk:
        raise NotFound
    sheet = review(load_dossier(load_case(row.case_id), clock.today()))
    asked = tuple(line for line in sheet.lines if line.item.asks_person)
    back = reverse("dossier-reviews")

    def run(data: dict[str, Any], form: Any) -> Any:
        return actions.finish_review(by=request.user, review_id=row.pk, answers=form.judgements())

    return act_page(
        request,
        Act(
            title=f"评查 {row.case.label}", form_class=forms.SheetForm, run=run, run_takes_form=True, submit="提交评查表",
            done_url=back, back_url=back, done_message="评查表已提交。", form_arguments={"lines": asked}, fixes=_to_field,
            template="cases/review_sheet.html",
            context={
                "review": row, "case": row.case, "score": points(sheet.score), "sheet": sheet, "parts": sheet.parts,
                "is_live": True, "live_line": f"机器评查 {points(sheet.score)} 分，您的判断在提交时计入",
            },
        ),
    )  # fmt: skip


@requires("scoring.read")
@require_GET
def result(request: HttpRequest, review_id: int) -> HttpResponse:
    """A finished sheet with its objections and corrections; before every round is finished there is none."""
    row = review_row(request, review_id, "scoring.read")
    if not queries.told(DossierReview.objects.filter(pk=row.pk)).exists():
        raise NotFound
    subject = subject_of_review(row)
    can = {name: permissions.can(request.user, f"scoring.{name}", subject) for name in ("object", "choose")}
    in_time = row.tell_until is not None and clock.today() <= row.tell_until
    context = {
        "review": row, "case": row.case, "grade": GRADES[row.grade], "score": points(row.score or NOTHING),
        "lost": [line for line in row.sheet["items"] if line["lost"] or line["is_vetoed"]],
        "rounds": [(one, points(one.score or NOTHING), GRADES[one.grade]) for one in queries.rounds_of(row)],
        "objections": row.objections.select_related("by", "decided_by").order_by("id"),
        "tasks": row.corrections.order_by("id"), "can_object": can["object"] and in_time, "can_choose": can["choose"],
    }  # fmt: skip
    return render(request, "cases/review_result.html", context)


def _on_review(
    request: HttpRequest,
    row: DossierReview,
    title: str,
    form_class: type[ActForm],
    run: Callable[..., Any],
    **more: Any,
) -> HttpResponse:
    """The page of an act on one finished review."""
    back = reverse("dossier-review-result", args=[row.pk])

    def cleaned(data: dict[str, Any]) -> Any:
        data.pop("version")
        return run(by=request.user, **data)

    return act_page(
        request,
        Act(
            title=title, form_class=form_class, run=cleaned, submit="提交", done_url=back, back_url=back,
            done_message="已登记。", **more,
        ),
    )  # fmt: skip


@requires("scoring.object")
@require_http_methods(METHODS)
def object_to_item(request: HttpRequest, review_id: int) -> HttpResponse:
    row = review_row(request, review_id, "scoring.object")
    lost = [line for line in row.sheet.get("items", ()) if line["lost"] or line["is_vetoed"]]
    items = [(line["code"], f"{line['code']}　{line['title']}") for line in lost]

    def run(**data: Any) -> Any:
        return followup.object_to_item(review_id=row.pk, **data)

    return _on_review(
        request, row, "对哪一项有异议，为什么？", forms.ObjectionForm, run, form_arguments={"items": items}
    )


@requires("scoring.choose")
@require_http_methods(METHODS)
def choose(request: HttpRequest, review_id: int) -> HttpResponse:
    row = review_row(request, review_id, "scoring.choose")

    def run(**data: Any) -> Any:
        return actions.choose_model(review_id=row.pk, **data)

    return _on_review(request, row, "这份案卷好在哪里？", forms.ModelForm, run)


@requires("scoring.settle")
@require_http_methods(METHODS)
def settle(request: HttpRequest, objection_id: int) -> HttpResponse:
    found = ReviewObjection.objects.select_related("review").filter(pk=objection_id).first()
    if found is None:
        raise NotFound
    row = review_row(request, found.review_id, "scoring.settle")

    def run(**data: Any) -> Any:
        return followup.settle_objection(objection_id=found.pk, **data)

    context = {"said": [("项目", found.item), ("异议", found.text)]}
    return _on_review(
        request, row, "异议成立吗？", forms.SettleForm, run, template="cases/review_followup.html", context=context
    )


def _task(request: HttpRequest, task_id: int, action: str) -> tuple[CorrectionTask, DossierReview, dict[str, Any]]:
    found = CorrectionTask.objects.filter(pk=task_id).first()
    if found is None:
        raise NotFound
    said = [("项目", found.item), ("问题", found.text), ("整改期限", f"{found.due_on:%Y-%m-%d}")]
    said += [(label, text) for label, text in (("整改情况", found.note), ("评查员说明", found.remark)) if text]
    return found, review_row(request, found.review_id, action), {"said": said}


@requires("scoring.correct")
@require_http_methods(METHODS)
def correct(request: HttpRequest, task_id: int) -> HttpResponse:
    found, row, context = _task(request, task_id, "scoring.correct")

    def run(**data: Any) -> Any:
        return followup.report_correction(task_id=found.pk, **data)

    return _on_review(
        request,
        row,
        "这个问题怎样整改的？",
        forms.CorrectionForm,
        run,
        template="cases/review_followup.html",
        context=context,
    )


@requires("scoring.confirm")
@require_http_methods(METHODS)
def confirm(request: HttpRequest, task_id: int) -> HttpResponse:
    found, row, context = _task(request, task_id, "scoring.confirm")

    def run(**data: Any) -> Any:
        return followup.confirm_correction(task_id=found.pk, **data)

    return _on_review(
        request, row, "整改到位了吗？", forms.ConfirmForm, run, template="cases/review_followup.html", context=context
    )


@requires("scoring.list")
@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """The yearly table: files, grades, what costs points; nobody is ranked."""
    chosen = year_asked(request)
    return render(request, "cases/review_year.html", {"table": queries.year_table(chosen), "year": chosen})


@requires("scoring.list")
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Model files, without anything that leads to a person or a firm."""
    return render(request, "cases/review_library.html", {"rows": queries.library(request.user)})
