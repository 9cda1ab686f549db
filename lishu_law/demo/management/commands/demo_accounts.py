"""``./lishu manage demo_accounts``: who may sign in to the demonstration, and with which password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lishu_law.demo.people import accounts_table


class Command(BaseCommand):
    help = "Print the demo accounts with roles and units. Exists in demo mode only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示账号只在演示模式下存在。请设置 LISHU_DEMO=1 再运行。")
        table = accounts_table()
        if not table:
            raise CommandError("还没有演示账号。请先运行 seed_demo。")
        self.stdout.write(table)
