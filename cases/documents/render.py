"""From sealed data to the HTML of one official document; the PDF door draws it."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string

from cases.documents.catalogue import by_code


def document_html(code: str, number: str | None, case_no: str, d: Mapping[str, object], draft: bool) -> str:
    """The document as HTML for ``lishu_law.pdf.render.render`` (``draft`` must be the same there).

    ``d`` has the shape of the document's class in ``shapes``. A draft carries no number, whatever is given. Raises
    ``KeyError`` for an unknown code.
    """
    doc = by_code(code)
    context = {"d": d, "doc": doc, "number": "" if draft else number or "", "case_no": case_no, "draft": draft}
    return render_to_string(doc.template, context)
