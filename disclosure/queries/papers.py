"""Is this document ours, and does it still stand? Four answers for a file, a scanned code, or a number with its 核验码."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from lishu_law.documents.checking import by_codes, by_file, by_number, codes_in
from lishu_law.documents.models import PaperCheck
from lishu_law.organ_seal.pades import verify


class Verdict(StrEnum):
    GENUINE = "genuine"
    ALTERED = "altered"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What the page says. ``paper`` is missing only where nothing is known."""

    verdict: Verdict
    paper: PaperCheck | None = None


NOTHING = Answer(Verdict.UNKNOWN)


def answer_for_file(content: bytes) -> Answer:
    """A file that is byte for byte the stored one is genuine; one that carries the code of a document of ours and is
    not, was altered. A seal that does not fit the stored file means that somebody changed both file and register."""
    digest = hashlib.sha256(content).hexdigest()
    paper = by_file(digest)
    if paper is not None:
        return standing(paper) if _seal_fits(paper, content) else Answer(Verdict.ALTERED, paper)
    claimed = by_codes(codes_in(content))
    return Answer(Verdict.ALTERED, claimed) if claimed else NOTHING


def answer_for_code(code: str) -> Answer:
    """The code scanned from paper: it says which document this claims to be, the reader compares."""
    paper = by_codes([code])
    return standing(paper) if paper else NOTHING


def answer_for_number(number: str, short: str) -> Answer:
    """The same for what is typed."""
    paper = by_number(number, short)
    return standing(paper) if paper else NOTHING


def standing(paper: PaperCheck) -> Answer:
    return Answer(Verdict.WITHDRAWN if paper.fallen_on else Verdict.GENUINE, paper)


def _seal_fits(paper: PaperCheck, content: bytes) -> bool:
    if not paper.certificate:  # what is checked here went out sealed or not at all
        return False
    found = verify(content)
    return found is not None and found.is_whole and found.certificate == paper.certificate
