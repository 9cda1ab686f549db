"""The pages of issuing decisions together: what is signed and may be issued, and how far a batch is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases import permissions
from cases.actions import issuing as actions
from cases.forms.issuing import IssueForm
from cases.queries.issuing import (
    LAW,
    MOST,
    BatchPage,
    ItemRow,
    Signed,
    batch_page,
    batches_of,
    signed_by,
    unsigned_count,
)
from cases.views.frame import fix_url
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import Refusal
from lishu_law.law.amounts import format_yuan
from lishu_law.web.acts import Act, act_page


@requires("case.approve_decision")
def issue_decisions(request: HttpRequest) -> HttpResponse:
    """What this leader signed, chosen and confirmed once with the password; then the worker issues one by one."""
    found = signed_by(request.user)
    ready = [one for one in found if not one.why_not]

    def run(data: dict[str, Any]) -> Any:
        return actions.order_issue(by=request.user, references=data["signed"])

    act = Act(
        title="已签署的处罚决定，一并制发", form_class=IssueForm, run=run, submit="制发选中的处罚决定",
        template="cases/issue_decisions.html", back_url=reverse("case-list"),
        done_url=lambda batch: reverse("decision-batch", args=[batch.reference]),
        done_message="已经开始制发。这一页会显示进度，也可以先离开。",
        initial={"signed": [one.reference for one in ready[:MOST]]},
        form_arguments={"user": request.user, "signed": [(one.reference, _words(one)) for one in ready]},
        context={
            "ready": ready, "most": MOST, "law": LAW, "batches": batches_of(request.user),
            "held_up": [(one, _cure(one.fix, one.case.clue_no)) for one in found if one.why_not],
            "unsigned": unsigned_count(permissions.visible_cases(request.user)),
        },
    )  # fmt: skip
    return act_page(request, act)


def _words(one: Signed) -> str:
    chosen = getattr(one.case, "discretion", None)
    penalty = f"罚款 {format_yuan(chosen.amount)} 元" if chosen and chosen.amount else "没有罚款"
    party = one.case.party.name if one.case.party else ""
    return f"{one.case.label}　{party}　{penalty}　{clock.local(one.signature.at):%m-%d %H:%M} 签署"


def _cure(fix: str, clue_no: str) -> str:
    return fix_url(clue_no)(Refusal("", "", "", fix)) or reverse("case", args=[clue_no])


@requires("case.approve_decision")
@require_GET
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """How far the batch is; the numbers ask for themselves, and reloading the page works too."""
    page = batch_page(request.user, reference)
    is_busy = page.line.is_busy or page.waits_for_papers
    context = {"page": page, "line": page.line, "is_busy": is_busy, "done": page.line.issued + page.line.failed}
    is_part = request.htmx and is_busy  # type: ignore[attr-defined]
    if not is_part:
        context["rows"] = [_shown(row) for row in page.rows]
        context["kind"], context["words"] = _ending(page)
        context["may_try_again"] = page.line.failed > 0 and not page.line.is_busy
    response = render(request, "cases/_issue_progress.html" if is_part else "cases/issue_batch.html", context)
    if request.htmx and not is_part:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"  # it is done: the whole page shows what came out
    response["Vary"] = "HX-Request"
    return response


def _ending(page: BatchPage) -> tuple[str, str]:
    line = page.line
    if not line.failed:
        return "success", f"{line.issued} 件全部制发。请承办人在七个工作日内送达。"
    why = "没有制发的没有占用号码，原因和办法在下面；办好以后可以再次制发。"
    return "warning", f"已制发 {line.issued} 件，没有制发 {line.failed} 件。{why}"


def _shown(row: ItemRow) -> dict[str, Any]:
    """One line: the paper with its state, or every reason with its article and the way to the cure."""
    case, item, paper = row.case, row.item, row.document
    return {
        "label": case.label, "party": case.party.name if case.party else "", "url": reverse("case", args=[case.clue_no]),
        "state": item.get_state_display(), "number": item.number, "is_failed": bool(item.problems),
        "paper": paper.get_pdf_state_display() if paper else "",
        "paper_url": reverse("case-document", args=[case.clue_no, paper.pk]) if paper else "",
        "problems": [{**one, "url": _cure(one["fix"], case.clue_no)} for one in item.problems],
    }  # fmt: skip
