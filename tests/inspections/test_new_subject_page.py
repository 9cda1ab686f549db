"""A new object with whoever answers for it and its vehicle, registered in the same act: nothing is typed twice."""

from __future__ import annotations

from typing import Any

import pytest

from lishu_law import clock
from lishu_law.registry.actions import enter_party
from lishu_law.registry.models import Party, SupervisedSubject, Vehicle
from tests.inspections.browsing import client_of
from tests.inspections.scenes import COMPANY, Scene

pytestmark = pytest.mark.django_db
URL = "/registers/objects/new/"
PARTY = {
    "party_kind": "organisation", "party_name": COMPANY.name, "party_uscc": COMPANY.uscc, "party_person_name": "林示例",
}  # fmt: skip


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "enterprise", "industry": "道路货运", "status": "operating", "address": "梨树县梨树镇示例路1号",
        "area_code": "220322", "risk_class": "B", "source": "现场核实", "updated_on": clock.today().isoformat(), **changed,
    }  # fmt: skip


def test_party_and_object_in_one_act(scene: Scene) -> None:
    answer = client_of(scene.cast.lead).post(URL, typed(**PARTY), follow=True)
    assert "已登记，对象编号" in answer.content.decode()
    entry = SupervisedSubject.objects.select_related("party").get()
    assert (entry.party.uscc, entry.party.person_name, entry.party.name_initials) == (
        COMPANY.uscc,
        "林示例",
        "lsxslysyxgs",
    )


def test_party_vehicle_and_object_in_one_act(scene: Scene) -> None:
    data = typed(**PARTY) | {"kind": "vehicle", "vehicle": "吉c 12345", "vehicle_type": "重型自卸货车"}
    client_of(scene.cast.lead).post(URL, data)
    vehicle = Vehicle.objects.get()
    assert (vehicle.plate, vehicle.type_name, vehicle.owner) == ("吉C12345", "重型自卸货车", Party.objects.get())
    assert SupervisedSubject.objects.get().vehicle == vehicle


def test_who_is_registered_already_is_used(scene: Scene) -> None:
    party, _is_new = enter_party(COMPANY)
    client = client_of(scene.cast.lead)
    client.post(URL, typed(party=COMPANY.uscc))
    assert SupervisedSubject.objects.get().party == party
    client.post(URL, typed(**PARTY, industry="道路客运", name=""))
    assert SupervisedSubject.objects.filter(party=party).count() == 2
    assert Party.objects.count() == 1


REFUSED = [
    ({}, "请填写责任人"),
    ({"party_name": "示例公司", "party_uscc": COMPANY.uscc}, "请选择责任人是个人、单位还是个体工商户。"),
    ({**PARTY, "party_uscc": "91220322MA17ABCD2M"}, "校验码不对"),
    ({**PARTY, "party": "91220322MA17ABCD2L"}, "责任人填了两次"),
    ({"party": "没有这个单位"}, "还没有登记这个当事人"),
    ({**PARTY, "party_name": "另一个名称有限公司"}, "与填写的不一致"),
    ({**PARTY, "kind": "vehicle", "vehicle": "吉C1"}, "车牌不像真实号牌"),
]


@pytest.mark.parametrize(("changed", "words"), REFUSED, ids=lambda part: str(part)[:24])
def test_what_is_wrong_is_told_and_nothing_is_written(scene: Scene, changed: dict[str, Any], words: str) -> None:
    if words in ("责任人填了两次", "与填写的不一致"):
        enter_party(COMPANY)
    before = Party.objects.count()
    page = client_of(scene.cast.lead).post(URL, typed(**changed)).content.decode()
    assert words in page
    assert "梨树县梨树镇示例路1号" in page  # what was typed is still there
    assert (SupervisedSubject.objects.count(), Party.objects.count(), Vehicle.objects.count()) == (0, before, 0)


def test_a_person_is_registered_with_a_number(scene: Scene, settings: Any) -> None:
    settings.DEMO = True  # invented identity numbers
    data = typed(kind="person", party_kind="citizen", party_name="示例车主")
    assert "请填写证件号码" in client_of(scene.cast.lead).post(URL, data).content.decode()
