"""The worker killed in the middle of a batch: the next one goes on at once, nothing is lost and nothing done twice."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from cases.actions import decision, issuing
from cases.models import Decision, Document, IssueItem, ItemOutcome, SignedApproval
from lishu_law.demo.bench.cases import cases_to_decide
from lishu_law.demo.bench.people import Staff, staff
from lishu_law.demo.bench.served import environment
from lishu_law.documents import output
from lishu_law.documents.models import PdfState
from lishu_law.pdf import machine

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed"),
]
COUNT = 4
WORKER = "import django; django.setup(); from cases.actions.issuing import issue_waiting; issue_waiting(seconds=300)"


def started(people: Staff, media: Path) -> subprocess.Popen[bytes]:
    """A process that issues what waits, on the database of this test."""
    environ = {
        **environment(people), "DJANGO_SETTINGS_MODULE": "lishu_law.settings", "LISHU_MEDIA_ROOT": str(media),
        "LISHU_DEMO": "1", "LISHU_SEAL_TRIAL": "1",
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-c", WORKER], env=environ, cwd=django_settings.ROOT)


def issued() -> int:
    return IssueItem.objects.filter(state=ItemOutcome.ISSUED).count()


def test_killed_and_gone_on(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT, settings.DEMO = tmp_path / "media", True
    people = staff()
    for walk in cases_to_decide(people, COUNT):
        walk.step(decision.approve_decision, people.head, agree=True, opinion="同意处罚。", in_batch=True)
    Document.objects.update(pdf_state=PdfState.FAILED)  # what the walks sealed is not looked at here
    references = SignedApproval.objects.order_by("pk").values_list("reference", flat=True)
    issuing.order_issue(by=people.head, references=list(references))
    for wanted in (1, 2):
        worker = started(people, tmp_path / "media")
        try:
            end = time.monotonic() + 120
            while issued() < wanted and worker.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
        finally:
            worker.kill()
            worker.wait()
        assert wanted <= issued() < COUNT
    monkeypatch.setattr(output, "ABANDONED", output.ABANDONED * 0)  # papers claimed by the dead are free at once
    assert issuing.issue_waiting(seconds=300) is False
    assert issued() == COUNT
    serials = sorted(
        int(number.rstrip("号").rpartition("〕")[2]) for number in Decision.objects.values_list("number", flat=True)
    )
    assert serials == list(range(serials[0], serials[0] + COUNT))
    assert sorted(IssueItem.objects.values_list("number", flat=True)) == sorted(
        Document.objects.filter(code="penalty_decision").values_list("number", flat=True)
    )
    assert Document.objects.filter(code="penalty_approval").count() == COUNT
