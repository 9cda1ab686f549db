"""App configuration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lishu_law.desk"
    label = "desk"
    verbose_name = "工作台"
