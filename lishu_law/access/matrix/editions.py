"""Editions of benchmark, lists and statutes: the legal section prepares and confirms, a head releases (处罚法34)."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, Grant, Rule, rule
from lishu_law.registry.roles import Role

_READERS = (
    Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL), *REVIEWERS, *LEADERS, Grant(Role.DOSSIER_REVIEWER, ALL),
    Grant(Role.SUPERVISOR, ALL),
)  # fmt: skip

TABLE: tuple[Rule, ...] = (
    rule("edition.read", "查看裁量基准各版", _READERS),
    rule("edition.import", "导入裁量基准、清单和法规版本", REVIEWERS),
    rule("edition.review", "审核裁量基准新版", REVIEWERS),
    rule("edition.release", "公布裁量基准新版", LEADERS, "", ("applicant",)),
    rule("edition.file", "登记裁量基准备案", REVIEWERS),
    rule("edition.confirm_row", "核对确认裁量基准的条文", REVIEWERS),
)
