"""From sealed data to the HTML of one document of a case."""

from __future__ import annotations

from collections.abc import Mapping

from cases.documents.catalogue import by_code
from lishu_law.documents import render
from lishu_law.documents.render import Reference


def document_html(
    code: str, number: str | None, case_no: str, d: Mapping[str, object], draft: bool, *, seal_code: str = ""
) -> str:
    """The document with its 案号. Raises ``KeyError`` for an unknown code."""
    reference = Reference("案号", case_no)
    return render.document_html(by_code(code), number, reference, d, draft=draft, seal_code=seal_code)
