"""An answer of the site: its status, its words, its links, its forms, and what it says is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from lishu_law.demo.story.dom import Node, parse
from lishu_law.demo.story.forms import Form


class PageError(Exception):
    """A page that is not what the story expects, with everything a person needs to see why."""

    def __init__(self, page: Page, why: str = "") -> None:
        self.page = page
        lines = [f"{page.method} {page.url} → {page.status}", page.title, why, *page.errors]
        super().__init__("\n    ".join(line for line in lines if line))


@dataclass
class Page:
    """One answer. ``url`` is where the redirects ended."""

    method: str
    url: str
    status: int
    headers: dict[str, str]
    content: bytes

    @cached_property
    def dom(self) -> Node:
        return parse(self.content.decode("utf-8", "replace"))

    @property
    def title(self) -> str:
        """The words of the first heading, else of the title."""
        found = self.dom.find("h1") or self.dom.find("title")
        return found.text if found is not None else ""

    @property
    def text(self) -> str:
        return self.dom.text

    @property
    def errors(self) -> list[str]:
        """What the error summary says, one text per reason; of an error page the words of its main part."""
        summary = self.dom.find(id="error-summary")
        if summary is not None:
            return [_said(node) for node in (summary.find_all("li") or summary.find_all("p"))]
        main = self.dom.find("main")
        return [main.text[:300]] if main is not None and self.status >= 400 else []

    @property
    def messages(self) -> list[str]:
        """What the page reports as done."""
        box = self.dom.find("div", _class="messages")
        return [node.text for node in box.children if isinstance(node, Node)] if box is not None else []

    def links(self) -> list[tuple[str, str]]:
        """Words and absolute address of every link."""
        return [
            (node.text, urljoin(self.url, node.attrs["href"]))
            for node in self.dom.find_all("a")
            if "href" in node.attrs
        ]

    def link(self, words: str) -> str:
        """The address behind a link: exact words first, then words contained. Raises ``PageError``."""
        links = self.links()
        exact = [url for text, url in links if text == words]
        found = exact or [url for text, url in links if words in text]
        if not found:
            raise PageError(self, f"no link “{words}”")
        return found[0]

    def forms(self) -> list[Form]:
        return [Form(node, self.url) for node in self.dom.find_all("form")]

    def form(self, button: str) -> Form:
        """The form with a button of these words. Raises ``PageError``."""
        for form in self.forms():
            if any(button in node.text for node in form.buttons):
                return form
        raise PageError(self, f"no form with a button “{button}”")

    def expect(self, *words: str) -> Page:
        """This page, if it shows all these words. Raises ``PageError``."""
        shown = self.text
        missing = [word for word in words if word not in shown]
        if missing:
            raise PageError(self, f"the page does not show “{'”, “'.join(missing)}”")
        return self


def _said(reason: Node) -> str:
    """The words of one reason, without the link that cures it and without the article."""
    parts = [
        child if isinstance(child, str) else child.text
        for child in reason.children
        if isinstance(child, str) or child.attrs.get("class") not in {"cure", "cite"}
    ]
    return " ".join("".join(parts).split())
