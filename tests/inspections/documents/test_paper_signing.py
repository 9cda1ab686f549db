"""Papers of an inspection are signed on the screen the papers of a case are signed on: J04–J07 (ADR 53)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse
from paper_scenes import WRITTEN_AT, examined, finished, identity, made, questioned, sampled, telling

from cases.models import Evidence
from inspections import tasks
from inspections.actions.documents import tell_result
from inspections.actions.findings import open_case_from_inspection
from inspections.actions.paper_signing import sign_paper
from inspections.documents.catalogue import by_code
from inspections.documents.render import OUTPUT
from inspections.documents.signed import SIGNED_OUTPUT
from inspections.models import InspectionDocument, InspectionFiling, InspectionSignature, InspectionSignedCopy
from inspections.rules.signing import FORMS
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import PaperCheck
from lishu_law.documents.seats import Signer, pad_name, seats_of
from lishu_law.errors import NotAllowed, Refused
from lishu_law.pdf import machine
from lishu_law.pdf.structure import text_of
from lishu_law.web.paper_signing.taking import NewSigning
from tests.cases.signing_scenes import sketch, strokes
from tests.inspections.browsing import client_of
from tests.inspections.scenes import Scene

needs_pango = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
PLACE = "梨树县梨树镇示例路1号"


@pytest.fixture(autouse=True)
def _stored_here(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def drawn(paper: InspectionDocument) -> InspectionDocument:
    assert OUTPUT.render_one(paper.pk)
    paper.refresh_from_db()
    return paper


def give(scene: Scene, paper: InspectionDocument, seat: str, by: Any = None, **changed: Any) -> InspectionDocument:
    """One signer's signatures through the real action."""
    by = by or scene.cast.lead
    keys = {one.key: one for one in seats_of(FORMS[paper.code], paper.data, paper.pdf_pages or 1)}
    fields: dict[str, Any] = {"way": "drawn", "digest": paper.pdf_sha256, "place": PLACE, "reading": "read", **changed}
    if fields["way"] == "drawn":
        fields["drawings"] = {page: sketch(by, page) for page in keys[seat].pages}
    who = {"filing_id": paper.filing_id, "version": None, "by": by, "at": WRITTEN_AT}
    sign_paper(**who, paper_id=paper.pk, signing=NewSigning(seat=seat, **fields))
    paper.refresh_from_db()
    return paper


def account(user: Any) -> dict[str, Any]:
    return {"by": user, "officer": user, "way": "account", "is_confirmed": True}


def signed_questioning(scene: Scene, paper: InspectionDocument) -> InspectionDocument:
    give(scene, paper, "被询问人-1", signer_name="示例丁")
    give(scene, paper, "询问人-1", **account(scene.cast.lead))
    return give(scene, paper, "记录人-1", **account(scene.cast.assistant))


def refused(run: Any, *args: Any, **data: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        run(*args, **data)
    return [(one.code, one.fix) for one in found.value.refusals]


@pytest.mark.law
@pytest.mark.parametrize("code", FORMS)
def test_the_slots_are_the_words_of_the_catalogue(code: str) -> None:
    words = set(by_code(code).signatures)
    asked = {slot.label for slot in FORMS[code].slots if slot.who is not Signer.WITNESS or slot.label in words}
    assert asked == {word.removesuffix("逐页") for word in words}
    assert {slot.label for slot in FORMS[code].slots if slot.every_page} == {
        word.removesuffix("逐页") for word in words if word.endswith("逐页")
    }


@needs_pango
def test_a_questioning_is_signed_on_every_page_and_then_copied_with_its_signatures(scene: Scene) -> None:
    paper = questioned(scene, finished(scene), signing="pending")
    assert (paper.signing, paper.unsigned) == ("open", "被询问人（逐页）；询问人；记录人")
    assert not any(one["is_chosen"] for one in paper.data["reading"])
    assert refused(give, scene, paper, "询问人-1", **account(scene.cast.lead)) == [("sign-not-drawn", "")]
    drawn(paper)
    assert refused(give, scene, paper, "被询问人-1", signer_name="示例戊") == [("insp-record", "signer_name")]
    assert refused(give, scene, paper, "被询问人-1", signer_name="示例丁", digest="0" * 64) == [("insp-record", "")]
    stranger = refused(give, scene, paper, "询问人-1", officer=scene.cast.third_officer)
    assert ("gen-two-officers", "officer") in stranger
    before = JournalEntry.objects.count()
    signed_questioning(scene, paper)
    assert JournalEntry.objects.count() == before + 3
    assert (paper.signing, paper.unsigned) == ("done", "")
    copy = InspectionSignedCopy.objects.get(document=paper)
    assert SIGNED_OUTPUT.render_one(copy.pk)
    copy.refresh_from_db()
    with default_storage.open(copy.pdf_path) as file:
        text = re.sub(r"\s", "", text_of(file.read()))
    assert "示例丁（屏幕手写，" in text and f"{scene.cast.lead.full_name}（本人账号确认，" in text
    assert copy.pdf_sha256 != paper.pdf_sha256 and copy.pdf_pages == paper.pdf_pages


@needs_pango
def test_a_refusal_takes_reason_and_a_witness_from_outside(scene: Scene) -> None:
    filing = finished(scene)
    paper = drawn(made(scene, filing, "inspection_result"))
    how: dict[str, Any] = {"way": "refused", "signer_name": "示例厂长", "witness_drawing": sketch(scene.cast.lead)}
    assert refused(give, scene, paper, "被检查人-1", **how) == [
        ("insp-result-tell", "reason"), ("insp-result-tell", "witness_name"),
    ]  # fmt: skip
    how |= {"reason": "认为没有问题"}
    for name in (scene.cast.assistant.full_name, filing.subject.party.name, "示例厂长"):
        found = refused(give, scene, paper, "被检查人-1", **how, witness_name=name)
        assert found == [("insp-result-tell", "witness_name")]
    give(scene, paper, "被检查人-1", **how, witness_name="示例乙（东关社区）")
    row = InspectionSignature.objects.get(document=paper)
    assert (row.way, row.witness_name, paper.signing) == ("refused", "示例乙（东关社区）", "done")
    copy = InspectionSignedCopy.objects.get(document=paper)
    assert SIGNED_OUTPUT.render_one(copy.pk)
    copy.refresh_from_db()
    entry = PaperCheck.objects.get(seal_digest=paper.seal_digest)  # the public check knows both files
    assert (entry.file_sha256, entry.signed_sha256) == (paper.pdf_sha256, copy.pdf_sha256)


@needs_pango
def test_voucher_and_inquest_have_a_seat_for_everybody(scene: Scene) -> None:
    filing = finished(scene)
    for paper, party in ((sampled(scene, filing), "示例厂长"), (examined(scene, filing), "示例丁")):
        drawn(paper)
        assert paper.signing == ""
        give(scene, paper, "当事人或其代理人-1", signer_name=party)
        assert paper.signing == "open"  # with the first signature it is followed in the system
        label = "执法人员" if paper.code == "inspection_sampling" else "勘验人"
        give(scene, paper, f"{label}-1", officer=scene.cast.lead)
        give(scene, paper, f"{label}-2", **account(scene.cast.assistant))
        if paper.code == "inspection_inquest":
            give(scene, paper, "记录人-1", **account(scene.cast.assistant))
        assert (paper.signing, paper.unsigned) == ("done", "")
        assert SIGNED_OUTPUT.render_one(InspectionSignedCopy.objects.get(document=paper).pk)


def test_what_is_signed_in_the_system_is_signed_before_the_result_is_told_and_a_case_opened(scene: Scene) -> None:
    filing = finished(scene)
    made(scene, filing, "inspection_result")
    paper = questioned(scene, filing, signing="pending")
    waits = [("insp-record", f"sign_paper:{paper.pk}")]
    assert refused(tell_result, **identity(scene, filing), telling=telling()) == waits
    who = {"filing_id": filing.pk, "version": None, "by": scene.cast.lead, "at": WRITTEN_AT}
    assert refused(open_case_from_inspection, **who) == waits
    with time_machine.travel(WRITTEN_AT, tick=False):
        page = client_of(scene.cast.lead).post(reverse("result-tell", args=[filing.reference]), told(filing))
    assert page.status_code == 422
    assert reverse("paper-sign", args=[filing.reference, paper.pk]) in page.content.decode()


def told(filing: InspectionFiling) -> dict[str, Any]:
    return {"version": filing.version, "way": "on_spot", "told_at": "2026-03-04 12:00", "receiver": "示例厂长"}


@needs_pango
def test_evidence_of_a_case_gets_the_file_with_the_signatures(scene: Scene) -> None:
    filing = finished(scene)
    who = {"filing_id": filing.pk, "version": None, "by": scene.cast.lead, "at": WRITTEN_AT}
    case = open_case_from_inspection(**who)
    filing.refresh_from_db()
    paper = questioned(scene, filing, signing="pending")
    tasks.render_paper(paper.pk)
    paper.refresh_from_db()
    item = Evidence.objects.get(case=case, title__startswith="询问笔录")
    assert item.file is None  # somebody has still to sign
    signed_questioning(scene, paper)
    tasks.render_signed_copy(InspectionSignedCopy.objects.get(document=paper).pk)
    item.refresh_from_db()
    assert item.file.sha256 == InspectionSignedCopy.objects.get(document=paper).pdf_sha256


@needs_pango
@time_machine.travel(WRITTEN_AT, tick=False)
def test_the_screen_leads_from_signer_to_signer_and_the_paper_shows_what_was_signed(scene: Scene) -> None:
    filing = finished(scene)
    paper = drawn(questioned(scene, filing, signing="pending"))
    here = [filing.reference, paper.pk]
    client, url = client_of(scene.cast.lead), reverse("paper-sign", args=here)
    assert f'href="{url}"' in client.get(reverse("paper", args=here)).content.decode()
    first = reverse("paper-sign-seat", args=[*here, 1])
    assert client.get(url)["Location"] == first
    assert "为什么没有苫盖" in client.get(first).content.decode()
    for who, status in (("squad_leader", 403), ("outsider", 404)):
        assert client_of(getattr(scene.cast, who)).get(first).status_code in {403, status}
    pads = {pad_name(page): strokes(page) for page in range(1, (paper.pdf_pages or 0) + 1)}
    sent = {
        "way": "drawn",
        "signer_name": "示例丁",
        "digest": paper.pdf_sha256,
        "place": PLACE,
        "version": filing.version,
    }
    assert client.post(first, {**sent, **pads}).status_code == 422  # how it was read is not said
    assert client.post(first, {**sent, **pads, "reading": "read"})["Location"] == url
    for number, user in ((2, scene.cast.lead), (3, scene.cast.assistant)):
        seat = reverse("paper-sign-seat", args=[*here, number])
        typed = {**sent, "way": "account", "officer": user.pk, "password": "Lishu-demo-2026"}
        assert client_of(user).post(seat, typed).status_code == 303
    assert client.get(reverse("paper-signed-scan", args=[*here, 1])).status_code == 404
    assert SIGNED_OUTPUT.render_one(InspectionSignedCopy.objects.get(document=paper).pk)
    copy = reverse("paper-signed-pdf", args=here)
    page = client.get(reverse("paper", args=here)).content.decode()
    assert copy in page and "被询问人：示例丁（屏幕手写" in page and f'href="{url}"' not in page
    pdf = client.get(copy)
    assert pdf["Content-Type"] == "application/pdf"
    pdf.close()


def test_who_does_not_handle_the_visit_signs_nothing(scene: Scene) -> None:
    paper = questioned(scene, finished(scene), signing="pending")
    with pytest.raises(NotAllowed):
        give(scene, paper, "询问人-1", **account(scene.cast.squad_leader))
