"""Drawing and drawing again. The same frozen pool and the same nonce always give the same objects and teams.

Objects stand in the order of HMAC-SHA256(seed, object number), officers in the order of their assignments in this draw,
then of those the year counted before it, then of HMAC-SHA256(seed, officer code). This draw comes first: added up, the
two would give a whole draw to whoever was behind (docs/adr/0042). Whoever has to stay out of an object is passed over
and that is recorded.
"""

from __future__ import annotations

import hashlib
import hmac
from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from inspections.draw.pools import Pool, Stratum, pool_digest, quota


class DrawError(ValueError):
    """Nobody and nothing is left to draw; the message says what."""


class Drawn(NamedTuple):
    """One drawn object: its place in the order of its stratum, its team, and who was passed over by recusal."""

    object_no: str
    stratum: str
    place: int
    team: tuple[str, ...]
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    seed: str
    drawn: tuple[Drawn, ...]


def nonce_hash(nonce: str) -> str:
    """What is published when the pool is frozen; the nonce itself follows with the draw."""
    return hashlib.sha256(bytes.fromhex(nonce)).hexdigest()


def seed_of(nonce: str, digest: str, draw_no: str) -> bytes:
    """SHA-256(nonce ‖ pool digest ‖ draw number)."""
    return hashlib.sha256(bytes.fromhex(nonce) + bytes.fromhex(digest) + draw_no.encode()).digest()


def ordered(seed: bytes, names: Iterable[str]) -> list[str]:
    """The names in the order of the seed."""
    mac = hmac.digest
    return sorted(names, key=lambda name: mac(seed, name.encode(), "sha256"))


def draw(pool: Pool, nonce: str) -> Result:
    """Draw the quota of every stratum and a team for each object. Raises ``DrawError`` when a team cannot be filled."""
    seed = seed_of(nonce, pool_digest(pool.open_numbers()), pool.draw_no)
    loads = {officer.code: 0 for officer in pool.officers}
    numbers = pool.by_stratum()
    drawn: list[Drawn] = []
    for stratum in pool.strata:
        line = _line(pool, stratum, seed, loads)
        chosen = ordered(seed, numbers[stratum.code])[: quota(len(numbers[stratum.code]), stratum.ratio)]
        for place, number in enumerate(chosen, 1):
            team, passed = _take(line, pool.team_size, pool.recused_from(number), number)
            for code in team:
                loads[code] += 1
            drawn.append(Drawn(number, stratum.code, place, team, passed))
    return Result(seed.hex(), tuple(drawn))


Entry = tuple[int, int, bytes, str]  # assignments in this draw, those before it, key, officer's code


def _line(pool: Pool, stratum: Stratum, seed: bytes, loads: Mapping[str, int]) -> list[Entry]:
    """The officers who can check a stratum, the next one first."""
    able = (officer for officer in pool.officers if officer.can_check(stratum.speciality))
    mac = hmac.digest
    return sorted((loads[one.code], one.before, mac(seed, one.code.encode(), "sha256"), one.code) for one in able)


def _take(
    line: list[Entry], count: int, barred: Collection[str], object_no: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the next ``count`` who are not barred; the line is in order again afterwards."""
    taken: list[Entry] = []
    passed: list[str] = []
    for entry in line:
        if len(taken) == count:
            break
        if entry[3] in barred:
            passed.append(entry[3])
        else:
            taken.append(entry)
    if len(taken) < count:
        raise DrawError(f"{object_no}：除去回避的和已经更换的，没有足够的执法人员。")
    for entry in taken:
        line.remove(entry)
    for load, before, key, code in taken:
        insort(line, (load + 1, before, key, code))
    return tuple(entry[3] for entry in taken), tuple(passed)


@dataclass(frozen=True)
class Standing:
    """A draw as it stands now: who inspects what, which objects were ever drawn, who was put out of which object."""

    current: tuple[Drawn, ...]
    used: frozenset[str]
    out: frozenset[tuple[str, str]] = frozenset()

    def loads(self, pool: Pool) -> dict[str, int]:
        """Assignments of every officer."""
        counted = {officer.code: 0 for officer in pool.officers}
        for one in self.current:
            for code in one.team:
                counted[code] += 1
        return counted

    def find(self, object_no: str) -> Drawn:
        return next(one for one in self.current if one.object_no == object_no)


def standing(drawn: Sequence[Drawn]) -> Standing:
    """A draw nothing was changed in."""
    return Standing(tuple(drawn), frozenset(one.object_no for one in drawn))


def replace_object(pool: Pool, seed: str, now: Standing, object_no: str) -> tuple[Standing, Drawn]:
    """The next object of the stratum's order for one that cannot be inspected; never a new seed.

    The team stays; whoever has to stay out of the new object is replaced by the next in order. Raises ``DrawError``.
    """
    old = now.find(object_no)
    order = ordered(bytes.fromhex(seed), pool.by_stratum()[old.stratum])
    place = next((number for number, name in enumerate(order, 1) if name not in now.used), 0)
    if not place:
        raise DrawError("这一类的对象已经全部抽完，没有可以递补的。")
    return _filled(pool, seed, now, old, old._replace(object_no=order[place - 1], place=place))


def replace_officer(pool: Pool, seed: str, now: Standing, object_no: str, officer: str) -> tuple[Standing, Drawn]:
    """The next officer in order for one who has to leave a team. Raises ``DrawError``."""
    old = now.find(object_no)
    without = Standing(now.current, now.used, now.out | {(object_no, officer)})
    return _filled(pool, seed, without, old, old)


def _filled(pool: Pool, seed: str, now: Standing, old: Drawn, new: Drawn) -> tuple[Standing, Drawn]:
    """Whoever of the old team may stay, filled up with the next in order."""
    name = new.object_no
    barred = pool.recused_from(name) | {code for number, code in now.out if number == name}
    kept = tuple(code for code in old.team if code not in barred)
    loads = now.loads(pool)
    for code in old.team:
        loads[code] -= 1
    stratum = next(one for one in pool.strata if one.code == new.stratum)
    line = [one for one in _line(pool, stratum, bytes.fromhex(seed), loads) if one[3] not in kept]
    more, passed = _take(line, pool.team_size - len(kept), barred, name)
    new = new._replace(team=kept + more, passed=passed)
    rows = tuple(new if one is old else one for one in now.current)
    return Standing(rows, now.used | {name}, now.out), new
