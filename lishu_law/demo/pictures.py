"""Photos of the demonstration: a plain sheet that says what it stands for and that it is invented."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from lishu_law.registry.models import StoredFile
from lishu_law.web.uploads import PHOTO, store_upload

SIZE = (640, 420)
PAPER, EDGE, INK = 236, 160, 40


def picture_saying(words: str, by: Any) -> StoredFile:
    """A photo, stored like any file that is received; ``words`` in letters every installation can draw."""
    image = Image.new("L", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline=EDGE, width=4)
    pen.text((60, SIZE[1] // 2 - 10), f"DEMO {words}", fill=INK)
    content = io.BytesIO()
    image.save(content, format="PNG", optimize=True)
    return store_upload(SimpleUploadedFile("演示照片.png", content.getvalue(), "image/png"), by, kinds=PHOTO)
