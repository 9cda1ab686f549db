"""监管对象名录: the list, one entry, its acts."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from inspections.actions.merging import merge_subjects, unmerge_subjects
from inspections.actions.subjects import LicenceDetails, SubjectDetails, add_licence, register_subject, update_subject
from inspections.actions.white_list import put_on_white_list, remove_from_white_list
from inspections.forms.registers import (
    LicenceForm,
    MergeForm,
    NewSubjectForm,
    ReasonForm,
    RemovalForm,
    SubjectForm,
    WhiteListForm,
)
from inspections.queries.subjects import Search, list_subjects, open_subject, subject_rows
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import (
    Industry,
    RiskClass,
    SubjectKind,
    SubjectMerge,
    SubjectStatus,
    SupervisedSubject,
    WhiteListing,
)
from lishu_law.web.acts import Act, ActForm, act_page

FILTERS = (
    ("kind", "对象类别", SubjectKind.choices), ("industry", "行业类别", Industry.choices),
    ("risk_class", "信用风险", RiskClass.choices), ("status", "状态", SubjectStatus.choices),
)  # fmt: skip


@requires("subject.read")
@require_GET
def subject_list(request: HttpRequest) -> HttpResponse:
    """Who and what may be inspected?"""
    chosen = {name: request.GET.get(name, "") for name, _title, _choices in FILTERS}
    chosen = {name: value if value in dict(choices) else "" for (name, _t, choices), value in zip(FILTERS, chosen.values(), strict=True)}  # fmt: skip
    search = Search(text=request.GET.get("q", ""), **chosen)
    page = list_subjects(search, after=key_of(request, "after"))
    kept = {"q": search.text, **chosen}
    more = urlencode({**{name: value for name, value in kept.items() if value}, "after": page.next_key})
    context = {
        "title": "监管对象名录", "page": page, "typed": search.text, "next_url": f"?{more}" if page.next_key else "",
        "filters": [(name, title, choices, chosen[name]) for name, title, choices in FILTERS],
        "is_narrowed": any(kept.values()),
        "can_edit": may_ever(request.user, "subject.edit"), "can_import": may_ever(request.user, "subject.import"),
    }  # fmt: skip
    return render(request, "inspections/registers/subjects.html", context)


@requires("subject.read")
@require_GET
def subject_page(request: HttpRequest, object_no: str) -> HttpResponse:
    """One entry: what is known of it, where that comes from, and what happened to it."""
    opened = open_subject(object_no)
    today = clock.today()
    context = {
        "title": opened.entry.title, "opened": opened, "entry": opened.entry,
        "rows": subject_rows(opened, today=today),
        "listings": [(one, one.is_active_on(today)) for one in opened.listings],
        "can_edit": may_ever(request.user, "subject.edit"), "can_merge": may_ever(request.user, "subject.merge"),
        "can_list": may_ever(request.user, "subject.white_list"),
    }  # fmt: skip
    return render(request, "inspections/registers/subject.html", context)


@requires("subject.edit")
@require_http_methods(["GET", "POST"])
def new_subject(request: HttpRequest) -> HttpResponse:
    """登记一个监管对象."""
    initial = {"status": "operating", "risk_class": "B", "area_code": "220322", "updated_on": clock.today()}
    act = Act(
        title="登记监管对象", form_class=NewSubjectForm, submit="登记监管对象", initial=initial,
        run=lambda data: register_subject(by=request.user, details=_new_details(data)),
        done_url=lambda entry: reverse("subject", args=[entry.object_no]),
        done_message=lambda entry: f"已登记，对象编号 {entry.object_no}。",
        fixes=_fix, back_url=reverse("subject-list"),
    )  # fmt: skip
    return act_page(request, act)


@requires("subject.edit")
@require_http_methods(["GET", "POST"])
def edit_subject(request: HttpRequest, object_no: str) -> HttpResponse:
    """Change an entry; what it was before stays in its history."""
    entry = _listed(object_no)

    def run(data: dict[str, Any]) -> SupervisedSubject:
        version = data["version"] if data.get("version") is not None else entry.version
        return update_subject(by=request.user, object_no=object_no, version=version, details=_details(data))

    initial = {one.name: getattr(entry, one.name) for one in fields(SubjectDetails)} | {"version": entry.version}
    act = Act(
        title=f"修改监管对象：{entry.title}", form_class=SubjectForm, run=run, submit="保存修改", initial=initial,
        done_url=_url(object_no), done_message="已修改。改之前的内容在历史记录里。",
        template="inspections/registers/subject_form.html", fixes=_fix, back_url=_url(object_no),
    )  # fmt: skip
    return act_page(request, act)


@requires("subject.edit")
@require_http_methods(["GET", "POST"])
def subject_licence(request: HttpRequest, object_no: str) -> HttpResponse:
    """登记许可证."""

    def run(data: dict[str, Any]) -> Any:
        names = [one.name for one in fields(LicenceDetails)]
        return add_licence(by=request.user, object_no=object_no, licence=LicenceDetails(**{n: data[n] for n in names}))

    form: dict[str, Any] = {"form_class": LicenceForm, "run": run, "submit": "登记许可证", "message": "许可证已登记。"}
    return _act_on(request, object_no, "登记许可证", **form)


@requires("subject.merge")
@require_http_methods(["GET", "POST"])
def merge_subject(request: HttpRequest, object_no: str) -> HttpResponse:
    """Merge another entry into this one."""

    def run(data: dict[str, Any]) -> SubjectMerge:
        merged_no = data["merged_no"].strip()
        return merge_subjects(by=request.user, kept_no=object_no, merged_no=merged_no, reason=data["reason"])

    alike = request.GET.get("other", "")[:20]
    form: dict[str, Any] = {
        "form_class": MergeForm,
        "run": run,
        "submit": "并入本对象",
        "initial": {"merged_no": alike},
    }
    return _act_on(request, object_no, "合并重复的对象", **form, message="已合并。转入的记录写在历史里，合并可以撤销。")


@requires("subject.merge")
@require_http_methods(["GET", "POST"])
def undo_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Take a merge back."""
    record = SubjectMerge.objects.select_related("kept").filter(pk=merge_id, undone_at__isnull=True).first()
    if record is None:
        raise NotFound("没有找到可以撤销的合并，可能已经撤销过了。")

    def run(data: dict[str, Any]) -> SubjectMerge:
        return unmerge_subjects(by=request.user, merge_id=merge_id, reason=data["reason"])

    form: dict[str, Any] = {"form_class": ReasonForm, "run": run, "submit": "撤销合并"}
    return _act_on(request, record.kept.object_no, "撤销合并", **form, message="合并已撤销，记录回到原来的对象。")


@requires("subject.white_list")
@require_http_methods(["GET", "POST"])
def white_list_subject(request: HttpRequest, object_no: str) -> HttpResponse:
    """列入无事不扰白名单."""

    def run(data: dict[str, Any]) -> WhiteListing:
        values = {name: data[name] for name in ("from_on", "to_on", "basis")}
        return put_on_white_list(by=request.user, object_no=object_no, **values)

    form: dict[str, Any] = {"form_class": WhiteListForm, "run": run, "submit": "列入白名单"}
    return _act_on(request, object_no, "列入无事不扰白名单", **form, message="已列入白名单，会在公开页面上公布。")


@requires("subject.white_list")
@require_http_methods(["GET", "POST"])
def remove_listing(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Take an object off the white list."""
    listing = WhiteListing.objects.select_related("subject").filter(pk=listing_id, removed_on__isnull=True).first()
    if listing is None:
        raise NotFound("没有找到这条白名单记录，可能已经移出了。")

    def run(data: dict[str, Any]) -> WhiteListing:
        return remove_from_white_list(by=request.user, listing_id=listing_id, reason=data["reason"], note=data["note"])

    form: dict[str, Any] = {"form_class": RemovalForm, "run": run, "submit": "移出白名单"}
    return _act_on(request, listing.subject.object_no, "移出白名单", **form, message="已移出白名单。")


def _act_on(
    request: HttpRequest, object_no: str, title: str, *, form_class: type[ActForm], run: Any, submit: str,
    message: str, initial: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one act on one entry."""
    entry = _listed(object_no)
    act = Act(
        title=f"{title}：{entry.title}", form_class=form_class, run=run, submit=submit, initial=initial or {},
        done_url=_url(object_no), done_message=message, fixes=_fix, back_url=_url(object_no),
    )  # fmt: skip
    return act_page(request, act)


def _listed(object_no: str) -> SupervisedSubject:
    rows = SupervisedSubject.objects.listed().select_related("party", "vehicle")
    entry = rows.filter(object_no=object_no).first()
    if entry is None:
        raise NotFound
    return entry


def _details(data: dict[str, Any]) -> SubjectDetails:
    names = [one.name for one in fields(SubjectDetails)]
    return SubjectDetails(**{name: data[name] for name in names} | {"risk_tags": tuple(data["risk_tags"])})


def _new_details(data: dict[str, Any]) -> SubjectDetails:
    """Whoever is not registered yet goes along as typed."""
    typed = {name: data.get(f"party_{name}") or "" for name in PartyDetails.__dataclass_fields__}
    party = data["party"] or PartyDetails(**typed)
    vehicle = VehicleDetails(plate=data["vehicle"], type_name=data["vehicle_type"]) if data["vehicle"] else None
    return _details({**data, "party": party, "vehicle": vehicle})


def _url(object_no: str) -> str:
    return reverse("subject", args=[object_no])


def _fix(refusal: Refusal) -> str:
    return f"#id_{refusal.fix}" if refusal.fix else ""
