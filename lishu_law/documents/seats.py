"""The places of a finished paper that are signed by hand: who, on which pages, who is expected, what a refusal takes.

Pure. A *slot* is one word of a form's signatures column, a *seat* one person's place in a finished paper. What is asked
of a seat is computed from the sealed data; what was given is judged by ``lishu_law.documents.seat_faults``. Which forms
are signed by whom says the package that makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WHOLE = 0  # the page of a signature that is asked for once, at the paper's own place


class Signer(StrEnum):
    PARTY = "party"
    WITNESS = "witness"
    OFFICER = "officer"


class Way(StrEnum):
    """How a seat was signed, or that it was refused."""

    DRAWN = "drawn"
    PAPER = "paper"
    ACCOUNT = "account"
    REFUSED = "refused"


class Noting(StrEnum):
    """What a refusal takes: a witness, the officer's note alone, or it is nothing one may refuse."""

    WITNESS = "witness"
    NOTE = "note"
    NEVER = "never"


WAY_TITLES = {
    Way.DRAWN: "在屏幕上手写", Way.PAPER: "签在纸上，上传扫描件", Way.ACCOUNT: "用本人账号确认", Way.REFUSED: "拒绝签名",
}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """One word of the signatures column. ``name`` is the path of the expected name in the sealed data.

    ``when``: asked for only where this path says something; ``unless``: or where that one says nothing. ``reads``: the
    signer says how the record was read (看过 or 宣读). ``methods``: only where the paper was served in one of these ways;
    what came by post or was published is signed for elsewhere. ``is_named``: nobody but the named person signs here.
    ``is_each``: everybody who is named signs, one seat each; several paths stand apart by ``|``.
    """

    label: str
    who: Signer
    name: str = ""
    times: int = 1
    every_page: bool = False
    when: str = ""
    unless: str = ""
    methods: tuple[str, ...] = ()
    reads: bool = False
    is_named: bool = False
    is_each: bool = False
    noting: Noting = Noting.WITNESS


@dataclass(frozen=True)
class Form:
    """The slots of one kind of paper with the rule and article behind them."""

    slots: tuple[Slot, ...]
    rule: str
    citation: str


@dataclass(frozen=True)
class Seat:
    """One signer's place: ``pages`` are those to sign, ``(WHOLE,)`` where once is enough; ``names`` who is expected."""

    slot: Slot
    ordinal: int
    pages: tuple[int, ...]
    names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.slot.label}-{self.ordinal}"

    @property
    def sole_name(self) -> str:
        """Who must be the one to sign here, where the paper says it."""
        return self.names[0] if len(self.names) == 1 else ""

    @property
    def title(self) -> str:
        number = f"（第 {self.ordinal} 人）" if self.slot.times > 1 else ""
        return f"{self.slot.label}{self.sole_name or number}"

    @property
    def is_officer(self) -> bool:
        return self.slot.who is Signer.OFFICER

    @property
    def ways(self) -> tuple[Way, ...]:
        """In which ways this seat may be signed."""
        if self.is_officer:
            return (Way.ACCOUNT, Way.DRAWN, Way.PAPER)
        refusing = () if self.slot.noting is Noting.NEVER else (Way.REFUSED,)
        return (Way.DRAWN, Way.PAPER, *refusing)

    @property
    def may_come_along(self) -> bool:
        """On a scan that another signer gives: who is named, and says nothing of how the record was read."""
        return bool(self.sole_name) and not self.slot.reads


def officer_slot(label: str, times: int = 2, name: str = "officers.*.name") -> Slot:
    return Slot(label, Signer.OFFICER, name, times, noting=Noting.NEVER, is_named=bool(name))


def party_slot(label: str, name: str = "", **more: Any) -> Slot:
    return Slot(label, Signer.PARTY, name, **more)


def seats_of(form: Form | None, data: Mapping[str, Any], pages: int) -> tuple[Seat, ...]:
    """Every place of this very paper, in the order of the form; none of what is not signed by hand."""
    return tuple(seat for slot in form.slots for seat in _seats_of(slot, data, pages)) if form else ()


def _seats_of(slot: Slot, data: Mapping[str, Any], pages: int) -> Iterator[Seat]:
    if not _is_asked(slot, data):
        return
    every = tuple(range(1, pages + 1)) if slot.every_page else (WHOLE,)
    names = names_at(data, slot.name)
    times = max(len(names), 1) if slot.is_each else slot.times
    for ordinal in range(1, times + 1):
        is_each = len(names) == times > 1  # the paper names them one by one
        yield Seat(slot, ordinal, every, names[ordinal - 1 : ordinal] if is_each else names)


def _is_asked(slot: Slot, data: Mapping[str, Any]) -> bool:
    if slot.methods and not set(names_at(data, "rows.*.method")) & set(slot.methods):
        return False
    if slot.when and names_at(data, slot.when):
        return True
    if slot.unless and not names_at(data, slot.unless):
        return True
    return not slot.when and not slot.unless


def names_at(data: Any, path: str) -> tuple[str, ...]:
    """The names at a path of the sealed data (``officers.*.name``); several in one field stand apart by 、."""
    if not path:
        return ()
    if "|" in path:
        return tuple(name for one in path.split("|") for name in names_at(data, one))
    found = [data]
    for step in path.split("."):
        found = [one for value in found for one in _below(value, step)]
    texts = [text.strip() for value in found if isinstance(value, str) for text in value.split("、")]
    return tuple(text for text in texts if text not in ("", "／", "无"))


def _below(value: Any, step: str) -> Sequence[Any]:
    if step == "*":
        return value if isinstance(value, list) else ()
    return [value[step]] if isinstance(value, Mapping) and step in value else ()


def missing(
    found: Sequence[Seat], signed: Collection[tuple[str, int, int]]
) -> tuple[tuple[Seat, tuple[int, ...]], ...]:
    """Seats with the pages nobody signed yet; ``signed`` are (label, ordinal, page)."""
    gaps = (
        (seat, tuple(page for page in seat.pages if (seat.slot.label, seat.ordinal, page) not in signed))
        for seat in found
    )
    return tuple((seat, pages) for seat, pages in gaps if pages)


def in_words(gaps: Sequence[tuple[Seat, tuple[int, ...]]]) -> str:
    """What is missing, by page and signer: 第 1、2 页被询问人张三；记录人."""
    return "；".join(_gap(seat, pages) for seat, pages in gaps)


def all_in_words(form: Form, data: Mapping[str, Any]) -> str:
    """Everybody who has to sign, while the pages are not drawn yet."""
    asked = (slot for slot in form.slots if _is_asked(slot, data))
    return "；".join(f"{slot.label}{'（逐页）' if slot.every_page else ''}" for slot in asked)


def _gap(seat: Seat, pages: tuple[int, ...]) -> str:
    where = "" if pages == (WHOLE,) else f"第 {'、'.join(map(str, pages))} 页"
    return f"{where}{seat.title}"


def pad_name(page: int) -> str:
    """The field of the pad for a page. What ends in ``signature`` is never part of a draft (``lishu_law.web.drafts``)."""
    return f"page_{page}_signature"


def with_reading(data: Mapping[str, Any], reading: str) -> Mapping[str, Any]:
    """How the signer took notice of a record is ticked where the sealed data left the boxes to the pen."""
    boxes = data.get("reading") or []
    if not reading or any(box["is_chosen"] for box in boxes) or len(boxes) < 2:
        return data
    chosen = 0 if reading == "read" else 1
    return {**data, "reading": [{**box, "is_chosen": number == chosen} for number, box in enumerate(boxes)]}
