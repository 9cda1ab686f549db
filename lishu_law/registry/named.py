"""Officers of the authority by name, for whoever must not be one of them."""

from __future__ import annotations

from lishu_law.registry.models import User


def officers_named(*names: str) -> frozenset[str]:
    """Which of these names an officer with a certificate bears; no statement where nothing was typed."""
    typed = {name.strip() for name in names} - {""}
    if not typed:
        return frozenset()
    found = User.objects.filter(full_name__in=typed, is_active=True, certificates__isnull=False)
    return frozenset(found.values_list("full_name", flat=True))
