"""Validators and cache rules of the public pages: a withdrawal is gone everywhere in five minutes (decision 18)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal.open_data.columns import NAMES
from lishu_law import clock

# 60 s, and 240 s more while the site cannot be reached.
CACHE = "public, max-age=60, stale-if-error=240"


def cached(request: HttpRequest, response: HttpResponse, changed_at: datetime | None = None) -> HttpResponseBase:
    """Validators and cache rules; 304 when the reader has this very answer already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    modified = int(changed_at.timestamp()) if changed_at else None
    response["ETag"] = etag
    response["Cache-Control"] = CACHE
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    patch_vary_headers(response, ["Cookie"])  # 大字 and 高对比 are cookies that only change the look
    if response.status_code != 200:
        return response
    return get_conditional_response(request, etag=etag, last_modified=None, response=response) or response


def streamed_file(request: HttpRequest, body: Iterator[bytes], media: str) -> HttpResponseBase:
    """A file that is written while it is sent; its validator comes from the state of the register. One statement.

    ``body`` is not begun when the reader has the file already.
    """
    state, changed_at = _register_state()
    said = "\n".join((request.get_full_path(), settings.PUBLIC_BASE_URL, *NAMES, *state))
    etag = f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
    response = StreamingHttpResponse(body, content_type=media)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE
    if changed_at is not None:
        response["Last-Modified"] = http_date(int(changed_at.timestamp()))
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        known["ETag"], known["Cache-Control"] = etag, CACHE
    return known or response


def _register_state() -> tuple[list[str], datetime | None]:
    """Another one after every act and after every midnight at which something ends: versions only grow."""
    today = clock.today()
    shown = Q(state=RecordState.PUBLISHED, display_until__gte=today)
    found = DisclosureRecord.objects.filter(published_at__isnull=False).aggregate(
        versions=Sum("version"), ever=Count("pk"), shown=Count("pk", filter=shown), changed_at=Max("updated_at")
    )
    return [today.isoformat(), *(str(found[name]) for name in ("versions", "ever", "shown", "changed_at"))], found[
        "changed_at"
    ]
