"""The QR decoder of the browser: a file of others, put beside the state at set-up by a lock file, never in the tree.

Where a browser reads codes by itself, or where the decoder could not be installed, nothing here is needed.
"""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.templatetags.static import static

NAME = "decoder/jsQR.js"


def decoder_url() -> str:
    """The address of the decoder, empty when this installation has none."""
    return static(NAME) if finders.find(NAME) else ""
