"""Versions of a record and what state each is in now (contract section 5).

Nothing runs in the background: a version is stored with the instants at which it is accepted and finished and with
the state it will end in, and its present state is computed when somebody asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from disclosure.mock_feed.errors import Json

NEVER_MS: Final = 1 << 52  # a version that stays RECEIVED
REJECTED: Final = "REJECTED"
_REPLACED_BY_SCOPE: Final = {"all": "WITHDRAWN"}


@dataclass(slots=True)
class Version:
    """One stored version of a record; field order is the column order of the table."""

    app_id: str
    rui: str
    version: int
    record_kind: str
    kind: str
    operation: str
    digest: str
    receipt_no: str
    received_ms: int
    accept_ms: int
    final_ms: int
    final_status: str
    is_late: bool
    number: str | None = None  # punish_file_num or check_action_code
    scope: str | None = None
    reason_code: str | None = None
    event_date: str | None = None
    basis_doc_no: str | None = None
    reason_public: str | None = None
    party_display: str | None = None
    errors: list[Json] = field(default_factory=list)
    content: str = "{}"  # what the digest was taken of

    def is_in_effect(self, now: int) -> bool:
        """Acceptance takes effect at once; only a rejection that has come out undoes it."""
        return self.final_status != REJECTED or now < self.final_ms


@dataclass(frozen=True, slots=True)
class State:
    """What `GET /receipts` shows of a version at one instant."""

    status: str
    updated_ms: int
    published_ms: int | None


def state_of(version: Version, later: Sequence[Version], now: int) -> State:
    """The present state of a version; `later` are the versions after it, in order."""
    if now < version.accept_ms:
        return State("RECEIVED", version.received_ms, None)
    if now < version.final_ms:
        return State("ACCEPTED", version.accept_ms, None)
    if version.final_status != REJECTED:
        for successor in later:
            if successor.final_status != REJECTED and now >= successor.final_ms:
                return State(_replaced_by(successor), successor.final_ms, None)
    published = version.final_ms if version.final_status == "PUBLISHED" else None
    return State(version.final_status, version.final_ms, published)


def _replaced_by(successor: Version) -> str:
    if successor.operation == "d":
        return "DELETED"
    return _REPLACED_BY_SCOPE.get(successor.scope or "", "SUPERSEDED")


def final_status(version: Version, is_visible: bool, before: Sequence[Version]) -> str:
    """The state a version will end in when nothing rejects it; `before` are the earlier versions, in order."""
    if version.operation == "d":
        return "DELETED"
    standing = [earlier for earlier in before if earlier.final_status != REJECTED]
    if version.kind == "withdrawal":
        if version.scope == "credit":
            return standing[-1].final_status if standing else "NOT_PUBLIC"
        return "WITHDRAWN" if version.scope == "all" else "NOT_PUBLIC"
    if version.kind == "inspection-record":
        is_visible = True
    is_hidden = not is_visible or any(earlier.scope == "public" for earlier in standing)
    return "NOT_PUBLIC" if is_hidden else "PUBLISHED"


def is_live(chain: Sequence[Version], now: int) -> bool:
    """Whether a record has a version not rejected and no deletion; a withdrawn record is live."""
    standing = [version for version in chain if version.is_in_effect(now)]
    return bool(standing) and all(version.operation != "d" for version in standing)


def number_of(chain: Sequence[Version], now: int) -> str | None:
    """The document number or check code of a record: that of its newest version not rejected which has one."""
    for version in reversed(chain):
        if version.number is not None and version.is_in_effect(now):
            return version.number
    return None


def scopes_withdrawn(chain: Sequence[Version], now: int) -> set[str]:
    """The scopes whose display a withdrawal in effect has ended."""
    return {version.scope for version in chain if version.scope is not None and version.is_in_effect(now)}
