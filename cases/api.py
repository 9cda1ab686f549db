"""What other packages may use of the cases: nothing deeper than this page.

* ``register_clue_core`` with ``NewClue`` and ``NewPerson``: a finding opens a case inside its own transaction; the
  caller writes its one journal entry.
* ``add_evidence_rows`` with ``NewEvidence``: hands photos and records over to the case just opened.
* ``DecisionFacts``, ``decision_facts``, ``sealed_decision_ids``: sealed decisions, for disclosure.
* ``mark_disclosed_core``: the decision became public.
* ``violations``: the catalogue of 案由 (code, title, domain) for pickers.
* ``STEPS`` of ``StepType`` with ``Guard`` and ``CASE_STATES``, ``CATALOGUE`` of ``DocumentType`` with ``FieldHome``: the
  procedure and the documents as data, for the generated pages of docs/.
"""

from cases.actions.closure import mark_disclosed_core
from cases.actions.filing import NewClue, NewPerson, register_clue_core
from cases.actions.investigation import NewEvidence, add_evidence_rows
from cases.documents.catalogue import CATALOGUE, DocumentType
from cases.documents.catalogue import Home as FieldHome
from cases.models import Case
from cases.procedure.guards import Guard
from cases.procedure.states import TITLES as CASE_STATES
from cases.procedure.steps import STEPS, StepType
from cases.queries.benchmarks import violation, violations
from cases.queries.decisions import DecisionFacts, decision_facts, sealed_decision_ids
from cases.queries.inbox import InboxRow, inbox
from cases.queries.limits import LimitLine, limit_lines

__all__ = [
    "CASE_STATES",
    "CATALOGUE",
    "STEPS",
    "Case",
    "DocumentType",
    "FieldHome",
    "Guard",
    "InboxRow",
    "LimitLine",
    "DecisionFacts",
    "NewClue",
    "NewEvidence",
    "NewPerson",
    "StepType",
    "add_evidence_rows",
    "decision_facts",
    "mark_disclosed_core",
    "register_clue_core",
    "sealed_decision_ids",
    "inbox",
    "limit_lines",
    "violation",
    "violations",
]
