"""The benchmark for everybody: what is usually fined how, what my facts would lead to, and how a decision was computed.

Public pages explain; they decide nothing. Whatever is shown is the published edition in force, or for a decided case the
edition and the facts that were frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cases.discretion.benchmark import Benchmark, BenchmarkRow
from cases.discretion.engine import assess
from cases.discretion.facts import VARIABLES, FactError, Value, Variable, read_value
from cases.discretion.finding import find
from cases.discretion.provisions import citation_texts, read_provisions
from cases.discretion.reasons import chinese_marks
from cases.discretion.request import Request, RequestError
from cases.discretion.result import Assessment, Range
from cases.discretion.snapshot import snapshot
from cases.discretion.wording import finding
from cases.models import Decision, Discretion, Edition, EditionKind
from cases.queries.benchmarks import Shelf, applicable, assemble
from cases.queries.recompute import recompute
from cases.queries.violations import findable
from lishu_law.errors import Refused

SHOWN_LISTS = ("首违不罚", "不予处罚", "从轻处罚", "减轻处罚", "免予行政强制", "先行责令改正")


@dataclass(frozen=True)
class PublicItem:
    """A violation in the list."""

    code: str
    domain: str
    violation: str


@dataclass(frozen=True)
class PublicTier:
    """One tier in words."""

    tier: str
    conditions: str
    penalty: str
    measures: str


@dataclass(frozen=True)
class PublicSheet:
    """Everything published about one violation."""

    item: PublicItem
    edition: Edition
    breached: tuple[str, ...]
    basis: tuple[str, ...]
    statutory: tuple[str, ...]
    tiers: tuple[PublicTier, ...]
    lists: tuple[tuple[str, str], ...]
    questions: tuple[Variable, ...]


@dataclass(frozen=True)
class PublicAnswer:
    """What these answers would lead to; an explanation, no decision."""

    outcome: str
    range_text: str = ""
    tier: str = ""
    conditions: str = ""
    articles: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HowComputed:
    """The way from the facts to the number of one decision, and whether computing it again gives the same."""

    edition: str
    violation: str
    basis: tuple[str, ...]
    facts: tuple[str, ...]
    tier: str
    conditions: str
    range_text: str
    lists: tuple[str, ...]
    factors: tuple[str, ...]
    law: str
    amount: Decimal | None
    is_same: bool
    is_inside: bool


def public_items(on: date, query: str = "") -> tuple[Edition | None, list[PublicItem]]:
    """The violations of the edition in force with rows that day that hold every word of ``query``, or are found as an
    officer finds them: by everyday words, initials, article.
    """
    shelf = Shelf.read()
    edition = shelf.on(EditionKind.BENCHMARK, on)
    if edition is None:
        return None, []
    benchmark = assemble(edition, None, None, frozenset())
    words = query.split()
    meant = {hit.code for hit in find(query, findable())} if words else set()
    found: dict[str, PublicItem] = {}
    for row in benchmark.rows:
        text = f"{row.domain} {row.violation} {row.breached_provision} {row.penalty_provision} {row.conditions}"
        if row.in_force(on) and (row.item_code in meant or all(word in text for word in words)):
            found.setdefault(row.item_code, PublicItem(row.item_code, row.domain, chinese_marks(row.violation)))
    return edition, list(found.values())


def public_sheet(code: str, on: date) -> PublicSheet | None:
    """One violation; None where the edition in force has no row of it."""
    shelf = Shelf.read()
    edition = shelf.on(EditionKind.BENCHMARK, on)
    if edition is None:
        return None
    benchmark = assemble(edition, shelf.on(EditionKind.LISTS, on), shelf.on(EditionKind.STATUTES, on), frozenset())
    rows = benchmark.rows_for(code, on)
    if not rows:
        return None
    first, names = rows[0], benchmark.names
    return PublicSheet(
        item=PublicItem(code, first.domain, chinese_marks(first.violation)),
        edition=edition,
        breached=citation_texts(read_provisions(first.breached_provision, on, names), names),
        basis=citation_texts(read_provisions(first.penalty_provision, on, names), names),
        statutory=tuple(dict.fromkeys(chinese_marks(row.statutory_penalty) for row in rows)),
        tiers=tuple(_tier(row) for row in sorted(rows, key=lambda row: (row.branch.source, row.tier_rank))),
        lists=tuple(
            (row.list_type, chinese_marks(f"{row.matter}：{row.conditions}" if row.conditions else row.matter))
            for kind in SHOWN_LISTS
            for row in benchmark.advice_for(code, kind)
            if row.item_code == code
        ),
        questions=benchmark.inputs_for(code, on),
    )


def _tier(row: BenchmarkRow) -> PublicTier:
    if row.tier_rank == 0:
        penalty = "不予处罚"
    elif row.penalty_unit == "formula_mass":
        penalty = "每超 1000 千克罚款 500 元，最高 30000 元"
    elif row.is_fine:
        penalty = Range(row.penalty_min, row.penalty_max, row.penalty_unit).fine_text()
    else:
        penalty = {"warning": "警告", "measure": "采取措施，不罚款"}.get(row.penalty_unit, "不罚款")
    return PublicTier(row.tier, chinese_marks(row.conditions), penalty, chinese_marks(row.other_measures))


def public_answer(sheet: PublicSheet, raw: Mapping[str, str], on: date) -> PublicAnswer:
    """The engine on the answers of a visitor. What is not answered is asked, never assumed."""
    facts: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for variable in sheet.questions:
        text = raw.get(variable.name, "").strip()
        if not text:
            continue
        try:
            facts[variable.name] = read_value(variable.name, _as_written(variable, text))
        except FactError:
            faults[variable.name] = "请填 0 或者更大的数字。" if variable.kind in ("int", "decimal") else "请选一项。"
    if faults:
        return PublicAnswer("faults", faults=faults)
    try:
        benchmark = applicable(on, on).benchmark
        result = assess(Request(sheet.item.code, on, on, facts), benchmark)
    except (RequestError, FactError, Refused) as error:
        return PublicAnswer("faults", faults={"": str(error)})
    return _answer(result, benchmark)


def _as_written(variable: Variable, text: str) -> str:
    return {"yes": "True", "no": "False"}.get(text, text) if variable.kind == "bool" else text


def _answer(result: Assessment, benchmark: Benchmark) -> PublicAnswer:
    if result.missing:
        return PublicAnswer("needs_facts", missing=result.missing)
    span = result.yuan_range or result.range
    return PublicAnswer(
        result.action,
        range_text=span.fine_text() if span else ("警告" if result.unit == "warning" else ""),
        tier=result.tier,
        conditions=chinese_marks(result.rows[0].conditions) if result.rows else "",
        articles=(*result.breached, *result.basis),
        reasons=(*result.reasons, *(check.reason for check in result.lists if check.outcome == "applied")),
    )


def how_computed(decision_id: int) -> HowComputed | None:
    """How a decision came to its number; None where nothing was frozen."""
    decision = (
        Decision.objects.select_related("case__discretion", "former_case__discretion").filter(pk=decision_id).first()
    )
    case = decision.known_case if decision else None
    discretion: Discretion | None = getattr(case, "discretion", None)
    if decision is None or discretion is None or "request" not in discretion.result:
        return None
    result = recompute(discretion)
    span, amount = result.yuan_range, decision.amount
    low = min(span.minimum, result.suggestion) if span and result.suggestion is not None else None
    return HowComputed(
        edition=f"《{result.benchmark_name}》（{result.edition}）",
        violation=chinese_marks(result.violation),
        basis=result.basis,
        facts=tuple(dict.fromkeys(finding(name, result.facts) for name in result.facts_used if name in VARIABLES)),
        tier=result.tier,
        conditions=chinese_marks(result.rows[0].conditions) if result.rows else "",
        range_text=span.text() if span else "",
        lists=tuple(f"{check.row.list_type}：{check.reason}" for check in result.lists),
        factors=tuple(factor.text for factor in result.factors if factor.counted),
        law=result.law.text if result.law else "",
        amount=amount,
        is_same=snapshot(result) == discretion.result["assessment"],
        is_inside=amount is None or span is None or low is None or low <= amount <= span.maximum,
    )
