"""Prepared blocks beside a long text (ux.md §7 rule 12): shown filled in, put into the text by a button, never by itself.

With a script the button writes into the field. Without one it sends the form, and the page comes back with the words
added and everything typed kept; nothing is saved. Which blocks were put in is carried along unseen until the act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

INSERT, INSERTED = "_insert_", "_block"
MOST = 50
_INSERTED = re.compile(r"[a-z_0-9]{1,60}:[A-Za-z0-9.-]{1,40}")


@dataclass(frozen=True)
class Block:
    """``pieces`` are stretches of its text, each with whether it is a gap still to be written."""

    key: str
    title: str
    source: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _is_gap in self.pieces)


Blocks = Callable[[str], Sequence[Block]]


def no_blocks(field: str) -> Sequence[Block]:
    """Most forms have none."""
    return ()


def attach(form: forms.Form, blocks: Blocks) -> None:
    """Give each field of the form its blocks."""
    for name, form_field in form.fields.items():
        form_field.blocks = blocks(name)  # type: ignore[attr-defined]


def blocks_of(form_field: forms.Field) -> Sequence[Block]:
    found: Sequence[Block] = getattr(form_field, "blocks", ())
    return found


def is_asked(posted: QueryDict) -> bool:
    """Was the button of a block pressed?"""
    return any(name.startswith(INSERT) for name in posted)


def asked(form: forms.Form, posted: QueryDict) -> tuple[str, Block] | None:
    """The field and the block of the pressed button; None where the block is offered no longer."""
    for name in posted:
        field = name.removeprefix(INSERT)
        if name.startswith(INSERT) and field in form.fields:
            for block in blocks_of(form.fields[field]):
                if block.key == posted[name]:
                    return field, block
    return None


def added(text: Any, block: Block) -> str:
    """The text with the block at its end, as the script does it."""
    before = str(text or "").rstrip()
    return f"{before}\n{block.text}" if before else block.text


def inserted(values: Sequence[str]) -> list[str]:
    """What the page carries along, "field:key" each once; anything of another shape is left out."""
    return [one for one in dict.fromkeys(values) if _INSERTED.fullmatch(one)][:MOST]
