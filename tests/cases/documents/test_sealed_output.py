"""From the sealed row to the sealed file: bytes once, the seal's use in the journal, waiting for a seal, racing workers."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
import samples
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from cases.documents.issue import seal
from cases.documents.output import OUTPUT
from cases.models import Document
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import PdfState
from lishu_law.organ_seal.pades import verify
from lishu_law.pdf import machine
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def sealed(walk: Walk, code: str = "correction_order") -> Document:
    """The sample of the catalogue as a document of this case, without the whole road before it."""
    return seal(walk.case, code, samples.STORY[code], by=walk.cast.lead, at=walk.at)


@pytest.fixture
def document(cast: Cast, settings: Any, tmp_path: Any) -> Document:
    settings.MEDIA_ROOT = tmp_path
    return sealed(case_at("clue", cast))


def test_what_is_kept_hashed_and_handed_out_is_the_sealed_file(document: Document) -> None:
    assert OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    with default_storage.open(document.pdf_path) as file:
        content = file.read()
    found = verify(content)
    assert found is not None
    assert found.is_whole
    assert hashlib.sha256(content).hexdigest() == document.pdf_sha256
    assert (found.certificate, found.subject) == (document.seal_certificate, document.seal_subject)
    entry = JournalEntry.objects.get(action="document.organ_seal")
    assert document.pdf_sha256 in entry.body
    assert document.seal_code not in entry.body
    assert not OUTPUT.render_one(document.pk)  # never again


def test_without_a_seal_a_document_waits_and_says_so_and_follows_by_itself(document: Document, settings: Any) -> None:
    settings.SEAL_TRIAL = False
    assert OUTPUT.waiting_ids(10) == []  # the sweep leaves it alone, the message of its act does not
    assert not OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    assert (document.pdf_state, document.pdf_path) == (PdfState.WAITING, "")
    assert "还没有配置机关印章" in document.pdf_error
    settings.SEAL_TRIAL = True
    assert OUTPUT.waiting_ids(10) == [document.pk]
    assert OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    assert (document.pdf_state, document.pdf_error) == (PdfState.DONE, "")


def test_a_worker_believed_dead_that_comes_back_changes_nothing(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two seals never have the same bytes: whoever is first stays."""
    inner = type(OUTPUT)._made

    def slowly(self: Any, row: Document) -> Any:
        monkeypatch.setattr(type(OUTPUT), "_made", inner)
        late = clock.now() - timedelta(minutes=3)
        Document.objects.filter(pk=row.pk).update(pdf_started_at=late)
        assert OUTPUT.render_one(row.pk)  # the other one takes over and ends first
        return inner(self, row)

    monkeypatch.setattr(type(OUTPUT), "_made", slowly)
    assert not OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    with default_storage.open(document.pdf_path) as file:
        assert hashlib.sha256(file.read()).hexdigest() == document.pdf_sha256
    assert JournalEntry.objects.filter(action="document.organ_seal").count() == 1


def test_half_a_file_of_a_killed_worker_is_written_anew(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    form = sealed(case_at("clue", cast), "onscene_record")
    content = b"%PDF-1.7 the whole of it"
    digest = hashlib.sha256(content).hexdigest()
    path = tmp_path / OUTPUT._store(form, content, digest)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (content, 0o600)
    path.write_bytes(content[:9])
    assert tmp_path / OUTPUT._store(form, content, digest) == path
    assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_form_without_the_organs_seal_has_no_code(cast: Cast) -> None:
    form = sealed(case_at("clue", cast), "onscene_record")
    assert (form.seal_code, form.seal_digest) == ("", None)


def test_the_database_refuses_a_finished_letter_without_a_seal(document: Document) -> None:
    row = Document.objects.filter(pk=document.pk)
    with pytest.raises(IntegrityError, match="document_done_sealed"), transaction.atomic():
        row.update(pdf_state="done", pdf_sha256="a" * 64)


def test_the_code_stands_in_the_database_only_hashed_and_enciphered(document: Document) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal_code, seal_digest FROM cases_document WHERE id = %s", [document.pk])
        stored, digest = cursor.fetchone()
    assert stored.startswith("k1:")
    assert document.seal_code not in stored
    assert digest == hashlib.sha256(document.seal_code.encode()).hexdigest()
