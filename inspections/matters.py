"""The starter list of inspection matters shipped with the project; its codes are placeholders (待确认)."""

from __future__ import annotations

import csv
from datetime import date
from itertools import groupby
from pathlib import Path

from inspections.models import InspectionMatter

DATA = Path(__file__).parent / "data" / "matters.csv"


def load_matters() -> int:
    """Write the shipped matters, one row per code and first day; doing it again changes nothing else. Returns how many."""
    with open(DATA, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    count = 0
    for code, group in groupby(rows, key=lambda row: row["item_code"]):
        points = list(group)
        head = points[0]
        InspectionMatter.objects.update_or_create(
            item_code=code,
            valid_from=date.fromisoformat(head["valid_from"]),
            defaults={
                "name": head["name"],
                "basis": head["basis"],
                "object_class": head["object_class"],
                "violations": head["violations"].split(),
                "at_roadside": head["at_roadside"] == "Y",
                "is_key": head["is_key"] == "Y",
                "is_confirmed": head["is_confirmed"] == "Y",
                "published_on": date.fromisoformat(head["published_on"]),
                "check_points": [{key: row[key] for key in ("no", "content", "method", "standard")} for row in points],
            },
        )
        count += 1
    return count
