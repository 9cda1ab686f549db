"""The public register as files: list, records, notices, benchmark, data and styles, read from a disk without a server.

The export is made beside the old one and takes its place in one step, so that what is withdrawn is gone from it and
nobody ever reads half of one. It is a copy of one moment and says so on every page.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from cases.api import public_items
from disclosure.portal import inside
from disclosure.portal.flows import charts
from disclosure.portal.open_data import described, gone
from disclosure.portal.static_site.links import rewritten
from disclosure.portal.static_site.swapping import swap
from disclosure.queries.search import on_show
from lishu_law import clock
from lishu_law.addresses import below_prefix
from lishu_law.errors import Refusal, Refused

MARK = ".lishu-export.json"
_NEXT = re.compile(r'rel="next" href="([^"]+)"')
_IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
PLAIN = ("public-data", "public-procedures", "public-objections")  # without others below them, but for the procedures
FILES = (
    "open-csv", "open-csv-metadata", "open-atom", "open-rss", "open-header", "open-fields", "open-catalog",
    "open-tombstones", "open-manifest", "open-api", "open-sitemap",
)  # fmt: skip


def export(target: Path) -> int:
    """Write the site to ``target``; how many pages. Raises ``Refused`` for a folder with something else in it."""
    target = target.absolute()
    _check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh.chmod(0o755)
        count = Export(fresh, clock.today()).write()
        swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # what the exchange put there is the old one
    return count


def _plain() -> list[str]:
    """Pages that are written as they are, with the page of each procedure."""
    return [*(reverse(name) for name in PLAIN), *(reverse("public-procedure", args=[one.code]) for one in charts())]


def _check(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Refused([Refusal("export.place", f"{target} 不是文件夹，没有导出。请换一个文件夹。")])
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        words = f"{target} 里有别的文件，没有导出。请换一个空的文件夹，或者先把里面的东西移走。"
        raise Refused([Refusal("export.place", words)])


@dataclass
class Export:
    """One run. ``files`` maps an address of ours to the file it was given."""

    root: Path
    today: date
    files: dict[str, str] = field(default_factory=dict)
    styles: set[str] = field(default_factory=set)
    pages: int = 0

    def write(self) -> int:
        """Everything; the mark comes last: a folder without it is no whole export."""
        records = list(on_show(self.today).values_list("public_id", flat=True))
        over = list(gone.gone(self.today).values_list("public_id", flat=True))
        self._name_files(records, over)
        self._page(reverse("home"))
        self._list()
        for public_id in (*records, *over):
            self._page(reverse("public-record", args=[public_id]))
        plain = _plain()
        for address in list(self.files):
            if address.startswith(reverse("public-benchmarks")) or address in plain:
                self._page(address)
            elif not self.files[address].endswith(".html"):
                self._write(self.files[address], inside.pieces(inside.ask(address)))
        self._copy_styles()
        said = {"made_at": clock.local(clock.now()).isoformat(timespec="seconds"), "pages": self.pages}
        self._write(MARK, [json.dumps(said).encode()])
        return self.pages

    def _name_files(self, records: list[str], over: list[str]) -> None:
        items = public_items(self.today, "")[1]
        benchmark = [reverse("public-benchmark", args=[item.code]) for item in items]
        pages = [*_plain(), *(reverse(name) for name in ("home", "penalty-list", "public-benchmarks"))]
        pages += [*benchmark, *(reverse("public-record", args=[one]) for one in (*records, *over))]
        self.files |= {address: f"{_place(address)}index.html" for address in pages}
        files = [reverse(name) for name in FILES]
        files += [reverse("public-record-json", args=[one]) for one in (*records, *over)]
        files += [reverse("open-linked", args=[one]) for one in records]
        files += [
            reverse("open-year", args=[year, kind])
            for year in described.years(self.today)
            for kind in described.FORMATS
        ]
        self.files |= {address: _place(address) for address in files}

    def _list(self) -> None:
        """Page after page; each names the next one before it is written."""
        address, number = reverse("penalty-list"), 1
        while address:
            html = self._html(address)
            match, following = _NEXT.search(html), ""
            if match:
                number += 1
                following = urljoin(address, unescape(match[1]))
                self.files[following] = f"penalties/page-{number}.html"
            self._put(address, html)
            address = following

    def _page(self, address: str) -> None:
        self._put(address, self._html(address))

    def _html(self, address: str) -> str:
        return b"".join(inside.pieces(inside.ask(address))).decode()

    def _put(self, address: str, html: str) -> None:
        file = self.files[address]
        site = settings.PUBLIC_BASE_URL
        moment = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"
        note = f'<p class="notice info">本页是 {moment} 导出的副本。最新的公示见 <a href="{site}/">{site}</a>。</p>'
        host = site.removesuffix(settings.PREFIX)  # an address of ours begins with the prefix itself
        moved = rewritten(html, address=address, file=file, find=self._found, site=host, note=note)
        self._write(file, [moved.encode()])
        self.pages += 1

    def _found(self, address: str) -> str | None:
        prefix = settings.STATIC_URL
        if not address.startswith(prefix):
            return self.files.get(address)
        name = address.removeprefix(prefix)
        self.styles.add(name)
        return f"static/{name}"

    def _copy_styles(self) -> None:
        """The styles and pictures the pages name, and what the styles name."""
        waiting, done = set(self.styles), set()
        while waiting:
            name = waiting.pop()
            done.add(name)
            path = finders.find(name)
            if not isinstance(path, str):
                raise FileNotFoundError(name)
            data = Path(path).read_bytes()
            self._write(f"static/{name}", [data])
            if name.endswith(".css"):
                waiting |= set(_named_in(data.decode(), name)) - done

    def _write(self, file: str, body: Iterable[bytes]) -> None:
        place = self.root / file
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as opened:
            for piece in body:
                opened.write(piece)


def _place(address: str) -> str:
    """Where an address of ours lies in the export."""
    return below_prefix(address).lstrip("/")


def _named_in(css: str, name: str) -> Iterator[str]:
    for found in _IN_CSS.findall(css):
        if not found.startswith(("data:", "http:", "https:", "#")):
            yield urljoin(name, found.partition("?")[0].partition("#")[0])
