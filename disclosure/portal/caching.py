"""Validators and cache rules of the public pages: a withdrawal is gone everywhere in five minutes (decision 18)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

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
