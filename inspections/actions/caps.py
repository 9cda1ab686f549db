"""The register of yearly caps: entered with basis and period, changed by beginning a new one (§3.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from inspections.models import CapRule
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal

STALE = "有人在您打开这一页之后改过这条上限。请核对后再提交。"


@transaction.atomic(durable=True)
def save_cap_rule(
    *, by: Any, values: dict[str, Any], rule_id: int | None = None, version: int | None = None
) -> CapRule:
    """Enter a cap, or change one. Of the same industry and class an earlier open one ends the day before."""
    policy.check(by, "cap.edit")
    refuse_if(_faults(values, rule_id))
    if rule_id is None:
        same = CapRule.objects.filter(industry=values["industry"], risk_class=values["risk_class"])
        open_ones = same.select_for_update().filter(valid_to__isnull=True, valid_from__lt=values["valid_from"])
        open_ones.update(valid_to=values["valid_from"] - timedelta(days=1))
        rule = CapRule.objects.create(**values)
    else:
        rule = _changed(rule_id, version, values)
    said = {"most": rule.most, "valid_from": str(rule.valid_from), "confirmed": rule.is_confirmed}
    journal.record("cap.save", by=by, on=("cap_rule", rule.pk), details=said)
    return rule


def _faults(values: dict[str, Any], rule_id: int | None) -> list[Refusal]:
    faults = []
    first, last = values["valid_from"], values["valid_to"]
    if not values["basis"].strip():
        faults.append(Refusal("cap-basis", "请写明依据。没有依据的上限不能登记。", "", "basis"))
    if last is not None and last < first:
        faults.append(Refusal("cap-period", "停止执行的日期早于开始执行的日期，请核对。", "", "valid_to"))
    same = CapRule.objects.filter(industry=values["industry"], risk_class=values["risk_class"])
    same = same.exclude(pk__in=[rule_id] if rule_id else [])
    for other in same:
        is_open_before = rule_id is None and other.valid_to is None and other.valid_from < first
        ends = other.valid_to is None or other.valid_to >= first
        if not is_open_before and ends and (last is None or other.valid_from <= last):
            text = f"同一行业和等级在 {other.valid_from} 起已经有一条上限，期间重叠。请先改那一条的停止日期。"
            faults.append(Refusal("cap-twice", text, "", "valid_from"))
            break
    return faults


def _changed(rule_id: int, version: int | None, values: dict[str, Any]) -> CapRule:
    rule = CapRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    if version is not None and version != rule.version:
        raise Conflict(STALE)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.version += 1
    rule.save(update_fields=[*values, "version"])
    return rule
