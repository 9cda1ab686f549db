"""Certificates of officers: entered, renewed, revoked by a leader; never one's own, never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from inspections.actions.certificates import CertificateDetails, register_certificate, revoke_certificate
from inspections.api import exchange_facts
from inspections.queries.officer_register import officer_row, running_filings
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.models import Certificate, User
from tests.inspections.browsing import client_of
from tests.inspections.scenes import Scene, filed_filing, finished_filing, subject

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
NEW = CertificateDetails(
    number="JT-0001",
    issuer="交通运输部",
    valid_from=date(2026, 3, 3),
    valid_until=date(2031, 3, 2),
    categories=("路政",),
)
PAGE_MOST = 27  # twenty-five, and two for session and user


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def _held(user: User) -> list[tuple[str, date]]:
    return list(Certificate.objects.filter(user=user).order_by("valid_from").values_list("number", "valid_from"))


def test_a_renewed_certificate_is_a_further_row(scene: Scene) -> None:
    lead, before = scene.cast.lead, _held(scene.cast.lead)
    same_number = replace(NEW, number=before[0][0])
    register_certificate(by=scene.cast.head, staff_number=lead.staff_number, details=same_number)
    assert _held(lead) == [*before, (before[0][0], NEW.valid_from)]
    entry = JournalEntry.objects.get(action="certificate.register")
    assert (entry.object_type, entry.object_id) == ("user", lead.staff_number)


REFUSED = [
    ({"valid_until": date(2026, 3, 2)}, "certificate-period"),
    ({"number": "JL-assistant"}, "certificate-number"),
    ({"number": "jl-lead", "valid_from": date(2020, 1, 1)}, "certificate-twice"),
]


@pytest.mark.parametrize(("changed", "code"), REFUSED)
def test_a_wrong_certificate_is_refused(scene: Scene, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        register_certificate(
            by=scene.cast.head, staff_number=scene.cast.lead.staff_number, details=replace(NEW, **changed)
        )
    assert [one.code for one in refused.value.refusals] == [code]


def test_nobody_enters_or_revokes_his_own(scene: Scene) -> None:
    head = scene.cast.head
    with pytest.raises(Refused) as refused:
        register_certificate(by=head, staff_number=head.staff_number, details=NEW)
    assert [one.code for one in refused.value.refusals] == ["certificate-own"]


@pytest.mark.parametrize("who", ["squad_leader", "lead", "reviewer", "system_admin"])
def test_who_may_not(scene: Scene, who: str) -> None:
    with pytest.raises(NotAllowed):
        register_certificate(by=getattr(scene.cast, who), staff_number=scene.cast.assistant.staff_number, details=NEW)


def test_a_revoked_certificate_ends_on_its_day_and_the_past_stays(scene: Scene) -> None:
    lead = scene.cast.lead
    code = finished_filing(scene, subject()).check_code or ""
    (held,) = Certificate.objects.filter(user=lead)
    revoke_certificate(
        by=scene.cast.head, staff_number=lead.staff_number, certificate_id=held.pk, revoked_on=date(2026, 3, 5),
        reason="调离执法岗位",
    )  # fmt: skip
    held.refresh_from_db()
    assert (held.is_valid_on(date(2026, 3, 4)), held.is_valid_on(date(2026, 3, 5))) == (True, False)
    facts = exchange_facts(code)
    assert facts is not None
    assert facts.officers[0].certificate_number == held.number  # the visit was on the fourth
    assert officer_row(lead.staff_number, date(2026, 3, 5)).reasons[-1] == "执法证已于 2026-03-05 注销"
    with pytest.raises(NotFound):
        revoke_certificate(
            by=scene.cast.head, staff_number=lead.staff_number, certificate_id=held.pk, revoked_on=date(2026, 3, 6),
            reason="再注销一次",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"revoked_on": date(2010, 1, 1)}, "certificate-revoked-on"), ({"reason": "  "}, "certificate-reason")],
)
def test_a_revocation_says_when_and_why(scene: Scene, changed: dict[str, Any], code: str) -> None:
    lead = scene.cast.lead
    said = {"revoked_on": date(2026, 3, 5), "reason": "调离执法岗位"} | changed
    with pytest.raises(Refused) as refused:
        revoke_certificate(
            by=scene.cast.head, staff_number=lead.staff_number, certificate_id=lead.certificates.get().pk, **said
        )
    assert [one.code for one in refused.value.refusals] == [code]


def test_the_pages_show_what_a_revocation_leaves_uncovered(scene: Scene, django_assert_max_num_queries: Any) -> None:
    filing = filed_filing(scene, subject())
    lead = scene.cast.lead
    (held,) = Certificate.objects.filter(user=lead)
    assert [one.is_covered for one in running_filings(lead, clock.now(), clock.today())] == [True]
    client = client_of(scene.cast.head)
    url = f"/registers/officers/{lead.staff_number}/"
    revoke = f"{url}certificates/{held.pk}/revoke/"
    page = client.get(revoke).content.decode()
    assert filing.filing_no in page
    assert "更换检查人员" not in page
    client.post(revoke, {"revoked_on": "2026-03-04", "reason": "退休"})
    with django_assert_max_num_queries(PAGE_MOST):
        page = client.get(url).content.decode()
    assert "2026-03-04 起注销：退休" in page
    assert "那一天没有有效的执法证，不能参加检查，请更换检查人员。" in page
    new = f"{url}certificates/new/"
    assert held.number in client.get(new).content.decode()
    typed = {
        "number": "JT-0009", "issuer": "交通运输部", "categories": "路政、运政", "valid_from": "2026-03-04",
        "valid_until": "2031-03-03",
    }  # fmt: skip
    client.post(new, typed)
    page = client.get(url).content.decode()
    assert "JT-0009，交通运输部，路政、运政，2026-03-04 至 2031-03-03" in page
    assert "请更换检查人员" not in page
    assert "登记新证或者换证" not in client_of(scene.cast.squad_leader).get(url).content.decode()


def test_what_is_secret_is_not_shown_in_the_register(scene: Scene) -> None:
    filing = filed_filing(scene, subject())
    type(filing).objects.filter(pk=filing.pk).update(
        exemption="E4", exemption_reason="联合行动", token_digest=None, token=""
    )
    assert running_filings(scene.cast.lead, clock.now(), clock.today()) == []
