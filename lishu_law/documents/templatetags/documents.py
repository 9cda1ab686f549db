"""Template filters of the official documents: an empty field is struck out, so that nothing can be added later."""

from __future__ import annotations

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

STRUCK = mark_safe('<span class="struck">／</span>')


@register.filter
def or_struck(value: object) -> object:
    """The value, or ／ in the middle of the field when there is none."""
    return value or STRUCK


@register.filter
def signature_label(who: str) -> str:
    """The words before the room for a signature: 委托人（盖章） signs or seals."""
    return f"{who.removesuffix('（盖章）')}签名（盖章）" if who.endswith("（盖章）") else f"{who}签名"
