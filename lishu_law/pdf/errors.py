"""What can go wrong when a document is drawn; always said in words an officer can act on."""

from __future__ import annotations

from lishu_law.errors import DomainError


class PdfError(DomainError):
    """The document was not made. Nothing half-drawn is ever handed out (style.md §13)."""
