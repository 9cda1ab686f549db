"""Editions as the legal section sees them: what is in force, what waits for whom, what changes, what is unconfirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.editions.difference import Change, difference
from cases.editions.writing import row_digest
from cases.models import Edition, EditionKind, EditionRow, EditionState, RowConfirmation
from cases.queries.benchmarks import Shelf, confirmed_rows, tiers_of
from lishu_law.errors import NotFound
from lishu_law.registry.models import RegisterImport


@dataclass(frozen=True)
class EditionLine:
    """One edition in the list. ``standing`` says in words what it is today."""

    edition: Edition
    standing: str
    is_in_force: bool


@dataclass(frozen=True)
class Unconfirmed:
    """A row from memory of the edition in force."""

    edition: Edition
    key: str
    cells: dict[str, str]


def edition_lines(today: date) -> list[tuple[str, list[EditionLine]]]:
    """All editions by kind, newest first: one statement."""
    editions = list(Edition.objects.select_related("imported_by").order_by("-in_force_from", "-id"))
    drafts = [one for one in editions if one.state != EditionState.PUBLISHED]
    shelf = Shelf(one for one in editions if one.state == EditionState.PUBLISHED)
    found = []
    for kind in EditionKind:
        current = shelf.on(kind, today)
        ordered = sorted((one for one in drafts if one.kind == kind), key=lambda one: -one.pk)
        ordered += [one for one in editions if one.kind == kind and one.state == EditionState.PUBLISHED]
        found.append((kind.label, [line_of(one, current, today) for one in ordered]))
    return found


def line_of(edition: Edition, current: Edition | None, today: date) -> EditionLine:
    if edition.state != EditionState.PUBLISHED or edition.in_force_from is None:
        return EditionLine(edition, edition.get_state_display(), is_in_force=False)
    if current is not None and edition.pk == current.pk:
        return EditionLine(edition, f"现行有效，{edition.in_force_from} 起施行", is_in_force=True)
    if edition.in_force_from > today:
        return EditionLine(edition, f"已公布，{edition.in_force_from} 起施行", is_in_force=False)
    return EditionLine(edition, f"已被后一版代替（{edition.in_force_from} 起施行）", is_in_force=False)


def edition_by(reference: str) -> Edition:
    """One edition; ``NotFound`` when there is none."""
    found = (
        Edition.objects.select_related("imported_by", "reviewed_by", "released_by", "load__file")
        .filter(reference=reference).first()
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def load_by(reference: str) -> RegisterImport:
    """A load of an edition; ``NotFound`` for any other table."""
    found = RegisterImport.objects.select_related("file", "by", "edition").filter(
        reference=reference, kind__in=EditionKind.values
    )
    if (load := found.first()) is None:
        raise NotFound
    return load


def current_of(kind: str, today: date) -> Edition | None:
    """The edition of a kind that is in force today."""
    return Shelf.read().on(kind, today)


def changes_against(edition: Edition, other: Edition | None) -> list[Change]:
    """What ``edition`` changes against the one in force; everything is new where there is none."""
    if other is not None and other.digest == edition.digest:
        return []
    return difference(edition.kind, cells_of(other) if other else {}, cells_of(edition))


def cells_of(edition: Edition) -> dict[str, dict[str, str]]:
    """The rows of an edition by their key, in its order."""
    return dict(EditionRow.objects.filter(edition=edition).order_by("line").values_list("key", "cells"))


def unconfirmed_rows(today: date) -> list[Unconfirmed]:
    """Rows from memory of the benchmark in force that nobody has confirmed."""
    edition = current_of(EditionKind.BENCHMARK, today)
    if edition is None:
        return []
    _rows, digests = tiers_of(edition)
    confirmed = confirmed_rows()
    open_keys = [key for key, digest in digests.items() if (key, digest) not in confirmed]
    rows = EditionRow.objects.filter(edition=edition, key__in=open_keys).order_by("line")
    return [Unconfirmed(edition, row.key, row.cells) for row in rows]


def confirmations() -> list[RowConfirmation]:
    return list(RowConfirmation.objects.select_related("by").order_by("-id")[:100])


def row_to_confirm(key: str, today: date) -> tuple[Unconfirmed, RowConfirmation | None]:
    """A row of the benchmark in force and its confirmation, if there is one."""
    edition = current_of(EditionKind.BENCHMARK, today)
    row = EditionRow.objects.filter(edition=edition, key=key).first() if edition else None
    if edition is None or row is None:
        raise NotFound
    digest = row_digest(EditionKind.BENCHMARK, row.cells)
    return Unconfirmed(edition, key, row.cells), RowConfirmation.objects.filter(row_key=key, digest=digest).first()
