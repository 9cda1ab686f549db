"""Components: inclusion tags with named arguments and a template in templates/components/; small marks without one.

A builtin of every template. All of them stand with all their states on ``/_components/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lishu_law import clock
from lishu_law.errors import Refusal
from lishu_law.law.amounts import chinese_upper, format_yuan
from lishu_law.law.calendar import weekday_name
from lishu_law.web.anchors import faults_of, field_that_cures, is_choice_group
from lishu_law.web.charts import ColumnChart, draw
from lishu_law.web.fields.blocks import blocks_of

register = template.Library()

# kind → (icon, usual word)
STATUSES = {
    "locked": ("lock", "还不能办"),
    "ready": ("circle", "待办"),
    "started": ("half", "办理中"),
    "waiting": ("clock", "等待他人"),
    "done": ("check", "已完成"),
    "returned": ("return", "被退回"),
    "not_needed": ("dash", "无需办理"),
    "neutral": ("circle", ""),
    "warning": ("alert", "请注意"),
    "danger": ("stop", "有问题"),
}
# kind → (sign, what it means to a screen reader)
LIGHTS = {
    "normal": ("●", "正常"),
    "notice": ("▲", "注意"),
    "urgent": ("◆", "紧急"),
    "overdue": ("■", "超期"),
    "paused": ("‖", "暂停"),
    "done": ("✓", "完成"),
    "done_late": ("✓迟", "迟完成"),
}
NOTICE_ICONS = {"info": "info", "success": "check-circle", "warning": "alert", "danger": "stop", "error": "stop"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite; decorative unless it has a label."""
    return _drawing(name, label)


@lru_cache(maxsize=256, typed=True)  # text marked as safe is never taken for plain text of the same letters
def _drawing(name: str, label: str) -> SafeString:
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm | None = None, refusals: Iterable[Any] = ()) -> dict[str, Any]:
    """All faults of the form and all refusals of the law, once, at the top; takes the focus.

    ``refusals``: refusals, or pairs (refusal, address that cures it). One cured by a field of the form leads to it.
    """
    given = [(item, "") if isinstance(item, Refusal) else tuple(item) for item in refusals]
    pairs = [(refusal, url or field_that_cures(form, refusal)) for refusal, url in given]
    faults = [] if form is None or not form.is_bound else faults_of(form)
    return {"faults": faults, "refusals": pairs, "count": len(faults) + len(pairs)}


def _is_optional(form_field: Any) -> bool:
    """May it stay empty? ``asked_by_law``: the form lets it, but the act is refused with its article."""
    if form_field.required or getattr(form_field, "asked_by_law", False) or getattr(form_field, "is_aid", False):
        return False
    return not isinstance(form_field.widget, forms.CheckboxInput)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """One form field with label, 选填 mark, hint, error and control, tied together for screen readers."""
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}_hint"] if hint else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {}
    is_group = is_choice_group(bound)
    if described and not is_group:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors and not is_group:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "label": label or bound.label,
        "hint": hint,
        "described": " ".join(described),
        "control": bound.as_widget(attrs=attributes),
        "is_group": is_group,
        "is_tick": isinstance(bound.field.widget, forms.CheckboxInput),
        "is_optional": _is_optional(bound.field),
        "blocks": blocks_of(bound.field),
    }


@register.inclusion_tag("components/act_hidden.html", takes_context=True)
def act_hidden(context: template.Context) -> dict[str, Any]:
    """What every act's form carries unseen: CSRF token, op_id, version and other hidden fields."""
    return {key: context.get(key) for key in ("csrf_token", "op_id", "form", "inserted")}


@register.inclusion_tag("components/act_fields.html")
def act_fields(form: Any) -> dict[str, Any]:
    """All visible fields of an ``ActForm``, grouped by its fieldsets; rare ones folded until something stands in them."""
    return {"groups": [(title, fields, _fold(form, title, fields)) for title, fields in form.groups()]}


def _fold(form: Any, title: str, fields: Iterable[BoundField]) -> str:
    if title not in getattr(form, "folded", ()):
        return ""
    return "open" if any(bound.errors or bound.value() for bound in fields) else "closed"


@register.inclusion_tag("components/act_bar.html", takes_context=True)
def act_bar(context: template.Context, submit: str = "", danger: bool = False, draft: bool = True) -> dict[str, Any]:
    """The bar that stays at the bottom: one main button, 保存草稿, the way back, the draft's state."""
    keys = ("back_url", "draft_saved_at", "has_errors", "extra_button", "is_live", "live_line", "previews")
    return {
        **{key: context.get(key) for key in keys},
        "submit": submit or context.get("submit"),
        "danger": danger,
        "draft": draft,
    }


@register.inclusion_tag("components/act_form.html", takes_context=True)
def act_form(context: template.Context, submit: str = "", danger: bool = False, draft: bool = True) -> dict[str, Any]:
    """The whole form of an act: hidden parts, fields and bar (what ``web/act.html`` shows)."""
    page: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    return {**page, "submit": submit or context.get("submit"), "danger": danger, "draft": draft}


@register.inclusion_tag("components/preview.html", takes_context=True)
def paper_preview(context: template.Context) -> dict[str, Any]:
    """The pages an act would print, beside or below its form; before the button was pressed what they will be."""
    return {key: context.get(key) for key in ("previews", "preview", "preview_refusals", "preview_faults", "form")}


# The two marks that stand in every row of a list are formatted here: a template of their own costs ten times as much.
@register.simple_tag
def status_tag(word: str = "", kind: str = "neutral") -> SafeString:
    """Word, icon and colour of a status; an unknown kind is a fault of the caller."""
    icon_name, usual = STATUSES[kind]
    return format_html('<span class="tag {}">{}{}</span>', kind, icon(icon_name), word or usual)


@register.simple_tag
def deadline_badge(light: Any) -> SafeString:
    """The traffic light of a limit. ``light`` has ``kind`` (or ``state``), ``text`` and maybe ``due_text``."""
    raw = _of(light, "kind") or _of(light, "state")
    kind = str(raw).replace("-", "_")
    sign, meaning = LIGHTS[kind]
    css = "notice-light" if kind == "notice" else kind
    text, due_text = _of(light, "text"), _of(light, "due_text")
    shown = f"{text} {due_text}" if due_text else text
    return format_html(
        '<span class="light {}"><span aria-hidden="true">{}</span><span class="vh">{}：</span>{}</span>',
        css, sign, meaning, shown,
    )  # fmt: skip


def _of(thing: Any, name: str) -> Any:
    return thing.get(name, "") if isinstance(thing, Mapping) else getattr(thing, name, "")


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> dict[str, Any]:
    """Label, value, source chip, change link. ``rows``: SummaryRow, or plain pairs (label, value)."""
    names = ("label", "value", "source", "change_url", "change_word")
    return {"rows": [dict(zip(names, row, strict=False)) if isinstance(row, tuple) else row for row in rows]}


@register.inclusion_tag("components/task_row.html")
def task_row(task: Any) -> dict[str, Any]:
    """One ``<li>`` of the task list; put it into ``<ol class="tasks">``."""
    status = _of(task, "status")
    return {"task": task, "status": status, "word": _of(task, "word") or STATUSES[status][1]}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Who did what, when: TimelineEntry objects, newest first."""
    return {"entries": entries}


@register.inclusion_tag("components/notice.html")
def notice(kind: str, text: str, title: str = "") -> dict[str, Any]:
    """A framed remark: info, success, warning or danger."""
    return {"kind": "danger" if kind == "error" else kind, "text": text, "title": title, "icon": NOTICE_ICONS[kind]}


@register.inclusion_tag("components/column_chart.html")
def column_chart(chart: ColumnChart, name: str = "chart") -> dict[str, Any]:
    """A chart of columns; ``name`` differs between the charts of one page. Its table stands beside it."""
    return {"chart": chart, "drawing": draw(chart), "name": name}


@register.inclusion_tag("components/pager.html")
def pager(next_url: str = "", prev_url: str = "", shown: str = "") -> dict[str, Any]:
    """Key-set paging: 上一页, 下一页, never page numbers."""
    return {"next_url": next_url, "prev_url": prev_url, "shown": shown}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """Where one is: title, address, title, address …, title of this page."""
    places = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return {"places": places}


@register.inclusion_tag("components/htmx.html")
def htmx_setup() -> dict[str, Any]:
    """htmx 2 with its safe configuration; only for pages that poll. Goes into the ``head`` block."""
    return {}


@register.simple_tag
def amount(value: Decimal | None, upper: bool = False) -> SafeString:
    """1,000.00 元, with 大写 behind it when asked."""
    if value is None:
        return dash(None)
    words = format_html(" <span class='muted'>（{}）</span>", chinese_upper(value)) if upper else ""
    return format_html('<span class="amount">{} 元</span>{}', format_yuan(value), words)


@register.filter
def dash(value: Any) -> SafeString:
    """The value, or a dash that a screen reader reads as 无."""
    if value is None or value == "":
        return format_html('<span aria-hidden="true">{}</span><span class="vh">无</span>', "—")
    return format_html("{}", value)


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-03-05 周四, in Shanghai."""
    if value is None or value == "":
        return ""
    shown = clock.local(value).date() if isinstance(value, datetime) else value
    return f"{shown:%Y-%m-%d} {weekday_name(shown)}"


@register.filter
def moment(value: datetime | None) -> str:
    """2026-03-05 周四 14:03, in Shanghai."""
    return f"{day(value)} {clock.local(value):%H:%M}" if value else ""
