"""Sealed documents as the public check finds them: by their file, by the code in their foot, by number and 核验码.

Everything told comes from the frozen row. Files of strangers are compared and searched as bytes, never parsed.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from lishu_law import clock
from lishu_law.documents.codes import CODE_LENGTH, digest_of, short_code
from lishu_law.documents.models import SealedDocument

# The address of the check page stands in the clear in every seal; its sign "/" may be written as an octal escape.
_IN_SEAL = re.compile(rb"(?:/|\\057)([a-z2-7]{%d})(?![a-z2-7])" % CODE_LENGTH)
MOST_CODES = 5


@dataclass(frozen=True)
class Fallen:
    """Why a document no longer stands: what was done, by whom, with which document, since when, what stands instead."""

    words: str
    organ: str
    document_no: str
    since: date
    successor_no: str = ""


@dataclass(frozen=True)
class Paper:
    """One sealed document. Nothing here is masked. ``certificate`` is empty where no electronic seal is set (yet)."""

    title: str
    number: str
    reference_word: str
    reference: str
    organ: str
    party_kind: str
    party_name: str
    party_person: str
    amount: Decimal | None
    sealed_on: date
    pages: int | None
    certificate: str
    fallen: Fallen | None


@dataclass(frozen=True)
class Checkable:
    """The documents of one table. ``reference`` leads to the number of what they belong to (案号, 备案号)."""

    model: type[SealedDocument]
    reference_word: str
    reference: str
    fallen: Callable[[Any], Fallen | None]

    def by_file(self, sha256: str) -> Paper | None:
        """The document whose file has exactly these bytes. Papers without the organ's seal stay in the house: that one
        of them is ours is told to nobody."""
        return self._paper(self._rows().filter(pdf_sha256=sha256, seal_digest__isnull=False).first())

    def by_codes(self, codes: Sequence[str]) -> Paper | None:
        """The document of the first known code."""
        wanted = [digest_of(code) for code in codes]
        return self._paper(self._rows().filter(seal_digest__in=wanted).first()) if wanted else None

    def by_number(self, number: str, short: str) -> Paper | None:
        """The document of this 文号 or of what it belongs to, if its 核验码 is this one."""
        coded = self._rows().filter(seal_digest__isnull=False).order_by("pk")
        for row in chain(coded.filter(number=number), coded.filter(**{self.reference: number})):
            if hmac.compare_digest(short_code(row.seal_code), short):
                return self._paper(row)
        return None

    def _rows(self) -> Any:
        return self.model._default_manager.select_related(self.reference.partition("__")[0])

    def _paper(self, row: Any) -> Paper | None:
        if row is None:
            return None
        party = row.data.get("party") or {}
        owner, _, field = self.reference.partition("__")
        return Paper(
            title=row.title,
            number=row.number,
            reference_word=self.reference_word,
            reference=getattr(getattr(row, owner), field) or "",
            organ=row.data.get("organ") or "",
            party_kind=party.get("kind", ""),
            party_name=party.get("name", ""),
            party_person=((party.get("person") or {}).get("name") or "").removesuffix("（经营者）"),
            amount=getattr(row, "amount", None),
            sealed_on=clock.local(row.sealed_at).date(),
            pages=row.pdf_pages,
            certificate=row.seal_certificate,
            fallen=self.fallen(row),
        )


def codes_in(content: bytes) -> list[str]:
    """The codes a file carries in its seal. Each stands there twice: one damaged byte cannot hide both."""
    found = dict.fromkeys(one.decode("ascii") for one in _IN_SEAL.findall(content))
    return list(found)[:MOST_CODES]
