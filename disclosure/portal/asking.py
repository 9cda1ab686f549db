"""What a reader asked of the list, as a search; the page and the pages of JSON read the same words."""

from __future__ import annotations

from django.http import HttpRequest

from disclosure.content import PENALTY_TYPES
from disclosure.queries.search import LONGEST_QUERY, PublicSearch, parse_cursor


def asked(request: HttpRequest) -> tuple[PublicSearch, str]:
    """What was asked, and why it cannot be answered (empty when it can)."""
    query = request.GET.get("q", "").replace("\x00", "").strip()
    year = request.GET.get("year", "")
    kind = request.GET.get("type", "")
    problem = ""
    if len(query) > LONGEST_QUERY:
        problem = f"查询词最多 {LONGEST_QUERY} 个字，请缩短后再查。"
        query = query[:LONGEST_QUERY]
    if year and not (year.isascii() and year.isdigit() and len(year) == 4 and 1990 <= int(year) <= 2200):
        problem, year = "年份请填四位数字，如 2026。", ""
    try:
        after = parse_cursor(request.GET.get("after", ""))
    except ValueError:
        after, problem = None, "翻页地址不完整，请从第一页重新查看。"
    search = PublicSearch(
        query=query,
        year=int(year) if year else None,
        domain=request.GET.get("domain", "").replace("\x00", "")[:40],
        type=kind if kind in PENALTY_TYPES else "",
        after=after,
    )
    return search, problem
