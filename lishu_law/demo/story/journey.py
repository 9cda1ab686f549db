"""What every part of the story shares: the people's browsers, the clock, the case, and the account of the run."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from lishu_law.demo.people import PASSWORD
from lishu_law.demo.story.browser import Browser
from lishu_law.demo.story.dom import Node
from lishu_law.demo.story.facts import CAST, Business, business
from lishu_law.demo.story.forms import Form, Typed
from lishu_law.demo.story.page import Page, PageError
from lishu_law.law.calendar import DEFAULT_CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = "%Y-%m-%d %H:%M"
PATIENCE = 180.0  # seconds for what the worker does
Found = TypeVar("Found")


@dataclass
class Journey:
    """The run so far. ``say`` prints one line; ``mock_url`` is empty when the exchange's own pages are not asked."""

    base_url: str
    public_url: str
    mock_url: str
    say: Callable[[str], None]
    browsers: dict[str, Browser] = field(default_factory=dict)
    business: Business = field(default_factory=lambda: business(1))
    case_url: str = ""
    label: str = ""
    decision_no: str = ""
    record_url: str = ""
    seconds: list[tuple[str, float]] = field(default_factory=list)
    refusals: int = 0

    @contextmanager
    def stage(self, title: str) -> Iterator[None]:
        """Time a part of the story and print it when it is done."""
        started = time.monotonic()
        self.say(f"▸ {title}")
        yield
        took = time.monotonic() - started
        self.seconds.append((title, took))
        self.say(f"  ✓ {took:.1f} s")

    def note(self, name: str, text: str) -> None:
        self.say(f"    {name}：{text}")

    def person(self, part: str) -> Browser:
        """The browser of somebody of the cast, signed in through the form at first."""
        if part not in self.browsers:
            browser = Browser(self.base_url)
            form = browser.get("/sign-in/").form("登录")
            browser.submit(form.fill({"username": CAST[part], "password": PASSWORD}))
            self.browsers[part] = browser
        return self.browsers[part]

    # the clock

    def now(self) -> datetime:
        """The demo time of the banner, in Shanghai, without zone: as people read it."""
        page = self.person("system_admin").get("/demo/clock/")
        banner = page.dom.find("aside", _class="demo")
        shown = banner.find("time") if banner is not None else None
        if shown is None:
            raise PageError(page, "no demo time in the banner")
        return datetime.fromisoformat(shown.attrs["datetime"]).astimezone(SHANGHAI).replace(tzinfo=None)

    def clock_to(self, moment: datetime) -> datetime:
        """The administrator moves the demo clock; returns the moment."""
        browser = self.person("system_admin")
        form = browser.get("/demo/clock/").form("拨到这个时间")
        browser.submit(form.fill({"to": f"{moment:{MINUTE}}"})).expect("演示时钟已拨到")
        return moment

    def working_day(self, after: date, count: int, hour: int, minute: int = 0) -> datetime:
        """A time of day, ``count`` working days later."""
        day, _derivation = DEFAULT_CALENDAR.add_working_days(after, count)
        return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001  # as typed into a form

    # the case

    def case_page(self, part: str = "lead") -> Page:
        return self.person(part).get(self.case_url)

    def task(self, part: str, title: str) -> Browser:
        """Open a step from the case's task list."""
        browser = self.person(part)
        page = browser.get(self.case_url)
        row = next((n for n in page.dom.with_attribute("data-task") if _title_of(n) == title), None)
        if row is None or row.find("a") is None:
            status = row.text if row is not None else "no such row"
            raise PageError(page, f"“{title}” cannot be opened by {part}: {status}")
        browser.follow(title)
        return browser

    def waiting(self, part: str, title: str) -> Browser:
        """Open what waits on the person's desk for this case."""
        browser = self.person(part)
        page = browser.get("/desk/")
        rows = [row for row in page.dom.find_all("li") if self.label in row.text and title in row.text]
        link = rows[0].find("a") if rows else None
        if link is None:
            raise PageError(page, f"“{title}” of {self.label} is not on the desk")
        browser.get(link.attrs["href"])
        return browser

    def do(self, browser: Browser, button: str, entries: Mapping[str, Typed], done: str) -> Page:
        """Fill the form with this button, press it, and see the act reported as done."""
        page = browser.submit(browser.page.form(button).fill(entries), button)
        if not any(done in message for message in page.messages):
            raise PageError(page, f"the page does not report “{done}”: {page.messages}")
        return page

    def refused(self, browser: Browser, form: Form, button: str, *words: str) -> Page:
        """Press a button that must be refused with these words; nothing in the case may change by it."""
        before = self.traces() if self.case_url else []
        page = browser.submit(form, button, expect=422)
        said = " ".join(page.errors)
        missing = [word for word in words if word not in said]
        if missing:
            raise PageError(page, f"refused, but not with “{'”, “'.join(missing)}”")
        if self.case_url and self.traces() != before:
            raise PageError(page, "a refused act left traces in the case")
        self.refusals += 1
        self.note("已被拒绝", page.errors[0])
        return page

    def traces(self) -> list[str]:
        """Everything an act leaves on the case page and in the timeline: states, documents with numbers, steps."""
        browser = self.person("lead")
        shown = browser.page
        page = browser.get(self.case_url)
        tasks = [f"{n.attrs['data-task']} {n.attrs['data-status']}" for n in page.dom.with_attribute("data-task")]
        documents = [node.text for node in page.dom.with_attribute("data-document")]
        steps = browser.get(f"{self.case_url}timeline/").dom.find_all("tr")
        browser.page = shown
        return [*tasks, *documents, *(row.text for row in steps)]

    def documents(self) -> list[tuple[str, str]]:
        """Title with number, and address, of every document on the case page."""
        return [(node.text, node.attrs["href"]) for node in self.case_page().dom.with_attribute("data-document")]

    def due(self, title: str) -> date:
        """The end of a running limit, from its page 怎么算的."""
        page = self.case_page()
        link = next((url for words, url in page.links() if "怎么算的" in words and title in words), None)
        if link is None:
            raise PageError(page, f"no limit “{title}” runs")
        shown = self.person("lead").get(link)
        match = re.search(r"\d{4}-\d{2}-\d{2}", shown.title)
        if match is None:
            raise PageError(shown, "the heading names no date")
        return date.fromisoformat(match[0])

    def wait_for(self, what: str, look: Callable[[], Found | None]) -> Found:
        """Look again and again until there is something: the worker is at it."""
        ends = time.monotonic() + PATIENCE
        pause = 0.25
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > ends:
                raise TimeoutError(f"after {PATIENCE:.0f} s still waiting for {what}")
            time.sleep(pause)
            pause = min(pause * 1.5, 2.0)


def _title_of(row: Node) -> str:
    name = row.find("span", _class="name") or row.find("span", _class="name locked-name")
    return name.text if name is not None else ""
