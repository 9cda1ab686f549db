"""Switching a rule off, to see that its test notices.

``switch_off`` makes the check of one block rule answer as if it never refused, in place, whoever imported it from
where: the code of the function is exchanged. ``tests/conftest.py`` does it for the rule named in LISHU_SWITCH_OFF;
``tests/mutate_guards.py`` runs every rule's test that way.
"""

from __future__ import annotations

import importlib
from types import FunctionType
from typing import Any

from lishu_law.access import matrix
from lishu_law.law.rule_homes import RuleHome, load_homes

VARIABLE = "LISHU_SWITCH_OFF"
ANSWERS = {"none": None, "empty": (), "true": True, "false": False}


def switch_off(rule_id: str) -> None:
    """Disable the check of a block rule in this process. Raises ``ValueError`` where nothing can be switched off."""
    home = load_homes()[rule_id]
    if not home.is_switchable:
        raise ValueError(f"{rule_id} is no block rule that is implemented")
    if home.off == "apart":
        _no_longer_apart(home)
        return
    check = resolve(home.where)
    if not isinstance(check, FunctionType) or home.off not in ANSWERS:
        raise ValueError(f"{rule_id}: {home.where} cannot be switched off by {home.off!r}")
    scope: dict[str, Any] = {}
    # Only a function without a closure can take the code of another: a check is a plain function of a module.
    exec(f"def lenient(*args, **kwargs):\n    return {ANSWERS[home.off]!r}", scope)
    check.__code__ = scope["lenient"].__code__
    check.__kwdefaults__ = None
    check.__defaults__ = None


def resolve(where: str) -> Any:
    """The object a ``package.module:name`` means."""
    module, _, path = where.partition(":")
    found: Any = importlib.import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    return getattr(found, "__func__", found)


def _no_longer_apart(home: RuleHome) -> None:
    action = home.where.removeprefix("permission:")
    object.__setattr__(matrix.RULES[action], "apart", ())
