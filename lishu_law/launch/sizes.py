"""House rules on size and names that no linter knows: long files and functions, dumping-ground modules, open ends.

Run by ``./lishu check``; each finding is one line ``path:line: what``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LONGEST_FILE, LONGEST_FUNCTION, MOST_ARGUMENTS = 400, 40, 5
PACKAGES = ("lishu_law", "cases", "inspections", "disclosure", "tests")
FORBIDDEN_NAMES = {
    *("util", "utils", "common", "misc", "base", "manager", "managers", "service", "services"),
    *("helper", "helpers", "shared", "lib", "core", "stuff", "extras"),
}
OPEN_ENDS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
HOSTS = re.compile(r"files\.python" + r"hosted\.org|\bpypi\." + r"org|registry\.npm" + r"js\.org")
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".yml", ".yaml", ".sh", ".txt", ".json", ""}
SKIPPED_FOLDERS = {"__pycache__", "node_modules", "static_collected", "htmlcov"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def findings(root: Path) -> list[str]:
    """Everything against the rules in the tree."""
    found: list[str] = []
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                found += in_module(path, path.relative_to(root))
    for path in texts(root):
        found += in_text(path, path.relative_to(root))
    return found


def in_module(path: Path, shown: Path) -> Iterator[str]:
    """Size and name of one Python file and of its functions."""
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n") + (not source.endswith("\n") and bool(source))
    if lines > LONGEST_FILE:
        yield f"{shown}:1: {lines} lines; split it by legal step (at most {LONGEST_FILE})"
    for name in forbidden(shown):
        yield f"{shown}:1: a module named {name!r} collects anything; name it after what it is"
    if shown.parts[0] == "tests":
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from in_function(node, shown)


def forbidden(shown: Path) -> Iterable[str]:
    """The parts of a module's path that are no names."""
    return [part for part in (*shown.parts[:-1], shown.stem) if part in FORBIDDEN_NAMES]


def in_function(node: Function, shown: Path) -> Iterator[str]:
    """Length, positional arguments and hidden imports of one function."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if lines > LONGEST_FUNCTION:
        yield f"{shown}:{node.lineno}: {node.name} has {lines} lines (at most {LONGEST_FUNCTION})"
    positional = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    if positional and positional[0] in {"self", "cls"}:
        positional = positional[1:]
    if len(positional) > MOST_ARGUMENTS:
        count = f"{len(positional)} positional arguments"
        yield f"{shown}:{node.lineno}: {node.name} takes {count} (at most {MOST_ARGUMENTS})"
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield f"{shown}:{inner.lineno}: import inside {node.name}; a cycle means that a layer is wrong"


def texts(root: Path) -> Iterator[Path]:
    """The text files of the project, without what is generated or ignored."""
    for path in sorted(root.iterdir()):
        if path.is_file() and path.suffix in TEXTS:
            yield path
    for name in (*PACKAGES, "templates", "static", "docs", "requirements", ".ci"):
        for path in sorted((root / name).rglob("*")):
            if path.is_file() and path.suffix in TEXTS and not SKIPPED_FOLDERS & set(path.parts):
                yield path


def in_text(path: Path, shown: Path) -> Iterator[str]:
    """Open ends and addresses of package hosts in one text."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return
    for number, line in enumerate(lines, 1):
        if OPEN_ENDS.search(line):
            yield f"{shown}:{number}: an open end; do it now or open an issue"
        if HOSTS.search(line):
            yield f"{shown}:{number}: names a package host, which is wrong behind a mirror or without internet"
