"""What makes the field pages installable and readable without network: manifest, service worker, the page 没有网络."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from lishu_law.access.doors import public

# Everything the pages need to be drawn; only our own files, never a page of a person.
SHELL = (
    "css/tokens.css", "css/site.css", "css/mobile.css", "img/mark.svg", "js/form.js", "js/draft.js", "js/upload.js",
    "js/field/field.js", "js/field/store.js", "js/field/signing.js", "js/field/queue.js", "js/field/forms.js",
    "js/field/pieces.js", "js/field/panel.js", "js/field/leave.js", "js/pad.js", "js/place.js", "js/scan.js", "js/word.js",
    "js/record.js", "js/find.js",
    "img/icons.svg",
)  # fmt: skip


@lru_cache(maxsize=1)
def shell_version() -> str:
    """Changes with any of the files, so that a phone never mixes two releases."""
    digest = hashlib.sha256()
    for name in SHELL:
        digest.update(Path(settings.ROOT, "static", name).read_bytes())
    return digest.hexdigest()[:12]


@public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its place under /m/ is its scope: it never sees another page."""
    files = [static(name) for name in SHELL]
    context = {"version": shell_version(), "files": files, "static_url": settings.STATIC_URL}
    response = render(request, "inspections/worker.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/mark-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/mark-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
    ]
    home = reverse("mobile-home")
    words = {
        "name": "梨树交通执法外勤", "short_name": "外勤执法", "lang": "zh-CN", "id": home, "start_url": home,
        "scope": home, "display": "standalone", "background_color": "#ffffff", "theme_color": "#062e63",
        "icons": icons,
    }  # fmt: skip
    response = JsonResponse(words, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@public
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """Shown when there is no network and the page was not kept. Says what is safe and what still works."""
    return render(request, "inspections/m_offline.html", {"title": "现在没有网络"})
