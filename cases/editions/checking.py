"""The dry run of an edition: every fault by row and column, and what the legal section should know beside.

Refused are rows that cannot be read, ranges outside the statute, two rows of one rank that both match, fines without
an article and wrong dates. Holes, gaps, idle rows and rows from memory are told and keep nothing back (shared decision 28).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.discretion import reading
from cases.discretion.benchmark import FINE_UNITS, Benchmark, BenchmarkRow, ListRow
from cases.discretion.coverage import survey
from cases.discretion.facts import plain
from cases.discretion.validation import validate
from cases.editions.columns import COLUMNS, titles
from cases.models import EditionKind
from lishu_law.registry.identity import InvalidValue, normalise
from lishu_law.web.loading.columns import Fault, Row, read_cells

LIST_TYPES = ("首违不罚", "不予处罚", "从轻处罚", "减轻处罚", "免予行政强制", "先行责令改正")
ORIGINS = ("seen", "seen-statute", "constructed", "memory")
LONGEST_CELL = 2_000
_ARTICLE = re.compile("第[一二三四五六七八九十百零]+条")
_FORMULA = re.compile(r"[=＝@＠]|[+＋](?=[\w(])")


@dataclass(frozen=True)
class Prepared:
    """A row as it will be frozen. ``known`` is None: an edition is new as a whole."""

    line: int
    key: str
    item_code: str
    cells: dict[str, str]
    known: None = None


def prepare(kind: str, rows: Sequence[Row]) -> list[Prepared]:
    """The rows as they would be frozen, without a check."""
    return _cells(kind, rows)[0]


def check_benchmark(
    rows: Sequence[Row], seen: object, today: date, *, demo: bool
) -> tuple[list[Prepared], list[Fault]]:
    """The tiers. The whole file is one piece."""
    prepared, faults = _cells(EditionKind.BENCHMARK, rows)
    found: list[reading.Fault] = []
    tiers = reading.read_tiers(((one.line, one.cells) for one in prepared), found)
    broken = {fault.line for fault in found if fault.column not in ("branch", "condition_expr")}
    sound = [(one.line, tier) for one, tier in zip(prepared, tiers, strict=True) if one.line not in broken]
    names = titles(EditionKind.BENCHMARK)
    faults += [Fault(fault.line, names[fault.column], fault.message) for fault in found]
    benchmark = Benchmark("", "", tuple(tier for _line, tier in sound), ())
    for fault in validate(benchmark):
        faults.append(Fault(sound[fault.line - 1][0], names[fault.column], fault.message))
    lines = {tier.row_id: line for line, tier in sound}
    for line, tier in sound:
        faults += [Fault(line, names[key], text, is_notice) for key, text, is_notice in _tier(tier)]
    if not any(not fault.is_notice for fault in faults):
        faults += _coverage(benchmark, lines, names)
    return prepared, _in_order(faults)


def check_lists(rows: Sequence[Row], seen: object, today: date, *, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    """The lists."""
    prepared, faults = _cells(EditionKind.LISTS, rows)
    found: list[reading.Fault] = []
    matters = reading.read_lists(((one.line, one.cells) for one in prepared), found)
    names = titles(EditionKind.LISTS)
    faults += [Fault(fault.line, names[fault.column], fault.message) for fault in found]
    for one, matter in zip(prepared, matters, strict=True):
        faults += [Fault(one.line, names[key], text, is_notice) for key, text, is_notice in _matter(matter)]
    return prepared, _in_order([*faults, *_twice(prepared, names["list_no"])])


def check_statutes(rows: Sequence[Row], seen: object, today: date, *, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    """The versions of the statutes."""
    prepared, faults = _cells(EditionKind.STATUTES, rows)
    names = titles(EditionKind.STATUTES)
    spans: dict[str, list[tuple[date, date, int]]] = {}
    for one in prepared:
        days, wrong = _days(one, names)
        faults += wrong
        first, last = days.get("effective_from"), days.get("effective_to")
        if first and last and last < first:
            faults.append(Fault(one.line, names["effective_to"], "失效日期早于施行日期，请核对。"))
        elif first:
            spans.setdefault(one.cells["short_name"], []).append((first, last or date.max, one.line))
        if one.cells.get("origin_kind") not in ORIGINS:
            faults.append(Fault(one.line, names["origin_kind"], f"来源种类只能是：{'、'.join(ORIGINS)}。"))
    for law, found in spans.items():
        for (_f, last, line), (first, _l, later) in itertools.pairwise(sorted(found)):
            if first <= last:
                text = f"《{law}》的这一版和第 {line} 行的一版施行日期重叠。请核对两版的起止日期。"
                faults.append(Fault(later, names["effective_from"], text))
    return prepared, _in_order([*faults, *_twice(prepared, names["version_label"])])


def _cells(kind: str, rows: Sequence[Row]) -> tuple[list[Prepared], list[Fault]]:
    """The cells of every row as texts, and what is wrong with the texts themselves."""
    prepared, faults = [], []
    for row in rows:
        _values, wrong = read_cells([column for column in COLUMNS[kind] if column.required], row)
        cells = {column.key: row.cells.get(column.key, "").strip() for column in COLUMNS[kind]}
        wrong += [Fault(row.no, column.title, text) for column in COLUMNS[kind] if (text := _ugly(cells[column.key]))]
        # What is missing is told once, in our words; reading tells the rest.
        faults += wrong
        prepared.append(Prepared(row.no, _key(kind, cells), cells.get("item_code", ""), cells))
    return prepared, faults


def _key(kind: str, cells: dict[str, str]) -> str:
    if kind == EditionKind.STATUTES:
        return f"{cells['short_name']} {cells['version_label'] or cells['number']}".strip()[:80]
    return reading.key_of(kind, cells)[:80]


def _ugly(text: str) -> str:
    if len(text) > LONGEST_CELL:
        return f"这一格有 {len(text)} 个字，最多 {LONGEST_CELL} 个。请缩短。"
    if _FORMULA.match(text):
        return "这一格以公式的符号开头，不能导入。请改成文字或者数字。"
    try:
        normalise.refuse_hidden(text, line_breaks=True)
    except InvalidValue as wrong:
        return wrong.staff_message
    return ""


def _tier(row: BenchmarkRow) -> Iterator[tuple[str, str, bool]]:
    """Column, words, whether it is only a notice."""
    is_penalty = row.penalty_unit in FINE_UNITS or row.penalty_unit == "warning"
    if is_penalty and not _ARTICLE.search(row.penalty_provision):
        yield "penalty_provision", "没有写明第几条。罚款和警告要有法律、法规、规章的条文作依据。", False
    elif not _ARTICLE.search(row.breached_provision):
        yield "breached_provision", "没有写明第几条，文书里只能引用名称。", True
    if row.origin_kind not in ORIGINS:
        yield "origin_kind", f"来源种类只能是：{'、'.join(ORIGINS)}。", False
    elif row.is_from_memory:
        yield "origin_kind", "条文没有核对原文，法制机构确认以前不能据此作出决定。", True


def _matter(row: ListRow) -> Iterator[tuple[str, str, bool]]:
    if row.list_type not in LIST_TYPES:
        yield "list_type", f"清单只能是：{'、'.join(LIST_TYPES)}。", False
    if row.origin_kind not in ORIGINS:
        yield "origin_kind", f"来源种类只能是：{'、'.join(ORIGINS)}。", False
    elif row.origin_kind == "memory":
        yield "origin_kind", "这一项没有核对原文，请核对。", True
    if row.condition is None:
        yield "condition_expr", "没有算式，系统不能自动判断，只作提示。", True


def _coverage(benchmark: Benchmark, lines: dict[str, int], names: dict[str, str]) -> Iterator[Fault]:
    found = survey(benchmark)
    for overlap in found.overlaps:
        other = lines[overlap.first.row_id]
        text = f"和第 {other} 行同一档次顺序，事实相同时两行都符合：{overlap.facts}。"
        yield Fault(lines[overlap.second.row_id], names["condition_expr"], _short(text))
    for hole in found.holes:
        line = lines[benchmark.item_rows(hole.item)[0].row_id]
        text = f"“{hole.violation}”有空档，没有一档符合：{hole.facts}。遇到时不给建议，须写明理由并经法制审核。"
        yield Fault(line, names["condition_expr"], _short(text), is_notice=True)
    for row in found.idle:
        yield Fault(
            lines[row.row_id], names["condition_expr"], "这一行永远用不上：符合时总有更重的一档。", is_notice=True
        )
    for item in found.sampled:
        line = lines[benchmark.item_rows(item)[0].row_id]
        yield Fault(line, names["condition_expr"], "条件组合太多，空档和重叠只抽查了一部分。", is_notice=True)
    for item in benchmark.items:
        yield from _gaps(benchmark.item_rows(item), lines, names)


def _gaps(rows: tuple[BenchmarkRow, ...], lines: dict[str, int], names: dict[str, str]) -> Iterator[Fault]:
    """Days without any row, and amounts that no tier of a branch reaches."""
    begin = min(row.effective_from for row in rows)
    end = max(row.effective_to or date.max for row in rows)
    starts = sorted({row.effective_to + timedelta(days=1) for row in rows if row.effective_to})
    for day in starts:
        if begin <= day <= end and not any(row.in_force(day) for row in rows):
            before = next(row for row in rows if row.effective_to == day - timedelta(days=1))
            yield Fault(
                lines[before.row_id], names["effective_to"], f"从 {day} 起这种违法行为没有一行有效。", is_notice=True
            )
    groups: dict[tuple[str, date, str], list[BenchmarkRow]] = {}
    for row in rows:
        if row.tier_rank and row.is_fine:
            groups.setdefault((row.branch.source, row.effective_from, row.penalty_unit), []).append(row)
    for group in groups.values():
        group.sort(key=lambda row: row.penalty_min)
        for lower, higher in itertools.pairwise(group):
            if higher.penalty_min > lower.penalty_max:
                text = f"{plain(lower.penalty_max)} 和 {plain(higher.penalty_min)} 之间没有一档。"
                yield Fault(lines[higher.row_id], names["penalty_min"], text, is_notice=True)


def _days(row: Prepared, names: dict[str, str]) -> tuple[dict[str, date], list[Fault]]:
    days, faults = {}, []
    for key in ("promulgated", "effective_from", "effective_to"):
        text = row.cells[key]
        try:
            if text:
                days[key] = date.fromisoformat(text)
        except ValueError:
            faults.append(Fault(row.line, names[key], f"“{text[:20]}”不是日期，请写成 2024-01-31。"))
    return days, faults


def _twice(rows: Iterable[Prepared], column: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.key in first:
            yield Fault(row.line, column, f"和第 {first[row.key]} 行重复。请删掉一行，或者改正。")
        first.setdefault(row.key, row.line)


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:196]}……。"


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By row; the same column of a row is told once, faults before notices."""
    ordered = sorted(faults, key=lambda one: (one.row, one.is_notice))
    kept: dict[tuple[int, str, bool], Fault] = {}
    for one in ordered:
        kept.setdefault((one.row, one.column, one.is_notice), one)
    return list(kept.values())
