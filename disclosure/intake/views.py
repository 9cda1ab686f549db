"""Pages of the intake: hand in a file, see what is wrong and what it will look like, order it, watch it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from disclosure.actions.intake import LEGACY
from disclosure.intake import registers
from disclosure.intake.columns import COLUMNS
from disclosure.intake.forms import IntakeForm, IntakeOrderForm
from disclosure.intake.preview import preview
from disclosure.models import LegacyDecision
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound
from lishu_law.registry.models import ImportFault, ImportKind, ImportState, RegisterImport
from lishu_law.web.acts import Act, act_page
from lishu_law.web.loading.register import template_rows
from lishu_law.web.loading.sheets import as_csv
from lishu_law.web.loading.work import BUSY
from lishu_law.web.uploads import store_upload
from lishu_law.web.workbooks import XLSX_TYPE, Sheet, workbook

SHOWN = 200
SMALL_FILE = 64 * 1024  # checked while the person waits: some hundred rows
MOST_COUNTED = 1_000


@requires(LEGACY)
@require_http_methods(["GET", "POST"])
def intake_new(request: HttpRequest) -> HttpResponse:
    """导入历史公示."""

    def run(data: dict[str, Any]) -> RegisterImport:
        file = store_upload(data["file"], request.user)
        load = registers.receive_legacy(by=request.user, file=file, source=data["source"])
        if file.size <= SMALL_FILE:
            registers.work(load.pk)
        return load

    recent = RegisterImport.objects.filter(kind=ImportKind.LEGACY).select_related("by", "file").order_by("-id")[:10]
    act = Act(
        title="导入历史公示", form_class=IntakeForm, run=run, submit="上传并检查",
        done_url=lambda load: reverse("intake", args=[load.reference]), done_message="文件已收到，检查结果在这一页。",
        template="disclosure/intake_new.html", fixes=lambda refusal: f"#id_{refusal.fix}",
        context={"columns": COLUMNS, "recent": list(recent)}, back_url=reverse("disclosure-list"),
    )  # fmt: skip
    return act_page(request, act)


@requires(LEGACY)
@require_GET
def intake_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What is wrong with the file, how far the load is, what came of it."""
    load = _load(reference)
    return render(request, "disclosure/intake.html", page_context(load))


def page_context(load: RegisterImport) -> dict[str, Any]:
    """Everything the page of a load shows."""
    found = list(ImportFault.objects.filter(load=load).order_by("is_notice", "row", "id")[: SHOWN + 1])
    missing = LegacyDecision.objects.filter(load=load, is_on_exchange=False).select_related("record").order_by("id")
    is_checked = load.state == ImportState.CHECKED
    return {
        "title": "导入历史公示", "load": load, "is_busy": load.state in BUSY,
        "faults": [one for one in found[:SHOWN] if not one.is_notice],
        "notices": [one for one in found[:SHOWN] if one.is_notice], "more_faults": len(found) > SHOWN,
        "can_order": is_checked and load.created > 0,
        "can_retry": load.state == ImportState.FAILED and load.checked_at is not None,
        "can_drop": load.state in (ImportState.CHECKED, ImportState.FAILED) and not load.progress,
        "preview": preview(load) if is_checked else [],
        "not_on_exchange": list(missing[:SHOWN]) if load.state == ImportState.LOADED else [],
        "not_on_exchange_count": min(missing.order_by()[: MOST_COUNTED + 1].count(), MOST_COUNTED),
    }  # fmt: skip


@requires(LEGACY)
@require_http_methods(["GET", "POST"])
def intake_order(request: HttpRequest, reference: str) -> HttpResponse:
    """Take in what was checked."""
    load = _load(reference)

    def run(data: dict[str, Any]) -> RegisterImport:
        ordered = registers.order_legacy(by=request.user, reference=reference, skip_faulty=data["skip_faulty"])
        if load.file.size <= SMALL_FILE:
            registers.work(ordered.pk)
        return ordered

    url = reverse("intake", args=[reference])
    act = Act(
        title="导入并公示", form_class=IntakeOrderForm, run=run, submit=f"导入 {load.created} 条", done_url=url,
        done_message="已经开始导入，可以离开这一页，稍后回来看结果。", back_url=url,
        template="disclosure/intake_order.html", context={"load": load},
        fixes=lambda refusal: f"#id_{refusal.fix}" if refusal.fix else url,
    )  # fmt: skip
    return act_page(request, act)


@requires(LEGACY)
@require_POST
def intake_drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a checked file up."""
    registers.drop_legacy(by=request.user, reference=reference)
    messages.success(request, "已放弃这次导入，没有写入任何数据。")
    return HttpResponseRedirect(reverse("intake-new"), status=303)


@requires(LEGACY)
@require_GET
def intake_faults(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything the check found, as a table to work through."""
    rows = ImportFault.objects.filter(load=_load(reference)).order_by("row", "id")
    lines = [[str(one.row), one.column, "提醒" if one.is_notice else "错误", one.message] for one in rows]
    response = HttpResponse(as_csv([["行", "列", "种类", "问题"], *lines]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference}-faults.csv"'
    return response


@requires(LEGACY)
@require_GET
def intake_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook people fill, with what each column wants on a second sheet."""
    said = [(one.title, "必填" if one.required else "选填", one.note) for one in COLUMNS]
    sheets = (
        Sheet("历史公示", template_rows(registers.REGISTER), (), widths=[18] * len(COLUMNS), is_bare=True),
        Sheet("填写说明", [("列名", "要不要填", "说明")], said, widths=(22, 10, 60)),
    )
    response = HttpResponse(workbook(sheets), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="legacy-template.xlsx"'
    return response


def _load(reference: str) -> RegisterImport:
    load = RegisterImport.objects.select_related("file", "by").filter(reference=reference, kind=ImportKind.LEGACY)
    found = load.first()
    if found is None:
        raise NotFound
    return found
