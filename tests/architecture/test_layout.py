"""Files of the tests may live in any folder, but each needs a name of its own: pytest imports them by it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path


def test_every_test_file_has_its_own_name(tree: Path) -> None:
    names = Counter(path.name for path in (tree / "tests").rglob("test_*.py"))
    assert names
    assert [name for name, count in names.items() if count > 1] == []
