"""Pages of the editions: what is in force, bringing one in, what it changes, how it comes into force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions import editions
from cases.documents.citing import texts_citing
from cases.editions.columns import COLUMNS, titles
from cases.editions.registers import REGISTERS
from cases.editions.writing import Release
from cases.forms import editions as forms
from cases.models import EditionKind, EditionState
from cases.queries import editions as queries
from cases.queries.radar import radar
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.registry.models import ImportFault, ImportState, RegisterImport
from lishu_law.web.acts import Act, ActForm, act_page
from lishu_law.web.loading import orders, work
from lishu_law.web.loading.register import template_rows
from lishu_law.web.loading.sheets import as_csv
from lishu_law.web.uploads import store_upload

SHOWN = 200
SMALL_FILE = 1024 * 1024  # checked while the person waits: a county's whole table
NOTHING_WRITTEN = "已放弃这次导入，没有写入任何数据。"


@requires("edition.read")
@require_GET
def edition_list(request: HttpRequest) -> HttpResponse:
    """Which edition applies today, and which wait."""
    today = clock.today()
    unconfirmed = queries.unconfirmed_rows(today)
    context = {
        "groups": queries.edition_lines(today), "unconfirmed": len(unconfirmed),
        "can_import": may_ever(request.user, "edition.import"),
        "can_confirm": may_ever(request.user, "edition.confirm_row"),
        "kinds": EditionKind.choices,
    }  # fmt: skip
    return render(request, "cases/editions.html", context)


@requires("edition.read")
@require_GET
def edition_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One edition: how it came into force, what it changes, what the check wanted known."""
    edition, today = queries.edition_by(reference), clock.today()
    current = queries.current_of(edition.kind, today)
    is_current = current is not None and current.pk == edition.pk
    changes = [] if is_current else queries.changes_against(edition, current)
    touched = radar(edition, changes, today) if current and changes and _sees_cases(request) else None
    context = {
        "edition": edition, "line": queries.line_of(edition, current, today), "current": current,
        "is_current": is_current, "changes": changes[:SHOWN], "change_count": len(changes),
        "radar": touched, "citing": texts_citing(touched.laws) if touched else (),
        "notices": edition.notices[:SHOWN], "notice_count": len(edition.notices),
        "can_review": edition.state == EditionState.DRAFT and may_ever(request.user, "edition.review"),
        "can_release": edition.state == EditionState.REVIEWED and may_ever(request.user, "edition.release"),
        "can_file": edition.state == EditionState.PUBLISHED and not edition.filed_no
        and may_ever(request.user, "edition.file"),
    }  # fmt: skip
    return render(request, "cases/edition.html", context)


def _sees_cases(request: HttpRequest) -> bool:
    """The legal section and the heads see every case anyway."""
    return any(may_ever(request.user, action) for action in ("edition.import", "edition.release"))


@requires("edition.read")
@require_GET
def edition_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole table as it was frozen."""
    edition = queries.edition_by(reference)
    names = titles(edition.kind)
    rows = [[cells.get(key, "") for key in names] for cells in queries.cells_of(edition).values()]
    return _csv(f"{edition.kind}-{edition.reference}", [list(names.values()), *rows])


@requires("edition.import")
@require_http_methods(["GET", "POST"])
def edition_import_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand in a table."""
    if kind not in EditionKind.values:
        raise Http404
    register, label = REGISTERS[kind], EditionKind(kind).label

    def run(data: dict[str, Any]) -> RegisterImport:
        file = store_upload(data["file"], request.user)
        details = {"name": data["name"], "label": data["label"], "is_own": data["level"] == "own"}
        load = orders.receive(by=request.user, register=register, file=file, source=data["label"], details=details)
        if file.size <= SMALL_FILE:
            work.work(load.pk, REGISTERS)
        return load

    act = Act(
        title=f"导入{label}", form_class=forms.EditionImportForm, run=run, submit="上传并检查",
        done_url=lambda load: reverse("edition-import", args=[load.reference]),
        done_message="文件已收到，检查结果在这一页。", template="cases/edition_import_new.html",
        context={"kind": kind, "columns": COLUMNS[kind]}, back_url=reverse("edition-list"),
    )  # fmt: skip
    return act_page(request, act)


@requires("edition.import")
@require_GET
def edition_import(request: HttpRequest, reference: str) -> HttpResponse:
    """What the check found, and whether the table may be taken in."""
    load = queries.load_by(reference)
    found = list(ImportFault.objects.filter(load=load).order_by("is_notice", "row", "id")[: SHOWN + 1])
    context = {
        "title": f"导入{load.get_kind_display()}", "load": load, "is_busy": load.state in work.BUSY,
        "faults": [one for one in found[:SHOWN] if not one.is_notice],
        "notices": [one for one in found[:SHOWN] if one.is_notice], "more": len(found) > SHOWN,
        "can_order": load.state == ImportState.CHECKED and load.created > 0 and not load.faults,
        "can_drop": load.state in (ImportState.CHECKED, ImportState.FAILED) and not load.progress,
        "edition": getattr(load, "edition", None),
    }  # fmt: skip
    return render(request, "cases/edition_import.html", context)


@requires("edition.import")
@require_POST
def edition_import_order(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the checked table in as a draft."""
    load = orders.order(by=request.user, reference=reference, registers=REGISTERS)
    if load.file.size <= SMALL_FILE:
        work.work(load.pk, REGISTERS)
    edition = getattr(queries.load_by(reference), "edition", None)
    url = reverse("edition", args=[edition.reference]) if edition else reverse("edition-import", args=[reference])
    messages.success(request, "已导入，等待法制审核。" if edition else "已经开始导入，稍后回来看结果。")
    return HttpResponseRedirect(url, status=303)


@requires("edition.import")
@require_POST
def edition_import_drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a checked file up."""
    orders.drop(by=request.user, reference=reference, registers=REGISTERS)
    messages.success(request, NOTHING_WRITTEN)
    return HttpResponseRedirect(reverse("edition-list"), status=303)


@requires("edition.import")
@require_GET
def edition_import_faults(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything the check found, as a table to work through."""
    rows = ImportFault.objects.filter(load=queries.load_by(reference)).order_by("row", "id")
    lines = [[str(one.row), one.column, "提醒" if one.is_notice else "错误", one.message] for one in rows]
    return _csv(f"{reference}-faults", [["行", "列", "种类", "问题"], *lines])


@requires("edition.import")
@require_GET
def edition_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty table."""
    if kind not in EditionKind.values:
        raise Http404
    return _csv(f"{kind}-template", template_rows(REGISTERS[kind]))


def _act(request: HttpRequest, reference: str, title: str, form_class: type[ActForm], run: Any) -> HttpResponse:
    """The page of one act on an edition."""
    edition = queries.edition_by(reference)
    url = reverse("edition", args=[reference])

    def perform(data: dict[str, Any]) -> Any:
        data.pop("version")
        return run(by=request.user, reference=reference, **data)

    act = Act(
        title=f"{title}：{edition}", form_class=form_class, run=perform, submit=title, done_message="已登记。",
        done_url=url, back_url=url, fixes=lambda refusal: f"#id_{refusal.fix}" if refusal.fix else url,
    )  # fmt: skip
    return act_page(request, act)


@requires("edition.review")
@require_http_methods(["GET", "POST"])
def edition_review(request: HttpRequest, reference: str) -> HttpResponse:
    def run(*, by: Any, reference: str, agree: str, opinion: str) -> Any:
        return editions.review_edition(by=by, reference=reference, agree=agree == "yes", opinion=opinion)

    return _act(request, reference, "登记法制审核", forms.EditionReviewForm, run)


@requires("edition.release")
@require_http_methods(["GET", "POST"])
def edition_release(request: HttpRequest, reference: str) -> HttpResponse:
    def run(*, by: Any, reference: str, **data: Any) -> Any:
        return editions.release_edition(by=by, reference=reference, release=Release(**data))

    return _act(request, reference, "公布施行", forms.EditionReleaseForm, run)


@requires("edition.file")
@require_http_methods(["GET", "POST"])
def edition_filing(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, "登记备案", forms.EditionFilingForm, editions.file_edition)


@requires("edition.read")
@require_GET
def unconfirmed_list(request: HttpRequest) -> HttpResponse:
    """Rows from memory: with them nobody may decide."""
    context = {
        "rows": queries.unconfirmed_rows(clock.today()), "confirmed": queries.confirmations(),
        "can_confirm": may_ever(request.user, "edition.confirm_row"),
    }  # fmt: skip
    return render(request, "cases/unconfirmed.html", context)


@requires("edition.confirm_row")
@require_http_methods(["GET", "POST"])
def confirm_row(request: HttpRequest, row_key: str) -> HttpResponse:
    """The row beside the question where its text was read."""
    row, known = queries.row_to_confirm(row_key, clock.today())

    def run(data: dict[str, Any]) -> Any:
        data.pop("version")
        return editions.confirm_row(by=request.user, reference=row.edition.reference, row_key=row_key, **data)

    url = reverse("unconfirmed-list")
    act = Act(
        title="核对确认裁量基准的条文", form_class=forms.RowConfirmationForm, run=run, submit="确认条文已核对",
        done_url=url, done_message="已确认。依据这一行的案件可以作出决定。", back_url=url,
        template="cases/confirm_row.html",
        context={"row": row, "known": known, "names": _named(row.cells)},
        fixes=lambda refusal: f"#id_{refusal.fix}" if refusal.fix else url,
    )  # fmt: skip
    return act_page(request, act)


def _named(cells: dict[str, str]) -> list[tuple[str, str]]:
    return [(title, cells[key]) for key, title in titles(EditionKind.BENCHMARK).items() if cells.get(key)]


def _csv(name: str, rows: list[list[str]]) -> HttpResponse:
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
