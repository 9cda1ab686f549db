"""A visit by its actions: where it began, interruption, record and signatures, order, recheck, an open result, passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.models import Evidence
from inspections import codes
from inspections.actions.findings import open_case_from_inspection
from inspections.actions.passes import issue_pass
from inspections.actions.pending import NewEnd, end_pending
from inspections.actions.signing import sign_record
from inspections.actions.suspending import resume_inspection, suspend_inspection
from inspections.actions.visits import NewOrder, NewPoint, finish_inspection, start_inspection
from inspections.actions.whereabouts import Whereabouts
from inspections.models import (
    CertificatePass,
    FilingState,
    InspectionFiling,
    PointResult,
    RectificationOrder,
    Suspension,
)
from inspections.queries.passes import card_by_token
from inspections.queries.visit_record import text_of_record
from inspections.queries.visit_tasks import visit_tasks
from inspections.rules import Position
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.models import SupervisedSubject
from lishu_law.web.models import Signature
from lishu_law.web.signatures import NewSignature, digest_of_text
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_FROM,
    VISIT_TO,
    Scene,
    end_certificate,
    filed_filing,
    finished_filing,
    new_result,
    photo,
    signed_by_officers,
    signed_by_party,
    started_filing,
    subject,
    submitted_filing,
)

AT = VISIT_FROM + timedelta(minutes=5)
END = VISIT_FROM + timedelta(hours=2)
ORDER = NewOrder("两辆货车配齐苫布", "", date(2026, 3, 10))
TODAY = date(2026, 3, 10)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [one.code for one in caught.value.refusals]


def start(scene: Scene, row: InspectionFiling, **more: Any) -> InspectionFiling:
    return start_inspection(filing_id=row.pk, version=None, by=scene.cast.lead, how="code", at=AT, **more)


def placed(latitude: float, longitude: float, **more: Any) -> Whereabouts:
    return Whereabouts("given", Position(latitude, longitude), 12, "示例手机", **more)


def test_a_start_keeps_place_device_and_who_scanned(scene: Scene) -> None:
    entry = subject()
    entry.latitude, entry.longitude = Decimal("43.300000"), Decimal("124.300000")
    entry.save(update_fields=["latitude", "longitude"])
    row = start(scene, filed_filing(scene, entry), where=placed(43.31, 124.3, scanned_by="示例厂长"))
    mark = row.marks.get()
    assert (mark.moment, mark.located, mark.accuracy, mark.device, mark.scanned_by) == (
        "start", "given", 12, "示例手机", "示例厂长",
    )  # fmt: skip
    assert (mark.distance, mark.is_far) == (1112, True)  # flagged, and started all the same
    assert row.state == FilingState.STARTED


@pytest.mark.parametrize("located", ["denied", "failed", "not_asked"])
def test_refusing_the_place_is_no_obstacle_and_kept(scene: Scene, located: str) -> None:
    row = start(scene, filed_filing(scene, subject()), where=Whereabouts(located))
    mark = row.marks.get()
    assert (mark.located, mark.latitude, mark.distance, mark.is_far) == (located, None, None, False)


def test_a_visit_stops_and_goes_on(scene: Scene) -> None:
    row = started_filing(scene, subject())
    who: dict[str, Any] = {"filing_id": row.pk, "version": None, "by": scene.cast.lead}
    assert refused(lambda: resume_inspection(**who, at=END)) == ["wrong-state"]
    assert refused(lambda: suspend_inspection(**who, reason="absent", note=" ", at=END)) == ["insp-suspended"]
    shown = (photo(scene.cast.lead, "gate.jpg", at=AT),)
    suspend_inspection(**who, reason="absent", note="厂门锁着，电话没人接", photos=shown, at=AT + timedelta(minutes=5))
    suspension = Suspension.objects.get()
    assert [one.file.original_name for one in suspension.photos.all()] == ["gate.jpg"]
    assert refused(lambda: suspend_inspection(**who, reason="absent", note="又没人", at=END)) == ["wrong-state"]
    finish = {**who, "result": new_result(scene), "signatures": (signed_by_party(scene.cast),), "at": END}
    assert refused(lambda: finish_inspection(**finish)) == ["insp-suspended"]  # R9 while it is interrupted
    assert refused(lambda: resume_inspection(**who, at=VISIT_TO + timedelta(seconds=1))) == ["insp-window"]
    resume_inspection(**who, at=END)
    suspension.refresh_from_db()
    assert (suspension.resumed_at, suspension.resumed_by) == (END, scene.cast.lead)
    row = finish_inspection(**finish)
    assert "中止：被检查人不在场。厂门锁着，电话没人接" in text_of_record(row)
    assert [one.action for one in JournalEntry.objects.order_by("seq")][-3:] == [
        "inspection.suspend", "inspection.resume", "inspection.finish",
    ]  # fmt: skip


def test_an_interrupted_visit_may_end_as_refused(scene: Scene) -> None:
    row = started_filing(scene, subject())
    who: dict[str, Any] = {"filing_id": row.pk, "version": None, "by": scene.cast.lead}
    suspend_inspection(**who, reason="refused", note="门卫不让进，说明后仍拒绝", at=AT)
    points = tuple(NewPoint(scene.matter.pk, no, "未检查") for no in ("1", "2"))
    result = new_result(
        scene, result_code="R6", item_code="", points=points, signing="refused", refusal_note="拒绝签字",
        witness_name="示例见证人", findings="拒绝检查，经说明仍不配合",
    )  # fmt: skip
    with pytest.raises(Refused) as found:
        finish_inspection(**who, result=replace(result, witness_name=scene.cast.lead.full_name), at=END)
    assert [(one.code, one.fix) for one in found.value.refusals] == [("insp-record", "witness_name")]
    assert finish_inspection(**who, result=result, at=END).state == FilingState.FINISHED


def test_photos_belong_to_their_point(scene: Scene) -> None:
    row = started_filing(scene, subject())
    one = photo(scene.cast.lead, "one.jpg", at=AT)
    both = photo(scene.cast.lead, "both.jpg", at=AT)
    good = new_result(scene)
    points = (
        replace(good.points[0], evidence="", photos=(one, both)),
        replace(good.points[1], photos=(replace(both, purpose="证明证件齐全"),)),
    )
    done = finish_inspection(
        filing_id=row.pk, version=None, by=scene.cast.lead, result=replace(good, points=points), photos=(),
        signatures=(signed_by_party(scene.cast),), at=END,
    )  # fmt: skip
    first, second = done.points.order_by("id")
    assert [kept.file.original_name for kept in first.photos.order_by("position")] == ["one.jpg", "both.jpg"]
    assert [kept.file.original_name for kept in second.photos.all()] == ["both.jpg"]
    assert sorted(done.photos.values_list("position", flat=True)) == [0, 1, 2]
    signed_by_officers(done)
    open_case_from_inspection(filing_id=row.pk, version=None, by=scene.cast.lead, at=END)
    evidence = list(Evidence.objects.filter(title__startswith="现场照片").order_by("pk"))
    assert [kept.file.original_name for kept in evidence] == ["one.jpg", "both.jpg"]  # one piece, both purposes
    assert evidence[1].purpose == "证明货物未苫盖；证明证件齐全"


def test_a_failed_point_without_proof_is_refused(scene: Scene) -> None:
    row = started_filing(scene, subject())
    good = new_result(scene)
    bare = replace(good, points=(replace(good.points[0], evidence=""), good.points[1]))
    who: dict[str, Any] = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "at": END}
    signed = (signed_by_party(scene.cast),)
    assert refused(lambda: finish_inspection(**who, result=bare, signatures=signed)) == ["insp-point"]
    assert not PointResult.objects.exists()
    assert not Signature.objects.exists()


def test_everybody_signs_the_same_text(scene: Scene) -> None:
    row = finished_filing(scene, subject())
    party = row.signatures.get().signature
    text = text_of_record(row)
    assert (party.text, party.text_digest, party.how) == (text, digest_of_text(text), "drawn")
    assert party.image is not None
    account = NewSignature("officer", "示例甲", user=scene.cast.lead)
    who: dict[str, Any] = {"filing_id": row.pk, "by": scene.cast.lead, "at": END}
    assert refused(lambda: sign_record(**who, digest="0" * 64, signature=account)) == ["signature-text"]
    kept = sign_record(**who, digest=digest_of_text(text), signature=account)
    assert (kept.signature.how, kept.signature.text_digest) == ("account", party.text_digest)
    assert refused(lambda: sign_record(**who, digest=digest_of_text(text), signature=account)) == ["signature-once"]
    with pytest.raises(NotAllowed):
        sign_record(filing_id=row.pk, by=scene.cast.third_officer, digest=digest_of_text(text), signature=account)
    assert [one.kind for one in visit_tasks(scene.cast.lead, TODAY)] == ["tell"]
    assert sorted(one.kind for one in visit_tasks(scene.cast.assistant, TODAY)) == ["sign", "tell"]


def test_nobody_signs_what_is_not_finished(scene: Scene) -> None:
    row = started_filing(scene, subject())
    account = NewSignature("officer", "示例甲", user=scene.cast.lead)
    sign = {"filing_id": row.pk, "by": scene.cast.lead, "digest": "", "signature": account}
    assert refused(lambda: sign_record(**sign)) == ["wrong-state"]


# --- the order and its recheck ---


def ordered(scene: Scene, entry: SupervisedSubject) -> InspectionFiling:
    return finished_filing(scene, entry, result_code="R5", item_code="", order=ORDER)


def rechecked(scene: Scene, first: InspectionFiling, code: str) -> InspectionFiling:
    later = {"window_from": VISIT_FROM + timedelta(days=6), "window_to": VISIT_TO + timedelta(days=6)}
    row = filed_filing(scene, first.subject, source="recheck", source_note=first.filing_no or "", **later)
    row = start_inspection(filing_id=row.pk, version=None, by=scene.cast.lead, how="code", at=AT + timedelta(days=6))
    points = tuple(NewPoint(scene.matter.pk, no, "合格") for no in ("1", "2"))
    result = new_result(scene, result_code=code, item_code="", points=points, order=NewOrder(""))
    if code == "R5":
        result = replace(result, order=NewOrder("再次限期苫盖", "", date(2026, 3, 20)))
    return finish_inspection(
        filing_id=row.pk, version=None, by=scene.cast.lead, result=result, at=END + timedelta(days=6),
        signatures=(signed_by_party(scene.cast),),
    )  # fmt: skip


def recheck_days(scene: Scene, day: date) -> list[str]:
    return [one.kind for one in visit_tasks(scene.cast.lead, day) if one.kind == "recheck"]


def test_the_recheck_stands_on_the_desk_on_its_day(scene: Scene) -> None:
    first = ordered(scene, subject())
    order = RectificationOrder.objects.get()
    assert (order.filing, order.what, order.due_on, order.basis) == (first, ORDER.what, TODAY, scene.matter.basis)
    assert recheck_days(scene, TODAY - timedelta(days=1)) == []
    assert recheck_days(scene, TODAY) == ["recheck"]
    assert recheck_days(scene, TODAY + timedelta(days=3)) == ["recheck"]


@pytest.mark.parametrize(("code", "end", "orders"), [("R1", "corrected", 1), ("R5", "again", 2)])
def test_the_recheck_ends_the_order(scene: Scene, code: str, end: str, orders: int) -> None:
    first = ordered(scene, subject())
    again = rechecked(scene, first, code)
    order = RectificationOrder.objects.get(filing=first)
    assert (order.ended_as, order.ended_by, order.ended_at) == (end, again, again.finished_at)
    assert RectificationOrder.objects.count() == orders
    assert recheck_days(scene, TODAY + timedelta(days=3)) == []


def test_a_recheck_of_another_object_ends_nothing(scene: Scene) -> None:
    first = ordered(scene, subject())
    row = submitted_filing(
        scene, first.subject, source="recheck", source_note="JC-220322-2026-999999",
        window_from=VISIT_FROM + timedelta(days=6), window_to=VISIT_TO + timedelta(days=6),
    )  # fmt: skip
    assert row.pk
    assert RectificationOrder.objects.get().ended_as == ""
    assert recheck_days(scene, TODAY) == ["recheck"]


# --- a result left open ---


def left_open(scene: Scene) -> InspectionFiling:
    return finished_filing(scene, subject(), result_code="R8", item_code="")


def test_a_result_left_open_has_sixty_days_on_the_desk(scene: Scene) -> None:
    row = left_open(scene)
    (task,) = [one for one in visit_tasks(scene.cast.lead, TODAY) if one.kind == "pending"]
    assert (task.reference, task.due) == (row.reference, date(2026, 5, 3))
    assert task.light is not None
    late = [one.light for one in visit_tasks(scene.cast.lead, date(2026, 5, 4)) if one.kind == "pending"]
    assert [one.state for one in late if one] == ["overdue"]


def test_it_ends_as_an_order_or_as_a_case(scene: Scene) -> None:
    row = left_open(scene)
    text = text_of_record(row)
    who: dict[str, Any] = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "at": END + timedelta(days=2)}
    assert refused(lambda: end_pending(**who, end=NewEnd("R1", "核实没有问题"))) == ["insp-pending"]
    assert refused(lambda: end_pending(**who, end=NewEnd("R5", "核实确有问题"))) == ["insp-order", "insp-order"]
    assert refused(lambda: end_pending(**who, end=NewEnd("R9", "核实确有问题"))) == ["insp-to-case"]
    end_pending(**who, end=NewEnd("R5", "核实确有问题", order=ORDER))
    row.refresh_from_db()
    assert (row.result_code, row.order.due_on, row.pending_end.note) == ("R5", TODAY, "核实确有问题")
    assert text_of_record(row) == text  # what was signed does not change
    assert refused(lambda: end_pending(**who, end=NewEnd("R5", "再来一次", order=ORDER))) == ["insp-pending"]
    assert sorted(one.kind for one in visit_tasks(scene.cast.lead, date(2026, 3, 7))) == ["sign", "tell"]


def test_ended_as_r9_it_becomes_a_case(scene: Scene) -> None:
    row = left_open(scene)
    who: dict[str, Any] = {"filing_id": row.pk, "version": None, "by": scene.cast.lead, "at": END + timedelta(days=2)}
    end_pending(**who, end=NewEnd("R9", "核实确有违法事实", "frt-scatter"))
    assert refused(lambda: open_case_from_inspection(**who)) == ["insp-officers-signed"]
    signed_by_officers(row, at=END)
    assert open_case_from_inspection(**who).clue_no


# --- certificates ---


def test_a_pass_is_one_a_day_and_dies_at_midnight(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    lead = scene.cast.lead
    first = issue_pass(by=lead, filing_id=row.pk, at=VISIT_FROM)
    assert issue_pass(by=lead, filing_id=row.pk, at=AT).pk == first.pk
    assert issue_pass(by=lead, at=AT).pk != first.pk  # on patrol it leads to no visit
    assert first.token not in str(CertificatePass.objects.values_list("token_digest", flat=True))
    card = card_by_token(first.token, VISIT_FROM)
    assert card is not None
    assert (card.name, card.number, card.visit_url) == ("示例甲", "JL-lead", codes.public_url(row.token))
    midnight = clock.local(VISIT_FROM).replace(hour=0, minute=0) + timedelta(days=1)
    assert card_by_token(first.token, midnight - timedelta(seconds=1)) is not None
    assert card_by_token(first.token, midnight) is None
    assert card_by_token(codes.new_token(), VISIT_FROM) is None


def test_outside_the_window_a_pass_leads_to_no_visit(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    given = issue_pass(by=scene.cast.lead, filing_id=row.pk, at=VISIT_FROM)
    before, after = (
        card_by_token(given.token, at) for at in (VISIT_FROM - timedelta(minutes=1), VISIT_TO + timedelta(minutes=1))
    )
    assert before is not None
    assert after is not None
    assert (before.visit_url, after.visit_url) == ("", "")


def test_nobody_shows_what_he_does_not_hold(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    with pytest.raises(NotAllowed):
        issue_pass(by=scene.cast.third_officer, filing_id=row.pk, at=VISIT_FROM)
    given = issue_pass(by=scene.cast.assistant, at=FILED_AT)
    end_certificate(scene.cast.assistant, clock.local(FILED_AT).date() - timedelta(days=1))
    assert card_by_token(given.token, FILED_AT) is None  # a certificate that ended takes its page along
    assert refused(lambda: issue_pass(by=scene.cast.assistant, at=FILED_AT)) == ["gen-licence-valid"]
