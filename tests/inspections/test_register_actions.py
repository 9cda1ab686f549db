"""Objects, merges, the white list, officers, matters and powers: what passes, what is refused, what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from inspections.actions.catalogues import save_matter, save_power
from inspections.actions.merging import merge_subjects, unmerge_subjects
from inspections.actions.officers import (
    ProfileDetails,
    cancel_absence,
    record_absence,
    record_conflict,
    save_profile,
)
from inspections.actions.subjects import LicenceDetails, SubjectDetails, add_licence, register_subject, update_subject
from inspections.actions.white_list import put_on_white_list, remove_from_white_list, remove_punished
from inspections.models import InspectionFiling, InspectionMatter, PowerItem
from inspections.queries.officer_register import drawable_officers, officer_row
from inspections.queries.subjects import Search, list_subjects, open_subject, public_white_list
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refused
from lishu_law.registry.actions import enter_party, enter_vehicle
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import (
    Certificate,
    Party,
    RemovalReason,
    SubjectChange,
    SubjectLicence,
    SubjectMerge,
    SupervisedSubject,
    WhiteListing,
)
from tests.inspections.loading.files import code_of
from tests.inspections.scenes import COMPANY, Scene, filed_filing

pytestmark = pytest.mark.django_db


def party_of(serial: int = 0) -> Party:
    details = COMPANY if not serial else replace(COMPANY, uscc=code_of(serial), name=f"示例第{serial}有限公司")
    return enter_party(details)[0]


def details_of(**changed: Any) -> SubjectDetails:
    known: dict[str, Any] = {
        "kind": "enterprise", "party": party_of(), "industry": "道路货运", "address": "梨树县梨树镇示例路1号",
        "source": "现场核实", "updated_on": clock.today(), "risk_class": "A",
    }  # fmt: skip
    return SubjectDetails(**known | changed)


def entered(scene: Scene, **changed: Any) -> SupervisedSubject:
    return register_subject(by=scene.cast.lead, details=details_of(**changed))


def codes(act: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [one.code for one in refused.value.refusals]


WRONG = [
    ({"address": " "}, "subject-address"),
    ({"source": ""}, "subject-source"),
    ({"kind": "vehicle"}, "subject-vehicle"),
    ({"kind": "site"}, "subject-name"),
    ({"name": "料场"}, "subject-name"),
    ({"longitude": 124}, "subject-position"),
    ({"updated_on": date(2999, 1, 1)}, "subject-updated"),
    ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)}, "subject-period"),
]


@pytest.mark.parametrize(("changed", "code"), WRONG, ids=lambda part: str(part)[:30])
def test_an_object_that_is_not_taken(scene: Scene, changed: dict[str, Any], code: str) -> None:
    assert codes(lambda: entered(scene, **changed)) == [code]
    assert not SupervisedSubject.objects.exists()


def test_an_object_is_entered_once_and_changed_with_its_history(scene: Scene) -> None:
    entry = entered(scene)
    assert codes(lambda: entered(scene)) == ["subject-listed"]
    changed = details_of(address="梨树县梨树镇新路2号", contact_phone="13800000000")
    update_subject(by=scene.cast.lead, object_no=entry.object_no, version=1, details=changed)
    latest = SubjectChange.objects.latest("pk")
    assert latest.changes == {
        "地址": ["梨树县梨树镇示例路1号", "梨树县梨树镇新路2号"], "联系电话": ["", "（已登记，不显示）"],
    }  # fmt: skip
    with pytest.raises(Conflict):
        update_subject(by=scene.cast.lead, object_no=entry.object_no, version=1, details=changed)
    older = details_of(updated_on=clock.today() - timedelta(days=1))
    assert codes(lambda: update_subject(by=scene.cast.lead, object_no=entry.object_no, version=2, details=older)) == [
        "subject-older"
    ]
    assert JournalEntry.objects.filter(object_type="subject", object_id=entry.object_no).count() == 2


def test_a_vehicle_stands_in_the_directory_once(scene: Scene) -> None:
    vehicle, _new = enter_vehicle(VehicleDetails(plate="吉C12345", owner=party_of()))
    entry = entered(scene, kind="vehicle", vehicle=vehicle)
    assert entry.title == "吉C12345"
    assert codes(lambda: entered(scene, kind="vehicle", vehicle=vehicle, industry="道路客运")) == ["subject-listed"]
    assert [one.pk for one in list_subjects(Search(text="吉c12345")).rows] == [entry.pk]


@pytest.mark.parametrize("text", ["示例运输", "lsxsl", "91220322MA17ABCD2L", "DX-220322-000001", "dx-220322-000001"])
def test_an_object_is_found_by_name_initials_code_and_number(scene: Scene, text: str) -> None:
    entry = entered(scene)
    entered(scene, party=party_of(5))
    assert [one.pk for one in list_subjects(Search(text=text)).rows] == [entry.pk]


def test_the_list_is_paged_by_key(scene: Scene) -> None:
    made = [entered(scene, party=party_of(serial)).pk for serial in range(1, 23)]
    first = list_subjects(Search())
    assert [one.pk for one in first.rows] == made[:20]
    assert [one.pk for one in list_subjects(Search(), after=first.next_key).rows] == made[20:]


def two_entries(scene: Scene) -> tuple[SupervisedSubject, SupervisedSubject]:
    kept = entered(scene)
    merged = entered(scene, industry="道路客运", employees=12, longitude=124, latitude=43, contact_phone="13800000000")
    return kept, merged


def test_a_merge_moves_everything_fills_gaps_and_can_be_undone(scene: Scene) -> None:
    kept, merged = two_entries(scene)
    for entry, number in ((kept, "许1"), (merged, "许1"), (merged, "许2")):
        licence = LicenceDetails(kind="operating", number=number)
        add_licence(by=scene.cast.lead, object_no=entry.object_no, licence=licence)
    filing = filed_filing(scene, merged)
    record = merge_subjects(
        by=scene.cast.squad_leader, kept_no=kept.object_no, merged_no=merged.object_no, reason="信用代码相同"
    )
    kept.refresh_from_db()
    assert (kept.employees, int(kept.longitude or 0), kept.contact_phone) == (12, 124, "13800000000")
    assert InspectionFiling.objects.get(pk=filing.pk).subject_id == kept.pk
    assert sorted(SubjectLicence.objects.filter(subject=kept).values_list("number", flat=True)) == ["许1", "许2"]
    assert [one.pk for one in list_subjects(Search()).rows] == [kept.pk]
    with pytest.raises(NotFound):
        update_subject(by=scene.cast.lead, object_no=merged.object_no, version=None, details=details_of())
    assert "13800000000" not in str(SubjectMerge.objects.values("moved", "taken").get())
    unmerge_subjects(by=scene.cast.squad_leader, merge_id=record.pk, reason="不是同一个对象")
    kept.refresh_from_db()
    assert (kept.employees, kept.longitude, kept.contact_phone) == (None, None, "")
    assert InspectionFiling.objects.get(pk=filing.pk).subject_id == merged.pk
    assert list(SubjectLicence.objects.filter(subject=kept).values_list("number", flat=True)) == ["许1"]
    assert len(list_subjects(Search()).rows) == 2
    with pytest.raises(NotFound):
        unmerge_subjects(by=scene.cast.squad_leader, merge_id=record.pk, reason="再撤一次")


def test_what_is_not_one_object_is_not_merged(scene: Scene) -> None:
    kept, merged = two_entries(scene)
    stranger = entered(scene, party=party_of(9))
    site = entered(scene, kind="site", name="料场")
    by = scene.cast.squad_leader

    def merge(number: str, reason: str = "相同") -> Any:
        return lambda: merge_subjects(by=by, kept_no=kept.object_no, merged_no=number, reason=reason)

    assert codes(merge(kept.object_no)) == ["merge-itself"]
    assert codes(merge(stranger.object_no)) == ["merge-codes"]
    assert codes(merge(site.object_no)) == ["merge-kind"]
    assert codes(merge(merged.object_no, " ")) == ["merge-reason"]
    with pytest.raises(NotAllowed):
        merge_subjects(by=scene.cast.lead, kept_no=kept.object_no, merged_no=merged.object_no, reason="相同")


def test_the_white_list_takes_class_a_for_a_year_and_says_who_left_why(scene: Scene) -> None:
    entry, plain = entered(scene), entered(scene, party=party_of(3), risk_class="B")
    today, by = clock.today(), scene.cast.head
    put: Any = {"from_on": today, "to_on": today + timedelta(days=365), "basis": "示例公告1号"}
    assert codes(lambda: put_on_white_list(by=by, object_no=plain.object_no, **put)) == ["white-list-class"]
    long = {**put, "to_on": today + timedelta(days=366)}
    assert codes(lambda: put_on_white_list(by=by, object_no=entry.object_no, **long)) == ["white-list-period"]
    with pytest.raises(NotAllowed):
        put_on_white_list(by=scene.cast.squad_leader, object_no=entry.object_no, **put)
    listing = put_on_white_list(by=by, object_no=entry.object_no, **put)
    assert codes(lambda: put_on_white_list(by=by, object_no=entry.object_no, **put)) == ["white-list-twice"]
    assert [name for name, _one in public_white_list(today)] == [COMPANY.name]
    assert SupervisedSubject.objects.with_white_list(today).get(pk=entry.pk).is_white_listed
    gone = remove_from_white_list(by=by, listing_id=listing.pk, reason=RemovalReason.ACCIDENT, note="发生一般事故")
    assert not gone.is_active_on(today)
    assert public_white_list(today) == []
    assert open_subject(entry.object_no).active_listing is None


def test_nobody_without_a_penalty_is_taken_off_the_white_list(scene: Scene) -> None:
    entry, today = entered(scene), clock.today()
    put_on_white_list(by=scene.cast.head, object_no=entry.object_no, from_on=today, to_on=today, basis="公告")
    assert remove_punished() == 0
    assert WhiteListing.objects.active_on(today).count() == 1


def test_natural_persons_stand_on_the_public_list_by_number_only(scene: Scene) -> None:
    citizen, _new = enter_party(PartyDetails(kind="citizen", name="示例某"))
    entry = entered(scene, kind="person", party=citizen)
    today = clock.today()
    put_on_white_list(by=scene.cast.head, object_no=entry.object_no, from_on=today, to_on=today, basis="公告")
    assert [name for name, _one in public_white_list(today)] == [entry.object_no]


def profiled(scene: Scene, **changed: Any) -> str:
    details = ProfileDetails(**{"staff_type": "established", "specialities": ("freight",), **changed})
    save_profile(by=scene.cast.squad_leader, staff_number=scene.cast.lead.staff_number, details=details)
    return scene.cast.lead.staff_number


def is_drawable(number: str, day: date) -> bool:
    return number in [row.user.staff_number for row in drawable_officers(day)]


def test_an_officer_whose_certificate_ended_today_is_drawable_today_and_not_tomorrow(scene: Scene) -> None:
    number, today = profiled(scene), clock.today()
    Certificate.objects.filter(user=scene.cast.lead).update(valid_until=today)
    assert is_drawable(number, today)
    assert not is_drawable(number, today + timedelta(days=1))
    assert officer_row(number, today + timedelta(days=1)).reasons == (f"执法证已于 {today} 到期",)
    Certificate.objects.filter(user=scene.cast.lead).update(revoked_on=today)
    assert officer_row(number, today).reasons == (f"执法证已于 {today} 注销",)


@pytest.mark.parametrize("staff_type", ["seconded", "assistant", "temporary"])
def test_only_established_staff_is_drawn(scene: Scene, staff_type: str) -> None:
    assert not is_drawable(profiled(scene, staff_type=staff_type), clock.today())
    assert not is_drawable(scene.cast.assistant.staff_number, clock.today())  # no entry at all


def test_nobody_is_drawn_on_days_off_and_the_last_day_counts(scene: Scene) -> None:
    number, today = profiled(scene), clock.today()
    by = scene.cast.squad_leader
    off = record_absence(by=by, staff_number=number, kind="leave", from_on=today, to_on=today + timedelta(days=1))
    assert [is_drawable(number, today + timedelta(days=n)) for n in range(3)] == [False, False, True]
    cancel_absence(by=by, staff_number=number, absence_id=off.pk)
    assert is_drawable(number, today)


def test_a_conflict_is_kept_and_a_squad_leader_touches_only_the_own_unit(scene: Scene) -> None:
    entry, number, today = entered(scene), profiled(scene), clock.today()
    by = scene.cast.squad_leader
    conflict = record_conflict(by=by, staff_number=number, on=entry, reason="relative", from_on=today)
    assert (conflict.subject, conflict.is_active_on(today)) == (entry, True)
    with pytest.raises(NotAllowed):
        record_conflict(
            by=by, staff_number=scene.cast.outsider.staff_number, on=entry, reason="relative", from_on=today
        )
    with pytest.raises(NotAllowed):
        record_absence(by=scene.cast.lead, staff_number=number, kind="leave", from_on=today, to_on=today)


POINTS = [{"no": "1", "content": "许可证是否有效", "method": "查验", "standard": "在有效期内"}]


def test_a_used_version_of_a_matter_is_history_and_a_new_one_ends_it(scene: Scene) -> None:
    filed_filing(scene, entered(scene))
    known = scene.matter
    head: dict[str, Any] = {
        "item_code": known.item_code, "name": "新的名称", "object_class": "货运车辆", "basis": known.basis,
        "published_on": known.published_on, "valid_from": known.valid_from,
    }  # fmt: skip
    by = scene.cast.reviewer
    assert codes(lambda: save_matter(by=by, values=head, points=POINTS)) == ["matter-version"]
    assert codes(lambda: save_matter(by=by, values=head | {"valid_from": date(2027, 1, 1)}, points=[])) == [
        "matter-points"
    ]
    save_matter(by=by, values=head | {"valid_from": date(2027, 1, 1)}, points=POINTS)
    versions = InspectionMatter.objects.filter(item_code=known.item_code).order_by("valid_from")
    assert [(one.name, one.valid_to) for one in versions] == [(known.name, date(2026, 12, 31)), ("新的名称", None)]
    with pytest.raises(NotAllowed):
        save_matter(by=scene.cast.lead, values=head, points=POINTS)


def test_a_power_is_public_from_its_day_until_its_last(scene: Scene) -> None:
    first = date(2026, 1, 1)
    values: dict[str, Any] = {
        "code": "220322-1", "name": "对擅自从事货运经营的处罚", "kind": "penalty", "basis": "《中华人民共和国道路运输条例》",
        "body": "梨树县交通运输局", "published_on": first, "valid_from": first, "valid_to": date(2026, 6, 30),
    }  # fmt: skip
    power = save_power(by=scene.cast.reviewer, values=values)
    shown = [PowerItem.objects.published_on_day(first + timedelta(days=n)).count() for n in (-1, 0, 180, 181)]
    assert shown == [0, 1, 1, 0]
    assert codes(lambda: save_power(by=scene.cast.reviewer, values=values)) == ["power-twice"]
    with pytest.raises(Conflict):
        save_power(by=scene.cast.reviewer, values=values, power_id=power.pk, version=7)
    with pytest.raises(NotAllowed):
        save_power(by=scene.cast.squad_leader, values=values, power_id=power.pk)
