"""What a correction makes of a public copy: words put in the place of others, field by field. Pure.

Only texts: a wrong amount, number, date or kind of penalty is no slip of the publication but a matter of the decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.api import DecisionFacts

# Field of the public copy: its title, and where the decision says the same.
FIELDS = {
    "party": ("当事人", "party_name"),
    "violation": ("违法行为", "violation"),
    "place": ("地点", "place"),
    "facts": ("违法事实", "facts_text"),
    "breached": ("违反的规定", "breached"),
    "basis": ("处罚依据", "basis"),
    "discretion": ("裁量理由", "discretion_text"),
    "result": ("处罚内容", "result_text"),
    "licence": ("证照处理", "licence_action"),
}
TITLES = {name: title for name, (title, _attribute) in FIELDS.items()}
_DIGITS = "一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟萬万亿"
_NUMBER = f"(?:[0-9][0-9,.十百千万亿]*|[零〇{_DIGITS}]+)"
_YUAN = f"[元圆](?:{_NUMBER}角)?(?:{_NUMBER}分)?"
_SUM = re.compile(f"(?:人民币|[¥￥]|罚款){_NUMBER}(?:{_YUAN})?|{_NUMBER}{_YUAN}")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HOW_WRITTEN = re.compile(r"[,元圆¥￥]|人民币|罚款|\.0+(?![0-9])")  # of a sum: not what it says


@dataclass(frozen=True)
class Change:
    """In ``field`` of the public copy ``wrong`` is to become ``right`` (which may be empty)."""

    field: str
    wrong: str
    right: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Change:
        return cls(str(row["field"]), str(row["wrong"]), str(row["right"]))

    def made_in(self, text: str) -> str:
        """The text with the change; one that has it already stays, so that making it twice is making it once."""
        is_made = self.wrong in self.right and self.right in text
        return text if is_made else text.replace(self.wrong, self.right)


def sums_in(text: str) -> list[str]:
    """The sums of money a text names, in their order; 2,000.00元 is 2000元."""
    flat = "".join(text.translate(_HALF_WIDTH).split())
    return [_HOW_WRITTEN.sub("", hit[0]) for hit in _SUM.finditer(flat)]


def changes_money(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Does any field name other sums than before? Looked for in the whole text: 元 may stand outside the words changed."""
    return any(sums_in(str(before.get(name, ""))) != sums_in(str(after[name])) for name in after)


def corrected_content(content: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The public copy with the changes made in order; what is not there any more is left alone."""
    found = dict(content)
    for change in changes:
        found[change.field] = change.made_in(str(found.get(change.field, "")))
    return found


def corrected_facts(facts: DecisionFacts, changes: Iterable[Change]) -> DecisionFacts:
    """The decision as the exchange is told it, with the same words put right."""
    for change in changes:
        _title, attribute = FIELDS[change.field]
        said = change.made_in(str(getattr(facts, attribute)))
        facts = replace(facts, **{attribute: said})  # type: ignore[arg-type]  # every one of them is a text
    return facts


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the fields that say something else now, in the order of the copy."""
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]
