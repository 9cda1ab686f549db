"""Are both sides of one record equal, and if not, which row of the table of feed_api.md §8 is it? Pure.

Equal = the same newest version with the same digest and a state that fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    LOST = "lost"
    FOREIGN = "foreign"
    DIFFERS = "differs"
    REJECTED = "rejected"
    SHOWN = "shown"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True)
class Ours:
    """One version of our outbox. ``is_known``: a receipt says the exchange took it; ``is_taken``: and we still think so."""

    version: int
    digest: str
    is_known: bool
    is_taken: bool


@dataclass(frozen=True)
class Theirs:
    """One item of the exchange's listing: its newest version of a record."""

    rui: str
    version: int
    status: str
    digest: str
    receipt_no: str
    number: str = ""

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Theirs:
        """From a listing item. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
        return cls(
            str(item["record_unique_identity"]),
            int(item["data_version"]),
            str(item["status"]),
            str(item["content_digest"]),
            str(item["receipt_no"]),
            str(item.get("punish_file_num") or ""),
        )


_ENDED = ("WITHDRAWN", "DELETED")


def verdict(ours: Sequence[Ours], theirs: Theirs | None, *, may_show: bool = True) -> Verdict | None:
    """What is wrong with one record; None when nothing is. ``may_show``: is it still to be public?"""
    known = [one for one in ours if one.is_known]
    newest = max(known, key=lambda one: one.version, default=None)
    if theirs is None:
        return Verdict.LOST if newest is not None and newest.is_taken else None
    same = next((one for one in ours if one.version == theirs.version), None)
    if newest is not None and newest.version > theirs.version:
        return Verdict.LOST if newest.is_taken else None
    if same is None or same.digest != theirs.digest:
        return Verdict.FOREIGN if not ours or theirs.status in _ENDED else Verdict.DIFFERS
    if not same.is_known:
        return Verdict.UNRECORDED
    if theirs.status == "REJECTED":
        return Verdict.REJECTED if same.is_taken else None
    return Verdict.SHOWN if theirs.status == "PUBLISHED" and not may_show else None


def day_digest(digests: Iterable[str]) -> str:
    """SHA-256 of a day's content digests, sorted and joined by line breaks."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def unequal_days(ours: Mapping[str, Sequence[str]], theirs: Mapping[str, tuple[int, str]]) -> list[str]:
    """The days on which count or digest differ, in order."""
    days = sorted(set(ours) | set(theirs))
    return [day for day in days if theirs.get(day) != _ours_on(ours.get(day))]


def _ours_on(digests: Sequence[str] | None) -> tuple[int, str] | None:
    return (len(digests), day_digest(digests)) if digests else None
