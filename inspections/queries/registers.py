"""Which registers a person may open, for the pages that lead there."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from lishu_law.access.policy import may_ever

# (title, url name, action that opens it)
REGISTERS = (
    ("监管对象名录", "subject-list", "subject.read"),
    ("执法人员名录", "officer-list", "officer.read"),
    ("检查事项清单", "matter-list", "matter.read"),
    ("年度检查次数上限", "cap-list", "cap.read"),
    ("检查主体", "unit-list", "unit.read"),
    ("权责清单", "power-list", "power.read"),
    ("检查文书式样", "paper-forms", "rule.read"),
)


def registers_for(user: Any) -> list[tuple[str, str]]:
    """The registers this person may open."""
    return [(title, reverse(name)) for title, name, action in REGISTERS if may_ever(user, action)]
