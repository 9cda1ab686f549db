"""The PDFs of a case's documents."""

from __future__ import annotations

from cases.documents.catalogue import by_code
from cases.documents.render import document_html, reference_of
from cases.models import Document
from lishu_law.documents.output import Output
from lishu_law.documents.render import check_version


def _html(document: Document) -> str:
    check_version(by_code(document.code), document.template_version)
    case_no, code = reference_of(document.case), document.seal_code
    return document_html(document.code, document.number, case_no, document.data, draft=False, seal_code=code)


OUTPUT = Output(Document, owner="case", folder="documents", html_of=_html)
waiting_ids, render_one = OUTPUT.waiting_ids, OUTPUT.render_one
