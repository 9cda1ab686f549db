"""What waits for the legal section outside the cases, in one statement: objections to dossier reviews, phrases to review."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from cases.models import PhraseState, PhraseVersion, ReviewObjection

MOST = 100
# kind, position, key, code, label, about
LegalRow = tuple[str, int, int, str, str, str]


def legal_rows() -> list[LegalRow]:
    """Oldest first within each kind."""
    objections = ReviewObjection.objects.filter(outcome="")
    phrases = PhraseVersion.objects.filter(state=PhraseState.SUBMITTED)
    rows = _columns(
        objections, "settle", F("pk"), Value(""), Coalesce("review__case__case_no", "review__case__clue_no"),
        Concat(Value("第 "), "item", Value(" 项 · 提出人 "), "by__full_name", output_field=CharField()),
    ).union(
        _columns(
            phrases, "phrase", F("number"), F("phrase__code"), F("phrase__title"),
            Concat(F("phrase__code"), Value(" 第 "), Cast("number", CharField()), Value(" 版 · 起草人 "),
                   "author__full_name", output_field=CharField()),
        ),
        all=True,
    )  # fmt: skip
    return list(rows.order_by("legal_kind", "legal_place")[:MOST])


def _columns(rows: QuerySet[Any], kind: str, key: Any, code: Any, label: Any, about: Any) -> Any:
    named = rows.order_by().annotate(
        legal_kind=Value(kind), legal_place=F("pk"), legal_key=Cast(key, IntegerField()), legal_code=code,
        legal_label=label, legal_about=about,
    )  # fmt: skip
    return named.values_list("legal_kind", "legal_place", "legal_key", "legal_code", "legal_label", "legal_about")
