"""App configuration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "lishu_law.access"
    label = "access"
    verbose_name = "权限"
