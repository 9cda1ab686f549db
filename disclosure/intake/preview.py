"""What the first rows of a file will look like to the public, read from the file and not kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.conf import settings

from disclosure.intake.checking import Seen, check
from disclosure.intake.registers import REGISTER
from lishu_law import clock
from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.models import RegisterImport
from lishu_law.web.loading.work import chunks

ROWS = 20
_SHOWN = (
    ("number", "决定书文号"), ("party", "当事人"), ("uscc", "信用代码"), ("place", "地点"), ("facts", "违法事实"),
    ("discretion", "裁量理由"), ("licence", "证照处理"), ("result", "处罚内容"),
)  # fmt: skip


@dataclass(frozen=True)
class PreviewRow:
    """One row as it will be public."""

    row: int
    lines: tuple[tuple[str, str], ...]
    display_until: str
    is_over: bool
    note: str


def preview(load: RegisterImport) -> list[PreviewRow]:
    """The faultless ones among the first rows; empty when the file cannot be read any more."""
    today = clock.today()
    try:
        first = next(chunks(load, REGISTER, []), [])
    except InvalidValue:
        return []
    good, _faults = check(list(islice(first, ROWS)), Seen(), today, demo=settings.DEMO)
    return [
        PreviewRow(
            one.row,
            tuple((title, text) for name, title in _SHOWN if (text := one.fields["content"].get(name))),
            one.fields["display_until"].isoformat(), one.fields["display_until"] < today, one.fields["held_for"],
        )
        for one in good
    ]  # fmt: skip
