"""Filings brought to their papers by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from inspections.actions.documents import NewTelling, make_paper, record_inquest, record_questioning, record_sampling
from inspections.documents.contexts.typed import Inquest, Person, Questioning, Sampling
from inspections.models import InspectionDocument, InspectionFiling
from tests.inspections.scenes import VISIT_FROM, Scene, finished_filing, signed_by_officers, subject

STARTED = VISIT_FROM + timedelta(minutes=5)
FINISHED = VISIT_FROM + timedelta(hours=2)
WRITTEN_AT = VISIT_FROM + timedelta(hours=3)
ASKED = (("您是谁？", "我叫示例丁，是公司的安全员。"), ("为什么没有苫盖？", "出门前才盖。"))


def finished(scene: Scene) -> InspectionFiling:
    """Finished and signed by both officers."""
    filing = signed_by_officers(finished_filing(scene, subject()))
    filing.refresh_from_db()
    return filing


def identity(scene: Scene, filing: InspectionFiling) -> dict[str, Any]:
    return {"filing_id": filing.pk, "version": filing.version, "by": scene.cast.lead, "at": WRITTEN_AT}


def sat(scene: Scene, **changed: Any) -> dict[str, Any]:
    return {
        "started_at": STARTED + timedelta(minutes=5), "ended_at": STARTED + timedelta(minutes=35),
        "place": "梨树县梨树镇示例路1号", "first": scene.cast.lead, "second": scene.cast.assistant, "signing": "signed",
        **changed,
    }  # fmt: skip


def questioned(scene: Scene, filing: InspectionFiling, **changed: Any) -> InspectionDocument:
    made = Questioning(**sat(scene, **changed), person=Person(name="示例丁", relation="从业人员"), answers=ASKED)
    return record_questioning(**identity(scene, filing), made=made)


def sampled(scene: Scene, filing: InspectionFiling, **changed: Any) -> InspectionDocument:
    items = ({"name": "苫布", "specification": "6m×4m", "quantity": "1块", "place": "2号库房"},)
    return record_sampling(**identity(scene, filing), made=Sampling(**sat(scene, **changed), items=items))


def examined(scene: Scene, filing: InspectionFiling, **changed: Any) -> InspectionDocument:
    made = Inquest(
        **sat(scene, **changed),
        person=Person(name="示例丁"),
        weather="晴",
        body="停车场东侧停放两辆货车，车厢上方没有苫盖物。",
    )
    return record_inquest(**identity(scene, filing), made=made)


def made(scene: Scene, filing: InspectionFiling, code: str) -> InspectionDocument:
    return make_paper(**identity(scene, filing), code=code)


def telling(**changed: Any) -> NewTelling:
    told: dict[str, Any] = {"way": "on_spot", "told_at": FINISHED + timedelta(minutes=10), "receiver": "示例厂长"}
    return NewTelling(**{**told, **changed})
