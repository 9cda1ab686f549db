"""The pages of the bound file: how far it is, have it made, take it away."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases import permissions
from cases.actions import volume as actions
from cases.dossier.order import VOLUME_TITLES, Volume
from cases.forms.volume import VolumeForm
from cases.models import VolumeBuild, VolumePurpose
from cases.queries.find import OpenedCase, open_case
from cases.queries.volumes import ahead_of, volumes_of
from cases.views.frame import fix_url
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound, Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.acts import Act, act_page
from lishu_law.web.uploads.store import path_of

CHUNK = 256 * 1024


def _opened(request: HttpRequest, clue_no: str) -> OpenedCase:
    opened = open_case(request.user, clue_no)
    permissions.check(request.user, "volume.make", opened.subject)
    return opened


@requires("volume.make")
@require_GET
def volume_page(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The bindings of the file with their progress, which asks for itself; works by reloading the page too."""
    opened = _opened(request, clue_no)
    builds = volumes_of(opened.case)
    busy = next((one for one in builds if one.is_busy), None)
    kept = DEFAULT_PARAMETERS.at("archive_retention_years", clock.today())
    context = {
        "case": opened.case, "loaded": opened.loaded, "busy": busy, "ahead": ahead_of(busy) if busy else 0,
        "builds": [_shown(request.user, opened, one) for one in builds if not one.is_busy],
        "kept_for": f"{kept.value}{kept.unit}", "is_kept_unconfirmed": not kept.is_confirmed,
    }  # fmt: skip
    is_part = request.htmx and busy is not None  # type: ignore[attr-defined]
    response = render(request, "cases/_volume_progress.html" if is_part else "cases/volume.html", context)
    if request.htmx and not is_part:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"  # it is done: the whole page shows what came out
    response["Vary"] = "HX-Request"
    return response


@dataclass(frozen=True)
class BuildCard:
    """One finished or failed build as the page shows it: pages by volume, and what this person may take of it."""

    build: VolumeBuild
    pages: str
    may_fetch: bool
    may_take: bool
    parts: list[tuple[str, str]]


def _shown(user: Any, opened: OpenedCase, build: VolumeBuild) -> BuildCard:
    titles = {volume: VOLUME_TITLES[Volume(volume)] for volume in build.pages}
    may_fetch = permissions.can(user, "volume.fetch", permissions.ordered_by(opened.subject, build.asked_by))
    may_take = _may_take(user, opened, build)
    parts = [(volume, title) for volume, title in titles.items() if may_take or not build.guarded_by(volume)]
    pages = "，".join(f"{title} {build.pages[volume]} 页" for volume, title in titles.items())
    return BuildCard(build, pages, may_fetch, may_take, parts)


def _may_take(user: Any, opened: OpenedCase, build: VolumeBuild) -> bool:
    """The whole archive, where it holds the second volume or the informant."""
    return all(permissions.can(user, action, opened.subject) for action in build.guarded_by(actions.ARCHIVE))


@requires("volume.make")
def make_volume(request: HttpRequest, clue_no: str) -> HttpResponse:
    opened = _opened(request, clue_no)
    url = reverse("case-volume", args=[clue_no])
    is_kept = opened.case.archived_on or opened.case.closed_on

    def run(data: dict[str, Any]) -> VolumeBuild:
        order = actions.VolumeOrder(purpose=data["purpose"], with_secondary=data["with_secondary"])
        return actions.order_volume(case_id=opened.case.pk, by=request.user, order=order)

    def fixes(refusal: Refusal) -> str:
        here = {"volume": url, "purpose": "#id_purpose", "with_secondary": "#id_with_secondary"}
        return here.get(refusal.fix) or fix_url(clue_no)(refusal)

    act = Act(
        title=f"成卷：{opened.case.label}", form_class=VolumeForm, run=run, submit="开始成卷", done_url=url, back_url=url,
        done_message="已经开始成卷。这一页会显示进度，也可以先离开。", fixes=fixes,
        initial={"purpose": VolumePurpose.ARCHIVE, "with_secondary": True} if is_kept else {},
    )  # fmt: skip
    return act_page(request, act)


@requires("volume.fetch")
@require_POST
def fetch_volume(request: HttpRequest, clue_no: str, reference: str) -> HttpResponseBase:
    """The archive as a download, or one volume shown in the browser for printing; either is in the journal."""
    case, part = open_case(request.user, clue_no).case, request.POST.get("part", "")
    build = actions.fetch_volume(case_id=case.pk, by=request.user, reference=reference, part=part)
    path = path_of(build.path)
    if not path.is_file():
        raise NotFound("数据包的文件不见了。请重新成卷；仍然不行的，请联系系统管理员。")
    if part == actions.ARCHIVE:
        return _sent(FileResponse(path.open("rb"), content_type="application/zip"), f"案卷{case.label}-{reference}.zip")
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo(f"{part}.pdf").file_size
    response = StreamingHttpResponse(_member(path, f"{part}.pdf"), content_type="application/pdf")
    response["Content-Length"] = str(size)
    return _sent(response, f"{case.label}{VOLUME_TITLES[Volume(part)]}.pdf", inline=True)


def _member(path: Path, name: str) -> Iterator[bytes]:
    """One file of the archive in pieces; opened when the first is asked for."""
    with zipfile.ZipFile(path) as packed, packed.open(name) as content:
        while piece := content.read(CHUNK):
            yield piece


def _sent(response: StreamingHttpResponse, name: str, *, inline: bool = False) -> StreamingHttpResponse:
    """Streamed to one reader, kept in no cache."""
    response["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
