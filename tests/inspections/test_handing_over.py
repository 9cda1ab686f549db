"""The papers and photos of a visit become evidence of the case its finding opened; nothing is written twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.models import Case, Evidence
from cases.procedure.guards.investigation import transcripts_present
from cases.queries.facts import load
from inspections import tasks
from inspections.actions.documents import record_inquest, record_questioning, record_sampling
from inspections.actions.findings import open_case_from_inspection, open_summary_from_inspection
from inspections.documents.contexts.typed import Inquest, Person, Questioning, Sampling
from inspections.models import HandedPaper, InspectionDocument, InspectionFiling
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from lishu_law.pdf import machine
from tests.inspections.filing_calls import finished
from tests.inspections.scenes import (
    VISIT_FROM,
    Scene,
    filed_filing,
    finished_filing,
    photo,
    signed_by_officers,
    subject,
)

END = VISIT_FROM + timedelta(hours=2)
LATER = VISIT_FROM + timedelta(hours=3)
SEEN = "停车场东侧停放两辆货车，车厢上方没有苫盖物。"
needs_pango = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


def identity(scene: Scene, filing: InspectionFiling) -> dict[str, Any]:
    return {"filing_id": filing.pk, "version": None, "by": scene.cast.lead, "at": LATER}


def sat(scene: Scene, minutes: int) -> dict[str, Any]:
    begin = VISIT_FROM + timedelta(minutes=minutes)
    return {
        "started_at": begin, "ended_at": begin + timedelta(minutes=10), "place": "梨树县梨树镇示例路1号",
        "first": scene.cast.lead, "second": scene.cast.assistant, "signing": "signed",
    }  # fmt: skip


def questioned(scene: Scene, filing: InspectionFiling, relation: str = "从业人员") -> InspectionDocument:
    made = Questioning(**sat(scene, 10), person=Person(name="示例丁", relation=relation), answers=(("问？", "答。"),))
    return record_questioning(**identity(scene, filing), made=made)


def written(scene: Scene, filing: InspectionFiling) -> list[InspectionDocument]:
    goods = ({"name": "苫布", "specification": "6m×4m", "quantity": "1块", "place": "2号库房"},)
    return [
        questioned(scene, filing),
        record_sampling(**identity(scene, filing), made=Sampling(**sat(scene, 30), items=goods)),
        record_inquest(**identity(scene, filing), made=Inquest(**sat(scene, 50), person=Person("示例丁"), body=SEEN)),
    ]


def signed(scene: Scene, *photos: Any) -> InspectionFiling:
    return signed_by_officers(finished_filing(scene, subject(), photos=photos))


def items(case: Case) -> list[Evidence]:
    return list(case.evidence.order_by("id"))


def test_every_paper_and_every_photo_goes_along(scene: Scene) -> None:
    filing = signed(scene, photo(scene.cast.lead, "yard.jpg", at=VISIT_FROM + timedelta(minutes=20)))
    papers = [filing.documents.get(code="inspection_record"), *written(scene, filing)]
    before = JournalEntry.objects.count()
    case = open_case_from_inspection(**identity(scene, filing))
    assert JournalEntry.objects.count() == before + 1
    kept = items(case)
    assert [one.kind for one in kept[:4]] == ["record", "party_statement", "physical", "record"]
    assert [one.title.split("　")[0] for one in kept[:4]] == [
        "现场检查笔录", "询问笔录（示例丁）", "抽样取证凭证", "勘验笔录",
    ]  # fmt: skip
    assert [one.obtained_at for one in kept[:3]] == [
        filing.started_at, VISIT_FROM + timedelta(minutes=10), VISIT_FROM + timedelta(minutes=30),
    ]  # fmt: skip
    assert [one.title for one in kept[4:5]] == ["现场照片（1）"]
    assert not [one for one in kept if one.title.startswith("检查记录 ")]  # J03 is the record
    assert [(one.document, one.evidence) for one in HandedPaper.objects.order_by("id")] == list(
        zip(papers, kept[:4], strict=True)
    )


def test_the_record_of_the_visit_is_the_on_scene_record_of_the_case(scene: Scene) -> None:
    case = open_case_from_inspection(**identity(scene, signed(scene)))
    facts = load(Case.objects.get(pk=case.pk)).facts
    assert [one.is_onscene for one in facts.evidence].count(True) == 1
    assert transcripts_present(facts, END.date()) is None
    Evidence.objects.filter(is_onscene=True).update(voided_at=LATER, void_reason="作废")
    assert transcripts_present(load(Case.objects.get(pk=case.pk)).facts, END.date()) is not None


@pytest.mark.parametrize("opened", [open_case_from_inspection, open_summary_from_inspection])
def test_no_case_of_a_record_its_officers_have_not_signed(scene: Scene, opened: Any) -> None:
    filing = finished_filing(scene, subject())
    with pytest.raises(Refused) as caught:
        opened(**identity(scene, filing))
    assert [one.code for one in caught.value.refusals] == ["insp-officers-signed"]
    assert not Case.objects.exists()
    assert opened(**identity(scene, signed_by_officers(filing))).evidence.filter(is_onscene=True).count() == 1


def test_a_witness_is_no_party(scene: Scene) -> None:
    filing = signed(scene)
    questioned(scene, filing, "证人（过路司机）")
    case = open_case_from_inspection(**identity(scene, filing))
    assert [one.kind for one in items(case)[:2]] == ["record", "witness"]


def test_a_paper_written_later_follows_while_the_case_takes_evidence(scene: Scene) -> None:
    filing = signed(scene)
    case = open_case_from_inspection(**identity(scene, filing))
    count = case.evidence.count()
    paper = questioned(scene, filing)
    assert case.evidence.count() == count + 1
    assert HandedPaper.objects.get(document=paper).evidence.title.startswith("询问笔录（示例丁）")
    Case.objects.filter(pk=case.pk).update(state="P12")
    assert not HandedPaper.objects.filter(document=questioned(scene, filing)).exists()
    assert case.evidence.count() == count + 1
    said = JournalEntry.objects.filter(action="inspection.make_paper").order_by("seq").values_list("body", flat=True)
    assert ['"evidence":true' in body for body in said] == [True, False]


def test_a_visit_off_site_hands_over_its_plain_record(scene: Scene) -> None:
    filing = filed_filing(scene, subject(), method="03", why_on_site="")
    done = finished(scene, filing, at=END)
    case = open_case_from_inspection(**identity(scene, done))
    assert items(case)[0].title == f"检查记录 {done.check_code}"
    assert not HandedPaper.objects.exists()


@needs_pango
def test_the_worker_puts_the_drawn_paper_to_the_evidence_once(scene: Scene) -> None:
    filing = signed(scene)
    early = filing.documents.get(code="inspection_record")
    tasks.render_paper(early.pk)  # drawn before the case is opened
    case = open_case_from_inspection(**identity(scene, filing))
    early.refresh_from_db()
    record = items(case)[0]
    assert record.file is not None
    assert record.file.sha256 == early.pdf_sha256
    paper = questioned(scene, filing)
    later = HandedPaper.objects.get(document=paper).evidence
    assert later.file is None
    tasks.render_paper(paper.pk)
    paper.refresh_from_db()
    later.refresh_from_db()
    assert later.file is not None
    assert (later.file.sha256, later.file.content_type) == (paper.pdf_sha256, "application/pdf")
    count = JournalEntry.objects.count()
    tasks.render_paper(paper.pk)
    assert JournalEntry.objects.count() == count
