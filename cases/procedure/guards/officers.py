"""Who acts: two officers with valid certificates and nothing that may affect fairness (处罚法42、43)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def two_officers(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-two-officers: at least two different officers (处罚法42)."""
    if len({officer.staff_number for officer in facts.officers}) >= 2 and facts.lead:
        return None
    return Refusal(
        "gen-two-officers",
        f"至少要有 2 名执法人员，其中 1 名主办，现在有 {len(facts.officers)} 名。请补充承办人。",
        "行政处罚法第四十二条第一款",
        "officers",
    )


def certificates_valid(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-licence-valid: every handling officer's certificate is valid on the day of the act (处罚法42)."""
    for officer in facts.officers:
        if officer.certificate_on(today) is None:
            last = max((c.valid_until for c in officer.certificates), default=None)
            when = f"已于 {last:%Y-%m-%d} 到期" if last and last < today else "没有在有效期内的证件"
            return Refusal(
                "gen-licence-valid",
                f"{officer.name}的执法证{when}，请换人或先更新证件。",
                "行政处罚法第四十二条第一款",
                "officers",
            )
    return None


def no_conflict(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-recuse-self: each officer has declared that nothing may affect fairness (处罚法43)."""
    missing = [officer.name for officer in facts.officers if not officer.conflict_declared]
    if not missing:
        return None
    return Refusal(
        "gen-recuse-self",
        f"{'、'.join(missing)}还没有作出无利害关系声明。请本人先在案件页声明。",
        "行政处罚法第四十三条",
        "conflict",
    )
