"""``./lishu manage gen_docs [--check]``: write the generated pages of docs/, or name those that are stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lishu_law.desk.docs import pages


class Command(BaseCommand):
    help = "Write the generated pages of docs/; with --check only say which are stale, and exit 1 if any is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", dest="only_check", help="write nothing")
        parser.add_argument("--folder", default=str(Path(settings.ROOT, "docs")), help="where the pages are")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        if not options["only_check"]:
            for name in pages.write(folder):
                self.stdout.write(f"docs/{name}")
            return
        if names := pages.stale(folder):
            words = "\n".join(f"docs/{name} is stale" for name in names)
            raise CommandError(f"{words}\nRun ./lishu manage gen_docs and commit what it writes.")
