"""Giving a stored file back. The view has asked the policy before; here only the headers and ranges are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from lishu_law.errors import NotAllowed, NotFound
from lishu_law.registry.models import ScanState, StoredFile
from lishu_law.web.uploads.names import clean_name
from lishu_law.web.uploads.store import path_of

CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def serve_file(
    request: HttpRequest, stored: StoredFile, *, download_name: str, derivative: bool = False
) -> HttpResponseBase:
    """The original, or the page's copy with ``derivative``. ``download_name`` is made by the server.

    Images are shown in place, everything else is offered as a download; video and audio may be asked for in parts.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotAllowed("文件只能从本系统的页面打开。请回到案件页面再点开。", reason="cross_site")
    if stored.scan_state == ScanState.QUARANTINED:
        raise NotAllowed(
            f"文件没有通过安全检查，已隔离。请联系系统管理员，编号 {stored.short_digest}。", reason="quarantined"
        )
    relative = stored.derivative_path if derivative else stored.stored_path
    path = path_of(relative)
    if not relative or not path.is_file():
        raise NotFound
    content_type = "image/jpeg" if derivative else stored.content_type
    response = _content(request, path, content_type)
    is_shown = derivative or stored.is_image
    response["Content-Disposition"] = content_disposition_header(not is_shown, clean_name(download_name)) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _content(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    if not content_type.startswith(("video/", "audio/")):
        return FileResponse(path.open("rb"), content_type=content_type)
    size = path.stat().st_size
    wanted = request.headers.get("Range", "")
    part = _part(wanted, size) if wanted else None
    response: HttpResponseBase
    if wanted and part is None:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if part is None:
        response = FileResponse(path.open("rb"), content_type=content_type)
    else:
        first, last = part
        response = StreamingHttpResponse(_bytes(path, first, last), status=206, content_type=content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range; None when it cannot be satisfied."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or (not match[1] and not match[2]):
        return None
    if not match[1]:
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first = int(match[1])
        last = min(int(match[2]), size - 1) if match[2] else size - 1
    return (first, last) if first <= last < size else None


def _bytes(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as content:
        content.seek(first)
        left = last - first + 1
        while left > 0:
            chunk = content.read(min(CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
