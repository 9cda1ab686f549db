"""``./lishu manage assess FILE.csv [--json]``: recompute examples of discretion and compare them with what is expected.

The whole calculation of a fine can be checked outside the system by anybody who has the file and the tables: nothing
is read from the database. Exit code 1 when a row differs or cannot be computed, 2 when the file cannot be read.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.discretion.benchmark import Benchmark
from cases.discretion.examples import COLUMNS, Outcome, assess_row, read_examples, report
from cases.discretion.reading import LoadError, load, load_shipped
from cases.discretion.request import RequestError

LARGEST_FILE = 50 * 1024 * 1024
_ORDER = ("action", "tier", "min", "max", "unit", "rows")


class Command(BaseCommand):
    help = f"Assess every row of a CSV file with the columns {','.join(COLUMNS)}; exit 1 on any difference."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the examples, UTF-8 or GB18030")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
        parser.add_argument("--benchmark", type=Path, metavar="ROWS.csv", help="another table than the shipped one")
        parser.add_argument("--lists", type=Path, metavar="LISTS.csv", help="other four lists than the shipped ones")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_examples(text_of(options["file"]))
        except RequestError as error:
            raise CommandError(f"{options['file']}：{error}", returncode=2) from None
        benchmark = _benchmark(options["benchmark"], options["lists"])
        outcomes = [assess_row(row, benchmark) for row in rows]
        if options["json"]:
            self.stdout.write(json.dumps(report(outcomes, benchmark), ensure_ascii=False, indent=1))
        else:
            for outcome in outcomes:
                self.stdout.write(line_of(outcome))
            self.stdout.write(_total(outcomes, benchmark))
        if not all(outcome.is_equal for outcome in outcomes):
            raise SystemExit(1)


def text_of(path: Path) -> str:
    """The file's text: UTF-8, with or without a mark, else what Chinese spreadsheet programs write."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path}：文件超过 50 MB，请分成几个文件。", returncode=2)
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}：文件读不出来（{error.strerror}）。", returncode=2) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(f"{path}：看不出文件的文字编码。请另存为 UTF-8 的 CSV。", returncode=2)


def line_of(outcome: Outcome) -> str:
    """What was computed for one row, and what differs."""
    if outcome.error:
        return f"{outcome.id}\t出错\t{outcome.error}"
    said = " ".join(outcome.computed[name] for name in _ORDER if outcome.computed[name])
    if outcome.is_equal:
        return f"{outcome.id}\t一致\t{said}"
    differences = "；".join(
        f"expect_{name} 应为“{outcome.expected[name]}”，算得“{outcome.computed[name]}”" for name in outcome.differences
    )
    return f"{outcome.id}\t不一致\t{said}\t{differences}" + "".join(f"\t{note}" for note in outcome.notes)


def _total(outcomes: list[Outcome], benchmark: Benchmark) -> str:
    equal = sum(outcome.is_equal for outcome in outcomes)
    return f"《{benchmark.name}》（{benchmark.edition}）：共 {len(outcomes)} 行，一致 {equal} 行，不一致 {len(outcomes) - equal} 行。"


def _benchmark(rows: Path | None, lists: Path | None) -> Benchmark:
    if rows is None and lists is None:
        return load_shipped()
    if rows is None or lists is None:
        raise CommandError("裁量基准和清单要一起指定：--benchmark 和 --lists。", returncode=2)
    try:
        return load(text_of(rows), text_of(lists), name="裁量基准", edition=rows.name)
    except LoadError as error:
        raise CommandError(f"裁量基准读不出来：{error}", returncode=2) from None
