"""The size and name rules catch offending samples and leave clean ones alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lishu_law.launch import sizes

OPEN_END = "TO" + "DO"


def long_function(lines: int) -> str:
    return "def long():\n" + "    x = 1\n" * (lines - 1)


CLEAN = {
    "cases/actions/filing.py": '"""Fine."""\n\n\ndef file(self, a, b, c, d, e, *, by, at):\n    return a\n',
    "cases/models/longest.py": "x = 1\n" * sizes.LONGEST_FILE,
    "cases/queries/inbox.py": long_function(sizes.LONGEST_FUNCTION),
    "cases/migrations/0001_initial.py": long_function(90) + "x = 1\n" * 900,
    "tests/cases/test_walk.py": long_function(90),
    "docs/architecture.md": "A manager of the bureau todos mentioned in small letters are fine.\n",
    "templates/base.html": "<main></main>\n",
}
OFFENDING = [
    ("cases/models/case.py", "x = 1\n" * (sizes.LONGEST_FILE + 1), "401 lines"),
    ("tests/cases/test_long.py", "x = 1\n" * (sizes.LONGEST_FILE + 1), "401 lines"),
    ("cases/actions/decision.py", long_function(sizes.LONGEST_FUNCTION + 1), "long has 41 lines"),
    ("cases/actions/nested.py", "class A:\n    async def go(self):\n" + "        x = 1\n" * 40, "go has 41 lines"),
    ("cases/actions/wide.py", "def wide(a, b, c, d, e, f):\n    return a\n", "6 positional arguments"),
    ("cases/actions/late.py", "def late():\n    import json\n    return json\n", "import inside late"),
    ("disclosure/utils.py", "x = 1\n", "'utils'"),
    ("inspections/common/draw.py", "x = 1\n", "'common'"),
    ("lishu_law/service.py", "x = 1\n", "'service'"),
    ("lishu_law/law/amounts.py", f"x = 1  # {OPEN_END} round\n", "open end"),
    ("templates/cases/page.html", "<!-- FIX" + "ME -->\n", "open end"),
    ("docs/how-to/start.md", f"{OPEN_END}: write\n", "open end"),
    ("requirements/runtime.txt", "--index-url https://pypi" + ".org/simple\n", "package host"),
]


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_clean_code_has_no_findings(tmp_path: Path) -> None:
    for name, text in CLEAN.items():
        write(tmp_path, name, text)
    assert sizes.findings(tmp_path) == []


@pytest.mark.parametrize(("name", "text", "words"), OFFENDING, ids=[row[0] for row in OFFENDING])
def test_each_offence_is_one_finding_with_its_place(tmp_path: Path, name: str, text: str, words: str) -> None:
    write(tmp_path, name, text)
    found = sizes.findings(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"{name}:")
    assert words in found[0]
