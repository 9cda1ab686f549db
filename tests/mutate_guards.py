"""``./lishu test --mutate-guards [--sample N --seed S] [RULE …]``: does each block rule's test notice when it is off?

First every named test must pass as the program is; then each rule is switched off in turn, in a process of its own, and
its test must fail. Prints one line a rule; exit 1 when a test did not notice.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lishu_law.law.rule_homes import RuleHome, load_homes
from tests.mutation import VARIABLE

ROOT = Path(__file__).resolve().parent.parent
# pytest's exit codes: 0 all passed, 1 some failed; anything else is a broken run, which proves nothing.
PASSED, FAILED = 0, 1
PURE = ("tests/law/", "tests/cases/procedure/", "tests/cases/discretion/", "tests/inspections/test_inspection_rules.py")
WORKER = threading.local()


def main(words: Sequence[str]) -> int:
    """Run the proof; 0 when every switched-off rule was noticed."""
    asked = parse(words)
    homes = chosen([home for home in load_homes().values() if home.is_switchable], asked)
    tests = sorted({home.test for home in homes})
    if run(tests) != PASSED:
        print("A named test does not pass as the program is: nothing is proved.")
        return 1
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        answers = list(pool.map(noticed, homes))
    blind = [home.rule_id for home, saw in zip(homes, answers, strict=True) if not saw]
    for home, saw in zip(homes, answers, strict=True):
        print(f"{'noticed' if saw else 'NOT NOTICED'}  {home.rule_id}  {home.test}")
    print(f"{len(homes) - len(blind)} passed, {len(blind)} failed")
    return 1 if blind else 0


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./lishu test --mutate-guards")
    parser.add_argument("--sample", type=int, default=0, help="only so many rules, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pure", action="store_true", help="only rules whose test needs no database")
    parser.add_argument("rules", nargs="*", help="only these rule ids")
    return parser.parse_args(words)


def chosen(homes: list[RuleHome], asked: argparse.Namespace) -> list[RuleHome]:
    """The rules to try: those named, a seeded sample, or all."""
    if asked.pure:
        homes = [home for home in homes if home.test.startswith(PURE)]
    if asked.rules:
        return [home for home in homes if home.rule_id in asked.rules]
    if asked.sample:
        return random.Random(asked.seed).sample(homes, min(asked.sample, len(homes)))
    return homes


def noticed(home: RuleHome) -> bool:
    """Whether the rule's own test fails while the rule is off."""
    return run([home.test], off=home.rule_id) == FAILED


def run(tests: Sequence[str], *, off: str = "") -> int:
    """One pytest process on the test database of this thread (made anew at its first run); its exit code."""
    is_first = not hasattr(WORKER, "database")
    if is_first:
        WORKER.database = f"mutation_{threading.get_ident()}"
    environ = {**os.environ, VARIABLE: off, "LISHU_TEST_DATABASE": WORKER.database}
    kept = ["--create-db" if is_first else "--reuse-db", "--reuse-db"]
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *kept, *tests]
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode not in (PASSED, FAILED) or (done.returncode == FAILED and not off):
        print(done.stdout[-3000:], done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
