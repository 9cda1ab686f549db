"""The citizen's program, run as a citizen runs it: in a process of its own, with nothing but the published files."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from inspections.draw import recompute
from inspections.draw.files import sha256
from inspections.draw.pools import Pool
from tests.inspections.draw.scenes import a_pool, nonce_of, publish, redrawn, without

pytestmark = pytest.mark.law

PROGRAM = Path(recompute.__file__)


def run(folder: Path) -> tuple[int, str]:
    """Isolated (-I): neither the project nor any installed package can be imported."""
    words = [sys.executable, "-I", "-S", str(PROGRAM), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def published(folder: Path) -> Pool:
    recusals = {f"DX-S01-{n:05d}": frozenset({"R01", "R03"}) for n in range(0, 60, 2)}
    pool = without(a_pool((60, 15), officers=7, recusals=recusals, ratios=("20", "33.33")), "DX-S01-00003", "cap")
    pool = replace(pool, officers=tuple(replace(one, before=n % 3) for n, one in enumerate(pool.officers)))
    _now, steps = redrawn(pool, nonce_of(8), [(0, None), (1, 0), (1, 1), (0, None), (13, 0), (14, None)])
    assert len(steps) == 6
    publish(folder, pool, nonce_of(8), steps)
    return pool


def test_it_agrees_with_a_draw_and_its_redraws(tmp_path: Path) -> None:
    published(tmp_path)
    code, said = run(tmp_path)
    assert code == 0, said
    assert said.splitlines()[-1] == "核验一致"


def test_five_thousand_of_a_hundred_thousand(tmp_path: Path) -> None:
    recusals = {f"DX-S01-{n:05d}": frozenset({f"R{n % 40 + 1:02d}"}) for n in range(0, 70_000, 50)}
    pool = a_pool((70_000, 30_000), officers=40, recusals=recusals, ratios=("5",))
    result = publish(tmp_path, pool, nonce_of(9))
    assert len(result.drawn) == 5000
    code, said = run(tmp_path)
    assert code == 0, said
    assert said.splitlines()[-1] == "核验一致"


def test_it_counts_what_the_year_counted_before(tmp_path: Path) -> None:
    """Another number in officers.csv, and a commitment made to fit, give other teams than those published."""
    published(tmp_path)
    texts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in ("officers.csv", "commitment.json")}
    first = [line for line in texts["officers.csv"].splitlines() if line.endswith(",0")][0]
    changed = texts["officers.csv"].replace(first, first[:-1] + "2")
    assert changed != texts["officers.csv"]
    (tmp_path / "officers.csv").write_bytes(changed.encode())
    fitting = texts["commitment.json"].replace(sha256(texts["officers.csv"]), sha256(changed))
    (tmp_path / "commitment.json").write_bytes(fitting.encode())
    code, said = run(tmp_path)
    assert code == 1, said
    assert "不一致：result.csv" in said
    assert "officers.csv" not in said


@pytest.mark.parametrize(
    ("name", "pattern", "instead", "names"),
    [
        ("result.csv", r"(?m)^(DX-S01-\d+),S01,1,", "DX-S01-00003,S01,1,", "result.csv 第 1 行"),
        ("result.csv", r"R0(\d);", "R05;", "result.csv"),
        ("result.csv", r"(?m)^DX-S02.*\n(?!.)", "", "result.csv 的行数"),
        ("redraws.csv", r"(?m)^closed,([^,]+),,[^,]+", r"closed,\1,,DX-S01-00040", "redraws.csv 第 1 次"),
        ("pool.csv", r"DX-S01-00003,S01,cap", "DX-S01-00003,S01,", "pool.csv"),
        ("redraws.csv", r"(?m)^closed,([^,]+),", "closed,DX-S01-00001,", "redraws.csv 第 1 次"),
        ("pool.csv", r"DX-S01-00004,S01,", "DX-S01-00004,S01,recent", "名单摘要"),
        ("recusals.csv", r"DX-S01-00002,R01\n", "", "recusals.csv"),
        ("officers.csv", r"R02,,", "R02,,leave", "officers.csv"),
        ("officers.csv", r"R02,,,\d", "R02,,,9", "officers.csv"),
        ("reveal.json", r'"nonce": "..', '"nonce": "00', "随机数的摘要"),
        ("reveal.json", r'"seed": "..', '"seed": "zz', "种子"),
    ],
)  # fmt: skip
def test_it_notices_what_was_changed_afterwards(
    tmp_path: Path, name: str, pattern: str, instead: str, names: str
) -> None:
    published(tmp_path)
    before = (tmp_path / name).read_text(encoding="utf-8")
    after = re.sub(pattern, instead, before, count=1)
    assert after != before
    (tmp_path / name).write_bytes(after.encode())
    code, said = run(tmp_path)
    assert code == 1, said
    assert f"不一致：{names}" in said
    assert re.search(r"核验不一致：\d+ 处\n$", said)


def test_it_is_short_and_uses_the_standard_library_alone() -> None:
    source = PROGRAM.read_text(encoding="utf-8")
    code = [line for line in source.partition('"""\n\n')[2].splitlines() if line.strip()]
    assert len(code) <= 75
    imported = set(re.findall(r"(?m)^(?:import|from) (\w+)", source))
    assert imported <= set(sys.stdlib_module_names)
