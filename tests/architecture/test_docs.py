"""The pages of docs/ are true: generated ones are fresh, and what the others name exists in the tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from lishu_law.access.matrix import RULES
from lishu_law.desk.docs.markdown import code, table
from lishu_law.desk.docs.pages import PAGES, stale, write
from lishu_law.launch import sizes
from lishu_law.registry.roles import Role

OURS = {"lishu_law", "cases", "inspections", "disclosure"}
# A path in code marks: a known top-level folder, or a file of the root; placeholders like <code> are no paths.
PATH = re.compile(
    r"`((?:lishu_law|cases|inspections|disclosure|templates|static|tests|docs|requirements|\.ci)/[^`\s]*)`"
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"\./lishu manage ([a-z_]+)")
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home|tmp)(?=/)(?!/lishu-<uid>)")
HOSTS = re.compile("|".join(re.escape(f"{name}.{end}") for name, end in (
    ("pypi", "org"), ("files.pythonhosted", "org"), ("registry.npmjs", "org"), ("deb.debian", "org"),
    ("archive.ubuntu", "com"), ("jsdelivr", "net"), ("unpkg", "com"), ("cdnjs.cloudflare", "com"),
    ("fonts.googleapis", "com"), ("proxy.golang", "org"), ("mirrors.aliyun", "com"), ("tuna.tsinghua", "edu.cn"),
)))  # fmt: skip


def written(tree: Path) -> list[Path]:
    """README, CHANGELOG and the pages people write."""
    return [tree / "README.md", tree / "CHANGELOG.md", *sorted((tree / "docs").rglob("*.md"))]


# Generated pages


def test_generated_pages_are_fresh(tree: Path) -> None:
    assert stale(tree / "docs") == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_the_same_on_every_run(name: str) -> None:
    page = PAGES[name]()
    assert page == PAGES[name]()
    assert page.startswith("# ")
    assert page.endswith("\n")
    assert "Generated" in page
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in page.split("\n\n")[-1].splitlines() if line[:1] == "|"}
    assert len(widths) <= 1


def test_check_names_the_stale_page_and_write_cures_it(tmp_path: Path) -> None:
    assert write(tmp_path) == list(PAGES)
    call_command("gen_docs", only_check=True, folder=str(tmp_path))
    with (tmp_path / "procedure.md").open("a", encoding="utf-8") as page:
        page.write("a line by hand\n")
    (tmp_path / "documents.md").unlink()
    with pytest.raises(CommandError, match=r"docs/procedure\.md is stale\ndocs/documents\.md is stale"):
        call_command("gen_docs", only_check=True, folder=str(tmp_path))
    assert write(tmp_path) == ["procedure.md", "documents.md"]
    assert stale(tmp_path) == []


def test_cells_stay_in_their_table() -> None:
    assert table(("A", "B"), [("x | y", "two\nlines")]) == "| A | B |\n|---|---|\n| x \\| y | two lines |"
    assert code("a", "b") == "`a`, `b`"


# What the written pages name


def test_paths_and_links_of_the_docs_exist(tree: Path) -> None:
    missing = []
    for page in written(tree):
        text = page.read_text(encoding="utf-8")
        paths = [path.split("::")[0] for path in PATH.findall(text) if not re.search(r"[<*{…]", path)]
        missing += [f"{page.name}: {path}" for path in paths if not (tree / path).exists()]
        missing += [f"{page.name}: {link}" for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert missing == []


def test_commands_of_the_docs_exist(tree: Path) -> None:
    named = {name for page in written(tree) for name in COMMAND.findall(page.read_text(encoding="utf-8"))}
    assert named - set(get_commands()) == set()
    assert {"due", "gen_docs"} <= named


def test_nothing_speaks_of_a_machine_or_a_package_host(tree: Path) -> None:
    found = []
    for path in sizes.texts(tree):
        shown = path.relative_to(tree)
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{shown}: {match}" for match in HOSTS.findall(text)]
        if path.suffix == ".md":
            found += [f"{shown}: {match}" for match in MACHINE.findall(text)]
    assert found == []


@pytest.mark.parametrize(("text", "is_found"), [
    ("see /" + "work/notes.md", True), ("in /" + "tmp/build/x", True), ("`/tmp/lishu-<uid>-<hash>`", False),
    ("below `/root`", False), ("https://example.gov.cn/home/page", False), ("the docs/home/page", False),
])  # fmt: skip
def test_the_scan_for_machine_paths_can_fail(text: str, is_found: bool) -> None:
    assert bool(MACHINE.search(text)) is is_found


# The pages of decisions


def test_every_decision_record_keeps_the_form(tree: Path) -> None:
    records = sorted((tree / "docs" / "adr").glob("*.md"))
    assert len(records) >= 25
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    for path in records:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 30, path.name
        assert re.match(rf"# {int(path.name[:4])}\. \S", lines[0]), path.name
        headings = [line for line in lines if line.startswith("## ")]
        assert headings == ["## Context", "## Decision", "## Consequence"], path.name


def test_architecture_stays_two_pages(tree: Path) -> None:
    assert len((tree / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines()) <= 140


# The glossary

# Modules that are named after their part in the building, not after a concept of the law or of the product.
TECHNICAL = {"doing", "draw_frame", "frame", "persons", "__init__"}


def glossary(tree: Path) -> list[list[str]]:
    rows = [
        line for line in (tree / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def code_names(tree: Path) -> set[str]:
    return {name for row in glossary(tree) for name in re.findall(r"`([^`]+)`", row[4])}


def test_rows_of_the_glossary_are_complete_and_said_once(tree: Path) -> None:
    rows = [row for row in glossary(tree) if row[0] != "Term"]
    assert [row for row in rows if len(row) != 6] == []
    assert [row[0] for row in rows if not (row[0] and row[1] and row[3] and row[4])] == []
    terms = [row[0] for row in rows]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_every_concept_of_the_code_is_in_the_glossary(tree: Path) -> None:
    concepts = {
        path.stem
        for folder in ("cases/actions", "cases/models", "inspections/actions", "disclosure/actions", "disclosure/models",
                       "inspections/models", "cases/procedure/guards")
        for path in (tree / folder).glob("*.py")
    } - TECHNICAL  # fmt: skip
    concepts |= {
        "cases",
        "inspections",
        "disclosure",
        "discretion",
        "outbox",
        "portal",
        "mock_feed",
        "audit",
        "registry",
    }
    assert concepts - code_names(tree) == set()


def test_every_model_is_in_the_glossary(tree: Path) -> None:
    models = {model.__name__ for model in apps.get_models() if model.__module__.split(".")[0] in OURS}
    assert len(models) > 30
    assert models - code_names(tree) == set()


def test_every_role_is_in_the_glossary_with_its_words(tree: Path) -> None:
    text = (tree / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert [role for role in Role if f"`{role.value}`" not in text or role.label not in text] == []


def test_code_names_of_the_glossary_stand_in_the_code(tree: Path) -> None:
    source = "\n".join(
        str(path.relative_to(tree)) + "\n" + path.read_text(encoding="utf-8")
        for package in sorted(OURS)
        for path in sorted((tree / package).rglob("*.py"))
        if "migrations" not in path.parts
    )
    words = set(re.findall(r"[A-Za-z_]+", source)) | {action.split(".")[0] for action in RULES}
    assert {name for name in code_names(tree) if not set(re.findall(r"[A-Za-z_]+", name)) <= words} == set()
