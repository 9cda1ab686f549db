"""``./lishu manage verify_journal``: recompute the journal's hash chain and name the first broken row."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lishu_law.audit.journal import verify


class Command(BaseCommand):
    help = "Recompute the journal's hash chain; exit code 1 and the first broken row when it does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        count, broken = verify()
        if broken:
            raise CommandError(f"日志链在第 {broken.seq} 条断开：{broken.reason}。之前的 {count} 条完好。")
        self.stdout.write(f"日志链完好：共 {count} 条。")
