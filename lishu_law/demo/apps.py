"""App configuration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "lishu_law.demo"
    label = "demo"
    verbose_name = "演示"
