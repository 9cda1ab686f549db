"""The only door to pdfium: the pages of a PDF as small pictures with the words on them, for a screen.

A page is drawn in sixteen greys at a width a screen shows beside a form: some forty kilobytes instead of four hundred.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

import pypdfium2

WIDTH = 840  # pixels of an A4 page
GREYS = 16
MOST_LETTERS = 6000  # of the words of one page

# pdfium is not safe between threads.
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """One page: a PNG, and its words for whoever cannot see it."""

    png: bytes
    words: str


def pictures(content: bytes, *, most: int) -> list[Picture]:
    """The first ``most`` pages of a PDF that we drew ourselves."""
    with _LOCK:
        document = pypdfium2.PdfDocument(content)
        try:
            return [_picture(document[number]) for number in range(min(most, len(document)))]
        finally:
            document.close()


def _picture(page: pypdfium2.PdfPage) -> Picture:
    drawn = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
    kept = io.BytesIO()
    drawn.quantize(GREYS).save(kept, "PNG", optimize=True)
    text = page.get_textpage()
    words = text.get_text_bounded().replace("\r\n", "\n")
    text.close()
    page.close()
    return Picture(kept.getvalue(), words[:MOST_LETTERS])
