"""The signed copy of a paper of an inspection, drawn as that of a case is (ADR 53)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inspections.documents.catalogue import by_code
from inspections.documents.render import paper_html
from inspections.models import InspectionDocument, InspectionSignature, InspectionSignedCopy
from inspections.queries.paper_signing import signatures_of
from lishu_law.documents import render, sealing
from lishu_law.documents.output import Output
from lishu_law.documents.seats import with_reading
from lishu_law.web.paper_signing.copy import frozen_copy, placed

FEET = {"inspection_questioning": "questioning"}  # the named page whose every foot is signed


def is_of_this_edition(paper: InspectionDocument) -> bool:
    """The signed copy is drawn by the edition the paper was sealed with; under an older one there would be none."""
    return by_code(paper.code).template_version == paper.template_version


def seal_signed_copy(
    paper: InspectionDocument, rows: Sequence[InspectionSignature], *, by: Any, at: datetime
) -> InspectionSignedCopy:
    """Freeze who signed what and how; the worker draws it."""
    frozen = frozen_copy(paper, rows, by_code(paper.code), by=by, at=at)
    copy = InspectionSignedCopy.objects.create(document=paper, **frozen)
    sealing.announce(copy, "inspections.tasks.render_signed_copy")
    return copy


def _html(copy: InspectionSignedCopy) -> str:
    paper = InspectionDocument.objects.get(pk=copy.document_id)
    rows = signatures_of(paper)
    render.check_version(by_code(paper.code), paper.template_version)
    reading = next((one.reading for one in rows if one.reading), "")
    data = with_reading(paper.data, reading)
    return paper_html(
        paper.code, paper.number, paper.data["filing_no"], data, draft=False, seal_code=paper.seal_code,
        signed=placed(rows, FEET.get(paper.code, "")),
    )  # fmt: skip


SIGNED_OUTPUT = Output(InspectionSignedCopy, owner="document", folder="inspections/signed", html_of=_html)
