"""Files of a visit: photos into the store with time, place and a watermarked copy; signatures; and giving them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from inspections.actions.checks import NewPhoto
from inspections.models import InspectionFiling, Signing, VisitSignature
from inspections.queries.records import open_filing
from inspections.rules import photo_moment
from inspections.views.kept import device_of
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound
from lishu_law.registry.models import StoredFile
from lishu_law.web.models import SignerRole
from lishu_law.web.signatures import NewSignature, picture_of
from lishu_law.web.uploads import make_derivative, serve_file, store_upload


def visit_photos(
    files: list[Any], by: Any, filing: InspectionFiling, moment: datetime, *, purpose: str
) -> tuple[NewPhoto, ...]:
    """The uploaded photos, unchanged, each with a copy that carries number, time, place and officers."""
    people = "、".join(one.user.full_name for one in filing.officers.all())
    kept = []
    for file in files:
        stored = store_upload(file, by)
        taken = photo_moment(stored.photo_taken, filing.started_at or moment, moment)
        words = (f"{clock.local(taken):%Y-%m-%d %H:%M}", filing.subject.address, filing.filing_no or "", people)
        make_derivative(stored, " · ".join((*words, stored.short_digest)))
        kept.append(NewPhoto(stored, taken, filing.subject.address[:200], purpose))
    return tuple(kept)


def point_photos(form: Any, by: Any, filing: InspectionFiling, moment: datetime) -> dict[str, tuple[NewPhoto, ...]]:
    """The photos of each check point, by the name of its field."""
    return {
        name: visit_photos(
            form.cleaned_data[f"{name}_photos"],
            by,
            filing,
            moment,
            purpose=f"证明检查要点“{point['content']}”的情况"[:300],
        )
        for name, (_matter, point) in form.points.items()
    }


def signatures_of(data: dict[str, Any], request: HttpRequest, filing: InspectionFiling) -> tuple[NewSignature, ...]:
    """What the party and the witness signed: on the pad, or on paper."""
    is_signed = data["signing"] == Signing.SIGNED
    parts = (
        (SignerRole.PARTY, data["present_person"], data["party_signature"], data["party_paper"]) if is_signed else None,
        (SignerRole.WITNESS, data["witness_name"], data["witness_signature"], None) if data["witness_name"] else None,
    )
    found = []
    for role, name, drawn, paper in (part for part in parts if part):
        image = picture_of(drawn, request.user) if drawn else store_upload(paper, request.user) if paper else None
        if image is not None:
            found.append(
                NewSignature(
                    role, name or filing.subject.party.name, image, drawn, place=filing.subject.address,
                    device=device_of(request),
                )
            )  # fmt: skip
    return tuple(found)


def _named(stored: StoredFile, stem: str) -> str:
    suffix = "jpg" if stored.content_type == "image/jpeg" else stored.content_type.rsplit("/", 1)[-1]
    return f"{stem}.{suffix}"


@requires("inspection.read")
@require_GET
def photo(request: HttpRequest, reference: str, position: int) -> HttpResponseBase:
    """One photo of a visit: its copy with the watermark, or with ``?original=1`` the untouched file."""
    found = open_filing(request.user, reference)
    wanted = found.filing.photos.select_related("file").filter(position=position).first()
    if wanted is None:
        raise NotFound
    is_copy = bool(wanted.file.derivative_path) and request.GET.get("original") != "1"
    name = _named(wanted.file, f"{found.filing.filing_no}-{position + 1}")
    return serve_file(request, wanted.file, download_name=name, derivative=is_copy)


@requires("inspection.read")
@require_GET
def signature(request: HttpRequest, reference: str, receipt: str) -> HttpResponseBase:
    """The picture of a signature under the record."""
    found = open_filing(request.user, reference)
    wanted = (
        VisitSignature.objects.filter(filing=found.filing, signature__reference=receipt)
        .select_related("signature__image")
        .first()
    )
    if wanted is None or wanted.signature.image is None:
        raise NotFound
    return serve_file(request, wanted.signature.image, download_name=_named(wanted.signature.image, f"签名-{receipt}"))
