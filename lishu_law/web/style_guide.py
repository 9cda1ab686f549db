"""``/_components/``: every component with all its states, for whoever builds a page (demo and debug only)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lishu_law import clock
from lishu_law.access.doors import signed_in
from lishu_law.errors import NotFound, Refusal
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import AmountField
from lishu_law.web.fields.blocks import Block, attach
from lishu_law.web.templatetags.components import LIGHTS, STATUSES
from lishu_law.web.view_models import Link, SummaryRow, TaskRow, TimelineEntry

_LIGHT_TEXTS = {
    "normal": "还剩 12 个工作日（03-20 周五止）",
    "notice": "还剩 2 个工作日",
    "urgent": "今天 24:00 到期",
    "overdue": "已超期 3 天，需说明原因",
    "paused": "已停止计时（鉴定中），已用 8 天",
    "done": "03-18 完成（提前 2 天）",
    "done_late": "03-18 完成（迟 1 天）",
}

_BLOCK = Block(
    "S-001.1", "没有苫盖", "S-001 第 1 版，2026-03-02 审核通过",
    (("经查，当事人运输", False), ("【待填：货物名称】", True), ("，没有采取防护措施。", False)),
)  # fmt: skip


class SampleForm(ActForm):
    fieldsets = (("当事人", ("plate", "kind")), ("经过", ("seen_on", "facts", "fine", "photo", "told")))
    plate = forms.CharField(label="车牌号", max_length=10, help_text="例如：吉C12345。没有号牌请选“无牌”。")
    kind = forms.ChoiceField(
        label="当事人类型", choices=[("citizen", "个人"), ("organisation", "单位")], widget=forms.RadioSelect
    )
    seen_on = forms.DateField(label="发现日期", widget=forms.DateInput(attrs={"type": "date"}))
    facts = forms.CharField(
        label="违法事实",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-counter": "2000"}),
    )
    fine = AmountField(label="罚款（元）")
    photo = forms.FileField(
        label="现场照片", required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
    )
    told = forms.BooleanField(label="已告知当事人权利")


@signed_in
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Which parts are there, and how do they look?"""
    if not (settings.DEBUG or settings.DEMO):
        raise NotFound
    context = {"title": "界面部件", **_forms(), **_lists()}
    return render(request, "web/components.html", context)


def _forms() -> dict[str, Any]:
    refusals = [
        (Refusal("officer2", "至少要有 2 名执法人员，现在只有 1 名。", "行政处罚法第四十二条"), "#id_good-plate"),
        (Refusal("step", "还不能提交：询问笔录没有完成。请先做笔录。"), ""),
    ]
    wrong = SampleForm(data={"bad-plate": "吉C12345678901", "bad-fine": "一千"}, prefix="bad")
    good = SampleForm(prefix="good")
    attach(good, lambda field: (_BLOCK,) if field == "facts" else ())
    return {"good": good, "wrong": wrong, "refusals": refusals}


def _lists() -> dict[str, Any]:
    now = clock.now()
    lights = [{"kind": kind, "text": _LIGHT_TEXTS[kind]} for kind in LIGHTS]
    return {
        "lights": lights,
        "statuses": [(kind, word or "普通") for kind, (_icon, word) in STATUSES.items()],
        "tasks": _tasks(lights[1]),
        "rows": [
            SummaryRow("当事人", "四平市演示运输有限公司", "检查记录 03-02 14:20", "#summary-list"),
            SummaryRow("车牌号", "吉C12345", change_url="#summary-list"),
            SummaryRow("联系电话", ""),
        ],
        "entries": [
            TimelineEntry(now, "提交法制审核", "演示员甲", url="#timeline"),
            TimelineEntry(now - timedelta(days=2), "制作询问笔录", "演示员乙", "共 3 页，已签字"),
        ],
        "sum": Decimal("1680.32"),
        "now": now,
    }


def _tasks(light: dict[str, str]) -> list[TaskRow]:
    """One row in every status a task may have."""
    words = {"waiting": "等待法制审核员", "done": "已完成 03-18"}
    whys = {
        "locked": "要先完成询问笔录。",
        "returned": "退回理由：证据 3 没有写证明目的。",
        "not_needed": "未达到听证标准。",
    }
    return [
        TaskRow(
            code=f"sample-{status}",
            title="制作违法行为通知书",
            status=status,
            word=words.get(status, ""),
            url="" if status in {"locked", "not_needed"} else "#task-list",
            who="主办：演示员甲",
            light=light if status == "ready" else None,
            until="" if status == "ready" else "2026-03-20 周五",
            citation="行政处罚法第四十四条",
            why=whys.get(status, ""),
            documents=(Link("违法行为通知书（PDF）", "#task-list"),) if status == "done" else (),
            is_next=status == "ready",
        )
        for status in STATUSES
        if status not in {"neutral", "warning", "danger"}
    ]
