"""Shifts, stops and filings brought to a state by the real actions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from inspections.actions.checks import NewCheck, NewPhoto, record_check
from inspections.actions.filings import NewFiling, approve_inspection, file_inspection
from inspections.actions.plans import register_plan
from inspections.actions.shifts import NewSection, NewShift, approve_shift, file_shift
from inspections.actions.signing import sign_record
from inspections.actions.visits import NewPoint, NewResult, finish_inspection, start_inspection
from inspections.matters import load_matters
from inspections.models import InspectionFiling, InspectionMatter, PatrolShift, RoadsideCheck
from inspections.queries.visit_record import text_of_record
from lishu_law.registry.actions import enter_party
from lishu_law.registry.details import PartyDetails
from lishu_law.registry.models import Certificate, StoredFile, SupervisedSubject
from lishu_law.web.signatures import Drawn, NewSignature, digest_of_text, picture_of
from tests.cast import Cast

# Monday 2 March 2026, 10:00 in Shanghai: the day things are filed. The patrol runs 20:00–02:00.
FILED_AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PATROL_FROM = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PATROL_TO = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
STOP_AT = datetime(2026, 3, 2, 15, 2, tzinfo=UTC)  # 23:02
VISIT_FROM = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # Wednesday 09:00
VISIT_TO = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
COMPANY = PartyDetails(kind="organisation", name="梨树县示例运输有限公司", uscc="91220322MA17ABCD2L")
DRIVER_ID = "220399198506300014"


@dataclass
class Scene:
    cast: Cast
    matter: InspectionMatter


def make_scene(cast: Cast) -> Scene:
    load_matters()
    register_plan(
        by=cast.head, year=2026, document_no="示例计划〔2026〕1号", published_on=date(2026, 1, 20), at=FILED_AT
    )
    return Scene(cast, InspectionMatter.objects.get(item_code="22032200000001"))


def new_shift(cast: Cast, **changed: Any) -> NewShift:
    shift = NewShift(
        officers=(cast.lead, cast.assistant), vehicle="吉C0001警", recorder_no="JLY-07", planned_from=PATROL_FROM,
        planned_to=PATROL_TO, sections=(NewSection("G303", "K800+000", "K830+000", "梨树镇"),),
    )  # fmt: skip
    return replace(shift, **changed)


def submitted_shift(cast: Cast, **changed: Any) -> PatrolShift:
    return file_shift(by=cast.lead, shift=new_shift(cast, **changed), at=FILED_AT)


def filed_shift(cast: Cast, **changed: Any) -> PatrolShift:
    shift = submitted_shift(cast, **changed)
    return approve_shift(
        shift_id=shift.pk, version=shift.version, by=cast.squad_leader, agree=True, at=FILED_AT + timedelta(minutes=5)
    )


def new_check(scene: Scene, **changed: Any) -> NewCheck:
    check = NewCheck(
        at=STOP_AT, route="G303", stake="K812+300", direction="上行", township="梨树镇", matter=scene.matter,
        result="finding", second_officer=scene.cast.assistant, stop_reason="seen", plate="吉C12345", vehicle_type="重型半挂牵引车",
        driver_name="示例司机", driver_gender="male", driver_phone="13800000000", driver_id_number=DRIVER_ID,
        company_name=COMPANY.name, company_uscc=COMPANY.uscc, item_code="frt-scatter",
        findings="装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒，当场不能改正", measures="已责令采取苫盖措施后再行驶。",
    )  # fmt: skip
    return replace(check, **changed)


def photo(by: Any, name: str, purpose: str = "证明货物未苫盖", at: datetime = STOP_AT) -> NewPhoto:
    file = StoredFile.objects.create(
        sha256=hashlib.sha256(name.encode()).hexdigest(), original_name=name, size=10, content_type="image/jpeg",
        received_at=at, received_by=by,
    )  # fmt: skip
    return NewPhoto(file, at, "梨树镇G303K812+300", purpose)


def recorded_check(
    scene: Scene, shift: PatrolShift, photos: tuple[NewPhoto, ...] = (), **changed: Any
) -> RoadsideCheck:
    return record_check(
        shift_id=shift.pk, by=scene.cast.lead, check=new_check(scene, **changed), photos=photos,
        at=STOP_AT + timedelta(minutes=20),
    )  # fmt: skip


def subject() -> SupervisedSubject:
    party, _is_new = enter_party(COMPANY)
    return SupervisedSubject.objects.create(
        object_no="DX0001",
        kind="enterprise",
        party=party,
        industry="道路货运",
        address="梨树县梨树镇示例路1号",
        updated_on=date(2026, 1, 5),
    )


def new_filing(scene: Scene, entry: SupervisedSubject, **changed: Any) -> NewFiling:
    filing = NewFiling(
        subject=entry, matters=(scene.matter,), officers=(scene.cast.lead, scene.cast.assistant), form="01",
        category="02", source="plan", method="01", window_from=VISIT_FROM, window_to=VISIT_TO, notice_mode="ahead",
        why_on_site="要看车厢和装载的实物",
    )  # fmt: skip
    return replace(filing, **changed)


def submitted_filing(scene: Scene, entry: SupervisedSubject, **changed: Any) -> InspectionFiling:
    return file_inspection(by=scene.cast.lead, filing=new_filing(scene, entry, **changed), at=FILED_AT)


def filed_filing(scene: Scene, entry: SupervisedSubject, **changed: Any) -> InspectionFiling:
    row = submitted_filing(scene, entry, **changed)
    return approve_inspection(
        filing_id=row.pk,
        version=row.version,
        by=scene.cast.squad_leader,
        agree=True,
        at=FILED_AT + timedelta(minutes=5),
    )


def started_filing(scene: Scene, entry: SupervisedSubject) -> InspectionFiling:
    row = filed_filing(scene, entry)
    return start_inspection(
        filing_id=row.pk, version=row.version, by=scene.cast.lead, how="code", at=VISIT_FROM + timedelta(minutes=5)
    )


def new_result(scene: Scene, **changed: Any) -> NewResult:
    result = NewResult(
        result_code="R9", item_code="frt-scatter", signing="signed", findings="厂区内两辆货车装载未苫盖",
        measures="已责令苫盖。", present_person="示例厂长", present_post="厂长", present_phone="13800000001",
        points=(
            NewPoint(
                scene.matter.pk, "1", "不合格", "两辆货车未苫盖", article="道路运输条例的苫盖要求", disposal="case",
                evidence="执法记录仪录像 JLY-07",
            ),
            NewPoint(scene.matter.pk, "2", "合格"),
        ),
    )  # fmt: skip
    return replace(result, **changed)


def drawn_name() -> Drawn:
    """Three strokes across the pad."""
    return Drawn(320, 200, tuple(tuple((x, 40 * line, x) for x in range(20, 220, 10)) for line in (1, 2, 3)))


def signed_by_party(cast: Cast, name: str = "示例厂长") -> NewSignature:
    """The party's signature on the pad."""
    return NewSignature("party", name, picture_of(drawn_name(), cast.lead), drawn_name(), place="梨树县梨树镇示例路1号")


def finished_filing(
    scene: Scene, entry: SupervisedSubject, photos: tuple[NewPhoto, ...] = (), **changed: Any
) -> InspectionFiling:
    row = started_filing(scene, entry)
    return finish_inspection(
        filing_id=row.pk, version=row.version, by=scene.cast.lead, result=new_result(scene, **changed), photos=photos,
        signatures=(signed_by_party(scene.cast),), at=VISIT_FROM + timedelta(hours=2),
    )  # fmt: skip


def signed_by_officers(row: InspectionFiling, *, at: datetime | None = None) -> InspectionFiling:
    """Everybody who inspected and has not yet signs the record by the own account; the second signature seals it."""
    signed = row.signatures.filter(signature__role="officer").values("signature__user")
    for one in row.officers.exclude(user__in=signed).select_related("user").order_by("-is_lead", "id"):
        sign_record(
            filing_id=row.pk, by=one.user, digest=digest_of_text(text_of_record(row)),
            signature=NewSignature("officer", one.user.full_name, user=one.user), at=at or row.finished_at,
        )  # fmt: skip
    return row


def end_certificate(user: Any, on: date) -> None:
    Certificate.objects.filter(user=user).update(valid_until=on)
