"""A phone at the roadside with the real service worker: opened, cut off, killed, opened again on the same storage."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from inspections.models import PatrolShift
from lishu_law import clock
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.cast import PASSWORD

SIZE = {"width": 360, "height": 740}
SEND = "**/m/queue/send/"


def abort(route: Route) -> None:
    """The network ends on the way to the server."""
    route.abort()


def lose_answer(route: Route) -> None:
    """The server did it; the phone never hears of it."""
    route.fetch()
    route.abort()


@dataclass
class FieldPhone:
    """One browser with one storage. ``folder``: kept on disk, so that the whole browser may be killed."""

    browser: Browser
    url: str
    folder: Path | None = None
    was_killed: bool = False
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        options: dict[str, Any] = {
            "base_url": self.url,
            "viewport": SIZE,
            "locale": "zh-CN",
            "service_workers": "allow",
            "has_touch": True,
        }
        if self.folder is None:
            self.context = self.browser.new_context(**options)
            self.page = self.context.new_page()
            return
        self.context = self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=CHROMIUM, args=ARGUMENTS, **options
        )
        self.page = self.context.pages[0]

    def sign_in(self, username: str = "lead") -> None:
        self.page.goto("/sign-in/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("口令", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()

    def prepare(self, *pages: str) -> None:
        """Before going out: open the field pages once with network, so that worker, pages and key are there."""
        self.page.goto("/m/")
        for path in (*pages, "/m/queue/"):
            self._until(KEEPS_PAGE, path)
        self._until(HAS_KEY)

    def _until(self, question: str, *argument: str) -> None:
        """Ask the page until it says yes; a promise alone would already count as one."""
        for _try in range(200):
            if self.page.evaluate(question, *argument):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(question)

    def open_form(self, path: str) -> None:
        self._open(path)
        expect(self.page.locator("form[data-queue][data-held]")).to_be_visible()  # the queue has taken it over

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()

    def press_and_wait(self, button: str, count: int = 1) -> None:
        """Press the button and wait until the page says that the form is stored on the phone."""
        self.press(button)
        try:
            expect(self.page.locator("[data-item]")).to_have_count(count)
        except AssertionError as error:
            raise AssertionError(f"{self.page.url}: {self.page.evaluate(STANDS)}") from error

    def offline(self, is_off: bool = True) -> None:
        self.context.set_offline(is_off)

    def expect_on_phone(self, state: str, count: int = 1) -> None:
        """The list on the phone, as its page shows it."""
        self.page.goto("/m/queue/")
        expect(self.page.locator(f"[data-item][data-state={state}]")).to_have_count(count)

    def kill(self) -> None:
        """End the whole browser as a dead battery would, without a word to the page."""
        assert self.folder is not None
        self.was_killed = True
        for pid in _processes_of(self.folder):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Exception):
            self.context.close()
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.folder / name).unlink(missing_ok=True)

    def restart(self, *, offline: bool = False) -> None:
        """Started again after the kill, where there is no network or where it is back."""
        self.kill()
        self.start()
        if offline:
            self.offline()
            self._open("/m/queue/")
        else:
            self.come_online()

    def _open(self, path: str) -> None:
        """After a kill the browser may send an address past its worker, which is only waking; one loads it again.

        Now and then Chromium has lost the worker's registration with its life. Then nothing opens without network, and
        the officer goes on where there is some; what was stored is stored, as the end of each walk shows.
        """
        if not self.was_killed:
            self.page.goto(path)
            return
        for _try in range(20):
            with suppress(Error):
                self.page.goto(path)
                return
            self.page.wait_for_timeout(250)
        self.come_online()
        expect(self.page.locator("[data-item][data-state=waiting]")).to_have_count(0)  # what was stored goes first
        self.page.goto(path)

    def come_online(self) -> None:
        """The network is back; after a kill the cookie of the session may not have reached the disk."""
        self.offline(False)
        self.page.goto("/m/queue/")
        if "/sign-in/" in self.page.url:
            self.sign_in()

    def reopen_page(self) -> None:
        """The page is closed and another one opened; the browser goes on."""
        self.page.close()
        self.page = self.context.new_page()

    def close(self) -> None:
        with suppress(Exception):
            self.context.set_offline(True)
            self.context.close()


@dataclass
class StopPhone(FieldPhone):
    """A phone on patrol."""

    shift: PatrolShift = field(kw_only=True)

    @property
    def form_path(self) -> str:
        return f"/m/shift/{self.shift.shift_no}/check/"

    def type_stop(self, plate: str = "吉C12345") -> None:
        page = self.page
        page.locator("[name=stop_reason]").select_option("seen")
        page.locator("[name=plate]").fill(plate)
        page.locator("[name=matter]").select_option(index=1)
        page.locator("[name=result][value=none]").check()
        page.locator("[name=second_officer]").select_option(index=1)
        page.locator("[name=at]").fill(f"{clock.local(clock.now()) - timedelta(minutes=1):%Y-%m-%d %H:%M}")

    def attach(self, picture: dict[str, Any]) -> None:
        self.page.locator("[name=photos]").set_input_files(picture)

    def submit(self) -> None:
        self.press("保存检查记录")

    def submit_and_wait(self, count: int = 1) -> None:
        self.press_and_wait("保存检查记录", count)


# What a form that was not stored looks like: what it says, what the browser itself would not send, who holds it.
STANDS = """() => {
  const form = document.querySelector("form[data-queue]");
  const said = Array.from(document.querySelectorAll("[data-queue-status], #queue-problems"), (one) => one.textContent);
  const invalid = form ? Array.from(form.querySelectorAll(":invalid"), (one) => one.name) : null;
  return JSON.stringify({ said, invalid, data: form && { ...form.dataset }, state: document.readyState, at: document.activeElement.outerHTML.slice(0, 120) });
}"""
KEEPS_PAGE = """async (path) => (await caches.has("field-pages"))
  && Boolean(navigator.serviceWorker.controller)
  && Boolean(await (await caches.open("field-pages")).match(location.origin + path))"""
HAS_KEY = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("lishu-field");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  if (!database || !database.objectStoreNames.contains("keys")) { if (database) database.close(); return false; }
  const found = await new Promise((resolve) => {
    const request = database.transaction("keys").objectStore("keys").get("sign");
    request.onsuccess = () => resolve(Boolean(request.result));
  });
  database.close();
  return found;
}"""


def _processes_of(folder: Path) -> list[int]:
    """The browser's own processes: those started with this storage."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            if f"--user-data-dir={folder}" in (entry / "cmdline").read_text(errors="replace"):
                found.append(int(entry.name))
    return found
