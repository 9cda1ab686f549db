"""What the machine must bring that no Python package can: system libraries and fonts."""

from __future__ import annotations

import ctypes

INSTALL = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-babelstone-han"
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
SUBSET = ("libharfbuzz-subset.so.0",)


def missing(libraries: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the libraries that cannot be loaded."""
    return tuple(name for name in libraries if not _loads(name))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
