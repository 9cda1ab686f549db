"""A page as a tree of elements: enough of HTML to find links, forms and words, from the standard library alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# An opening tag of the first kind ends an open element of the second kind.
CLOSES = {
    "li": {"li"}, "option": {"option"}, "optgroup": {"option", "optgroup"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}, "p": {"p"},
}  # fmt: skip
UNSEEN = frozenset({"script", "style", "template", "head"})
BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "dt",
        "dd",
        "tr",
        "h1",
        "h2",
        "h3",
        "legend",
        "label",
        "option",
        "section",
        "fieldset",
        "ul",
        "ol",
        "dl",
        "br",
    ]
)


@dataclass(eq=False)
class Node:
    """One element. ``children`` holds elements and strings in order; a missing attribute is absent from ``attrs``."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    parent: Node | None = None

    def walk(self) -> Iterator[Node]:
        """This element and all below, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find_all(self, *tags: str, **attrs: str) -> list[Node]:
        """Elements below of these tags (any when none is named) with these attribute values; ``_`` stands for ``-``."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self.walk()
            if node is not self
            and (not tags or node.tag in tags)
            and all(node.attrs.get(name) == value for name, value in wanted.items())
        ]

    def find(self, *tags: str, **attrs: str) -> Node | None:
        """The first of ``find_all``."""
        return next(iter(self.find_all(*tags, **attrs)), None)

    def with_attribute(self, name: str) -> list[Node]:
        """Elements that carry the attribute, whatever its value."""
        return [node for node in self.walk() if name in node.attrs]

    def above(self, *tags: str) -> Node | None:
        """The nearest enclosing element of one of these tags."""
        node = self.parent
        while node is not None and node.tag not in tags:
            node = node.parent
        return node

    @property
    def raw_text(self) -> str:
        """Every character inside, as a textarea holds it."""
        return "".join(child if isinstance(child, str) else child.raw_text for child in self.children)

    @property
    def text(self) -> str:
        """The visible words, white space folded into single spaces."""
        return re.sub(r"\s+", " ", "".join(self._words())).strip()

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                yield from (" ", *child._words(), " ") if child.tag in BLOCKS else child._words()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open.tag in CLOSES.get(tag, ()):
            self.open = self.open.parent or self.root
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # as browsers: the slash means nothing in HTML

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.open
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node is not self.root:
            self.open = node.parent or self.root

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def parse(html: str) -> Node:
    """The tree of a page. Broken markup never raises; an unknown closing tag is passed over."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
