"""Decorators that declare who may open a view. A view without a declared policy is refused and fails the checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"


def public(view: View) -> View:
    """Anybody, no sign-in, no cookies."""
    view.policy = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody who is signed in."""
    view.policy = SIGNED_IN  # type: ignore[attr-defined]
    return view


def requires(action: str) -> Callable[[View], View]:
    """Whoever may ever do ``action``; the action itself asks again with the object."""

    def declare(view: View) -> View:
        view.policy = action  # type: ignore[attr-defined]
        return view

    return declare
