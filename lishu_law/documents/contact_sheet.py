"""Every form beside every other: its newest paper drawn, each page as a small picture, and one page that shows them all.

For people who look at the forms before they go into use; the pictures are made by poppler, which only a machine for
tests has.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from lishu_law.documents.document_type import DocumentType
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import render

POPPLER = "pdftoppm"
DOTS = "70"  # per inch: a page is about 580 pixels wide
AMONG = 20  # of the newest papers of a kind the one that says most is shown


@dataclass(frozen=True)
class Paper:
    """One paper to be shown: ``belongs_to`` is its 案号 or 备案号."""

    kind: DocumentType
    belongs_to: str
    number: str
    html: str
    at: datetime


@dataclass(frozen=True)
class Shown:
    """A paper with the names of its pictures; ``fault`` instead where it cannot be drawn."""

    paper: Paper
    pictures: tuple[str, ...]
    fault: str = ""


def fullest(documents: Iterable[Any]) -> Any | None:
    """Of sealed documents of one kind the one with the longest text: it shows best what breaks."""
    return max(documents, key=lambda one: len(json.dumps(one.data, ensure_ascii=False)), default=None)


def draw_all(papers: Sequence[Paper], folder: Path) -> list[Shown]:
    """The PDF of every paper and its pages as pictures, in ``folder``. Raises ``PdfError`` without poppler."""
    if shutil.which(POPPLER) is None:
        raise PdfError(f"{POPPLER} is missing: apt-get install -y poppler-utils")
    folder.mkdir(parents=True, exist_ok=True)
    return [_draw(paper, folder) for paper in papers]


def _draw(paper: Paper, folder: Path) -> Shown:
    name = f"{paper.kind.doc_id}-{paper.kind.code}"
    try:
        made = render(paper.html, title=paper.kind.title, number=paper.number or None, at=paper.at)
    except PdfError as error:
        return Shown(paper, (), str(error))
    file = folder / f"{name}.pdf"
    file.write_bytes(made.content)
    subprocess.run([POPPLER, "-r", DOTS, "-png", str(file), str(folder / name)], check=True)
    return Shown(paper, tuple(sorted(one.name for one in folder.glob(f"{name}-*.png"))))


def write_index(shown: Sequence[Shown], missing: Sequence[DocumentType], folder: Path) -> Path:
    """The page with every form in the order of the list, and below it the kinds no case has had yet."""
    page = folder / "index.html"
    context = {"shown": shown, "missing": missing, "pages": sum(len(one.pictures) for one in shown)}
    page.write_text(render_to_string("documents/contact_sheet.html", context), encoding="utf-8")
    return page
