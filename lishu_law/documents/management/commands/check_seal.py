"""Can documents be sealed here? Set-up asks before anything starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lishu_law.organ_seal.checks import MISSING, seal_can_be_used
from lishu_law.organ_seal.configured import file_seal
from lishu_law.organ_seal.key_file import read_key_file


class Command(BaseCommand):
    help = "Says whose seal is configured and until when; fails when documents cannot be sealed with it."
    requires_system_checks = ()  # this is one of them

    def handle(self, *args: Any, **options: Any) -> None:
        for one in seal_can_be_used(None):
            if one.id == MISSING or one.is_serious():
                raise CommandError(f"{one.msg} {one.hint or ''}".strip())
            self.stderr.write(f"{one.msg} {one.hint or ''}")
        seal = file_seal()
        if seal is None:
            self.stdout.write("The public site holds no seal.")
            return
        key = read_key_file(seal.path, seal.password)
        self.stdout.write(f"{key.subject}, until {key.certificate.not_valid_after_utc:%Y-%m-%d}, {key.fingerprint}")
