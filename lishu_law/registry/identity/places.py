"""The place of an act on a road: route and stake (桩号) in one normal form; other places stay as described."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

LEAST, MOST = 2, 200
# National, provincial, county, township, special and village roads.
_ROUTE = re.compile(r"(?P<grade>[GSXYZC])(?P<number>[0-9]{1,4})线?")
_STAKE = re.compile(r"K(?P<km>[0-9]{1,4})\+(?P<metres>[0-9]{1,3})")
_ROAD_PLACE = re.compile(r"(?P<route>[GSXYZC][0-9]{1,4})线?(?P<stake>K[0-9]{1,4}\+[0-9]{1,3})(?:M|米)?(?P<rest>.*)")
_STAKE_LIKE = re.compile(r"(?<![A-Z0-9])K\s*(?:[0-9]+\s*(?:\+|[0-9.]|$)|$)")


@dataclass(frozen=True)
class Place:
    """``text`` is what documents print. ``route`` and ``stake`` are empty when the place is an address."""

    text: str
    route: str = ""
    stake: str = ""


def parse_route(text: str) -> str:
    """A road number such as G303. Raises ``InvalidValue`` ``place.route``."""
    match = _ROUTE.fullmatch(normalise.code(text))
    if match is None:
        raise InvalidValue("place.route", "路线编号应像 G303、S216，请写字母加数字。")
    return match["grade"] + match["number"]


def parse_stake(text: str) -> str:
    """A stake in normal form, metres with three digits: k12+300 → K12+300, K12+5 → K12+005.

    Raises ``InvalidValue`` ``place.stake``.
    """
    match = _STAKE.fullmatch(normalise.code(text))
    if match is None:
        raise InvalidValue("place.stake", "桩号应像 K12+300（公里+米），米数最多三位。请核对。")
    return f"K{int(match['km'])}+{int(match['metres']):03}"


def parse_place(text: str) -> Place:
    """``G303 K12+300`` with or without words behind it, or an address of 2 to 200 characters.

    Raises ``InvalidValue``: ``place.empty``, ``place.length``, ``place.stake``.
    """
    typed = normalise.line(text)
    if not typed:
        raise InvalidValue("place.empty", "请填写地点，例如“G303 K12+300”或者详细地址。")
    if not LEAST <= len(typed) <= MOST:
        raise InvalidValue("place.length", f"地点要有 {LEAST} 到 {MOST} 个字，现在是 {len(typed)} 个。请修改。")
    road = _ROAD_PLACE.fullmatch(normalise.code(typed))
    if road and not road["rest"][:1].isdigit():
        route, stake = parse_route(road["route"]), parse_stake(road["stake"])
        rest = _behind_stake(typed)
        return Place(f"{route} {stake}{' ' if rest else ''}{rest}", route, stake)
    codes = normalise.half_width(typed).upper()
    inner = re.search(r"(?<![A-Z0-9])K[0-9]{1,4}\+[0-9]{1,3}(?![0-9])", codes)
    if inner:
        route_match = re.search(r"(?<![A-Z0-9])[GSXYZC][0-9]{1,4}(?![0-9])", codes)
        return Place(typed, route_match[0] if route_match else "", parse_stake(inner[0]))
    if _STAKE_LIKE.search(codes):
        raise InvalidValue("place.stake", "桩号应像 K12+300（公里+米），米数最多三位。请核对。")
    return Place(typed)


def _behind_stake(typed: str) -> str:
    """The words after the stake, as typed."""
    match = re.search(r"[KkＫｋ]\s*[0-9０-９]{1,4}\s*[+＋]\s*[0-9０-９]{1,3}\s*(?:[Mm]|米)?", typed)
    return normalise.trimmed(typed[match.end() :]) if match else ""
