"""Working days for the `late` flag (contract 3.1): Monday to Friday, corrected by a calendar file if one is given."""

import csv
from datetime import date, timedelta
from pathlib import Path


class Workdays:
    """Counts working days; the file has the columns date, kind (`off` or `makeup`)."""

    def __init__(self, file: Path | None = None) -> None:
        self._special: dict[date, bool] = {}
        self._deadlines: dict[tuple[date, int], date] = {}
        if file is not None:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.DictReader(stream):
                    self._special[date.fromisoformat(row["date"])] = row["kind"] == "makeup"

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""
        return self._special.get(day, day.weekday() < 5)

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day following `day`; the day itself does not count."""
        known = self._deadlines.get((day, count))
        if known is not None:
            return known
        last, left = day, count
        while left:
            last += timedelta(days=1)
            left -= self.is_working(last)
        if len(self._deadlines) > 10_000:
            self._deadlines.clear()
        self._deadlines[(day, count)] = last
        return last

    def is_past(self, today: date, start: date, count: int) -> bool:
        """Whether `today` lies after the `count`-th working day following `start`."""
        if today <= start:
            return False
        if (today - start).days > 60:
            return True
        return today > self.after(start, count)
