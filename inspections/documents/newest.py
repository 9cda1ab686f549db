"""The newest paper of every kind of an inspection (``./lishu manage contact_sheet``)."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.documents.catalogue import CATALOGUE
from inspections.documents.render import paper_html, with_drawings
from inspections.models import InspectionDocument
from lishu_law.documents.contact_sheet import AMONG, Paper, fullest


def newest_papers() -> Iterator[Paper]:
    """One paper of every kind that some inspection has, in the order of the catalogue."""
    for kind in CATALOGUE:
        rows = InspectionDocument.objects.filter(code=kind.code, template_version=kind.template_version)
        one = fullest(rows.order_by("-pk")[:AMONG])
        if one is not None:
            number = one.data["filing_no"]
            html = paper_html(one.code, one.number, number, with_drawings(one.data), draft=False)
            yield Paper(kind, number, one.number, html, one.sealed_at)
