"""The name of a party as the public may read it (standards/disclosure.md §4.3; README decisions 11 and 25)."""

from __future__ import annotations

from lishu_law.registry.identity.masking import mask_person_name
from lishu_law.registry.models import PartyKind


def public_name(kind: str, name: str, person_name: str) -> tuple[str, str]:
    """A party's public name and the rule that made it; ``person_name`` is the operator of an 个体工商户."""
    if kind == PartyKind.CITIZEN:
        return mask_person_name(name), "自然人姓名：只留姓"
    if kind == PartyKind.INDIVIDUAL_BUSINESS:
        if not name.strip():
            return mask_person_name(person_name), "没有字号：按自然人遮盖"
        if person_name and person_name in name:
            return name, "字号含经营者姓名：按登记的字号公开，请核对"
    return name, ""
