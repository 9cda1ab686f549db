"""The register of inspecting bodies (inspection.md §2, row 1): an organisation acts by its published document."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.models import MANDATED, Unit, UnitKind

ACTION = "unit.edit"


@transaction.atomic(durable=True)
def save_unit(*, by: Any, values: dict[str, Any], code: str = "") -> Unit:
    """Enter an authorised or entrusted organisation, or change its document. The bureau entrusts: it is the parent."""
    policy.check(by, ACTION)
    authority = Unit.objects.filter(kind=UnitKind.AUTHORITY).first()
    if authority is None:
        raise NotFound("还没有登记执法机关，请联系系统管理员。")
    unit = Unit.objects.select_for_update().filter(code=code, kind__in=MANDATED).first() if code else None
    if code and unit is None:
        raise NotFound
    refuse_if(_faults(values, unit))
    fields = {**values, "parent": authority if values["kind"] == UnitKind.ENTRUSTED else None}
    if unit is None:
        unit = Unit.objects.create(**fields, area_code=authority.area_code)
    else:
        for name, value in fields.items():
            setattr(unit, name, value)
        unit.save(update_fields=list(fields))
    said = {"code": unit.code, "mandate": unit.mandate, "to": str(unit.mandate_to or "")}
    journal.record("unit.save", by=by, on=("unit", unit.pk), details=said)
    return unit


def _faults(values: dict[str, Any], unit: Unit | None) -> list[Refusal]:
    others = Unit.objects.exclude(pk=unit.pk) if unit else Unit.objects.all()
    first, last = values["mandate_from"], values["mandate_to"]
    faults = []
    if others.filter(code=values["code"]).exists():
        faults.append(Refusal("unit-twice", "这个单位编号已经有了。请核对，或者修改已有的单位。", "", "code"))
    if others.filter(name=values["name"]).exists():
        faults.append(Refusal("unit-twice", "这个单位名称已经有了。请核对，或者修改已有的单位。", "", "name"))
    if values["kind"] == UnitKind.ENTRUSTED and last is None:
        faults.append(Refusal("unit-mandate", "委托书要写明委托期限。请填写最后一天。", "", "mandate_to"))
    if last is not None and last < first:
        faults.append(Refusal("unit-mandate", "最后一天早于第一天，请核对。", "", "mandate_to"))
    return faults
