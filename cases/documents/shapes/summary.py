"""The shape of the on-the-spot decision; see ``ordinary`` for the rules all shapes keep."""

from __future__ import annotations

from typing import TypedDict

from cases.documents.shapes.ordinary import Payment
from lishu_law.documents.shapes import Officer, PartyBlock


class SpotDecisionData(TypedDict):
    """M14 当场行政处罚决定书. ``heard`` says what the party pleaded and what came of it. ``pays_on_the_spot`` ticks
    当场缴纳, ``payment`` holds the bank where it is not collected; both are empty for a warning. ``remedy`` is the
    review-first paragraph (复议法23): a lawsuit is open only against the review decision."""

    party: PartyBlock
    act_at: str
    place: str
    facts: list[str]
    evidence: str
    act: str
    breached: str
    basis: str
    discretion: list[str]
    heard: list[str]
    penalty: str
    measures: str
    is_fined: bool
    pays_on_the_spot: bool
    pays_at_bank: bool
    collection_ground: str
    payment: Payment
    remedy: list[str]
    officers: list[Officer]
    organ: str
    decided_on: str
    entered_later: str
