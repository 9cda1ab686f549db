"""Reading sealed papers: days and sums written in words, the people and parties a paper names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.dossier_review.dossier import Paper

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SUM = re.compile(r"¥([\d,]+(?:\.\d+)?)")
_OFFICER_KEYS = ("officers", "investigators", "handlers", "inspectors")
_OPINION_KEYS = {"agency_opinion": "经办机构负责人", "head_opinion": "负责人"}


def day_in(text: object) -> date | None:
    """The first day written in a text (2026年3月5日); ``None`` where there is none or it is no day of the calendar."""
    found = _DAY.search(text) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def sums_in(text: str) -> tuple[Decimal, ...]:
    """Every sum written as ¥1,000.00."""
    return tuple(Decimal(found.replace(",", "")) for found in _SUM.findall(text))


def words(value: Any) -> str:
    """All words of a value of a paper in one string."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return "".join(words(one) for one in value.values())
    if isinstance(value, list | tuple):
        return "".join(words(one) for one in value)
    return ""


def is_blank(value: Any) -> bool:
    return not words(value).strip("／ ")


def row_value(paper: Paper, *labels: str) -> str:
    """What a form's labelled cell holds; empty where the form has no such cell."""
    for row in paper.data.get("rows", ()):
        if isinstance(row, Mapping) and row.get("label") in labels:
            return words(row.get("paragraphs"))
    return ""


def party_named(paper: Paper) -> str:
    """The party as the paper calls it; empty where it names none."""
    party = paper.data.get("party")
    if isinstance(party, Mapping):
        return str(party.get("name", ""))
    if isinstance(party, str):
        return party
    return row_value(paper, "当事人")


def identity_named(paper: Paper) -> str:
    """Credit code or identity number as the paper has it; empty where it has none."""
    party = paper.data.get("party")
    if not isinstance(party, Mapping):
        return ""
    organisation, person = party.get("organisation") or {}, party.get("person") or {}
    return str(organisation.get("credit_code") or person.get("id_number") or "")


def officers_named(paper: Paper) -> Iterator[tuple[str, str]]:
    """Name and certificate number of each handling officer on a paper."""
    for key in _OFFICER_KEYS:
        for one in paper.data.get(key, ()):
            if isinstance(one, Mapping):
                yield str(one.get("name", "")), str(one.get("certificate_no", ""))


def opinions_named(paper: Paper) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Whose opinion cell, and what stands in it."""
    for key, whose in _OPINION_KEYS.items():
        if isinstance(opinion := paper.data.get(key), Mapping):
            yield whose, opinion


def is_ticked(choices: Any) -> bool:
    """Is any box of a group ticked?"""
    return any(isinstance(one, Mapping) and one.get("is_chosen") for one in choices or ())
