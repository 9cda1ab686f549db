"""检查事项清单 and 权责清单: the lists, one entry, editing; the public pages of the powers and of the white list."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from inspections.actions.catalogues import save_matter, save_power
from inspections.forms.catalogues import MatterForm, PowerForm, points_text
from inspections.models import Category, Form, InspectionMatter, Method, PowerItem
from inspections.queries.subjects import public_white_list
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import public, requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound, Refusal
from lishu_law.web.acts import Act, act_page

PAGE = 50
PUBLIC_PAGE = 200
MATTER_FIELDS = (
    "item_code", "list_code", "is_confirmed", "name", "sub_item", "object_class", "is_key", "violations", "basis",
    "basis_kind", "body_level", "exercised_level", "industries", "forms", "methods", "categories", "at_roadside",
    "frequency", "cap_rule", "draw_ratio", "published_on", "valid_from", "valid_to",
)  # fmt: skip
POWER_FIELDS = tuple(PowerForm.base_fields)[1:]  # without the version


@requires("matter.read")
@require_GET
def matter_list(request: HttpRequest) -> HttpResponse:
    """What may be inspected, and what of it is in force today?"""
    return _list(request, InspectionMatter.objects.order_by("pk"), "检查事项清单", "matter.edit", "matters")


@requires("matter.read")
@require_GET
def matter_page(request: HttpRequest, item_code: str, valid_from: str) -> HttpResponse:
    """One version of a matter with its check points."""
    matter = _matter(item_code, valid_from)
    context = {
        "title": matter.name, "matter": matter, "state": _state(matter, clock.today()),
        "can_edit": may_ever(request.user, "matter.edit"),
        "industries": "、".join(matter.industries), "violations": "、".join(matter.violations),
        "forms": _labels(Form, matter.forms), "methods": _labels(Method, matter.methods),
        "categories": _labels(Category, matter.categories),
    }  # fmt: skip
    return render(request, "inspections/registers/matter.html", context)


@requires("matter.edit")
@require_http_methods(["GET", "POST"])
def new_matter(request: HttpRequest) -> HttpResponse:
    return _matter_act(request, "登记检查事项", {})


@requires("matter.edit")
@require_http_methods(["GET", "POST"])
def edit_matter(request: HttpRequest, item_code: str, valid_from: str) -> HttpResponse:
    """Change a version nobody inspected by yet, or begin the next one with another first day."""
    matter = _matter(item_code, valid_from)
    initial = {name: getattr(matter, name) for name in MATTER_FIELDS} | {
        "points": points_text(matter.check_points), "violations": " ".join(matter.violations),
    }  # fmt: skip
    return _matter_act(request, f"修改检查事项：{matter.name}", initial)


def _matter_act(request: HttpRequest, title: str, initial: dict[str, Any]) -> HttpResponse:
    def run(data: dict[str, Any]) -> InspectionMatter:
        values = {name: data[name] for name in MATTER_FIELDS}
        return save_matter(by=request.user, values=values, points=data["points"])

    act = Act(
        title=title, form_class=MatterForm, run=run, submit="保存事项", initial=initial,
        done_url=lambda matter: reverse("matter", args=[matter.item_code, matter.valid_from.isoformat()]),
        done_message="已保存。", fixes=_fix, back_url=reverse("matter-list"),
    )  # fmt: skip
    return act_page(request, act)


def _matter(item_code: str, valid_from: str) -> InspectionMatter:
    try:
        first = date.fromisoformat(valid_from)
    except ValueError:
        raise NotFound from None
    matter = InspectionMatter.objects.filter(item_code=item_code, valid_from=first).first()
    if matter is None:
        raise NotFound
    return matter


def _labels(choices: Any, codes: list[str]) -> str:
    return "、".join(str(choices(code).label) for code in codes)


def _state(one: InspectionMatter | PowerItem, today: date) -> str:
    if one.published_on is None or one.published_on > today:
        return "没有公布"
    if one.valid_from > today:
        return "还没有生效"
    return "已失效" if one.valid_to and one.valid_to < today else "已公布"


def _list(request: HttpRequest, rows: QuerySet[Any], title: str, edit: str, template: str) -> HttpResponse:
    """One page of a list by key, each row with whether it is in force today."""
    after, today = key_of(request, "after"), clock.today()
    found = list((rows.filter(pk__gt=after) if after else rows)[: PAGE + 1])
    context = {
        "title": title, "rows": [(one, _state(one, today)) for one in found[:PAGE]],
        "next_url": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "can_edit": may_ever(request.user, edit),
    }  # fmt: skip
    return render(request, f"inspections/registers/{template}.html", context)


@requires("power.read")
@require_GET
def power_list(request: HttpRequest) -> HttpResponse:
    """What may the bureau do, and which of it is public today?"""
    return _list(request, PowerItem.objects.order_by("pk"), "权责清单", "power.edit", "powers")


@requires("power.edit")
@require_http_methods(["GET", "POST"])
def new_power(request: HttpRequest) -> HttpResponse:
    return _power_act(request, "登记权责事项", None)


@requires("power.edit")
@require_http_methods(["GET", "POST"])
def edit_power(request: HttpRequest, power_id: int) -> HttpResponse:
    power = PowerItem.objects.filter(pk=power_id).first()
    if power is None:
        raise NotFound
    return _power_act(request, f"修改权责事项：{power.name}", power)


def _power_act(request: HttpRequest, title: str, power: PowerItem | None) -> HttpResponse:
    def run(data: dict[str, Any]) -> PowerItem:
        values = {name: data[name] for name in POWER_FIELDS}
        return save_power(
            by=request.user, values=values, power_id=power.pk if power else None, version=data.get("version")
        )

    initial = {name: getattr(power, name) for name in (*POWER_FIELDS, "version")} if power else {}
    act = Act(
        title=title, form_class=PowerForm, run=run, submit="保存事项", initial=initial, done_url=reverse("power-list"),
        done_message="已保存。公布日期到了以后，公开页面上就能看到。", fixes=_fix, back_url=reverse("power-list"),
    )  # fmt: skip
    return act_page(request, act)


def _fix(refusal: Refusal) -> str:
    return f"#id_{refusal.fix}" if refusal.fix else ""


@public
@require_safe
def public_powers(request: HttpRequest) -> HttpResponse:
    """权责清单 as everybody may read it: what is published and in force today, by kind."""
    rows = PowerItem.objects.published_on_day(clock.today()).order_by("kind", "code", "pk")
    groups = [(kind, list(items)) for kind, items in groupby(rows, lambda one: one.get_kind_display())]
    response = render(request, "inspections/registers/public_powers.html", {"title": "权责清单", "groups": groups})
    response["Cache-Control"] = "public, max-age=60"
    return response


@public
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """The white list as everybody may read it."""
    rows = public_white_list(clock.today(), after=key_of(request, "after"), most=PUBLIC_PAGE + 1)
    next_url = f"?after={rows[PUBLIC_PAGE - 1][1].pk}" if len(rows) > PUBLIC_PAGE else ""
    context = {"title": "无事不扰白名单", "rows": rows[:PUBLIC_PAGE], "next_url": next_url}
    response = render(request, "inspections/registers/public_white_list.html", context)
    response["Cache-Control"] = "public, max-age=60"
    return response
