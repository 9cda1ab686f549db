"""The only door to django-guardian: rows that carry assignments and exceptions.

A package that wants object permissions declares a direct foreign-key model on ``UserObjectPermissionBase`` (one SQL
join, no generic keys) and grants or revokes in the same transaction as the assignment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from guardian.models import UserObjectPermissionAbstract, UserObjectPermissionBase
from guardian.shortcuts import assign_perm, remove_perm
from guardian.utils import get_user_obj_perms_model


def grant(permission: str, user: Any, obj: Model) -> None:
    """Give ``user`` the object permission; giving it twice is harmless."""
    assign_perm(permission, user, obj)


def revoke(permission: str, user: Any, obj: Model) -> None:
    """Take the object permission back."""
    remove_perm(permission, user, obj)


def assigned_to(user: Any, permissions: Iterable[str], queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of ``queryset`` on which ``user`` holds one of ``permissions``: one set-based query, never a check per row.

    guardian's own ``get_objects_for_user`` asks the same of tables of every shape and joins the objects once more.
    """
    model: Any = queryset.model
    rows: Any = get_user_obj_perms_model(model)
    names = [permission.rpartition(".")[2] for permission in permissions]
    held = rows.objects.filter(user=user, permission__codename__in=names).values("content_object_id")
    return queryset.filter(pk__in=held)


__all__ = ["UserObjectPermissionAbstract", "UserObjectPermissionBase", "assigned_to", "grant", "revoke"]
