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
    objections = _columns(
        ReviewObjection.objects.filter(outcome=""), legal_kind=Value("settle"), legal_key=F("pk"), legal_code=Value(""),
        legal_label=Coalesce("review__case__case_no", "review__case__clue_no"),
        legal_about=_words("第 ", F("item"), " 项 · 提出人 ", F("by__full_name")),
    )  # fmt: skip
    phrases = _columns(
        PhraseVersion.objects.filter(state=PhraseState.SUBMITTED), legal_kind=Value("phrase"), legal_key=F("number"),
        legal_code=F("phrase__code"), legal_label=F("phrase__title"),
        legal_about=_words("", F("phrase__code"), " 第 ", Cast("number", CharField()), " 版 · 起草人 ", F("author__full_name")),
    )  # fmt: skip
    return list(objections.union(phrases, all=True).order_by("legal_kind", "legal_place")[:MOST])


def _words(*parts: Any) -> Concat:
    return Concat(*(Value(one) if isinstance(one, str) else one for one in parts), output_field=CharField())


def _columns(rows: QuerySet[Any], *, legal_key: F, **columns: Any) -> Any:
    named = rows.order_by().annotate(legal_place=F("pk"), legal_key=Cast(legal_key, IntegerField()), **columns)
    return named.values_list("legal_kind", "legal_place", "legal_key", "legal_code", "legal_label", "legal_about")
