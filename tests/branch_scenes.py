"""Short ways to the branches: what several tests of them ask, endorse and decide, always by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cases.actions import closure, discussion, requests, serving
from cases.actions.discussion import NewDiscussion
from cases.models import Approval, Deadline, Document
from lishu_law.errors import Refused
from tests.scenarios import STAGES, Walk


def codes(refused: Any) -> list[str]:
    """The rule ids of a refusal, in order."""
    return [one.code for one in refused.value.refusals]


def newest(walk: Walk, kind: str) -> Approval:
    return Approval.objects.filter(case=walk.case, kind=kind).latest("pk")


def endorse(walk: Walk, kind: str, *, agree: bool = True) -> None:
    """The squad leader signs the request."""
    walk.step(
        requests.endorse_request, walk.cast.squad_leader, part_id=newest(walk, kind).pk, agree=agree,
        opinion="情况属实，同意。" if agree else "材料不全，不同意。",
    )  # fmt: skip


def decide(walk: Walk, action: Any, kind: str, *, by: Any = None, agree: bool = True) -> Any:
    """A head decides the request."""
    return walk.step(
        action, by or walk.cast.deputy, part_id=newest(walk, kind).pk, agree=agree,
        opinion="同意。" if agree else "理由不足，请继续调查。",
    )  # fmt: skip


def meeting(walk: Walk, *heads: Any, outcome: str = "penalise", **changed: Any) -> NewDiscussion:
    """A meeting that ended just before the next act."""
    return NewDiscussion(**{
        "started_at": walk.at + timedelta(minutes=1), "ended_at": walk.at + timedelta(minutes=9), "place": "局会议室",
        "chair": heads[0], "reporter": "示例甲", "recorder": "示例癸",
        "opinions": tuple((head, f"{head.full_name}：同意拟处理意见。") for head in heads), "outcome": outcome,
        "conclusion": "一致同意。", **changed,
    })  # fmt: skip


def discuss(walk: Walk, *heads: Any, **changed: Any) -> Any:
    cast = walk.cast
    present = heads or (cast.head, cast.deputy, cast.second_deputy)
    return walk.step(discussion.record_discussion, cast.head, discussion=meeting(walk, *present, **changed))


def document_codes(walk: Walk) -> list[str]:
    return list(Document.objects.filter(case=walk.case).order_by("pk").values_list("code", flat=True))


def running(walk: Walk) -> set[str]:
    return set(Deadline.objects.filter(case=walk.case, state="running").values_list("code", flat=True))


def close(walk: Walk, kind: str) -> None:
    """Propose, endorse, approve, archive."""
    cast = walk.cast
    walk.step(closure.propose_closing, cast.lead, result="按审批结果办理。", execution="无需执行。")
    assert walk.case.closure.kind == kind
    STAGES["closing_endorsed"](walk, "0")
    STAGES["closed"](walk, "0")
    STAGES["archived"](walk, "0")
    assert walk.case.state == "P20"


def serve(walk: Walk, code: str) -> None:
    document = Document.objects.filter(case=walk.case, code=code).latest("pk")
    party = walk.case.known_party
    new = serving.NewServing(
        method="direct", receiver_name=party.person_name or party.name, place="梨树县梨树镇示例路1号",
        relation="representative" if party.kind == "organisation" else "self",
        served_at=walk.at + timedelta(minutes=5), second_server=walk.cast.assistant,
    )  # fmt: skip
    walk.step(serving.serve_document, walk.cast.lead, part_id=document.pk, serving=new)


__all__ = [
    "Refused", "close", "codes", "decide", "discuss", "document_codes", "endorse", "meeting", "newest", "running", "serve",
]  # fmt: skip
