"""Putting the leaves of one volume into one PDF: A4, outline, page numbers lower right on everything but the papers.

Sealed documents are printed into the volume as they look; binding would void a signature in them, so the sealed files
themselves lie beside the volume in the archive, unchanged (stack.md, PDF).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf

from cases.dossier import papers
from cases.dossier.leaves import Leaf, Unfit
from cases.dossier.order import Entry, paged
from cases.dossier.papers import Title
from lishu_law.pdf.render import render

A4 = (595.28, 841.89)  # points
NEAR = 4.0  # points a page may differ from A4 and still be one
INNER = pikepdf.Rectangle(34.0, 45.0, 561.0, 800.0)  # where a page of another size is fitted in
FOREIGN_FAULTS = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ValueError,
    TypeError,
    LookupError,
    RuntimeError,
    OSError,
)


@dataclass(frozen=True)
class Bound:
    """One volume: its catalogue, how many pages carry a number, and how many stand before page 1."""

    entries: tuple[Entry, ...]
    pages: int
    before: int


def bind(title: Title, leaves: list[Leaf], left_out: tuple[str, ...], target: Path, note: str) -> Bound:
    """Write the volume to ``target``. Raises ``Unfit`` naming the file that cannot be bound, or ``PdfError``."""
    at = title.build.asked_at
    with ExitStack() as open_files, pikepdf.Pdf.new() as volume:
        counts = {leaf.item.key: _append(volume, leaf, open_files) for leaf in leaves}
        days = {leaf.item.key: leaf.item.on for leaf in leaves}
        entries = paged((leaf.item.material for leaf in leaves), counts, days)
        pages = len(volume.pages)
        _stamp(volume, note, at, open_files)
        before = _put_before(volume, title, entries, open_files)
        originals = sum(leaf.item.file is not None for leaf in leaves)
        _extend(volume, papers.remarks(title, entries, left_out, originals), "备考表", at, open_files)
        _outline(volume, entries, before)
        volume.docinfo["/Title"] = f"{title.loaded.case.label} {title.word}"
        volume.docinfo["/Producer"] = "lishu-law"
        volume.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Bound(entries, pages, before)


def _append(volume: pikepdf.Pdf, leaf: Leaf, open_files: ExitStack) -> int:
    """Add a leaf's pages; how many they are."""
    start = len(volume.pages)
    for path in leaf.files:
        with _named(leaf):
            source = open_files.enter_context(pikepdf.Pdf.open(path))
            for page in _flat_pages(source):
                if _is_a4(page):
                    volume.pages.append(page)
                else:
                    volume.add_blank_page(page_size=A4).add_overlay(page, INNER)
    return len(volume.pages) - start


def _flat_pages(source: pikepdf.Pdf) -> Iterator[pikepdf.Page]:
    """The pages with what a reader saw of seals and filled fields made part of them; fields nobody saw are left out."""
    source.flatten_annotations("print")
    for page in source.pages:
        if found := page.obj.get("/Annots"):
            page.obj["/Annots"] = pikepdf.Array([one for one in found if one.get("/Subtype") != "/Widget"])
        yield page


@contextmanager
def _named(leaf: Leaf) -> Iterator[None]:
    try:
        yield
    except FOREIGN_FAULTS as broken:
        raise Unfit(f"“{leaf.item.material.title}”的 PDF 装不进卷里，请联系系统管理员。") from broken


def _is_a4(page: pikepdf.Page) -> bool:
    """Upright A4 from the corner: what is stamped lands where it should."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    is_turned = int(page.obj.get("/Rotate", 0)) % 360 != 0
    is_at_corner = abs(left) < NEAR and abs(bottom) < NEAR
    return is_at_corner and not is_turned and abs(right - A4[0]) < NEAR and abs(top - A4[1]) < NEAR


def _stamp(volume: pikepdf.Pdf, note: str, at: datetime, open_files: ExitStack) -> None:
    """The volume's own page numbers, and who exported it for what, over every page it has so far."""
    count = len(volume.pages)
    if not count:
        return
    made = render(papers.stamps(count, note), title="页码", number=None, at=at)
    source = open_files.enter_context(pikepdf.Pdf.open(io.BytesIO(made.content)))
    for page, stamp in zip(volume.pages, source.pages, strict=True):
        page.add_overlay(stamp, None)


def _put_before(volume: pikepdf.Pdf, title: Title, entries: tuple[Entry, ...], open_files: ExitStack) -> int:
    """Cover and catalogue in front, without a page number; how many pages they are."""
    before = 0
    for html, word in ((papers.cover(title), "卷宗封面"), (papers.catalogue(title, entries), "卷内目录")):
        made = render(html, title=word, number=None, at=title.build.asked_at)
        source = open_files.enter_context(pikepdf.Pdf.open(io.BytesIO(made.content)))
        for page in source.pages:
            volume.pages.insert(before, page)
            before += 1
    return before


def _extend(volume: pikepdf.Pdf, html: str, word: str, at: datetime, open_files: ExitStack) -> None:
    made = render(html, title=word, number=None, at=at)
    source = open_files.enter_context(pikepdf.Pdf.open(io.BytesIO(made.content)))
    volume.pages.extend(source.pages)


def _outline(volume: pikepdf.Pdf, entries: tuple[Entry, ...], before: int) -> None:
    with volume.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("卷宗封面", 0))
        outline.root.append(pikepdf.OutlineItem("卷内目录", 1))
        for one in entries:
            title = f"{one.no} {one.material.title}"
            outline.root.append(pikepdf.OutlineItem(title, before + one.first - 1))
        outline.root.append(pikepdf.OutlineItem("备考表", len(volume.pages) - 1))
