"""Builders of the files the upload tests send: small, made in memory, some hostile."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def image(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, format=kind, **options)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    parts = b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, data, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + parts


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def movie(brand: bytes = b"isom", tail: bytes = b"") -> bytes:
    return box(b"ftyp", brand + b"\0\0\2\0" + b"isommp42") + box(b"moov", b"x" * 40) + box(b"mdat", b"y" * 400) + tail


def heic() -> bytes:
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"x" * 40) + box(b"mdat", b"y" * 90)


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, pages: int = 1, **options: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 200))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def script_in_name_tree(document: pikepdf.Pdf) -> None:
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))


def launch(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def attachment(document: pikepdf.Pdf) -> None:
    document.attachments["a.txt"] = b"hidden"


def opens_address(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid/")


def chained_address(document: pikepdf.Pdf) -> None:
    after = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid/")
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Named, N=pikepdf.Name.NextPage, Next=after)


def link_to_address(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid/"),
    )
    document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([link]))


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # what a hostile client could send; Django's own cleaning must not be the only one
    return file
