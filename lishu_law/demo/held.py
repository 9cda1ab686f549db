"""A measure under way: things that hold evidence are registered and kept (先行登记保存)."""

from __future__ import annotations

from datetime import timedelta

from cases.actions import measures
from cases.actions.measure_checks import Answer
from cases.actions.measures import NewItem, NewMeasure, Registered
from cases.models import Measure
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.registry.models import PartyKind

RECORDER = NewItem("行车记录仪", "1 台", "黑色，带存储卡", "外观完好")


def _request(walk: Walk) -> None:
    new = NewMeasure("preservation", "行车记录可能被覆盖或者删除，以后难以取得。", (RECORDER,))
    vanish = Answer(is_yes=True, reason="记录仪循环录制，七十二小时后覆盖。")
    walk.step(measures.request_preservation, walk.lead, new=new, vanish_answer=vanish)


def _approve(walk: Walk) -> None:
    walk.step(
        measures.approve_preservation, walk.cast["deputy1"], part_id=newest_measure(walk), agree=True, opinion="同意。"
    )  # fmt: skip


def _take(walk: Walk) -> None:
    party = walk.party
    new = Registered(
        taken_at=walk.now - timedelta(minutes=5), place=party.address, second_officer=walk.assistant, items=(RECORDER,),
        signing="signed", is_handed_over=True, kept_at="本机关证据室",
        receiver_name=party.name if party.kind == PartyKind.CITIZEN else party.person_name,
        relation="representative" if party.kind == PartyKind.ORGANISATION else "self",
    )  # fmt: skip
    walk.step(measures.take_preservation, walk.lead, part_id=newest_measure(walk), new=new)


def newest_measure(walk: Walk) -> int:
    """The measure the story asked for last."""
    return Measure.objects.filter(case=walk.known_case).latest("pk").pk


PRESERVATION = (
    Milestone("preservation_requested", _request, 0),
    Milestone("preservation_approved", _approve, 0),
    Milestone("preserved", _take, 0),
)
