"""Roadside checks, and the case a finding opens: every fact carried over, nothing typed twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.models import Case, CaseOfficer, CasePerson, Evidence
from inspections.actions.checks import record_check
from inspections.actions.findings import open_case_from_check
from inspections.actions.shifts import finish_shift
from inspections.models import CheckResult, InspectionMatter, RoadsideCheck
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.actions import enter_party
from lishu_law.registry.models import Party, Vehicle
from tests.inspections.scenes import (
    COMPANY,
    DRIVER_ID,
    PATROL_FROM,
    PATROL_TO,
    STOP_AT,
    Scene,
    end_certificate,
    filed_shift,
    new_check,
    photo,
    recorded_check,
    submitted_shift,
)

LATER = STOP_AT + timedelta(minutes=30)


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def test_a_stop_is_recorded_with_code_photos_and_one_entry(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    before = JournalEntry.objects.count()
    pictures = (photo(scene.cast.lead, "a.jpg"), photo(scene.cast.lead, "b.jpg"))
    check = recorded_check(scene, shift, (*pictures, pictures[0]))
    assert check.check_code == "JC2026-000001"
    assert [one.file for one in check.photos.order_by("position")] == [one.file for one in pictures]
    assert [one.sha256 for one in check.photos.all()] == [one.file.sha256 for one in pictures]
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == ["check.record"]
    stored = RoadsideCheck.objects.get()
    assert (stored.driver_id_number, stored.driver_phone) == (DRIVER_ID, "13800000000")


def test_personal_numbers_lie_encrypted(scene: Scene, django_assert_num_queries: Any) -> None:
    recorded_check(scene, filed_shift(scene.cast))
    with_raw = RoadsideCheck.objects.extra(select={"raw": "driver_id_number", "raw_phone": "driver_phone"}).get()  # type: ignore[attr-defined]
    assert DRIVER_ID not in with_raw.raw
    assert "13800000000" not in with_raw.raw_phone


def test_a_business_known_to_the_registry_is_linked(scene: Scene) -> None:
    party, _is_new = enter_party(COMPANY)
    check = recorded_check(scene, filed_shift(scene.cast), party=party, company_name="", company_uscc="")
    assert (check.party, check.company_name, check.company_uscc) == (party, COMPANY.name, COMPANY.uscc)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"findings": ""}, ["insp-record"]),
        ({"item_code": ""}, ["insp-to-case"]),
        ({"result": "none"}, ["insp-to-case"]),
        ({"plate": ""}, ["plate.empty"]),
        ({"at": LATER}, ["check-future"]),
        ({"at": PATROL_FROM - timedelta(minutes=1)}, ["insp-file-app"]),
    ],
)
def test_an_incomplete_record_is_refused_and_consumes_no_number(
    scene: Scene, changed: dict[str, Any], expected: list[str]
) -> None:
    shift = filed_shift(scene.cast)
    assert refused(lambda: recorded_check(scene, shift, **changed)) == expected
    assert not RoadsideCheck.objects.exists()
    assert recorded_check(scene, shift).check_code == "JC2026-000001"


def test_officers_of_the_stop(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    assert refused(lambda: recorded_check(scene, shift, second_officer=scene.cast.third_officer)) == [
        "gen-two-officers"
    ]
    assert refused(lambda: recorded_check(scene, shift, second_officer=scene.cast.lead)) == ["gen-two-officers"]
    end_certificate(scene.cast.assistant, clock.local(STOP_AT).date() - timedelta(days=1))
    assert refused(lambda: recorded_check(scene, shift)) == ["gen-licence-valid"]
    end_certificate(scene.cast.assistant, clock.local(STOP_AT).date())
    assert recorded_check(scene, shift).pk


def test_a_matter_off_the_list_is_refused(scene: Scene) -> None:
    InspectionMatter.objects.filter(pk=scene.matter.pk).update(published_on=None)
    scene.matter.refresh_from_db()
    assert refused(lambda: recorded_check(scene, filed_shift(scene.cast))) == ["insp-item-public"]


def test_only_on_an_approved_shift_and_only_by_its_officers(scene: Scene) -> None:
    waiting = submitted_shift(scene.cast)
    assert refused(lambda: recorded_check(scene, waiting)) == ["wrong-state"]
    waiting.delete()
    shift = filed_shift(scene.cast)
    for who, error in ((scene.cast.third_officer, NotAllowed), (scene.cast.squad_leader, NotAllowed), (scene.cast.outsider, NotFound)):  # fmt: skip
        with pytest.raises(error):
            record_check(shift_id=shift.pk, by=who, check=new_check(scene), at=LATER)


def test_a_stop_may_be_entered_after_the_shift_but_not_later_than_72_hours(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    finish_shift(shift_id=shift.pk, version=shift.version, by=scene.cast.lead, at=PATROL_TO)
    late = STOP_AT + timedelta(hours=72)
    assert record_check(shift_id=shift.pk, by=scene.cast.lead, check=new_check(scene), at=late).pk
    after = {"shift_id": shift.pk, "by": scene.cast.lead, "check": new_check(scene), "at": late + timedelta(minutes=1)}
    assert refused(lambda: record_check(**after)) == ["check-late"]


def test_a_finding_opens_its_case_with_every_fact(scene: Scene) -> None:
    check = recorded_check(
        scene, filed_shift(scene.cast), (photo(scene.cast.lead, "a.jpg"), photo(scene.cast.lead, "b.jpg", ""))
    )
    before = JournalEntry.objects.count()
    case = open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == ["inspection.open_case"]
    check.refresh_from_db()
    assert check.case == case
    party, vehicle = Party.objects.get(), Vehicle.objects.get()
    facts = {
        "source": "inspection", "check_action_code": "JC2026-000001", "source_note": f"巡查班次 {check.shift.shift_no}",
        "item_code": "frt-scatter", "violation": "货运经营者没有采取必要措施防止货物脱落、扬撒", "domain": "道路货运",
        "act_at": check.at, "act_ended_at": None, "received_at": check.at, "route": check.route, "stake": check.stake,
        "direction": check.direction, "township": check.township, "is_in_county": True, "party": party,
        "vehicle": vehicle, "unit": scene.cast.squad, "authority": scene.cast.authority, "created_at": LATER,
    }  # fmt: skip
    case = Case.objects.get()
    assert {name: getattr(case, name) for name in facts} == facts
    assert case.summary == (
        "2026年3月2日23时02分，执法人员示例甲、示例乙在梨树镇G303K812+300上行巡查时，对梨树县示例运输有限公司的重型半挂牵引车吉C12345"
        "（驾驶员示例司机）实施检查，发现：装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒，当场不能改正。已责令采取苫盖措施后再行驶。"
    )
    assert (party.name, party.uscc, party.kind) == (COMPANY.name, COMPANY.uscc, "organisation")
    assert (vehicle.plate, vehicle.type_name, vehicle.owner) == ("吉C12345", "重型半挂牵引车", party)
    driver = CasePerson.objects.get(case=case)
    assert (driver.role, driver.name, driver.gender, driver.id_number, driver.phone, driver.employer) == (
        "driver", "示例司机", "male", DRIVER_ID, "13800000000", COMPANY.name,
    )  # fmt: skip
    officers = CaseOfficer.objects.filter(case=case).order_by("pk").values_list("user__username", "role")
    assert list(officers) == [("lead", "lead"), ("assistant", "assistant")]
    _evidence_is_complete(case, check)


def _evidence_is_complete(case: Case, check: RoadsideCheck) -> None:
    record, *pictures = Evidence.objects.filter(case=case).order_by("pk")
    assert (record.title, record.file, record.obtained_at) == ("道路检查记录 JC2026-000001", None, check.at)
    assert [one.file for one in pictures] == [one.file for one in check.photos.order_by("position")]
    assert [one.purpose for one in pictures] == ["证明货物未苫盖", f"证明{case.violation}"]
    for one in pictures:
        assert (one.kind, one.obtained_at, one.obtained_place) == ("audiovisual", check.at, "梨树镇G303K812+300")


def test_what_is_not_known_is_left_out_not_invented(scene: Scene) -> None:
    bare = {
        "company_name": "", "company_uscc": "", "driver_name": "", "driver_phone": "", "driver_id_number": "",
        "driver_gender": "", "plate": "", "plate_reason": "号牌被遮挡后取下", "vehicle_type": "", "measures": "",
    }  # fmt: skip
    check = recorded_check(scene, filed_shift(scene.cast), **bare)
    case = open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)
    assert case.party is None
    assert not CasePerson.objects.exists()
    assert (case.vehicle.plate, case.vehicle.plate_reason) == ("", "号牌被遮挡后取下")
    assert "驾驶员" not in case.summary


@pytest.mark.parametrize(("name", "uscc"), [("示例货运部", ""), ("示例货运部", "92220322MA17ABCD2K")])
def test_a_business_that_cannot_be_registered_yet_is_named_in_the_case(scene: Scene, name: str, uscc: str) -> None:
    check = recorded_check(scene, filed_shift(scene.cast), company_name=name, company_uscc=uscc)
    case = open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)
    assert case.party is None
    assert name in case.summary
    assert uscc in case.summary
    assert CasePerson.objects.get().employer == name


def test_a_case_is_opened_once(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    open_case_from_check(check_id=check.pk, by=scene.cast.assistant, at=LATER)
    assert refused(lambda: open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)) == ["already-filed"]
    assert Case.objects.count() == 1


def test_without_a_finding_there_is_no_case(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast), result=CheckResult.CORRECTED, item_code="")
    assert refused(lambda: open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)) == ["insp-to-case"]


def test_a_refusal_inside_leaves_nothing_half_written(scene: Scene) -> None:
    late = photo(scene.cast.lead, "a.jpg", at=LATER + timedelta(days=1))
    check = recorded_check(scene, filed_shift(scene.cast), (late,))
    before = JournalEntry.objects.count()
    assert refused(lambda: open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=LATER)) == ["evidence-future"]
    assert (Case.objects.count(), Party.objects.count(), JournalEntry.objects.count()) == (0, 0, before)


def test_only_the_shifts_officers_open_the_case(scene: Scene) -> None:
    check = recorded_check(scene, filed_shift(scene.cast))
    for who, error in ((scene.cast.outsider, NotFound), (scene.cast.third_officer, NotAllowed), (scene.cast.head, NotAllowed)):  # fmt: skip
        with pytest.raises(error):
            open_case_from_check(check_id=check.pk, by=who, at=LATER)
