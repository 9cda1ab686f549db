"""From sealed data to the HTML of one official document; the PDF door draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.template.loader import render_to_string

from lishu_law.documents.codes import check_mark
from lishu_law.documents.document_type import DocumentType
from lishu_law.pdf.errors import PdfError


class Reference(NamedTuple):
    """The number of what a document belongs to, with its word: 案号, 备案号."""

    word: str
    number: str


def document_html(
    kind: DocumentType, number: str | None, reference: Reference, d: Mapping[str, object], *, draft: bool,
    seal_code: str = "", signed: object = None, is_printed: bool = False,
) -> str:  # fmt: skip
    """The document as HTML for ``lishu_law.pdf.render.render`` (``draft`` must be the same there).

    ``d`` has the shape of the document's class. A draft carries no number, whatever is given, but
    one that ``is_printed`` on its paper form already.
    ``signed`` are the signatures by hand as ``templatetags.documents`` draws them (a ``Signed``); None leaves their room.
    ``seal_code`` is the code of a document with the organ's seal: its QR code stands in the foot of every page.
    """
    shown = "" if draft and not is_printed else number or ""
    check = check_mark(seal_code) if seal_code else None
    context = {
        "check": check,
        "d": d,
        "doc": kind,
        "number": shown,
        "reference": reference,
        "draft": draft,
        "signed": signed,
    }
    return render_to_string(kind.template, context)


def check_version(kind: DocumentType, sealed_with: str) -> None:
    """Sealed with one edition of the template, a document is never drawn with another. Raises ``PdfError``.

    An edition is raised while documents of the one before wait for their PDF: those are drawn before the new program
    starts, or by the old one.
    """
    if kind.template_version != sealed_with:
        raise PdfError(
            f"{kind.title}定稿时用的是第 {sealed_with} 版模板，现在是第 {kind.template_version} 版，没有生成。"
            "请系统管理员用原来的版本生成这份文书。"
        )
