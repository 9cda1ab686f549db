"""The secret address of a person's calendar: made, renewed, revoked by that person; only its digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from lishu_law import clock
from lishu_law.access.policy import check
from lishu_law.audit import journal
from lishu_law.desk.models import CalendarSubscription
from lishu_law.errors import NotFound
from lishu_law.registry.models import User

_BYTES = 24  # 192 bits
_HOUR = timedelta(hours=1)
READS_AN_HOUR = 30


@transaction.atomic(durable=True)
def make_subscription(*, by: User, at: datetime | None = None) -> str:
    """A fresh secret; the one before stops working at once. The only time the secret is known."""
    check(by, "calendar.read")
    secret = secrets.token_urlsafe(_BYTES)
    fresh = {
        "digest": digest_of(secret),
        "made_at": at or clock.now(),
        "read_at": None,
        "hour_began_at": None,
        "reads": 0,
    }
    CalendarSubscription.objects.update_or_create(user=by, defaults=fresh)
    journal.record("calendar.subscribe", by=by, on=("user", by.pk))
    return secret


@transaction.atomic(durable=True)
def revoke_subscription(*, by: User) -> bool:
    """The address stops working; whether there was one."""
    check(by, "calendar.read")
    count, _rows = CalendarSubscription.objects.filter(user=by).delete()
    if count:
        journal.record("calendar.revoke", by=by, on=("user", by.pk))
    return bool(count)


def digest_of(secret: str) -> str:
    """SHA-256: the secret is random, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def reader_of(secret: str, now: datetime) -> User | None:
    """Whose calendar the secret opens; None when it was read too often within the hour.

    Raises ``NotFound`` for an unknown or revoked secret and for somebody who does not work here any more.
    """
    found = CalendarSubscription.objects.filter(digest=digest_of(secret), user__is_active=True)
    subscription = found.select_related("user").first()
    if subscription is None:
        raise NotFound
    began = subscription.hour_began_at
    if began is None or now - began >= _HOUR:
        found.update(hour_began_at=now, reads=1, read_at=now)
        return subscription.user
    # One statement counts: two programs reading at once cannot both be the last one allowed.
    allowed = found.filter(reads__lt=READS_AN_HOUR).update(reads=F("reads") + 1, read_at=now)
    return subscription.user if allowed else None
