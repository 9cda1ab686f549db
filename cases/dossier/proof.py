"""The journal's proof for one case: its entries as they stand in the hash chain, and the end of the chain at that moment.

Each entry can be recomputed from its own text; its number and hash stand for ever in the bureau's journal, so a case
told differently later is told by comparing the two. Bodies say who did what when in codes, never content; a party's
volume carries hashes alone, because inner acts are none of what the party consults (archive-one-case).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lishu_law.audit.models import JournalEntry, JournalHead


@dataclass(frozen=True)
class Proof:
    """``head`` is (number, hash) of the journal's last entry when the file was read."""

    head: tuple[int, str]
    entries: tuple[dict[str, Any], ...]

    def as_data(self) -> dict[str, Any]:
        return {"head": {"seq": self.head[0], "hash": self.head[1]}, "entries": list(self.entries)}


def proof_of(case_id: int, *, with_bodies: bool) -> Proof:
    """The entries of one case up to the present end of the journal, oldest first."""
    head = JournalHead.objects.get(pk=1)
    columns = ("seq", "body", "prev_hash", "hash") if with_bodies else ("seq", "prev_hash", "hash")
    rows = JournalEntry.objects.filter(object_type="case", object_id=str(case_id), seq__lte=head.seq)
    return Proof((head.seq, head.hash), tuple(rows.order_by("seq").values(*columns)))
