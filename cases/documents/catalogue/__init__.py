"""Every official document, declared once: numbering, page set, rendering tests and the start-up check iterate this.

A new document is one entry in the module of its part of the procedure, one template under templates/documents/ and one
function in ``cases.documents.contexts`` that fills its shape.
"""

from cases.documents.catalogue import (
    branches,
    evidence,
    execution,
    hearing,
    measures,
    ordinary,
    publication,
    recusal,
    remedies,
    serving,
    summary,
)
from lishu_law.documents.document_type import DocumentType, Field, Home

_PARTS = (ordinary, branches, evidence, measures, recusal, hearing, serving, execution, remedies, summary, publication)
CATALOGUE: tuple[DocumentType, ...] = tuple(document for part in _PARTS for document in part.DOCUMENTS)
_BY_CODE = {document.code: document for document in CATALOGUE}


def by_code(code: str) -> DocumentType:
    """The catalogue entry. Raises ``KeyError`` for an unknown code."""
    return _BY_CODE[code]


__all__ = ["CATALOGUE", "DocumentType", "Field", "Home", "by_code"]
