"""VOLUME: a file of 300 pages bound into its archive, per page beside drawing one page of the reference document.

Done as the worker does it, from the order to the kept archive; the documents were drawn when they were sealed, photos
and papers of evidence lie in the store. What counts for people is the whole: 300 pages within a minute (issue 7).
"""

from __future__ import annotations

import hashlib
import io
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from django.conf import settings
from django.test import override_settings
from PIL import Image

from cases.actions.volume import VolumeOrder, order_volume
from cases.documents.output import render_one
from cases.dossier import building
from cases.models import Case, Document, Evidence, VolumeBuild, VolumePurpose, VolumeState
from lishu_law import clock
from lishu_law.demo.bench.cases import deepest_case
from lishu_law.demo.bench.measuring import Cost, Line, best, each, whole
from lishu_law.demo.bench.people import Staff
from lishu_law.demo.bench.printing import Reference
from lishu_law.documents.models import PdfState
from lishu_law.pdf.render import engine
from lishu_law.registry.models import StoredFile
from lishu_law.web.uploads.store import keep

PAGES = 300
MINUTE = 60.0
PHOTO = (2400, 1800)
PAPER_PAGES = 40  # of one scanned paper
PHOTOS_OF_TEN = 3  # of ten pages of evidence three are photos, as a heavy file of the bureau has them


def bound_volume(staff: Staff, pages: int) -> Line | None:
    """In milliseconds a page. None on a machine without the engine's libraries."""
    if engine is None:
        return None
    drawer = Reference(engine)
    with _own_store():
        case = deepest_case(staff)
        _draw_documents(case)
        _fill(case, staff, pages)
        floor = best([each(drawer.draw, 3)() for _ in range(3)])
        made = []
        turns = [whole(lambda: made.append(_bind(case, staff)))() for _ in range(2)]
        ours = best(turns)
    count = sum(made[-1].pages.values())
    note = f"{count} pages in {ours.wall:.1f} s, archive of {(made[-1].size or 0) / 1e6:.0f} MB"
    return _line(floor, drawer.pages(), ours, count, note)


def _line(floor: Cost, floor_pages: int, ours: Cost, count: int, note: str) -> Line:
    a_minute_for_300 = ours.wall / count * PAGES <= MINUTE
    return Line(
        "VOLUME", "file bound into its archive, per page", "ms", floor.wall * 1000 / floor_pages,
        ours.wall * 1000 / count, 3, also_holds=a_minute_for_300, note=note,
    )  # fmt: skip


@contextmanager
def _own_store() -> Iterator[None]:
    """The files of this line go to a folder of their own and are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
        yield


def _draw_documents(case: Case) -> None:
    """Drawn into this line's store, whatever became of them before."""
    documents = Document.objects.filter(case=case)
    documents.update(pdf_state=PdfState.WAITING, pdf_path="", pdf_sha256="", pdf_started_at=None)
    for document_id in documents.values_list("pk", flat=True):
        render_one(document_id)


def _fill(case: Case, staff: Staff, pages: int) -> None:
    """Evidence until the file has about as many pages: scanned papers and photos."""
    Evidence.objects.filter(case=case, title__startswith="基准测试").delete()
    sealed = sum(one.pdf_pages or 0 for one in Document.objects.filter(case=case))
    wanted = max(pages - sealed, 2)
    photos = max(1, wanted * PHOTOS_OF_TEN // 10)
    rest = wanted - photos
    for serial in range(photos):
        _add(case, staff, f"基准测试照片{serial}", _photo(serial), ("image/jpeg", "jpg", None))
    serial = 0
    while rest > 1:
        size = min(PAPER_PAGES, rest - 1)
        _add(case, staff, f"基准测试材料{serial}", _paper(size, serial), ("application/pdf", "pdf", size))
        rest, serial = rest - size - 1, serial + 1


def _add(case: Case, staff: Staff, title: str, content: bytes, kind: tuple[str, str, int | None]) -> None:
    content_type, suffix, pages = kind
    digest, now = hashlib.sha256(content).hexdigest(), clock.now()
    file, _made = StoredFile.objects.get_or_create(
        sha256=digest, received_by=staff.officer,
        defaults={
            "original_name": f"{title}.{suffix}", "size": len(content), "content_type": content_type, "pages": pages,
            "received_at": now,
        },
    )  # fmt: skip
    with tempfile.NamedTemporaryFile(dir=settings.MEDIA_ROOT) as spool:
        spool.write(content)
        spool.flush()
        keep(Path(spool.name), file.stored_path)
    Evidence.objects.create(
        case=case, kind="documentary", title=title, purpose="证明违法事实", file=file, obtained_at=now,
        obtained_place="国道303线", collected_by=staff.officer, added_at=now,
    )  # fmt: skip


def _photo(serial: int) -> bytes:
    """Some four megapixels that do not compress away: noise, enlarged."""
    noise = Image.frombytes("RGB", (240, 180), random.Random(serial).randbytes(240 * 180 * 3))
    spool = io.BytesIO()
    noise.resize(PHOTO, Image.Resampling.BICUBIC).save(spool, format="JPEG", quality=88)
    return spool.getvalue()


def _paper(pages: int, serial: int) -> bytes:
    """A paper as a scanner makes it: each page one picture."""
    random_bytes = random.Random(10_000 + serial)
    scans = [Image.frombytes("L", (620, 877), random_bytes.randbytes(620 * 877)) for _ in range(min(pages, 4))]
    spool = io.BytesIO()
    scans[0].save(
        spool, format="PDF", save_all=True, append_images=[scans[no % len(scans)] for no in range(1, pages)],
        resolution=75, quality=60,
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(spool.getvalue())) as made:
        for page in made.pages:
            page.mediabox = pikepdf.Array([0, 0, 595.28, 841.89])
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue()


def _bind(case: Case, staff: Staff) -> VolumeBuild:
    order = VolumeOrder(VolumePurpose.SCORING, with_secondary=True)
    build = order_volume(case_id=case.pk, by=staff.head, order=order)
    building.work(build.pk)
    build.refresh_from_db()
    if build.state != VolumeState.DONE:
        raise ValueError(build.failure or build.state)
    return build
