"""Desk pages of draws: prepare, freeze, draw before a witness, redraw, publish, give up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections.actions import draw_results, draws, redraws
from inspections.draw.checks import counts, frozen_refusals, pool_refusals
from inspections.draw.pools import EXCLUSIONS, excluded
from inspections.forms.draws import DrawForm, FreezeForm, PublishDrawForm, RedrawForm, VoidForm, WitnessForm
from inspections.models import Draw, DrawState
from inspections.queries.draw_loads import frozen_beside, officer_loads
from inspections.queries.draw_pool import offers
from inspections.queries.draw_results import drawn_page
from inspections.queries.draws import find_draw, find_drawn, gather, list_draws, redraws_of
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.addresses import public_address
from lishu_law.errors import Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.acts import Act, ActForm, act_page

OPEN = (DrawState.DRAWN, DrawState.PUBLISHED)


def draw_url(draw: Draw) -> str:
    return reverse("draw", args=[draw.draw_no])


def fixes(refusal: Refusal) -> str:
    return reverse("inspection-plans") if refusal.fix == "plan" else ""


@requires("draw.read")
@require_GET
def draw_list(request: HttpRequest) -> HttpResponse:
    """Which draws were made, and how far are they?"""
    page = list_draws(after=key_of(request, "after"))
    context = {"page": page, "can_prepare": may_ever(request.user, "draw.prepare"), "title": "双随机抽取"}
    return render(request, "inspections/draws.html", context)


@requires("draw.read")
@require_GET
def draw_page(request: HttpRequest, draw_no: str) -> HttpResponse:
    """One draw with everything the staff may know of it, and what is next."""
    draw = find_draw(draw_no)
    context: dict[str, Any] = {"draw": draw, "title": draw.title, **buttons(request.user, draw)}
    if draw.state == DrawState.PREPARED:
        context |= preview(draw)
    else:
        context["strata"] = [(one, one.size, one.excluded, one.quota) for one in draw.strata.all()]
        context["exclusions"] = [(EXCLUSIONS[reason], count) for reason, count in draw.excluded.items()]
        context["public_url"] = public_address("public-draw", draw_no)
    if draw.state in OPEN:
        context["page"] = drawn_page(draw, clock.now(), request.GET.get("after", ""))
        context["redraws"] = redraws_of(draw)
        context["loads"] = officer_loads(draw)
    return render(request, "inspections/draw.html", context)


def preview(draw: Draw) -> dict[str, Any]:
    """What would be frozen now, and what still stands against it."""
    gathered = gather(draw, draw.strata.all(), clock.now())
    recused = [code for codes in gathered.pool.recusals.values() for code in codes]
    before = {one.code: one.before for one in gathered.pool.officers}
    rows = zip(draw.strata.all(), counts(gathered.pool), strict=True)
    return {
        "strata": [(one, size, out, quota) for one, (_stratum, size, out, quota) in rows],
        "exclusions": [(EXCLUSIONS[reason], count) for reason, count in excluded(gathered.pool.rows).items()],
        "officers": sorted(
            ((one, before[code], recused.count(code)) for code, one in gathered.officers.items()),
            key=lambda row: row[0].name,
        ),
        "obstacles": frozen_refusals(frozen_beside(draw)) + pool_refusals(gathered.pool),
    }


def buttons(user: Any, draw: Draw) -> dict[str, bool]:
    """Which acts the page offers."""
    state = draw.state
    return {
        "can_edit": state == DrawState.PREPARED and may_ever(user, "draw.prepare"),
        "can_freeze": state == DrawState.PREPARED and may_ever(user, "draw.freeze"),
        "can_run": state == DrawState.FROZEN and may_ever(user, "draw.run"),
        "can_publish": state == DrawState.DRAWN and may_ever(user, "draw.publish"),
        "can_publish_results": state == DrawState.PUBLISHED and may_ever(user, "draw.publish"),
        "can_redraw": state in OPEN and may_ever(user, "draw.redraw"),
        "can_void": state in (DrawState.PREPARED, DrawState.FROZEN) and may_ever(user, "draw.void"),
    }


@requires("draw.prepare")
def new_draw(request: HttpRequest) -> HttpResponse:
    """准备一次抽取."""
    months = int(DEFAULT_PARAMETERS.number("inspection.draw_recent_months", clock.today()))
    return act_page(request, _preparation(request, None, {"recent_months": months}))


@requires("draw.prepare")
def edit_draw(request: HttpRequest, draw_no: str) -> HttpResponse:
    """名单冻结以前修改."""
    draw = find_draw(draw_no)
    initial = {
        name: getattr(draw, name) for name in ("title", "plan_line", "recent_months", "team_size", "version")
    } | {"matters": list(draw.matters.all())}
    chosen = {one.key: one for one in draw.strata.all()}
    for number, offer in enumerate(offers(clock.today())):
        if offer.key in chosen:
            initial[f"ratio_{number}"] = chosen[offer.key].ratio
            initial[f"speciality_{number}"] = chosen[offer.key].speciality
    return act_page(request, _preparation(request, draw, initial))


def _preparation(request: HttpRequest, draw: Draw | None, initial: dict[str, Any]) -> Act:
    def run(data: dict[str, Any], form: DrawForm) -> Any:
        again: dict[str, Any] = {"draw_id": draw.pk, "version": data.get("version")} if draw else {}
        return draws.prepare_draw(by=request.user, draw=form.draw(), **again)

    today = clock.today()
    return Act(
        title="修改抽取" if draw else "准备一次双随机抽取", form_class=DrawForm, run=run, run_takes_form=True,
        done_url=draw_url, done_message=lambda row: f"抽取 {row.draw_no} 已准备。核对名单以后冻结。", submit="保存",
        template="inspections/prepare_draw.html", initial=initial, fixes=fixes,
        form_arguments={"day": today, "offers": offers(today)},
        back_url=draw_url(draw) if draw else reverse("draw-list"),
    )  # fmt: skip


def _act(request: HttpRequest, draw: Draw, form: type[ActForm], run: Any, **words: Any) -> HttpResponse:
    """A page for one act on a draw."""
    act = Act(
        form_class=form, run=run, run_takes_form=True, done_url=draw_url(draw), back_url=draw_url(draw), fixes=fixes,
        context={"draw": draw, "lead": words.pop("lead", "")}, initial={"version": draw.version},
        template="inspections/act_on_draw.html", **words,
    )  # fmt: skip
    return act_page(request, act)


@requires("draw.freeze")
def freeze_draw(request: HttpRequest, draw_no: str) -> HttpResponse:
    """冻结名单."""
    draw = find_draw(draw_no)

    def run(data: dict[str, Any], _form: ActForm) -> Any:
        return draws.freeze_draw(draw_id=draw.pk, version=data.get("version"), by=request.user)

    lead = "冻结以后，名单、比例、人员（包括本年此前任务数）和回避都不能再改，并立即对外公布。随机数已经确定，只公布它的摘要，抽取以后公布原文。"
    return _act(
        request, draw, FreezeForm, run, title="冻结抽取名单", submit="冻结并公布名单",
        done_message="名单已冻结并公布。请见证人到场后抽取。", lead=lead,
    )  # fmt: skip


@requires("draw.run")
def run_draw(request: HttpRequest, draw_no: str) -> HttpResponse:
    """抽取."""
    draw = find_draw(draw_no)

    def run(data: dict[str, Any], form: WitnessForm) -> Any:
        return draws.run_draw(
            draw_id=draw.pk, version=data.get("version"), by=request.user, witness=form.seen_by(),
            recording_no=data["recording_no"],
        )  # fmt: skip

    return _act(
        request, draw, WitnessForm, run, title="抽取", submit="现在抽取", form_arguments={"operator": request.user},
        done_message="已经抽取。请核对结果并交公示审核员公布。",
    )  # fmt: skip


@requires("draw.redraw")
def redraw(request: HttpRequest, draw_no: str, object_no: str) -> HttpResponse:
    """递补一个对象或者一名执法人员."""
    draw = find_draw(draw_no)
    drawn = find_drawn(draw, object_no)
    team = [(one.officer.code, one.officer.user.full_name) for one in drawn.team.all()]

    def run(data: dict[str, Any], form: RedrawForm) -> Any:
        return redraws.redraw(draw_id=draw.pk, version=data.get("version"), by=request.user, wish=form.wish())

    return _act(
        request, draw, RedrawForm, run, title=f"递补：{drawn.subject}", submit="按顺序递补",
        form_arguments={"object_no": object_no, "team": team}, done_message="已按原来的顺序递补，并记入抽取记录。",
    )  # fmt: skip


@requires("draw.publish")
def publish_draw(request: HttpRequest, draw_no: str) -> HttpResponse:
    """公布抽取结果."""
    draw = find_draw(draw_no)

    def run(data: dict[str, Any], _form: ActForm) -> Any:
        return draws.publish_draw(draw_id=draw.pk, version=data.get("version"), by=request.user)

    lead = "公布以后，任何人都可以看到抽中的单位（个人只有编号）、随机数和全部文件，并能自己重算一遍。"
    return _act(
        request, draw, PublishDrawForm, run, title="公布抽取结果", submit="公布", done_message="抽取结果已公布。",
        lead=lead,
    )  # fmt: skip


@requires("draw.publish")
def publish_results(request: HttpRequest, draw_no: str) -> HttpResponse:
    """公示检查结果."""
    draw = find_draw(draw_no)

    def run(data: dict[str, Any], _form: ActForm) -> Any:
        return draw_results.publish_results(draw_id=draw.pk, version=data.get("version"), by=request.user)

    lead = "公示所有已经完成、还没有公示的检查结果：对象、事项、日期、结果和是否责令改正。"
    return _act(
        request, draw, PublishDrawForm, run, title="公示检查结果", submit="公示", done_message="检查结果已公示。",
        lead=lead,
    )  # fmt: skip


@requires("draw.void")
def void_draw(request: HttpRequest, draw_no: str) -> HttpResponse:
    """作废."""
    draw = find_draw(draw_no)

    def run(data: dict[str, Any], _form: ActForm) -> Any:
        return draws.void_draw(
            draw_id=draw.pk, version=data.get("version"), by=request.user, reason=data["reason"], note=data["note"]
        )

    return _act(request, draw, VoidForm, run, title="作废这次抽取", submit="作废", done_message="这次抽取已作废。")
