"""Every rule of the law is accounted for: where it lives, and a test that notices when it is switched off."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template

from cases.documents.catalogue import by_code
from cases.procedure.steps import BY_CODE
from lishu_law.access.matrix import RULES as PERMISSIONS
from lishu_law.law.limits import LIMITS
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.law.rule_homes import HomeStatus, RuleHome, load_homes
from lishu_law.law.rules import RULES
from tests.mutation import ANSWERS, resolve

pytestmark = pytest.mark.law

HOMES = load_homes()
IMPLEMENTED = [home for home in HOMES.values() if home.status is HomeStatus.IMPLEMENTED]
by_rule = pytest.mark.parametrize("home", IMPLEMENTED, ids=lambda home: home.rule_id)


def test_every_rule_of_the_table_has_a_row() -> None:
    assert len(RULES) == len(HOMES) == 262


def test_a_rule_that_does_not_apply_says_why() -> None:
    silent = [
        home.rule_id for home in HOMES.values() if home.status is HomeStatus.NOT_APPLICABLE and len(home.note) < 10
    ]
    assert silent == []


@by_rule
def test_where_a_rule_lives_exists(home: RuleHome) -> None:
    kind, _, name = home.where.partition(":")
    registries = {"permission": PERMISSIONS, "limit": LIMITS, "step": BY_CODE}
    if kind in registries:
        assert name in registries[kind]
    elif kind == "document":
        assert by_code(name)
    elif kind == "template":
        assert get_template(name)
    elif kind == "parameter":
        assert DEFAULT_PARAMETERS.get(name)
    else:
        assert resolve(home.where) is not None


@by_rule
def test_a_block_rule_can_be_switched_off(home: RuleHome) -> None:
    if home.rule.system_effect != "block":
        assert home.off == ""
    elif home.off == "apart":
        assert PERMISSIONS[home.where.removeprefix("permission:")].apart
    else:
        assert home.off in ANSWERS
        assert resolve(home.where).__closure__ is None


def functions_of(path: Path) -> set[str]:
    return {
        node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def test_the_named_tests_exist(tree: Path) -> None:
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for home in IMPLEMENTED:
        path, _, function = home.test.partition("::")
        wanted[path].add((home.rule_id, function.partition("[")[0]))
    missing = [
        (rule_id, path, function)
        for path, pairs in wanted.items()
        for rule_id, function in pairs
        if not (tree / path).is_file() or function not in functions_of(tree / path)
    ]
    assert missing == []


def test_the_command_prints_every_rule() -> None:
    output = StringIO()
    call_command("rules", "--json", stdout=output)
    rows = json.loads(output.getvalue())
    assert [row["rule_id"] for row in rows] == list(RULES)
    assert all(row["status"] for row in rows)


def test_a_switched_off_rule_is_noticed_by_its_test(tree: Path) -> None:
    """A seeded sample of what ``./lishu test --mutate-guards`` proves for every rule; those whose test needs no database."""
    words = [sys.executable, "-m", "tests.mutate_guards", "--pure", "--sample", "4", "--seed", "11"]
    done = subprocess.run(words, cwd=tree, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("noticed") == 4
