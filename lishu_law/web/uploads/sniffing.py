"""What a file really is, by its first bytes; the extension must agree (security.md §8)."""

from __future__ import annotations

from typing import BinaryIO

from lishu_law.web.uploads.tables import CSV, XLSX

JPEG, PNG, HEIC = "image/jpeg", "image/png", "image/heic"
MP4, THREE_GP, QUICKTIME = "video/mp4", "video/3gpp", "video/quicktime"
M4A, WAV, AMR = "audio/mp4", "audio/wav", "audio/amr"
PDF_TYPE = "application/pdf"

TYPE_OF_EXTENSION = {
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "heic": HEIC,
    "heif": HEIC,
    "mp4": MP4,
    "m4v": MP4,
    "3gp": THREE_GP,
    "mov": QUICKTIME,
    "m4a": M4A,
    "wav": WAV,
    "amr": AMR,
    "pdf": PDF_TYPE,
    "xlsx": XLSX,
    "csv": CSV,
}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"}
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
MOST_BOXES = 10_000


def types_by_content(head: bytes) -> frozenset[str]:
    """The content types these first bytes may be; empty when the file is none of those we take."""
    if head.startswith(b"\xff\xd8\xff"):
        return frozenset({JPEG})
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return frozenset({PNG})
    if head.startswith(b"%PDF-"):
        return frozenset({PDF_TYPE})
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return frozenset({WAV})
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return frozenset({AMR})
    if head[4:8] == b"ftyp":
        return _types_of_brands(head)
    return frozenset()


def _types_of_brands(head: bytes) -> frozenset[str]:
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]} | {head[i : i + 4] for i in range(16, end - 3, 4)}
    if head[8:12] in _HEIC_BRANDS or (head[8:12] in (b"mif1", b"msf1") and brands & _HEIC_BRANDS):
        return frozenset({HEIC})
    if head[8:12] in (b"mif1", b"msf1", b"avif", b"avis"):
        return frozenset()
    found = set()
    if head[8:12] == b"qt  ":
        found.add(QUICKTIME)
    if brands & _MP4_BRANDS or any(brand.startswith(b"3gp") for brand in brands):
        found |= {MP4, THREE_GP, M4A}
    if head[8:12] in (b"M4A ", b"M4B "):
        found = {M4A}
    return frozenset(found)


def is_whole_movie(file: BinaryIO, size: int) -> bool:
    """Whether the boxes of an MP4-like file fit into it exactly and hold a movie header: false for a broken upload."""
    position, has_header = 0, False
    for _ in range(MOST_BOXES):
        if position == size:
            return has_header
        file.seek(position)
        head = file.read(16)
        if len(head) < 8:
            return False
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:
            length = size - position
        has_header = has_header or head[4:8] in (b"moov", b"moof", b"meta")
        if length < 8 or position + length > size:
            return False
        position += length
    return False
