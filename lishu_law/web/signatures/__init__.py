"""Signatures by hand or by account, for whatever is signed (ux.md §13): the pad's field, what it gives, and its row.

* ``SignatureField``: draws the pad (static/js/pad.js) and the way on paper; cleans to a ``Drawn``.
* ``keep_signature``: writes the ``Signature`` row; call it inside the action that needs it.
* ``picture_of``: the drawing as a PNG, stored like any other file.
"""

from lishu_law.web.signatures.field import SignatureField
from lishu_law.web.signatures.keeping import NewSignature, digest_of_text, keep_signature, picture_of
from lishu_law.web.signatures.strokes import Drawn, parse_strokes

__all__ = [
    "Drawn",
    "NewSignature",
    "SignatureField",
    "digest_of_text",
    "keep_signature",
    "parse_strokes",
    "picture_of",
]
