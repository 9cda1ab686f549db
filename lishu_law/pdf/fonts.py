"""The faces official documents are drawn with, where their files are, and which of them a PDF may embed.

Fandol (仿宋, 黑体) is no Debian package of its own: its files are looked for in ``settings.FONT_DIR`` and where TeX
Live puts them, and handed to the engine as ``@font-face``. Noto CJK and BabelStone Han are found through fontconfig.
An office with the licensed 仿宋_GB2312 gets that one, because it stands first in the stacks of page.css.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEX_LIVE = "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"

# Family → file that may be given to the engine directly.
FILES = {
    "FandolFang": "FandolFang-Regular.otf",
    "FandolHei": "FandolHei-Regular.otf",
    "BabelStone Han": "BabelStoneHan.ttf",
}
FANG_SONG = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "FandolFang")
RARE = "BabelStone Han"
REQUIRED = ("Noto Serif CJK SC", "Noto Sans CJK SC")

# A PDF that embeds any other family was drawn by accident: some character fell through the stacks of page.css.
EXPECTED = (*FANG_SONG, "SimHei", "FandolHei", *REQUIRED, RARE)


@dataclass(frozen=True)
class FontFile:
    """One face handed to the engine by file; ``asset`` is the only name under which a style sheet can ask for it."""

    family: str
    asset: str
    path: Path


def font_files(font_dir: str) -> tuple[FontFile, ...]:
    """The files found in the configured folder, else in TeX Live's; a family found nowhere is left out."""
    folders = [Path(folder) for folder in (font_dir, TEX_LIVE) if folder]
    found = []
    for family, name in FILES.items():
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is not None:
            found.append(FontFile(family, f"asset:font/{name}", path))
    return tuple(found)


def font_face_css(files: tuple[FontFile, ...]) -> str:
    """The @font-face rules that point at the files."""
    return "\n".join(f"@font-face {{ font-family: '{file.family}'; src: url('{file.asset}') }}" for file in files)


def missing_families(font_dir: str) -> tuple[str, ...]:
    """What a complete machine has and this one lacks: 仿宋 (any of FANG_SONG), Noto, BabelStone Han."""
    by_file = {file.family for file in font_files(font_dir)}
    missing = [family for family in (*REQUIRED, RARE) if family not in by_file and not is_installed(family)]
    if not any(family in by_file or is_installed(family) for family in FANG_SONG):
        missing.insert(0, "FandolFang")
    return tuple(missing)


def is_expected(base_font: str) -> bool:
    """Is a PDF font name (``ABCDEF+Noto-Serif-CJK-SC-Bold``) one of the expected families, in any weight?"""
    name = base_font.partition("+")[2] or base_font
    plain = (family.replace(" ", "-") for family in EXPECTED)
    return any(name == family or name.startswith(f"{family}-") for family in plain)


class _FontSet(ctypes.Structure):
    """FcFontSet of fontconfig.h."""

    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int), ("fonts", ctypes.c_void_p))


@cache
def _fontconfig() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return None
    library.FcPatternCreate.restype = ctypes.c_void_p
    library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcPatternAddString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
    library.FcFontList.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcPatternDestroy.argtypes = (ctypes.c_void_p,)
    library.FcObjectSetDestroy.argtypes = (ctypes.c_void_p,)
    library.FcFontSetDestroy.argtypes = (ctypes.POINTER(_FontSet),)
    return library


def is_installed(family: str) -> bool:
    """Does fontconfig know a font of exactly this family? False when fontconfig itself is missing."""
    library = _fontconfig()
    if library is None:
        return False
    pattern, objects = library.FcPatternCreate(), library.FcObjectSetCreate()
    library.FcPatternAddString(pattern, b"family", family.encode())
    fonts = library.FcFontList(None, pattern, objects)
    count = int(fonts.contents.nfont) if fonts else 0
    if fonts:
        library.FcFontSetDestroy(fonts)
    library.FcObjectSetDestroy(objects)
    library.FcPatternDestroy(pattern)
    return count > 0
