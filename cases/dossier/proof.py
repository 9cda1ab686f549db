"""The journal's proof for one case: its entries as they stand in the hash chain, and the end of the chain at that moment.

Its number and hash stand for ever in the bureau's journal, so a case told differently later is told by comparing the two.
A body says who did what when in codes, from which address: it lets an entry be recomputed from its own text, but inner
acts are none of what a party, a court or a review organ gets (archive-one-case). Whatever leaves the house therefore
carries hashes alone, and who reported is in no body where whoever asked may not know (处罚法50).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cases.models import VolumeBuild, VolumePurpose
from lishu_law.audit.models import JournalEntry, JournalHead

INFORMANT_STEPS = frozenset({"record_informant", "answer_informant"})
IN_THE_HOUSE = (VolumePurpose.ARCHIVE, VolumePurpose.SCORING)


@dataclass(frozen=True)
class Proof:
    """``head`` is (number, hash) of the journal's last entry when the file was read."""

    head: tuple[int, str]
    entries: tuple[dict[str, Any], ...]

    def as_data(self) -> dict[str, Any]:
        return {"head": {"seq": self.head[0], "hash": self.head[1]}, "entries": list(self.entries)}


def has_bodies(build: VolumeBuild) -> bool:
    """Does this archive carry the entries' own texts? Only with 副卷, for a purpose of the house's own."""
    return build.with_secondary and build.purpose in IN_THE_HOUSE


def proof_of(build: VolumeBuild) -> Proof:
    """The entries of the build's case up to the present end of the journal, oldest first."""
    head = JournalHead.objects.get(pk=1)
    rows = JournalEntry.objects.filter(object_type="case", object_id=str(build.case_id), seq__lte=head.seq)
    with_bodies = has_bodies(build)
    entries = []
    for row in rows.order_by("seq").values("action", "seq", "body", "prev_hash", "hash"):
        entry = {"seq": row["seq"], "prev_hash": row["prev_hash"], "hash": row["hash"]}
        of_informant = bool(INFORMANT_STEPS.intersection(row["action"].split(".")))
        if with_bodies and (build.with_informant or not of_informant):
            entry["body"] = row["body"]
        entries.append(entry)
    return Proof((head.seq, head.hash), tuple(entries))
