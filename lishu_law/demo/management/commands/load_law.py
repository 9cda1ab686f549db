"""``./lishu manage load_law``: check the law data of the release and make the authority's unit. May run any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lishu_law import clock
from lishu_law.demo.law_data import load_law


class Command(BaseCommand):
    help = "Check the shipped law data, load the inspection matters, create the authority's unit. Makes no accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        report = load_law(clock.today())
        if report.faults:
            raise CommandError("法律数据有错误，没有写入任何数据：\n" + "\n".join(report.faults))
        for count in report.counts:
            open_rows = f"，其中待确认 {count.unconfirmed}" if count.unconfirmed else ""
            self.stdout.write(f"{count.title} {count.rows}{open_rows}")
        self.stdout.write(f"待确认共 {report.unconfirmed} 条，页面和管理员处有标记。")
        self.stdout.write(f"执法机关：{report.authority}{'（新建）' if report.is_new_authority else ''}")
