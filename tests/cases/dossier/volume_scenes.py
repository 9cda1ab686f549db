"""A file with every kind of material, walked by the real actions, and the archive made of it unpacked in a folder."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from cases.actions import investigation
from cases.actions.investigation import NewEvidence
from cases.actions.volume import VolumeOrder, order_volume
from cases.dossier import building
from cases.models import Case, VolumeBuild, VolumeState
from lishu_law.pdf import structure
from lishu_law.registry.models import StoredFile
from lishu_law.web.uploads.store import path_of
from tests.cast import Cast
from tests.scenarios import ACT_AT, ROAD, STAGES, Walk, case_at

VIDEO = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\1" * 4096


def photo() -> bytes:
    spool = io.BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(spool, format="JPEG", quality=80)
    return spool.getvalue()


def paper(*sizes: tuple[float, float]) -> bytes:
    """A PDF with empty pages of these sizes."""
    with pikepdf.Pdf.new() as made:
        for size in sizes:
            made.add_blank_page(page_size=size)
        spool = io.BytesIO()
        made.save(spool, deterministic_id=True)
    return spool.getvalue()


def stored(walk: Walk, name: str, content: bytes, content_type: str, pages: int | None = None) -> StoredFile:
    """A received file, its bytes really in the store."""
    digest = hashlib.sha256(content).hexdigest()
    file = StoredFile.objects.create(
        sha256=digest, original_name=name, size=len(content), content_type=content_type, pages=pages,
        received_at=walk.at, received_by=walk.cast.lead,
    )  # fmt: skip
    path = path_of(file.stored_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return file


def file_of(cast: Cast, state: str = "archived") -> Walk:
    """The demo story with a licence, a weighing paper of three pages in two sizes, a photo, a film and a thing."""
    walk = case_at("recorded", cast)
    seen = {"obtained_at": ACT_AT, "obtained_place": "国道303线K12+300", "purpose": "证明违法事实"}
    film = {"method": "执法记录仪拍摄", "medium": "system"}
    items = (
        NewEvidence("audiovisual", "执法记录仪录像", file=stored(walk, "录像.mp4", VIDEO, "video/mp4"), **seen, **film),
        NewEvidence("documentary", "过磅单", file=stored(
            walk, "过磅单.pdf", paper((595, 842), (842, 595), (300, 300)), "application/pdf", 3), **seen),
        NewEvidence("documentary", "营业执照复印件", file=stored(walk, "执照.jpg", photo(), "image/jpeg"), **seen),
        NewEvidence("physical", "散落的碎砖", **seen),
        NewEvidence("witness", "不公开的证言", is_confidential=True, **seen),
    )  # fmt: skip
    walk.step(investigation.add_evidence, cast.lead, items=items)
    if state != "recorded":
        for word in ROAD[ROAD.index("evidence_verified") : ROAD.index(state) + 1]:
            STAGES[word](walk, "1000")
    return walk


def bound(case: Case, by: Any, purpose: str = "archive", *, with_secondary: bool = False) -> VolumeBuild:
    """Ordered and built as the worker does it."""
    build = order_volume(case_id=case.pk, by=by, order=VolumeOrder(purpose, with_secondary))
    building.work(build.pk)
    build.refresh_from_db()
    assert build.state == VolumeState.DONE, build.failure
    return build


def unpacked(build: VolumeBuild, folder: Path) -> Path:
    """The archive moved to an empty folder and unpacked."""
    with zipfile.ZipFile(path_of(build.path)) as packed:
        assert packed.testzip() is None
        packed.extractall(folder)
    return folder


def stamps_of(path: Path) -> list[str]:
    """What is stamped on each page of a volume; empty for the papers that carry none."""
    with pikepdf.open(path) as volume:
        return [_stamp(page) for page in volume.pages]


def _stamp(page: pikepdf.Page) -> str:
    """The text of the forms laid over the page, each drawn again on a page of its own."""
    forms = [one for one in page.obj.Resources.get("/XObject", {}).values() if one.get("/Subtype") == "/Form"]
    return "".join(_text(form) for form in forms)


def _text(form: pikepdf.Object) -> str:
    with pikepdf.Pdf.new() as alone:
        shown = alone.add_blank_page()
        copy = alone.copy_foreign(form)
        shown.obj.Resources = copy.get("/Resources", pikepdf.Dictionary())
        shown.obj.Contents = alone.make_stream(copy.read_bytes())
        spool = io.BytesIO()
        alone.save(spool)
    return "".join(structure.text_of(spool.getvalue()).split())


def outline_of(path: Path) -> dict[str, int]:
    """Title of each bookmark → the page it leads to, from 1."""
    with pikepdf.open(path) as volume, volume.open_outline() as outline:
        pages = [page.objgen for page in volume.pages]
        return {one.title: pages.index(one.destination[0].objgen) + 1 for one in outline.root}
