"""A witness (见证人) stands outside the act: no officer of the case or the authority, and not the party himself.

Asked when the name is typed, before the paper is sealed; the signing screen asks the same of the name it is given
(``registry.identity.why_no_witness``).
"""

from __future__ import annotations

from dataclasses import replace

from cases.actions.doing import Doing
from cases.queries.facts import LoadedCase
from cases.queries.signing import officer_names
from lishu_law.errors import Refusal
from lishu_law.registry.identity import Insiders, why_no_witness
from lishu_law.registry.named import officers_named

SCENE_LAW = "行政处罚法第五十五条"


def insiders_of(loaded: LoadedCase, *typed: str, own: tuple[str, ...] = ()) -> Insiders:
    """Who is no witness in this case. ``typed`` are the names in question, ``own`` further people of the party's side."""
    party = loaded.case.party
    names = (party.name, party.person_name) if party else ()
    parties = frozenset(name.strip() for name in (*names, *own)) - {""}
    return Insiders(officer_names(loaded), parties, officers_named(*typed))


def outside_witness(
    doing: Doing, name: str, rule: str, law: str = SCENE_LAW, *, field: str = "witness_name",
    own: tuple[str, ...] = (), or_party: bool = False,
) -> list[Refusal]:  # fmt: skip
    """The typed witness is somebody else. ``rule`` and ``law`` are those that ask for the witness at this place.

    ``or_party``: here the party may sign as well (强制法51).
    """
    insiders = insiders_of(doing.loaded, name, own=own)
    why = why_no_witness(name, replace(insiders, parties=frozenset()) if or_party else insiders)
    return [Refusal(rule, why, law, field)] if why else []
