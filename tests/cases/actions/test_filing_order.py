"""先立案后调查: what is no first evidence of the scene follows the filing, or says why it did not (处罚法54)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions import investigation
from cases.models import CasePerson, Transcript
from lishu_law.errors import Refused
from tests.branch_scenes import codes
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def question(walk: Walk, *, reason: str = "", days: int = 0) -> None:
    started = ACT_AT + timedelta(hours=2, days=days) - timedelta(hours=3 if not days else 0)
    transcript = investigation.NewTranscript(
        started_at=started, ended_at=started + timedelta(minutes=20), place="询问室", second_officer=walk.cast.assistant,
        person=CasePerson.objects.get(case=walk.case), licence_shown=True, rights_told=True, signing="signed",
        is_alone=True, answers=(("当时的情况？", "没有苫盖。"),), early_reason=reason,
    )  # fmt: skip
    walk.step(investigation.record_questioning, walk.cast.lead, transcript=transcript)


def test_questioning_before_the_filing_needs_its_reason(cast: Cast) -> None:
    walk = case_at("filed", cast)  # filed on 3 March, the act was late on the second
    with pytest.raises(Refused) as refused:
        question(walk)
    assert codes(refused) == ["file-before-investigate"]
    question(walk, reason="驾驶员次日离开本县。")
    row = Transcript.objects.get(evidence__case=walk.case, kind="questioning")
    assert row.warnings == {"file-before-investigate": "驾驶员次日离开本县。"}


def test_on_the_day_of_the_filing_nothing_is_asked(cast: Cast) -> None:
    walk = case_at("filed", cast)
    walk.at += timedelta(days=2)
    question(walk, days=1)
