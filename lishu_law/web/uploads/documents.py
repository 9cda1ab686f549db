"""PDF files: opened and searched for anything that acts by itself, hides other files or is locked (security.md §8)."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from lishu_law.registry.identity import InvalidValue

MOST_PAGES = 500
MOST_OBJECTS = 200_000
DEEPEST = 30
_ACTIVE_KEYS = {
    "/JS": "脚本",
    "/JavaScript": "脚本",
    "/Launch": "启动程序的命令",
    "/EmbeddedFile": "附件",
    "/EmbeddedFiles": "附件",
    "/EF": "附件",
    "/RichMedia": "多媒体附件",
}
_ACTIVE_NAMES = {
    "/JavaScript": "脚本",
    "/Launch": "启动程序的命令",
    "/EmbeddedFile": "附件",
    "/ImportData": "导入数据的命令",
    "/RichMedia": "多媒体附件",
}


def check_pdf(path: Path) -> int:
    """The number of pages; ``InvalidValue`` when the file is locked, active, broken or has more than 500 pages."""
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            _check_active(pdf)
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise _locked() from None
    except InvalidValue:
        raise
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, LookupError, RuntimeError, OSError):
        raise InvalidValue("file.broken", "PDF 打不开，可能没有传完或已经损坏。请重新导出后再传。") from None
    if pages < 1:
        raise InvalidValue("file.broken", "这个 PDF 里没有页面。请重新导出后再传。")
    if pages > MOST_PAGES:
        raise InvalidValue("file.pages", f"PDF 有 {pages} 页，最多 {MOST_PAGES} 页。请分成几个文件上传。")
    return pages


def _locked() -> InvalidValue:
    return InvalidValue("file.locked", "这个 PDF 加了密码或权限保护。请去掉保护后再传。")


def _check_active(pdf: pikepdf.Pdf) -> None:
    opening = pdf.Root.get("/OpenAction")
    for _ in range(DEEPEST):
        if not isinstance(opening, pikepdf.Dictionary):
            break
        if opening.get("/S") == "/URI":
            raise _active("打开时自动访问网址的命令")
        opening = opening.get("/Next")
    for count, thing in enumerate(pdf.objects):
        if count > MOST_OBJECTS:
            raise InvalidValue("file.pages", "这个 PDF 内容过于复杂。请打印成新的 PDF 后再传。")
        found = _found_in(thing, 0)
        if found:
            raise _active(found)


def _active(what: str) -> InvalidValue:
    return InvalidValue("file.active", f"这个 PDF 里带有{what}，不能收。请打印成新的 PDF 后再传。")


def _found_in(thing: pikepdf.Object, depth: int) -> str:
    """The first active part in this object and what is written directly inside it (indirect parts come themselves)."""
    if depth > DEEPEST:
        return "过深的嵌套"
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in thing.items():
            if key in _ACTIVE_KEYS:
                return _ACTIVE_KEYS[key]
            if key in ("/S", "/Type", "/Subtype") and str(value) in _ACTIVE_NAMES:
                return _ACTIVE_NAMES[str(value)]
            found = _found_inside(value, depth)
            if found:
                return found
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            found = _found_inside(value, depth)
            if found:
                return found
    return ""


def _found_inside(value: object, depth: int) -> str:
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
        return _found_in(value, depth + 1)
    return ""
