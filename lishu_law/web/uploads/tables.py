"""Tables for the imports: a spreadsheet without macros that does not blow up when unpacked, or plain text (security.md §8)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lishu_law.registry.identity import InvalidValue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MOST_PARTS = 10_000
MOST_UNPACKED = 1024**3
MOST_RATIO = 100
SMALL = 1024**2  # a part of less than a megabyte may be as repetitive as it likes


def check_table(path: Path, content_type: str) -> None:
    """Raise ``InvalidValue`` unless the file is what its name says and safe to open."""
    if content_type == CSV:
        _check_text(path)
    else:
        _check_workbook(path)


def _check_text(path: Path) -> None:
    with open(path, "rb") as file:
        head = file.read(64 * 1024)
    if b"\x00" in head or head.startswith((b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")):
        raise InvalidValue("file.type", "这个文件不是文本的 CSV。请在表格软件里另存为 CSV 或者 XLSX 后再传。")


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InvalidValue("file.broken", "表格打不开，可能没有传完或已经损坏。请重新另存为 XLSX 后再传。") from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise InvalidValue("file.type", "这个文件不是 XLSX 表格。请在表格软件里另存为 XLSX 后再传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise InvalidValue("file.active", "这个表格里带有宏，不能收。请另存为不带宏的 XLSX 后再传。")
    if any(part.flag_bits & 1 for part in parts):
        raise InvalidValue("file.locked", "这个表格加了密码。请去掉密码后再传。")
    total = sum(part.file_size for part in parts)
    swollen = any(p.file_size > SMALL and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED or swollen:
        raise InvalidValue("file.pages", "这个表格展开后过大。请删掉多余的工作表和空行后再传。")
