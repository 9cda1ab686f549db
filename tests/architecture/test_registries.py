"""The registries are complete and agree with each other: steps, guards, limits, documents, permissions, addresses."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from cases import urls as case_urls
from cases.documents import contexts
from cases.documents.catalogue import CATALOGUE
from cases.procedure import guards
from cases.procedure.states import ROAD, STAGES, SUMMARY, TITLES, State
from cases.procedure.steps import BY_CODE, STEPS, StepType
from cases.views.frame import OWN_PAGES, PAGES
from lishu_law.access.matrix import APART_TEXT, RULES, Rule
from lishu_law.access.matrix.rule import HEARING_ROLES
from lishu_law.desk.docs.permissions import STAGES as STAGE_WORDS
from lishu_law.law.limits import LIMITS, Role
from lishu_law.law.rules import RULES as LAW_RULES
from lishu_law.registry.roles import LEADER_ROLES
from lishu_law.registry.roles import Role as StaffRole

pytestmark = pytest.mark.law

# Entered by the clue's own page, which has no case yet.
BY_OWN_PAGE = set(OWN_PAGES) & set(BY_CODE)
# Reads and small corrections of a case; everything else under /cases/ is a step.
CASE_PAGES = {
    "case-list", "case-new", "violation-find",
    "case-summary-new", "case-remedies", "case", "case-edit", "case-declare", "case-timeline", "case-limit", "case-document",
    # signed decisions issued together, of no one case
    "decision-issue", "decision-batch",
    "case-document-pdf", "case-evidence-file", "case-sign-seat", "case-signed-pdf", "case-signed-scan", "case-amount",
    "execution-board",
    # the register of devices, which is of no one case
    "device-list", "device-new", "device", "device-calibrate", "device-review-law", "device-review-technique",
    "device-publish",
    "case-informant", "case-informant-print",
    # the bound file: its progress, asking for it, taking it away
    "case-volume", "case-volume-make", "case-volume-fetch",
    # the dossier review of the file, and of closed files
    "case-self-review",
    "dossier-reviews", "dossier-review-draw", "dossier-review-year", "dossier-review-library", "dossier-review-result",
    "dossier-review-score", "dossier-review-object", "dossier-review-choose", "dossier-review-settle",
    "dossier-review-correct", "dossier-review-confirm", "dossier-review-paper", "dossier-review-year-workbook",
    "dossier-review-year-pdf",
    # the editions of benchmark, lists and statutes
    "edition-list", "edition", "edition-file", "edition-import-new", "edition-template", "edition-import",
    "edition-import-order", "edition-import-drop", "edition-import-faults", "edition-review", "edition-release",
    "edition-filing", "unconfirmed-list", "confirm-row",
    # the library of reference wording
    "phrase-list", "phrase-new", "phrase-revise", "phrase", "phrase-edit", "phrase-submit", "phrase-review",
    "phrase-retire",
    # a decision written without network, and the numbered forms it was written on
    "case-paper-decision", "blank-list", "blank-lease-new", "blank-lease", "blank-print", "blank-take-back",
    "blank-void", "blank-allow-late", "blank-scan", "blank-set",
}  # fmt: skip
ACTORS = {
    "执法人员": {StaffRole.OFFICER}, "承办人": {StaffRole.OFFICER}, "主办人": {StaffRole.OFFICER},
    "中队长": {StaffRole.SQUAD_LEADER}, "负责人": set(LEADER_ROLES), "法制审核员": {StaffRole.LEGAL_REVIEWER},
    "档案员": {StaffRole.ARCHIVIST}, "局长": {StaffRole.HEAD},
    "听证主持人": set(HEARING_ROLES),
    "听证记录员": set(HEARING_ROLES),
    "涉案财物管理员": {StaffRole.PROPERTY_KEEPER},
}  # fmt: skip
RULE_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
# Started by a sealed decision and ended by the publication, which is no step of the case.
ENDED_ELSEWHERE = {"pub-7wd"}
# Entered or left by nothing yet.
NOT_ON_THE_ROAD = {
    State.TRANSFERRED, *SUMMARY,
}  # fmt: skip
LAST = {State.ARCHIVED}


def each_step(*, without: set[str] = frozenset()) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("step", [s for s in STEPS if s.code not in without], ids=lambda step: step.code)


def test_codes_are_unique() -> None:
    assert len(BY_CODE) == len(STEPS)
    assert len({kind.code for kind in CATALOGUE}) == len(CATALOGUE)


def test_a_form_of_several_titles_is_a_document_for_each() -> None:
    """S08 is 鉴定委托书 and 期间告知书, S03 撤销立案 and 终止调查: papers of their own under one number of the list."""
    assert len({(kind.doc_id, kind.title) for kind in CATALOGUE}) == len(CATALOGUE)


@each_step()
def test_a_step_is_complete(step: StepType) -> None:
    assert step.title
    assert step.group
    assert re.search(r"第[一二三四五六七八九十]+条", step.citation)
    assert step.action in RULES
    assert {*step.starts, *step.stops, *([step.limit] if step.limit else [])} <= set(LIMITS)
    assert set(step.papers) <= {kind.code for kind in CATALOGUE}
    assert bool(step.from_states) or step.code in BY_OWN_PAGE


@each_step()
def test_the_matrix_lets_the_step_be_done_in_its_stages(step: StepType) -> None:
    rule = RULES[step.action]
    assert {STAGES[state] for state in step.from_states} <= (rule.stages or set(STAGES.values()))
    assert ACTORS[step.actor] <= {grant.role for grant in rule.grants}


@each_step()
def test_a_return_leads_back(step: StepType) -> None:
    if step.returns_to:
        assert all(ROAD.index(step.returns_to) < ROAD.index(state) for state in step.from_states)
    if step.to_state in ROAD and not step.is_side:
        assert all(ROAD.index(step.to_state) > ROAD.index(state) for state in step.from_states if state in ROAD)


def test_every_state_has_a_title_a_stage_and_a_place_on_the_road() -> None:
    assert set(TITLES) == set(STAGES) == set(State)
    entered = {step.to_state for step in STEPS} | {step.returns_to for step in STEPS}
    entered |= {state for step in STEPS for state in step.also_to}
    left = {state for step in STEPS if step.to_state is not None for state in step.from_states}
    assert set(State) - entered <= NOT_ON_THE_ROAD
    assert set(State) - left - LAST <= NOT_ON_THE_ROAD
    assert set(STAGES.values()) == set(STAGE_WORDS)


def test_every_duty_that_starts_is_ended_by_something() -> None:
    started = {code for step in STEPS for code in step.starts}
    ended = {code for step in STEPS for code in step.stops}
    duties = {code for code in started if LIMITS[code].role is Role.DUTY}
    assert duties - ended == ENDED_ELSEWHERE
    assert ended - started == set()


def guards_of_the_tree() -> dict[str, object]:
    """Every public function of ``cases.procedure.guards`` that answers ``(facts, today)``."""
    found: dict[str, object] = {}
    for module in pkgutil.iter_modules(guards.__path__, "cases.procedure.guards."):
        for name, value in vars(importlib.import_module(module.name)).items():
            is_ours = inspect.isfunction(value) and value.__module__ == module.name and not name.startswith("_")
            if is_ours and list(inspect.signature(value).parameters) == ["facts", "today"]:
                found[name] = value
    return found


def test_every_guard_is_used_and_says_which_rule_it_is() -> None:
    used = {guard.__name__: guard for step in STEPS for guard in step.guards}
    assert guards_of_the_tree() == used
    assert [name for name, guard in used.items() if not guard.__doc__] == []


def refusals(tree: Path) -> list[tuple[str, str, str]]:
    """Every ``Refusal(code, message, citation, fix)`` of the guards whose code and fix are written out."""
    found = []
    for path in sorted((tree / "cases" / "procedure" / "guards").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                code, _message, citation, fix = node.args
                found.append(tuple(ast.literal_eval(part) for part in (code, citation, fix)))
    return found


# Ours, where the law says it in no rule of its own: overlap of two records, an unread benchmark row, the order of dates.
OWN_REFUSALS = {"transcript-overlap", "benchmark-unconfirmed", "order-invariant"}


def test_refusals_of_guards_name_a_rule_an_article_and_a_cure(tree: Path) -> None:
    found = refusals(tree)
    assert len(found) > 30
    assert {code for code, _, _ in found} - set(LAW_RULES) == OWN_REFUSALS
    assert [code for code, citation, _ in found if not re.search(r"第[一二三四五六七八九十]+条", citation)] == []
    assert {fix for _, _, fix in found} - set(BY_CODE) - set(PAGES) == {""}


def test_every_step_has_its_address_and_every_act_of_a_case_its_step(addresses) -> None:
    cases = {one.name: one for one in addresses if one.module.startswith("cases.")}
    assert set(case_urls.ACTS) == set(BY_CODE) - BY_OWN_PAGE
    assert set(cases) - CASE_PAGES == {f"case-{code}" for code in case_urls.ACTS}
    assert {code for code in case_urls.ACTS if cases[f"case-{code}"].policy != BY_CODE[code].action} == set()


def test_every_step_is_begun_by_an_action(tree: Path) -> None:
    begun = set()
    for path in (tree / "cases" / "actions").glob("*.py"):
        begun |= set(re.findall(r'\bbegin\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert begun == set(BY_CODE) - BY_OWN_PAGE


def public_functions(path: Path) -> list[ast.FunctionDef]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in module.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def decorated(node: ast.FunctionDef) -> str:
    return " ".join(ast.unparse(one) for one in node.decorator_list)


@pytest.mark.parametrize("package", ["cases", "inspections", "disclosure"])
def test_whoever_begins_an_act_is_one_durable_transaction(tree: Path, package: str) -> None:
    """No action is nested into another's transaction; all but the thing acted on is said by name, ``by`` always."""
    wrong, seen = [], 0
    for path in sorted((tree / package / "actions").glob("*.py")):
        for node in public_functions(path):
            is_action = "transaction.atomic" in decorated(node)
            seen += is_action
            keywords = {one.arg for one in node.args.kwonlyargs}
            if is_action and ("durable=True" not in decorated(node) or len(node.args.args) > 1 or "by" not in keywords):
                wrong.append(f"{path.name}:{node.name}")
    assert wrong == []
    assert seen >= 2


@pytest.mark.parametrize("document", CATALOGUE, ids=lambda kind: kind.code)
def test_a_document_belongs_to_a_step_and_has_facts(document) -> None:
    assert (document.code in {code for step in STEPS for code in step.papers}) != bool(document.issuer)
    assert not document.issuer or document.issuer in RULES
    maker = "transcript" if document.code in {"onscene_record", "questioning_record"} else document.code
    assert callable(getattr(contexts, maker))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.action)
def test_a_permission_is_complete(rule: Rule) -> None:
    assert rule.title
    assert rule.grants
    assert rule.who
    assert rule.stages <= set(STAGES.values())
    assert set(rule.apart) <= set(APART_TEXT)
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", rule.action)


@pytest.mark.parametrize("limit", LIMITS.values(), ids=lambda limit: limit.code)
def test_a_limit_names_its_owner_and_its_law(limit) -> None:
    assert limit.actor
    assert limit.citation
    assert limit.hard_or_soft in {"hard", "soft"}
    assert RULE_ID.fullmatch(limit.rule_id)
    assert limit.rule_id in LAW_RULES
