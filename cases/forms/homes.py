"""Type once, provably: every field of every form of a case with the column it is kept in, and the document fields fed.

``cases/data/form_homes.csv`` says for each field of a form where its value lives: a column (``cases.Case.summary``),
``document`` (only in the sealed paper) or ``steer`` (it steers the act and is kept nowhere, a password or a tick). A row
that exists once for a case may be asked for by one form only; where the law has it asked again (``again``) the reason
stands beside. Fields that a form makes from data (questions of the benchmark, items of a checklist) are rows of their
own and not listed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

import cases.forms
from cases.documents.catalogue import CATALOGUE
from cases.documents.sources import by_pen, source_of
from lishu_law.documents.document_type import DocumentType, Field
from lishu_law.law.tables import read_table
from lishu_law.web.acts import ActForm

DATA = Path(__file__).resolve().parents[1] / "data"
STEER, IN_DOCUMENT = "steer", "document"
OF_EVERY_FORM = frozenset({"version", "op_id"})
# One row for a case, or one for a party in every case: what is asked here twice is typed twice.
ONCE = frozenset({
    "cases.Case", "cases.Informant", "cases.InvestigationReport", "cases.Discretion", "cases.Defence", "cases.SpotRecord",
    "cases.Closure", "registry.Party", "registry.Vehicle",
})  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One field of one form. ``again`` is why it asks for what another form asks for too."""

    form: str
    field: str
    label: str
    home: str
    again: str

    @property
    def words(self) -> str:
        return f"{self.form}.{self.field} “{self.label}”{f'（{self.again}）' if self.again else ''}"


@dataclass(frozen=True)
class Fed:
    """One field of one document."""

    document: DocumentType
    field: Field
    home: str

    @property
    def words(self) -> str:
        return f"{self.document.doc_id} {self.document.title}：{self.field.label}"


def forms() -> dict[str, type[ActForm]]:
    """Every form of a case by ``module.Class``."""
    found = {}
    for module in pkgutil.iter_modules(cases.forms.__path__, "cases.forms."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if inspect.isclass(value) and issubclass(value, ActForm) and value.__module__ == module.name:
                found[f"{module.name.rpartition('.')[2]}.{name}"] = value
    return found


def fields_of(form: type[ActForm]) -> dict[str, str]:
    """What the form asks for, with its label."""
    declared = form.base_fields
    return {name: str(field.label) for name, field in declared.items() if name not in OF_EVERY_FORM}


@cache
def asked() -> tuple[Asked, ...]:
    """The rows of the table, with the labels of the forms. A row of no form has no label: :func:`faults` names it."""
    known = {name: fields_of(form) for name, form in forms().items()}
    return tuple(
        Asked(row["form"], row["field"], known.get(row["form"], {}).get(row["field"], ""), row["home"], row["again"])
        for row in read_table("form_homes", DATA)
    )


def fed() -> tuple[Fed, ...]:
    """Every field of every document of a case with the fact it is printed from; what is left to the pen is left out.

    Of the row of the document's act it is the column whose form asks in the same words, else the row as a whole.
    """
    return tuple(
        Fed(document, field, column_of(source_of(document, field), field.label))
        for document in CATALOGUE
        for field in document.fields
        if not by_pen(field)
    )


def column_of(home: str, label: str) -> str:
    """The column of the row whose form asks in the words of the label; the row itself where none or several do."""
    if home.count(".") != 1:
        return home
    same = {one.home for one in asked() if one.home.startswith(f"{home}.") and _same_words(one.label, label)}
    return same.pop() if len(same) == 1 else home


def _same_words(asking: str, printing: str) -> bool:
    return bool(asking) and (asking in printing or printing in asking)


def faults(rows: Iterable[Asked] | None = None) -> list[str]:
    """What is wrong: a field without a home, a home that does not exist, a fact that two forms ask for."""
    given = tuple(asked() if rows is None else rows)
    return [*_unlisted(given), *_homeless(given), *asked_twice(given), *_unfed()]


def asked_twice(rows: Iterable[Asked]) -> Iterator[str]:
    """Facts of a once-only row that several forms ask for, none saying why."""
    seen: dict[str, Asked] = {}
    for one in rows:
        if one.home.rpartition(".")[0] not in ONCE or one.again:
            continue
        first = seen.setdefault(one.home, one)
        if first.form != one.form:
            yield f"{one.home} is asked for twice: {first.words}; {one.words}"


def _unlisted(rows: tuple[Asked, ...]) -> Iterator[str]:
    listed = {(one.form, one.field) for one in rows}
    known = forms()
    for name, form in known.items():
        is_part = any(form in other.__mro__[1:] for other in known.values())
        if is_part and not any(one.form == name for one in rows):
            continue  # a part that other forms are made of; no page shows it
        for field in fields_of(form):
            if (name, field) not in listed:
                yield f"{name}.{field} has no home in cases/data/form_homes.csv"
    for one in rows:
        if not one.label:
            yield f"{one.form}.{one.field} is listed, but no form asks for it"


def _homeless(rows: tuple[Asked, ...]) -> Iterator[str]:
    for home in sorted({one.home for one in rows} - {STEER, IN_DOCUMENT}):
        model, _, column = home.rpartition(".")
        try:
            apps.get_model(model)._meta.get_field(column)
        except (LookupError, ValueError, FieldDoesNotExist):
            yield f"{home} is no column"


def _unfed() -> Iterator[str]:
    for one in fed():
        if not one.home:
            yield f"{one.words} is printed from nothing that cases/documents/sources.py names"


def report() -> Iterator[str]:
    """Each fact: where it lives, who asks for it, which document fields it feeds."""
    asking: dict[str, list[Asked]] = {}
    feeding: dict[str, list[Fed]] = {}
    for one in asked():
        asking.setdefault(one.home, []).append(one)
    for each in fed():
        feeding.setdefault(each.home, []).append(each)
    for home in sorted(asking.keys() | feeding.keys()):
        yield home
        yield f"    asked: {'; '.join(one.words for one in asking.get(home, ())) or 'by nobody: computed or kept in the registers'}"
        if home in feeding:
            yield f"    prints: {'; '.join(dict.fromkeys(one.words for one in feeding[home]))}"
