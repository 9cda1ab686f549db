"""What the serving of a document starts: limit codes by document, counted from the effective service date.

Notice and decision start theirs in the rows of their own steps. A limit belongs to the document's part ("hearing:3").
"""

from __future__ import annotations

ON_SERVED: dict[str, tuple[str, ...]] = {
    "no_penalty_decision": ("review-60d", "sue-6m"),
    "revocation_decision": ("review-60d", "sue-6m"),
    "hearing_notice": ("hearing-notice-7d",),
    "demand_letter": ("enforce-urge-10d",),
    # The second demand before a proxy performance (强制法51) is a letter of that enforcement.
    "demand_letter@enforcement": ("enforce-proxy-3d",),
}


def started_by(code: str, part: str) -> tuple[str, ...]:
    """The limits that the serving of a document starts; ``code@kind`` speaks of the documents of one kind of part."""
    kind = part.partition(":")[0]
    return ON_SERVED.get(f"{code}@{kind}", ON_SERVED.get(code, ()))
