"""Start-up checks: what is missing for printing, and what to type. Warnings only, because the site works without."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

from lishu_law.pdf import fonts, machine


def machine_can_print(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Pango, the HarfBuzz subsetter and the faces of page.css."""
    found: list[CheckMessage] = []
    if absent := machine.missing(machine.PANGO):
        found.append(
            CheckWarning(
                f"PDF documents cannot be made: {', '.join(absent)} missing.", hint=machine.INSTALL, id="pdf.W001"
            )
        )
    if machine.missing(machine.SUBSET):
        found.append(
            CheckWarning(
                "libharfbuzz-subset0 is missing: every document takes about 5 s instead of 0.2 s.",
                hint=machine.INSTALL, id="pdf.W002",
            )
        )  # fmt: skip
    found.extend(_font_warning(family) for family in fonts.missing_families(settings.FONT_DIR))
    return found


def _font_warning(family: str) -> CheckMessage:
    if family == "FandolFang":
        return CheckWarning(
            "No 仿宋 face found: documents are set in Noto Serif CJK SC instead.",
            hint="Put FandolFang-Regular.otf (Debian: texlive-lang-chinese) into a folder named by LISHU_FONT_DIR.",
            id="pdf.W003",
        )
    if family == fonts.RARE:
        return CheckWarning(
            "BabelStone Han is missing: documents with rare name characters will be refused.",
            hint="apt-get install -y fonts-babelstone-han", id="pdf.W004",
        )  # fmt: skip
    return CheckWarning(f"{family} is missing: documents will be refused.", hint=machine.INSTALL, id="pdf.W005")
