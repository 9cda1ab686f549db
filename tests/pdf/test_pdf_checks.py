"""The start-up check tells an administrator what printing needs, and never stops the site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lishu_law.pdf import fonts, machine
from lishu_law.pdf.checks import machine_can_print

ROOT = Path(__file__).resolve().parents[2]


def test_missing_libraries_are_found() -> None:
    assert machine.missing(("libnosuch-of-lishu.so.0", "libc.so.6")) == ("libnosuch-of-lishu.so.0",)


def test_only_warnings_so_that_commands_still_run() -> None:
    assert all(not message.is_serious() or message.level < 40 for message in machine_can_print(None))


def test_a_machine_without_fonts_is_told_each_package(tmp_path: Path) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    code = (
        "import django; django.setup(); from lishu_law.pdf import fonts; fonts.TEX_LIVE = '';"
        "from lishu_law.pdf.checks import machine_can_print; print(*sorted(m.id for m in machine_can_print(None)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
        env={
            **os.environ, "DJANGO_SETTINGS_MODULE": "lishu_law.settings", "FONTCONFIG_FILE": str(empty),
            "LISHU_FONT_DIR": str(tmp_path),
        },
    )  # fmt: skip
    assert {"pdf.W003", "pdf.W004", "pdf.W005"} <= set(done.stdout.split())


@pytest.mark.parametrize("family", ["No Such Family Of Lishu", "Noto Serif CJK"])
def test_a_family_is_installed_only_under_its_full_name(family: str) -> None:
    assert not fonts.is_installed(family)


def test_a_font_folder_is_looked_into_first(tmp_path: Path) -> None:
    (tmp_path / "FandolFang-Regular.otf").touch()
    found = {file.family: file for file in fonts.font_files(str(tmp_path))}
    assert found["FandolFang"].path == tmp_path / "FandolFang-Regular.otf"
    assert "asset:font/FandolFang-Regular.otf" in fonts.font_face_css(tuple(found.values()))
    assert "FandolFang" not in fonts.missing_families(str(tmp_path))
