"""Collective discussion by the heads (处罚法57第二款): who was there, what each said, the conclusion; before the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.actions.requests import refuse_all
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Discussion, DiscussionOpinion, DiscussionOutcome
from cases.permissions import SQUAD_STEPS
from lishu_law.errors import Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.roles import LEADER_ROLES

ARTICLE = "行政处罚法第五十七条第二款"


@dataclass(frozen=True)
class NewDiscussion:
    """What is written down of the meeting. ``opinions`` are pairs of a head and what he said."""

    started_at: datetime
    ended_at: datetime
    place: str
    chair: Any
    reporter: str
    recorder: str
    opinions: tuple[tuple[Any, str], ...]
    outcome: str
    conclusion: str


@transaction.atomic(durable=True)
def refer_to_discussion(*, case_id: int, version: int, by: Any, opinion: str, at: datetime | None = None) -> Case:
    """A head finds the case complex or disputed and puts it before the heads together."""
    doing = begin("refer_to_discussion", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    return conclude(doing, opinion=opinion, changed={"is_for_discussion": True})


@transaction.atomic(durable=True)
def record_discussion(
    *, case_id: int, version: int, by: Any, discussion: NewDiscussion, at: datetime | None = None
) -> Case:
    """The meeting was held: at least the quorum of heads, each with his opinion, and the conclusion."""
    doing = begin("record_discussion", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refuse_all([*quorum_missing(doing, discussion), *only_heads(doing, discussion), *meeting_times(doing, discussion)])
    names = {key: value for key, value in vars(discussion).items() if key != "opinions"}
    row = Discussion.objects.create(case=doing.case, recorded_by=by, recorded_at=doing.at, **names)
    DiscussionOpinion.objects.bulk_create(
        DiscussionOpinion(discussion=row, head=head, opinion=text.strip()) for head, text in discussion.opinions
    )
    data = contexts.collective_discussion(doing.loaded, row, discussion.opinions)
    seal(doing.case, "collective_discussion", data, by=by, at=doing.at)
    text = f"{row.get_outcome_display()}。结论：{row.conclusion}"
    if discussion.outcome == DiscussionOutcome.RETURN:
        return send_back(doing, text)
    return conclude(doing, opinion=text, details={"discussion": row.pk, "outcome": row.outcome})


def quorum_missing(doing: Doing, new: NewDiscussion) -> list[Refusal]:
    """decide-collective: at least the local number of heads took part, each with an opinion of his own."""
    quorum = int(DEFAULT_PARAMETERS.number("deliberation.quorum", doing.today))
    spoke = {head.pk for head, text in new.opinions if text.strip()}
    refusals = []
    if len(spoke) < quorum:
        message = f"集体讨论至少要有 {quorum} 名负责人参加并各自发表意见，现在有 {len(spoke)} 名。请补齐后再记录。"
        refusals.append(Refusal("decide-collective", message, ARTICLE, "opinions"))
    if new.chair.pk not in {head.pk for head, _text in new.opinions}:
        message = "主持人没有发表意见。请补上主持人的意见，或者改选主持人。"
        refusals.append(Refusal("decide-collective", message, ARTICLE, "chair"))
    return refusals


def only_heads(doing: Doing, new: NewDiscussion) -> list[Refusal]:
    """decide-collective-before: the heads discuss, not the officers or the squad leader of the case."""
    own = doing.subject.involved
    handled = own.get("officer", frozenset()) | {s.by.staff_number for s in doing.loaded.steps if s.code in SQUAD_STEPS}
    refusals = []
    for head, _text in new.opinions:
        if not head.has_role(*LEADER_ROLES):
            message = f"{head.full_name}不是本机关负责人，不能作为集体讨论的参加人。请改选。"
            refusals.append(Refusal("decide-collective-before", message, ARTICLE, "opinions"))
        elif head.staff_number in handled:
            message = f"{head.full_name}承办或者经办过本案，不能作为负责人参加集体讨论。请换人。"
            refusals.append(Refusal("decide-collective-before", message, ARTICLE, "opinions"))
    return refusals


def meeting_times(doing: Doing, new: NewDiscussion) -> list[Refusal]:
    """decide-collective-before: the meeting lies between the legal review and this record."""
    reviewed, refusals = doing.loaded.facts.done.get("review"), []
    if new.ended_at <= new.started_at or new.ended_at > doing.at:
        message = "讨论的结束时间要晚于开始时间，并且不晚于现在。请核对。"
        refusals.append(Refusal("decide-collective-before", message, ARTICLE, "ended_at"))
    if reviewed and new.started_at < reviewed:
        message = "集体讨论要在法制审核通过之后举行，请核对讨论时间。"
        refusals.append(Refusal("decide-collective-before", message, f"{ARTICLE}、第五十八条", "started_at"))
    return refusals
