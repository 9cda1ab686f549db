"""Reading finished documents in tests: text, fonts, and the labels of their catalogue entry."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import pikepdf

from lishu_law.documents.document_type import DocumentType
from lishu_law.pdf import structure
from lishu_law.pdf.render import RenderedPdf


def squeezed(pdf: RenderedPdf) -> str:
    """The text layer without white space: lines break anywhere in Chinese text."""
    return re.sub(r"\s", "", structure.text_of(pdf.content))


def base_fonts(pdf: RenderedPdf) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf.content)) as file:
        return {str(font.BaseFont).partition("+")[2] for page in file.pages for font in page.Resources.Font.values()}


def body_of(html: str) -> str:
    """The printed words of a document's HTML, without white space."""
    return re.sub(r"<[^>]*>|\s", "", html.partition("<body")[2])


def says_its_labels_in_order(document: DocumentType, text: str) -> None:
    """Every label of the catalogue entry, in the order of the form."""
    at = 0
    for field in document.fields:
        found = text.find(field.label, at)
        assert found >= 0, field.label
        at = found


def has_a_home_for_required_fields(document: DocumentType, data: Mapping[str, object], *, but: str) -> None:
    """Every required field of the entry lies in the data, ``but`` the number printed beside the title."""
    for field in document.fields:
        if field.required and field.name != but:
            value: object = data
            for part in field.name.split("."):
                assert isinstance(value, dict)
                assert part in value, field.name
                value = value[part]
