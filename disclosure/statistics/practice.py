"""What the yearly report says of the practice of enforcement: reviewed files, certificates, filed visits, ratings (§9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.api import ReviewedFiles, reviewed_files
from disclosure.statistics.figures import YearFigures
from disclosure.statistics.officers import last_day
from disclosure.statistics.own import Share
from inspections.api import FiledVisits, filed_visits


@dataclass(frozen=True)
class PracticeFigures:
    """Figures of a year that no form asks for. ``certified_on`` is the day the certificates are counted on."""

    reviewed: ReviewedFiles
    certified: Share  # of those who are officers now
    certified_on: date
    visits: FiledVisits

    @property
    def good(self) -> Share:
        return Share(self.visits.good, self.visits.given)


def practice_figures(found: YearFigures) -> PracticeFigures:
    """Five statements beside those of the year's tables."""
    year = found.year
    return PracticeFigures(reviewed_files(year), Share(*found.officers), last_day(year), filed_visits(year))
