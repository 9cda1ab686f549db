"""What a decision must rest on and say: the bureau's own name, a published basis in force, the six items (处罚法16–20、38、59)."""

from __future__ import annotations

import re
from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal
from lishu_law.law.citations import STATUTES

_NAME = re.compile("《(.+)》")
# Words of documents that are no law, regulation or rule; they create no penalty (处罚法16).
_NORMATIVE = ("通知", "意见", "批复", "方案", "函")


def issued_by_the_bureau(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-jurisdiction-county: decided in the name of the bureau, never of a squad."""
    if facts.is_organs_own:
        return None
    return Refusal(
        "gen-jurisdiction-county",
        "本案登记的执法机关不是县交通运输局。行政处罚只能以机关名义作出，请联系系统管理员核对。",
        "行政处罚法第十七条、第二十三条",
        "",
    )


def basis_in_force(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-legal-basis-published: a published law, regulation or rule in force on the day of the act."""
    if facts.discretion is None:
        return None
    names = [found.group(1) for text in facts.discretion.basis if (found := _NAME.search(text))]
    wrong = next((name for name in names if name.endswith(_NORMATIVE) or _is_out_of_force(name, facts, today)), None)
    if names and wrong is None:
        return None
    what = f"处罚依据《{wrong}》不是行为时有效的法律、法规、规章" if wrong else "没有处罚依据"
    return Refusal(
        "gen-legal-basis-published",
        f"{what}，没有依据的处罚无效。请核对案由后重新裁量。",
        "行政处罚法第十六条、第三十八条",
        "set_discretion",
    )


def _is_out_of_force(name: str, facts: CaseFacts, today: date) -> bool:
    """Known to the table of statutes, and no edition of it in force on the day of the act."""
    day = facts.act_ended_on or facts.act_on or today
    editions = [one for one in STATUTES if one.full_name == name and one.effective_from]
    return bool(editions) and not any(
        one.effective_from and one.effective_from <= day and (one.effective_to is None or day <= one.effective_to)
        for one in editions
    )


def contents_complete(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-contents: the six items of the decision are all there (处罚法59)."""
    missing = []
    if facts.party is None or not facts.party.name or not facts.party.has_address:
        missing.append("当事人的姓名或者名称、地址")
    if not facts.report_text.strip():
        missing.append("违法的事实")
    if not facts.evidence:
        missing.append("证据")
    if facts.discretion is None or not facts.discretion.basis:
        missing.append("处罚的种类和依据")
    if not missing:
        return None
    return Refusal(
        "decide-contents",
        f"处罚决定书还缺{'、'.join(missing)}，不能定稿。请退回补齐。",
        "行政处罚法第五十九条第一款",
        "",
    )
