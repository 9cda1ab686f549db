"""What other packages may use of the inspections: nothing deeper than this page.

* ``RoadsideCheck`` and ``InspectionFiling``: the records.
* ``exchange_facts`` with ``InspectionFacts``: one finished inspection by its code, for the exchange; ``codes_to_tell``:
  which of them it is told of without a penalty.
* ``approval_keys``: what this person may approve now, ``officer_tasks`` and ``findings_without_case``: what still has to
  become a case; the keys are for the desk.
* ``visit_tasks``: what visits still ask of an officer: rechecks due, results left open or not told, records to sign.
* ``owed`` with ``Owed``: what is still to be done after a visit, with its clock, for the desk.
* ``inspection_rules`` with ``InspectionRule``: the rules of inspections as a table, for the documentation.
* ``INSPECTION_MOVES`` of ``InspectionMove`` in ``INSPECTION_ORDER``, ``RULE_TITLES``: how an inspection moves, for the
  public flow charts.
* ``results_to_publish`` with ``ToPublish``: draws, and results of inspections, that have to become public; for the desk.
* ``registers_for``: which registers of the inspections a person may open.
* ``yearly_inspections``: what the yearly figures count as inspections; ``inspections_behind`` of ``YearlyInspections``:
  the rows; ``filed_visits`` of ``FiledVisits``: filings and ratings of a year, for the yearly report.
* ``PAPERS``: the catalogue of the papers of an inspection, for the generated pages of docs/.
* ``newest_papers``: one paper of every kind, for the contact sheet of the forms.
* ``load_matters``: the shipped matters, for the demo.
* ``open_case_from_check``, ``open_case_from_inspection``: a finding becomes a case; ``open_summary_from_check``,
  ``open_summary_from_inspection``: one that is penalised on the spot.
"""

from inspections.actions.findings import (
    open_case_from_check,
    open_case_from_inspection,
    open_summary_from_check,
    open_summary_from_inspection,
)
from inspections.documents.catalogue import CATALOGUE as PAPERS
from inspections.documents.newest import newest_papers
from inspections.matters import load_matters
from inspections.models import InspectionFiling, PatrolShift, RoadsideCheck
from inspections.moves import MOVES as INSPECTION_MOVES
from inspections.moves import ORDER as INSPECTION_ORDER
from inspections.moves import Move as InspectionMove
from inspections.queries.draw_results import ToPublish
from inspections.queries.exchange import InspectionFacts, codes_to_tell, exchange_facts
from inspections.queries.owed import Owed, owed
from inspections.queries.records import approval_keys, findings_without_case
from inspections.queries.registers import registers_for
from inspections.queries.results import results_to_publish
from inspections.queries.visit_tasks import VisitTask, officer_tasks, visit_tasks
from inspections.queries.yearly import (
    FiledVisits,
    YearlyInspection,
    YearlyInspections,
    filed_visits,
    inspections_behind,
    yearly_inspections,
)
from inspections.rule_table import TITLES as RULE_TITLES
from inspections.rule_table import InspectionRule
from inspections.rule_table import load_rules as inspection_rules

__all__ = [
    "INSPECTION_MOVES",
    "INSPECTION_ORDER",
    "InspectionMove",
    "PAPERS",
    "RULE_TITLES",
    "InspectionFacts",
    "InspectionFiling",
    "InspectionRule",
    "inspection_rules",
    "PatrolShift",
    "RoadsideCheck",
    "codes_to_tell",
    "exchange_facts",
    "approval_keys",
    "findings_without_case",
    "load_matters",
    "newest_papers",
    "Owed",
    "owed",
    "open_case_from_check",
    "open_case_from_inspection",
    "open_summary_from_check",
    "open_summary_from_inspection",
    "VisitTask",
    "registers_for",
    "FiledVisits",
    "filed_visits",
    "YearlyInspection",
    "YearlyInspections",
    "inspections_behind",
    "yearly_inspections",
    "ToPublish",
    "results_to_publish",
    "officer_tasks",
    "visit_tasks",
]
