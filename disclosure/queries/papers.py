"""Is this document ours, and does it still stand? Four answers for a file, a scanned code, or a number with its 核验码."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from cases.api import CHECKABLE as CASE_DOCUMENTS
from inspections.api import CHECKABLE as INSPECTION_PAPERS
from lishu_law.documents.checking import Paper, codes_in
from lishu_law.organ_seal.pades import verify

SOURCES = (CASE_DOCUMENTS, INSPECTION_PAPERS)


class Verdict(StrEnum):
    GENUINE = "genuine"
    ALTERED = "altered"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What the page says. ``paper`` is missing only where nothing is known."""

    verdict: Verdict
    paper: Paper | None = None


NOTHING = Answer(Verdict.UNKNOWN)


def answer_for_file(content: bytes) -> Answer:
    """A file that is byte for byte the stored one is genuine; one that carries the code of a document of ours and is
    not, was altered. A seal that does not fit the stored file means that somebody changed both file and register."""
    digest = hashlib.sha256(content).hexdigest()
    paper = next((one for source in SOURCES if (one := source.by_file(digest))), None)
    if paper is not None:
        return standing(paper) if _seal_fits(paper, content) else Answer(Verdict.ALTERED, paper)
    codes = codes_in(content)
    claimed = next((one for source in SOURCES if (one := source.by_codes(codes))), None)
    return Answer(Verdict.ALTERED, claimed) if claimed else NOTHING


def answer_for_code(code: str) -> Answer:
    """The code scanned from paper: it says which document this claims to be, the reader compares."""
    paper = next((one for source in SOURCES if (one := source.by_codes([code]))), None)
    return standing(paper) if paper else NOTHING


def answer_for_number(number: str, short: str) -> Answer:
    """The same for what is typed."""
    paper = next((one for source in SOURCES if (one := source.by_number(number, short))), None)
    return standing(paper) if paper else NOTHING


def standing(paper: Paper) -> Answer:
    return Answer(Verdict.WITHDRAWN if paper.fallen else Verdict.GENUINE, paper)


def _seal_fits(paper: Paper, content: bytes) -> bool:
    if not paper.certificate:  # what is checked here went out sealed or not at all
        return False
    found = verify(content)
    return found is not None and found.is_whole and found.certificate == paper.certificate
