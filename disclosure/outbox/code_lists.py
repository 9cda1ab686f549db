"""The exchange's code lists, fetched and kept with their version, and what of ours they do not hold (E3003)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from disclosure.feed.client import FeedClient
from disclosure.feed.codes import LISTS
from disclosure.models import CodeListEdition
from lishu_law import clock


def refresh(client: FeedClient, names: Iterable[str] = tuple(LISTS)) -> int:
    """Fetch these lists and keep what is new; returns how many versions were new. Raises ``FeedUnreachable``."""
    return sum(_keep(name, client.code_list(name)) for name in names)


@transaction.atomic
def _keep(name: str, body: dict[str, object]) -> bool:
    """One list: its version in force, with the codes of today even if the exchange changed them under the old name."""
    now = clock.now()
    found = body["items"]
    assert isinstance(found, list)  # the client has looked
    items = {str(one["code"]): str(one.get("name", "")) for one in found if isinstance(one, dict) and "code" in one}
    version = str(body.get("version", ""))[:40]
    CodeListEdition.objects.filter(name=name, is_current=True).exclude(version=version).update(is_current=False)
    _row, is_new = CodeListEdition.objects.update_or_create(
        name=name,
        version=version,
        defaults={"codes": items, "is_current": True, "fetched_at": now},
        create_defaults={
            "codes": items,
            "is_current": True,
            "fetched_at": now,
            "first_seen_at": now,
        },
    )
    return is_new


def current(name: str) -> CodeListEdition | None:
    """The list in force as last fetched."""
    return CodeListEdition.objects.filter(name=name, is_current=True).first()
