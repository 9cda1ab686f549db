"""Many cases at once, with the same facts as :func:`cases.queries.facts.load` gives of one, for lists of work.

Evidence and transcripts are left out: no row of the table asks them whether it concerns a case, and they weigh most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, CaseOfficer, Deadline, Document, Serving, Step
from cases.queries.facts import OPTIONAL_PARTS, LoadedCase, LoadedRows, cases_with_parts, facts_of
from cases.queries.parts import PARTS


def load_many(cases: QuerySet[Case], most: int) -> list[LoadedCase]:
    """The first ``most`` of ``cases`` in their order, in six statements whatever they hold."""
    rows = {f"{part.name}_rows": part.sub_select() for part in PARTS}
    found = list(cases_with_parts(cases).select_related(*_JOINED, *OPTIONAL_PARTS).annotate(**rows)[:most])
    ids = [case.pk for case in found]
    officers = _by_case(CaseOfficer.objects.filter(case__in=ids).select_related("user").order_by("-role", "id"))
    steps = _by_case(Step.objects.filter(case__in=ids).select_related("by").order_by("id"))
    documents = _by_case(Document.objects.filter(case__in=ids).defer("data").order_by("id"))
    servings = _by_case(Serving.objects.filter(case__in=ids).order_by("id"))
    deadlines = _by_case(Deadline.objects.filter(case__in=ids).order_by("id"))
    loaded = []
    for case in found:
        key = case.pk
        hung = LoadedRows(officers[key], steps[key], documents[key], servings[key], [], deadlines[key])
        loaded.append(LoadedCase(case=case, facts=facts_of(case, hung), **vars(hung)))
    return loaded


_JOINED = ("party", "vehicle", "unit", "authority", "updated_by")


def _by_case(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
