"""Photos: opened with explicit formats only, measured before unpacking, unpacked once to see that they are whole."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image

from lishu_law.registry.identity import InvalidValue
from lishu_law.web.uploads.sniffing import JPEG, PNG

MOST_PIXELS = 40_000_000
LONGEST_EDGE = 12_000
FORMATS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",)}
# Everything Pillow raises on broken input; its warnings are raised too (a bomb warning is one).
BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error, zlib.error, Warning)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class Photo:
    """Size in pixels and what the photo says of its origin (unverified)."""

    width: int
    height: int
    taken: str = ""
    position: str = ""


@contextmanager
def opened(path: Path, content_type: str) -> Iterator[Image.Image]:
    """The image, with warnings as errors and no format tried but the expected one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(path, formats=FORMATS[content_type]) as image:
            yield image


def check_photo(path: Path, content_type: str) -> Photo:
    """Measure and unpack the photo; ``InvalidValue`` when it is too large or broken."""
    try:
        with opened(path, content_type) as image:
            width, height = image.size
            _check_measures(width, height)
            image.verify()
        with opened(path, content_type) as image:
            image.load()
    except Image.DecompressionBombError:
        raise _too_large() from None
    except Image.DecompressionBombWarning:
        raise _too_large() from None
    except InvalidValue:
        raise
    except BROKEN:
        raise InvalidValue("file.broken", "照片打不开，可能没有传完或已经损坏。请重新拍摄或另选一张。") from None
    taken, position = _origin(path, content_type)
    return Photo(width, height, taken, position)


def _check_measures(width: int, height: int) -> None:
    if width > LONGEST_EDGE or height > LONGEST_EDGE or width * height > MOST_PIXELS:
        raise _too_large(f"（{width}×{height}）")


def _too_large(measures: str = "") -> InvalidValue:
    return InvalidValue("file.pixels", f"照片尺寸太大{measures}，最多 4000 万像素、边长 12000。请直接拍摄上传。")


def _origin(path: Path, content_type: str) -> tuple[str, str]:
    """Time and position out of the photo's own data; empty where missing or nonsense."""
    try:
        with opened(path, content_type) as image:
            exif = image.getexif()
            taken = str(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, ""))
            gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
            position = _position(gps)
    except BROKEN:
        return "", ""
    match = re.fullmatch(r"([0-9]{4}):([0-9]{2}):([0-9]{2}) ([0-9:]{8})", taken)
    return (f"{match[1]}-{match[2]}-{match[3]} {match[4]}" if match else ""), position


def _position(gps: dict[int, object]) -> str:
    degrees = []
    for value_tag, side_tag, negative, most in (
        (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90),
        (ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180),
    ):
        value = gps.get(value_tag)
        if not isinstance(value, tuple) or len(value) != 3:
            return ""
        angle = float(value[0]) + float(value[1]) / 60 + float(value[2]) / 3600
        if not 0 <= angle <= most:
            return ""
        degrees.append(-angle if gps.get(side_tag) == negative else angle)
    return f"{degrees[0]:.6f},{degrees[1]:.6f}"
