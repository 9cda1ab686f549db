"""``./lishu manage recompute_limits``: compute every running limit again by the published calendar."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lishu_law.desk.holidays.actions import recompute_limits


class Command(BaseCommand):
    help = "Compute every running time limit again by the published holidays; print those whose end moved."

    def handle(self, *args: Any, **options: Any) -> None:
        moved = recompute_limits()
        for one in moved:
            self.stdout.write(f"期限 {one.limit_id}：{one.before} → {one.after}")
        self.stdout.write(f"重新计算完成，{len(moved)} 个期限变了日期。")
