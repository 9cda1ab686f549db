"""G12: a draw of 5,000 out of 100,000 objects with two officers each, beside 100,000 HMACs and nothing else."""

from __future__ import annotations

import hmac
import subprocess
import sys
import tempfile
from pathlib import Path

from inspections.draw import engine, files, recompute
from inspections.draw.checks import pool_refusals
from inspections.draw.pools import OfficerRow, Pool, PoolRow, Stratum
from lishu_law.demo.bench.measuring import Line, each, in_turns

OBJECTS, OFFICERS, STRATA = 100_000, 40, 8
CALLS = 4  # in a turn; the fastest counts
NONCE = "5a" * 32


def big_draw(objects: int = OBJECTS) -> Line:
    """G12. Ours is what the act does: read the frozen files, draw objects and teams, write what is published.

    The same files are then given to the citizen's program, which has to agree.
    """
    pool = _pool(objects)
    frozen = files.frozen_files(pool, engine.nonce_hash(NONCE))
    key = engine.seed_of(NONCE, "00" * 32, pool.draw_no)
    names = [row.object_no for row in pool.rows]

    def floor() -> None:
        for name in names:
            hmac.digest(key, name.encode(), "sha256")

    def ours() -> dict[str, str]:
        result = engine.draw(files.read_pool(frozen), NONCE)
        return files.drawn_files(result, NONCE)

    least, measured = in_turns(each(floor, CALLS), each(ours, CALLS))
    texts = {**frozen, **ours(), files.REDRAWS: files.redraw_file(())}
    count = texts[files.RESULT].count("\n") - 1
    agrees = not pool_refusals(pool) and _recomputed(texts)
    note = f"{count} of {objects}; the stand-alone program {'agrees' if agrees else 'DIFFERS'}"
    subject = "draw of objects and officers"
    return Line("G12", subject, "s", least.wall, measured.wall, 2.5, also_holds=agrees, note=note)


def _pool(objects: int) -> Pool:
    strata = tuple(Stratum(f"S{number:02d}", "示例类", "5", "freight") for number in range(1, STRATA + 1))
    rows = tuple(PoolRow(f"DX{number:06d}", strata[number % STRATA].code) for number in range(objects))
    officers = tuple(
        OfficerRow(f"R{number:02d}", frozenset({"freight"}), before=number % 3) for number in range(1, OFFICERS + 1)
    )
    recusals = {row.object_no: frozenset({officers[number % OFFICERS].code}) for number, row in enumerate(rows[::100])}
    return Pool("SJ-220322-2026-000001", 2, strata, rows, officers, recusals)


def _recomputed(texts: dict[str, str]) -> bool:
    """Does the program, in a process of its own, come to the same list?"""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, name).write_bytes(text.encode())
        words = [sys.executable, "-I", "-S", recompute.__file__, folder]
        return subprocess.run(words, stdout=subprocess.DEVNULL, check=False).returncode == 0
