"""Items a phone sent later, as pages show them: what waits for a person, and the marks on what was entered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from inspections.models import ItemState, QueuedFile, QueuedItem
from lishu_law import clock
from lishu_law.errors import NotFound
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.roles import Role

UNSETTLED = (ItemState.CONFLICT, ItemState.REFUSED, ItemState.RECEIVED)
MOST = 50


@dataclass(frozen=True)
class ItemView:
    """One item in words: what it is, both times, what is odd about it, what was typed and the files."""

    item: QueuedItem
    marks: list[str]
    problems: list[str]
    typed: list[tuple[str, str]] = field(default_factory=list)
    files: list[QueuedFile] = field(default_factory=list)


def visible_items(user: Any) -> QuerySet[QueuedItem]:
    """The items this person may settle or look at: own ones, a squad leader those of the unit."""
    items = QueuedItem.objects.select_related("user", "key", "settled_by")
    if user.has_role(Role.SQUAD_LEADER):
        return items.filter(Q(unit_id=user.unit_id) | Q(user=user))
    return items.filter(user=user)


def unsettled(user: Any, *, most: int = MOST) -> list[ItemView]:
    """What waits for a person, oldest first."""
    rows = visible_items(user).filter(state__in=UNSETTLED).order_by("pk")[:most]
    return [ItemView(one, marks_of(one), one.problems.splitlines()) for one in rows]


def item_by(user: Any, receipt: str) -> ItemView:
    """One item with everything it brought; ``NotFound`` outside this person's scope."""
    item = visible_items(user).filter(receipt=receipt).first()
    if item is None:
        raise NotFound
    typed = [(str(label), str(text)) for label, text in json.loads(item.typed)] if item.typed else []
    files = list(item.files.select_related("file").order_by("position"))
    return ItemView(item, [*marks_of(item), *_missing(item)], item.problems.splitlines(), typed, files)


def marks_of(item: QueuedItem) -> list[str]:
    """离线补传, the drift of the phone's clock, the reason of a late one: never corrected, always shown."""
    found = []
    if item.is_offline:
        found.append("离线补传")
    minutes = DEFAULT_PARAMETERS.number("offline.drift_minutes", clock.local(item.received_at).date())
    if abs(item.drift_seconds) > minutes * 60:
        found.append(
            f"手机时间比服务器{'快' if item.drift_seconds > 0 else '慢'} {_span(abs(item.drift_seconds))}，请核对"
        )
    if item.late_reason:
        found.append(f"没有按时上传，原因：{item.late_reason}")
    return found


def _span(seconds: int) -> str:
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时 {minutes % 60} 分钟"


def _missing(item: QueuedItem) -> list[str]:
    """The phone counts what it writes: a hole is an item that never came."""
    if item.key_id is None:
        return []
    found = QueuedItem.objects.filter(key=item.key_id).aggregate(last=Max("counter"), count=Count("pk"))
    hole = (found["last"] or 0) - found["count"]
    return [f"这部手机这一班还有 {hole} 份没有传到"] if hole > 0 else []


def marks_for(url: str) -> list[QueuedItem]:
    """The items behind a record that were written offline or by a wrong clock, for the record's own page."""
    rows = QueuedItem.objects.filter(result_url=url).select_related("user").order_by("pk")
    return [one for one in rows if marks_of(one)]


def items_behind(*urls: str) -> list[ItemView]:
    return [ItemView(one, marks_of(one), []) for url in urls for one in marks_for(url)]


def own_steps(item: QueuedItem, pages: str, version: int) -> int:
    """How many earlier forms of this phone moved a record on since ``version``: entered, of the same key, on its pages."""
    earlier = QueuedItem.objects.filter(
        user_id=item.user_id, key_id=item.key_id, counter__lt=item.counter, path__startswith=pages, state=ItemState.DONE
    ).only("payload")
    typed = [(json.loads(one.payload).get("version") or [""])[0] for one in earlier]
    return sum(1 for one in typed if one.isascii() and one.isdigit() and int(one) >= version)
