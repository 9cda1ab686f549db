"""年度检查次数上限: which caps hold, and entering the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inspections.actions.caps import save_cap_rule
from inspections.forms.filing_notes import CapRuleForm
from inspections.models import CapRule, Source
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound, Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.acts import Act, act_page

PAGE = 50
FIELDS = ("industry", "risk_class", "most", "not_counted", "basis", "is_confirmed", "valid_from", "valid_to")


@requires("cap.read")
@require_GET
def cap_list(request: HttpRequest) -> HttpResponse:
    """How often may an object be visited in a year, and by which paper?"""
    today, after = clock.today(), key_of(request, "after")
    rows = CapRule.objects.order_by("-pk")
    found = list((rows.filter(pk__lt=after) if after else rows)[: PAGE + 1])
    context = {
        "title": "年度检查次数上限",
        "rows": [(one, _state(one, today), _left_out(one)) for one in found[:PAGE]],
        "usual": DEFAULT_PARAMETERS.at("inspection.cap_per_year", today),
        "next_url": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "can_edit": may_ever(request.user, "cap.edit"),
    }
    return render(request, "inspections/registers/caps.html", context)


def _state(one: CapRule, today: date) -> str:
    if one.valid_from > today:
        return "还没有执行"
    return "已停止" if one.valid_to and one.valid_to < today else "执行中"


def _left_out(one: CapRule) -> str:
    return "、".join(Source(code).label for code in one.not_counted)


@requires("cap.edit")
def new_cap(request: HttpRequest) -> HttpResponse:
    return _cap_act(request, "登记年度检查次数上限", None)


@requires("cap.edit")
def edit_cap(request: HttpRequest, cap_id: int) -> HttpResponse:
    rule = CapRule.objects.filter(pk=cap_id).first()
    if rule is None:
        raise NotFound
    return _cap_act(request, "修改年度检查次数上限", rule)


def _cap_act(request: HttpRequest, title: str, rule: CapRule | None) -> HttpResponse:
    def run(data: dict[str, Any], form: CapRuleForm) -> CapRule:
        rule_id = rule.pk if rule else None
        return save_cap_rule(by=request.user, values=form.values(), rule_id=rule_id, version=data.get("version"))

    initial = {name: getattr(rule, name) for name in (*FIELDS, "version")} if rule else {}
    act = Act(
        title=title, form_class=CapRuleForm, run=run, run_takes_form=True, submit="保存", initial=initial,
        done_url=reverse("cap-list"), done_message="已保存。以后的报备、审批和抽取都按它计算。",
        fixes=_fix, back_url=reverse("cap-list"),
    )  # fmt: skip
    return act_page(request, act)


def _fix(refusal: Refusal) -> str:
    return f"#id_{refusal.fix}" if refusal.fix else ""
