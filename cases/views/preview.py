"""The papers an act would print, for the panel beside its form; each field left empty leads to where its fact lives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from cases import permissions
from cases.actions.rehearsal import Draft, rehearse
from cases.documents.catalogue import CATALOGUE
from cases.documents.gaps import empty_fields
from cases.documents.sources import source_of
from cases.forms.homes import asked, column_of
from cases.procedure.steps import StepType
from cases.queries.find import OpenedCase
from lishu_law.documents.document_type import DocumentType, Field
from lishu_law.errors import Refusal
from lishu_law.web.acts import ActForm
from lishu_law.web.anchors import first_input_id
from lishu_law.web.previews import PaperDraft, Rehearsal

# Facts that the page of the case's facts asks for.
OF_THE_CASE = ("cases.Case.", "registry.Party.", "registry.Vehicle.")


def rehearsal_of(
    user: Any, found: OpenedCase, step: StepType, run: Callable[[dict[str, Any]], Any]
) -> Rehearsal | None:
    """None where the act prints nothing."""
    titles = tuple(one.title for one in CATALOGUE if one.code in step.papers and one.is_kept)
    if not titles:
        return None

    def drafts(form: ActForm) -> tuple[list[PaperDraft], list[Refusal]]:
        made, refusals = rehearse(found.case, lambda: run(dict(form.cleaned_data)))
        return [_paper(user, found, form, one) for one in made], refusals

    return Rehearsal(titles, drafts)


def _paper(user: Any, found: OpenedCase, form: ActForm, draft: Draft) -> PaperDraft:
    gaps = tuple(
        (f"《{draft.kind.title}》的“{field.label}”是空的。", _home_url(user, found, form, draft.kind, field))
        for field in empty_fields(draft.kind, draft.data)
    )
    return PaperDraft(draft.kind.title, "" if draft.is_too_long else draft.html, gaps)


def _home_url(user: Any, found: OpenedCase, form: ActForm, kind: DocumentType, field: Field) -> str:
    """The field on this page that asks for the fact, else the page of the case where it lives."""
    home = column_of(source_of(kind, field), field.label)
    name = asked_here(form, home)
    if name:
        return f"#{first_input_id(form[name])}"
    if home.startswith(OF_THE_CASE) and permissions.can(user, "case.edit", found.subject):
        return reverse("case-edit", args=[found.case.clue_no])
    return reverse("case", args=[found.case.clue_no])


def asked_here(form: ActForm, home: str) -> str:
    """The field of this form whose home the fact is; empty where it is asked for elsewhere."""
    names = {f"{one.__module__.rpartition('.')[2]}.{one.__name__}" for one in type(form).__mro__}
    found = (one.field for one in asked() if one.home == home and one.form in names and one.field in form.fields)
    return next(found, "")
