"""The sealed file: PAdES over PDF/A-3b, what was drawn untouched, one changed byte seen, expected fonts, nothing fetched."""

from __future__ import annotations

import io
import random
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import samples

from cases.documents.render import document_html
from lishu_law.documents.checking import codes_in
from lishu_law.documents.codes import check_url, new_seal_code
from lishu_law.organ_seal.pades import FIELD, FileSeal, verify
from lishu_law.organ_seal.provider import Sealed
from lishu_law.organ_seal.trial import NAME, trial_key_file
from lishu_law.pdf import fonts, machine, structure
from lishu_law.pdf.render import RenderedPdf, render

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
AT = datetime(2026, 3, 19, 2, 0, tzinfo=UTC)
CODE = new_seal_code()
PRINTED, HIDDEN = 4, 2 | 32  # bits of an annotation's flags: PDF/A wants it printed and neither hidden nor out of view


@pytest.fixture(scope="module")
def drawn() -> RenderedPdf:
    number = samples.NUMBERS["penalty_decision"]
    html = document_html("penalty_decision", number, samples.CASE_NO, samples.decision(), False, seal_code=CODE)
    return render(html, title="行政处罚决定书", number=number, at=AT)


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> FileSeal:
    return FileSeal(trial_key_file(tmp_path_factory.mktemp("seal") / "trial.pem"))


@pytest.fixture(scope="module")
def sealed(drawn: RenderedPdf, seal: FileSeal) -> Sealed:
    return seal.seal(drawn.content, check_url=check_url(CODE), at=AT)


def test_the_seal_is_added_and_nothing_drawn_is_changed(drawn: RenderedPdf, sealed: Sealed) -> None:
    assert sealed.content.startswith(drawn.content)
    assert len(sealed.content) - len(drawn.content) < 20_000
    found = verify(sealed.content)
    assert found is not None
    assert (found.is_whole, found.certificate, found.subject) == (True, sealed.certificate, NAME)
    with pikepdf.open(io.BytesIO(sealed.content)) as pdf:
        signature = pdf.Root.AcroForm.Fields[0].V
        assert str(signature.SubFilter) == "/ETSI.CAdES.detached"
        assert str(signature.M) == "D:20260319020000Z"
        first, gap, second, rest = (int(one) for one in signature.ByteRange)
    assert (first, second + rest) == (0, len(sealed.content))
    assert sealed.content[gap : gap + 1] == b"<"


def test_the_sealed_file_keeps_the_structure_of_pdf_a_3b(drawn: RenderedPdf, sealed: Sealed) -> None:
    with pikepdf.open(io.BytesIO(drawn.content)) as before, pikepdf.open(io.BytesIO(sealed.content)) as pdf:
        xmp, root = pdf.Root.Metadata.read_bytes(), pdf.Root
        assert pdf.pdf_version == "1.7"
        assert "/Version" not in root
        assert b'pdfaid:part="3"' in xmp
        assert b'pdfaid:conformance="B"' in xmp
        assert xmp == before.Root.Metadata.read_bytes()
        assert dict(pdf.docinfo) == dict(before.docinfo)
        assert len(pdf.trailer.ID) == 2
        (intent,) = root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"  # the mark of an ICC profile
        assert not {"/OpenAction", "/AA", "/AF", "/Names"} & set(root.keys())
        assert {str(key) for key in root.AcroForm} == {"/Fields", "/SigFlags"}
        marks = [one for page in pdf.pages for one in page.get("/Annots", [])]
        assert [str(one.T) for one in marks] == [FIELD]
        assert int(marks[0].F) & PRINTED
        assert not int(marks[0].F) & HIDDEN
        assert [float(one) for one in marks[0].Rect] == [0, 0, 0, 0]
        assert not any("/AA" in page for page in pdf.pages)
        pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert len(pictures) == 1  # the QR code, once for all pages
        assert not bool(pictures[0].get("/Interpolate", False))


def test_only_expected_fonts_are_embedded_and_nothing_points_outside(sealed: Sealed) -> None:
    with pikepdf.open(io.BytesIO(sealed.content)) as pdf:
        for name, font in (pair for page in pdf.pages for pair in page.Resources.Font.items()):
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert fonts.is_expected(str(font.BaseFont)), name
            assert "/ToUnicode" in font
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        kinds = {str(one.get("/S", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)}
    assert not kinds & {"/URI", "/GoToR", "/GoToE", "/Launch", "/JavaScript", "/SubmitForm", "/ImportData"}
    assert not any(word in sealed.content for word in (b"/JS", b"/EmbeddedFile", b"/XFA", b"/F ("))


def test_the_code_stands_in_the_foot_of_every_page_and_twice_in_the_seal(drawn: RenderedPdf, sealed: Sealed) -> None:
    short = f"{CODE[-8:-4]}{CODE[-4:]}"
    pages = [re.sub(r"\s", "", one) for one in structure.text_of(drawn.content).split("\f")]
    assert all(f"核验码{short}" in page for page in pages)
    assert codes_in(sealed.content) == [CODE]
    assert len(re.findall(CODE.encode(), sealed.content)) == 2
    assert codes_in(drawn.content) == []


def test_every_changed_byte_under_the_seal_breaks_it_and_none_hides_the_document(sealed: Sealed) -> None:
    """A byte of the unsigned gap is found by the digest of the whole file, which the public check compares first."""
    with pikepdf.open(io.BytesIO(sealed.content)) as pdf:
        _first, gap, second, _rest = (int(one) for one in pdf.Root.AcroForm.Fields[0].V.ByteRange)
    chosen = random.Random(49)
    places = [chosen.randrange(len(sealed.content)) for _ in range(40)]
    inside = [one.start() + 3 for one in re.finditer(CODE.encode(), sealed.content)]
    for place in (*places, *inside, 0, len(sealed.content) - 1):
        changed = bytearray(sealed.content)
        changed[place] ^= 1
        assert codes_in(bytes(changed))[:1] == [CODE] or CODE in codes_in(bytes(changed)), place
        if not gap <= place < second:
            found = verify(bytes(changed))
            assert found is None or not found.is_whole, place


def test_what_is_added_behind_a_seal_is_seen(sealed: Sealed, seal: FileSeal) -> None:
    for added in (sealed.content + b"\n", sealed.content + b"%%EOF\n"):
        found = verify(added)
        assert found is None or not found.is_whole
    with pikepdf.open(io.BytesIO(sealed.content)) as pdf:
        pdf.docinfo["/Title"] = "别的"
        again = io.BytesIO()
        pdf.save(again)
    found = verify(again.getvalue())
    assert found is None or not found.is_whole


def test_a_seal_costs_a_part_of_what_drawing_costs(drawn: RenderedPdf, seal: FileSeal) -> None:
    times = []
    for _ in range(5):
        started = time.process_time()
        seal.seal(drawn.content, check_url=check_url(CODE), at=AT)
        times.append(time.process_time() - started)
    assert min(times) < 0.25  # 0.03 s measured, with its own check


def test_the_demo_key_is_no_part_of_the_tree() -> None:
    root = Path(__file__).resolve().parents[3]
    found = [
        path for folder in ("lishu_law", "cases", "inspections", "disclosure", "tests", "docs")
        for path in (root / folder).rglob("*")
        if path.suffix in {".pem", ".p12", ".pfx", ".key"}
    ]  # fmt: skip
    assert found == []
