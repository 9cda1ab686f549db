"""Sealed papers as the public check finds them: by their file, by the code in their foot, by number and 核验码.

Only ``PaperCheck`` is read, so the public process needs no other table and no key (security.md §1). Files of strangers
are compared and searched as bytes, never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Q

from lishu_law.documents.codes import CODE_LENGTH, digest_of, typed_digest
from lishu_law.documents.models import PaperCheck

# The address of the check page stands in the clear in every seal; its sign "/" may be written as an octal escape.
_IN_SEAL = re.compile(rb"(?:/|\\057)([a-z2-7]{%d})(?![a-z2-7])" % CODE_LENGTH)
MOST_CODES = 5


def by_file(sha256: str) -> PaperCheck | None:
    """The paper whose file has exactly these bytes. Papers without the organ's seal have no entry: that one of them is
    ours is told to nobody. Of the copy with the signatures by hand, pages and certificate are the copy's."""
    found = PaperCheck.objects.filter(Q(file_sha256=sha256) | Q(signed_sha256=sha256)).first()
    if found is not None and found.signed_sha256 == sha256:
        found.pages, found.certificate = found.signed_pages, found.signed_certificate
    return found


def by_codes(codes: Sequence[str]) -> PaperCheck | None:
    """The paper of the first known code."""
    wanted = [digest_of(code) for code in codes]
    return PaperCheck.objects.filter(seal_digest__in=wanted).first() if wanted else None


def by_number(number: str, short: str) -> PaperCheck | None:
    """The paper of this 文号 or of what it belongs to, if its 核验码 is this one."""
    typed = typed_digest(number, short)
    return PaperCheck.objects.filter(Q(number_digest=typed) | Q(reference_digest=typed)).order_by("pk").first()


def codes_in(content: bytes) -> list[str]:
    """The codes a file carries in its seal. Each stands there twice: one damaged byte cannot hide both."""
    found = dict.fromkeys(one.decode("ascii") for one in _IN_SEAL.findall(content))
    return list(found)[:MOST_CODES]
