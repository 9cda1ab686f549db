"""G20: drawing a sealed decision beside drawing the reference document, per page, both warm in this process."""

from __future__ import annotations

import io
from types import ModuleType

import pikepdf
from django.conf import settings

from cases.documents.render import document_html
from cases.models import Document
from lishu_law.demo.bench.cases import deepest_case
from lishu_law.demo.bench.measuring import Line, each, in_turns
from lishu_law.demo.bench.people import Staff
from lishu_law.demo.bench.reference import CSS, reference_html
from lishu_law.pdf.render import RenderedPdf, engine, render

PAGES = 4


def decision_pdf(staff: Staff, times: int) -> Line | None:
    """G20, in milliseconds of processor a page. None on a machine without the engine's libraries."""
    if engine is None:
        return None
    document = Document.objects.filter(case=deepest_case(staff), code="penalty_decision").latest("pk")
    drawer = Reference(engine)
    pages = drawer.pages()
    if pages != PAGES:
        raise ValueError(f"the reference document has {pages} pages instead of {PAGES}")
    made = decision(document)
    floor, ours = in_turns(each(drawer.draw, times), each(lambda: decision(document), times))
    note = f"{made.pages} pages in {ours.cpu * 1000:.0f} ms; reference {pages} pages in {floor.cpu * 1000:.0f} ms"
    return Line(
        "G20", "decision PDF, per page", "ms", floor.cpu * 1000 / pages, ours.cpu * 1000 / made.pages, 1.2, note=note
    )


def decision(document: Document) -> RenderedPdf:
    """From the sealed data to the checked bytes, as the worker does it."""
    number, case_no = document.number or None, document.case.case_no or ""
    html = document_html(document.code, number, case_no, document.data, draft=False, seal_code=document.seal_code)
    return render(html, title=document.title, number=number, at=document.sealed_at)


class Reference:
    """The reference document drawn by the bare engine with the same shared faces; nothing is checked."""

    def __init__(self, engine: ModuleType) -> None:
        self._engine = engine
        self._shop = engine.workshop(settings.FONT_DIR)
        self._sheet = engine.CSS(string=CSS, font_config=self._shop.font_config)

    def draw(self) -> bytes:
        page = self._engine.HTML(string=reference_html(), url_fetcher=self._shop.fetcher)
        return bytes(page.write_pdf(stylesheets=[self._sheet], font_config=self._shop.font_config))

    def pages(self) -> int:
        with pikepdf.open(io.BytesIO(self.draw())) as pdf:
            return len(pdf.pages)
