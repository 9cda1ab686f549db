"""Draws for everybody: what was promised, what came of it, every file, and the program that does it again.

No sign-in, no cookie. What is not public yet looks like what does not exist.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from inspections.draw import files, recompute
from inspections.draw.pools import EXCLUSIONS
from inspections.models import Draw, DrawFile, DrawState
from inspections.queries.draw_results import LIMIT, drawn_page, is_shown
from inspections.queries.draws import find_draw, list_draws, redraws_of
from inspections.views.frame import key_of
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.errors import NotFound
from lishu_law.law.limits import LIMITS

CACHE = "public, max-age=60, stale-if-error=240"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
WORDS = {
    files.COMMITMENT: "冻结时的承诺：比例、摘要",
    files.POOL: "对象名单（编号、类别、是否排除）",
    files.OFFICERS: "执法人员（代号、专业、能否派出、本年此前任务数）",
    files.RECUSALS: "回避（对象编号、人员代号）",
    files.REVEAL: "随机数原文和种子",
    files.RESULT: "抽取结果",
    files.REDRAWS: "递补记录",
}


@public
@require_safe
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every draw whose pool is frozen, newest first; given up ones too, so that no number is missing."""
    page = list_draws(after=key_of(request, "after"), public=True)
    return _cached(render(request, "portal/draws.html", {"page": page, "title": "双随机抽查公示"}))


@public
@require_safe
def draw_record(request: HttpRequest, draw_no: str) -> HttpResponse:
    """The public record of one draw."""
    draw = _public(draw_no)
    context: dict[str, Any] = {
        "draw": draw,
        "title": draw.title,
        "exclusions": [(EXCLUSIONS[reason], count) for reason, count in draw.excluded.items()],
        "files": [(one.name, WORDS[one.name], one.sha256) for one in _files(draw).defer("content")],
        "is_published": draw.state == DrawState.PUBLISHED,
        "is_void": draw.state == DrawState.VOID,
        "is_frozen": draw.frozen_at is not None,
    }
    if draw.state == DrawState.PUBLISHED:
        page = drawn_page(draw, clock.now(), request.GET.get("after", ""))
        context["rows"] = [(row, is_shown(row, clock.today())) for row in page.rows]
        context["next_key"] = page.next_key
        context["redraws"] = redraws_of(draw)
        context["result_limit"] = LIMITS[LIMIT].length_text
    return _cached(render(request, "portal/draw.html", context))


@public
@require_safe
def draw_file(request: HttpRequest, draw_no: str, name: str) -> HttpResponse:
    """One published file, byte for byte what its digest says."""
    found = _files(_public(draw_no)).filter(name=name).first()
    if found is None:
        raise NotFound
    return _attachment(found.content.encode(), name, TYPES[name.rpartition(".")[2]])


@public
@require_safe
def draw_archive(request: HttpRequest, draw_no: str) -> HttpResponse:
    """All published files and the program, to be unpacked into one folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in _files(_public(draw_no)):
            archive.writestr(one.name, one.content)
        archive.write(recompute.__file__, files.PROGRAM)
    return _attachment(content.getvalue(), f"{draw_no}.zip", "application/zip")


@public
@require_safe
def draw_program(request: HttpRequest) -> HttpResponse:
    """The program that recomputes a draw."""
    content = Path(recompute.__file__).read_bytes()
    return _attachment(content, files.PROGRAM, "text/x-python; charset=utf-8")


def _public(draw_no: str) -> Draw:
    draw = find_draw(draw_no)
    if draw.state == DrawState.PREPARED:
        raise NotFound
    return draw


def _files(draw: Draw) -> Any:
    """What is public of a draw's files: the promise from freezing on, the result when it is published."""
    shown = (*files.FROZEN, *files.DRAWN) if draw.state == DrawState.PUBLISHED else files.FROZEN
    return DrawFile.objects.filter(draw=draw, name__in=shown).order_by("id")


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _cached(response)


def _cached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHE
    patch_vary_headers(response, ["Cookie"])  # 大字 and 高对比 are cookies that only change the look
    return response
