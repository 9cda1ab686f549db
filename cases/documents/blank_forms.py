"""The numbered blank 当场行政处罚决定书 for a leased block: the form of M14 with rules to write on (处罚法52第一款)."""

from __future__ import annotations

from django.template.loader import render_to_string

from cases.documents.contexts.summary import remedy_words
from cases.models import NumberLease
from lishu_law import clock
from lishu_law.pdf.render import RenderedPdf, render


def blank_forms(lease: NumberLease, numbers: list[str]) -> RenderedPdf:
    """One PDF with every number of the block that is still open, each form beginning on a new sheet."""
    day = clock.local(lease.leased_at).date()
    context = {
        "numbers": numbers, "organ": lease.organ.name, "remedy": remedy_words(day), "year": lease.year,
        "until": clock.local(lease.valid_until), "holder": lease.holder.full_name,
    }  # fmt: skip
    html = render_to_string("documents/blank_forms.html", context)
    return render(html, title="当场行政处罚决定书（编号空白文书）", number=numbers[0], at=lease.leased_at)
