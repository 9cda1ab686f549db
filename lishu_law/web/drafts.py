"""Drafts of typed text: saved every few seconds by the page, by a button without JavaScript, and on every refusal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from lishu_law import clock
from lishu_law.web.models import Draft

KEPT = timedelta(days=30)
# Never part of a draft: control fields and anything secret.
NOT_SAVED = {
    "csrfmiddlewaretoken",
    "op_id",
    "version",
    "password",
    "_save_draft",
    "_drop_draft",
    "_draft_key",
    "_draft_title",
}
# A signature belongs to the text it was made under; it is never kept apart from it.
SIGNATURE = "signature"
MOST_CHARACTERS = 200_000


class DraftTooLong(ValueError):
    """More text than a draft holds; the message says how to go on."""


def save(user: Any, key: str, typed: QueryDict, *, title: str = "") -> datetime:
    """Store what stands in the form; the last writer wins. Returns the time shown as 已自动保存.

    Raises ``DraftTooLong``. NUL characters are left out: PostgreSQL cannot store them, and no form accepts them.
    """
    payload = {
        name.replace("\x00", ""): [text.replace("\x00", "") for text in typed.getlist(name)]
        for name in typed
        if name not in NOT_SAVED and not name.endswith(SIGNATURE)
    }
    if sum(len(text) for texts in payload.values() for text in texts) > MOST_CHARACTERS:
        raise DraftTooLong("草稿太长，未能自动保存。请先精简内容或分次填写。")
    saved_at = clock.now()
    Draft.objects.update_or_create(
        user=user,
        key=key[:200],
        defaults={
            "payload": json.dumps(payload, ensure_ascii=False),
            "saved_at": saved_at,
            "title": title.replace("\x00", "")[:100],
        },
    )
    return saved_at


@dataclass(frozen=True)
class SavedDraft:
    """A draft as pages use it: every typed value by field name."""

    payload: dict[str, list[str]]
    saved_at: datetime


def load(user: Any, key: str) -> SavedDraft | None:
    """The draft of this page, if there is one that has not died."""
    row = Draft.objects.filter(user=user, key=key[:200], saved_at__gte=clock.now() - KEPT).first()
    return SavedDraft(json.loads(row.payload or "{}"), row.saved_at) if row else None


def unsubmitted(user: Any, most: int = 10) -> list[Draft]:
    """The newest drafts of a person, for the desk; their content stays closed."""
    return list(Draft.objects.filter(user=user).defer("payload").order_by("-saved_at")[:most])


def drop(user: Any, key: str) -> None:
    """Forget the draft: its content was submitted."""
    Draft.objects.filter(user=user, key=key[:200]).delete()
