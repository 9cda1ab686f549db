"""App configuration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "lishu_law.registry"
    label = "registry"
    verbose_name = "名录库"
