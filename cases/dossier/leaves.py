"""From one material to its pages: the stored PDF of a sealed document, or a sheet with the received file behind it.

An original is compared with the digest it was received under before a page is made of it: a file that changed in the
store ends the binding (处罚法46). Pictures are drawn into the sheet as a smaller copy; what cannot be printed (sound,
moving pictures, things) is one sheet that says where the original is kept.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from cases.documents.shapes.volume import SheetData
from cases.dossier.materials import Item
from cases.dossier.papers import sheet
from cases.models import VolumeBuild
from lishu_law.documents.models import PdfState
from lishu_law.errors import DomainError
from lishu_law.pdf.render import render
from lishu_law.registry.models import ScanState, StoredFile
from lishu_law.web.uploads.names import extension_of
from lishu_law.web.uploads.sniffing import PDF_TYPE, TYPE_OF_EXTENSION
from lishu_law.web.uploads.store import path_of

LONGEST_EDGE = 1600  # of a printed picture: some 200 dots an inch across the page
QUALITY = 82
CHUNK = 1024 * 1024
IMAGES = ("JPEG", "PNG")


class Unfit(DomainError):
    """The volume cannot be made; the words say which paper is in the way and who can help."""


class NotYet(DomainError):
    """A document is still being drawn; the binding goes on later."""


@dataclass(frozen=True)
class Leaf:
    """The pages of one material, as PDF files one behind the other."""

    item: Item
    files: tuple[Path, ...]


def expected_pages(item: Item) -> int:
    """How many pages a material will have, for the progress shown; a picture or a thing is one sheet."""
    if item.document is not None:
        return (item.sealed and item.sealed.pdf_pages) or item.document.pdf_pages or 1
    behind = item.file.pages if item.file and item.file.content_type == PDF_TYPE else 0
    return 1 + (behind or 0)


def leaf_of(item: Item, build: VolumeBuild, folder: Path, named: str) -> Leaf:
    """Make the pages of one material. Raises ``Unfit``, ``NotYet`` or ``PdfError``.

    ``named`` is where the original will lie in the archive; ``folder`` takes what is made for this binding only.
    """
    if item.document is not None:
        return Leaf(item, (_sealed(item),))
    if item.file is not None:
        check_original(item.file, item.material.title)
    path = folder / f"{item.key.replace(':', '-')}.pdf"
    data = _sheet_data(item, named)
    html = sheet(build.case.label, data)
    path.write_bytes(render(html, title=item.material.title, number=None, at=build.asked_at).content)
    is_pdf = item.file is not None and item.file.content_type == PDF_TYPE
    behind = (path_of(item.file.stored_path),) if item.file is not None and is_pdf else ()
    return Leaf(item, (path, *behind))


def _sealed(item: Item) -> Path:
    """The bytes as they were sealed."""
    document = item.sealed
    assert document is not None
    if document.pdf_state == PdfState.FAILED:
        raise Unfit(f"《{document}》没有生成 PDF（{document.pdf_error[:80]}），不能成卷。请先处理这份文书。")
    if document.pdf_state != PdfState.DONE:
        raise NotYet(f"《{document}》还没有生成。{document.pdf_error}")
    path = Path(default_storage.path(document.pdf_path))
    if not path.is_file() or digest_of(path) != document.pdf_sha256:
        raise Unfit(f"《{document}》的文件与定稿时的摘要不符，不能成卷。请联系系统管理员。")
    return path


def check_original(file: StoredFile, title: str) -> None:
    """The stored original is there, is what was received, and is not in quarantine. Raises ``Unfit``."""
    if file.scan_state == ScanState.QUARANTINED:
        raise Unfit(f"“{title}”的文件没有通过安全检查，已隔离，不能成卷。请联系系统管理员。")
    path = path_of(file.stored_path)
    if not path.is_file() or digest_of(path) != file.sha256:
        raise Unfit(f"“{title}”的原始文件与收到时的摘要不符，不能成卷。请联系系统管理员，编号 {file.short_digest}。")


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces."""
    digest = hashlib.sha256()
    for piece in pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        read: Callable[[], bytes] = lambda: content.read(CHUNK)  # noqa: E731 - iter() takes a function of no argument
        yield from iter(read, b"")


def suffix_of(file: StoredFile) -> str:
    """The extension of the original's name where it is one we take; ``bin`` otherwise."""
    extension = extension_of(file.original_name)
    return extension if extension in TYPE_OF_EXTENSION else "bin"


def _sheet_data(item: Item, named: str) -> SheetData:
    file = item.file
    rows = list(item.rows)
    picture = ""
    if file is not None:
        rows += [("文件大小", f"{file.size:,} 字节"), ("SHA-256", file.sha256)]
        picture = _picture(file) if file.is_image else ""
    is_paper = file is not None and (file.is_image or file.content_type == PDF_TYPE)
    note = f"原始文件在数据包中的位置：{named}。" if named else ""
    if file is not None and not is_paper:
        note += "这份材料不能打印成页，请打开原始文件查看。"
    return SheetData(heading=item.material.title, rows=rows, picture=picture, note=note)


def _picture(file: StoredFile) -> str:
    """A smaller copy of a photo, upright, without the photo's own data, as a data address."""
    try:
        with Image.open(path_of(file.stored_path), formats=IMAGES) as original:
            original.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            copy = ImageOps.exif_transpose(original)
            copy.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
            paper = Image.new("RGB", copy.size, "white")
            shown = copy.convert("RGBA")
            paper.paste(shown, mask=shown.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError) as broken:
        raise Unfit(f"照片“{file.original_name}”打不开，不能成卷。请联系系统管理员。") from broken
    spool = io.BytesIO()
    paper.save(spool, format="JPEG", quality=QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(spool.getvalue()).decode('ascii')}"
