"""Leased blocks of numbers: no number twice, none lost, every one ends as used, void or returned (shared decision 24)."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.db.utils import IntegrityError

from cases.actions import blanks, spot_decision
from cases.actions.paper_decision import PaperDecision
from cases.documents.blank_forms import blank_forms
from cases.models import BlankNumber, Deadline, Document, NumberEnd, NumberLease
from cases.queries.blanks import lease_by, series_rows
from cases.queries.side_work import side_work
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import NumberSeries
from lishu_law.documents.numbering import number_of
from lishu_law.errors import NotAllowed, Refused
from lishu_law.pdf import structure
from lishu_law.registry.models import Certificate, StoredFile, User
from tests.cast import Cast, make_cast, person
from tests.scenarios import Walk
from tests.spot_scenes import SPOT_AT, spot_at

LEASED_AT = SPOT_AT - timedelta(hours=2)


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def leased(cast: Cast, count: int = 5, holder: User | None = None, at: datetime = LEASED_AT) -> NumberLease:
    return blanks.lease_numbers(by=cast.squad_leader, holder=holder or cast.lead, count=count, at=at)


def scan(by: User) -> StoredFile:
    digest = f"{StoredFile.objects.count():064x}"
    return StoredFile.objects.create(
        sha256=digest, original_name="决定书.jpg", size=9, content_type="image/jpeg", received_at=SPOT_AT, received_by=by
    )  # fmt: skip


def written(cast: Cast, blank: BlankNumber, **changed: Any) -> PaperDecision:
    words = {
        "blank_id": blank.pk, "written_at": SPOT_AT + timedelta(minutes=60), "reason": "现场没有网络",
        "scan": scan(cast.lead), "is_same": True, **changed,
    }  # fmt: skip
    return PaperDecision(**words)


def entered(walk: Walk, paper: PaperDecision) -> Document:
    return walk.step(spot_decision.decide_on_spot, walk.cast.lead, paper=paper)


def number(serial: int) -> str:
    return number_of("M14", serial, date(2026, 3, 2))


def refusals_of(run: Any, *arguments: Any, **words: Any) -> set[str]:
    with pytest.raises(Refused) as found:
        run(*arguments, **words)
    return {one.fix for one in found.value.refusals}


def test_fifty_leases_at_once_share_a_thousand_numbers(cast: Cast) -> None:
    """No number twice and none lost, also when every second transaction is thrown away once before it succeeds."""
    holders = [person(f"h{n}", f"示例{n}", cast.squad, "officer", certificate=True) for n in range(50)]
    start = Barrier(10)

    def take(order: int) -> None:
        try:
            if order < 10:
                start.wait()
            if order % 2:
                with pytest.raises(Refused):  # allots nothing
                    leased(cast, 21, holders[order])
            leased(cast, 20, holders[order])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(take, range(50)))
    serials = Counter(BlankNumber.objects.values_list("serial", flat=True))
    assert set(serials) == set(range(1, 1001))
    assert set(serials.values()) == {1}
    assert NumberSeries.objects.get(kind="M14", year=2026).last == 1000
    assert BlankNumber.objects.values("number").distinct().count() == 1000
    assert series_rows()[0].missing == 0
    assert NumberLease.objects.count() == 50


def test_decisions_made_meanwhile_get_numbers_outside_the_blocks(cast: Cast) -> None:
    first = spot_at("decided", cast, hours=1).case.decision.number
    block = leased(cast, 3, at=SPOT_AT + timedelta(hours=3))
    second = spot_at("decided", cast, hours=5).case.decision.number
    assert (first, second) == (number(1), number(5))
    assert (block.first, block.last) == (2, 4)
    assert (series_rows()[0].last, series_rows()[0].missing) == (5, 0)


def test_a_lease_rolled_back_gives_its_numbers_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    leased(cast, 2)
    with connection.cursor() as cursor:  # the last write of the act fails: the number of a later block exists already
        lease = NumberLease.objects.get()
        cursor.execute(
            "UPDATE cases_blanknumber SET number = replace(number, '2', '9') WHERE lease_id = %s", [lease.pk]
        )
        cursor.execute("UPDATE documents_numberseries SET last = 0 WHERE kind = 'M14'")
        cursor.execute("UPDATE cases_blanknumber SET number = %s WHERE serial = 2", [number(1)])
    with pytest.raises(IntegrityError):
        leased(cast, 2, cast.assistant)
    assert NumberSeries.objects.get(kind="M14").last == 0
    assert NumberLease.objects.count() == 1


def test_a_decision_on_paper_is_entered_under_its_own_number_and_day(cast: Cast) -> None:
    block = leased(cast)
    blank = block.numbers.get(serial=2)
    walk = spot_at("heard", cast)
    walk.at += timedelta(hours=30)  # entered on the next day
    document = entered(walk, written(cast, blank))
    blank.refresh_from_db()
    walk.case.refresh_from_db()
    assert document.number == blank.number == walk.case.decision.number
    assert walk.case.decided_on == date(2026, 3, 2)
    assert (blank.end, blank.document_id, blank.ended_by_id) == (NumberEnd.USED, document.pk, cast.lead.pk)
    assert blank.written_at == SPOT_AT + timedelta(minutes=60)
    assert blank.ended_at > blank.written_at + timedelta(hours=24)  # both times are kept
    assert "2026年3月2日10时10分" in document.data["entered_later"]
    assert document.data["decided_on"] == "2026年3月2日"
    report = Deadline.objects.get(case=walk.case, code="simple-report-5d")
    assert report.due <= date(2026, 3, 9)  # counted from the paper's day
    entry = JournalEntry.objects.filter(action="case.decide_on_spot").latest("seq")
    assert '"from_form":true' in entry.body
    assert (series_rows()[0].missing, series_rows()[0].open) == (0, 4)


def test_what_does_not_fit_the_block_is_refused(cast: Cast) -> None:
    mine, foreign = leased(cast), leased(cast, 2, cast.third_officer)
    walk = spot_at("heard", cast)
    blank = mine.numbers.get(serial=1)
    assert refusals_of(entered, walk, written(cast, foreign.numbers.first(), scan=None, reason=" ", is_same=False)) == {
        "blank", "scan", "paper_reason", "is_same",
    }  # fmt: skip
    later = walk.at + timedelta(days=2)
    assert refusals_of(entered, walk, written(cast, blank, written_at=later, scan=None)) >= {"written_at"}
    before = SPOT_AT - timedelta(minutes=1)
    assert refusals_of(entered, walk, written(cast, blank, written_at=before, scan=None)) >= {"written_at"}
    assert not BlankNumber.objects.exclude(end=NumberEnd.OPEN).exists()
    assert Document.objects.filter(code="spot_decision").count() == 0


@pytest.mark.parametrize(("minutes", "fixes"), [(54, {"written_at"}), (55, set())])
def test_a_paper_is_not_written_before_the_party_was_heard(cast: Cast, minutes: int, fixes: set[str]) -> None:
    walk = spot_at("heard", cast)  # told after 45 minutes, heard after 55
    walk.at += timedelta(days=1)
    paper = written(cast, leased(cast).numbers.get(serial=1), written_at=SPOT_AT + timedelta(minutes=minutes))
    if fixes:
        assert refusals_of(entered, walk, paper) == fixes
    else:
        assert entered(walk, paper).number == number(1)


@pytest.mark.parametrize(("valid_from", "valid_until", "is_lawful"), [
    (date(2026, 3, 2), date(2026, 3, 2), True), (date(2026, 3, 3), date(2030, 1, 1), False),
])  # fmt: skip
def test_a_paper_needs_the_certificate_of_its_own_day(
    cast: Cast, valid_from: date, valid_until: date, is_lawful: bool
) -> None:
    walk = spot_at("heard", cast)
    walk.at += timedelta(days=1)
    paper = written(cast, leased(cast).numbers.get(serial=1))
    Certificate.objects.filter(user=cast.lead).update(valid_from=valid_from, valid_until=valid_until)
    if is_lawful:
        assert entered(walk, paper).number == number(1)
    else:
        assert refusals_of(entered, walk, paper) == {"officers"}


def test_one_number_is_used_once(cast: Cast) -> None:
    blank = leased(cast).numbers.get(serial=1)
    entered(spot_at("heard", cast), written(cast, blank))
    second = spot_at("heard", cast, hours=2)
    again = written(cast, blank, written_at=SPOT_AT + timedelta(hours=3))
    assert refusals_of(entered, second, again) == {"blank"}


def test_after_ten_days_only_with_the_squad_leaders_reason(cast: Cast) -> None:
    blank = leased(cast).numbers.get(serial=1)
    walk = spot_at("heard", cast)
    walk.at += timedelta(days=11)
    paper = written(cast, blank)
    assert refusals_of(entered, walk, paper) == {"blank"}
    with pytest.raises(NotAllowed):
        blanks.allow_late_entry(blank_id=blank.pk, by=cast.lead, reason="住院")
    blanks.allow_late_entry(blank_id=blank.pk, by=cast.squad_leader, reason="领用人住院，今天才返岗。")
    entered(walk, paper)
    blank.refresh_from_db()
    assert blank.end == NumberEnd.USED


def test_void_with_reason_and_return_to_whoever_gave_it_out(cast: Cast) -> None:
    block = leased(cast, 4)
    first, second, *_ = block.numbers.order_by("serial")
    assert refusals_of(blanks.void_blank, blank_id=first.pk, by=cast.lead, reason=" ") == {"reason"}
    blanks.void_blank(blank_id=first.pk, by=cast.lead, reason="填写错误，当场重开")
    with pytest.raises(Refused):
        blanks.void_blank(blank_id=first.pk, by=cast.lead, reason="再作废一次")
    with pytest.raises(NotAllowed):
        blanks.return_blanks(lease_id=block.pk, by=cast.lead, serials=(2,))
    assert refusals_of(blanks.return_blanks, lease_id=block.pk, by=cast.squad_leader, serials=(1, 2)) == {"serials"}
    assert blanks.return_blanks(lease_id=block.pk, by=cast.squad_leader, serials=(2, 3, 4)) == 3
    row, _numbers = lease_by(cast.lead, block.reference, LEASED_AT)
    assert (row.open, row.void, row.returned, row.used, row.state) == (0, 1, 3, 0, "全部有交代")
    assert leased(cast, 1).first == 5  # a returned number is not given out again
    assert second.number not in set(BlankNumber.objects.filter(end=NumberEnd.OPEN).values_list("number", flat=True))


def test_nobody_leases_to_oneself_to_another_squad_or_beyond_the_limit(cast: Cast) -> None:
    for by, holder in ((cast.lead, cast.assistant), (cast.squad_leader, cast.outsider)):
        with pytest.raises(NotAllowed):
            blanks.lease_numbers(by=by, holder=holder, count=1, at=LEASED_AT)
    cast.squad_leader.roles = ["squad_leader", "officer"]
    cast.squad_leader.save(update_fields=["roles"])
    with pytest.raises(NotAllowed):
        blanks.lease_numbers(by=cast.squad_leader, holder=cast.squad_leader, count=1, at=LEASED_AT)
    assert refusals_of(leased, cast, 21) == {"count"}
    assert refusals_of(leased, cast, 0) == {"count"}
    cast.lead.certificates.update(valid_until=date(2026, 3, 1))
    assert refusals_of(leased, cast, 1) == {"holder"}
    assert not NumberSeries.objects.filter(kind="M14").exists()


def test_expiry_is_warned_of_and_stops_the_next_block(cast: Cast) -> None:
    block = leased(cast, 2)
    assert block.valid_until == datetime(2026, 4, 1, 15, 59, 59, tzinfo=UTC)
    assert side_work(cast.lead, LEASED_AT) == []
    soon = block.valid_until - timedelta(days=2)
    (waits,) = side_work(cast.lead, soon)
    assert (waits.kind, waits.key, waits.ends_at) == ("lease", (block.reference,), block.valid_until)
    assert waits.label == f"2026 年 {block.first}–{block.last} 号"
    assert waits.about == f"{cast.lead.full_name} · 2026-04-01 到期，还有 2 个号码"
    after = block.valid_until + timedelta(seconds=1)
    for who in (cast.lead, cast.squad_leader):
        assert [one.about.partition("，")[0] for one in side_work(who, after)] == [
            f"{cast.lead.full_name} · 已过领用期限"
        ]
    assert side_work(cast.outsider, after) == []
    assert refusals_of(leased, cast, 1, at=after) == {"blank"}
    december = datetime(2026, 12, 20, 2, tzinfo=UTC)
    assert leased(cast, 1, cast.assistant, december).valid_until == datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)


def test_the_printed_forms_carry_every_number_once(cast: Cast) -> None:
    block = leased(cast, 3)
    numbers = [one.number for one in block.numbers.order_by("serial")]
    made = blank_forms(block, numbers)
    text = re.sub(r"\s", "", structure.text_of(made.content))
    assert all(text.count(one) >= 1 for one in numbers)
    assert made.content == blank_forms(block, numbers).content
    assert "申请行政复议" in text
