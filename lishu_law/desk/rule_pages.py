"""The account of the 262 rules for administrators and the legal section: what each does here and how sure its article is.

A rule whose text nobody has read throughout (``[memory]`` in the source) shows 待核对 with its source; nobody else is
shown the doubt as if it were the law's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from inspections.api import registers_for
from lishu_law.access.doors import requires
from lishu_law.law.citations import parse_basis
from lishu_law.law.citations import render as cited
from lishu_law.law.rule_homes import HomeStatus, RuleHome, load_homes

EFFECTS = {
    "block": "不符合就不能办", "timer": "计时", "auto": "自动计算", "warn": "必须回答并写理由", "info": "提示",
}  # fmt: skip
STATUS_WORDS = {
    HomeStatus.IMPLEMENTED: "已落实",
    HomeStatus.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True)
class RuleLine:
    """One rule as the page shows it."""

    rule_id: str
    term: str
    procedure: str
    effect: str
    citation: str
    status: str
    note: str
    source: str
    is_read: bool


@requires("rule.read")
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Which rules does the system hold us to, and which articles still have to be checked?"""
    wanted = request.GET.get("only", "")
    lines = [line_of(home) for home in load_homes().values()]
    shown = [line for line in lines if wanted != "unread" or not line.is_read]
    unread = sum(not line.is_read for line in lines)
    context: dict[str, Any] = {"lines": shown, "all": len(lines), "unread": unread, "only_unread": wanted == "unread"}
    context["registers"] = registers_for(request.user)
    return render(request, "desk/rules.html", context)


def line_of(home: RuleHome) -> RuleLine:
    """The words of one row; an article number that was never checked is not printed."""
    rule = home.rule
    return RuleLine(
        rule.rule_id,
        rule.term_zh,
        rule.procedure.replace("both", "简易、普通"),
        EFFECTS[rule.system_effect],
        cited(parse_basis(rule.legal_basis)),
        STATUS_WORDS[home.status],
        home.note,
        rule.source,
        rule.is_seen,
    )
