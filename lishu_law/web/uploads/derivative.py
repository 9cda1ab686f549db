"""The copy of a photo that pages show: at most 2048 px, newly drawn, none of the photo's own data, a line of text."""

from __future__ import annotations

import hashlib
import logging
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from lishu_law.registry.models import StoredFile
from lishu_law.web.uploads import images
from lishu_law.web.uploads.store import keep, path_of

log = logging.getLogger(__name__)
LONGEST_EDGE = 2048
PORTRAIT = (360, 480)
QUALITY = 85
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
_FONT_NAMES = ("NotoSansCJK-Regular.ttc", "FandolHei-Regular.otf", "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")


def make_portrait(stored: StoredFile) -> bool:
    """The small upright copy of an officer's photo, without the photo's own data: 3 by 4, cut from the middle."""
    if not stored.is_image:
        return False
    with images.opened(path_of(stored.stored_path), stored.content_type) as original:
        copy = _flat(ImageOps.fit(ImageOps.exif_transpose(original), PORTRAIT, centering=(0.5, 0.35)))
    _keep_copy(stored, copy)
    return True


def make_derivative(stored: StoredFile, watermark: str) -> bool:
    """Draw the copy of ``stored`` with ``watermark`` (时间·地点·案号·人员·摘要前8位) and remember where it lies.

    Returns False for anything that is not a JPEG or PNG. Doing it again replaces the remembered copy.
    """
    if not stored.is_image:
        return False
    with images.opened(path_of(stored.stored_path), stored.content_type) as original:
        original.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        copy = ImageOps.exif_transpose(original)
        copy.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        copy = _flat(copy)
    _write_line(copy, watermark)
    _keep_copy(stored, copy)
    return True


def _keep_copy(stored: StoredFile, copy: Image.Image) -> None:
    folder = path_of("spool")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    spool = folder / secrets.token_hex(16)
    try:
        copy.save(spool, format="JPEG", quality=QUALITY)
        digest = hashlib.sha256(spool.read_bytes()).hexdigest()
        relative = f"derivatives/{digest[:2]}/{digest[2:4]}/{digest}.jpg"
        keep(spool, relative)
    finally:
        spool.unlink(missing_ok=True)
    stored.derivative_path = relative
    stored.save(update_fields=["derivative_path"])


def _flat(image: Image.Image) -> Image.Image:
    """The pixels alone on white, in RGB: no transparency, no palette, no profile, no data block of the original."""
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    paper = Image.new("RGB", image.size)
    paper.paste(image.convert("RGB"))
    return paper


def _write_line(image: Image.Image, text: str) -> None:
    size = max(12, image.width // 60)
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont | None = _font(size)
    if font is None:
        log.warning("no Chinese font for watermarks: install fonts-noto-cjk")
        font, text = ImageFont.load_default(size), text.encode("ascii", "ignore").decode("ascii")
    draw = ImageDraw.Draw(image, "RGBA")
    while len(text) > 1 and draw.textlength(text, font=font) > image.width - size:
        text = text[:-2] + "…"
    top = image.height - size * 2
    draw.rectangle((0, top, image.width, image.height), fill=(0, 0, 0, 140))
    draw.text((size // 2, top + size // 3), text, font=font, fill="white")


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    path = _font_path()
    return ImageFont.truetype(path, size) if path else None


@lru_cache(maxsize=1)
def _font_path() -> str:
    folders = [*([settings.FONT_DIR] if settings.FONT_DIR else []), *_FONT_FOLDERS]
    for name in _FONT_NAMES:
        for folder in folders:
            found = next(iter(sorted(Path(folder).rglob(name))), None) if Path(folder).is_dir() else None
            if found:
                return str(found)
    return ""
