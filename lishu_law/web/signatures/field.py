"""The pad as a form field. Without a script the pad is not shown and the paper's photo is the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lishu_law.registry.identity import InvalidValue
from lishu_law.web.signatures.strokes import Drawn, parse_strokes


class SignaturePad(forms.HiddenInput):
    """A hidden input that ``static/js/pad.js`` turns into a pad; shown as a field of its own, not as a hidden one."""

    @property
    def is_hidden(self) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """By our own templates; those of Django's form renderer know none of them."""
        return render_to_string(
            "web/signature_pad.html", {"name": name, "value": value or "", "id": (attrs or {}).get("id", "")}
        )


class SignatureField(forms.Field):
    """A drawing, cleaned to ``Drawn`` or None."""

    widget: Any = SignaturePad

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Drawn | None:
        try:
            return parse_strokes(str(value or ""))
        except InvalidValue as wrong:
            raise ValidationError(wrong.message, code=wrong.code) from None
