"""``./lishu manage review_case NO [--json]``: score, vetoes and every item of the dossier review with its evidence.

Read only. Exit code 0 whatever the score; 2 when there is no such case.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from cases.dossier_review.scoring import Sheet, as_data, review
from cases.models import Case
from cases.queries.dossier_review import load_dossier
from cases.queries.facts import load_case
from lishu_law import clock


class Command(BaseCommand):
    help = "Review one case file by the items of the dossier review: score, vetoes, items with evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NO", help="案号、线索编号或者处罚决定书文号")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["number"].strip()
        named = Q(case_no=number) | Q(clue_no=number) | Q(decision__number=number)
        found = Case.objects.filter(named).values_list("pk", flat=True).first()
        if found is None:
            raise CommandError(f"没有编号为“{number}”的案件。请核对案号、线索编号或者决定书文号。", returncode=2)
        sheet = review(load_dossier(load_case(found), clock.today()))
        if options["json"]:
            self.stdout.write(json.dumps(as_data(sheet), ensure_ascii=False, indent=1))
            return
        for line in lines_of(sheet):
            self.stdout.write(line)


def lines_of(sheet: Sheet) -> list[str]:
    """The sheet in words: the total, then what costs points, then what a person still has to judge."""
    vetoes = "、".join(line.item.code for line in sheet.vetoes) or "无"
    lines = [f"{sheet.label}：{sheet.score.normalize():f} 分，{sheet.grade_title}，一票否决：{vetoes}。"]
    for line in sheet.costly:
        lines.append(f"{line.item.code} {line.item.title}（扣 {line.lost.normalize():f} 分，{line.item.citation}）")
        lines += [f"    [{one.defect}] {one.text}（{one.evidence}）" for one in line.findings]
    waiting = "、".join(line.item.code for line in sheet.waiting)
    return [*lines, f"由评查员判断的项目：{waiting or '无'}。"]
