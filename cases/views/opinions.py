"""Pages of opinions, approvals and legal review."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.actions import closure, decision, filing, investigation, legal_review
from cases.forms import opinions as forms
from cases.forms.branches import FilingRequestForm
from cases.forms.serving import EmptyForm
from cases.procedure.review_items import TRIGGERS
from cases.procedure.states import State
from cases.queries.find import OpenedCase
from cases.queries.issuing import signed_words
from cases.queries.thresholds import review_triggers
from cases.views.frame import CaseAct, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires

# The file beside the signature: nobody signs what they cannot see.
APPROVAL = "cases/approve.html"
KNOWN = "cases/part_act.html"


@requires("case.verify_clue")
def verify_clue(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "verify_clue", forms.OpinionForm, filing.verify_clue, "完成核查", "线索核查已完成，可以提请立案。",
        initial={"opinion": "经核查，线索反映的情况基本属实。"},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.request_filing")
def request_filing(request: HttpRequest, clue_no: str) -> HttpResponse:
    opened_case = opened(request, clue_no)
    act = CaseAct(
        "request_filing", FilingRequestForm, filing.request_filing, "提请立案审批", "已提交中队长签署立案意见。",
        initial={"opinion": "符合立案标准，建议立案调查。"},
        form_arguments={"found": tuple(one.label for one in opened_case.loaded.facts.same_acts)},
    )  # fmt: skip
    return perform(request, opened_case, act)


@requires("case.recommend_filing")
def recommend_filing(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "recommend_filing",
        forms.ApprovalForm,
        filing.recommend_filing,
        "签署意见",
        "立案意见已签署。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.approve_filing")
def approve_filing(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "approve_filing",
        forms.ApprovalForm,
        filing.approve_filing,
        "签署审批意见",
        "立案审批已签署。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.endorse_report")
def endorse_report(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "endorse_report",
        forms.ApprovalForm,
        investigation.endorse_report,
        "签署意见",
        "报告意见已签署。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.approve_report")
def approve_report(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "approve_report",
        forms.ApprovalForm,
        investigation.approve_report,
        "签署审批意见",
        "调查报告审批已签署。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.request_review")
def request_review(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "request_review", forms.ReviewRequestForm, legal_review.request_review, "提交法制审核",
        "已提交法制审核。一般 5 个工作日内有结果，您会在“待办”里看到。", template=KNOWN,
        context={"lines": _computed(found)},
    )  # fmt: skip
    return perform(request, found, act)


def _computed(found: OpenedCase) -> list[tuple[str, str]]:
    """What makes the review compulsory without anybody's saying so (处罚法58)."""
    party, chosen = found.case.party, found.loaded.part("discretion")
    codes = review_triggers(
        found.loaded.facts, party.kind if party else "", chosen.amount if chosen else None, clock.today(),
        public_interest=False, complex_case=False,
    )  # fmt: skip
    return [("应当法制审核的情形", "；".join(TRIGGERS[code] for code in codes))] if codes else []


@requires("case.review")
def review(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The reviewer's own screen: the file beside the checklist."""
    found = opened(request, clue_no)
    act = CaseAct(
        "review", forms.LegalReviewForm, legal_review.review, "签署审核意见", "法制审核意见已签署。",
        template=APPROVAL, form_arguments={"departure": departure_of(found)},
    )  # fmt: skip
    return perform(request, found, act)


def departure_of(found: OpenedCase) -> str:
    """How the case departs from the benchmark, in words."""
    chosen = found.loaded.facts.discretion
    return chosen.departure if chosen else ""


@requires("case.approve_decision")
def approve_decision(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The approval sheet: half a page of summary, the legal opinion first, then the signature."""
    found = opened(request, clue_no)
    was_heard = any(one.was_held for one in found.loaded.facts.hearings)
    act = CaseAct(
        "approve_decision", forms.DecisionApprovalForm, decision.approve_decision, "签署审批意见", _approved_words,
        template=APPROVAL, form_arguments={"user": request.user, "was_heard": was_heard}, done_url=_after_approval,
        context={"signed": signed_words(found.loaded.facts, found.case.version)},
    )  # fmt: skip
    return perform(request, found, act)


def _waits_for_its_batch(case: Any) -> bool:
    return State(case.state) == State.DECISION_APPROVAL


def _approved_words(case: Any) -> str:
    return "已签署，还没有制发决定书。" if _waits_for_its_batch(case) else "处罚决定审批已签署。"


def _after_approval(case: Any) -> str:
    return reverse("decision-issue") if _waits_for_its_batch(case) else reverse("case", args=[case.clue_no])


@requires("case.endorse_closing")
def endorse_closing(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "endorse_closing",
        forms.ApprovalForm,
        closure.endorse_closing,
        "签署意见",
        "结案意见已签署。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.approve_closing")
def approve_closing(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "approve_closing",
        forms.ApprovalForm,
        closure.approve_closing,
        "签署审批意见",
        "结案审批已签署。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.archive")
def archive(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct("archive", EmptyForm, closure.archive, "确认归档", "案卷已归档，此后只读。")
    return perform(request, opened(request, clue_no), act)
