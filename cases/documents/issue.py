"""Sealing a document of a case, in the act's transaction; see ``lishu_law.documents.sealing``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from cases.documents.catalogue import by_code
from cases.documents.resting import DECISIONS, rests_on
from cases.models import Case, Document, PaperState
from cases.procedure.signing import FORMS
from lishu_law.documents import check_entries, sealing
from lishu_law.documents.seats import all_in_words


def seal(
    case: Case,
    code: str,
    data: Mapping[str, object],
    *,
    by: Any,
    at: datetime,
    amount: Decimal | None = None,
    hearing_offered: bool = False,
    number: str | None = None,
    part: str = "",
    to_be_signed: bool = False,
) -> Document:
    """Freeze one document. A kind that carries its own number gets the next one unless ``number`` was allotted before.

    ``to_be_signed``: its signatures are taken in the system afterwards, and what needs them waits for them.
    """
    kind = by_code(code)
    if number is None:
        number = number_for(case, code, at)
    document = Document.objects.create(
        case=case,
        amount=amount,
        hearing_offered=hearing_offered,
        must_be_served=kind.served,
        signing=PaperState.OPEN if to_be_signed else PaperState.ON_PAPER,
        unsigned=all_in_words(FORMS[code], data)[:300] if to_be_signed else "",
        **sealing.frozen(kind, data, number=number, by=by, at=at, part=part),
    )
    if document.seal_digest:
        to = check_entries.Belongs(
            check_entries.CASE_WORD, case.case_no or "", amount, rests_on(case, code, part, data), code in DECISIONS
        )
        check_entries.enter(document, to)
    sealing.announce(document, "cases.tasks.render_document")
    return document


def number_for(case: Case, code: str, at: datetime) -> str:
    """Allot the next number of this kind; empty for a kind that carries only the 案号."""
    return sealing.number_for(by_code(code), case.authority, at)
