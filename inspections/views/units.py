"""Who inspects: the register of bodies with their documents, for staff and for everybody (inspection.md §2, row 1; §9)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_safe

from inspections.actions.units import ACTION, save_unit
from inspections.forms.units import FIELDS, UnitForm
from inspections.queries.officers import mandate_of
from inspections.rules import INSPECTING_UNITS
from lishu_law import clock
from lishu_law.access.doors import public, requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound
from lishu_law.registry.models import MANDATED, Unit, UnitKind
from lishu_law.web.acts import Act, act_page

PAGE = 200  # a county has a handful
CACHE = "public, max-age=60, stale-if-error=240"


def _bodies() -> list[Unit]:
    """The authority first, then its squads, then the organisations that act by a document."""
    places = {UnitKind.AUTHORITY: 0, UnitKind.SQUAD: 1, UnitKind.AUTHORISED: 2, UnitKind.ENTRUSTED: 3}
    order = Case(*(When(kind=kind, then=Value(at)) for kind, at in places.items()), output_field=IntegerField())
    rows = Unit.objects.filter(kind__in=(*INSPECTING_UNITS, *MANDATED)).select_related("parent")
    return list(rows.annotate(place=order).order_by("place", "code")[:PAGE])


def _state(unit: Unit) -> str:
    """May it inspect today?"""
    mandate, today = mandate_of(unit), clock.today()
    if mandate is None:
        return "可以实施检查"
    if mandate.holds_on(today):
        return "可以实施检查"
    if unit.mandate_published_on is None:
        return "委托书（授权依据）没有公布，不能实施检查"
    if mandate.last is not None and mandate.last < today:
        return "委托（授权）已经到期，不能实施检查"
    return "还没有生效，不能实施检查"


@requires("unit.read")
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """The bodies that inspect, and whether each may today."""
    context = {
        "title": "检查主体", "rows": [(one, _state(one), one.kind in MANDATED) for one in _bodies()],
        "can_edit": may_ever(request.user, ACTION),
    }  # fmt: skip
    return render(request, "inspections/registers/units.html", context)


@requires(ACTION)
def new_unit(request: HttpRequest) -> HttpResponse:
    return _act(request, "登记受委托、授权的组织", None)


@requires(ACTION)
def edit_unit(request: HttpRequest, code: str) -> HttpResponse:
    unit = Unit.objects.filter(code=code, kind__in=MANDATED).first()
    if unit is None:
        raise NotFound
    return _act(request, f"修改：{unit.name}", unit)


def _act(request: HttpRequest, title: str, unit: Unit | None) -> HttpResponse:
    def run(data: dict[str, Any]) -> Unit:
        values = {name: data[name] for name in FIELDS}
        return save_unit(by=request.user, values=values, code=unit.code if unit else "")

    initial = {name: getattr(unit, name) for name in FIELDS} if unit else {}
    act = Act(
        title=title, form_class=UnitForm, run=run, submit="保存单位", initial=initial, done_url=reverse("unit-list"),
        done_message="已保存。公布日期到了以后，公开页面上就能看到。", back_url=reverse("unit-list"),
        fixes=lambda refusal: f"#id_{refusal.fix}" if refusal.fix else "",
    )  # fmt: skip
    return act_page(request, act)


@public
@require_safe
def public_units(request: HttpRequest) -> HttpResponse:
    """检查主体 as everybody may read it: who may inspect today, an organisation with its document."""
    today = clock.today()
    rows = [one for one in _bodies() if (mandate := mandate_of(one)) is None or mandate.holds_on(today)]
    response = render(request, "portal/inspection_units.html", {"title": "行政检查主体", "rows": rows})
    response["Cache-Control"] = CACHE
    patch_vary_headers(response, ["Cookie"])  # 大字 and 高对比 are cookies that only change the look
    return response
