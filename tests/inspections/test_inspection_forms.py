"""Forms of inspections: bad input is told at its field, nothing typed is lost, known things are filled in."""

from __future__ import annotations

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inspections.models import PatrolShift, RoadsideCheck
from lishu_law.registry.actions import enter_party, enter_vehicle
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import StoredFile
from tests.inspections.browsing import NOW, client_of, picture, typed_check, typed_shift
from tests.inspections.scenes import COMPANY, FILED_AT, Scene, filed_shift, recorded_check
from tests.scenarios import case_at

WRONG = {
    "plate": "吉C12O45", "company_uscc": "91220322MA17ABCD2M", "driver_phone": "1380000", "at": "2026-03-02 23:59",
    "driver_id_number": "22032219680315401", "stake": "八公里", "driver_name": "<b>示例</b>", "result": "",
    "second_officer": "999999", "findings": "未苫盖【　】的货物", "item_code": "no-such-item", "matter": "0",
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_bad_input_is_told_at_the_field_and_nothing_typed_is_lost(scene: Scene, name: str) -> None:
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        response = client.post(url, typed_check(scene, **{name: WRONG[name]}))
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [name]
    assert form["vehicle_type"].value() == "重型半挂牵引车"
    assert form[name].value() == WRONG[name]
    assert "<b>示例</b>" not in response.content.decode()
    assert not RoadsideCheck.objects.exists()


def test_several_faults_are_told_at_once(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    typed = typed_check(scene, plate="", item_code="", findings="x" * 6000)
    with time_machine.travel(NOW, tick=False):
        response = client.post(reverse("mobile-record", args=[shift.shift_no]), typed)
        assert "最多 5000 个字" in response.content.decode()
        typed["findings"] = "未苫盖的碎砖。"
        response = client.post(reverse("mobile-record", args=[shift.shift_no]), typed)
    assert [one.code for one, _url in response.context["refusals"]] == ["insp-to-case", "plate.empty"]
    assert response.context["form"]["findings"].value() == "未苫盖的碎砖。"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ" * 50), ("a.jpg", b""), ("a.jpg", b"<html>" * 9), ("a.pdf", b"%PDF-1.4")],
)
def test_a_wrong_photo_is_refused_and_the_text_stays(scene: Scene, name: str, content: bytes) -> None:
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    bad = SimpleUploadedFile(name, content, "image/jpeg")
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        response = client.post(url, typed_check(scene, photos=[picture(), bad]))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["photos"]
    assert response.context["form"]["findings"].value().startswith("装载碎砖")
    assert not StoredFile.objects.exists()


def test_a_second_submit_records_one_stop(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        answers = [client.post(url, typed_check(scene, op_id="a1")) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert RoadsideCheck.objects.count() == 1


def test_finding_a_vehicle_and_its_owner_fills_the_form(scene: Scene) -> None:
    party, _is_new = enter_party(COMPANY)
    enter_vehicle(VehicleDetails(plate="吉C12345", type_name="重型自卸货车", owner=party))
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        typed = typed_check(scene, company_name="", company_uscc="", vehicle_type="", _find="1")
        response = client.post(url, typed)
        assert response["Location"] == f"{url}#id_company_name"
        form = client.get(url).context["form"]
        assert [form[name].value() for name in ("company_name", "company_uscc", "vehicle_type", "findings")] == [
            COMPANY.name, COMPANY.uscc, "重型自卸货车", typed["findings"],
        ]  # fmt: skip
        client.post(url, typed_check(scene, company_name="示例", company_uscc="", _find="1"))
        assert client.get(url).context["form"]["company_uscc"].value() == COMPANY.uscc
        client.post(url, typed_check(scene, findings="", _finding="0"))
        assert "苫盖" in client.get(url).context["form"]["findings"].value()
    assert not RoadsideCheck.objects.exists()


def test_several_businesses_are_shown_to_choose_from(scene: Scene) -> None:
    enter_party(COMPANY)
    other, _is_new = enter_party(
        PartyDetails(kind="organisation", name="梨树县示例物流有限公司", uscc="91220322MA0Y1C2E3N")
    )
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        client.post(url, typed_check(scene, company_name="示例", company_uscc="", _find="1"))
        page = client.get(url)
        assert {party.name for party in page.context["hits"]} == {COMPANY.name, other.name}
        client.post(url, typed_check(scene, company_name="示例", company_uscc="", _pick=other.reference))
        page = client.get(url)
    assert page.context["form"]["company_name"].value() == other.name
    assert not page.context["hits"]


def test_a_code_of_another_name_is_refused(scene: Scene) -> None:
    enter_party(COMPANY)
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        response = client.post(url, typed_check(scene, company_name="别的公司"))
    assert list(response.context["form"].errors) == ["company_name"]
    assert COMPANY.name in response.content.decode()


def test_the_violations_used_most_come_first(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    for code in ("road-spill", "road-spill", "frt-scatter"):
        recorded_check(scene, shift, item_code=code)
    with time_machine.travel(NOW, tick=False):
        page = client_of(scene.cast.lead).get(reverse("mobile-record", args=[shift.shift_no]))
    _empty, often, *_rest = page.context["form"].fields["item_code"].choices
    assert [code for code, _title in often[1]] == ["road-spill", "frt-scatter"]


def test_violations_of_the_units_newest_cases_follow(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    recorded_check(scene, shift, item_code="road-spill")
    case_at("clue", scene.cast)
    with time_machine.travel(NOW, tick=False):
        page = client_of(scene.cast.lead).get(reverse("mobile-record", args=[shift.shift_no]))
    _empty, recent, *_rest = page.context["form"].fields["item_code"].choices
    assert recent[0] == "最近用过"
    assert [code for code, _title in recent[1]] == ["road-spill", "frt-scatter"]


def test_a_violation_is_searched_on_the_phone_without_a_script(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    client = client_of(scene.cast.lead)
    with time_machine.travel(NOW, tick=False):
        url = reverse("mobile-record", args=[shift.shift_no])
        typed = typed_check(scene, item_code="", item_code_find="没盖苫布")
        found = client.post(url, {**typed, "_find_item_code": "1"})
        assert found["Location"] == f"{url}#id_item_code_find"
        assert 'name="_pick_item_code" value="frt-scatter"' in client.get(url).content.decode()
        client.post(url, {**typed, "_pick_item_code": "frt-scatter"})
        form = client.get(url).context["form"]
    assert form["item_code"].value() == "frt-scatter"
    assert form["findings"].value() == typed["findings"]
    assert not RoadsideCheck.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"planned_to": "2026-03-02 19:00"}, "planned_to"),
        ({"from_1": "abc"}, "from_1"),
        ({"second": ""}, "second"),
        ({"lead": "77777"}, "lead"),
        ({"vehicle": "长" * 50}, "vehicle"),
        ({"route_1": "  "}, "route_1"),
    ],
)
def test_bad_shifts_keep_what_was_typed(scene: Scene, changed: dict[str, str], field: str) -> None:
    client = client_of(scene.cast.lead)
    with time_machine.travel(FILED_AT, tick=False):
        response = client.post(reverse("shift-new"), typed_shift(scene, **changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["recorder_no"].value() == "JLY-07"
    assert not PatrolShift.objects.exists()


def test_a_shift_of_one_person_is_refused_with_the_article(scene: Scene) -> None:
    client = client_of(scene.cast.lead)
    with time_machine.travel(FILED_AT, tick=False):
        response = client.post(reverse("shift-new"), typed_shift(scene, second=scene.cast.lead.pk))
    text = response.content.decode()
    assert "至少要有 2 名执法人员" in text
    assert "第四十二条" in text


@pytest.mark.parametrize("typed", ["", "不存在的公司", "DX9999", "'; drop"])
def test_an_unknown_object_is_told(scene: Scene, typed: str) -> None:
    client = client_of(scene.cast.lead)
    with time_machine.travel(FILED_AT, tick=False):
        response = client.post(reverse("filing-new"), {"subject": typed})
    assert "subject" in response.context["form"].errors
    assert response.context["form"]["subject"].value() == typed
