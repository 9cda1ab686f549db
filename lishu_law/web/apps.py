"""App configuration."""

from django.apps import AppConfig

from lishu_law.celery import app as celery_app


class WebConfig(AppConfig):
    name = "lishu_law.web"
    label = "web"
    verbose_name = "网页"
    tasks_app = celery_app  # shared_task binds to the app that exists when tasks are imported
