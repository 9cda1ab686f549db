"""The Celery application and its beat schedule: one worker, exactly one beat, tasks shorter than a minute."""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab

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
        "render-waiting-papers": {"task": "inspections.tasks.render_waiting_papers", "schedule": 30.0},
        # Dates, not messages: a case becomes late and the court's window opens by the calendar alone.
        "turn-execution-clocks": {"task": "cases.tasks.turn_execution_clocks", "schedule": 600.0},
        # The calendar ends measures by itself; more than once a day costs nothing.
        "lapse-measures": {"task": "cases.tasks.lapse_measures", "schedule": 60.0},
        "complete-public-servings": {"task": "cases.tasks.complete_public_servings", "schedule": 600.0},
        "drain-outbox": {"task": "disclosure.tasks.drain_outbox", "schedule": 15.0},
        "poll-receipts": {"task": "disclosure.tasks.poll_receipts", "schedule": 15.0},
        # Asked often, done once a day: the night may find the worker or the exchange away.
        "ask-for-nightly-run": {"task": "disclosure.tasks.ask_for_nightly_run", "schedule": 600.0},
        "work-reconcile": {"task": "disclosure.tasks.work_reconcile", "schedule": 15.0},
        "refresh-code-lists": {"task": "disclosure.tasks.refresh_code_lists", "schedule": 600.0},
        "send-messages": {"task": "lishu_law.desk.tasks.send_messages", "schedule": 60.0},
        "draft-disclosures": {"task": "disclosure.tasks.draft_new_decisions", "schedule": 15.0},
        "tell-inspections": {"task": "disclosure.tasks.tell_inspections", "schedule": 15.0},
        "tell-changed-inspections": {"task": "disclosure.tasks.tell_changed_inspections", "schedule": 3600.0},
        "issue-decisions": {"task": "cases.tasks.issue_decisions", "schedule": 15.0},
        "build-volumes": {"task": "cases.tasks.build_waiting_volumes", "schedule": 15.0},
        "work-editions": {"task": "cases.tasks.work_waiting_imports", "schedule": 15.0},
        "work-imports": {"task": "inspections.tasks.work_waiting_imports", "schedule": 15.0},
        "clear-white-list": {"task": "inspections.tasks.clear_white_list", "schedule": 600.0},
        "clear-pieces": {"task": "inspections.tasks.clear_pieces", "schedule": 3600.0},
        "turn-ratings": {"task": "inspections.tasks.turn_ratings", "schedule": 600.0},
        # From 00:00 on a period that is over ends by the calendar; the register signs what it grew by (≤ 60 minutes).
        "expire-records": {"task": "disclosure.tasks.expire_records", "schedule": 60.0},
        "make-checkpoint": {"task": "disclosure.tasks.make_checkpoint", "schedule": 600.0},
        # Slices of less than a minute until the night's look is done; then each run ends at once.
        "look-for-leaks": {"task": "disclosure.tasks.look_for_leaks", "schedule": crontab(minute="*/3", hour="1-5")},
        # The tables in one run, the files in slices; a night that is done ends at once.
        "watch-ledger": {"task": "disclosure.tasks.watch_ledger", "schedule": crontab(minute="1-59/3", hour="1-5")},
        "tell-ledger-alarms": {"task": "lishu_law.desk.tasks.tell_ledger_alarms", "schedule": 60.0},
        "tell-refusals": {"task": "lishu_law.desk.tasks.tell_refusals", "schedule": 60.0},
        "tell-leaks": {"task": "lishu_law.desk.tasks.tell_leaks", "schedule": 60.0},
        "take-in-notices": {"task": "disclosure.tasks.take_in_notices", "schedule": 60.0},
        "draft-withdrawals": {"task": "disclosure.tasks.draft_withdrawals", "schedule": 15.0},
        "work-legacy": {"task": "disclosure.tasks.work_waiting_imports", "schedule": 15.0},
    },
)
app.autodiscover_tasks(["cases", "inspections", "disclosure", "lishu_law.desk"])
