"""The next version of a message from its own frozen bytes: no decision is needed, and nothing else of it changes. Pure."""

from __future__ import annotations

import json
from datetime import datetime

from disclosure.feed import wire
from disclosure.feed.payload import moment


def next_version(body: bytes, version: int, at: datetime) -> tuple[bytes, str]:
    """Bytes and digest of ``body`` as ``version``: an insert becomes an update, a withdrawal stays one."""
    envelope = json.loads(body)
    if envelope["kind"] != "withdrawal":
        envelope["cd_operation"] = "u"
    envelope["data_version"] = version
    envelope["cd_time"] = moment(at)
    envelope["cd_id"] = f"{str(envelope['cd_id']).rsplit('-', 1)[0]}-{version}"
    return wire.dumped(envelope).encode(), wire.content_digest(envelope)  # the data of a deletion stay null


def scope_of(body: bytes) -> str:
    """What a withdrawal ends: ``all``, ``public`` or ``credit``."""
    return str((json.loads(body).get("data") or {}).get("scope") or "all")


def deletion(kind: str, rui: str, version: int, at: datetime) -> tuple[bytes, str]:
    """Bytes and digest of the message that deletes a record nobody here ever sent (``d``, feed_api.md §3)."""
    envelope = {
        "kind": kind,
        "cd_id": f"{rui}-{version}",
        "cd_time": moment(at),
        "cd_source": rui[2:8],  # the area stands in the organ's own code
        "cd_operation": "d",
        "record_unique_identity": rui,
        "data_version": version,
        "data": None,
    }
    return wire.dumped(envelope).encode(), wire.content_digest(envelope)
