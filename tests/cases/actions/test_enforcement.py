"""Own enforcement and agreements through the real actions: decided, changed, carried out, kept and broken."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cases.actions import agreement, enforcement, enforcement_changes
from cases.models import Agreement, Deadline, Document, Enforcement
from cases.procedure.balance import balance
from cases.procedure.enforcement_plan import Performance
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.refusing import refused
from tests.cast import Cast, make_cast
from tests.scenarios import Walk

ONE = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def change(walk: Walk, found: Enforcement, what: str, ground: str = "") -> None:
    approval = walk.step(
        enforcement_changes.request_change, walk.cast.lead, part_id=found.pk, change=what, ground=ground,
        reason="当事人停产，暂无履行能力。",
    )  # fmt: skip
    scenes.decide(walk, enforcement_changes.decide_change, approval)
    found.refresh_from_db()


def test_a_proxy_performance_from_the_request_to_the_signatures(cast: Cast) -> None:
    walk, found = scenes.enforced(cast)
    assert scenes.state_of(walk) == "P16"
    assert found.document.number == "吉梨交代履〔2026〕0001号"
    said = [part["text"] for part in found.document.data["parts"]]
    assert f"代履行的理由：{scenes.GROUNDS}路面遗洒碎砖，危害交通安全。" in said
    assert any(text.startswith("代履行时间和方式：") and text.endswith("由本机关实施。") for text in said)
    assert any("，责令改正的行政处罚决定（决定书案号：" in text for text in said)
    assert (
        Document.objects.get(case=walk.case, code="enforcement_form").data["opinions"][-1]["label"] == "负责人审批意见"
    )
    walk.step(enforcement.demand_again, cast.lead, part_id=found.pk, manner="自行清除遗洒物", requirement="立即清除")
    second = Document.objects.filter(case=walk.case, code="demand_letter").latest("pk")
    scenes.serve(walk, second)
    part = f"enforcement:{found.pk}"
    assert not Deadline.objects.filter(case=walk.case, code="enforce-urge-10d", part=part).exists()
    last = Deadline.objects.get(case=walk.case, code="enforce-proxy-3d", part=part).due
    done = Performance(walk.at, "清除路面碎砖，恢复原状。", "示例甲", "示例乙", "示例证", cost=Decimal("500.00"))
    scenes.on(walk, last)
    with refused("enforce-proxy-3d"):
        perform(walk, found, done)
    scenes.on(walk, last + ONE)
    perform(walk, found, done)
    found.refresh_from_db()
    assert (found.status, found.cost) == ("performed", Decimal("500.00"))
    with refused("enforce-decision"):
        perform(walk, found, done)


def perform(walk: Walk, found: Enforcement, done: Performance) -> None:
    fields = {**vars(done), "performed_at": walk.at}
    walk.step(enforcement.perform_enforcement, walk.cast.lead, part_id=found.pk, done=Performance(**fields))


def test_suspended_resumed_and_ended(cast: Cast) -> None:
    walk, found = scenes.enforced(cast)
    change(walk, found, "suspend", "inability")
    part = f"enforcement:{found.pk}"
    assert (found.status, found.suspended_on is None) == ("suspended", False)
    three_years = Deadline.objects.get(case=walk.case, code="enforce-3y", part=part)
    assert (three_years.state, three_years.due.year) == ("running", 2029)
    letter = Document.objects.filter(case=walk.case, code="enforcement_change").latest("pk")
    assert [one["is_chosen"] for one in letter.data["parts"] if one["is_choice"]] == [True, False, False, False]
    change(walk, found, "resume")
    three_years.refresh_from_db()
    assert (found.status, three_years.state) == ("decided", "met")
    change(walk, found, "end", "object_gone")
    assert found.status == "ended"
    with refused("enforce-end"):
        change(walk, found, "end", "object_gone")


def test_a_demolition_is_announced_and_a_refusal_decides_nothing(cast: Cast) -> None:
    walk = scenes.urged(cast)
    new = scenes.new_enforcement("demolition", walk)
    scenes.decide(walk, enforcement.decide_enforcement, walk.step(
        enforcement.request_enforcement, cast.lead, new=new), agree=False)  # fmt: skip
    assert (scenes.state_of(walk), Enforcement.objects.count()) == ("P15", 0)
    approval = walk.step(enforcement.request_enforcement, cast.lead, new=new)
    scenes.decide(walk, enforcement.decide_enforcement, approval)
    found = Enforcement.objects.select_related("document").get()
    assert found.document.number == "吉梨交强执〔2026〕0001号"
    until = scenes.today(walk) + 30 * ONE
    walk.step(enforcement.announce_demolition, cast.lead, part_id=found.pk, demolish_by=until)
    found.refresh_from_db()
    assert found.demolish_by == until
    assert Document.objects.get(case=walk.case, code="demolition_notice").must_be_served


def agree(walk: Walk, **changed: object) -> None:
    data = {
        "terms": "分两期缴清罚款。\n拆除加装栏板。", "ends_on": scenes.today(walk) + 60 * ONE, "harmless": True,
        "harmless_reason": "不涉及公共利益和他人权益。", "remedy": "拆除加装栏板并安装苫盖装置。", "reduced": Decimal("200.00"),
    }  # fmt: skip
    approval = walk.step(agreement.request_agreement, walk.cast.lead, **{**data, **changed})
    scenes.decide(walk, agreement.decide_agreement, approval)


def test_the_additional_fine_is_reduced_only_for_remedial_measures_that_were_taken(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    with refused("enforce-agreement"):
        agree(walk, reduced=Decimal("300.01"))
    with refused("enforce-agreement"):
        agree(walk, remedy=" ")
    with refused("enforce-agreement"):
        agree(walk, ends_on=scenes.today(walk))
    agree(walk)
    found = Agreement.objects.select_related("document").get()
    assert found.document.number == "吉梨交强执协〔2026〕0001号"
    scenes.pay(walk, "1000", "100")
    scenes.verify(walk)
    assert scenes.state_of(walk) == "P15"
    assert balance(scenes.facts_of(walk), scenes.today(walk)).additional_open == Decimal("200.00")
    walk.step(
        agreement.record_agreement,
        cast.lead,
        part_id=found.pk,
        kept=True,
        on=scenes.today(walk),
        note="现场核实，已经拆除。",
    )
    assert scenes.state_of(walk) == "P17"


def test_a_broken_agreement_reduces_nothing(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    agree(walk)
    found = Agreement.objects.get()
    walk.step(
        agreement.record_agreement,
        cast.lead,
        part_id=found.pk,
        kept=False,
        on=scenes.today(walk),
        note="到期没有缴纳。",
    )
    assert balance(scenes.facts_of(walk), scenes.today(walk)).reduced == 0
    assert scenes.state_of(walk) == "P15"
    with refused("enforce-agreement"):
        walk.step(
            agreement.record_agreement,
            cast.lead,
            part_id=found.pk,
            kept=True,
            on=scenes.today(walk),
            note="补缴。补缴。",
        )
