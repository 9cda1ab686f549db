"""Full addresses of public pages, as documents, feeds and files print them.

``LISHU_PUBLIC_URL`` holds the path below which the public site stands; what ``reverse`` gives holds the path below which
this process stands (``LISHU_PREFIX``). A staff process at a root of its own still names the public's addresses.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse


def public_address(name: str, *args: Any, **kwargs: Any) -> str:
    """The full address of a public page or file."""
    return settings.PUBLIC_BASE_URL + below_prefix(reverse(name, args=args or None, kwargs=kwargs or None))


def below_prefix(address: str) -> str:
    """An address of ours without the path below which this process stands."""
    return f"/{address.removeprefix(get_script_prefix())}"
