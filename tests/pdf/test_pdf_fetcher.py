"""A document reaches nothing: every address but the fixed assets and small pictures ends the drawing."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime

import pikepdf
import pytest
from PIL import Image

from lishu_law.pdf import machine
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import RenderedPdf, render

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


def drawn(body: str, head: str = "") -> RenderedPdf:
    html = f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return render(html, title="测试", number=None, at=datetime(2026, 3, 19, tzinfo=UTC))


def picture(kind: str) -> str:
    target = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(target, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(target.getvalue()).decode()}"


SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>').decode()
BROKEN = base64.b64encode(b"\x89PNG\r\n\x1a\n broken").decode()
HUGE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024)).decode()

HOSTILE_HEADS = {
    "attachment of a file": '<link rel="attachment" href="file:///etc/hostname">',
    "attachment of an address": '<link rel="attachment" href="http://127.0.0.1:9/x">',
    "attachment of a picture": f'<link rel="attachment" href="{picture("PNG")}">',
    "style sheet file": '<link rel="stylesheet" href="file:///etc/hostname">',
    "style sheet address": '<link rel="stylesheet" href="https://127.0.0.1:9/x.css">',
    "import": "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "background file": "<style>body { background: url(file:///etc/hostname) }</style>",
    "page background": "<style>@page { background: url(http://127.0.0.1:9/x.png) }</style>",
    "font file": "<style>@font-face { font-family: x; src: url(file:///etc/hostname) }</style>",
    "generated content": "<style>body::before { content: url(http://127.0.0.1:9/x.png) }</style>",
    "base": '<base href="file:///etc/"><style>body { background: url(hostname) }</style>',
}
HOSTILE_BODIES = {
    "picture address": '<img src="http://127.0.0.1:9/x.png">',
    "picture file": '<img src="file:///etc/hostname">',
    "picture relative": '<img src="hostname.png">',
    "picture upper case": '<img src="FILE:///etc/hostname">',
    "picture ftp": '<img src="ftp://127.0.0.1:9/x.png">',
    "unknown asset": '<img src="asset:../../etc/hostname">',
    "font asset as a way out": '<img src="asset:font/../../settings.py">',
    "object": '<object data="file:///etc/hostname"></object>',
    "embed": '<embed src="file:///etc/hostname">',
    "drawing": f'<img src="data:image/svg+xml;base64,{SVG}">',
    "drawing under a picture's name": f'<img src="data:image/png;base64,{SVG}">',
    "text data": '<img src="data:text/html,hello">',
    "not base64": '<img src="data:image/png;base64,***">',
    "broken picture": f'<img src="data:image/png;base64,{BROKEN}">',
    "picture over 5 MB": f'<img src="data:image/png;base64,{HUGE}">',
    "image in a drawing": '<svg width="9" height="9"><image href="file:///etc/hosts" width="9" height="9"/></svg>',
    "anchor attachment": '<a rel="attachment" href="file:///etc/hostname">附件</a>',
    "link": '<a href="https://example.org/">链接</a>',
}


@pytest.mark.parametrize("head", HOSTILE_HEADS.values(), ids=HOSTILE_HEADS)
def test_hostile_heads_are_refused(head: str) -> None:
    with pytest.raises(PdfError):
        drawn("<p>一</p>", head)


@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_hostile_bodies_are_refused(body: str) -> None:
    with pytest.raises(PdfError):
        drawn(f"<p>一</p>{body}")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_small_pictures_are_drawn(kind: str) -> None:
    result = drawn(f'<p>一</p><img src="{picture(kind)}">')
    with pikepdf.open(io.BytesIO(result.content)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
