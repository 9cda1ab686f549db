"""The field all typed values share: nothing is stripped or converted before the check of its kind has seen it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lishu_law.registry.identity import InvalidValue
from lishu_law.registry.identity.normalise import trimmed


def required_text(label: Any, used_in: str = "", *, verb: str = "填写") -> str:
    """err.required: 请填写{字段}。后面的{文书}要用到它。"""
    name = str(label or "这一项").removesuffix("（选填）")
    return f"请{verb}{name}。" + (f"后面的{used_in}要用到它。" if used_in else "")


class TypedField(forms.Field):
    """One typed value. ``parse`` turns the text into the value or raises ``InvalidValue``; empty gives ``empty``.

    ``used_in`` names the document that needs the value, for the message when it is missing.
    """

    widget: Any = forms.TextInput
    empty: Any = ""
    attributes: dict[str, str] = {}
    staff_messages = True

    def __init__(self, *, used_in: str = "", **kwargs: Any) -> None:
        self.used_in = used_in
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"autocomplete": "off", **self.attributes}

    def parse(self, text: str) -> Any:
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        text = "" if value is None else str(value)
        if not trimmed(text):
            if self.required:
                raise ValidationError(required_text(self.label, self.used_in), code="required")
            return self.empty
        try:
            return self.parse(text)
        except InvalidValue as wrong:
            message = wrong.staff_message if self.staff_messages else wrong.message
            raise ValidationError(message, code=wrong.code) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
