"""Fields that pick people."""

from __future__ import annotations

from typing import Any

from django import forms

from lishu_law.registry.models import User


class AssistantField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Another officer, shown with certificate number where known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", User.objects.none())
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}（{obj.staff_number}）"


def choose_from(form: forms.Form, name: str, rows: Any) -> None:
    """Set what a model choice offers, once the form knows its case; the only one there is is chosen already."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if len(rows) == 1:
        form.initial.setdefault(name, rows[0].pk)
