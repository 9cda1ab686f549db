"""``./lishu manage rules [--json]``: each of the 262 rules, what carries it, and the test that proves it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lishu_law.law.rule_homes import RuleHome, load_homes


class Command(BaseCommand):
    help = "Print for each procedural rule its status, where it lives and the test that proves it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON array instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [as_row(home) for home in load_homes().values()]
        if options["as_json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            unread = "" if row["is_read"] else "（待核对）"
            self.stdout.write(f"{row['rule_id']}  {row['effect']}  {row['status']}  {row['term']}{unread}")
            self.stdout.write("    " + "  ".join(str(row[name]) for name in ("where", "test", "note") if row[name]))
        counted = Counter(str(row["status"]) for row in rows)
        summary = ", ".join(f"{number} {status}" for status, number in sorted(counted.items()))
        self.stdout.write(f"{len(rows)} rules: {summary}")


def as_row(home: RuleHome) -> dict[str, Any]:
    """One rule as the command prints it."""
    rule = home.rule
    return {
        "rule_id": rule.rule_id,
        "procedure": rule.procedure,
        "effect": rule.system_effect,
        "force": rule.hard_or_soft,
        "term": rule.term_zh,
        "citation": rule.legal_basis,
        "is_read": rule.is_seen,
        "source": rule.source,
        "status": home.status.value,
        "where": home.where,
        "off": home.off,
        "test": home.test,
        "note": home.note,
    }
