"""``./lishu manage seed_demo [--scale N] [--seed S] [--again]``: the demonstration's invented data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lishu_law.demo.seed import DECISIONS, seed_demo
from lishu_law.errors import Refused


class Command(BaseCommand):
    help = "Fill an empty database with invented data. Exists in demo mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=int, default=DECISIONS, help="disclosed decisions (8707: the whole register)"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same data")
        parser.add_argument("--again", action="store_true", help="add decisions to a database that has accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scale"] < 0:
            raise CommandError("--scale 不能小于 0。")
        try:
            made = seed_demo(
                scale=options["scale"], seed=options["seed"], again=options["again"], say=self.stdout.write
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(
            f"演示数据：人员 {made.people}、当事人 {made.parties}、案件 {made.cases}、公示 {made.records} 条。"
        )
