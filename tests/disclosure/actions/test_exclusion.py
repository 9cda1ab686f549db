"""A draft that may not be public: asked for on a ground, decided by whoever the ground needs, looked at anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from disclosure.actions.draft import draft
from disclosure.actions.exclude import WantedExclusion, decide_exclusion, propose_exclusion, review_exclusion
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord, Exclusion
from disclosure.queries.requests_waiting import requests_waiting
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.models import StoredFile
from lishu_law.registry.roles import Role
from tests.disclosure.facts import COMPANY, checker, user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
WHY = "运输合同的价格是当事人的商业秘密。"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def paper(by: Any) -> StoredFile:
    return StoredFile.objects.create(
        sha256="a1" * 32, original_name="批准文件.pdf", size=9, content_type="application/pdf", received_at=NOW,
        received_by=by,
    )  # fmt: skip


def ask(record: DisclosureRecord, by: Any, code: str = "X04", basis_no: str = "", *, has_paper: bool = False) -> Any:
    wanted = WantedExclusion(code, WHY, basis_no, paper(by) if has_paper else None)
    return propose_exclusion(record_id=record.pk, version=record.version, by=by, wanted=wanted)


def settle(record: DisclosureRecord, by: Any, *, agree: bool = True) -> None:
    decide_exclusion(
        record_id=record.pk, version=record.version, facts=COMPANY, by=by, agree=agree, opinion="应当公示。"
    )  # fmt: skip
    record.refresh_from_db()


def test_two_persons_exclude_and_at_the_review_it_goes_back_to_the_checker() -> None:
    record, legal, other = draft(COMPANY), user("F001", Role.LEGAL_REVIEWER), user("F002", Role.LEGAL_REVIEWER)
    ask(record, legal)
    with pytest.raises(Refused, match="正等决定"):
        publish(record_id=record.pk, version=record.version, facts=COMPANY, by=checker())
    with pytest.raises(NotAllowed):
        settle(record, legal)
    settle(record, other)
    assert (record.state, record.exclusion_code, record.exclusions.get().review_on) == (
        "excluded", "X04", date(2027, 4, 13),
    )  # fmt: skip
    assert draft(COMPANY).state == "excluded"
    assert requests_waiting(date(2027, 4, 12)) == []
    assert [row.title for row in requests_waiting(date(2027, 4, 13))] == ["复核不予公示"]
    with pytest.raises(NotAllowed):
        review_exclusion(
            record_id=record.pk, version=record.version, facts=COMPANY, by=legal, keep=True, opinion="仍是秘密。"
        )  # fmt: skip
    review_exclusion(
        record_id=record.pk, version=record.version, facts=COMPANY, by=other, keep=False, opinion="合同已公开。"
    )  # fmt: skip
    record.refresh_from_db()
    assert (record.state, record.exclusion_code) == ("draft", "")


@pytest.mark.parametrize(("code", "asker", "basis", "refused"), [
    ("X02", Role.DISCLOSURE_CHECKER, "", "exclusion.legal"), ("X02", Role.LEGAL_REVIEWER, "", ""),
    ("X06", Role.DISCLOSURE_CHECKER, "", "exclusion.basis"), ("X06", Role.DISCLOSURE_CHECKER, "示例文号", ""),
    ("X06", Role.DISCLOSURE_CHECKER, "只有文号", "exclusion.paper"),
])  # fmt: skip
def test_each_ground_has_its_conditions(code: str, asker: Role, basis: str, refused: str) -> None:
    record, by = draft(COMPANY), user("A001", asker)
    has_paper = code == "X06" and refused != "exclusion.paper"
    if refused:
        with pytest.raises(Refused) as raised:
            ask(record, by, code, basis, has_paper=has_paper)
        assert [one.code for one in raised.value.refusals] == [refused]
        return
    made = ask(record, by, code, basis, has_paper=has_paper)
    assert (made.paper is not None) is has_paper
    with pytest.raises(Refused, match="由分管负责人或者局长决定"):
        settle(record, user("F009", Role.LEGAL_REVIEWER))
    settle(record, user("H001", Role.HEAD), agree=False)
    assert record.state == "draft"


def test_one_asked_for_before_papers_were_kept_is_not_agreed_to() -> None:
    record = draft(COMPANY)
    ask(record, user("A001", Role.DISCLOSURE_CHECKER), "X06", "示例文号", has_paper=True)
    Exclusion.objects.update(paper=None)
    with pytest.raises(Refused, match="没有上传依据文件"):
        settle(record, user("H001", Role.HEAD))
    settle(record, user("H002", Role.HEAD), agree=False)
    assert record.state == "draft"
