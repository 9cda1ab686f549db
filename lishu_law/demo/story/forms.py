"""Forms as a person fills them: by the names of fields that stand on the page, with choices the page offers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urlencode, urljoin

from lishu_law.demo.story.dom import Node

NOT_TYPED = frozenset({"hidden", "submit", "image", "reset", "button"})
MULTIPART = "multipart/form-data"


class FormError(ValueError):
    """The story wants to do what no person could: a field, choice or button that the page does not show."""


@dataclass(frozen=True)
class Upload:
    """A file chosen for a file field."""

    name: str
    content: bytes
    content_type: str


@dataclass
class Control:
    """One name of a form: its kind, the values it would send, and for choices what is offered (value → words)."""

    name: str
    kind: str
    values: list[str]
    offered: dict[str, str]
    most: int | None = None
    takes_many: bool = False
    is_locked: bool = False


Typed = str | bool | Sequence[str] | Upload | Sequence[Upload]


class Form:
    """A form of a page. ``fill`` by name, then hand it to the browser; nothing hidden can be changed."""

    def __init__(self, node: Node, page_url: str = "") -> None:
        self.node = node
        self.method = node.attrs.get("method", "get").lower()
        self.page_url = page_url
        self.target = urljoin(page_url, node.attrs.get("action") or urldefrag(page_url).url)
        self.is_multipart = node.attrs.get("enctype", "").lower() == MULTIPART
        self.controls: dict[str, Control] = {}
        self.buttons: list[Node] = []
        self.files: dict[str, list[Upload]] = {}
        for part in node.find_all("input", "textarea", "select", "button"):
            self._add(part)

    def _add(self, part: Node) -> None:
        kind = part.attrs.get("type", "submit" if part.tag == "button" else "text").lower()
        if part.tag == "button" or kind in {"submit", "image"}:
            if kind in {"submit", "image"}:
                self.buttons.append(part)
            return
        name = part.attrs.get("name", "")
        if not name or "disabled" in part.attrs:
            return
        if part.tag == "select":
            self._add_select(name, part)
        elif kind in {"radio", "checkbox"}:
            self._add_choice(name, kind, part)
        else:
            self._add_text(name, kind, part)

    def _add_text(self, name: str, kind: str, part: Node) -> None:
        is_area = part.tag == "textarea"
        value = part.raw_text.removeprefix("\n") if is_area else part.attrs.get("value", "")
        most = part.attrs.get("maxlength", "")
        values = [] if kind == "file" else [value]
        self.controls[name] = Control(
            name, "text" if is_area else kind, values, {}, int(most) if most.isdigit() else None,
            takes_many="multiple" in part.attrs, is_locked="readonly" in part.attrs,
        )  # fmt: skip

    def _add_select(self, name: str, part: Node) -> None:
        options = [option for option in part.find_all("option") if "disabled" not in option.attrs]
        offered = {option.attrs.get("value", option.text): option.text for option in options}
        chosen = [option.attrs.get("value", option.text) for option in options if "selected" in option.attrs]
        takes_many = "multiple" in part.attrs
        if not takes_many:
            chosen = chosen[-1:] or list(offered)[:1]
        self.controls[name] = Control(name, "select", chosen, offered, takes_many=takes_many)

    def _add_choice(self, name: str, kind: str, part: Node) -> None:
        value = part.attrs.get("value", "on")
        control = self.controls.setdefault(name, Control(name, kind, [], {}, takes_many=kind == "checkbox"))
        control.offered[value] = self._label_of(part)
        if "checked" in part.attrs:
            control.values = [*control.values, value] if kind == "checkbox" else [value]

    def _label_of(self, part: Node) -> str:
        around = part.above("label")
        if around is not None:
            return around.text
        page = part
        while page.parent is not None:
            page = page.parent
        label = page.find("label", _for=part.attrs.get("id", "-"))
        return label.text if label is not None else ""

    @property
    def names(self) -> list[str]:
        """The fields a person sees and may fill."""
        return [name for name, control in self.controls.items() if control.kind not in NOT_TYPED]

    def value(self, name: str) -> str:
        """What the field holds now, the first value of several; empty when it holds nothing."""
        return next(iter(self._control(name).values), "")

    def _wrong(self, why: str) -> FormError:
        return FormError(f"{self.page_url}: {why}")

    def fill(self, entries: Mapping[str, Typed]) -> Form:
        """Fill several fields; returns the form. Raises ``FormError`` at the first that a person could not."""
        for name, typed in entries.items():
            self._fill(self._control(name), typed)
        return self

    def _control(self, name: str) -> Control:
        if name not in self.controls:
            raise self._wrong(f"no field {name!r} on the page; there are {', '.join(self.names)}")
        return self.controls[name]

    def _fill(self, control: Control, typed: Typed) -> None:
        if control.kind in NOT_TYPED or control.is_locked:
            raise self._wrong(f"{control.name!r} is hidden or locked: a person cannot change it")
        if control.kind == "file":
            self._attach(control, typed)
        elif control.kind in {"select", "radio", "checkbox"}:
            self._choose(control, typed)
        elif not isinstance(typed, str):
            raise self._wrong(f"{control.name!r} takes text")
        elif control.most is not None and len(typed) > control.most:
            raise self._wrong(f"{control.name!r} holds {control.most} characters, not {len(typed)}")
        else:
            control.values = [typed]

    def _attach(self, control: Control, typed: Typed) -> None:
        uploads = [typed] if isinstance(typed, Upload) else list(typed) if isinstance(typed, list | tuple) else []
        files = [upload for upload in uploads if isinstance(upload, Upload)]
        if not files or len(files) != len(uploads) or (len(files) > 1 and not control.takes_many):
            raise self._wrong(f"{control.name!r} takes {'files' if control.takes_many else 'one file'}")
        self.files[control.name] = files

    def _choose(self, control: Control, typed: Typed) -> None:
        if isinstance(typed, bool):
            if control.kind != "checkbox" or len(control.offered) != 1:
                raise self._wrong(f"{control.name!r} is not a single tick")
            control.values = list(control.offered) if typed else []
            return
        wanted = [typed] if isinstance(typed, str) else [one for one in typed if isinstance(one, str)]  # type: ignore[union-attr]
        if len(wanted) != 1 and not control.takes_many:
            raise self._wrong(f"{control.name!r} takes one choice")
        control.values = [self._offered(control, one) for one in wanted]

    def _offered(self, control: Control, wanted: str) -> str:
        """The value meant: by its value, by its exact words, or by words that only one choice contains."""
        if wanted in control.offered:
            return wanted
        exact = [value for value, words in control.offered.items() if words == wanted]
        found = exact or [value for value, words in control.offered.items() if wanted and wanted in words]
        if len(set(found)) != 1:
            offers = "；".join(f"{value}={words}" for value, words in control.offered.items())
            raise self._wrong(f"{control.name!r} does not offer {wanted!r} (or not only once): {offers}")
        return found[0]

    def pairs(self, button: str | None = None) -> list[tuple[str, str]]:
        """What is sent, in page order, with the name of the button pressed (by its words; None is the first)."""
        sent = [
            (name, value)
            for name, control in self.controls.items()
            if control.kind != "file"
            for value in (re.sub(r"\r?\n", "\r\n", held) for held in control.values)  # as browsers send lines
        ]
        pressed = self.button(button)
        if pressed is not None and pressed.attrs.get("name"):
            sent.append((pressed.attrs["name"], pressed.attrs.get("value", "")))
        return sent

    def button(self, words: str | None) -> Node | None:
        """The button with these words; the first when none are given. Raises ``FormError`` when it is not there."""
        if words is None:
            return self.buttons[0] if self.buttons else None
        found = next((b for b in self.buttons if words in (b.text or b.attrs.get("value", ""))), None)
        if found is None:
            raise self._wrong(f"no button {words!r}; there are {'、'.join(b.text for b in self.buttons)}")
        return found

    def body(self, button: str | None = None) -> tuple[bytes, str]:
        """The request's body and content type, as a browser encodes them."""
        pairs = self.pairs(button)
        if not self.is_multipart:
            return urlencode(pairs).encode("ascii"), "application/x-www-form-urlencoded"
        empty = Upload("", b"", "application/octet-stream")
        wanted = [name for name, control in self.controls.items() if control.kind == "file"]
        files = [(name, upload) for name in wanted for upload in self.files.get(name, [empty])]
        return multipart(pairs, files)


def multipart(pairs: Sequence[tuple[str, str]], files: Sequence[tuple[str, Upload]]) -> tuple[bytes, str]:
    """A multipart body with its content type."""
    boundary = f"----story{secrets.token_hex(16)}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode() + b"\r\n"
        for name, value in pairs
    ]
    parts += [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{_quoted(upload.name)}"'
        f"\r\nContent-Type: {upload.content_type}\r\n\r\n".encode()
        + upload.content
        + b"\r\n"
        for name, upload in files
    ]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"{MULTIPART}; boundary={boundary}"


def _quoted(name: str) -> str:
    """A file name inside quotation marks, escaped as browsers do."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
