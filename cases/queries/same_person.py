"""Which decisions concern one natural person: by the keyed index of the identity number, never by the number itself."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from cases.models import Decision
from lishu_law.registry.models import PartyKind

# The person answers in both: as a party, and as the operator of a shop.
_PERSONS = (PartyKind.CITIZEN, PartyKind.INDIVIDUAL_BUSINESS)
_PARTY = ("case__party", "former_case__party")


def decisions_of_same_person(decision_id: int, among: Collection[int]) -> frozenset[int]:
    """Those of ``among`` whose party is the person behind this decision. At most three statements.

    Empty for the decision of an organisation, and where no identity number is known.
    """
    if not among:
        return frozenset()
    indexes = {
        index
        for path in _PARTY
        for index in Decision.objects.filter(
            **{"pk": decision_id, f"{path}__kind__in": _PERSONS}
        ).values_list(f"{path}__id_index", flat=True)
        if index
    }  # fmt: skip
    if not indexes:
        return frozenset()
    same = Q()
    for path in _PARTY:
        same |= Q(**{f"{path}__kind__in": _PERSONS, f"{path}__id_index__in": indexes})
    return frozenset(Decision.objects.filter(same, pk__in=among).values_list("pk", flat=True))
