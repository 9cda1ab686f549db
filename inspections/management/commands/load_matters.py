"""``manage load_matters``: the shipped list of inspection matters."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from inspections.matters import load_matters


class Command(BaseCommand):
    help = "Load the shipped inspection matters (检查事项)."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"检查事项 {load_matters()} 项")
