"""The QR decoder: installed once by its lock file, and never a reason not to start."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lishu_law.launch import decoder
from lishu_law.launch.home import Home

ROOT = Path(__file__).parents[2]
NPM = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
exit {code}
"""


def home_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int | None) -> Home:
    """A home, and an npm that only notes how it was called; ``None``: there is none."""
    tools = tmp_path / "tools"
    tools.mkdir()
    if code is not None:
        npm = tools / "npm"
        npm.write_text(NPM.format(code=code))
        npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tools}:/bin:/usr/bin" if code is not None else str(tools))
    home = Home(ROOT, tmp_path / "home").create()
    (home.folder / "logs").mkdir()
    return home


def test_it_is_installed_once_by_its_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_with(tmp_path, monkeypatch, 0)
    decoder.prepare(home)
    decoder.prepare(home)
    calls = (tmp_path / "tools" / "calls").read_text().splitlines()
    assert len(calls) == 1
    assert calls[0].startswith("ci --ignore-scripts")
    assert (home.folder / "browser" / "package-lock.json").exists()


@pytest.mark.parametrize("code", [1, None])
def test_without_npm_or_network_the_site_starts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int | None
) -> None:
    home = home_with(tmp_path, monkeypatch, code)
    decoder.prepare(home)
    assert "没有扫码组件" in capsys.readouterr().err
    assert not (home.folder / "browser" / ".installed").exists()
