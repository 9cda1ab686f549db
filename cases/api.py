"""What other packages may use of the cases: nothing deeper than this page.

* ``register_clue_core`` with ``NewClue`` and ``NewPerson``: a finding opens a case inside its own transaction; the
  caller writes its one journal entry.
* ``add_evidence_rows`` with ``NewEvidence``: hands photos and records over to the case just opened.
* ``DecisionFacts``, ``decision_facts``, ``sealed_decision_ids``: sealed decisions, for disclosure.
* ``mark_disclosed_core``: the decision became public.
* ``violations``: the catalogue of 案由 (code, title, domain) for pickers.
"""

from cases.actions.closure import mark_disclosed_core
from cases.actions.filing import NewClue, NewPerson, register_clue_core
from cases.actions.investigation import NewEvidence, add_evidence_rows
from cases.models import Case
from cases.queries.benchmarks import violation, violations
from cases.queries.inbox import InboxRow, inbox
from cases.queries.limits import LimitLine, limit_lines
from cases.queries.decisions import DecisionFacts, decision_facts, sealed_decision_ids

__all__ = [
    "Case",
    "InboxRow",
    "LimitLine",
    "DecisionFacts",
    "NewClue",
    "NewEvidence",
    "NewPerson",
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
