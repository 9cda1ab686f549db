"""Which editions of benchmark, lists and statutes apply, and the catalogue of violations that follows from them.

Nothing without publication date and first day in force is ever chosen (处罚法34). The rows of an edition never change,
so each process reads them once and keeps them under the digest of their content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from cases.discretion import reading
from cases.discretion.benchmark import Benchmark, BenchmarkRow, ListRow
from cases.discretion.facts import Variable
from cases.discretion.provisions import StatuteNames
from cases.editions.writing import row_digest
from cases.models import Edition, EditionKind, EditionRow, EditionState, RowConfirmation
from lishu_law import clock
from lishu_law.errors import Refusal, Refused

Read = TypeVar("Read")
_KEPT = 24  # tables kept read; a benchmark of a county has some hundred rows
_tables: dict[tuple[str, str], Any] = {}


@dataclass(frozen=True)
class Violation:
    """One 案由 an officer may pick."""

    code: str
    title: str
    domain: str


@dataclass(frozen=True)
class Applicable:
    """What a case is assessed by: the benchmark of the decision day with the lists of the day of the act, and the
    benchmark of the day of the act where it is another. ``references`` name the editions for the record.
    """

    benchmark: Benchmark
    earlier: Benchmark | None
    edition: Edition
    references: dict[str, str]


class Shelf:
    """The published editions of all kinds, read by one statement."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._editions = sorted(editions, key=lambda one: (one.in_force_from or date.max, one.pk))

    @classmethod
    def read(cls) -> Shelf:
        return cls(Edition.objects.filter(state=EditionState.PUBLISHED))

    def on(self, kind: str, day: date) -> Edition | None:
        """The edition of that kind in force on a day: the newest that had begun."""
        begun = [one for one in self._editions if one.kind == kind and one.is_chosen_on(day)]
        return begun[-1] if begun else None

    def first(self, kind: str) -> Edition | None:
        return next((one for one in self._editions if one.kind == kind), None)


def applicable(act_on: date, decision_on: date) -> Applicable:
    """The editions for an act and a decision. Raises ``Refused`` while no benchmark is published and in force."""
    shelf = Shelf.read()
    edition = shelf.on(EditionKind.BENCHMARK, decision_on)
    if edition is None:
        text = "没有已经公布并施行的裁量基准，不能裁量。请法制机构先审核、公布裁量基准。"
        raise Refused([Refusal("gen-basis-publicity", text, "行政处罚法第三十四条", "")])
    lists = shelf.on(EditionKind.LISTS, act_on) or shelf.first(EditionKind.LISTS)
    statutes = shelf.on(EditionKind.STATUTES, decision_on)
    before = shelf.on(EditionKind.BENCHMARK, act_on)
    earlier = before if before is not None and before.digest != edition.digest else None
    confirmed = confirmed_rows()
    parts = (("benchmark", edition), ("earlier", earlier), ("lists", lists), ("statutes", statutes))
    return Applicable(
        assemble(edition, lists, statutes, confirmed),
        assemble(earlier, lists, statutes, confirmed) if earlier else None,
        edition,
        {name: one.reference for name, one in parts if one is not None},
    )


def assemble(
    edition: Edition, lists: Edition | None, statutes: Edition | None, confirmed: frozenset[tuple[str, str]]
) -> Benchmark:
    """The engine's benchmark from the editions it is made of."""
    names = names_of(statutes) if statutes else StatuteNames()
    rows, digests = tiers_of(edition)
    return Benchmark(
        name=edition.name, edition=edition.label, rows=rows, lists=matters_of(lists) if lists else (),
        effective_from=edition.in_force_from, published_on=edition.published_on, is_own=edition.is_own,
        confirmed=frozenset(key for key, digest in confirmed if digests.get(key) == digest), names=names,
    )  # fmt: skip


def confirmed_rows() -> frozenset[tuple[str, str]]:
    """Row and text of everything the legal section confirmed."""
    return frozenset(RowConfirmation.objects.values_list("row_key", "digest"))


def tiers_of(edition: Edition) -> tuple[tuple[BenchmarkRow, ...], dict[str, str]]:
    """The tiers, and the digest of each row that came from memory."""

    def read(cells: list[dict[str, str]]) -> tuple[tuple[BenchmarkRow, ...], dict[str, str]]:
        rows = tuple(reading.read_tiers(enumerate(cells, 1), _sound()))
        digests = {
            row.row_id: row_digest(EditionKind.BENCHMARK, one)
            for row, one in zip(rows, cells, strict=True)
            if row.is_from_memory
        }
        return rows, digests

    return _kept(edition, read)


def matters_of(edition: Edition) -> tuple[ListRow, ...]:
    return _kept(edition, lambda cells: tuple(reading.read_lists(enumerate(cells, 1), _sound())))


def names_of(edition: Edition) -> StatuteNames:
    return _kept(edition, StatuteNames.read)


def _kept(edition: Edition, read: Callable[[list[dict[str, str]]], Read]) -> Read:
    """The read table of an edition; the same content is read once in a process."""

    def made() -> Read:
        rows = EditionRow.objects.filter(edition=edition).order_by("line").values_list("cells", flat=True)
        return read(list(rows))

    return kept_under((edition.kind, edition.digest), made)


def kept_under(key: tuple[str, str], make: Callable[[], Read]) -> Read:
    """What follows from the content of an edition, made once in a process."""
    if key not in _tables:
        made = make()
        while len(_tables) >= _KEPT:
            del _tables[next(iter(_tables))]
        _tables[key] = made
    found: Read = _tables[key]
    return found


class _sound(list[reading.Fault]):  # noqa: N801  # a list that must stay empty
    """Rows of an edition were checked when they were frozen; one that cannot be read now is a defect of ours."""

    def append(self, fault: reading.Fault) -> None:
        raise ValueError(f"a frozen row cannot be read: {fault}")


def benchmark_on(on: date) -> Benchmark | None:
    """The benchmark in force on a day, for what needs no confirmation: questions and names."""
    shelf = Shelf.read()
    edition = shelf.on(EditionKind.BENCHMARK, on)
    if edition is None:
        return None
    return assemble(edition, shelf.on(EditionKind.LISTS, on), None, frozenset())


def questions_of(item: str, on: date) -> tuple[Variable, ...]:
    """What an officer is asked about a violation; nothing while no benchmark is in force."""
    benchmark = benchmark_on(on)
    return benchmark.questions_for(item) if benchmark else ()


@dataclass(frozen=True)
class Advice:
    """What the lists of 从轻, 减轻 and 免予强制 say of a violation: rows that name it, and those for every violation."""

    own: tuple[ListRow, ...] = ()
    general: tuple[ListRow, ...] = ()


ADVISING = ("从轻处罚", "减轻处罚", "免予行政强制")


def advice_of(item: str, on: date) -> Advice:
    """What may speak for the party; nothing while no lists are in force."""
    lists = Shelf.read().on(EditionKind.LISTS, on)
    rows = [row for row in matters_of(lists) if row.list_type in ADVISING] if lists else []
    return Advice(
        tuple(row for row in rows if row.item_code == item), tuple(row for row in rows if row.item_code == "*")
    )


def violations() -> tuple[Violation, ...]:
    """All violations of the edition in force today, in its order; none while there is none."""
    edition = Shelf.read().on(EditionKind.BENCHMARK, clock.today())
    if edition is None:
        return ()
    rows = tiers_of(edition)[0]
    return kept_under(("catalogue", edition.digest), lambda: _catalogue(rows))


def _catalogue(rows: tuple[BenchmarkRow, ...]) -> tuple[Violation, ...]:
    """Each violation once, in the order of the table; its first row names it."""
    named: dict[str, Violation] = {}
    for row in rows:
        named.setdefault(row.item_code, Violation(row.item_code, row.violation, row.domain))
    return tuple(named.values())


def violation(code: str) -> Violation | None:
    """The violation of a code, or None."""
    return next((one for one in violations() if one.code == code), None)


def edition_as_it_was(references: dict[str, str], unconfirmed: Iterable[str]) -> tuple[Benchmark, Benchmark | None]:
    """The benchmark a case was assessed by, and the earlier one: what was not confirmed then is not confirmed now."""
    found = {one.reference: one for one in Edition.objects.filter(reference__in=references.values())}
    parts = {name: found[reference] for name, reference in references.items()}
    lists, statutes = parts.get("lists"), parts.get("statutes")

    def one(edition: Edition) -> Benchmark:
        made = assemble(edition, lists, statutes, frozenset())
        memory = frozenset(row.row_id for row in made.rows if row.is_from_memory) - set(unconfirmed)
        return replace(made, confirmed=memory)

    earlier = parts.get("earlier")
    return one(parts["benchmark"]), one(earlier) if earlier else None
