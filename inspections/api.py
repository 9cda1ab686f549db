"""What other packages may use of the inspections: nothing deeper than this page.

* ``RoadsideCheck`` and ``InspectionFiling``: the records.
* ``exchange_facts`` with ``InspectionFacts``: one finished inspection by its code, for the exchange.
* ``waiting_approvals``: what this person may approve now, for the desk; ``findings_without_case``: what still has to
  become a case.
* ``load_matters``: the shipped matters, for the demo.
* ``open_case_from_check``, ``open_case_from_inspection``: a finding becomes a case.
"""

from inspections.actions.findings import open_case_from_check, open_case_from_inspection
from inspections.matters import load_matters
from inspections.models import InspectionFiling, PatrolShift, RoadsideCheck
from inspections.queries.exchange import InspectionFacts, exchange_facts
from inspections.queries.records import findings_without_case, waiting_approvals

__all__ = [
    "InspectionFacts",
    "InspectionFiling",
    "PatrolShift",
    "RoadsideCheck",
    "exchange_facts",
    "findings_without_case",
    "load_matters",
    "open_case_from_check",
    "open_case_from_inspection",
    "waiting_approvals",
]
