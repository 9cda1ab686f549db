"""``./lishu manage drive_story --base-url URL --public-url URL``: the main job through HTTP, as its users do it."""

from __future__ import annotations

import os
import sys
import time
from http.client import HTTPException
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lishu_law.demo.story.forms import FormError
from lishu_law.demo.story.journey import Journey
from lishu_law.demo.story.page import PageError
from lishu_law.demo.story.run import drive


class Command(BaseCommand):
    help = "Drive one case from the patrol to the public register of a running demo site; exits 1 at the first failure."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base-url", required=True, help="where the staff sign in, e.g. http://127.0.0.1:8000")
        parser.add_argument("--public-url", help="where the public looks (default: the same)")

    def handle(self, *args: Any, **options: Any) -> None:
        base_url = options["base_url"].rstrip("/")
        story = Journey(
            base_url=base_url,
            public_url=(options["public_url"] or base_url).rstrip("/"),
            mock_url=os.environ.get("MOCK_URL", "").rstrip("/"),
            say=lambda line: self.stdout.write(line),
        )
        started = time.monotonic()
        try:
            drive(story)
        except (PageError, FormError, TimeoutError, OSError, HTTPException) as failure:
            self.stdout.flush()
            self.stderr.write(f"\n✗ {failure}\n  {story.label or '—'} · {time.monotonic() - started:.1f} s")
            sys.exit(1)
