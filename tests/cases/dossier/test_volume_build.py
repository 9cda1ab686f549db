"""A file bound into its archive: order, pages, originals, pages for a browser, manifest; and what must not get into it."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cases.actions import ending
from cases.actions.volume import VolumeOrder, fetch_volume, order_volume
from cases.documents.catalogue.volume import VOLUME_PAPERS
from cases.documents.output import render_one, waiting_ids
from cases.dossier import building
from cases.dossier.tools import verify_volume
from cases.models import Case, Document, Evidence, VolumeBuild, VolumeState
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.document_type import DocumentType
from lishu_law.documents.render import Reference, document_html
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.law.tables import read_table
from lishu_law.pdf import machine
from lishu_law.web.uploads.store import path_of
from tests.cases.actions.remedy_scenes import correct
from tests.cases.dossier.volume_scenes import VIDEO, bound, file_of, outline_of, photo, stamps_of, unpacked
from tests.cast import Cast, make_cast
from tests.printed import body_of
from tests.scenarios import STAGES, Walk, case_at

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
]
MAIN = [
    "行政处罚决定书", "送达回证", "立案登记表", "营业执照复印件", "现场笔录", "过磅单", "散落的碎砖", "执法记录仪录像",
    "违法行为通知书", "送达回证", "罚没专用票据、非税缴款码登记页", "结案报告",
]  # fmt: skip
SECONDARY = ["案件调查报告", "行政处罚审批表", "重大行政执法决定法制审核意见书", "不公开的证言"]


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def titles(folder: Path, volume: str) -> list[str]:
    """The materials by the bookmarks, without numbers, cover, catalogue and remark sheet."""
    return [title.split(" ", 1)[1] for title in outline_of(folder / f"{volume}.pdf") if " " in title]


def test_the_archive_of_an_archived_case(cast: Cast, tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    walk = file_of(cast)
    for document_id in waiting_ids(limit=50):
        render_one(document_id)
    with django_assert_max_num_queries(120):  # most of them are reports of progress, one for each material
        build = bound(walk.case, cast.archivist, with_secondary=True)
    folder = unpacked(build, tmp_path / "empty")
    assert titles(folder, "main") == MAIN
    assert titles(folder, "secondary") == SECONDARY
    _numbers_run_through(folder / "main.pdf", build.pages["main"])
    _numbers_run_through(folder / "secondary.pdf", build.pages["secondary"])
    assert verify_volume.check(str(folder), build.manifest_sha256)[0] == []
    _originals_are_untouched(folder, walk.case.pk)
    _the_pages_tell(folder)
    _the_journal_knows(build, walk.case.pk)
    assert not list((tmp_path / "media" / "spool").glob("volume-*"))


def _numbers_run_through(path: Path, pages: int) -> None:
    """Lower right on what is a material; cover, catalogue and remark sheet carry none."""
    stamps, marks = stamps_of(path), outline_of(path)
    before = next(page for title, page in marks.items() if title.startswith("1 ")) - 1
    assert before >= 2
    assert marks["备考表"] == len(stamps) == before + pages + 1
    assert stamps[:before] == [""] * before
    assert stamps[-1] == ""
    for no, stamp in enumerate(stamps[before:-1], 1):
        assert stamp.endswith(str(no)) or stamp.startswith(str(no)), (no, stamp)
        assert "示例癸" in stamp
        assert "用途：立卷归档" in stamp
    with pikepdf.open(path) as volume:
        for page in volume.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            assert (left, bottom, round(right), round(top)) == (0, 0, 595, 842)


def _originals_are_untouched(folder: Path, case_id: int) -> None:
    found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
    sealed = set(Document.objects.filter(case_id=case_id).values_list("pdf_sha256", flat=True))
    assert len(sealed) == 11
    assert sealed <= found
    assert {hashlib.sha256(content).hexdigest() for content in (VIDEO, photo())} <= found


def _the_pages_tell(folder: Path) -> None:
    index = (folder / "index.html").read_text()
    marks = outline_of(folder / "main.pdf")
    for title, page in marks.items():
        if title[0].isdigit():
            assert f'<a href="main.pdf#page={page}">{title.split(" ", 1)[1]}</a>' in index
    assert "evidence/main-008-" in index
    for name in ("index.html", "timeline.html", "law.html"):
        text = (folder / name).read_text()
        assert "http" not in text.replace("http-equiv", "")
        assert "<script" not in text
    assert "同意立案。" in (folder / "timeline.html").read_text()
    law = (folder / "law.html").read_text()
    assert "《中华人民共和国行政处罚法》" in law
    assert "2021-07-15 起施行" in law
    assert "待核对" not in law


def _the_journal_knows(build: VolumeBuild, case_id: int) -> None:
    acts = JournalEntry.objects.filter(object_id=str(case_id), action__startswith="volume.").order_by("seq")
    assert list(acts.values_list("action", flat=True)) == ["volume.ordered", "volume.made"]
    said = json.loads(acts.last().body)["details"]
    assert said == {
        "reference": build.reference, "sha256": build.sha256, "manifest_sha256": build.manifest_sha256,
    }  # fmt: skip
    assert hashlib.sha256(path_of(build.path).read_bytes()).hexdigest() == build.sha256


def test_the_party_gets_the_first_volume_and_nothing_inner(cast: Cast, tmp_path: Path) -> None:
    """Inner papers, opinions, confidential evidence and the journal's words stay in the house (archive-one-case)."""
    walk = file_of(cast, "decision_served")
    with pytest.raises(Refused, match="副卷是内部材料"):
        order_volume(case_id=walk.case.pk, by=cast.lead, order=VolumeOrder("consult", with_secondary=True))
    folder = unpacked(bound(walk.case, cast.lead, "consult"), tmp_path / "empty")
    assert not (folder / "secondary.pdf").exists()
    assert titles(folder, "main") == MAIN[:-2]  # neither paid nor closed yet
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.suffix in (".html", ".json"))
    for inner in ("同意立案", "调查报告</a>", "不公开的证言", '"body"', "127.0.0.1"):
        assert inner.encode() not in everything
    assert verify_volume.check(str(folder))[0] == []


def test_who_reported_is_known_to_those_who_may(cast: Cast, tmp_path: Path) -> None:
    walk = case_at("verified", cast)
    Case.objects.filter(pk=walk.case.pk).update(source="report")
    walk.step(
        ending.record_informant, cast.lead,
        informant=ending.NewInformant("举报者某", "有车撒料。", walk.at, contact="0434-5111111"),
    )  # fmt: skip
    _document(walk)
    heads = bound(walk.case, cast.head, with_secondary=True)
    archivists = bound(walk.case, cast.archivist, with_secondary=True)
    assert titles(unpacked(heads, tmp_path / "a"), "secondary") == ["举报材料"]
    assert not (unpacked(archivists, tmp_path / "b") / "secondary.pdf").exists()
    with pytest.raises(NotAllowed):
        fetch_volume(case_id=walk.case.pk, by=cast.archivist, reference=heads.reference, part="archive")
    fetch_volume(case_id=walk.case.pk, by=cast.archivist, reference=heads.reference, part="main")
    fetch_volume(case_id=walk.case.pk, by=cast.lead, reference=heads.reference, part="archive")
    assert JournalEntry.objects.filter(action="volume.fetched").count() == 2


def _document(walk: Walk) -> None:
    """The road to the first document."""
    for word in ("filing_requested", "filing_recommended", "filed"):
        STAGES[word](walk, "1000")


def test_after_archiving_a_supplement_is_bound(cast: Cast, tmp_path: Path) -> None:
    walk = case_at("archived", cast)
    first = bound(walk.case, cast.archivist, with_secondary=True)
    assert set(first.pages) == {"main", "secondary"}
    walk.at += timedelta(days=3)
    correct(walk, "revoke")
    second = bound(walk.case, cast.archivist, with_secondary=True)
    folder = unpacked(second, tmp_path / "empty")
    assert second.pages["main"] == first.pages["main"]
    assert titles(folder, "supplement")[0].startswith("撤销")
    first.refresh_from_db()
    assert (first.path, len(first.sha256)) == ("", 64)
    with pytest.raises(NotFound, match="代替"):
        fetch_volume(case_id=walk.case.pk, by=cast.archivist, reference=first.reference, part="archive")


def test_one_build_of_a_case_at_a_time_and_none_of_an_empty_file(cast: Cast) -> None:
    walk = case_at("clue", cast)
    with pytest.raises(Refused, match="还没有文书"):
        order_volume(case_id=walk.case.pk, by=cast.lead, order=VolumeOrder("archive"))
    filed = case_at("filed", cast)
    order_volume(case_id=filed.case.pk, by=cast.lead, order=VolumeOrder("archive"))
    with pytest.raises(Refused, match="正在成卷"):
        order_volume(case_id=filed.case.pk, by=cast.head, order=VolumeOrder("archive"))
    with pytest.raises(NotFound):
        order_volume(case_id=filed.case.pk, by=cast.outsider, order=VolumeOrder("archive"))
    with pytest.raises(NotFound):
        fetch_volume(case_id=filed.case.pk, by=cast.lead, reference="nothing", part="archive")


def test_a_killed_worker_is_followed_by_another(cast: Cast) -> None:
    """A living worker is left alone; a dead one's build is begun anew, and it changes nothing when it wakes up."""
    walk = case_at("filed", cast)
    build = order_volume(case_id=walk.case.pk, by=cast.lead, order=VolumeOrder("archive"))
    mine = VolumeBuild.objects.filter(pk=build.pk)
    mine.update(state=VolumeState.BUILDING, attempts=1, beat_at=clock.now() - building.SILENT + timedelta(seconds=30))
    dead = mine.get()
    assert building.waiting_ids() == []
    building.work(build.pk)
    assert mine.get().state == VolumeState.BUILDING
    mine.update(beat_at=clock.now() - building.SILENT - timedelta(seconds=1))
    assert building.waiting_ids() == [build.pk]
    building.work(build.pk)
    assert (mine.get().state, mine.get().attempts) == (VolumeState.DONE, 2)
    with pytest.raises(building.LostClaim):
        building._report(dead, stage="打包")
    assert mine.get().stage == ""
    building.work(build.pk)
    assert mine.get().attempts == 2


def test_too_many_dead_workers_end_a_build(cast: Cast) -> None:
    walk = case_at("filed", cast)
    build = order_volume(case_id=walk.case.pk, by=cast.lead, order=VolumeOrder("archive"))
    VolumeBuild.objects.filter(pk=build.pk).update(attempts=building.MOST_ATTEMPTS)
    left = path_of("spool") / f"volume-{build.reference}-{building.MOST_ATTEMPTS}"
    left.mkdir(parents=True)
    building.work(build.pk)
    build.refresh_from_db()
    assert not left.exists()
    assert (build.state, "多次中断" in build.failure) == (VolumeState.FAILED, True)
    assert JournalEntry.objects.filter(action="volume.failed").count() == 1


def test_builds_that_wait_for_a_document_let_the_others_pass_and_say_why(cast: Cast, settings: Any) -> None:
    """The letter waits for the seal; whoever is first in the queue must not hold up those behind."""
    settings.SEAL_TRIAL = False
    walk = case_at("decided", cast)
    build = order_volume(case_id=walk.case.pk, by=cast.lead, order=VolumeOrder("archive"))
    building.work(build.pk)
    build.refresh_from_db()
    assert (build.state, build.attempts) == (VolumeState.WAITING, 0)
    assert "还没有配置机关印章" in build.failure
    later = order_volume(case_id=case_at("filed", cast).case.pk, by=cast.lead, order=VolumeOrder("archive"))
    assert building.waiting_ids() == [later.pk]
    VolumeBuild.objects.filter(pk=build.pk).update(beat_at=clock.now() - building.PAUSE - timedelta(seconds=1))
    assert building.waiting_ids() == [later.pk, build.pk]
    settings.SEAL_TRIAL = True
    building.work(build.pk)
    build.refresh_from_db()
    assert (build.state, build.failure) == (VolumeState.DONE, "")


@pytest.mark.parametrize("spoil", ["changed", "gone"])
def test_an_original_that_is_no_longer_what_was_received_ends_the_build(cast: Cast, spoil: str) -> None:
    walk = file_of(cast, "recorded")
    file = Evidence.objects.get(title="过磅单").file
    assert file is not None
    path = path_of(file.stored_path)
    if spoil == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    build = order_volume(case_id=walk.case.pk, by=cast.lead, order=VolumeOrder("archive"))
    building.work(build.pk)
    build.refresh_from_db()
    assert build.state == VolumeState.FAILED
    assert "“过磅单”的原始文件与收到时的摘要不符" in build.failure
    assert not path_of("volumes").exists()


PAPERS = {
    "volume_cover": {
        "organ": "梨树县交通运输局", "volume": "正卷",
        "rows": [(field.label, "某") for field in VOLUME_PAPERS[0].fields if field.name == "rows"],
    },
    "volume_catalogue": {"volume": "正卷", "rows": []},
    "volume_remarks": {"volume": "正卷", "paragraphs": ["本卷"], "bound_by": "示例甲", "bound_on": "2026年3月19日"},
}  # fmt: skip


@pytest.mark.parametrize("kind", VOLUME_PAPERS, ids=lambda kind: kind.code)
def test_the_papers_are_the_forms(kind: DocumentType) -> None:
    form = next(row for row in read_table("documents") if row["doc_id"] == kind.doc_id)
    assert (kind.title, kind.copies) == (form["title_zh"], int(form["copies"]))
    text = body_of(document_html(kind, None, Reference("案号", "吉梨交〔2026〕1号"), PAPERS[kind.code], draft=False))
    for field in kind.fields:
        assert field.label in text, field.label
    asked = {word for word in re.split(r"[;()+/]", form["required_fields_zh"]) if word}
    described = {"三人签名", "时间", "全宗", "案卷号", "正", "副卷"}  # S40's time stands in each line for a signature
    assert {word for word in asked if word not in text} <= described
