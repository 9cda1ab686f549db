"""What is checked on every finished PDF before anybody gets it (security.md §9, stack.md): it is self-contained,
every font is embedded, expected and able to say its text, no glyph is missing, nothing is attached or linked."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator

import pikepdf

from lishu_law.pdf import fonts
from lishu_law.pdf.errors import PdfError

FACE_BEGINS = 4_096
FULL_WIDTH = 0x2000  # signs from here on are as wide as they are high in the faces we use
GAP = 2.0  # heights of a sign between two lines of one text at most
FULL_LINE = 0.75  # of the widest line: a shorter one ends its paragraph
_MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def examine(content: bytes, *, must_contain: tuple[str, ...] = (), variant: str = "") -> int:
    """The number of pages. Raises ``PdfError`` when the file is not what an official document must be."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _is_self_contained(pdf, variant)
        maps = {str(name): _text_map(font) for name, font in _fonts(pdf)}
        if missing := _not_found(must_contain, (_text(page, maps) for page in pdf.pages)):
            raise PdfError(f"生成的文书里找不到“{missing}”，没有保存。请联系系统管理员。")
        return len(pdf.pages)


def _not_found(wanted: tuple[str, ...], pages: Iterator[str]) -> str:
    """The first of the texts that stands nowhere; pages are read until all are found."""
    found, left = "", list(wanted)
    while left:
        page = next(pages, None)
        if page is None:
            return left[0]
        found += _squeezed(page)
        left = [text for text in left if _squeezed(text) not in found]
    return ""


def text_of(content: bytes) -> str:
    """The text layer, page after page, in drawing order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        maps = {str(name): _text_map(font) for name, font in _fonts(pdf)}
        return "\f".join(_text(page, maps) for page in pdf.pages)


def pages_of(content: bytes) -> list[str]:
    """The text of each page for reading on a screen: what stands on one line of the page is joined, and a line that
    fills the page's width goes on in the next, unless a gap follows: the foot of the page is no part of its last line."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        maps = {str(name): _text_map(font) for name, font in _fonts(pdf)}
        return [_flowing(_rows(page, maps)) for page in pdf.pages]


def _rows(page: pikepdf.Page, maps: dict[str, dict[int, str]]) -> list[str]:
    """The lines of a page in drawing order, an empty one for a gap; runs at the same height belong together."""
    rows: list[str] = []
    current: dict[int, str] = {}
    size, height, ends = 0.0, 0.0, 0.0  # of a sign; where the last run stands, and about where it ends
    place: tuple[float, float] | None = None  # of a run that begins
    for step in pikepdf.parse_content_stream(page, "Tf TJ Tj Tm"):
        if not isinstance(step, pikepdf.ContentStreamInstruction):
            continue
        first, operator = step.operands[0], str(step.operator)
        if operator == "Tf":
            current, size = maps.get(str(first), {}), float(step.operands[1])
        elif operator == "Tm":
            place = float(step.operands[4]), float(step.operands[5])
        elif place or rows:
            if place:
                rows = _begun(rows, place, size, height, ends)
                ends, height = place
                place = None
            items = first if isinstance(first, pikepdf.Array) else [first]
            shown = "".join(_shown(bytes(item), current) for item in items if isinstance(item, pikepdf.String))
            rows[-1], ends = rows[-1] + shown, ends + _width(shown) * size
    return [row.strip() for row in rows]


def _begun(rows: list[str], place: tuple[float, float], size: float, height: float, ends: float) -> list[str]:
    """The lines with what a run at ``place`` begins: a line of its own, behind a gap or not, or room on the last one."""
    x, y = place
    if rows and abs(y - height) <= 1:
        return [*rows[:-1], rows[-1] + "　"] if x > ends + size else rows
    is_apart = bool(rows) and abs(y - height) > GAP * size
    return [*rows, "", ""] if is_apart else [*rows, ""]


def _flowing(rows: list[str]) -> str:
    widest = max((_width(_squeezed(row)) for row in rows), default=0)
    parts: list[str] = []
    is_full = False
    for row in rows:
        if is_full and row:
            parts[-1] += row
        elif row:
            parts.append(row)
        is_full = bool(row) and _width(_squeezed(row)) >= widest * FULL_LINE
    return "\n".join(parts)


def _width(row: str) -> float:
    """How wide a text is in signs of full width: figures and Latin letters take half of one."""
    return sum(0.5 if ord(sign) < FULL_WIDTH else 1 for sign in row)


def _squeezed(text: str) -> str:
    """Without white space: lines break anywhere in Chinese text."""
    return re.sub(r"\s", "", text)


def _is_self_contained(pdf: pikepdf.Pdf, variant: str) -> None:
    root = pdf.Root
    if "/EmbeddedFiles" in root.get("/Names", {}) or "/AF" in root or "/OpenAction" in root or "/AA" in root:
        raise PdfError("文书里夹带了附件或者动作，没有保存。请联系系统管理员。")
    if any("/Annots" in page for page in pdf.pages):
        raise PdfError("文书里夹带了链接或者批注，没有保存。请联系系统管理员。")
    if not variant.startswith("pdf/a"):
        return
    has_intent = any("/DestOutputProfile" in intent for intent in root.get("/OutputIntents", []))
    marked = "/Metadata" in root and f'pdfaid:part="{variant[6]}"'.encode() in root.Metadata.read_bytes()
    if not (has_intent and marked and "/ID" in pdf.trailer):
        raise PdfError("文书不符合长期保存格式，没有保存。请联系系统管理员。")


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """The fonts by resource name; the engine writes one shared dictionary for all pages."""
    seen = set()
    for page in pdf.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            if name not in seen:
                seen.add(name)
                yield name, font


def _text_map(font: pikepdf.Object) -> dict[int, str]:
    """Glyph → text of one font, after making sure that it is embedded, expected and complete."""
    name = str(font.get("/BaseFont", ""))
    if "/ToUnicode" not in font or "/DescendantFonts" not in font:
        raise PdfError(f"字体 {name} 没有完整嵌入，文书没有保存。请联系系统管理员。")
    mappings = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
    found = {int(glyph, 16): _utf16(text) for glyph, text in _MAPPING.findall(mappings)}
    if not fonts.is_expected(name):
        characters = "".join(sorted(set("".join(found.values()))))[:10]
        raise PdfError(f"“{characters}”要用名单以外的字体 {name} 才能打印，文书没有保存。请核对用字。")
    descriptor = font.DescendantFonts[0].FontDescriptor
    embedded = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
    if embedded is None:
        raise PdfError(f"字体 {name} 没有嵌入，文书没有保存。请联系系统管理员。")
    glyphs = _glyph_count(_beginning(embedded)) or _glyph_count(embedded.read_bytes())
    missing = "".join(sorted({text for glyph, text in found.items() if glyph == 0 or glyph >= glyphs}))
    if missing:
        raise PdfError(f"字体 {name} 里没有“{missing[:10]}”，文书没有保存。请核对用字。")
    return found


def _beginning(stream: pikepdf.Object) -> bytes:
    """The first bytes of a stream: the small tables of a face stand there, and the whole of it is half a megabyte."""
    if stream.get("/Filter") == "/FlateDecode":
        return zlib.decompressobj().decompress(stream.read_raw_bytes(), FACE_BEGINS)
    return bytes(stream.read_bytes()[:FACE_BEGINS])


def _glyph_count(face: bytes) -> int:
    """numGlyphs of an OpenType file: entry ``maxp`` of its table directory. 0 when it does not stand in ``face``."""
    (tables,) = struct.unpack_from(">H", face, 4)
    for position in range(12, min(12 + 16 * tables, len(face) - 15), 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", face, position)
        if tag == b"maxp" and offset + 6 <= len(face):
            return int(struct.unpack_from(">H", face, offset + 4)[0])
    return 0


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode("ascii")).decode("utf-16-be", errors="replace")


def _text(page: pikepdf.Page, maps: dict[str, dict[int, str]]) -> str:
    parts: list[str] = []
    current: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page, "Tf TJ Tj Tm"):
        if not isinstance(step, pikepdf.ContentStreamInstruction):
            continue
        first, operator = step.operands[0], str(step.operator)
        if operator == "Tf":
            current = maps.get(str(first), {})
        elif operator == "Tm":
            parts.append("\n")
        else:
            items = first if isinstance(first, pikepdf.Array) else [first]
            parts.extend(_shown(bytes(item), current) for item in items if isinstance(item, pikepdf.String))
    return "".join(parts)


def _shown(glyphs: bytes, current: dict[int, str]) -> str:
    return "".join(current.get(int.from_bytes(glyphs[i : i + 2], "big"), "") for i in range(0, len(glyphs), 2))
