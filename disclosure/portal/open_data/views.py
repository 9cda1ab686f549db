"""Everything the public may take away: pages of JSON, files, feeds and their descriptions. No sign-in, no cookie."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from disclosure.models import DisclosureRecord
from disclosure.portal.asking import asked, day_of
from disclosure.portal.caching import cached, streamed_file
from disclosure.portal.open_data import described, feeds, files, gone, interface, workbook
from disclosure.portal.open_data.columns import COLUMNS, as_data
from disclosure.portal.pages import organ_name
from disclosure.queries.search import JSON_PAGE, find, on_show, parse_cursor
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.addresses import public_address
from lishu_law.web.rate_limits import JSON, paced

NOINDEX = "noindex, noarchive"
CSV_TYPE, LINES_TYPE, JSON_TYPE = "text/csv; charset=utf-8", "application/x-ndjson; charset=utf-8", "application/json"
WRITERS = {
    "csv": (files.as_csv, CSV_TYPE),
    "jsonl": (files.as_jsonl, LINES_TYPE),
    "xlsx": (files.as_workbook, workbook.TYPE),
}


@public
@require_safe
@paced(JSON)
def penalties_json(request: HttpRequest) -> HttpResponseBase:
    """The list for programs, 100 at a time by key; with ``on`` what was public on a day."""
    search, problem = asked(request, strict=True)
    if problem:
        return _json(request, {"error": problem}, status=400)
    if "on" in request.GET:
        return _on_a_day(request)
    today = clock.today()
    page = find(search, today, size=JSON_PAGE, counted=False)
    items = [as_data(record) for record in files.of_page(today, page.rows)]
    return _json(request, {"items": items, "next": _next(request, page.next_cursor)})


def _on_a_day(request: HttpRequest) -> HttpResponseBase:
    try:
        day = day_of(request.GET["on"])
        after = parse_cursor(request.GET.get("after", ""))
    except ValueError:
        return _json(request, {"error": "日期请写成 2026-05-01 的样子；翻页请用上一页给的网址。"}, status=400)
    if day > clock.today():
        return _json(request, {"error": "这一天还没有到。"}, status=400)
    rows, cursor = gone.day_page(day, after, JSON_PAGE, clock.now())
    items = [row.as_data() for row in rows]
    return _json(request, {"on": day.isoformat(), "items": items, "next": _next(request, cursor)})


@public
@require_safe
def penalties_csv(request: HttpRequest) -> HttpResponseBase:
    """Everything on show, for a spreadsheet."""
    rows = files.in_year(clock.today())
    return _file(request, rows, files.as_csv, CSV_TYPE, "penalties.csv")


@public
@require_safe
def year_file(request: HttpRequest, year: str, kind: str) -> HttpResponseBase:
    """The decisions of one year on show; 404 for a year that never had any."""
    if not DisclosureRecord.objects.filter(year=int(year), published_at__isnull=False).exists():
        raise Http404
    writer, media = WRITERS[kind]
    return _file(request, files.in_year(clock.today(), int(year)), writer, media, f"penalties-{year}.{kind}")


@public
@require_safe
def machine_header(request: HttpRequest) -> HttpResponseBase:
    """The machine names of the CSV's columns, in its order."""
    return cached(request, HttpResponse(files.machine_header(), content_type=CSV_TYPE))


@public
@require_safe
def csv_metadata(request: HttpRequest) -> HttpResponseBase:
    """The same for programs that know the W3C's vocabulary, at the address they look for."""
    return _json(request, described.csvw(public_address("open-csv")), media="application/csvm+json")


@public
@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """The newest, and notices of what went."""
    return _feed(request, feeds.atom, "application/atom+xml; charset=utf-8")


@public
@require_safe
def rss(request: HttpRequest) -> HttpResponseBase:
    """The same for older readers."""
    return _feed(request, feeds.rss, "application/rss+xml; charset=utf-8")


def _feed(request: HttpRequest, write: Any, media: str) -> HttpResponseBase:
    today = clock.today()
    body = write(feeds.newest(today), gone.newest(today, feeds.NEWEST), organ_name(today))
    response = HttpResponse(body, content_type=media)
    response["X-Robots-Tag"] = NOINDEX
    return cached(request, response)


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """What search engines may keep: live records of organisations."""
    return cached(request, HttpResponse(feeds.sitemap(clock.today()), content_type="application/xml; charset=utf-8"))


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Where the sitemap is. What may not be indexed says so itself."""
    hidden = reverse("open-json")
    text = f"User-agent: *\nDisallow: {hidden}\nSitemap: {public_address('open-sitemap')}\n"
    return cached(request, HttpResponse(text, content_type="text/plain; charset=utf-8"))


@public
@require_safe
@paced(JSON)
def linked(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """JSON-LD of one record, linked from its page (no page of ours holds a script)."""
    record = on_show(clock.today()).filter(public_id=public_id).first()
    if record is None:
        raise Http404
    response = HttpResponse(described.linked(record), content_type="application/ld+json")
    if record.is_person:
        response["X-Robots-Tag"] = NOINDEX
    return cached(request, response, record.updated_at)


@public
@require_safe
def fields(request: HttpRequest) -> HttpResponseBase:
    """What every column means."""
    return _json(request, described.fields())


@public
@require_safe
def catalog(request: HttpRequest) -> HttpResponseBase:
    """The catalogue of the data (DCAT)."""
    today = clock.today()
    return _json(request, described.catalog(today, organ_name(today)), media="application/ld+json")


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The interface, described."""
    return _json(request, interface.openapi(organ_name(clock.today())))


@public
@require_safe
def tombstones(request: HttpRequest) -> HttpResponseBase:
    """Everything that was public once and is no more."""
    first = None
    if "since" in request.GET:
        try:
            first = day_of(request.GET["since"])
        except ValueError:
            return _json(request, {"error": "日期请写成 2026-05-01 的样子。"}, status=400)
    today = clock.today()
    rows = files.streamed(gone.since(today, first))
    items = (gone.tombstone(record).as_data() for record in rows)
    return streamed_file(request, _listed({"date": today.isoformat()}, items), JSON_TYPE)


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponseBase:
    """The digest of everything on show today, to compare with what was taken before."""
    today = clock.today()
    rows = on_show(today).only("public_id", "content_digest").order_by("public_id")
    items = ({"public_id": one.public_id, "content_digest": one.content_digest} for one in files.streamed(rows))
    return streamed_file(request, _listed({"date": today.isoformat()}, items), JSON_TYPE)


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponseBase:
    """What there is to take away, for people."""
    today = clock.today()
    context = {
        "title": "数据下载", "years": described.years(today), "columns": COLUMNS, "organ": organ_name(today),
        "licence": described.licence(today), "formats": described.FORMATS,
        "today": today.isoformat(),
    }  # fmt: skip
    return cached(request, render(request, "portal/open_data.html", context))


def _file(request: HttpRequest, rows: Any, writer: Any, media: str, name: str) -> HttpResponseBase:
    response = streamed_file(request, writer(files.streamed(rows)), media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = NOINDEX
    return response


def _listed(head: dict[str, str], items: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """A JSON object with the items in it, written one by one."""
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    yield f'{opening}, "items": ['.encode()
    for place, item in enumerate(items):
        yield ((",\n" if place else "\n") + json.dumps(item, ensure_ascii=False)).encode()
    yield b"\n]}\n"


def _json(request: HttpRequest, data: Any, *, status: int = 200, media: str = JSON_TYPE) -> HttpResponseBase:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False}, content_type=media)
    response["X-Robots-Tag"] = NOINDEX
    return cached(request, response)


def _next(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    kept = [(name, request.GET[name]) for name in ("on", "q", "year", "domain", "type") if request.GET.get(name)]
    return f"{public_address('open-json')}?{urlencode([*kept, ('after', cursor)])}"
