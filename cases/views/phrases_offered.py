"""Reviewed wording beside the narrative fields of a case: filled in with its facts, read back when the act is submitted."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from cases.actions.phrase_use import Insertion
from cases.documents.phrase_text import pieces
from cases.documents.placeholders import values_of
from cases.models import PhraseVersion
from cases.procedure.phrase_places import PLACES, place_of
from cases.queries.find import OpenedCase
from cases.queries.phrases import offered
from lishu_law.web.fields.blocks import INSERTED, Block, Blocks, inserted, no_blocks

MOST_NUMBERED = 10  # fields made one for each point: beyond these a page would be mostly wording


def blocks_for(opened: OpenedCase, step: str) -> Blocks:
    """What each field of the step's form is offered: one statement, none where the step has no such field."""
    if step not in PLACES:
        return no_blocks
    kinds = {place.kind for place in PLACES[step].values()}
    found = offered(kinds, opened.case.item_code)
    values = values_of(opened.loaded) if found else {}
    made = {kind: tuple(_block(one, values) for one in versions) for kind, versions in found.items()}
    numbered: dict[str, None] = {}

    def of(field: str) -> Sequence[Block]:
        place = place_of(step, field)
        if place is None:
            return ()
        if place[1] != place[0].home:
            numbered.setdefault(field)
            if list(numbered).index(field) >= MOST_NUMBERED:
                return ()
        return made.get(place[0].kind, ())

    return of


def _block(version: PhraseVersion, values: dict[str, str]) -> Block:
    code, number = version.phrase.code, version.number
    shown = tuple((piece.text, piece.is_gap) for piece in pieces(version.text, values))
    return Block(
        f"{code}.{number}", version.phrase.title, f"{code} 第 {number} 版，{version.used_from} 审核通过", shown
    )


def insertions_in(posted: QueryDict, step: str) -> tuple[Insertion, ...]:
    """What the officer put in on this page; anything that fits no field of the step is left out."""
    found = []
    for one in inserted(posted.getlist(INSERTED)):
        field, _, key = one.partition(":")
        code, _, number = key.rpartition(".")
        place = place_of(step, field)
        if place and code and number.isdecimal() and len(number) < 6:
            found.append(Insertion(place[1], code, int(number)))
    return tuple(found)
