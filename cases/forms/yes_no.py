"""A question that must be answered: yes or no, nothing chosen beforehand."""

from __future__ import annotations

from typing import Any

from django import forms

CHOICES = [("yes", "是"), ("no", "否")]


class YesNoField(forms.TypedChoiceField):
    """True or False; silence is no answer."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", CHOICES)
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **kwargs)
