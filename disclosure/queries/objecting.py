"""Is whoever objects over the public page the party? By what only its own decision and papers say (disclosure.md §6).

The number of the decision, the last six signs of the party's identity number or credit code, and the 核验码 in the foot of
the decision: the same answer whatever is wrong, and for a decision that does not exist.
"""

from __future__ import annotations

import hmac

from cases.api import decision_facts
from disclosure.models import DisclosureRecord
from disclosure.queries.search import fold, on_show
from lishu_law import clock
from lishu_law.documents.checking import by_number

SIGNS = 6


def record_of_party(number: str, last_six: str, code: str) -> DisclosureRecord | None:
    """The record on show whose party this is; None when anything does not fit. Decisions from a file have no 核验码."""
    record = on_show(clock.today()).filter(number_search=fold(number), decision_id__isnull=False).first()
    if record is None or record.decision_id is None:
        return None
    paper = by_number(record.number, code)
    if paper is None or paper.number != record.number:
        return None
    facts = decision_facts(record.decision_id)
    known = [text[-SIGNS:] for text in (facts.party_uscc, facts.party_id_number) if len(text) >= SIGNS]
    fits = [hmac.compare_digest(one.upper().encode(), last_six.upper().encode()) for one in known]
    return record if any(fits) else None
