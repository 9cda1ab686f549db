"""The newest paper of every kind, for whoever looks at the forms themselves (``./lishu manage contact_sheet``)."""

from __future__ import annotations

from collections.abc import Iterator

from cases.documents.catalogue import CATALOGUE
from cases.documents.render import document_html, reference_of, report_record_html
from cases.models import Document, Informant
from lishu_law.documents.contact_sheet import AMONG, Paper, fullest
from lishu_law.documents.document_type import DocumentType


def newest_papers() -> Iterator[Paper]:
    """One paper of every kind that some case has, in the order of the catalogue."""
    for kind in CATALOGUE:
        if paper := _sealed(kind) if kind.is_kept else _drawn(kind):
            yield paper


def _sealed(kind: DocumentType) -> Paper | None:
    rows = Document.objects.filter(code=kind.code, template_version=kind.template_version).select_related("case")
    one = fullest(rows.order_by("-pk")[:AMONG])
    if one is None:
        return None
    html = document_html(one.code, one.number, reference_of(one.case), one.data, draft=False)
    return Paper(kind, one.case.label, one.number, html, one.sealed_at)


def _drawn(kind: DocumentType) -> Paper | None:
    informant = Informant.objects.select_related("case").order_by("-pk").first()
    if informant is None:
        return None
    html = report_record_html(informant.case, informant)
    return Paper(kind, informant.case.label, "", html, informant.reported_at)
