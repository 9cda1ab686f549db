"""查文书真伪 in a real Chromium, wide and narrow: the forms and the four answers, reached the way people reach them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import Page, expect

from cases.documents.output import OUTPUT
from cases.models import Document
from lishu_law.documents.codes import new_seal_code, short_code
from lishu_law.pdf import machine
from tests.browser.walk import Screens
from tests.cases.actions.remedy_scenes import CHANGED, correct
from tests.cast import make_cast
from tests.scenarios import Walk, case_at, last_document

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
]


def issued(walk: Walk) -> tuple[Document, bytes]:
    row = last_document(walk.case, "penalty_decision")
    assert OUTPUT.render_one(row.pk)
    row.refresh_from_db()
    with default_storage.open(row.pdf_path) as file:
        return row, file.read()


def test_anybody_checks_a_document_by_file_number_and_code(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    walk = case_at("decision_served", make_cast())
    row, file = issued(walk)

    def upload(page: Page, content: bytes) -> None:
        page.goto("/")
        page.get_by_role("link", name="查文书真伪").click()
        sent = {"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("电子文书（PDF）").set_input_files(sent)  # type: ignore[arg-type]
        page.get_by_role("button", name="核对文件").click()

    for width in (1366, 360):
        screens = Screens(width, True, keep_screenshot)
        page = open_page(width=width)
        upload(page, file)
        expect(page.get_by_role("heading", name="这份文书是真的")).to_be_visible()
        screens.look(page, "paper-genuine")
        upload(page, file.replace(b"/SigFlags 3", b"/SigFlags 2", 1))
        expect(page.get_by_role("heading", name="这个文件被改动过")).to_be_visible()
        screens.look(page, "paper-altered")
        page.get_by_role("link", name="再查一份").click()
        screens.look(page, "paper-check")
        page.get_by_label("文书编号").fill(row.number)
        page.get_by_label("核验码", exact=True).fill(short_code(row.seal_code))
        page.get_by_role("button", name="核对编号").click()
        expect(page.get_by_role("heading", name="这份文书是真的")).to_be_visible()
        page.goto(f"/d/{new_seal_code()}")
        expect(page.get_by_role("heading", name="查不到这份文书")).to_be_visible()
        screens.look(page, "paper-unknown")
        assert screens.faults() == {}

    correct(walk, "change", new_amount=CHANGED)
    page = open_page(width=360)
    screens = Screens(360, True, keep_screenshot)
    page.goto(f"/d/{row.seal_code}")
    expect(page.get_by_role("heading", name="这份文书已被变更")).to_be_visible()
    screens.look(page, "paper-withdrawn")
    assert screens.faults() == {}
