"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lishu_law.audit"
    label = "audit"
    verbose_name = "审计"
