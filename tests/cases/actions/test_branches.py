"""X1–X4: a clue not filed, a case withdrawn, terminated, transferred or not penalised; each closed and archived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.actions import closure, custody, ending, filing, measures, measures_running, transfer
from cases.actions.transfer import NewTransfer
from cases.models import Case, Deadline, Document, Informant
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from tests.branch_scenes import close, codes, decide, document_codes, endorse, running, serve
from tests.cast import Cast, make_cast
from tests.measure_scenes import do, filed, hand_over, kept, received, taken, taken_urgently
from tests.scenarios import STAGES, Walk, case_at

REASON = "经核查，没有证据证明存在违法事实。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


# X1


def not_filing(walk: Walk, **changed: Any) -> None:
    walk.step(
        ending.propose_not_filing, walk.cast.lead,
        **{"verification": "调取监控，未见扬撒。", "reason": REASON, **changed},
    )  # fmt: skip


def test_a_clue_is_not_filed_with_reason_and_approval(cast: Cast) -> None:
    walk = case_at("verified", cast)
    with pytest.raises(Refused) as refused:
        not_filing(walk, reason="不立。")
    assert codes(refused) == ["file-not"]
    not_filing(walk)
    with pytest.raises(Refused) as refused:
        decide(walk, ending.decide_not_filing, "not_filing")
    assert codes(refused) == ["file-approval"]
    endorse(walk, "not_filing")
    decide(walk, ending.decide_not_filing, "not_filing")
    assert (walk.case.state, running(walk)) == ("X1", {"archive-time"})
    assert Deadline.objects.get(case=walk.case, code="file-timely").state == "met"
    assert document_codes(walk) == ["no_filing_approval"]
    STAGES["archived"](walk, "0")
    assert (walk.case.state, running(walk)) == ("P20", set())


def test_a_declined_clue_goes_on_to_be_filed(cast: Cast) -> None:
    walk = case_at("verified", cast)
    not_filing(walk)
    endorse(walk, "not_filing", agree=False)
    assert walk.case.state == "P01"
    STAGES["filing_requested"](walk, "0")
    assert walk.case.state == "P02"


def informed(cast: Cast) -> Walk:
    walk = case_at("verified", cast)
    Case.objects.filter(pk=walk.case.pk).update(source="report")
    walk.step(
        ending.record_informant, cast.lead,
        informant=ending.NewInformant(
            name="示例举报人", contact="13900000000", content="有车扬撒。", reported_at=walk.at, way="phone",
            id_number="220399199108150044", address="示例村1组",
        ),
    )  # fmt: skip
    return walk


def test_a_named_informant_is_answered_or_it_is_said_why_not(cast: Cast) -> None:
    walk = informed(cast)
    with pytest.raises(Refused) as refused:
        not_filing(walk)
    assert codes(refused) == ["file-not"]
    walk.step(ending.answer_informant, cast.lead, answer="已电话告知核查结果。")
    not_filing(walk)
    assert Informant.objects.get(case=walk.case).answered_on == date(2026, 3, 3)
    other = informed(cast)
    not_filing(other, informant_note="举报人要求书面答复，三日内寄出。")


def test_the_informants_name_stands_in_no_document_no_step_and_no_journal(cast: Cast) -> None:
    walk = informed(cast)
    not_filing(walk, informant_note="三日内答复。")
    endorse(walk, "not_filing")
    decide(walk, ending.decide_not_filing, "not_filing")
    texts = [str(one.data) for one in Document.objects.filter(case=walk.case)]
    texts += list(walk.case.steps.values_list("opinion", flat=True))
    texts += [str(vars(one)) for one in JournalEntry.objects.all()]
    assert [text for text in texts if "示例举报人" in text or "13900000000" in text] == []


def test_other_ways_must_be_named_when_a_clue_is_registered(cast: Cast) -> None:
    known = case_at("clue", cast).case
    values = {name: getattr(known, name) for name in ("item_code", "violation", "domain", "act_at", "summary")}
    clue = filing.NewClue(source="other", received_at=known.received_at, **values)
    with pytest.raises(Refused) as refused:
        filing.register_clue(by=cast.lead, assistant=cast.assistant, clue=clue)
    assert codes(refused) == ["clue-register"]
    with pytest.raises(Refused):
        filing.register_clue(by=cast.lead, assistant=cast.assistant, clue=replace(clue, source="rumour"))
    filing.register_clue(by=cast.lead, assistant=cast.assistant, clue=replace(clue, source_note="媒体报道"))


# X2


@pytest.mark.parametrize(("ground", "kind", "closing", "rule"), [
    ("not_met", "withdrawal", "withdrawn", "file-withdraw"),
    ("no_violation", "termination", "terminated", "inv-terminate"),
])  # fmt: skip
def test_withdrawn_or_terminated_every_clock_stops(cast: Cast, ground: str, kind: str, closing: str, rule: str) -> None:
    walk = case_at("recorded", cast)
    with pytest.raises(Refused) as refused:
        walk.step(ending.propose_ending, cast.lead, ground=ground, reason="没有。")
    assert codes(refused) == [rule]
    walk.step(ending.propose_ending, cast.lead, ground=ground, reason=REASON)
    action = {"withdrawal": ending.decide_withdrawal, "termination": ending.decide_termination}[kind]
    with pytest.raises(Refused):
        decide(walk, action, kind)
    endorse(walk, kind)
    decide(walk, action, kind)
    assert (walk.case.state, running(walk)) == ("X2", set())
    assert document_codes(walk)[-1] == f"{kind}_approval"
    close(walk, closing)


def test_nothing_ends_while_goods_are_held(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    taken(walk)
    walk.step(ending.propose_ending, cast.lead, ground="no_violation", reason=REASON)
    endorse(walk, "termination")
    with pytest.raises(Refused) as refused:
        decide(walk, ending.decide_termination, "termination")
    assert codes(refused) == ["file-withdraw"]


def test_a_returned_closing_goes_back_to_where_the_case_ended(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    walk.step(ending.propose_ending, cast.lead, ground="no_violation", reason=REASON)
    endorse(walk, "termination")
    decide(walk, ending.decide_termination, "termination")
    walk.step(closure.propose_closing, cast.lead, result="终止调查。", execution="无需执行。")
    walk.step(closure.endorse_closing, cast.squad_leader, agree=False, opinion="请补写处理结果。")
    assert walk.case.state == "X2"
    close(walk, "terminated")


# X3 to another organ


def transferred(cast: Cast, state: str = "recorded") -> Walk:
    walk = case_at(state, cast)
    transfer_decided(walk)
    return walk


def transfer_decided(walk: Walk) -> None:
    new = NewTransfer(
        organ="四平市交通运输局", organ_phone="0434-3200000", reason="违法行为发生地在铁东区，不在本县。",
        basis="《中华人民共和国行政处罚法》第二十二条", enclosures=("现场笔录",),
    )  # fmt: skip
    walk.step(transfer.propose_transfer, walk.cast.lead, transfer=new)
    endorse(walk, "transfer")
    decide(walk, transfer.decide_transfer, "transfer")


def serve_all(walk: Walk) -> None:
    """What of a measure was not handed over on the spot is served as well."""
    for document in Document.objects.filter(case=walk.case, must_be_served=True, servings__isnull=True):
        serve(walk, document.code)


def test_a_clue_is_not_dropped_while_goods_are_held(cast: Cast) -> None:
    walk = filed(cast, "verified")
    measure = taken_urgently(walk)
    not_filing(walk)
    endorse(walk, "not_filing")
    with pytest.raises(Refused) as refused:
        decide(walk, ending.decide_not_filing, "not_filing")
    assert codes(refused) == ["file-withdraw"]
    do(walk, measures.approve_urgent_measure, cast.deputy, measure, agree=True, opinion="同意。")
    with pytest.raises(Refused) as refused:
        do(
            walk,
            measures_running.request_measure_extension,
            cast.lead,
            measure,
            days=20,
            reason="案情复杂。",
        )
    assert "file-before-investigate" in codes(refused)


@pytest.mark.parametrize("take", [taken, kept])
def test_things_that_are_held_go_along_with_the_transferred_case(cast: Cast, take: Any) -> None:
    walk = filed(cast, "recorded")
    measure = take(walk)
    period = "pres-7d" if measure.kind == "preservation" else "coerce-30d"
    received(walk, measure)
    transfer_decided(walk)
    assert (walk.case.state, running(walk)) == ("X3", {"gen-transfer-no-jurisdiction", period})
    walk.step(transfer.send_transfer, cast.lead, sent_on=walk.at.date(), receiver="示例接收人")
    serve(walk, "transfer_notice")
    with pytest.raises(Refused) as refused:
        close(walk, "transferred")
    assert "close-conditions" in codes(refused)
    do(walk, custody.transfer_items, cast.keeper, measure, new=hand_over(walk, received_by="示例接收人"))
    assert (measure.state, {item.state for item in measure.items.all()}) == ("C8", {"transferred"})
    assert running(walk) == set()
    ledger = Document.objects.filter(case=walk.case, code="custody_ledger").latest("pk")
    assert "示例接收人" in str(ledger.data)
    serve_all(walk)
    close(walk, "transferred")


@pytest.mark.parametrize("state", ["verified", "recorded", "reviewed"])
def test_a_case_of_another_organ_is_sent_there_and_the_party_told(cast: Cast, state: str) -> None:
    walk = transferred(cast, state)
    assert (walk.case.state, running(walk)) == ("X3", {"gen-transfer-no-jurisdiction"})
    letter = Document.objects.get(case=walk.case, code="transfer_letter")
    assert letter.number == "吉梨交移函〔2026〕0001号"
    with pytest.raises(Refused) as refused:
        walk.step(closure.propose_closing, cast.lead, result="移送。", execution="无需执行。")
    assert codes(refused) == ["gen-transfer-no-jurisdiction"]
    walk.step(transfer.send_transfer, cast.lead, sent_on=walk.at.date(), receiver="示例接收人")
    assert running(walk) == set()
    with pytest.raises(Refused) as refused:
        walk.step(closure.propose_closing, cast.lead, result="移送。", execution="无需执行。")
    assert codes(refused) == ["close-conditions"]
    serve(walk, "transfer_notice")
    close(walk, "transferred")


def test_the_transfer_limit_is_seven_working_days_and_falls_away_when_declined(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    new = NewTransfer(
        "四平市交通运输局", "", "违法行为发生地在铁东区，不在本县。", "《中华人民共和国行政处罚法》第二十二条"
    )
    with pytest.raises(Refused) as refused:
        walk.step(
            transfer.propose_transfer, cast.lead, transfer=replace(new, organ="梨树县交通运输局", reason="不归我。")
        )
    assert codes(refused) == ["gen-transfer-no-jurisdiction"] * 2
    walk.step(transfer.propose_transfer, cast.lead, transfer=new)
    assert Deadline.objects.get(case=walk.case, code="gen-transfer-no-jurisdiction").due == date(2026, 3, 12)
    endorse(walk, "transfer")
    decide(walk, transfer.decide_transfer, "transfer", agree=False)
    assert (walk.case.state, "gen-transfer-no-jurisdiction" in running(walk)) == ("P03", False)
