"""Driving a build: claim it, read the file once, make the pages, bind, pack, keep the archive under its digest.

A build is claimed by one UPDATE that also counts the attempt. Every progress report names that attempt, so a worker
believed dead that wakes up again changes nothing. A killed worker leaves a folder and a claim; after ``SILENT`` another
one begins anew, which takes less than a minute and can do no harm: what is kept is put in its place by one rename.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q

from cases.documents.output import render_one
from cases.documents.signed import SIGNED_OUTPUT
from cases.dossier.archive import JOURNAL, VERIFIER, Archive, Manifest
from cases.dossier.binding import Bound, bind
from cases.dossier.lawbook import law_of
from cases.dossier.leaves import Leaf, NotYet, Unfit, digest_of, expected_pages, leaf_of, suffix_of
from cases.dossier.materials import Item, gather
from cases.dossier.offline import Told, offline_pages
from cases.dossier.order import Volume, arrange
from cases.dossier.papers import Title
from cases.dossier.proof import Proof, proof_of
from cases.models import Case, Document, SignedCopy, VolumeBuild, VolumeState
from cases.queries.facts import LoadedCase, load_case
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.documents.models import PdfState
from lishu_law.errors import DomainError
from lishu_law.web.uploads.store import path_of

logger = logging.getLogger(__name__)
PAUSE = timedelta(seconds=30)  # of a build that waits for a document, so that the others have their turn
SILENT = timedelta(minutes=2)  # a worker that said nothing for so long is dead: no step takes nearly as long
MOST_ATTEMPTS = 5
LEAST_FREE = 0.10  # of the disk, as for uploads
BUSY = (VolumeState.WAITING, VolumeState.BUILDING)
FOLDER, SPOOL = "volumes", "spool"


class LostClaim(Exception):
    """Another worker has taken the build over."""


@dataclass(frozen=True)
class Dossier:
    """The file as it was at one moment."""

    loaded: LoadedCase
    build: VolumeBuild
    volumes: dict[Volume, tuple[Item, ...]]
    left_out: dict[Volume, tuple[str, ...]]
    proof: Proof
    originals: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> list[Item]:
        return [item for items in self.volumes.values() for item in items]


def waiting_ids(limit: int = 3) -> list[int]:
    """Builds nobody works on: those never begun first, in the order they were asked for, then whichever was left longest."""
    free = VolumeBuild.objects.filter(_free()).order_by(F("beat_at").asc(nulls_first=True), "asked_at", "id")
    return list(free.values_list("pk", flat=True)[:limit])


def _free() -> Q:
    now = clock.now()
    rested = Q(state=VolumeState.WAITING, beat_at__lt=now - PAUSE)
    lost = Q(state=VolumeState.BUILDING, beat_at__lt=now - SILENT)
    return Q(state__in=BUSY) & (Q(beat_at__isnull=True) | rested | lost)


def work(build_id: int) -> None:
    """Build one archive, unless somebody is at it. Never raises for a file that cannot be bound."""
    claimed = VolumeBuild.objects.filter(_free(), pk=build_id)
    begun = {"state": VolumeState.BUILDING, "beat_at": clock.now(), "failure": ""}
    if not claimed.update(**begun, attempts=F("attempts") + 1):
        return
    build = VolumeBuild.objects.select_related("asked_by", "case").get(pk=build_id)
    folder = path_of(SPOOL) / f"volume-{build.reference}-{build.attempts}"
    try:
        _clear_up(build)
        if build.attempts > MOST_ATTEMPTS:
            raise Unfit("后台多次中断，没有成卷。可以再试一次；仍然不行的，请联系系统管理员。")
        folder.mkdir(mode=0o700, parents=True)
        _build(build, folder)
    except NotYet as waits:
        _give_back(build, waits.message)
    except LostClaim:
        logger.warning("volume %s was taken over by another worker", build.reference)
    except DomainError as unfit:
        _fail(build, unfit.message)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give_back(build: VolumeBuild, words: str) -> None:
    """A document of this file is being drawn elsewhere or waits for the seal: the claim is given back, uncounted, and
    the build goes behind all others until the sweep comes again."""
    _mine(build).update(
        state=VolumeState.WAITING, stage="等待文书生成", failure=words[:300], beat_at=clock.now(),
        attempts=F("attempts") - 1,
    )  # fmt: skip


def _build(build: VolumeBuild, folder: Path) -> None:
    _draw_waiting(build)
    dossier = read(build)
    _has_room(dossier)
    total = sum(expected_pages(item) for item in dossier.items)
    _report(build, stage="整理材料", done=0, total=total)
    leaves = _leaves(dossier, folder, build)
    bound = {}
    for volume, items in dossier.volumes.items():
        _report(build, stage="编目编页")
        title = Title(dossier.loaded, build, volume)
        made = [leaves[item.key] for item in items]
        bound[volume] = bind(
            title, made, dossier.left_out.get(volume, ()), folder / f"{volume}.pdf", export_note(build)
        )
    _report(build, stage="打包", done=total)
    packed = folder / "archive.zip"
    manifest = _pack(dossier, bound, folder, packed, lambda: _report(build))
    _finish(build, bound, manifest, packed)


def export_note(build: VolumeBuild) -> str:
    """What stands at the foot of every page: who took the file out, when and why (security.md T14)."""
    who = f"{build.asked_by.full_name}（{build.asked_by.staff_number}）"
    when = f"{clock.local(build.asked_at):%Y-%m-%d %H:%M}"
    return f"{who}　{when}　导出　用途：{build.get_purpose_display()}　编号：{build.reference}"


def _draw_waiting(build: VolumeBuild) -> None:
    """A document sealed a moment ago is drawn here, if nobody is at it: nobody waits for the queue behind it."""
    copies = SignedCopy.objects.filter(document__case_id=build.case_id, pdf_state=PdfState.WAITING)
    for copy_id in copies.order_by("id").values_list("pk", flat=True):
        SIGNED_OUTPUT.render_one(copy_id)
    waiting = Document.objects.filter(case_id=build.case_id, pdf_state__in=(PdfState.WAITING, PdfState.RENDERING))
    for document_id in waiting.order_by("id").values_list("pk", flat=True):
        render_one(document_id)
        _report(build, stage="生成文书")


def read(build: VolumeBuild) -> Dossier:
    """The file at one moment: the case is held while it is read, so that no act changes it half-way."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=build.case_id)
        loaded = load_case(build.case_id)
        gathered = gather(loaded.case, with_informant=build.with_informant)
        proof = proof_of(build)
    by_key = {item.key: item for item in gathered.items}
    taken = next((step.at for step in loaded.steps if step.code == "archive" and step.outcome == "done"), None)
    arranged = arrange((item.material for item in gathered.items), taken)
    wanted = [volume for volume in Volume if build.with_secondary or volume is not Volume.SECONDARY]
    volumes = {
        volume: tuple(by_key[one.key] for one in arranged[volume])
        for volume in wanted if volume is Volume.MAIN or arranged[volume]
    }  # fmt: skip
    dossier = Dossier(loaded, build, volumes, gathered.left_out, proof)
    return replace(dossier, originals=_originals(dossier))


def _originals(dossier: Dossier) -> dict[str, str]:
    """Where each original lies in the archive. Plain letters and digits: every system can unpack them."""
    found = {}
    for volume, items in dossier.volumes.items():
        for no, item in enumerate(items, 1):
            if item.document is not None:
                found[item.key] = f"documents/{volume}-{no:03d}.pdf"
            elif item.file is not None:
                found[item.key] = f"evidence/{volume}-{no:03d}-{item.file.short_digest}.{suffix_of(item.file)}"
    return found


def _has_room(dossier: Dossier) -> None:
    """Originals go into the archive once; the volumes hold their pages once more."""
    size = sum(item.file.size for item in dossier.items if item.file is not None)
    disk = shutil.disk_usage(path_of("."))
    if disk.free - 2 * size < disk.total * LEAST_FREE:
        raise Unfit("服务器存储空间不足，没有成卷。请联系系统管理员。")


def _leaves(dossier: Dossier, folder: Path, build: VolumeBuild) -> dict[str, Leaf]:
    leaves, done = {}, 0
    for item in dossier.items:
        leaves[item.key] = leaf_of(item, build, folder, dossier.originals.get(item.key, ""))
        done += expected_pages(item)
        _report(build, done=done)
    return leaves


def _pack(
    dossier: Dossier, bound: dict[Volume, Bound], folder: Path, target: Path, beat: Callable[[], None]
) -> Manifest:
    """Everything into the archive; ``beat`` says after each file that this worker lives."""
    build, items = dossier.build, {item.key: item for item in dossier.items}
    documents = [item.document for item in dossier.items if item.document is not None]
    today = clock.local(build.asked_at).date()
    law = law_of(dossier.loaded, documents, today, is_inner=build.with_secondary)
    told = Told(
        dossier.loaded, build, bound, items, dossier.originals, dossier.left_out, law, dossier.proof,
    )  # fmt: skip
    with Archive(target, build.asked_at) as archive:
        for name, html in offline_pages(told).items():
            archive.add_text(name, html)
        archive.add_file(VERIFIER.name, VERIFIER)
        archive.add_json(JOURNAL, dossier.proof.as_data())
        for volume in bound:
            archive.add_file(f"{volume}.pdf", folder / f"{volume}.pdf")
        for key, path in dossier.originals.items():
            archive.add_file(path, *_original(items[key]))
            beat()
        return archive.close(_facts(dossier, bound))


def _original(item: Item) -> tuple[Path, str]:
    """The stored file of an item and the digest it was stored under."""
    if item.document is not None:
        sealed = item.sealed or item.document
        return Path(default_storage.path(sealed.pdf_path)), sealed.pdf_sha256
    assert item.file is not None
    return path_of(item.file.stored_path), item.file.sha256


def _facts(dossier: Dossier, bound: dict[Volume, Bound]) -> dict[str, Any]:
    """What the manifest says beside its files."""
    build, case = dossier.build, dossier.loaded.case
    return {
        "case": case.label,
        "organ": case.authority.name,
        "reference": build.reference,
        "content": build.content,
        "purpose": build.get_purpose_display(),
        "made_by": f"{build.asked_by.full_name}（{build.asked_by.staff_number}）",
        "made_at": clock.local(build.asked_at).isoformat(timespec="seconds"),
        "volumes": {str(volume): {"pages": one.pages, "materials": len(one.entries)} for volume, one in bound.items()},
        "journal": {"seq": dossier.proof.head[0], "hash": dossier.proof.head[1]},
    }


def _finish(build: VolumeBuild, bound: dict[Volume, Bound], manifest: Manifest, packed: Path) -> None:
    """Keep the archive under its digest, then say so; an older archive of the case goes from the disk."""
    digest, size = digest_of(packed), packed.stat().st_size
    relative = f"{FOLDER}/{build.case_id}/{build.reference}-{digest[:16]}.zip"
    target = path_of(relative)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    packed.chmod(0o400)
    os.replace(packed, target)
    pages = {str(volume): one.pages for volume, one in bound.items()}
    with transaction.atomic(durable=True):
        done = _mine(build).update(
            state=VolumeState.DONE, stage="", finished_at=clock.now(), beat_at=None, path=relative, size=size,
            sha256=digest, pages=pages, manifest_sha256=manifest.sha256, manifest_sm3=manifest.sm3,
        )  # fmt: skip
        if not done:
            raise LostClaim
        details = {"reference": build.reference, "sha256": digest, "manifest_sha256": manifest.sha256}
        journal.record("volume.made", by=None, on=("case", build.case_id), details=details)
    _drop_older(build)


def _drop_older(build: VolumeBuild) -> None:
    """One archive of a case is kept for each content: what it was made of is still in the store. With it goes whatever
    a worker left that lost its claim at the last moment; no other build of this case can be under way."""
    older = VolumeBuild.objects.filter(
        case_id=build.case_id, pk__lt=build.pk, with_secondary=build.with_secondary, with_informant=build.with_informant
    )
    older.exclude(path="").update(path="")
    kept = set(VolumeBuild.objects.filter(case_id=build.case_id).exclude(path="").values_list("path", flat=True))
    for archive in path_of(f"{FOLDER}/{build.case_id}").glob("*.zip"):
        if f"{FOLDER}/{build.case_id}/{archive.name}" not in kept:
            archive.unlink(missing_ok=True)


def _fail(build: VolumeBuild, words: str) -> None:
    with transaction.atomic(durable=True):
        failed = _mine(build).update(
            state=VolumeState.FAILED, failure=words[:300], finished_at=clock.now(), beat_at=None, stage=""
        )
        if failed:
            details = {"reference": build.reference}
            journal.record("volume.failed", by=None, on=("case", build.case_id), result="failed", details=details)


def _report(build: VolumeBuild, **changed: Any) -> None:
    """Progress and a sign of life. Raises ``LostClaim`` when another worker has the build."""
    if not _mine(build).update(beat_at=clock.now(), **changed):
        raise LostClaim


def _mine(build: VolumeBuild) -> Any:
    return VolumeBuild.objects.filter(pk=build.pk, attempts=build.attempts, state=VolumeState.BUILDING)


def _clear_up(build: VolumeBuild) -> None:
    """What a killed worker left of this build: its folder, or an archive nobody has recorded."""
    for folder in path_of(SPOOL).glob(f"volume-{build.reference}-*"):
        shutil.rmtree(folder, ignore_errors=True)
    for archive in path_of(f"{FOLDER}/{build.case_id}").glob(f"{build.reference}-*.zip"):
        archive.unlink(missing_ok=True)
