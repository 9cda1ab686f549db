"""Single entries of the two published catalogues: a matter with its check points, a power with its duties."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from inspections.loading import matters
from inspections.models import InspectionMatter, PowerItem
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal

STALE = "有人在您打开这一页之后改过这一项。请核对后再提交。"


@transaction.atomic(durable=True)
def save_matter(*, by: Any, values: dict[str, Any], points: list[dict[str, Any]]) -> InspectionMatter:
    """Enter a matter, or change the version of this code and first day while no inspection stands on it."""
    policy.check(by, "matter.edit")
    prepared = matters.Prepared(0, values, points)
    refusals = []
    if not points:
        refusals.append(Refusal("matter-points", "请至少写一个检查点。", "", "points"))
    last = values.get("valid_to")
    if last and last < values["valid_from"]:
        refusals.append(Refusal("matter-period", "失效日期早于生效日期，请核对。", "", "valid_to"))
    faults = matters.against_known(prepared)
    refusals += [Refusal("matter-version", fault.message, "", "valid_from") for fault in faults]
    refuse_if(refusals)
    matters.write_one(prepared)
    matter = InspectionMatter.objects.get(item_code=values["item_code"], valid_from=values["valid_from"])
    journal.record(
        "matter.save", by=by, on=("matter", matter.item_code), details={"valid_from": str(matter.valid_from)}
    )
    return matter


@transaction.atomic(durable=True)
def save_power(
    *, by: Any, values: dict[str, Any], power_id: int | None = None, version: int | None = None
) -> PowerItem:
    """Enter a power, or change one that is there."""
    policy.check(by, "power.edit")
    same = PowerItem.objects.filter(code=values["code"], valid_from=values["valid_from"]).exclude(
        pk__in=[power_id] if power_id else []
    )
    if values.get("valid_to") and values["valid_to"] < values["valid_from"]:
        refuse_if([Refusal("power-period", "失效日期早于生效日期，请核对。", "", "valid_to")])
    if same.exists():
        refuse_if([Refusal("power-twice", "这个编码在这个生效日期已经有一版。请核对。", "", "code")])
    if power_id is None:
        matters.end_earlier(PowerItem.objects.all(), "code", (values["code"], values["valid_from"]))
        power = PowerItem.objects.create(**values)
    else:
        power = _changed_power(power_id, version, values)
    journal.record("power.save", by=by, on=("power", power.pk), details={"code": power.code})
    return power


def _changed_power(power_id: int, version: int | None, values: dict[str, Any]) -> PowerItem:
    power = PowerItem.objects.select_for_update().filter(pk=power_id).first()
    if power is None:
        raise NotFound
    if version is not None and version != power.version:
        raise Conflict(STALE)
    for name, value in values.items():
        setattr(power, name, value)
    power.version += 1
    power.save(update_fields=[*values, "version"])
    return power
