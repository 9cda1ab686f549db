"""Where reviewed wording is offered: the narrative fields of each act, the kind of wording, and the home of the text.

One home may be written by two acts (the facts of the report, told anew after the notice). Notice and decision print
from these homes; they have no narrative field of their own (处罚法44、59).
"""

from __future__ import annotations

from dataclasses import dataclass

NUMBERED = "_#"


@dataclass(frozen=True)
class Place:
    """``home`` names the text; ``kind`` is a value of ``PhraseKind``; ``title`` as its readers know it."""

    home: str
    kind: str
    title: str


FACTS = Place("report.facts", "facts", "违法事实")
OPINION = Place("report.opinion", "reasons", "调查结论和处理意见")
AMOUNT = Place("discretion.reason", "amount", "确定数额的理由")
ANSWER = Place("defence.answer", "answer", "陈述申辩复核")
REPLY = Place("defence.opinion", "answer", "复核的总的意见")
CONCLUSION = Place("hearing.conclusion", "answer", "听证结论")
NO_PENALTY = Place("no_penalty.reason", "reasons", "不予处罚的理由")
EDUCATION = Place("no_penalty.education", "education", "教育情况")

# step: field of its form: place. A field "answer_#" stands for answer_1, answer_2 …
PLACES: dict[str, dict[str, Place]] = {
    "submit_report": {"facts": FACTS, "opinion": OPINION},
    "set_discretion": {"reason": AMOUNT},
    "renotice": {"facts": FACTS},
    "review_defence": {f"answer{NUMBERED}": ANSWER, "opinion": REPLY},
    "report_hearing": {"conclusion": CONCLUSION},
    "propose_no_penalty": {"reason": NO_PENALTY, "education": EDUCATION},
}
_BY_HOME = {place.home: place for fields in PLACES.values() for place in fields.values()}


def place_of(step: str, field: str) -> tuple[Place, str] | None:
    """The place of a field with its home; the home of a numbered field carries the number."""
    fields = PLACES.get(step, {})
    if field in fields:
        return fields[field], fields[field].home
    stem, _, number = field.rpartition("_")
    place = fields.get(f"{stem}{NUMBERED}")
    return (place, f"{place.home}.{number}") if place and number.isdecimal() else None


def kind_of(home: str) -> str:
    """The kind of wording for a home; empty for none that is known."""
    place = _place(home)
    return place.kind if place else ""


def title_of(home: str) -> str:
    """The home as its readers know it: 陈述申辩复核第 2 项."""
    place = _place(home)
    if place is None:
        return ""
    return place.title if home == place.home else f"{place.title}第 {home.rpartition('.')[2]} 项"


def _place(home: str) -> Place | None:
    stem, _, number = home.rpartition(".")
    return _BY_HOME.get(home) or (_BY_HOME.get(stem) if number.isdecimal() else None)
