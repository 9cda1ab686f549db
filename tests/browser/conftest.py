"""A real Chromium of the machine. Without one the browser tests are skipped, saying so; never in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Playwright's own loop runs in this thread; the test's database calls are ordinary ones all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# How long to wait for what must come, not how fast it has to be: two browsers may share two busy processors.
expect.set_options(timeout=20_000)

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


# The headless shell draws pages only, not a whole window around them: a third less work for the same pages.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; install the package chromium-headless-shell.")
        pytest.skip("no Chromium on this machine (package chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """``open_page(width=360, cookies={"big": "1"}, script=False)``: a fresh page that fails on console errors."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def make(width: int = 1366, cookies: dict[str, str] | None = None, script: bool = True) -> Page:
        size = {"width": width, "height": 768 if width > 600 else 740}
        context = chromium.new_context(
            base_url=live_server.url, viewport=size, java_script_enabled=script, locale="zh-CN", service_workers="block"
        )
        contexts.append(context)
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in (cookies or {}).items()])
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")
        context.set_offline(
            True
        )  # leaving a page saves its draft; nothing may reach the server while tables are emptied
        context.close()
    assert problems == []


@pytest.fixture
def keep_screenshot() -> Callable[[Page, str], None]:
    """Saves a full-page picture into the folder LISHU_SCREENSHOTS, if that is set."""
    folder = os.environ.get("LISHU_SCREENSHOTS", "")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)

    return keep
