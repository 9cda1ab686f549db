"""Pages of the numbered blank forms: who sees them, printing, accounting for every number, entering a decision on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.actions import blanks
from cases.models import BlankNumber, NumberEnd, NumberLease
from lishu_law.audit.models import JournalEntry
from tests.cast import Cast, make_cast
from tests.inspections.browsing import picture
from tests.spot_scenes import SPOT_AT, spot_at

NOW = SPOT_AT + timedelta(hours=4)


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Any) -> Cast:
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def leased(cast: Cast, count: int = 3) -> NumberLease:
    return blanks.lease_numbers(by=cast.squad_leader, holder=cast.lead, count=count, at=SPOT_AT - timedelta(hours=2))


@time_machine.travel(NOW, tick=False)
def test_from_giving_out_to_taking_back(cast: Cast) -> None:
    squad, officer = client_of(cast.squad_leader), client_of(cast.lead)
    answer = squad.post(reverse("blank-lease-new"), {"holder": cast.lead.pk, "count": 3})
    lease = NumberLease.objects.get()
    page = reverse("blank-lease", args=[lease.reference])
    assert answer["Location"] == page
    printed = officer.post(reverse("blank-print", args=[lease.reference]))
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert JournalEntry.objects.filter(action="blank.print").count() == 1
    void = reverse("blank-void", args=[lease.reference, 1])
    assert officer.post(void, {"reason": "填写错误，当场重开", "scan": picture()}).status_code == 303
    scan = officer.get(reverse("blank-scan", args=[lease.reference, 1]))
    assert b"".join(scan.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    scan.close()
    take_back = reverse("blank-take-back", args=[lease.reference])
    assert officer.post(take_back, {"serials": ["2", "3"]}).status_code == 403
    assert squad.post(take_back, {"serials": ["1"]}).status_code == 422  # void already
    assert squad.post(take_back, {"serials": ["2", "3"]}).status_code == 303
    assert set(BlankNumber.objects.values_list("serial", "end")) == {(1, "void"), (2, "returned"), (3, "returned")}
    assert "全部有交代" in officer.get(page).content.decode()
    assert "号码相符，全部有交代" in squad.get(reverse("blank-list")).content.decode()
    assert officer.post(reverse("blank-print", args=[lease.reference])).status_code == 404  # nothing left to print


@time_machine.travel(NOW, tick=False)
def test_another_officers_block_looks_like_none(cast: Cast) -> None:
    lease = leased(cast)
    for who in (cast.assistant, cast.outsider):
        assert client_of(who).get(reverse("blank-lease", args=[lease.reference])).status_code == 404
        assert str(lease.reference) not in client_of(who).get(reverse("blank-list")).content.decode()
    assert client_of(cast.head).get(reverse("blank-lease", args=[lease.reference])).status_code == 200


@time_machine.travel(NOW, tick=False)
def test_a_decision_on_paper_is_entered_by_its_page(cast: Cast) -> None:
    lease = leased(cast)
    walk = spot_at("heard", cast)
    officer, case = client_of(cast.lead), walk.case
    decide = officer.get(reverse("case-decide_on_spot", args=[case.clue_no])).content.decode()
    url = reverse("case-paper-decision", args=[case.clue_no])
    assert url in decide
    blank = lease.numbers.get(serial=2)
    case.refresh_from_db()
    typed = {
        "version": case.version, "payment_way": "bank", "blank": blank.pk, "written_at": "2026-03-02 10:30",
        "paper_reason": "现场没有网络", "is_same": "on",
    }  # fmt: skip
    assert officer.post(url, typed).status_code == 422  # no scan
    answer = officer.post(url, {**typed, "scan": picture()})
    assert answer["Location"] == reverse("case-hand_over", args=[case.clue_no])
    blank.refresh_from_db()
    case.refresh_from_db()
    assert (blank.end, case.decision.number) == (NumberEnd.USED, blank.number)
    assert "补录" in officer.get(reverse("blank-lease", args=[lease.reference])).content.decode()


@time_machine.travel(NOW, tick=False)
def test_without_forms_the_decision_page_offers_no_paper(cast: Cast) -> None:
    walk = spot_at("heard", cast, hours=1)
    page = client_of(cast.lead).get(reverse("case-decide_on_spot", args=[walk.case.clue_no])).content.decode()
    assert "补录纸质决定" not in page


def test_the_desk_warns_before_and_after_the_end(cast: Cast) -> None:
    lease = leased(cast)
    for moment, words in (
        (lease.valid_until - timedelta(days=1), "到期，还有 3"),
        (lease.valid_until + timedelta(days=1), "已过领用期限"),
    ):
        with time_machine.travel(moment, tick=False):
            for who in (cast.lead, cast.squad_leader):
                assert words in client_of(who).get("/desk/").content.decode()
