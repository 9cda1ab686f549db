"""``./lishu bench [--only G8,G14] [--json] [--quick]``: our numbers beside their floors, measured in one run."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from lishu_law.demo.bench.assessing import assessment
from lishu_law.demo.bench.cases import MOST, make_cases
from lishu_law.demo.bench.comparing import CASES, similar_cases
from lishu_law.demo.bench.drawing import OBJECTS, big_draw
from lishu_law.demo.bench.earlier import earlier_decisions
from lishu_law.demo.bench.importing import objects_import
from lishu_law.demo.bench.issuing import DECISIONS, page_beside_a_batch
from lishu_law.demo.bench.journal_cost import journal_write
from lishu_law.demo.bench.measuring import Line
from lishu_law.demo.bench.pages import case_page, list_page
from lishu_law.demo.bench.people import Staff, is_foreign, staff
from lishu_law.demo.bench.printing import decision_pdf
from lishu_law.demo.bench.pushing import push, push_batches, push_hostile
from lishu_law.demo.bench.register import LEAVES, register_tree
from lishu_law.demo.bench.reviewing import file_review
from lishu_law.demo.bench.searching import capped_count, last_page, search_large, search_small
from lishu_law.demo.bench.served import served_page
from lishu_law.demo.bench.volume import PAGES, bound_volume

CODES = (
    "G1", "G2", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13", "G13L", "G14", "G17", "G19", "G20",
    "G21", "ASSESS", "VOLUME", "BATCH",
)  # fmt: skip
LARGE = 50_000  # rows of the large search by default; --rows 1000000 is the goal's own size and takes minutes to fill
SCALE = 8707  # the decisions of the bureau's real register


class Command(BaseCommand):
    help = "Measure pages, push, draw, journal and documents against their floors (in a database of its own)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", metavar="G8,G14", help=f"some of {', '.join(CODES)}")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
        parser.add_argument("--quick", action="store_true", help="fewer records and repetitions")
        parser.add_argument("--cases", type=int, default=300, metavar="N", help="cases in the lists (300)")
        parser.add_argument("--records", type=int, default=0, metavar="N", help=f"records pushed ({SCALE})")
        parser.add_argument("--objects", type=int, default=0, metavar="N", help=f"objects drawn from ({OBJECTS})")
        parser.add_argument(
            "--rows", type=int, default=0, metavar="N", help=f"rows searched (G1 {SCALE}, G2, G4, G5 {LARGE})"
        )
        parser.add_argument("--pages", type=int, default=0, metavar="N", help=f"pages of the bound file ({PAGES})")
        parser.add_argument(
            "--decisions", type=int, default=0, metavar="N", help=f"decisions of the batch ({DECISIONS})"
        )
        parser.add_argument("--repeat", type=int, default=0, metavar="N", help="calls in one turn")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = _wanted(options["only"])
        if not settings.DEMO:
            raise CommandError("性能测试只在演示模式下运行。请用 ./lishu bench。")
        if is_foreign():
            raise CommandError("这个数据库里有别的人员，性能测试不写入。请用 ./lishu bench，它有自己的数据库。")
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the server warns about a missing one
        cast = staff()
        if {"G6", "G7", "G8", "G20", "G21", "VOLUME", "BATCH"} & set(wanted):
            make_cases(cast, max(1, min(options["cases"], MOST)))
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        lines = []
        for code in wanted:
            line = measures(cast, options)[code]()
            if line is None:
                self.stderr.write(f"{code}: 这台机器没有 PDF 所需的系统库，没有测。")
                continue
            lines.append(line)
            if not options["json"]:
                self.stdout.write(str(line))
                self.stdout.flush()
        if options["json"]:
            self.stdout.write(json.dumps({"lines": [line.as_data() for line in lines]}, ensure_ascii=False))


def measures(cast: Staff, options: dict[str, Any]) -> dict[str, Callable[[], Line | None]]:
    """How each line is measured, with the repetitions of this run."""
    quick = options["quick"]
    repeat = options["repeat"] or (30 if quick else 150)
    rows = options["rows"] or (SCALE if quick else LARGE)
    records = options["records"] or (500 if quick else SCALE)
    return {
        "G1": lambda: search_small(options["rows"] or SCALE, 60 if quick else 400),
        "G2": lambda: search_large(rows, 40 if quick else 200),
        "G4": lambda: capped_count(rows),
        "G5": lambda: last_page(rows),
        "G6": lambda: list_page(cast, repeat),
        "G7": lambda: served_page(cast, 0.5 if quick else min(2.0, repeat / 50)),
        "G8": lambda: case_page(cast, repeat),
        "G9": lambda: push(records),
        "G10": lambda: push_batches(records),
        "G11": lambda: push_hostile(records),
        "G12": lambda: big_draw(options["objects"] or (10_000 if quick else OBJECTS)),
        "G13": lambda: objects_import(cast, 1_000 if quick else SCALE),
        "G13L": lambda: earlier_decisions(cast, 1_000 if quick else SCALE),
        "G14": lambda: journal_write(cast, repeat),
        "G17": lambda: register_tree(20_000 if quick else LEAVES),
        "G19": lambda: similar_cases(cast, 10_000 if quick else CASES, repeat),
        "G20": lambda: decision_pdf(cast, max(1, repeat // 15)),
        "G21": lambda: file_review(cast, repeat),
        "ASSESS": lambda: assessment(0.3 if quick else 2),
        "BATCH": lambda: page_beside_a_batch(
            cast, options["decisions"] or (4 if quick else DECISIONS), 2 if quick else 20
        ),
        "VOLUME": lambda: bound_volume(cast, options["pages"] or (40 if quick else PAGES)),
    }


def _wanted(only: str) -> tuple[str, ...]:
    names = [name.strip().upper() for name in only.split(",") if name.strip()]
    unknown = [name for name in names if name not in CODES]
    if unknown:
        raise CommandError(f"没有这些测试项：{'、'.join(unknown)}。可选 {'、'.join(CODES)}。")
    return tuple(code for code in CODES if not names or code in names)
