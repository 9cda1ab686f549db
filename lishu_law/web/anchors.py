"""Where on a page a field stands, and which field cures a fault: the links of the summaries."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundField

from lishu_law.errors import Refusal


def is_choice_group(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def first_input_id(bound: BoundField) -> str:
    """The id a link to the field leads to: of a group the first choice."""
    return f"{bound.auto_id}_0" if is_choice_group(bound) else bound.id_for_label or bound.auto_id


def field_that_cures(form: forms.BaseForm | None, refusal: Refusal) -> str:
    """The place of the field on this page whose entry the law refuses."""
    if form is None or refusal.fix not in form.fields or form[refusal.fix].is_hidden:
        return ""
    return f"#{first_input_id(form[refusal.fix])}"


def faults_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(anchor, words) of every error; errors that belong to no visible field have no anchor."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        anchor = "" if bound.is_hidden else f"#{first_input_id(bound)}"
        found.extend((anchor, str(error)) for error in bound.errors)
    return found
