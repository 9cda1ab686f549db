"""The contact sheet: one paper of every kind that exists, its pages as pictures, and what nobody has had yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.models import Document
from lishu_law.documents import contact_sheet
from lishu_law.pdf import machine
from tests.cast import make_cast
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
    call_command("contact_sheet", str(tmp_path))
    codes = set(Document.objects.filter(case=walk.case).values_list("code", flat=True))
    assert {file.stem.partition("-")[2] for file in tmp_path.glob("*.pdf")} == codes
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(picture.name in page for picture in tmp_path.glob("*.png"))
    assert "M01 立案登记表" in page
    printed = capsys.readouterr().out
    assert "no case has had: M15 行政处罚决定书" in printed
    assert "no case has had: J01 行政检查审批表" in printed


def test_a_paper_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    walk = case_at("filed", make_cast())
    document = Document.objects.get(case=walk.case, code="filing_form")
    Document.objects.filter(pk=document.pk).update(data={**document.data, "cause": "\U000f0001"})
    with pytest.raises(CommandError, match=r"立案登记表: .*U\+F0001"):
        call_command("contact_sheet", str(tmp_path))
    assert "U+F0001" in (tmp_path / "index.html").read_text(encoding="utf-8")
