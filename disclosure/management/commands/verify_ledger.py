"""``./lishu manage verify_ledger``: recompute the public register; name what differs and the last good checkpoint."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.queries.ledger_check import verify

SHOWN = 50


class Command(BaseCommand):
    help = "Recompute the public register from its tables; exit code 1 with table, row and column of every difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-files", action="store_true", help="do not read received files and documents")
        parser.add_argument("--no-pages", action="store_true", help="do not render the public pages")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(pages=not options["no_pages"], files=not options["no_files"])
        if report.faults:
            lines = [str(fault) for fault in report.faults[:SHOWN]]
            if len(report.faults) > SHOWN:
                lines.append(f"……共 {len(report.faults)} 处")
            last = "没有" if report.last_good is None else f"大小 {report.last_good}"
            raise CommandError("\n".join(["登记簿不一致：", *lines, f"最后一个完好的检查点：{last}。"]))
        self.stdout.write(
            f"登记簿完好：{report.leaves} 条登记，{report.checkpoints} 个检查点，{report.records} 条公示过的记录。"
        )
