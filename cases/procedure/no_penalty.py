"""The grounds of a decision not to penalise (处罚法29–31、33、37、57), each with its article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ground:
    """One ground. ``needs_correction``: the law asks for timely correction; ``is_violation``: the act stands."""

    code: str
    title: str
    citation: str
    rule_id: str
    needs_correction: bool = False
    is_violation: bool = True


GROUNDS: dict[str, Ground] = {
    ground.code: ground
    for ground in (
        Ground(
            "minor", "违法行为轻微并及时改正，没有造成危害后果", "行政处罚法第三十三条第一款", "decide-minor-act",
            needs_correction=True,
        ),
        Ground(
            "first_offence", "初次违法且危害后果轻微并及时改正", "行政处罚法第三十三条第一款", "decide-first-offence",
            needs_correction=True,
        ),
        Ground("no_fault", "当事人有证据足以证明没有主观过错", "行政处罚法第三十三条第二款", "decide-no-fault"),
        Ground("under_14", "当事人不满十四周岁", "行政处罚法第三十条", "decide-minor-u14"),
        Ground("incapable", "当事人在不能辨认或者不能控制自己行为时有违法行为", "行政处罚法第三十一条", "decide-mental"),
        Ground("already_fined", "同一个违法行为已经给予罚款", "行政处罚法第二十九条", "decide-double-fine"),
        Ground("lighter_law", "作出决定时的规定不认为是违法或者不予处罚", "行政处罚法第三十七条", "decide-law-time"),
        Ground(
            "not_established", "违法事实不能成立", "行政处罚法第五十七条第一款第三项", "decide-by-head",
            is_violation=False,
        ),
    )
}  # fmt: skip
