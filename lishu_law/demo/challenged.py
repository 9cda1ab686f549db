"""Decisions that are challenged: one upheld in review and taken to the court, one revoked by the bureau itself."""

from __future__ import annotations

from cases.actions import court, remedies, revocation
from cases.actions.remedies import NewOutcome, NewRemedy
from cases.actions.revocation import Correction
from cases.api import decision_facts, rulings_to_withdraw
from cases.models import CourtApplication, Remedy, Ruling
from disclosure.actions.withdraw import draft_withdrawal, withdraw
from lishu_law import clock
from lishu_law.demo.execution import URGED_IN_VAIN, serve_all, waiting_request
from lishu_law.demo.walk import Milestone, Walk


def _lodge(walk: Walk) -> None:
    day = clock.local(walk.now).date()
    new = NewRemedy(
        kind="review", organ="梨树县人民政府", applicant=walk.party.name, claim="请求撤销行政处罚决定。",
        received_on=day, accepted_on=day, reference=f"演示复〔{day.year}〕{walk.slot}号",
    )  # fmt: skip
    walk.step(remedies.record_remedy, walk.cast["legal1"], remedy=new)


def _reply(walk: Walk) -> None:
    walk.step(
        remedies.reply_review, walk.cast["legal1"], part_id=_review(walk), replied_on=clock.local(walk.now).date(),
        answer="处罚决定认定事实清楚，证据确凿，适用依据正确，程序合法，裁量适当，请求维持。",
    )  # fmt: skip


def _upheld(walk: Walk) -> None:
    day = clock.local(walk.now).date()
    outcome = NewOutcome(
        "upheld", f"演示复决〔{day.year}〕{walk.slot}号", ended_on=day, served_on=day, reason="处罚决定合法、适当。"
    )
    walk.step(remedies.end_remedy, walk.cast["legal1"], part_id=_review(walk), outcome=outcome)


def _review(walk: Walk) -> int:
    return Remedy.objects.get(case=walk.known_case).pk


def _ask_court(walk: Walk) -> None:
    walk.step(
        court.request_court, walk.lead, target="罚款和加处罚款",
        party_opinion="被申请人没有对催告提出陈述、申辩。", reason="当事人经催告仍不履行。",
        enclosures=tuple(court.ENCLOSURES),
    )  # fmt: skip


def _decide_court(walk: Walk) -> None:
    walk.step(
        court.decide_court, walk.cast["head1"], part_id=waiting_request(walk), agree=True, opinion="同意申请。"
    )  # fmt: skip


def _hand_in(walk: Walk) -> None:
    application = CourtApplication.objects.get(case=walk.known_case)
    walk.step(court.file_court, walk.cast["legal1"], part_id=application.pk, filed_on=clock.local(walk.now).date())


def _propose(walk: Walk) -> None:
    new = Correction(
        "revoke",
        "复查发现认定的违法时间与车站监控记录不符，主要证据不足。",
        "《中华人民共和国行政处罚法》第七十五条第二款",
    )
    walk.step(revocation.propose_correction, walk.lead, correction=new)


def _revoke(walk: Walk) -> None:
    walk.step(
        revocation.decide_correction, walk.cast["head1"], part_id=waiting_request(walk), agree=True,
        opinion="同意撤销，依法撤回公示。",
    )  # fmt: skip


def _take_down(walk: Walk) -> None:
    """The worker drafts the withdrawal, the checker withdraws the record."""
    ruling = Ruling.objects.get(case=walk.known_case)
    facts = next(one for one in rulings_to_withdraw() if one.ruling_id == ruling.pk)
    wanted = draft_withdrawal(facts, at=walk.now)
    if wanted is None:
        raise ValueError("the decision was not published")
    withdraw(
        record_id=wanted.record_id, version=wanted.record.version, facts=decision_facts(facts.decision_id),
        by=walk.cast["checker1"], reason=wanted.reason, at=walk.now,
    )  # fmt: skip


AT_COURT = (
    Milestone("review_lodged", _lodge, 2),
    Milestone("review_replied", _reply, 4),
    Milestone("review_upheld", _upheld, 15),
    *URGED_IN_VAIN,
    Milestone("court_asked", _ask_court, 0),
    Milestone("court_decided", _decide_court),
    Milestone("court_filed", _hand_in),
)
REVOKED = (
    Milestone("revocation_proposed", _propose, 2),
    Milestone("revoked", _revoke),
    Milestone("revocation_served", serve_all),
    Milestone("withdrawn_from_register", _take_down, 0),
)
