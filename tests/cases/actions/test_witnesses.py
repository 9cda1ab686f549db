"""Whoever is typed as witness stands outside the case: refused before a paper is sealed, everywhere one is typed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from cases.actions import enforcement, measures, serving
from cases.actions.witness_checks import outside_witness
from cases.models import CaseOfficer, Document
from cases.queries.facts import load_case
from lishu_law.errors import Refused
from tests import measure_scenes
from tests.cases.actions import evidence_scenes, serving_scenes
from tests.cast import Cast, make_cast
from tests.scenarios import case_at

NOTED = {"signing": "refused", "refusal_note": "看过后拒绝签名。"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def refused(act: Callable[..., Any], *args: Any, **typed: Any) -> list[tuple[str, str]]:
    before = Document.objects.count()
    with pytest.raises(Refused) as found:
        act(*args, **typed)
    assert Document.objects.count() == before
    return [(one.code, one.fix) for one in found.value.refusals if "不能作见证人" in one.message]


@pytest.mark.parametrize("act", [evidence_scenes.question, evidence_scenes.inquest, evidence_scenes.sample])
def test_no_record_is_witnessed_by_an_officer_of_the_case(cast: Cast, act: Any) -> None:
    walk = case_at("recorded", cast)
    for name in ("示例甲", "示例乙"):
        assert refused(act, walk, **NOTED, witness_name=name) == [("inv-question-sign", "witness_name")]
    act(walk, **NOTED, witness_name="示例乙（东关社区）")


def test_nor_by_a_former_officer_another_of_the_authority_the_party_or_who_refused(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    CaseOfficer.objects.create(
        case=walk.case, user=cast.squad_leader, role="assistant", assigned_at=walk.at, ended_at=walk.at
    )
    party = walk.case.known_party
    names = ("示例戊", "示例丁", party.name, party.person_name, "示例司机")
    for name in filter(None, names):
        assert refused(evidence_scenes.question, walk, **NOTED, witness_name=name) == [
            ("inv-question-sign", "witness_name")
        ]
    cast.outsider.certificates.all().delete()
    evidence_scenes.question(walk, **NOTED, witness_name="示例丁")


def test_the_one_who_is_invited_to_an_inquest_is_an_outsider_too(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    found = refused(evidence_scenes.inquest, walk, person=None, invited_name="示例甲")
    assert found == [("inv-inquest", "invited_name")]
    evidence_scenes.inquest(walk, person=None, invited_name="示例甲（梨树镇政府）", invited_employer="梨树镇政府")


def test_what_is_left_is_seen_by_an_outsider(cast: Cast) -> None:
    walk = case_at("decided", cast)
    for name in ("示例乙", "示例人"):
        new = serving_scenes.handed(walk, method="left", refusal_reason="拒绝签收", witness_name=name)
        found = refused(walk.step, serving.serve_decision, cast.lead, serving=new)
        assert found == [("serve-refuse", "witness_name")]


def test_a_list_is_not_witnessed_by_an_officer(cast: Cast) -> None:
    walk = measure_scenes.filed(cast)
    measure = walk.step(
        measures.request_preservation, cast.lead, new=measure_scenes.KEPT, vanish_answer=measure_scenes.YES
    )
    walk.step(measures.approve_preservation, cast.deputy, part_id=measure.pk, agree=True, opinion="同意。")
    new = measure_scenes.registered(walk, **NOTED, witness_name="示例甲")
    found = refused(walk.step, measures.take_preservation, cast.lead, part_id=measure.pk, new=new)
    assert found == [("pres-list", "witness_name")]


def test_where_the_party_may_sign_as_well_only_officers_are_refused(cast: Cast) -> None:
    doing: Any = SimpleNamespace(loaded=load_case(case_at("recorded", cast).case.pk))
    asked = {"rule": "enforce-proxy-3d", "law": enforcement.PROXY_LAW, "field": "witness", "or_party": True}
    assert [one.fix for one in outside_witness(doing, "示例甲", **asked)] == ["witness"]
    assert outside_witness(doing, doing.loaded.case.known_party.name, **asked) == []
