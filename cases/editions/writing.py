"""Freezing the checked rows of an edition: whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.editions.checking import Prepared
from cases.editions.columns import COLUMNS
from cases.models import Edition, EditionRow
from lishu_law.registry.models import ImportFault, RegisterImport
from lishu_law.web.loading.copying import copy_rows, reserve_ids
from lishu_law.web.loading.register import Counts

MOST_NOTICES = 500


@dataclass(frozen=True)
class Title:
    """What an edition is called and who set it."""

    name: str
    label: str
    is_own: bool = True


@dataclass(frozen=True)
class Release:
    """How an edition was issued and made public. Filing with the 司法局 may follow."""

    document_no: str
    published_on: date
    published_at: str
    in_force_from: date
    adopted_on: date | None = None
    filed_no: str = ""
    filed_on: date | None = None


def digest_of(kind: str, rows: Iterable[Mapping[str, str]]) -> str:
    """Stands for the content: the cells in the order of the columns and rows, nothing else."""
    keys = [column.key for column in COLUMNS[kind]]
    content = [[row.get(key) or "" for key in keys] for row in rows]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def row_digest(kind: str, cells: Mapping[str, str]) -> str:
    """Stands for the text of one row."""
    return digest_of(kind, [cells])


def store(
    kind: str, title: Title, rows: Sequence[Prepared], at: datetime, notices: Sequence[Sequence[Any]] = (), **more: Any
) -> Edition:
    """A draft edition with its frozen rows, in the caller's transaction."""
    edition = Edition.objects.create(
        kind=kind, **vars(title), digest=digest_of(kind, [row.cells for row in rows]), size=len(rows), imported_at=at,
        notices=[list(one) for one in notices[:MOST_NOTICES]], **more,
    )  # fmt: skip
    ids = reserve_ids(EditionRow, len(rows))
    copy_rows(
        EditionRow, ("id", "line", "key", "item_code", "cells"),
        [(pk, row.line, row.key, row.item_code, row.cells) for pk, row in zip(ids, rows, strict=True)],
        edition_id=edition.pk,
    )  # fmt: skip
    return edition


def write(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> Counts:
    """The order of a load: the edition as a draft for the legal section."""
    title = Title(load.details["name"], load.details["label"], load.details["is_own"])
    notices = ImportFault.objects.filter(load=load, is_notice=True).order_by("row", "id")
    told = list(notices.values_list("row", "column", "message")[:MOST_NOTICES])
    store(load.kind, title, rows, at, told, load=load, imported_by=load.by)
    return Counts(created=len(rows))
