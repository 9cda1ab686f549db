"""The bodies that inspect: an organisation by its published document only, and in whose name (inspection.md §2, row 1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from inspections.actions.filings import approve_inspection
from inspections.actions.units import save_unit
from inspections.models import InspectionFiling
from inspections.queries.exchange import exchange_facts
from inspections.queries.public import public_filing
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.models import Unit, User
from tests.inspections.browsing import client_of
from tests.inspections.filing_calls import finished
from tests.inspections.scenes import FILED_AT, VISIT_FROM, Scene, filed_filing, subject, submitted_filing

VALUES: dict[str, Any] = {
    "code": "WT01", "name": "梨树县示例道路运输服务中心", "kind": "entrusted", "uscc": "12220322MB0A00018J", "address": "", "phone": "",
    "mandate": "梨交委〔2026〕1号", "mandate_scope": "道路货运企业的日常检查", "mandate_from": date(2026, 1, 1),
    "mandate_to": date(2026, 12, 31), "mandate_published_on": date(2026, 1, 10),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(VISIT_FROM, tick=False):
        yield


def entered(scene: Scene, **changed: Any) -> Unit:
    unit = save_unit(by=scene.cast.reviewer, values={**VALUES, **changed})
    User.objects.filter(pk=scene.cast.lead.pk).update(unit=unit)
    scene.cast.lead.refresh_from_db()
    return unit


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


@pytest.mark.parametrize(
    "changed",
    [
        {"mandate_published_on": None},
        {"mandate_published_on": VISIT_FROM.date() + timedelta(days=1)},
        {"mandate_to": VISIT_FROM.date() - timedelta(days=1)},
        {"mandate_from": VISIT_FROM.date() + timedelta(days=1)},
    ],
)
def test_without_its_published_document_nothing_is_filed(scene: Scene, changed: dict[str, Any]) -> None:
    entered(scene, **changed)
    assert refused(lambda: submitted_filing(scene, subject())) == ["insp-subject"]
    assert not InspectionFiling.objects.exists()


def test_the_document_is_asked_again_at_the_approval(scene: Scene) -> None:
    unit = entered(scene)
    row = submitted_filing(scene, subject())
    ended = {**VALUES, "mandate_to": VISIT_FROM.date() - timedelta(days=1)}
    save_unit(by=scene.cast.reviewer, values=ended, code=unit.code)
    approve = {"filing_id": row.pk, "version": None, "by": scene.cast.deputy, "agree": True, "at": FILED_AT}
    assert refused(lambda: approve_inspection(**approve)) == ["insp-subject"]
    save_unit(by=scene.cast.reviewer, values=VALUES, code=unit.code)
    assert approve_inspection(**approve).filing_no


def approved(scene: Scene) -> InspectionFiling:
    row = submitted_filing(scene, subject())
    return approve_inspection(filing_id=row.pk, version=None, by=scene.cast.deputy, agree=True, at=FILED_AT)


def test_filing_business_page_and_exchange_name_both(scene: Scene) -> None:
    unit = entered(scene)
    row = approved(scene)
    page = client_of(scene.cast.lead).get(reverse("filing", args=[row.reference])).content.decode()
    assert f"由受委托的{unit.name}实施（委托书 {unit.mandate}）" in page
    found = public_filing(row.token, VISIT_FROM)
    assert found is not None
    assert found.unit == f"梨树县交通运输局（受委托实施：{unit.name}，委托书 {unit.mandate}）"
    done = finished(scene, row)
    facts = exchange_facts(str(done.check_code))
    assert facts is not None
    assert (facts.organ_name, facts.entrusted_name, facts.entrusted_uscc) == (
        "梨树县交通运输局", unit.name, unit.uscc,
    )  # fmt: skip


def test_a_squad_is_no_entrusted_unit(scene: Scene) -> None:
    done = finished(scene, filed_filing(scene, subject()))
    facts = exchange_facts(str(done.check_code))
    assert facts is not None
    assert (facts.entrusted_name, facts.entrusted_uscc) == ("", "")


def test_everybody_sees_who_may_inspect_today(scene: Scene) -> None:
    url = reverse("public-units")
    entered(scene)
    shown = Client().get(url).content.decode()
    for words in ("梨树县交通运输局", "执法一中队", VALUES["name"], VALUES["mandate"], VALUES["mandate_scope"]):
        assert words in shown
    assert "法制科" not in shown  # an office without the power
    save_unit(by=scene.cast.reviewer, values={**VALUES, "mandate_published_on": None}, code="WT01")
    assert VALUES["name"] not in Client().get(url).content.decode()
    staff = client_of(scene.cast.reviewer).get(reverse("unit-list")).content.decode()
    assert "没有公布，不能实施检查" in staff


def test_the_register_by_its_forms(scene: Scene) -> None:
    client = client_of(scene.cast.reviewer)
    typed = {name: str(value or "") for name, value in VALUES.items()}
    done = client.post(reverse("unit-new"), typed)
    assert done.headers["Location"] == reverse("unit-list")
    unit = Unit.objects.get(code="WT01")
    assert (unit.parent, unit.kind) == (scene.cast.authority, "entrusted")
    assert JournalEntry.objects.filter(action="unit.save").count() == 1
    again = client.post(reverse("unit-new"), typed).content.decode()
    assert "这个单位编号已经有了" in again
    edit = reverse("unit-edit", args=["WT01"])
    assert VALUES["mandate"] in client.get(edit).content.decode()
    assert "委托书要写明委托期限" in client.post(edit, {**typed, "mandate_to": ""}).content.decode()
    client.post(edit, {**typed, "mandate": "梨交委〔2026〕2号"})
    unit.refresh_from_db()
    assert unit.mandate == "梨交委〔2026〕2号"
    assert client.get(reverse("unit-edit", args=[scene.cast.squad.code])).status_code == 404


def test_only_the_legal_section_and_the_leaders_keep_the_register(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        save_unit(by=scene.cast.squad_leader, values=VALUES)


@pytest.mark.parametrize(
    "broken", [{"mandate": ""}, {"mandate_to": None}, {"mandate_to": date(2025, 1, 1)}, {"parent": None}]
)
def test_the_database_keeps_no_entrusted_unit_without_its_document(scene: Scene, broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(**{**VALUES, "parent": scene.cast.authority, **broken})
