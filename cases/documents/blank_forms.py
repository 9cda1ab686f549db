"""The numbered blank 当场行政处罚决定书 for a leased block: the form of M14 with rules to write on (处罚法52第一款)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from cases.documents.catalogue import by_code
from cases.documents.contexts.summary import remedy_words
from cases.models import NumberLease
from lishu_law import clock
from lishu_law.documents.document_type import DocumentType
from lishu_law.documents.paper_set import paper_set
from lishu_law.pdf.render import RenderedPdf, render


def blank_forms(lease: NumberLease, numbers: list[str]) -> RenderedPdf:
    """One PDF with every number of the block that is still open, each form beginning on a new sheet."""
    html = render_to_string("documents/blank_forms.html", numbered(lease, numbers))
    return render(html, title="当场行政处罚决定书（编号空白文书）", number=numbers[0], at=lease.leased_at)


def numbered(lease: NumberLease, numbers: list[str]) -> dict[str, Any]:
    """What the numbered forms of a block are printed from."""
    day = clock.local(lease.leased_at).date()
    return {
        "numbers": numbers, "organ": lease.organ.name, "remedy": remedy_words(day), "year": lease.year,
        "until": clock.local(lease.valid_until), "holder": lease.holder.full_name,
    }  # fmt: skip


@dataclass(frozen=True)
class SetKind:
    """The papers of one procedure for days without network; ``is_numbered``: its decision needs a leased number."""

    code: str
    title: str
    documents: tuple[str, ...]
    is_numbered: bool = False

    @property
    def kinds(self) -> tuple[DocumentType, ...]:
        return tuple(by_code(code) for code in self.documents)


SETS = (
    SetKind("summary", "简易程序（当场处罚）", ("onscene_record", "questioning_record"), is_numbered=True),
    SetKind(
        "ordinary", "普通程序（现场和取证）",
        ("onscene_record", "questioning_record", "inquest_record", "sampling_voucher", "serving_receipt", "address_confirmation"),
    ),
)  # fmt: skip


def set_of_case(
    kind: SetKind, organ: str, copies: int, at: datetime, *, lease: NumberLease | None = None, numbers: list[str]
) -> RenderedPdf:
    """The set of one procedure, with the open numbers of the block behind it."""
    return paper_set(
        kind.kinds, organ=organ, copies=copies, title=f"断网备用纸质文书：{kind.title}", at=at,
        numbered=numbered(lease, numbers) if lease and numbers else None,
    )  # fmt: skip
