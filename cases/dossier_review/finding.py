"""What a check finds: the item it costs points on, the defect by name, what is written where, and what cures it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One defect.

    ``defect`` names it for tests and statistics; ``text`` says what, why and how to go on; ``evidence`` is where it is
    seen; ``cure`` a step of the table or a page of the case (``cases.views.frame``), empty where nothing cures it.
    """

    item: str
    defect: str
    text: str
    evidence: str = ""
    cure: str = ""
