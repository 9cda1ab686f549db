"""A volume exported through the screens, moved to an empty folder, opened offline in Chromium, verified; one changed
byte is named."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cases.dossier import building
from cases.models import VolumeBuild
from tests.browser.walk import Player, Screens, go
from tests.cases.dossier.volume_scenes import file_of
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def verified(folder: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", str(folder / "verify_volume.py")], capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize(("width", "script"), [(360, False), (1366, True)])
def test_exported_moved_opened_offline_and_verified(
    open_page: Callable[..., Page], chromium: Browser, keep_screenshot: Callable[..., None], settings: Any,
    tmp_path: Path, width: int, script: bool,
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path / "media"
    walk = file_of(make_cast(), "decision_served")
    screens = Screens(width, script, keep_screenshot)
    player = Player(open_page(width=width, script=script), screens)
    page = player.page
    player.sign_in("lead")
    page.goto(f"/cases/{walk.case.clue_no}/")
    go(page.get_by_role("link", name="案卷预览和导出"))
    screens.look(page, "volume-none")
    go(page.get_by_role("link", name="成卷", exact=True))
    page.get_by_label("用途").select_option(label="案卷评查")
    page.get_by_label("同时装订副卷").check()
    screens.look(page, "volume-make")
    go(page.get_by_role("button", name="开始成卷"))
    expect(page.get_by_text("排队第 1 位")).to_be_visible()
    screens.look(page, "volume-waiting")
    building.work(VolumeBuild.objects.get().pk)
    expect(
        page.get_by_role("button", name="下载数据包")
    ).to_be_visible()  # the page follows by itself, without a script too
    screens.look(page, "volume-done")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载数据包").click()
    archive = tmp_path / "moved.zip"
    download.value.save_as(archive)
    folder = tmp_path / "empty folder"
    zipfile.ZipFile(archive).extractall(folder)
    assert verified(folder)[0] == 0
    _opened_offline(chromium, keep_screenshot, folder, width, script)
    assert screens.faults() == {}
    photo = next((folder / "evidence").glob("*.jpg"))
    content = photo.read_bytes()
    photo.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    code, said = verified(folder)
    assert code == 1
    assert f"✗ 被改动（摘要不符）：evidence/{photo.name}" in said


def _opened_offline(
    chromium: Browser, keep_screenshot: Callable[..., None], folder: Path, width: int, script: bool
) -> None:
    """No network at all: every request that is not a file of the folder is noted, and there is none."""
    context = chromium.new_context(offline=True, java_script_enabled=script, viewport={"width": width, "height": 768})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto((folder / "index.html").as_uri())
        expect(page.get_by_role("heading", level=1)).to_contain_text("案卷")
        keep_screenshot(page, f"volume-index-{width}")
        if script:
            assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        links = [one.get_attribute("href") or "" for one in page.locator("a").all()]
        assert len(links) > 20
        assert all((folder / link.partition("#")[0]).is_file() for link in links)
        for name, heading in (("办案经过", "办案经过"), ("适用的法律", "适用的法律")):
            page.get_by_role("link", name=name).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
            keep_screenshot(page, f"volume-{'timeline' if name == '办案经过' else 'law'}-{width}")
        assert asked
        assert all(url.startswith(folder.as_uri()) for url in asked)
    finally:
        context.close()
