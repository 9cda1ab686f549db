"""What is published: the frozen files with their digests, and after the draw what it gave. Read back by the draw itself.

No name of a person and no name of an object stands in them: objects by number, officers by a code of this draw alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inspections.draw.engine import Drawn, Result
from inspections.draw.pools import OfficerRow, Pool, PoolRow, Stratum, pool_digest

POOL, OFFICERS, RECUSALS, COMMITMENT = "pool.csv", "officers.csv", "recusals.csv", "commitment.json"
RESULT, REVEAL, REDRAWS = "result.csv", "reveal.json", "redraws.csv"
PROGRAM = "recompute.py"
FROZEN = (COMMITMENT, POOL, OFFICERS, RECUSALS)
DRAWN = (REVEAL, RESULT, REDRAWS)
MANY = ";"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV, UTF-8, line feeds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def frozen_files(pool: Pool, nonce_hash: str) -> dict[str, str]:
    """The files of a frozen pool; the commitment holds the digests of the others."""
    recused = [(number, code) for number, codes in sorted(pool.recusals.items()) for code in sorted(codes)]
    # That somebody cannot be drawn is public, why (leave, training) is not.
    officers = [
        (one.code, MANY.join(sorted(one.specialities)), "1" if one.absence else "", one.before) for one in pool.officers
    ]
    files = {
        POOL: table(("object_no", "stratum", "excluded"), sorted(pool.rows)),
        OFFICERS: table(("officer", "specialities", "absent", "before"), officers),
        RECUSALS: table(("object_no", "officer"), recused),
    }
    commitment = {
        "draw_no": pool.draw_no,
        "team_size": pool.team_size,
        "strata": [vars(stratum) for stratum in pool.strata],
        "pool_digest": pool_digest(pool.open_numbers()),
        "nonce_hash": nonce_hash,
        "files": {name: sha256(text) for name, text in files.items()},
    }
    return {COMMITMENT: json.dumps(commitment, ensure_ascii=False, indent=1) + "\n", **files}


def read_pool(files: Mapping[str, str]) -> Pool:
    """The pool as it was frozen: the draw never looks at the registers again."""
    said = json.loads(files[COMMITMENT])
    recusals: dict[str, set[str]] = {}
    for number, code in _rows(files[RECUSALS]):
        recusals.setdefault(number, set()).add(code)
    return Pool(
        draw_no=said["draw_no"],
        team_size=said["team_size"],
        strata=tuple(Stratum(**stratum) for stratum in said["strata"]),
        # Plain codes, never quoted.
        rows=tuple([PoolRow._make(line.split(",")) for line in files[POOL].splitlines()[1:]]),
        officers=read_officers(files[OFFICERS]),
        recusals={number: frozenset(codes) for number, codes in recusals.items()},
    )


def read_officers(text: str) -> tuple[OfficerRow, ...]:
    """The officers of a frozen ``officers.csv``."""
    return tuple(
        OfficerRow(code, frozenset(filter(None, known.split(MANY))), absent, int(before))
        for code, known, absent, before in _rows(text)
    )


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


def drawn_files(result: Result, nonce: str) -> dict[str, str]:
    """The nonce that was promised, and what it gave."""
    rows = [_drawn(one) for one in result.drawn]
    return {
        REVEAL: json.dumps({"nonce": nonce, "seed": result.seed}, indent=1) + "\n",
        RESULT: table(("object_no", "stratum", "place", "team", "passed_over"), rows),
    }


def redraw_file(steps: Iterable[tuple[str, str, str, Drawn]]) -> str:
    """Every redraw in its order: reason, object replaced, officer replaced (empty for an object), what came instead."""
    header = ("reason", "object_out", "officer_out", "object_no", "stratum", "place", "team", "passed_over")
    return table(header, ((reason, gone, officer, *_drawn(new)) for reason, gone, officer, new in steps))


def _drawn(one: Drawn) -> tuple[str, str, int, str, str]:
    return one.object_no, one.stratum, one.place, MANY.join(one.team), MANY.join(one.passed)
