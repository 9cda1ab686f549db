"""May this pool be frozen? Everything that would stop the draw is said before, all at once, in words that help."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from inspections.draw.pools import Pool, Stratum, quota
from lishu_law.errors import Refusal

FEWEST_OFFICERS, MOST_OFFICERS = 2, 6
# Numbers go into files that others open in a table program: nothing that could be taken for a formula or a separator.
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}")
SHOWN = 5
# Pools frozen at one time. Each one waiting to be drawn may give the same officer one more than his equals and no pool
# counts what another one will give: with two, the year stays within max − min ≤ 2 (§6.2, docs/adr/0042).
MOST_FROZEN = 2


def pool_refusals(pool: Pool) -> list[Refusal]:
    """Why the pool may not be frozen; empty when every team of every possible result can be filled."""
    return [*_settings(pool), *_numbers(pool), *_strata(pool), *_recusals(pool)]


def frozen_refusals(others: list[str]) -> list[Refusal]:
    """draw-frozen: too many frozen pools wait for their draw, so that the year's load would not be known."""
    if len(others) < MOST_FROZEN:
        return []
    text = (
        f"已有 {len(others)} 次抽取冻结了名单、还没有抽取：{_some(others)}。"
        "执法人员的本年任务数要等抽取后才能确定，请先完成或者作废其中一次，再冻结。"
    )
    return [Refusal("draw-frozen", text)]


def _settings(pool: Pool) -> list[Refusal]:
    refusals = []
    if not FEWEST_OFFICERS <= pool.team_size <= MOST_OFFICERS:
        text = f"每组执法人员应当是 {FEWEST_OFFICERS} 至 {MOST_OFFICERS} 名。"
        refusals.append(Refusal("draw-team", text, "", "team_size"))
    if not pool.strata:
        text = "没有要抽取的类别。请至少给一类对象填写抽取比例。"
        refusals.append(Refusal("draw-strata", text, "", "strata"))
    for stratum in pool.strata:
        if not 0 < Fraction(stratum.ratio) <= 100:
            text = f"“{stratum.title}”的抽取比例应当大于 0、不超过 100。"
            refusals.append(Refusal("draw-ratio", text, "", "strata"))
    return refusals


def _numbers(pool: Pool) -> list[Refusal]:
    refusals = []
    counted = Counter(row.object_no for row in pool.rows)
    if twice := [number for number, count in counted.items() if count > 1]:
        text = f"有 {len(twice)} 个对象编号重复：{_some(twice)}。请先在名录中合并。"
        refusals.append(Refusal("draw-number-twice", text, "", "strata"))
    if odd := [number for number in counted if not NUMBER.fullmatch(number)]:
        text = f"有 {len(odd)} 个对象编号不是字母、数字和连接号：{_some(odd)}。请先在名录中改正。"
        refusals.append(Refusal("draw-number-odd", text, "", "strata"))
    return refusals


def _strata(pool: Pool) -> list[Refusal]:
    refusals = []
    listed = Counter(row.stratum for row in pool.rows)
    numbers = pool.by_stratum()
    for stratum in pool.strata:
        if not numbers[stratum.code]:
            text = _why_empty(stratum, listed[stratum.code])
            refusals.append(Refusal("draw-empty-stratum", text, "", "strata"))
        able = sum(officer.can_check(stratum.speciality) for officer in pool.officers)
        if able < pool.team_size:
            text = f"能检查“{stratum.title}”、现在可以派出的执法人员只有 {able} 名，每组要 {pool.team_size} 名。"
            refusals.append(Refusal("draw-officers", text + "请核对人员的专业、证件和请假。", "", "officers"))
    return refusals


def _why_empty(stratum: Stratum, listed: int) -> str:
    if not listed:
        return f"“{stratum.title}”在名录里没有对象，不能抽取。请去掉这一类，或者先补全名录。"
    return f"“{stratum.title}”的 {listed} 个对象全部被排除，没有可以抽取的对象。请核对排除的理由，或者去掉这一类。"


def _recusals(pool: Pool) -> list[Refusal]:
    """Objects for which too few officers are left: any of them may be drawn, so none may be in the pool."""
    able = {
        stratum.code: frozenset(o.code for o in pool.officers if o.can_check(stratum.speciality))
        for stratum in pool.strata
    }
    short = [
        row.object_no
        for row in pool.rows
        if not row.exclusion
        and (barred := pool.recusals.get(row.object_no))
        and len(able[row.stratum]) >= pool.team_size > len(able[row.stratum] - barred)
    ]
    if not short:
        return []
    text = (
        f"有 {len(short)} 个对象因为执法人员回避，剩下的不足 {pool.team_size} 名：{_some(short)}。"
        "请增加可以派出的人员，或者把这些对象请其他单位检查。"
    )
    return [Refusal("draw-recusal", text, "", "officers")]


def _some(names: list[str]) -> str:
    return "、".join(names[:SHOWN]) + (" 等" if len(names) > SHOWN else "")


def counts(pool: Pool) -> list[tuple[Stratum, int, int, int]]:
    """Each stratum with its open objects, its excluded ones and how many are drawn."""
    listed = Counter(row.stratum for row in pool.rows)
    numbers = pool.by_stratum()
    return [
        (one, size := len(numbers[one.code]), listed[one.code] - size, quota(size, one.ratio)) for one in pool.strata
    ]
