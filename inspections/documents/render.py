"""From sealed data to the HTML and the file of one paper of an inspection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.documents.catalogue import by_code
from inspections.models import InspectionDocument
from lishu_law.documents import render
from lishu_law.documents.output import Output
from lishu_law.documents.render import Reference
from lishu_law.web.models import Signature
from lishu_law.web.signatures import Drawn, parse_strokes


def paper_html(
    code: str, number: str | None, filing_no: str, d: Mapping[str, object], *, draft: bool, seal_code: str = "",
    signed: object = None,
) -> str:  # fmt: skip
    """The paper with its 备案号. Raises ``KeyError`` for an unknown code."""
    reference = Reference("备案号", filing_no)
    return render.document_html(by_code(code), number, reference, d, draft=draft, seal_code=seal_code, signed=signed)


def with_drawings(d: Mapping[str, Any]) -> dict[str, Any]:
    """The data with the strokes of each signature kept on the pad: they stay encrypted in their own row until now."""
    signed = d.get("signed", [])
    wanted = [one["reference"] for one in signed if one["reference"]]
    kept = Signature.objects.filter(reference__in=wanted) if wanted else ()
    rows = {one.reference: parse_strokes(one.strokes) for one in kept}
    return {**d, "signed": [{**one, "drawing": _drawing(rows.get(one["reference"]))} for one in signed]}


def _drawing(drawn: Drawn | None) -> dict[str, Any] | None:
    """Width, height and lines of a drawing, for the paper's vector picture."""
    if drawn is None:
        return None
    lines = [" ".join(f"{x},{y}" for x, y, _moment in stroke) for stroke in drawn.strokes]
    return {"width": drawn.width, "height": drawn.height, "lines": lines}


def _html(paper: InspectionDocument) -> str:
    render.check_version(by_code(paper.code), paper.template_version)
    data, code = with_drawings(paper.data), paper.seal_code
    return paper_html(paper.code, paper.number, paper.data["filing_no"], data, draft=False, seal_code=code)


OUTPUT = Output(InspectionDocument, owner="filing", folder="inspections", html_of=_html)
