"""Every address of the site has declared who may open it; nothing is open by forgetting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lishu_law.access.doors import PUBLIC, SIGNED_IN
from lishu_law.access.matrix import RULES
from lishu_law.access.policy import can, may_ever


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver("lishu_law.urls")).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


def test_every_view_has_a_policy_the_matrix_knows() -> None:
    found = list(patterns())
    known = {PUBLIC, SIGNED_IN, *RULES}
    assert len(found) >= 8
    assert [address for address, view in found if getattr(view, "policy", None) not in known] == []


def test_unknown_action_is_denied() -> None:
    assert not can(AnonymousUser(), "no.such.action").allowed
    assert not may_ever(AnonymousUser(), "desk.read")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["profile", "demo-clock", "components", "draft-save"])
def test_staff_pages_send_strangers_to_sign_in(name: str) -> None:
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/help/"])
def test_public_pages_set_no_cookie_and_ask_no_query(address: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = Client().get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" in response["Vary"]


@pytest.mark.django_db
def test_content_policy_stands_on_every_answer() -> None:
    for address in ("/", "/sign-in/", "/nothing/"):
        policy = Client().get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
