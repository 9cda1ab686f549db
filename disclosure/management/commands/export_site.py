"""``./lishu manage export_site DIR``: the public register as files that open without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.portal.static_site.site import export
from lishu_law.errors import Refused


class Command(BaseCommand):
    help = "Write the public register (pages, data files, styles) to a folder of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="an empty folder, or one this command made before")

    def handle(self, *_args: Any, **options: Any) -> None:
        target = Path(options["folder"])
        try:
            count = export(target)
        except Refused as refused:
            raise CommandError("；".join(one.message for one in refused.refusals)) from refused
        self.stdout.write(f"已导出 {count} 页到 {target}，打开 index.html 查看。")
