"""Which reviewed wording stands in a text as it was submitted: recorded with the act, never by inserting alone.

Code and version are kept with the case, and whether the officer changed the words; what was inserted and taken out
again leaves no trace. The reader of the file sees it (``cases.queries.phrases.used_in``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from cases.actions.doing import Doing
from cases.documents.phrase_text import filled, standing
from cases.documents.placeholders import values_of
from cases.models import PhraseUse, PhraseVersion
from cases.procedure.phrase_places import kind_of

MOST = 50


@dataclass(frozen=True)
class Insertion:
    """The officer pressed 插入 for this version at this place. The page says so; what it was is read here."""

    place: str
    code: str
    number: int


def keep_phrases(doing: Doing, insertions: Iterable[Insertion], texts: Mapping[str, str]) -> dict[str, Any]:
    """Bring the record up to the submitted ``texts`` (by place); what the journal entry says of it."""
    uses = {
        (one.place, one.version_id): one
        for one in PhraseUse.objects.filter(case=doing.case, place__in=texts).select_related("version__phrase")
    }
    for new in _inserted(doing, insertions, texts):
        # Inserted once more after a return: the row that stands is brought up to date, one a place and version.
        uses.setdefault((new.place, new.version_id), new).inserted = new.inserted
    kept = []
    for use in uses.values():
        use.standing = standing(use.inserted, texts[use.place])
        if use.standing:
            use.by, use.at = doing.by, doing.at
            use.save(update_fields=["inserted", "standing", "by", "at"] if use.pk else None)
            kept.append(f"{use.place} {use.version.phrase.code}.{use.version.number} {use.standing}")
        elif use.pk:
            use.delete()
    return {"phrases": sorted(kept)} if kept else {}


def _inserted(doing: Doing, insertions: Iterable[Insertion], texts: Mapping[str, str]) -> list[PhraseUse]:
    """Only versions that were ever offered, where their kind and violation belong."""
    asked = list(dict.fromkeys(one for one in insertions if one.place in texts))[:MOST]
    if not asked:
        return []
    either = Q()
    for one in asked:
        either |= Q(phrase__code=one.code, number=one.number)
    offered = PhraseVersion.objects.filter(either, used_from__isnull=False).select_related("phrase")
    known = {(one.phrase.code, one.number): one for one in offered}
    values = values_of(doing.loaded)
    found = []
    for one in asked:
        version = known.get((one.code, one.number))
        if version is None or not _belongs(version, one.place, doing.case.item_code):
            continue
        text = filled(version.text, values)
        found.append(PhraseUse(case=doing.case, place=one.place, version=version, inserted=text))
    return found


def _belongs(version: PhraseVersion, place: str, item_code: str) -> bool:
    return version.phrase.kind == kind_of(place) and version.phrase.item_code in ("", item_code)


__all__ = ["Insertion", "keep_phrases"]
