"""A page of the site made to open from a disk: links become relative, what needs a server is left out. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote, urldefrag, urljoin

LIVE = "data-live"  # an element that makes no sense without the server
_LINKING = ("href", "src")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
Find = Callable[[str], str | None]


class Rewriter(HTMLParser):
    """Copies a page. ``find`` says under which file an address of ours was put, or None when it stays on the site."""

    def __init__(self, address: str, file: str, find: Find, site: str, note: str) -> None:
        super().__init__(convert_charrefs=False)
        self.address, self.folder, self.find, self.site, self.note = address, posixpath.dirname(file), find, site, note
        self.written: list[str] = []
        self.skipped = 0  # how deep inside something left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        if self.skipped or tag == "form" or LIVE in names:
            self.skipped += tag not in _VOID
            return
        raw = self.get_starttag_text() or ""
        self.written.append(self._start(tag, attrs) if names & set(_LINKING) else raw)
        if tag == "main":
            self.written.append(self.note)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        if not self.skipped and LIVE not in names:
            self.written.append(self._start(tag, attrs) if names & set(_LINKING) else self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= tag not in _VOID
            return
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self._copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._copy(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._copy(f"<!{decl}>")

    def _copy(self, text: str) -> None:
        if not self.skipped:
            self.written.append(text)

    def _start(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        parts = [tag]
        for name, value in attrs:
            said = self._moved(value) if name in _LINKING and value is not None else value
            parts.append(name if said is None else f'{name}="{escape(said)}"')
        return f"<{' '.join(parts)}>"

    def _moved(self, link: str) -> str:
        if link.startswith(("#", "tel:", "mailto:", "data:")) or "://" in link:
            return link
        whole, fragment = urldefrag(urljoin(self.address, link))
        behind = f"#{fragment}" if fragment else ""
        file = self.find(whole)
        if file is None:
            return f"{self.site}{whole}{behind}"
        return quote(posixpath.relpath(file, self.folder or ".")) + behind


def rewritten(html: str, *, address: str, file: str, find: Find, site: str, note: str) -> str:
    """The page at ``address`` as it stands in ``file`` of the export."""
    rewriter = Rewriter(address, file, find, site, note)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.written)
