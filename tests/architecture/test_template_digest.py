"""The kept database of the tests is made anew whenever a migration, or what it imports, has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.template import digest

MIGRATION = "import cases.states\nfrom lishu_law import clock\nfrom lishu_law.audit import triggers\n"
FILES = {
    "pyproject.toml": "", "lishu_law/settings.py": "", "lishu_law/__init__.py": "", "lishu_law/clock.py": "",
    "lishu_law/audit/__init__.py": "", "lishu_law/audit/triggers.py": "", "lishu_law/audit/journal.py": "",
    "cases/states.py": "", "cases/migrations/0001_initial.py": MIGRATION,
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", sorted(set(FILES) - {"lishu_law/audit/journal.py"}))
def test_what_a_migration_depends_on_makes_another_database(root: Path, name: str) -> None:
    before = digest(root)
    root.joinpath(name).write_text(f"{FILES[name]}# changed\n", encoding="utf-8")
    assert digest(root) != before


def test_a_new_migration_does_too(root: Path) -> None:
    before = digest(root)
    root.joinpath("cases/migrations/0002_more.py").write_text("", encoding="utf-8")
    assert digest(root) != before


def test_other_code_does_not(root: Path) -> None:
    before = digest(root)
    root.joinpath("lishu_law/audit/journal.py").write_text("# changed\n", encoding="utf-8")
    assert digest(root) == before
