"""``./lishu manage demo_clock [--to 2026-12-01T23:02 | --add 5d | --show]``: the demo clock from the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lishu_law import clock
from lishu_law.errors import Refused
from lishu_law.web.demo_clock import after_step, move_clock


class Command(BaseCommand):
    help = "Show the demo clock or move it forward (Beijing time). Exists in demo mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--to", metavar="2026-12-01T23:02", help="move to this moment")
        group.add_argument("--add", metavar="5d", help="move by 3h, 5d, 2wd (working days) or 30m")
        group.add_argument("--show", action="store_true", help="only print the time (the default)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示时钟只在演示模式下存在。请设置 LISHU_DEMO=1 再运行。")
        moment = clock.now()
        if options["to"] or options["add"]:
            try:
                moment = move_clock(by=None, to=_wanted(options["to"], options["add"], moment))
            except Refused as refused:
                raise CommandError(refused.message) from refused
        self.stdout.write(f"{clock.local(moment):%Y-%m-%dT%H:%M:%S}")


def _wanted(to: str | None, add: str | None, now: datetime) -> datetime:
    try:
        if add:
            return after_step(add, now)
        wanted = datetime.fromisoformat(to or "")
    except ValueError as error:
        words = str(error) if add else f"看不懂时间“{to}”，请写成 2026-12-01T23:02。"
        raise CommandError(words) from error
    return wanted if wanted.tzinfo else wanted.replace(tzinfo=clock.SHANGHAI)
