"""The only module that imports weasyprint; importing it raises ``OSError`` on a machine without Pango.

It draws and nothing else. A document can reach no address: the fetcher hands out the fixed assets and small data
images, everything else ends the drawing. What the engine would only log (a missing glyph, an ignored rule, a broken
image) ends it too, because an official document is right or is not made.
"""

from __future__ import annotations

import base64
import binascii
import io
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from lishu_law.pdf import fonts
from lishu_law.pdf.errors import PdfError

# Importing weasyprint makes Pillow accept cut-off pictures in the whole process. Evidence that is cut off must be
# refused at the upload, and an official document never shows half a picture.
ImageFile.LOAD_TRUNCATED_IMAGES = False

PAGE_CSS = Path(__file__).with_name("page.css")
DRAFT_CSS = Path(__file__).with_name("draft.css")
IMAGE_LIMIT = 5 * 1024 * 1024
# What a picture must begin with: the engine would also accept SVG under a picture's name.
IMAGES = {"data:image/png;base64": b"\x89PNG\r\n\x1a\n", "data:image/jpeg;base64": b"\xff\xd8\xff"}
# Slow but right: the system check tells the administrator (stack.md, System packages).
TOLERATED = "Using fontTools instead of HarfBuzz-Subset"

# Pango's font map is not safe between threads, and the worker may run several.
_LOCK = threading.Lock()
_ENGINE_LOG = logging.getLogger("weasyprint")


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Hands out the fixed assets and PNG or JPEG data; raises for every other address, which ends the drawing."""

    def __init__(self, assets: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=("asset", "data"), allow_redirects=False, fail_on_errors=True)
        self._assets = dict(assets)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The asset or picture behind an address. Raises ``ValueError`` otherwise."""
        if url in self._assets:
            return URLFetcherResponse(url, self._assets[url].read_bytes())
        prefix, _, payload = url.partition(",")
        if prefix in IMAGES:
            return URLFetcherResponse(url, _picture(prefix, payload), {"Content-Type": prefix[5:-7]})
        raise ValueError(f"address not allowed in a document: {url[:80]}")


def _picture(prefix: str, payload: str) -> bytes:
    if len(payload) > IMAGE_LIMIT * 4 // 3 + 4:
        raise ValueError("picture larger than 5 MB")
    try:
        content = base64.b64decode(payload, validate=True)
    except binascii.Error as error:
        raise ValueError("picture is not base64") from error
    if not content.startswith(IMAGES[prefix]):
        raise ValueError("picture is not what it says it is")
    return content


@dataclass(frozen=True)
class Workshop:
    """What is made once per process: memory stays flat and no document pays for it."""

    font_config: FontConfiguration
    fetcher: AssetFetcher
    page: CSS
    draft: CSS


@cache
def workshop(font_dir: str) -> Workshop:
    """The style sheets and faces for one font folder (there is one folder in a running system)."""
    files = fonts.font_files(font_dir)
    fetcher = AssetFetcher({file.asset: file.path for file in files})
    font_config = FontConfiguration()
    page = CSS(
        string=fonts.font_face_css(files) + PAGE_CSS.read_text(encoding="utf-8"),
        font_config=font_config, url_fetcher=fetcher,
    )  # fmt: skip
    draft = CSS(string=DRAFT_CSS.read_text(encoding="utf-8"), font_config=font_config, url_fetcher=fetcher)
    return Workshop(font_config, fetcher, page, draft)


@cache
def _srgb() -> bytes:
    return (resources.files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _colours() -> ColorProfile:
    """The engine's own sRGB profile for the output intent. Left to itself the engine never closes the file; made only
    once it would be written out differently the second time."""
    return ColorProfile(io.BytesIO(_srgb()), "sRGB2014.icc", "relative-colorimetric", ["r", "g", "b"])


class _Complaints(logging.Handler):
    """Collects what the engine would only have logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if TOLERATED not in record.getMessage():
            self.records.append(record)


@contextmanager
def _no_complaints() -> Iterator[None]:
    """Raises ``PdfError`` at the end when the engine complained; missing glyphs are named."""
    handler = _Complaints()
    _ENGINE_LOG.addHandler(handler)
    try:
        yield
    finally:
        _ENGINE_LOG.removeHandler(handler)
    unknown = {int(str(r.args[1])) for r in handler.records if isinstance(r.args, tuple) and ".notdef" in r.msg}
    if unknown:
        raise PdfError(undrawable(unknown))
    if handler.records:
        raise PdfError(f"文书版式有问题，没有生成。请联系系统管理员：{handler.records[0].getMessage()[:160]}")


def undrawable(code_points: set[int]) -> str:
    """The message that names characters no font can draw."""
    named = "、".join(f"“{chr(point)}”（U+{point:04X}）" for point in sorted(code_points)[:5])
    return f"有字打印不出来：{named}。请核对用字；确需使用的，请管理员安装含此字的字体。"


def draw(html: str, *, title: str, at: datetime, variant: str, draft: bool, font_dir: str) -> bytes:
    """The PDF of a document. Same arguments, same machine, same bytes. Raises ``PdfError``."""
    created = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with _LOCK:
        try:
            with _no_complaints():
                shop = workshop(font_dir)
                sheets = [shop.page, shop.draft] if draft else [shop.page]
                options = {"pdf_variant": variant, "stylesheets": sheets}
                document = HTML(string=html, url_fetcher=shop.fetcher).render(font_config=shop.font_config, **options)
                document.color_profiles["srgb"] = _colours()
                document.metadata.title = title
                document.metadata.created = document.metadata.modified = created
                document.metadata.generator = "lishu-law"
                return bytes(document.write_pdf(**options, output_intent="given"))
        except FatalURLFetchingError as error:  # derives from BaseException: no handler further up would see it
            raise PdfError(f"文书里引用了不允许的内容，没有生成。请联系系统管理员：{str(error)[:120]}") from error
