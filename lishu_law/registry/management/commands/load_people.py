"""``./lishu manage load_people FILE.csv [--dry-run]``: staff, units and certificates; prints first passwords once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lishu_law.registry.people_import import COLUMNS, load_people


class Command(BaseCommand):
    help = f"Load staff from a UTF-8 CSV file with the columns: {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check every line, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = options["file"].read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"文件读不出来（{error}）。请用 UTF-8 编码的 CSV。") from error
        outcome = load_people(lines, dry_run=options["dry_run"])
        if outcome.faults:
            raise CommandError("没有写入任何人员，请先改好：\n" + "\n".join(outcome.faults))
        if options["dry_run"]:
            self.stdout.write("检查通过，没有写入。")
            return
        self.stdout.write(f"新增 {len(outcome.passwords)} 人，更新 {outcome.updated} 人。")
        for username, password in outcome.passwords.items():
            self.stdout.write(f"{username}\t{password}")
