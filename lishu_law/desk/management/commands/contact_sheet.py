"""``./lishu manage contact_sheet DIR``: every form from the cases of this installation, its pages as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.api import CATALOGUE, VOLUME_PAPERS, newest_volume_papers
from cases.api import newest_papers as of_cases
from inspections.api import PAPERS
from inspections.api import newest_papers as of_inspections
from lishu_law.documents.contact_sheet import draw_all, write_index
from lishu_law.pdf.errors import PdfError


class Command(BaseCommand):
    help = (
        "Draw one paper of every kind and write DIR/index.html with its pages; "
        "exit 1 when one cannot be drawn or a kind has no paper."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        papers = sorted([*of_cases(), *newest_volume_papers(), *of_inspections()], key=lambda one: one.kind.doc_id)
        try:
            shown = draw_all(papers, folder)
        except PdfError as error:
            raise CommandError(str(error)) from error
        found = {one.kind.code for one in papers}
        missing = [kind for kind in (*CATALOGUE, *VOLUME_PAPERS, *PAPERS) if kind.code not in found]
        page = write_index(shown, missing, folder)
        self.stdout.write(f"{len(shown)} kinds, {sum(len(one.pictures) for one in shown)} pages: {page}")
        faults = [f"{one.paper.kind.title}: {one.fault}" for one in shown if one.fault]
        faults += [f"no case has had: {kind.doc_id} {kind.title}" for kind in missing]
        if faults:
            raise CommandError("\n".join(faults))
