"""Pools for the tests of the draw."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from inspections.draw import engine, files
from inspections.draw.engine import Drawn, Result, Standing
from inspections.draw.pools import OfficerRow, Pool, PoolRow, Stratum

DRAW_NO = "SJ-220322-2026-000001"


def nonce_of(number: int) -> str:
    return hashlib.sha256(f"nonce {number}".encode()).hexdigest()


def a_pool(
    sizes: tuple[int, ...] = (40, 10), officers: int = 6, recusals: Mapping[str, frozenset[str]] | None = None,
    ratios: tuple[str, ...] = ("5", "20"), team_size: int = 2,
) -> Pool:  # fmt: skip
    """One stratum per size; officers R01 … who know everything."""
    strata = tuple(Stratum(f"S{n:02d}", f"示例{n}类", ratios[(n - 1) % len(ratios)]) for n in range(1, len(sizes) + 1))
    rows = [
        PoolRow(f"DX-{stratum.code}-{n:05d}", stratum.code)
        for stratum, size in zip(strata, sizes, strict=True)
        for n in range(size)
    ]
    people = tuple(OfficerRow(f"R{n:02d}") for n in range(1, officers + 1))
    return Pool(DRAW_NO, team_size, strata, tuple(rows), people, recusals or {})


def without(pool: Pool, object_no: str, reason: str = "recent") -> Pool:
    """The pool with one object excluded."""
    rows = tuple(row._replace(exclusion=reason) if row.object_no == object_no else row for row in pool.rows)
    return replace(pool, rows=rows)


Step = tuple[str, str, str, Drawn]


def publish(folder: Path, pool: Pool, nonce: str, steps: tuple[Step, ...] = ()) -> Result:
    """Everything that is published of a draw, in a folder."""
    result = engine.draw(pool, nonce)
    texts = files.frozen_files(pool, engine.nonce_hash(nonce)) | files.drawn_files(result, nonce)
    texts[files.REDRAWS] = files.redraw_file(steps)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return result


def redrawn(pool: Pool, nonce: str, wishes: list[tuple[int, int | None]]) -> tuple[Standing, tuple[Step, ...]]:
    """Redraw by wishes (which current object, which of its officers or None for the object itself), where possible."""
    result = engine.draw(pool, nonce)
    now, steps = engine.standing(result.drawn), []
    for which, officer in wishes:
        old = now.current[which % len(now.current)]
        gone = "" if officer is None else old.team[officer % len(old.team)]
        try:
            if gone:
                now, new = engine.replace_officer(pool, result.seed, now, old.object_no, gone)
            else:
                now, new = engine.replace_object(pool, result.seed, now, old.object_no)
        except engine.DrawError:
            continue
        steps.append(("recusal" if gone else "closed", old.object_no, gone, new))
    return now, tuple(steps)
