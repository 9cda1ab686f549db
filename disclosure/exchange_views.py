"""Staff pages of the exchange: comparisons with what they found, and the code lists it serves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from disclosure.actions.reconcile import ask_for_run, close_difference, delete_foreign
from disclosure.feed.codes import LISTS
from disclosure.forms import CloseDifferenceForm, DeleteForeignForm, ReconcileForm
from disclosure.models import Difference, Finding, ReconcileRun
from disclosure.queries import reconcile
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound
from lishu_law.web.acts import Act, act_page


@requires("reconcile.read")
@require_GET
def reconcile_list(request: HttpRequest) -> HttpResponse:
    """The newest comparisons."""
    context = {"title": "对账", "runs": reconcile.runs(), "may_run": may_ever(request.user, "reconcile.run")}
    return render(request, "disclosure/reconcile_list.html", context)


@requires("reconcile.run")
@require_http_methods(["GET", "POST"])
def reconcile_new(request: HttpRequest) -> HttpResponse:
    """Ask for a comparison now: 立即对账."""

    def run(data: dict[str, Any]) -> ReconcileRun:
        return ask_for_run(by=request.user, days=data["days"])

    act = Act(
        title="立即对账",
        form_class=ReconcileForm,
        run=run,
        done_url=lambda made: reverse("reconcile-run", args=[made.number]),
        done_message="已排队，半分钟内开始对账。请稍后刷新本页。",
        submit="开始对账",
        back_url=reverse("reconcile-list"),
    )
    return act_page(request, act)


@requires("reconcile.read")
@require_GET
def reconcile_run(request: HttpRequest, number: str) -> HttpResponse:
    """One comparison, difference by difference."""
    finding = request.GET.get("finding", "")
    finding = finding if finding in Finding.values else ""
    after = request.GET.get("after", "0")
    page = reconcile.run_page(number, finding, int(after) if after.isascii() and after.isdigit() else 0)
    if page is None:
        raise NotFound
    next_url = f"?finding={finding}&after={page.next_cursor}" if page.next_cursor else ""
    context = {
        "title": f"对账 {number}",
        "page": page,
        "finding": finding,
        "next_url": next_url,
        "counts": reconcile.counts_in_words(page.run),
        "may_run": may_ever(request.user, "reconcile.run"),
        "may_close": may_ever(request.user, "reconcile.close"),
        "may_delete": may_ever(request.user, "reconcile.delete"),
    }
    return render(request, "disclosure/reconcile_run.html", context)


@requires("reconcile.close")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Close a difference that a person has seen to."""
    found = _difference(number, place)
    act = Act(
        title="关闭差异",
        form_class=CloseDifferenceForm,
        run=lambda data: close_difference(difference_id=found.pk, by=request.user, reason=data["reason"]),
        done_url=reverse("reconcile-run", args=[number]),
        done_message="差异已关闭。",
        submit="关闭差异",
        template="disclosure/difference.html",
        context={"row": found},
        back_url=reverse("reconcile-run", args=[number]),
    )
    return act_page(request, act)


@requires("reconcile.delete")
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Ask the exchange to delete a record nobody here sent."""
    found = _difference(number, place)
    act = Act(
        title="请平台删除外来记录",
        form_class=DeleteForeignForm,
        run=lambda data: delete_foreign(difference_id=found.pk, by=request.user, reason=data["reason"]),
        done_url=reverse("reconcile-run", args=[number]),
        done_message="删除消息已排队，差异已关闭。下次对账会核对平台是否已删除。",
        submit="请平台删除",
        template="disclosure/difference.html",
        context={"row": found},
        back_url=reverse("reconcile-run", args=[number]),
    )
    return act_page(request, act)


@requires("delivery.read")
@require_GET
def code_lists(request: HttpRequest) -> HttpResponse:
    """The code lists as last fetched, and which of the codes we send they lack."""
    held = {row.name: row for row in reconcile.code_lists()}
    rows = [
        {
            "title": title,
            "name": name,
            "list": held.get(name),
            "missing": [code for code in codes if name in held and code not in held[name].codes],
        }
        for name, (title, codes) in LISTS.items()
    ]
    return render(request, "disclosure/code_lists.html", {"title": "平台代码表", "rows": rows})


def _difference(number: str, place: str) -> Difference:
    found = Difference.objects.select_related("run").filter(run__number=number, place=int(place)).first()
    if found is None:
        raise NotFound
    return found
