"""The law as it was in force for one case: the versions of the statutes it rests on, and the benchmark it was decided by.

Versions come from the published edition of the statutes; a statute it does not hold is named without one, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.documents.catalogue import by_code
from cases.models import Document, EditionKind
from cases.queries.benchmarks import Shelf
from cases.queries.editions import cells_of
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.law import citations

UNKNOWN = "版本未收录"
STATUTORY = ("违反的规定", "处罚依据")
_TITLES = re.compile(r"《([^》]+)》")


@dataclass(frozen=True)
class StatuteLine:
    """One statute: its version on the day of the decision, and on the day of the act where that was another."""

    name: str
    number: str
    version: str
    period: str
    earlier: str


@dataclass(frozen=True)
class LawOfCase:
    """``papers``: document and the articles it rests on. ``matter``: what was breached, applied and chosen."""

    on: date
    statutes: tuple[StatuteLine, ...]
    papers: tuple[tuple[str, str], ...]
    matter: tuple[tuple[str, str], ...]
    benchmark: tuple[tuple[str, str], ...]


def law_of(loaded: LoadedCase, documents: Iterable[Document], today: date, *, is_inner: bool) -> LawOfCase:
    """For the documents of the volume; an undecided case is shown with the law of ``today``.

    The reasons for the amount are the house's own until it has decided: only an ``is_inner`` volume has them before.
    """
    on = loaded.case.decided_on or today
    shelf, documents = Shelf.read(), list(documents)
    decision = loaded.part("decision")
    matter = () if decision is None else (
        ("违反的规定", decision.breached), ("处罚依据", decision.basis), ("裁量", decision.discretion_text),
        ("处理", decision.result_text),
    )  # fmt: skip
    papers = tuple(dict.fromkeys((one.title, _basis(one)) for one in documents))
    # The reasons name the benchmark, which is no statute; it has lines of its own.
    named = [*(text for label, text in matter if label in STATUTORY), *(text for _title, text in papers)]
    acted_on = clock.local(loaded.case.act_at).date()
    return LawOfCase(
        on=on,
        statutes=tuple(_statutes(shelf, _TITLES.findall("".join(named)), on, acted_on)),
        papers=papers,
        matter=tuple(pair for pair in matter if pair[1]),
        benchmark=tuple(_benchmark(loaded, shelf, with_reason=is_inner or decision is not None)),
    )


def _basis(document: Document) -> str:
    """The articles of the form, with a number only where the number was checked; else the statute alone."""
    cites = citations.parse_basis(by_code(document.code).legal_basis)
    checked = [one for one in cites if citations.printable(one) is not None]
    named = {one.law for one in checked}
    rest = dict.fromkeys(one.title for one in cites if one.law not in named)
    return "；".join(filter(None, (citations.render(checked), *rest)))


def _statutes(shelf: Shelf, names: list[str], on: date, acted_on: date) -> Iterable[StatuteLine]:
    edition = shelf.on(EditionKind.STATUTES, on)
    rows = list(cells_of(edition).values()) if edition else []
    for name in dict.fromkeys(name.translate(str.maketrans("〈〉", "《》")) for name in names):
        found, before = _version(rows, name, on), _version(rows, name, acted_on)
        if found is None:
            yield StatuteLine(f"《{name}》", "", UNKNOWN, "", "")
            continue
        earlier = "" if before is None or before == found else f"{before['version_label']}，{_period(before)}"
        yield StatuteLine(f"《{name}》", found["number"], found["version_label"], _period(found), earlier)


def _version(rows: list[dict[str, str]], name: str, on: date) -> dict[str, str] | None:
    day = on.isoformat()
    for row in rows:
        has_begun = bool(row["effective_from"]) and row["effective_from"] <= day
        if row["full_name"] == name and has_begun and (not row["effective_to"] or day <= row["effective_to"]):
            return row
    return None


def _period(row: dict[str, str]) -> str:
    return f"{row['effective_from']} 起施行" + (f"，至 {row['effective_to']}" if row["effective_to"] else "")


def _benchmark(loaded: LoadedCase, shelf: Shelf, *, with_reason: bool) -> Iterable[tuple[str, str]]:
    chosen = loaded.part("discretion")
    if chosen is None:
        return
    edition = chosen.benchmark_edition
    yield "裁量基准", chosen.edition
    if edition is not None:
        yield "公布文号", edition.document_no
        yield "公布日期", str(edition.published_on or "")
        yield "施行日期", str(edition.in_force_from or "")
    if with_reason:
        yield "裁量理由", chosen.reason
