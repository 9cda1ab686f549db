"""The contact sheet: one paper of every kind that exists, its pages as pictures, and what nobody has had yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.api import VOLUME_PAPERS, newest_volume_papers
from cases.models import Document
from lishu_law.documents import contact_sheet
from lishu_law.pdf import machine
from tests.cast import make_cast
from tests.printed import body_of
from tests.scenarios import case_at

pytestmark = [
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
    pytest.mark.skipif(shutil.which(contact_sheet.POPPLER) is None, reason="poppler is not installed"),
    pytest.mark.django_db,
]


def test_every_kind_of_a_case_is_shown_and_the_others_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    walk = case_at("filed", make_cast())
    with pytest.raises(CommandError) as refused:
        call_command("contact_sheet", str(tmp_path))
    codes = set(Document.objects.filter(case=walk.case).values_list("code", flat=True))
    assert {file.stem.partition("-")[2] for file in tmp_path.glob("*.pdf")} == codes
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(picture.name in page for picture in tmp_path.glob("*.png"))
    assert "M01 立案登记表" in page
    assert f"{len(codes)} kinds, " in capsys.readouterr().out
    for form in ("M15 行政处罚决定书", "S38 卷宗封面", "J01 行政检查审批表"):
        assert f"no case has had: {form}" in str(refused.value)
        assert form in page


def test_a_case_that_was_archived_shows_the_papers_of_its_volume(tmp_path: Path) -> None:
    walk = case_at("archived", make_cast())
    papers = list(newest_volume_papers())
    assert [one.kind for one in papers] == list(VOLUME_PAPERS)
    assert {one.belongs_to for one in papers} == {walk.case.label}
    cover, listed, remarks = (body_of(one.html) for one in papers)
    assert "正／副卷：正卷" in cover
    assert walk.case.decision.number in listed
    assert "立案登记表" in listed
    assert "共有材料" in remarks


def test_a_paper_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    walk = case_at("filed", make_cast())
    document = Document.objects.get(case=walk.case, code="filing_form")
    Document.objects.filter(pk=document.pk).update(data={**document.data, "cause": "\U000f0001"})
    with pytest.raises(CommandError, match=r"立案登记表: .*U\+F0001"):
        call_command("contact_sheet", str(tmp_path))
    assert "U+F0001" in (tmp_path / "index.html").read_text(encoding="utf-8")
