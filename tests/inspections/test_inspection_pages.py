"""Pages of inspections through the browser's eyes: who sees them, what they cost, bad input, the whole road."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from cases.models import Case, CasePerson, Evidence
from inspections import urls
from inspections.actions.findings import open_case_from_check
from inspections.models import InspectionFiling, PatrolShift, RoadsideCheck
from lishu_law.access.doors import PUBLIC
from lishu_law.access.matrix import RULES
from tests.inspections.browsing import NOW, client_of, picture, typed_check, typed_shift
from tests.inspections.scenes import (
    COMPANY,
    FILED_AT,
    VISIT_FROM,
    Scene,
    drawn_name,
    filed_filing,
    filed_shift,
    finished_filing,
    photo,
    recorded_check,
    signed_by_officers,
    subject,
    submitted_filing,
    submitted_shift,
)

SESSION_AND_USER = 2
LIST, OTHER = 12, 25


def test_every_address_has_a_permission_row() -> None:
    views = {pattern.name: pattern.callback for pattern in urls.urlpatterns}
    assert {name for name, view in views.items() if getattr(view, "policy", None) not in {PUBLIC, *RULES}} == set()
    assert {name for name, view in views.items() if view.policy == PUBLIC} == {
        "verify", "certificate", "phone-worker", "phone-manifest", "phone-offline", "public-powers", "public-white-list",
        "public-draws", "public-draw", "public-draw-archive", "public-draw-file", "draw-program",
        "public-ratings", "rate", "complaint", "public-results", "public-units",
    }  # fmt: skip
    assert set(views) <= set(get_resolver().reverse_dict)


def addresses(scene: Scene) -> dict[str, str]:
    """Every page of the area with something behind it."""
    shift = filed_shift(scene.cast)
    check = recorded_check(scene, shift, (photo(scene.cast.lead, "a.jpg"),))
    waiting = submitted_shift(scene.cast, officers=(scene.cast.third_officer, scene.cast.outsider))
    entry = subject()
    filing = filed_filing(scene, entry)
    kept = {"shift_no": shift.shift_no}
    return {
        "inspection-home": reverse("inspection-home"),
        "shift-new": reverse("shift-new"),
        "shift": reverse("shift", kwargs=kept),
        "shift-approve": reverse("shift-approve", args=[waiting.shift_no]),
        "shift-finish": reverse("shift-finish", kwargs=kept),
        "filing-new": reverse("filing-new"),
        "filing": reverse("filing", args=[filing.reference]),
        "filing-cancel": reverse("filing-cancel", args=[filing.reference]),
        "filing-code": reverse("filing-code", args=[filing.reference]),
        "filing-start": reverse("filing-start", args=[filing.reference]),
        "mobile-home": reverse("mobile-home"),
        "mobile-shift": reverse("mobile-shift", kwargs=kept),
        "mobile-record": reverse("mobile-record", kwargs=kept),
        "mobile-check": reverse("mobile-check", args=[check.check_code]),
        "mobile-check-case": reverse("mobile-check-case", args=[check.check_code]),
    }


def statuses(scene: Scene, user: Any) -> dict[str, int]:
    client = client_of(user)
    with time_machine.travel(NOW, tick=False):
        return {name: client.get(url).status_code for name, url in addresses(scene).items()}


def test_the_officer_opens_every_page_but_the_approval(scene: Scene) -> None:
    found = statuses(scene, scene.cast.lead)
    assert {name: status for name, status in found.items() if status != 200} == {"shift-approve": 403}


def test_the_squad_leader_sees_but_does_not_act(scene: Scene) -> None:
    found = statuses(scene, scene.cast.squad_leader)
    refused = {"shift-finish", "filing-cancel", "filing-code", "filing-start", "mobile-record", "mobile-check-case"}
    assert {name for name, status in found.items() if status == 403} == refused
    assert {status for name, status in found.items() if name not in refused} == {200}


def test_the_legal_section_reads_filings_and_does_nothing_else(scene: Scene) -> None:
    found = statuses(scene, scene.cast.reviewer)
    opened = {"inspection-home", "filing", "mobile-home"}
    assert {name for name, status in found.items() if status == 200} == opened
    assert {status for name, status in found.items() if name not in opened} == {403}


@pytest.mark.parametrize("who", ["checker", "system_admin", "audit_admin", "archivist"])
def test_others_open_nothing(scene: Scene, who: str) -> None:
    assert set(statuses(scene, getattr(scene.cast, who)).values()) == {403}


def test_another_unit_finds_nothing(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    check = recorded_check(scene, shift)
    filing = filed_filing(scene, subject())
    client = client_of(scene.cast.outsider)
    pages = (
        reverse("shift", args=[shift.shift_no]), reverse("mobile-record", args=[shift.shift_no]),
        reverse("mobile-check", args=[check.check_code]), reverse("filing", args=[filing.reference]),
        reverse("filing-code", args=[filing.reference]),
    )  # fmt: skip
    assert [client.get(url).status_code for url in pages] == [404] * 5
    home = client.get(reverse("inspection-home")).content.decode()
    assert shift.shift_no not in home
    assert filing.filing_no not in home


def test_anonymous_is_sent_to_the_sign_in(scene: Scene) -> None:
    for url in addresses(scene).values():
        assert Client().get(url).url.startswith("/sign-in/")  # type: ignore[attr-defined]


def test_pages_stay_under_their_ceilings(scene: Scene) -> None:
    pages = addresses(scene)
    for number in range(2, 24):
        recorded_check(scene, PatrolShift.objects.get(shift_no__endswith="1"), plate=f"吉C1{number:04d}")
    client = client_of(scene.cast.lead)
    dear = {}
    with time_machine.travel(NOW, tick=False):
        for name, url in pages.items():
            if name == "shift-approve":
                continue
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            cost = len(queries) - SESSION_AND_USER
            if cost > (LIST if name in {"inspection-home", "shift", "mobile-shift"} else OTHER):
                dear[name] = cost
    assert dear == {}


def test_lists_are_paged_by_key(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    codes = [recorded_check(scene, shift, plate=f"吉C1{number:04d}").check_code for number in range(25)]
    client = client_of(scene.cast.lead)
    first = client.get(reverse("shift", args=[shift.shift_no]))
    rows = first.context["page"].rows
    assert [row.check_code for row in rows] == codes[:4:-1]
    second = client.get(reverse("shift", args=[shift.shift_no]), {"after": first.context["page"].next_key})
    assert [row.check_code for row in second.context["page"].rows] == codes[4::-1]
    assert client.get(reverse("shift", args=[shift.shift_no]), {"after": "x'"}).status_code == 200


def test_the_whole_road_from_the_shift_to_the_case(scene: Scene) -> None:
    lead, leader = client_of(scene.cast.lead), client_of(scene.cast.squad_leader)
    with time_machine.travel(FILED_AT, tick=False):
        response = lead.post(reverse("shift-new"), typed_shift(scene))
        shift = PatrolShift.objects.get()
        assert (response.status_code, response["Location"]) == (303, f"/inspections/shifts/{shift.shift_no}/")
        leader.post(reverse("shift-approve", args=[shift.shift_no]), {"agree": "yes", "opinion": "", "version": 1})
    with time_machine.travel(NOW, tick=False):
        form = lead.get(reverse("mobile-record", args=[shift.shift_no])).context["form"]
        assert (form["route"].value(), form["stake"].value(), form["township"].value()) == (
            "G303",
            "K800+000",
            "梨树镇",
        )
        typed = typed_check(scene, photos=[picture()])
        response = lead.post(reverse("mobile-record", args=[shift.shift_no]), typed)
        check = RoadsideCheck.objects.get()
        assert response["Location"] == f"/m/check/{check.check_code}/"
        assert "立案" in lead.get(response["Location"]).content.decode()
        shown = lead.get(reverse("mobile-check-photo", args=[check.check_code, 0]))
        assert shown["Content-Type"] == "image/jpeg"
        assert len(b"".join(shown.streaming_content)) == check.photos.get().file.size  # type: ignore[attr-defined]
        response = lead.post(reverse("mobile-check-case", args=[check.check_code]), {})
        assert lead.get(response["Location"]).status_code == 200
    case = Case.objects.get()
    assert response["Location"] == f"/cases/{case.clue_no}/"
    assert (case.check_action_code, case.party.uscc, case.vehicle.plate) == (check.check_code, COMPANY.uscc, "吉C12345")
    assert CasePerson.objects.get().name == "示例司机"
    assert Evidence.objects.get(file__isnull=False).file.sha256 == check.photos.get().sha256


def test_the_whole_road_of_a_visit(scene: Scene) -> None:
    lead, leader = client_of(scene.cast.lead), client_of(scene.cast.squad_leader)
    entry = subject()
    typed = {
        "lead": scene.cast.lead.pk, "second": scene.cast.assistant.pk, "subject": entry.party.uscc,
        "matters": [scene.matter.pk], "form": "01", "category": "02", "source": "plan", "method": "01",
        "why_on_site": "要看车厢", "window_from": "2026-03-04 09:00", "window_to": "2026-03-04 17:00",
        "notice_mode": "ahead",
    }  # fmt: skip
    with time_machine.travel(FILED_AT, tick=False):
        assert lead.post(reverse("filing-new"), typed).status_code == 303
        filing = InspectionFiling.objects.get()
        leader.post(reverse("filing-approve", args=[filing.reference]), {"agree": "yes", "version": 1})
    point = f"point_{scene.matter.pk}"
    result = {
        f"{point}_1": "不合格", f"{point}_1_facts": "未苫盖", f"{point}_1_article": "某条", f"{point}_1_disposal": "case",
        f"{point}_1_photos": [picture()], "party_signature": drawn_name().as_json(), f"{point}_2": "合格", "result_code": "R9",
        "item_code": "frt-scatter", "findings": "厂区内两辆货车未苫盖", "signing": "signed", "photos": [picture()],
    }  # fmt: skip
    with time_machine.travel(VISIT_FROM, tick=False):
        filing.refresh_from_db()
        page = lead.get(reverse("filing-code", args=[filing.reference])).content.decode()
        assert "<svg" in page
        assert f"/v/{filing.token}" in page
        lead.post(reverse("filing-start", args=[filing.reference]), {"how": "code", "shown": "on", "told": "on"})
    with time_machine.travel(VISIT_FROM + timedelta(hours=1), tick=False):
        assert lead.get(reverse("filing-finish", args=[filing.reference])).status_code == 200
        assert lead.post(reverse("filing-finish", args=[filing.reference]), result).status_code == 303
        assert lead.get(reverse("filing", args=[filing.reference])).status_code == 200
        signed_by_officers(InspectionFiling.objects.get(pk=filing.pk))
        response = lead.post(reverse("filing-case", args=[filing.reference]), {})
    case = Case.objects.get()
    assert response["Location"] == f"/cases/{case.clue_no}/"
    assert case.party == entry.party


def test_a_finished_filing_and_a_returned_one_open(scene: Scene) -> None:
    entry = subject()
    filing = finished_filing(scene, entry)
    check = recorded_check(scene, filed_shift(scene.cast))
    open_case_from_check(check_id=check.pk, by=scene.cast.lead, at=NOW)
    client = client_of(scene.cast.lead)
    assert client.get(reverse("filing", args=[filing.reference])).status_code == 200
    assert "已转立案" in client.get(reverse("mobile-check", args=[check.check_code])).content.decode()
    waiting = submitted_filing(scene, entry, window_from=VISIT_FROM + timedelta(days=1), window_to=VISIT_FROM + timedelta(days=1, hours=2))  # fmt: skip
    InspectionFiling.objects.filter(pk=waiting.pk).update(state="returned", opinion="请改时间")
    page = client.get(reverse("filing-refile", args=[waiting.reference]))
    assert page.context["form"]["subject"].value() == entry.object_no


def test_what_waits_for_an_approval_is_shown_to_who_may_give_it(scene: Scene) -> None:
    submitted_shift(scene.cast)
    submitted_filing(scene, subject())
    shown = {
        name: len(client_of(getattr(scene.cast, name)).get(reverse("inspection-home")).context["approvals"])
        for name in ("squad_leader", "deputy", "lead", "third_officer", "outsider")
    }
    assert shown == {"squad_leader": 2, "deputy": 2, "lead": 0, "third_officer": 0, "outsider": 0}
