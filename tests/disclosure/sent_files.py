"""Small real files for the tests of uploads."""

from __future__ import annotations

import io

from PIL import Image


def image() -> bytes:
    """A whole JPEG, big enough to be a photo of a paper."""
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(kept, "JPEG")
    return kept.getvalue()
