"""The Celery application and its beat schedule: one worker, exactly one beat, tasks shorter than a minute."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishu_law.settings")

app = Celery("lishu_law")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3600},
    worker_prefetch_multiplier=1,
    timezone="Asia/Shanghai",
    beat_schedule={
        # Redis is only a wake-up: these sweeps find everything that a lost message would have announced.
        "render-waiting-documents": {"task": "cases.tasks.render_waiting_documents", "schedule": 30.0},
        "drain-outbox": {"task": "disclosure.tasks.drain_outbox", "schedule": 15.0},
        "poll-receipts": {"task": "disclosure.tasks.poll_receipts", "schedule": 15.0},
        "draft-disclosures": {"task": "disclosure.tasks.draft_new_decisions", "schedule": 15.0},
    },
)
app.autodiscover_tasks(["cases", "inspections", "disclosure"])
