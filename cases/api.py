"""What other packages may use of the cases: nothing deeper than this page.

* ``register_clue_core`` with ``NewClue`` and ``NewPerson``: a finding opens a case inside its own transaction; the
  caller writes its one journal entry.
* ``open_summary_core``: the same for a finding that is penalised on the spot.
* ``add_evidence_rows`` with ``NewEvidence``: hands photos and records over to the case just opened; ``hand_over_core``
  what was written later, ``keep_file_core`` its file when that is drawn. ``Evidence`` is the row.
* ``DecisionFacts``, ``decision_facts``, ``sealed_decision_ids``: sealed decisions, for disclosure.
* ``decisions_of_same_person``: which decisions concern the same natural person, for the bar of credit repair.
* ``ClericalNotice``, ``clerical_notices``: correction notices of sealed decisions, whose public copy has to follow.
* ``mark_disclosed_core`` with ``Published``: the decision became public, in these words.
* ``RulingFacts``, ``rulings_to_withdraw``, ``mark_withdrawn_core`` with ``TakenDown``: decisions that fell or changed,
  whose publication has to go.
* ``PublicItem``, ``PublicSheet``, ``PublicAnswer``, ``HowComputed`` with ``public_items``, ``public_sheet``,
  ``public_answer``, ``how_computed``: the published benchmark and the way a decision was computed, for the public site.
* ``violations``: the catalogue of 案由 (code, title, domain); ``hits_for`` is what a search
  line before the choice finds, ``FIND_HELP`` its hint, ``recent_codes`` those used lately.
* ``RunningLimit`` with ``limits_to_tell``, ``pending_message``, ``told``, ``limits_of``, ``actors_of``: limits of many
  cases, for messages; ``my_limits`` for the calendar, ``late_limits`` for the squad leader's desk.
* ``recompute_running_core`` with ``Moved``: every running limit again, after the calendar changed.
* ``side_work`` of ``SideWork``: what waits for a person beside the road of the cases, for the desk.
* ``yearly_counts``, ``yearly_cases`` of ``YearlyCases``, ``no_penalty_by_matter``, ``days_to_decide``,
  ``decisions_of_others``: what the yearly figures count from the cases, and the rows behind each figure.
* ``reviewed_files`` of ``ReviewedFiles``: how the dossier reviews of a year ended, for the yearly report.
* ``ROAD``, ``SUMMARY_ROAD``, ``OFF_ROAD`` of ``CaseState``, ``Procedure``; ``MEASURE_MOVES`` in ``MEASURE_ORDER`` with
  ``MEASURE_STATES`` and ``MEASURE_ENDS`` of ``MeasureEnd``: how a case and a seizure move, for the public flow charts.
* ``newest_papers``, ``newest_volume_papers``: one paper of every kind of document, for the contact sheet of the forms.
* ``STEPS`` of ``StepType`` with ``Guard`` and ``CASE_STATES``, ``CATALOGUE`` and ``VOLUME_PAPERS`` of ``DocumentType``
  with ``FieldHome``: the procedure and the documents as data, for the generated pages of docs/.
"""

from cases.actions.calendar import Moved, recompute_running_core
from cases.actions.closure import mark_disclosed_core, mark_withdrawn_core
from cases.actions.filing import NewClue, NewPerson, register_clue_core
from cases.actions.handed_over import hand_over_core, keep_file_core
from cases.actions.investigation import NewEvidence, add_evidence_rows
from cases.actions.limits import told
from cases.actions.summary import open_summary_core
from cases.documents.catalogue import CATALOGUE, DocumentType
from cases.documents.catalogue import Home as FieldHome
from cases.documents.catalogue.volume import VOLUME_PAPERS
from cases.documents.contexts import Published, TakenDown
from cases.documents.newest import newest_papers
from cases.dossier.newest import newest_volume_papers
from cases.models import Case, Deadline, Evidence
from cases.procedure.guards import Guard
from cases.procedure.measure_moves import MEASURE_MOVES, MEASURE_ORDER
from cases.procedure.measures_facts import ENDING_TITLES as MEASURE_ENDS
from cases.procedure.measures_facts import STATE_TITLES as MEASURE_STATES
from cases.procedure.measures_facts import Ending as MeasureEnd
from cases.procedure.states import OFF_ROAD, ROAD, Procedure
from cases.procedure.states import SUMMARY as SUMMARY_ROAD
from cases.procedure.states import TITLES as CASE_STATES
from cases.procedure.states import State as CaseState
from cases.procedure.steps import STEPS, StepType
from cases.queries.benchmarks import violation, violations
from cases.queries.clerical import ClericalNotice, clerical_notices
from cases.queries.clocks import (
    RunningLimit,
    actors_of,
    late_limits,
    limits_of,
    limits_to_tell,
    my_limits,
    pending_message,
)
from cases.queries.concerned import open_case_counts
from cases.queries.decisions import DecisionFacts, decision_facts, sealed_decision_ids
from cases.queries.dossier_reviews import YearTable as ReviewedFiles
from cases.queries.dossier_reviews import year_table as reviewed_files
from cases.queries.inbox import InboxRow, WaitingRow, Worklist, end_of, inbox, worklist
from cases.queries.limits import LimitLine, limit_lines
from cases.queries.public_benchmarks import (
    HowComputed,
    PublicAnswer,
    PublicItem,
    PublicSheet,
    how_computed,
    public_answer,
    public_items,
    public_sheet,
)
from cases.queries.rulings import RulingFacts, rulings_to_withdraw
from cases.queries.same_person import decisions_of_same_person
from cases.queries.side_work import SideWork, side_work
from cases.queries.violations import FIND_HELP, hits_for, recent_codes
from cases.queries.yearly import (
    YearlyCase,
    YearlyCases,
    days_to_decide,
    decisions_of_others,
    no_penalty_by_matter,
    yearly_cases,
    yearly_counts,
)

__all__ = [
    "CASE_STATES",
    "CATALOGUE",
    "CaseState",
    "MEASURE_ENDS",
    "MEASURE_MOVES",
    "MEASURE_ORDER",
    "MEASURE_STATES",
    "MeasureEnd",
    "OFF_ROAD",
    "Procedure",
    "ROAD",
    "SUMMARY_ROAD",
    "STEPS",
    "Case",
    "ClericalNotice",
    "Deadline",
    "Evidence",
    "DocumentType",
    "FIND_HELP",
    "FieldHome",
    "Guard",
    "HowComputed",
    "InboxRow",
    "PublicAnswer",
    "PublicItem",
    "PublicSheet",
    "how_computed",
    "public_answer",
    "public_items",
    "public_sheet",
    "LimitLine",
    "Moved",
    "SideWork",
    "ReviewedFiles",
    "reviewed_files",
    "RunningLimit",
    "DecisionFacts",
    "NewClue",
    "NewEvidence",
    "NewPerson",
    "Published",
    "RulingFacts",
    "StepType",
    "TakenDown",
    "VOLUME_PAPERS",
    "WaitingRow",
    "Worklist",
    "YearlyCase",
    "YearlyCases",
    "days_to_decide",
    "decisions_of_others",
    "no_penalty_by_matter",
    "yearly_cases",
    "yearly_counts",
    "actors_of",
    "clerical_notices",
    "add_evidence_rows",
    "decision_facts",
    "decisions_of_same_person",
    "hand_over_core",
    "keep_file_core",
    "mark_disclosed_core",
    "open_summary_core",
    "mark_withdrawn_core",
    "register_clue_core",
    "side_work",
    "rulings_to_withdraw",
    "sealed_decision_ids",
    "inbox",
    "late_limits",
    "end_of",
    "hits_for",
    "limit_lines",
    "limits_of",
    "limits_to_tell",
    "my_limits",
    "newest_papers",
    "newest_volume_papers",
    "pending_message",
    "open_case_counts",
    "recent_codes",
    "recompute_running_core",
    "told",
    "worklist",
    "violation",
    "violations",
]
