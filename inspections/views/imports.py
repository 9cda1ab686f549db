"""Imports of the registers: hand in a file, see what is wrong, order the load, watch it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inspections.actions.imports import ACTIONS, drop_import, order_import, receive_import
from inspections.forms.registers import ImportForm, OrderForm
from inspections.loading.registers import REGISTERS
from inspections.loading.work import BUSY, work
from lishu_law.access import policy
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound
from lishu_law.registry.models import ImportFault, ImportKind, ImportState, RegisterImport
from lishu_law.web.acts import Act, act_page
from lishu_law.web.loading.register import template_rows
from lishu_law.web.loading.sheets import as_csv
from lishu_law.web.uploads import store_upload

SHOWN = 200
SMALL_FILE = 64 * 1024  # checked while the person waits: a few hundred rows
HOMES = {ImportKind.OBJECTS: "subject-list", ImportKind.MATTERS: "matter-list", ImportKind.POWERS: "power-list"}


@requires("register.import")
@require_http_methods(["GET", "POST"])
def new_import(request: HttpRequest, kind: str) -> HttpResponse:
    """上传名录或者清单."""
    register = _kind(kind)
    policy.check(request.user, ACTIONS[register])

    def run(data: dict[str, Any]) -> RegisterImport:
        file = store_upload(data["file"], request.user)
        load = receive_import(by=request.user, kind=kind, file=file, source=data["source"] or "")
        if file.size <= SMALL_FILE:
            work(load.pk)
        return load

    recent = RegisterImport.objects.filter(kind=kind).select_related("by", "file").order_by("-id")[:10]
    act = Act(
        title=f"导入{register.label}", form_class=ImportForm, run=run, submit="上传并检查",
        done_url=lambda load: reverse("import", args=[load.reference]), done_message="文件已收到，检查结果在这一页。",
        template="inspections/registers/import_new.html", fixes=lambda refusal: f"#id_{refusal.fix}",
        context={"kind": kind, "columns": REGISTERS[kind].columns, "recent": list(recent)},
        back_url=reverse(HOMES[register]),
    )  # fmt: skip
    return act_page(request, act)


@requires("register.import")
@require_GET
def import_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What is wrong with the file, how far the load is, what came of it."""
    load = _load(request, reference)
    return render(request, "inspections/registers/import.html", page_context(load))


def page_context(load: RegisterImport) -> dict[str, Any]:
    faults = list(ImportFault.objects.filter(load=load).order_by("row", "id")[: SHOWN + 1])
    kind = ImportKind(load.kind)
    return {
        "title": f"导入{kind.label}", "load": load, "faults": faults[:SHOWN], "more_faults": len(faults) > SHOWN,
        "is_busy": load.state in BUSY, "home_url": reverse(HOMES[kind]),
        "can_order": load.state == ImportState.CHECKED and load.created + load.updated > 0,
        "can_retry": load.state == ImportState.FAILED and load.checked_at is not None,
        "can_drop": load.state in (ImportState.CHECKED, ImportState.FAILED) and not load.progress,
    }  # fmt: skip


@requires("register.import")
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, reference: str) -> HttpResponse:
    """Load what was checked."""
    load = _load(request, reference)

    def run(data: dict[str, Any]) -> RegisterImport:
        ordered = order_import(by=request.user, reference=reference, skip_faulty=data["skip_faulty"])
        if load.file.size <= SMALL_FILE:
            work(ordered.pk)
        return ordered

    url = reverse("import", args=[reference])
    act = Act(
        title="开始导入", form_class=OrderForm, run=run, submit=f"导入 {load.created + load.updated} 行", done_url=url,
        done_message="已经开始导入，可以离开这一页，稍后回来看结果。", back_url=url,
        template="inspections/registers/import_order.html", context={"load": load},
        fixes=lambda refusal: f"#id_{refusal.fix}" if refusal.fix else url,
    )  # fmt: skip
    return act_page(request, act)


@requires("register.import")
@require_POST
def drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a checked file up."""
    load = drop_import(by=request.user, reference=reference)
    messages.success(request, "已放弃这次导入，没有写入任何数据。")
    return HttpResponseRedirect(reverse("import-new", args=[load.kind]), status=303)


@requires("register.import")
@require_GET
def faults_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Every fault as a table to work through."""
    load = _load(request, reference)
    rows = ImportFault.objects.filter(load=load).order_by("row", "id").values_list("row", "column", "message")
    return _csv(f"{load.reference}-faults", [["行", "列", "问题"], *([str(r), c, m] for r, c, m in rows)])


@requires("register.import")
@require_GET
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty file people fill."""
    register = _kind(kind)
    policy.check(request.user, ACTIONS[register])
    return _csv(f"{kind}-template", template_rows(REGISTERS[register]))


def _csv(name: str, rows: list[list[str]]) -> HttpResponse:
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _kind(kind: str) -> ImportKind:
    if kind not in REGISTERS:
        raise Http404
    return ImportKind(kind)


def _load(request: HttpRequest, reference: str) -> RegisterImport:
    load = RegisterImport.objects.select_related("file", "by").filter(reference=reference).first()
    if load is None or load.kind not in REGISTERS:
        raise NotFound
    policy.check(request.user, ACTIONS[ImportKind(load.kind)])
    return load
