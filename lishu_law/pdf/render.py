"""The only door to the PDF engine: finished HTML in, checked PDF/A bytes out.

On a machine without Pango everything else of the site works; only asking for a PDF says what to install.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from django.conf import settings

from lishu_law.pdf import machine, structure
from lishu_law.pdf.errors import PdfError

engine: ModuleType | None
try:
    from lishu_law.pdf import engine
except OSError:  # the engine's libraries are no Python packages; without them its import ends like this
    engine = None

DRAFT_ROOT = '<html lang="zh-CN" class="draft">'


@dataclass(frozen=True)
class RenderedPdf:
    """A finished document: its bytes, how many pages, and the SHA-256 of the bytes in hex."""

    content: bytes
    pages: int
    sha256: str


def render(
    html: str, *, title: str, number: str | None, at: datetime, draft: bool = False, variant: str = "pdf/a-3b"
) -> RenderedPdf:
    """The PDF of ``html``; the same arguments give the same bytes on the same machine.

    ``at`` (aware) is the moment of sealing: it becomes the creation date. ``number`` must be found in the text layer.
    ``draft`` prints 草稿 across every page and must agree with how the HTML was made. Raises ``PdfError`` when the
    machine lacks the engine or the result is not fit to be an official document.
    """
    if engine is None:
        raise PdfError(f"这台服务器还不能生成 PDF。请系统管理员运行：{machine.INSTALL}")
    if draft != (DRAFT_ROOT in html):
        raise PdfError("草稿标记和文书内容不一致，没有生成。请联系系统管理员。")
    content = engine.draw(html, title=title, at=at, variant=variant, draft=draft, font_dir=settings.FONT_DIR)
    pages = structure.examine(content, must_contain=(number,) if number else (), variant=variant)
    return RenderedPdf(content, pages, hashlib.sha256(content).hexdigest())
