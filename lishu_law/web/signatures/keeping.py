"""A signature becomes a row: whose, how, under which text, with the picture beside the strokes."""

from __future__ import annotations

import hashlib
import io
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from lishu_law.registry.models import StoredFile
from lishu_law.web.models import Signature, SignedHow, SignerRole
from lishu_law.web.signatures.strokes import Drawn
from lishu_law.web.uploads import PHOTO, store_upload

SCALE = 2  # drawn twice as large as the pad, so that it prints well
PEN = 6


@dataclass(frozen=True)
class NewSignature:
    """What an action is given: a drawing with its picture, a paper's photo, or an account (``user``) alone."""

    role: str
    signer_name: str
    image: StoredFile | None = None
    drawn: Drawn | None = None
    user: Any = None
    place: str = ""
    device: str = ""

    @property
    def how(self) -> SignedHow:
        if self.drawn is not None:
            return SignedHow.DRAWN
        return SignedHow.PAPER if self.image is not None else SignedHow.ACCOUNT


def picture_of(drawn: Drawn, by: Any) -> StoredFile:
    """The drawing as black lines on white, stored like any file that is received."""
    image = Image.new("L", (drawn.width * SCALE, drawn.height * SCALE), 255)
    pen = ImageDraw.Draw(image)
    for stroke in drawn.strokes:
        points = [(x * SCALE, y * SCALE) for x, y, _moment in stroke]
        if len(points) > 1:
            pen.line(points, fill=0, width=PEN, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - PEN // 2, y - PEN // 2, x + PEN // 2, y + PEN // 2), fill=0)
    content = io.BytesIO()
    image.save(content, format="PNG", optimize=True)
    return store_upload(SimpleUploadedFile("签名.png", content.getvalue(), "image/png"), by, kinds=PHOTO)


def digest_of_text(text: str) -> str:
    """The SHA-256 of the text that was signed."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep_signature(new: NewSignature, *, text: str, by: Any, at: datetime, digest: str = "") -> Signature:
    """The row of a signature under ``text``, or under the file with this ``digest``; ``by`` held the device out."""
    return Signature.objects.create(
        reference=secrets.token_hex(5), role=SignerRole(new.role), how=new.how, signer_name=new.signer_name,
        user=new.user, strokes=new.drawn.as_json() if new.drawn else "", image=new.image, text=text,
        text_digest=digest or digest_of_text(text), signed_at=at, place=new.place[:200], device=new.device[:120], received_by=by,
    )  # fmt: skip
