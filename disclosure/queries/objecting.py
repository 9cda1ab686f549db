"""Is whoever objects over the public page the party? By what only its own decision and papers say (disclosure.md §6).

The number of the decision, the last six signs of the party's identity number or credit code, and the 核验码 in the foot of
the decision: the same answer whatever is wrong, and for a decision that does not exist. Compared is a slow digest kept
with the public check: nobody's number is read (security.md §1).
"""

from __future__ import annotations

import hmac

from disclosure.models import DisclosureRecord
from disclosure.queries.search import fold, on_show
from lishu_law import clock
from lishu_law.documents.checking import by_number
from lishu_law.documents.codes import signs_digest


def record_of_party(number: str, last_six: str, code: str) -> DisclosureRecord | None:
    """The record on show whose party this is; None when anything does not fit. Decisions from a file have no 核验码."""
    record = on_show(clock.today()).filter(number_search=fold(number), decision_id__isnull=False).first()
    if record is None:
        return None
    paper = by_number(record.number, code)
    typed = signs_digest(record.number, code, last_six)  # also where no paper was found: the time must tell nothing
    if paper is None or paper.number != record.number:
        return None
    return record if any(hmac.compare_digest(typed, one) for one in paper.signs_digests) else None
