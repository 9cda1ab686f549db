"""The guards of the renewed notice and of the review that must come after the hearing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure import hearing_facts as h
from cases.procedure.guards import notice, review
from cases.procedure.states import State

TODAY = date(2026, 3, 20)


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 1, tzinfo=UTC)


# Back before the notice on the 16th, changed on the 17th, approved on the 18th.
NOTICE = f.NoticeFact(None, date(2026, 3, 10), date(2026, 3, 11), hearing_offered=True, id=9, is_current=False)
HELD = h.HearingFact(4, "reported", "已提交听证报告", date(2026, 3, 6), reported_at=at(15), notice_id=9)
REVIEW = h.ReviewFact(date(2026, 3, 15), "passed", date(2026, 3, 16), requested_at=at(15))
SPOKEN = f.DefenceFact("written", is_reviewed=False, recorded_on=date(2026, 3, 12))
IN_ORDER = f.CaseFacts(
    state=State.NOTICE_DUE, notice=NOTICE, notice_round=("renotice", at(16)), hearings=(HELD,), reviews=(REVIEW,),
    defence=SPOKEN, done={"renotice": at(16), "set_discretion": at(17), "approve_revision": at(18), "submit_report": at(8)},
)  # fmt: skip
FIRST_ROUND = {"notice_round": ("approve_report", at(16))}
CODE = "notice-renotice"


def done(**moments: datetime) -> dict[str, Any]:
    return {"done": {**IN_ORDER.done, **moments}}


REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (notice.notice_not_made_yet, {"notice": replace(NOTICE, is_current=True)}, "notice-served", "serve_notice"),
    (notice.told_again_where_changed, {"notice": replace(NOTICE, is_outdated=True)}, CODE, "renotice"),
    (notice.proposal_may_change, FIRST_ROUND, CODE, "issue_notice"),
    (notice.changed_proposal_approved, done(approve_revision=at(15)), CODE, "approve_revision"),
    (notice.changed_proposal_approved, done(set_discretion=at(19)), CODE, "approve_revision"),
    (notice.proposal_is_renewed, FIRST_ROUND, CODE, "case"),
    (notice.proposal_is_renewed, {"notice_round": None}, CODE, "case"),
    (notice.statement_waits, {"defence": replace(SPOKEN, is_reviewed=True)}, "defence-review", "case"),
    (notice.statement_waits, {"defence": replace(SPOKEN, kind="waiver")}, "defence-review", "case"),
    (notice.statement_waits, {"defence": None}, "defence-review", "case"),
    (review.reviewed_after_hearing, {"reviews": (replace(REVIEW, requested_at=at(14)),)}, "review-after-hearing", "request_review"),
    (
        review.report_review_open,
        {"reviews": (replace(REVIEW, gate="report", requested_at=at(8)),)}, "review-triggers", "case",
    ),
)  # fmt: skip
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (notice.notice_sealed, {"state": State.NOTICE_WINDOW}),
    (notice.notice_sealed, {"notice": replace(NOTICE, is_current=True)}),
    (notice.proposal_may_change, {"state": State.INVESTIGATION, **FIRST_ROUND}),
    (notice.proposal_may_change, {"notice_round": ("review", at(16))}),
    (notice.changed_proposal_approved, {**FIRST_ROUND, "done": {}}),
    (notice.changed_proposal_approved, done(approve_revision=at(17))),
    (notice.defence_reviewed, {"defence": None}),  # heard instead
    (notice.no_hearing_open, {"hearings": (replace(HELD, state="terminated"),)}),
    (notice.no_hearing_open, {"hearings": (replace(HELD, state="not_accepted"),)}),
    (review.reviewed_after_hearing, {"hearings": (replace(HELD, state="terminated"),), "reviews": (replace(REVIEW, requested_at=at(1)),)}),
    (review.report_review_open, {"reviews": (replace(REVIEW, gate="report", requested_at=at(7)),)}),
    (review.report_review_open, {}),
)  # fmt: skip
