"""What an act would print, without acting: the act runs, its papers are read, and the database undoes everything.

The pages of a draft are those of the act itself, because no second code makes them. Nothing stays: no row, no number, no
journal entry, no message to the worker. A number that the act allotted meanwhile is not the paper's yet, so a draft
shows words in its place; a number that stands printed on a leased form is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction

from cases.actions.doing import guards_noted
from cases.documents.catalogue import by_code
from cases.documents.render import document_html
from cases.models import BlankNumber, Case, Document
from lishu_law.documents.document_type import DocumentType
from lishu_law.errors import Refusal, Refused

logger = logging.getLogger(__name__)
NOT_YET = "（定稿时编号）"
STUMBLES = (
    AttributeError,
    IndexError,
    KeyError,
    ObjectDoesNotExist,
    StopIteration,
    TypeError,
    ValueError,
    IntegrityError,
)
MOST_PAPERS = 6
MOST_LETTERS = 40_000  # of the HTML of one paper: some twenty-five pages


@dataclass(frozen=True)
class Draft:
    """One paper of a rehearsed act: its data as it would be sealed, and the HTML with 草稿 on every page."""

    kind: DocumentType
    data: Mapping[str, Any]
    html: str

    @property
    def is_too_long(self) -> bool:
        return len(self.html) > MOST_LETTERS


def rehearse(case: Case, run: Callable[[], object]) -> tuple[list[Draft], list[Refusal]]:
    """The papers ``run`` would seal for this case, and what the guards still ask for: they do not keep the pages away.

    Raises ``Refused`` where the act cannot make its papers yet; whatever it raises, everything is undone.
    """
    known_no = case.case_no or ""
    with _undone(), guards_noted() as noted:
        last = Document.objects.filter(case=case.pk).order_by("-pk").values_list("pk", flat=True).first() or 0
        _run(run, noted)
        made = list(Document.objects.filter(case=case.pk, pk__gt=last).order_by("pk")[:MOST_PAPERS])
        case_no = Case.objects.values_list("case_no", flat=True).get(pk=case.pk) or ""
        allotted = {one.number for one in made if one.number} | ({case_no} - {known_no, ""})
        allotted -= set(BlankNumber.objects.filter(number__in=allotted).values_list("number", flat=True))
    return [_draft(one, known_no, allotted) for one in made], noted


def _run(run: Callable[[], object], noted: list[Refusal]) -> None:
    """What a guard would have stopped may lack the very rows the paper is made from: then the guards' words stand."""
    try:
        run()
    except Refused as refused:
        raise Refused([*noted, *refused.refusals]) from None
    except STUMBLES:
        if not noted:
            raise
        logger.exception("A rehearsal stumbled after a guard's refusal")
        raise Refused(noted) from None


def _draft(document: Document, case_no: str, allotted: set[str]) -> Draft:
    data = _without(document.data, allotted)
    number = document.number if document.number not in allotted else ""
    html = document_html(document.code, number, case_no, data, True, is_printed=bool(number))
    return Draft(by_code(document.code), data, html)


def _without(value: Any, allotted: set[str]) -> Any:
    """The data with every number of this rehearsal replaced: the longest first, one may begin with another."""
    if isinstance(value, str):
        for number in sorted(allotted, key=len, reverse=True):
            value = value.replace(number, NOT_YET)
        return value
    if isinstance(value, dict):
        return {name: _without(part, allotted) for name, part in value.items()}
    return [_without(part, allotted) for part in value] if isinstance(value, list) else value


@contextmanager
def _undone() -> Iterator[None]:
    """Everything inside becomes one transaction that never commits.

    An action insists on being the outermost transaction of Django's; with autocommit off it is, and yet commits nothing.
    Inside another transaction (the tests' own) a savepoint does the same.
    """
    if connection.in_atomic_block:
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)
        return
    transaction.set_autocommit(False)
    try:
        yield
    finally:
        transaction.rollback()
        transaction.set_autocommit(True)
