"""Pages of the ways off the road: each opens for its actor in its state, and for no stranger."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import correction as corrections
from cases.actions import crime, discussion, ending, extension, no_penalty, transfer
from cases.actions.transfer import NewTransfer
from cases.models import Case, CrimeTransfer, Document
from lishu_law.pdf import structure
from tests.branch_scenes import decide, endorse, newest
from tests.cast import Cast, make_cast
from tests.scenarios import STAGES, Walk, case_at, last_document

MOST = 25
REASON = "经核查，没有证据证明存在违法事实，材料齐全。"
# step → state of the road to begin with, who opens the page, what makes its sub-object.
Scene = tuple[str, str, Callable[[Walk], Any] | None]


def _asks(action: Any, kind: str, *, endorsed: bool = True, **data: Any) -> Callable[[Walk], int]:
    def make(walk: Walk) -> int:
        walk.step(action, walk.cast.lead, **data)
        if endorsed:
            endorse(walk, kind)
        return newest(walk, kind).pk

    return make


def _late(walk: Walk) -> None:
    walk.at += timedelta(days=100)


def _lateness(walk: Walk) -> int:
    _late(walk)
    return _asks(extension.explain_lateness, "lateness", reason=REASON)(walk)


def _informant(walk: Walk) -> None:
    Case.objects.filter(pk=walk.case.pk).update(source="report")
    walk.step(
        ending.record_informant, walk.cast.lead,
        informant=ending.NewInformant(name="示例人", content="举报扬撒。", reported_at=walk.at),
    )  # fmt: skip


def _reported_source(walk: Walk) -> None:
    Case.objects.filter(pk=walk.case.pk).update(source="report")


TRANSFER = NewTransfer(
    "四平市交通运输局", "", "违法行为发生地在铁东区，不在本县。", "《中华人民共和国行政处罚法》第二十二条"
)


def _transferred(walk: Walk) -> None:
    _asks(transfer.propose_transfer, "transfer", transfer=TRANSFER)(walk)
    decide(walk, transfer.decide_transfer, "transfer")


def _listed(walk: Walk) -> int:
    made = _asks(
        no_penalty.propose_no_penalty, "no_penalty", endorsed=False, ground="no_fault", reason=REASON * 2,
        education="当面讲解苫盖要求并书面承诺。", is_listed=True,
    )(walk)  # fmt: skip
    for word in ("report_submitted", "report_endorsed"):
        STAGES[word](walk, "0")
    return made


def _crime(state: str) -> Callable[[Walk], int]:
    """A suspicion walked to a state."""

    def make(walk: Walk) -> int:
        cast = walk.cast
        walk.step(
            crime.report_crime, cast.lead, offence="危险驾驶罪", report=REASON, team=(cast.lead, cast.third_officer)
        )
        pk = CrimeTransfer.objects.get(case=walk.case).pk
        if state == "reported":
            return pk
        walk.step(crime.decide_crime, cast.head, part_id=pk, agree=True, opinion="同意移送。")
        if state == "approved":
            return pk
        new = crime.NewHandOver("梨树县公安局", "示例警官", walk.at + timedelta(minutes=5), ("调查报告",))
        walk.step(crime.hand_over_crime, cast.lead, part_id=pk, hand_over=new)
        if state == "handed_over":
            return pk
        walk.step(
            crime.record_police_answer, cast.lead, part_id=pk, is_filed=state == "filed", note="通知书。",
            answered_on=(walk.at + timedelta(hours=8)).date(),
        )  # fmt: skip
        return pk

    return make


def _order(walk: Walk) -> int:
    row = walk.step(corrections.issue_correction_order, walk.cast.lead, facts="没有苫盖。", basis="处罚法", due_on=None)
    return int(row.pk)


def _decision(walk: Walk) -> int:
    return last_document(walk.case, "penalty_decision").pk


def _correction(walk: Walk) -> int:
    return _asks(
        corrections.ask_correction, "clerical", part_id=_decision(walk), wrong="碎砖", right="砂石", reason="误写。"
    )(walk)


def _referred(walk: Walk) -> None:
    walk.step(discussion.refer_to_discussion, walk.cast.head, opinion="案情复杂。")


NOT_FILING = {"verification": "调取监控，未见扬撒。", "reason": REASON}
PERFORMERS: dict[str, Scene] = {
    "record_informant": ("verified", "lead", _reported_source),
    "answer_informant": ("verified", "lead", _informant),
    "propose_not_filing": ("verified", "lead", None),
    "decide_not_filing": ("verified", "deputy", _asks(ending.propose_not_filing, "not_filing", **NOT_FILING)),
    "endorse_request": (
        "verified", "squad_leader", _asks(ending.propose_not_filing, "not_filing", endorsed=False, **NOT_FILING),
    ),
    "propose_ending": ("filed", "lead", None),
    "decide_withdrawal": ("filed", "deputy", _asks(ending.propose_ending, "withdrawal", ground="not_met", reason=REASON)),
    "decide_termination": ("filed", "deputy", _asks(ending.propose_ending, "termination", ground="other", reason=REASON)),
    "propose_transfer": ("filed", "lead", None),
    "decide_transfer": ("filed", "deputy", _asks(transfer.propose_transfer, "transfer", transfer=TRANSFER)),
    "send_transfer": ("filed", "lead", _transferred),
    "propose_no_penalty": ("discretion_set", "lead", None),
    "review_no_penalty": ("discretion_set", "reviewer", _listed),
    "decide_no_penalty": ("discretion_set", "deputy", _listed),
    "record_discussion": ("reviewed", "head", _referred),
    "refer_to_discussion": ("reviewed", "head", None),
    "ask_extension": ("filed", "lead", None),
    "decide_extension": ("filed", "deputy", _asks(extension.ask_extension, "extension", days=30, reason=REASON)),
    "explain_lateness": ("filed", "lead", _late),
    "confirm_lateness": ("filed", "deputy", _lateness),
    "report_crime": ("filed", "lead", None),
    "decide_crime": ("filed", "head", _crime("reported")),
    "hand_over_crime": ("filed", "lead", _crime("approved")),
    "record_police_answer": ("filed", "lead", _crime("handed_over")),
    "hand_over_material": ("filed", "lead", _crime("filed")),
    "object_to_refusal": ("filed", "lead", _crime("refused")),
    "end_crime": ("filed", "lead", _crime("refused")),
    "issue_correction_order": ("filed", "lead", None),
    "recheck_correction": ("filed", "lead", _order),
    "ask_correction": ("decided", "lead", _decision),
    "decide_clerical": ("decided", "deputy", _correction),
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("code", PERFORMERS)
def test_an_act_page_opens_for_its_actor_only(cast: Cast, code: str) -> None:
    state, who, make = PERFORMERS[code]
    walk = case_at(state, cast)
    made = make(walk) if make else None
    url = reverse(f"case-{code}", args=[walk.case.clue_no, *([made] if made else [])])
    client = client_of(getattr(cast, who))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    assert len(queries) <= MOST + 2
    case_page = client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert (url in case_page) or code in {"record_discussion", "ask_correction"}
    for stranger in (cast.outsider, cast.system_admin):
        for answer in (client_of(stranger).get(url), client_of(stranger).post(url, {})):
            assert answer.status_code in {403, 404}


@pytest.mark.parametrize(("who", "status"), [
    ("lead", 200), ("deputy", 200), ("assistant", 403), ("squad_leader", 403), ("reviewer", 403), ("archivist", 403),
])  # fmt: skip
def test_who_reported_is_read_by_few(cast: Cast, who: str, status: int) -> None:
    walk = case_at("verified", cast)
    _informant(walk)
    response = client_of(getattr(cast, who)).get(reverse("case-informant", args=[walk.case.clue_no]))
    assert response.status_code == status
    assert ("举报扬撒" in response.content.decode()) is (status == 200)


@pytest.mark.parametrize(("who", "status"), [("lead", 200), ("head", 200), ("assistant", 403), ("outsider", 404)])
def test_the_report_is_printed_for_those_who_may_read_it_and_kept_nowhere(cast: Cast, who: str, status: int) -> None:
    walk = case_at("verified", cast)
    _informant(walk)
    response = client_of(getattr(cast, who)).get(reverse("case-informant-print", args=[walk.case.clue_no]))
    assert response.status_code == status
    if status == 200:
        assert response["Cache-Control"] == "private, no-store"
        text = re.sub(r"\s", "", structure.text_of(response.content))
        for words in ("举报记录", f"线索编号：{walk.case.clue_no}", "示例人", "举报扬撒", "举报人签名", "记录人签名"):
            assert words in text
    assert not Document.objects.filter(case=walk.case).exists()


def test_a_discussion_is_typed_head_by_head(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    _referred(walk)
    client, url = client_of(cast.head), reverse("case-record_discussion", args=[walk.case.clue_no])
    sent = {
        "started_at": "2026-03-13 09:00", "ended_at": "2026-03-13 10:00", "place": "局会议室", "chair": cast.head.pk,
        "reporter": "示例甲", "recorder": "示例癸", "outcome": "penalise", "conclusion": "同意处罚意见。",
        f"opinion_{cast.head.pk}": "同意。", f"opinion_{cast.deputy.pk}": "同意，裁量适当。",
        "version": walk.case.version, "op_id": "d1",
    }  # fmt: skip
    response = client.post(url, sent)
    assert response.status_code == 422
    assert "至少要有 3 名负责人" in response.content.decode()
    assert "同意，裁量适当。" in response.content.decode()
    response = client.post(url, {**sent, f"opinion_{cast.second_deputy.pk}": "同意。", "op_id": "d2"})
    assert response.status_code == 303
    walk.case.refresh_from_db()
    assert walk.case.state == "P11"


def test_a_suspected_crime_is_decided_with_its_report_in_view_and_told_to_the_end(cast: Cast) -> None:
    walk = case_at("filed", cast)
    made = _crime("reported")(walk)
    page = client_of(cast.head).get(reverse("case-decide_crime", args=[walk.case.clue_no, made])).content.decode()
    for words in ("危险驾驶罪", "示例甲、示例丙", REASON, "批准移送", "不批准移送"):
        assert words in page
    assert "退回" not in page
    other = case_at("filed", cast)
    _crime("filed")(other)
    case = client_of(cast.lead).get(reverse("case", args=[other.case.clue_no])).content.decode()
    for words in ("梨树县公安局，示例警官签收", "公安机关答复", "通知书。"):
        assert words in case
