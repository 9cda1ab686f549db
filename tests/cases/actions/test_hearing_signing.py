"""The record of a hearing is signed by everybody who held it, each in the own seat, and by nobody else as officer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.actions import hearing
from cases.actions.signing import sign_document
from cases.documents.output import OUTPUT
from cases.models import Document, PaperSignature
from lishu_law.errors import NotAllowed, Refused
from lishu_law.pdf import machine
from lishu_law.web.paper_signing.taking import NewSigning
from tests.cases.actions.hearing_scenes import appoint, hold, request, schedule, serve_hearing_notice, told
from tests.cases.signing_scenes import sketch
from tests.cast import make_cast
from tests.scenarios import Walk

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


def held_by_four(settings: Any, place: Path) -> tuple[Walk, Document]:
    settings.MEDIA_ROOT = place
    cast = make_cast()
    walk = told(cast)
    one = request(walk)
    appoint(walk, one, hearing.HearingPeople(cast.archivist, cast.outsider, (cast.third_officer, cast.second_deputy)))
    when = schedule(walk, one)
    serve_hearing_notice(walk, one)
    hold(walk, one, when, signing="pending")
    document = Document.objects.get(code="hearing_record")
    assert OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    return walk, document


def sign(walk: Walk, document: Document, seat: str, officer: Any, by: Any = None, **changed: Any) -> None:
    fields: dict[str, Any] = {"way": "account", "officer": officer, "is_confirmed": True, **changed}
    signing = NewSigning(seat=seat, digest=document.pdf_sha256, place="二楼会议室", **fields)
    walk.step(sign_document, by or officer or walk.cast.archivist, part_id=document.pk, signing=signing)


def test_chair_both_members_and_the_recorder_sign_before_the_report(db: None, settings: Any, tmp_path: Path) -> None:
    walk, document = held_by_four(settings, tmp_path)
    cast = walk.cast
    drawings = {0: sketch(cast.archivist)}
    sign(walk, document, "当事人或代理人-1", None, way="drawn", signer_name="示例人", drawings=drawings)
    seats = ((1, cast.archivist), (2, cast.third_officer), (3, cast.second_deputy))
    for number, officer in seats:
        document.refresh_from_db()
        assert officer.full_name in document.unsigned
        sign(walk, document, f"主持人及听证员-{number}", officer)
    sign(walk, document, "记录员-1", cast.outsider)
    document.refresh_from_db()
    assert document.signing == "done"
    assert PaperSignature.objects.filter(label="主持人及听证员").count() == 3


def test_who_handles_the_case_signs_no_hearing_record_and_hearing_people_nothing_else(
    db: None, settings: Any, tmp_path: Path
) -> None:
    walk, document = held_by_four(settings, tmp_path)
    with pytest.raises(Refused, match="不能在这份文书上签名"):
        sign(walk, document, "主持人及听证员-1", walk.cast.lead)
    other = walk.case.documents.get(code="onscene_record")
    assert OUTPUT.render_one(other.pk)
    other.refresh_from_db()
    with pytest.raises(NotAllowed, match="只办理听证笔录"):
        sign(walk, other, "执法人员-1", walk.cast.archivist)
    with pytest.raises(Refused, match="不能在这份文书上签名"):
        sign(walk, other, "执法人员-1", walk.cast.archivist, by=walk.cast.lead, way="drawn")
