"""The counter behind the numbers of shifts, roadside checks and filings."""

from __future__ import annotations

from django.db import models


class InspectionSeries(models.Model):
    """The last number given of one kind in one year; advanced only inside the act that uses the number."""

    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="inspection_series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
