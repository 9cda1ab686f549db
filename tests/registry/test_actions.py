"""Registering parties and vehicles: entered once, reused, journaled; nothing wrong gets in."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotFound, Refused
from lishu_law.registry import actions
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.identity import demo
from lishu_law.registry.models import Party, User, Vehicle
from lishu_law.registry.search import find

NUMBER = "220322196803154015"


@pytest.fixture
def officer(db) -> User:
    return User.objects.create_user("officer", staff_number="S1", full_name="赵演示")


def company(seed: int = 1, **changes: str) -> PartyDetails:
    values = {"kind": "organisation", "name": demo.demo_organisation_name(seed), "uscc": demo.demo_uscc(seed)}
    return PartyDetails(
        **{**values, "person_name": "钱演示", "person_post": "经理", "address": "梨树镇示例路", **changes}
    )


def citizen(**changes: str) -> PartyDetails:
    return PartyDetails(**{"kind": "citizen", "name": "孙演示", "id_kind": "111", "id_number": NUMBER, **changes})


def shop(**changes: str) -> PartyDetails:
    values = {"kind": "individual_business", "name": "梨树县演示汽修部", "person_name": "孙演示", "id_number": NUMBER}
    return PartyDetails(**{**values, **changes})


def journal() -> list[str]:
    return list(JournalEntry.objects.order_by("seq").values_list("action", flat=True))


def test_a_company_is_entered_once(officer: User) -> None:
    first = actions.register_party(by=officer, details=company())
    again = actions.register_party(by=officer, details=company(uscc=f" {demo.demo_uscc(1).lower()} "))
    assert again == first
    assert Party.objects.count() == 1
    assert (first.name_initials[:6], first.name_key[:12]) == ("lsxyst", "li shu xian ")
    assert journal() == ["party.register", "party.reuse"]


def test_a_citizen_is_found_by_number_and_stored_encrypted(officer: User) -> None:
    party = actions.register_party(by=officer, details=citizen())
    assert actions.register_party(by=officer, details=citizen(name="孙 演示")) == party
    assert party.gender == "male"
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, id_index FROM registry_party")
        number, index = cursor.fetchone()
    assert NUMBER not in number + index


def test_operator_and_citizen_may_be_the_same_person(officer: User) -> None:
    business = actions.register_party(by=officer, details=shop())
    person = actions.register_party(by=officer, details=citizen())
    assert business != person
    assert actions.register_party(by=officer, details=shop()) == business
    assert set(find(NUMBER, by=officer).parties) == {business, person}


@pytest.mark.parametrize(
    ("details", "fields"),
    [
        (company(uscc=""), ["uscc"]),
        (company(uscc="91220322MA17ABCD2M", phone="123", name="<b>"), ["name", "uscc", "phone"]),
        (company(name=" "), ["name"]),
        (company(name="123456"), ["name"]),
        (company(person_name="钱3"), ["person_name"]),
        (company(kind="alien"), ["kind"]),
        (citizen(name=""), ["name"]),
        (citizen(uscc=demo.demo_uscc(1)), ["uscc"]),
        (citizen(person_name="别人"), ["person_name"]),
        (citizen(gender="female"), ["gender"]),
        (citizen(id_number="220322196803154014"), ["id_number"]),
        (citizen(id_number=demo.demo_id_number(3)), ["id_number"]),
        (citizen(id_number="922840198512310034"), ["id_number"]),
        (citizen(id_kind="414", id_number="E1"), ["id_number"]),
        (citizen(id_kind="000"), ["id_kind"]),
        (citizen(phone="0434"), ["phone"]),
        (citizen(address="梨树\x00镇"), ["address"]),
        (shop(person_name=""), ["person_name"]),
        (shop(id_number=""), ["uscc"]),
    ],
)
def test_every_fault_is_told_and_nothing_written(officer: User, details: PartyDetails, fields: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        actions.register_party(by=officer, details=details)
    assert [refusal.fix for refusal in refused.value.refusals] == fields
    assert Party.objects.count() == 0
    assert journal() == []


@pytest.mark.parametrize(
    ("details", "number"),
    [
        (citizen(id_kind="414", id_number="e12345678"), "E12345678"),
        (citizen(id_kind="999", id_number="H12345678"), "H12345678"),
        (citizen(id_kind="", id_number="22032219700808004x", gender="female"), "22032219700808004X"),
    ],
)
def test_other_documents(officer: User, details: PartyDetails, number: str) -> None:
    assert actions.register_party(by=officer, details=details).id_number == number


def test_rare_names(officer: User) -> None:
    assert actions.register_party(by=officer, details=citizen(name="刘\ue863")).name == "刘䶮"
    assert find("刘?", by=officer).parties[0].name == "刘䶮"
    assert find("\ue863", by=officer).parties[0].name == "刘䶮"
    flagged = actions.register_party(by=officer, details=citizen(name="刘\ue000", id_number="11010519491231002X"))
    assert flagged.name_needs_check


def test_update(officer: User) -> None:
    party = actions.register_party(by=officer, details=company())
    actions.register_party(by=officer, details=company(2))
    changed = actions.update_party(by=officer, party_id=party.pk, details=company(phone="13800138000"))
    assert Party.objects.get(pk=party.pk).phone == "13800138000"
    assert changed.name_key == party.name_key
    with pytest.raises(Refused, match="已经登记"):
        actions.update_party(by=officer, party_id=party.pk, details=company(2))
    with pytest.raises(NotFound):
        actions.update_party(by=officer, party_id=0, details=company())
    assert journal() == ["party.register", "party.register", "party.update"]
    body = JournalEntry.objects.get(action="party.update").body
    assert "13800138000" not in body
    assert '"fields":["phone"]' in body


def test_vehicles(officer: User) -> None:
    owner = actions.register_party(by=officer, details=company())
    first = actions.register_vehicle(by=officer, details=VehicleDetails(plate="吉c·12345"))
    again = actions.register_vehicle(
        by=officer, details=VehicleDetails(plate="吉C12345", type_name="重型半挂牵引车", owner=owner)
    )
    assert again == first
    assert (again.plate, again.plate_kind, again.type_name, again.owner) == (
        "吉C12345",
        "ordinary",
        "重型半挂牵引车",
        owner,
    )
    trailer = actions.register_vehicle(by=officer, details=VehicleDetails(plate="吉C1234挂"))
    assert trailer.plate_kind == "trailer"
    nameless = VehicleDetails(plate_kind="none", plate_reason="新车未上牌")
    actions.register_vehicle(by=officer, details=nameless)
    actions.register_vehicle(by=officer, details=nameless)
    assert Vehicle.objects.filter(plate="").count() == 2
    found = find("吉C 12345", by=officer)
    assert (found.by, found.vehicles, found.parties) == ("plate", [first], [owner])


@pytest.mark.parametrize(
    ("details", "fields"),
    [
        (VehicleDetails(), ["plate"]),
        (VehicleDetails(plate="吉C12O45"), ["plate"]),
        (VehicleDetails(plate="无牌"), ["plate"]),
        (VehicleDetails(plate_kind="none"), ["plate_reason"]),
        (VehicleDetails(plate_kind="none", plate="吉C12345", plate_reason="x"), ["plate"]),
        (VehicleDetails(plate_kind="temporary", plate="吉C0001临"), ["plate_reason"]),
        (VehicleDetails(plate_kind="temporary", plate_reason="未上牌"), ["plate"]),
        (VehicleDetails(plate="吉C12345", type_name="半\u200b挂"), ["type_name"]),
    ],
)
def test_vehicles_refused(officer: User, details: VehicleDetails, fields: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        actions.register_vehicle(by=officer, details=details)
    assert [refusal.fix for refusal in refused.value.refusals] == fields
    assert Vehicle.objects.count() == 0


def test_search(officer: User) -> None:
    for seed in range(30):
        actions.register_party(by=officer, details=company(seed))
    person = actions.register_party(by=officer, details=citizen())
    before = len(journal())
    assert find(demo.demo_uscc(4).lower(), by=officer).parties == [Party.objects.get(uscc=demo.demo_uscc(4))]
    assert len(journal()) == before
    assert find(f" {NUMBER} ", by=officer).parties == [person]
    assert journal()[before:] == ["party.search_by_id"]
    assert NUMBER not in JournalEntry.objects.get(action="party.search_by_id").body
    assert [party.name for party in find("孙演", by=officer).parties] == ["孙演示"]
    assert [party.name for party in find("sys", by=officer).parties] == ["孙演示"]
    assert find("lsxlsslhy", by=officer).by == "name"
    assert len(find("梨树县", by=officer).parties) == 20
    assert find("梨树县", by=officer).more
    assert find("喇嘛甸示例", by=officer).parties
    for nothing in ("", " ", "%", "_", "不存在", "'; --", "x" * 500, "(", "[?", "\\", "\x00"):
        assert find(nothing, by=officer).parties == []


@pytest.mark.django_db(transaction=True)
def test_cores_compose_in_one_transaction(officer: User) -> None:
    with transaction.atomic():
        party, is_new = actions.enter_party(company())
        vehicle, _ = actions.enter_vehicle(VehicleDetails(plate="吉C12345", owner=party))
    assert is_new
    assert vehicle.owner == party
    assert journal() == []
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.register_party(by=officer, details=company(2))


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_party(officer: User) -> None:
    barrier, parties = threading.Barrier(2), []

    def enter() -> None:
        try:
            barrier.wait(10)
            parties.append(actions.register_party(by=officer, details=company()).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(parties) == 2
    assert len(set(parties)) == Party.objects.count() == 1
    assert sorted(journal()) == ["party.register", "party.reuse"]
