"""``./lishu manage due LIMIT_CODE --from 2026-02-13 [--json]``: the end of a time limit, counted day by day."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from lishu_law.law.due_report import render_text, report
from lishu_law.law.limits import LimitError
from lishu_law.registry import holidays


class Command(BaseCommand):
    help = "Print the end date of a time limit, its derivation day by day and its article."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """From the command line: count by the holidays published since, where the database can be asked."""
        try:
            holidays.read()
        except Error:
            self.stderr.write("没有连上数据库，按随程序发布的放假安排计算。")
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="LIMIT_CODE", help="rule_id of procedure_rules.csv; rule_id#2 for part 2")
        parser.add_argument("--from", dest="start", required=True, help="2026-02-13, or 2026-02-13T23:02 for hours")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = report(options["code"], options["start"])
        except LimitError as error:
            raise CommandError(str(error)) from error
        text = json.dumps(found, ensure_ascii=False, indent=2) if options["as_json"] else render_text(found)
        self.stdout.write(text)
