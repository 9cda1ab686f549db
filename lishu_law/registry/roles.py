"""The roles of the staff (security.md §6.1, shared decision 15). Assignments in one case are not roles."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    OFFICER = "officer", "执法人员"
    SQUAD_LEADER = "squad_leader", "中队长"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核员"
    DEPUTY_HEAD = "deputy_head", "分管负责人"
    HEAD = "head", "局长"
    DISCLOSURE_CHECKER = "disclosure_checker", "公示审核员"
    DOSSIER_REVIEWER = "dossier_reviewer", "案卷评查员"
    SUPERVISOR = "supervisor", "监督员"
    ARCHIVIST = "archivist", "档案员"
    PROPERTY_KEEPER = "property_keeper", "涉案财物管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


# 三员分立: these accounts hold no business role, and nobody holds two of the three (security.md S7).
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# The forms' 负责人.
LEADER_ROLES = frozenset({Role.DEPUTY_HEAD, Role.HEAD})
