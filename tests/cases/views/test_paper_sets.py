"""断网备用文书 are printed by procedure, 补录 is typed beside the act, and the lists of papers and steps say so."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import blanks, correction
from cases.documents.blank_forms import SETS
from cases.models import Step
from cases.queries.facts import load_case
from cases.views.document_relations import relations_of
from inspections.documents.catalogue import by_code as inspection_form
from inspections.views.documents import PAPER_SET
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.document_type import Home
from lishu_law.documents.paper_set import sheet_of
from lishu_law.pdf import machine
from lishu_law.pdf.structure import text_of
from tests.branch_scenes import decide, endorse
from tests.cases.views.test_case_pages import client_of
from tests.cast import Cast, make_cast
from tests.scenarios import case_at
from tests.spot_scenes import SPOT_AT, spot_at

needs_pango = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
NOW = SPOT_AT + timedelta(hours=4)


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.DEMO = True
    return make_cast()


@pytest.mark.parametrize(
    "kind", [*(one for a_set in SETS for one in a_set.kinds), *map(inspection_form, PAPER_SET)], ids=str
)
def test_an_empty_form_has_a_box_for_every_required_field(kind: Any) -> None:
    sheet = sheet_of(kind)
    wanted = {field.label for field in kind.fields if field.required and field.home is not Home.HAND} - {
        "案号",
        "备案号",
    }
    assert wanted <= {box.label for box in sheet.boxes if box.is_required}
    assert sheet.signatures == kind.signatures != ()
    assert len({box.label for box in sheet.boxes}) == len(sheet.boxes)


@needs_pango
@pytest.mark.parametrize("code", ["summary", "ordinary"])
def test_a_set_is_printed_by_procedure(code: str, cast: Cast) -> None:
    client, url = client_of(cast.lead), reverse("blank-set", args=[code])
    assert client.get(url).status_code == 200
    assert client.post(url, {"copies": "999"}).status_code == 422
    response = client.post(url, {"copies": "2"})
    assert response["Content-Type"] == "application/pdf" and response["Cache-Control"] == "private, no-store"
    text = re.sub(r"\s", "", text_of(response.content))
    found = next(one for one in SETS if one.code == code)
    for kind in found.kinds:
        assert text.count(f"{kind.title}案号或者备案号") == 2
    assert "当场行政处罚决定书" not in text
    assert client.get(reverse("blank-set", args=["nothing"])).status_code == 404


@needs_pango
@time_machine.travel(NOW, tick=False)
def test_the_decision_of_the_summary_set_carries_leased_numbers_only(cast: Cast) -> None:
    lease = blanks.lease_numbers(by=cast.squad_leader, holder=cast.lead, count=2, at=SPOT_AT - timedelta(hours=2))
    client, url = client_of(cast.lead), reverse("blank-set", args=["summary"])
    assert 'name="lease"' in client.get(url).content.decode()
    assert "lease" not in client.get(reverse("blank-set", args=["ordinary"])).context["form"].fields
    before = JournalEntry.objects.filter(action="blank.print").count()
    response = client.post(url, {"copies": "1", "lease": str(lease.pk)})
    text = re.sub(r"\s", "", text_of(response.content))
    for number in lease.numbers.values_list("number", flat=True):
        assert number in text
    assert JournalEntry.objects.filter(action="blank.print").count() == before + 1
    other = client_of(cast.outsider).post(url, {"copies": "1", "lease": str(lease.pk)})
    assert other.status_code in {403, 404, 422}


@needs_pango
def test_the_set_of_the_inspection(cast: Cast) -> None:
    response = client_of(cast.lead).post(reverse("paper-set"), {"copies": "1"})
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert len(pdf.pages) >= len(PAPER_SET)
    assert "现场检查笔录" in re.sub(r"\s", "", text_of(response.content))


def test_late_entry_is_typed_with_the_act_and_shown_with_both_times(cast: Cast) -> None:
    walk = spot_at("assessed", cast)
    client, case = client_of(cast.lead), reverse("case", args=[walk.case.clue_no])
    url, written = reverse("case-tell_orally", args=[walk.case.clue_no]), clock.local(SPOT_AT + timedelta(hours=1))
    with time_machine.travel(NOW, tick=False):
        assert "补录：当时没有网络" in client.get(url).content.decode()
        sent = {"told": "on", "version": walk.case.version, "late_at": f"{written:%Y-%m-%d %H:%M}", "late_reason": ""}
        refused = client.post(url, sent)
        assert refused.status_code == 422 and "请写明为什么当时没有在系统里办" in refused.content.decode()
        assert client.post(url, {**sent, "late_reason": "现场没有网络"}).status_code == 303
        step = Step.objects.get(case=walk.case, code="tell_orally")
        assert (step.paper_at, step.at) == (written, NOW)
        for page in (reverse("case-timeline", args=[walk.case.clue_no]), case):
            assert "补录" in client.get(page).content.decode()
        timeline = client.get(reverse("case-timeline", args=[walk.case.clue_no])).content.decode()
        assert f"纸上办理 {written:%Y-%m-%d}" in timeline and "原因：现场没有网络" in timeline
        client.get(case)
        with CaptureQueriesContext(connection) as queries:
            client.get(case)
        assert len(queries) - 2 <= 8


def test_a_correction_and_its_paper_point_at_each_other(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    paper = walk.case.documents.get(code="penalty_decision")
    walk.step(
        correction.ask_correction, cast.lead, part_id=paper.pk, wrong="碎砖", right="砂石", reason="打印时误写。"
    )  # fmt: skip
    endorse(walk, "clerical")
    decide(walk, correction.decide_clerical, "clerical")
    notice = walk.case.documents.get(code="document_correction")
    found = relations_of(load_case(walk.case.pk))
    assert [(one.word, one.other) for one in found[paper.pk]] == [("已更正", notice)]
    assert [(one.word, one.other) for one in found[notice.pk]] == [("更正", paper)]
    assert (
        "打印时误写" in found[paper.pk][0].text
        and f"{clock.local(notice.sealed_at):%Y-%m-%d}" in found[paper.pk][0].text
    )
    text = client_of(cast.lead).get(reverse("case-document", args=[walk.case.clue_no, paper.pk])).content.decode()
    assert reverse("case-document", args=[walk.case.clue_no, notice.pk]) in text
    case = client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert "<b>已更正</b>" in case and "<b>更正</b>" in case


def test_a_notice_given_anew_says_which_one_stands(cast: Cast) -> None:
    walk = case_at("notice_issued", cast)
    old = walk.case.documents.get(code="prior_notice")
    new = walk.case.documents.create(
        code=old.code, title=old.title, data=old.data, template_version=old.template_version, part=old.part,
        sealed_at=walk.at + timedelta(days=1), sealed_by=cast.lead, number="",
    )  # fmt: skip
    found = relations_of(load_case(walk.case.pk))
    assert [(one.word, one.other) for one in found[old.pk]] == [("已有新版", new)]
    assert [(one.word, one.other) for one in found[new.pk]] == [("新版", old)]
