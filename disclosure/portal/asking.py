"""What a reader asked of the list, as a search; the page and the pages of JSON read the same words."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest

from disclosure.content import PENALTY_TYPES
from disclosure.queries.search import LONGEST_QUERY, PublicSearch, parse_cursor

LONGEST_DOMAIN = 40
EARLIEST, LATEST = 1990, 2200
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
ASKING = ("q", "year", "domain", "type", "on")


def is_search(request: HttpRequest) -> bool:
    """Does the reader look for something? Reading the plain list on, page after page, is as cheap as its first page."""
    return any(request.GET.get(name) for name in ASKING)


def day_of(text: str) -> date:
    """A day as 2026-05-01. Raises ``ValueError`` for anything else, and for a year nobody can mean."""
    if not re.fullmatch(DAY, text, re.ASCII) or not EARLIEST <= int(text[:4]) <= LATEST:
        raise ValueError(text)
    return date.fromisoformat(text)


def asked(request: HttpRequest, *, strict: bool = False) -> tuple[PublicSearch, str]:
    """What was asked, and why it cannot be answered (empty when it can).

    ``strict``: a program is told of a type or field nobody knows; a reader's page passes it over.
    """
    query = request.GET.get("q", "").replace("\x00", "").strip()
    year = request.GET.get("year", "")
    kind = request.GET.get("type", "")
    problem = ""
    if len(query) > LONGEST_QUERY:
        problem = f"查询词最多 {LONGEST_QUERY} 个字，请缩短后再查。"
        query = query[:LONGEST_QUERY]
    if year and not (year.isascii() and year.isdigit() and len(year) == 4 and EARLIEST <= int(year) <= LATEST):
        problem, year = "年份请填四位数字，如 2026。", ""
    domain = request.GET.get("domain", "").replace("\x00", "")
    if strict and kind and kind not in PENALTY_TYPES:
        problem = "没有这个处罚种类代码。"
    if strict and len(domain) > LONGEST_DOMAIN:
        problem = "没有这个领域。"
    try:
        after = parse_cursor(request.GET.get("after", ""))
    except ValueError:
        after, problem = None, "翻页地址不完整，请从第一页重新查看。"
    search = PublicSearch(
        query=query,
        year=int(year) if year else None,
        domain=domain[:LONGEST_DOMAIN],
        type=kind if kind in PENALTY_TYPES else "",
        after=after,
    )
    return search, problem
