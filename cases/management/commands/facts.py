"""``./lishu manage facts [--check]``: every fact, its home, the form that asks for it and the document fields it feeds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.forms import homes


class Command(BaseCommand):
    help = "Print each fact with its home, who asks for it and what it prints; exit 1 when two forms ask for one fact."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", dest="only_check", help="print what is wrong only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["only_check"]:
            for line in homes.report():
                self.stdout.write(line)
        if found := homes.faults():
            raise CommandError("\n".join(found))
        asked, fed = homes.asked(), homes.fed()
        kept = {one.home for one in asked} - {homes.STEER, homes.IN_DOCUMENT}
        again = sum(bool(one.again) for one in asked)
        self.stdout.write(
            f"{len(asked)} fields of {len({one.form for one in asked})} forms are kept in {len(kept)} columns, "
            f"{again} of them asked again with a reason; {len(fed)} fields of {len({one.document.code for one in fed})} "
            "documents are printed from them. No fact is asked for twice."
        )
