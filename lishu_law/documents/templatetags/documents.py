"""Template tags of the official documents: an empty field is struck out, so that nothing can be added later; a
signature by hand stands at its place where it was taken in the system, else there is room for the pen.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lishu_law.documents.signed import Signed

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


@register.filter
def css_string(text: str) -> SafeString:
    """The text between the quotation marks of a CSS string: all but letters, digits and Chinese characters as escapes."""
    return mark_safe("".join(one if _stands_for_itself(one) else f"\\{ord(one):x} " for one in str(text)))


def _stands_for_itself(one: str) -> bool:
    return (one.isascii() and one.isalnum()) or "\u4e00" <= one <= "\u9fff"


class SignatureNode(template.Node):
    """What stands at one place of a form: the signatures that were taken, or what is between the tags."""

    def __init__(self, label: template.base.FilterExpression, ordinal: Any, room: template.NodeList) -> None:
        self.label, self.ordinal, self.room = label, ordinal, room

    def render(self, context: template.Context) -> SafeString:
        signed: Signed | None = context.get("signed")
        ordinal = self.ordinal.resolve(context) if self.ordinal else None
        found = signed.at(str(self.label.resolve(context)), ordinal) if signed else []
        if not found:
            return self.room.render(context)
        return render_to_string("documents/_signed_place.html", {"signatures": found})


@register.tag
def signature_of(parser: template.base.Parser, token: template.base.Token) -> SignatureNode:
    """``{% signature_of "执法人员" 2 %}room for the pen{% endsignature_of %}``; without a number, everybody of the word."""
    _name, label, *rest = token.split_contents()
    room = parser.parse(("endsignature_of",))
    parser.delete_first_token()
    ordinal = parser.compile_filter(rest[0]) if rest else None
    return SignatureNode(parser.compile_filter(label), ordinal, room)


@register.simple_tag(takes_context=True)
def signed_feet(context: template.Context) -> SafeString:
    """The style sheet that puts each page's signature into the foot of that page."""
    signed: Signed | None = context.get("signed")
    if not signed or not signed.feet:
        return mark_safe("")
    return render_to_string("documents/_signed_feet.html", {"feet": signed.feet, "page": signed.page_name})
