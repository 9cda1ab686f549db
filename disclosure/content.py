"""The whitelist: which facts of a sealed decision become public, and in which form (standards/disclosure.md §4.1).

The public copy is generated from this list. What is not named here does not exist for the public site.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cases.api import DecisionFacts
from disclosure.redaction import (
    Hit,
    Known,
    Redaction,
    leaks,
    mask_licence_numbers,
    mask_uscc,
    public_place,
    redact,
)
from lishu_law.registry.models import PartyKind
from lishu_law.registry.public_names import public_name

# 行政处罚法9, codes of feed_api.md §12 in the order of disclosure.md §2.2 (lightest first).
PENALTY_TYPES = {
    "01": "警告",
    "08": "通报批评",
    "02": "罚款",
    "03": "没收违法所得",
    "04": "没收非法财物",
    "05": "暂扣许可证件",
    "09": "降低资质等级",
    "10": "限制开展生产经营活动",
    "06": "责令停产停业",
    "11": "责令关闭",
    "12": "限制从业",
    "07": "吊销许可证件",
    "99": "其他行政处罚",
}
SUMMARY = "summary"
ADULT_AT = 18


class PublicField(NamedTuple):
    """One line of the public record beside what it was made from; the check page shows both."""

    name: str
    title: str
    original: str
    public: str
    rule: str = ""
    hits: tuple[Hit, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.original != self.public

    def segments(self) -> list[tuple[str, Hit | None]]:
        return Redaction(self.public, self.hits).segments(self.original)


def known_values(facts: DecisionFacts) -> Known:
    """Everything personal the case knows: what the free texts are searched for and the leak gate compares."""
    is_person = facts.party_kind == PartyKind.CITIZEN
    is_operator = facts.party_kind == PartyKind.INDIVIDUAL_BUSINESS
    punished = facts.party_name if is_person else facts.party_person_name if is_operator else ""
    numbers = (facts.party_id_number, facts.party_phone, facts.party_address, *facts.other_values)
    hidden_code = (facts.party_uscc,) if is_operator else ()
    others = tuple(name for name in (facts.party_person_name, *facts.other_people) if name != punished)
    return Known(
        punished=punished,
        people=tuple(name for name in others if name),
        plates=tuple(plate for plate in facts.plates if plate),
        values=tuple(value for value in (*numbers, *hidden_code) if value),
        shown_names=(facts.organ_name,) if is_person else (facts.party_name, facts.organ_name),
    )


def party_display(facts: DecisionFacts) -> tuple[str, str]:
    """The party's public name and the rule that made it."""
    return public_name(facts.party_kind, facts.party_name, facts.party_person_name)


def public_code(facts: DecisionFacts) -> tuple[str, str]:
    """The credit code as shown: whole for organisations, masked for 个体工商户, none for persons."""
    if facts.party_kind == PartyKind.ORGANISATION:
        return facts.party_uscc, ""
    if facts.party_kind == PartyKind.INDIVIDUAL_BUSINESS and facts.party_uscc:
        return mask_uscc(facts.party_uscc), "个体工商户信用代码：遮盖中间"
    return "", ""


def public_fields(facts: DecisionFacts) -> list[PublicField]:
    """The public record line by line, with the original of each line."""
    known = known_values(facts)
    name, name_rule = party_display(facts)
    code, code_rule = public_code(facts)
    place = public_place(facts.place)
    types = "；".join(type_names(facts.penalty_types))
    return [
        PublicField("number", "决定书文号", facts.number, facts.number),
        PublicField("party", "当事人", facts.party_name, name, name_rule),
        PublicField("uscc", "统一社会信用代码", facts.party_uscc, code, code_rule),
        _text("violation", "违法行为", facts.violation, known),
        PublicField("act_on", "违法日期", facts.act_on.isoformat(), facts.act_on.isoformat()),
        PublicField("place", "地点", facts.place, place, "" if place == facts.place else "地点只到道路或者乡镇"),
        _text("facts", "违法事实", facts.facts_text, known),
        _text("breached", "违反的规定", facts.breached, known, detectors=False),
        _text("basis", "处罚依据", facts.basis, known, detectors=False),
        _text("tier", "裁量档次", facts.tier, known),
        _text("discretion", "裁量理由", facts.discretion_text, known),
        PublicField("types", "处罚种类", types, types),
        _text("result", "处罚内容", facts.result_text, known),
        _licence(facts, known),
        PublicField("fine", "罚款（元）", yuan(facts.fine), yuan(facts.fine)),
        PublicField("confiscated", "没收（元）", yuan(facts.confiscated), yuan(facts.confiscated)),
        PublicField("decided_on", "决定日期", facts.decided_on.isoformat(), facts.decided_on.isoformat()),
        PublicField("organ", "处罚机关", facts.organ_name, facts.organ_name),
        PublicField("procedure", "处罚程序", facts.procedure, facts.procedure),
        PublicField("domain", "领域", facts.domain, facts.domain),
    ]


def public_content(facts: DecisionFacts) -> dict[str, Any]:
    """The public copy: exactly the fields of :func:`public_fields`."""
    return {field.name: field.public for field in public_fields(facts)}


def says_personal(text: str, facts: DecisionFacts | None, shown_names: tuple[str, ...]) -> bool:
    """Does a text of ours that is to be public name a person or a number? ``shown_names`` count without a decision.

    The detectors look too: a telephone or a plate that the case does not know is as personal (disclosure.md §4.4).
    """
    known = Known(shown_names=shown_names) if facts is None else known_values(facts)
    if leaks(text, known.every_value(), known.shown_names):
        return True
    return any(hit.original != hit.replacement for hit in redact(text, known).hits)


def type_names(codes: tuple[str, ...]) -> list[str]:
    return [name for code, name in PENALTY_TYPES.items() if code in codes]


def yuan(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def is_minor_at_act(facts: DecisionFacts) -> bool:
    """Under 18 when the act was done: up to and including the 18th birthday (disclosure.md §4.2 X01)."""
    born = facts.birth_on
    if born is None or facts.party_kind == PartyKind.ORGANISATION:
        return False
    return facts.act_on <= last_day_as_minor(born)


def last_day_as_minor(born: date) -> date:
    """The 18th birthday: whoever acts on it or before is a minor."""
    if (born.month, born.day) == (2, 29):
        return date(born.year + ADULT_AT, 3, 1)
    return born.replace(year=born.year + ADULT_AT)


def exclusion(facts: DecisionFacts) -> str:
    """The automatic grounds: X08 no penalty, X01 a minor. Empty when the decision is to be published."""
    if not facts.penalty_types:
        return "X08"
    return "X01" if is_minor_at_act(facts) else ""


def _text(name: str, title: str, original: str, known: Known, *, detectors: bool = True) -> PublicField:
    done = redact(original, known, detectors=detectors)
    if not done.hits:
        return PublicField(name, title, original, done.text)
    rules = "、".join(dict.fromkeys(hit.rule for hit in done.hits))
    return PublicField(name, title, original, done.text, rules, done.hits)


def _licence(facts: DecisionFacts, known: Known) -> PublicField:
    if not facts.licence_action:
        return PublicField("licence", "证照处理", "", "")
    masked = mask_licence_numbers(redact(facts.licence_action, known).text)
    rule = "证照号码：只留前后两位" if masked != facts.licence_action else ""
    return PublicField("licence", "证照处理", facts.licence_action, masked, rule)
