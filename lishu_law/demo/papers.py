"""The finished visit of the demonstration gets every other paper, and its result is told: all eight can be looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from inspections.actions.documents import (
    NewTelling,
    make_paper,
    record_inquest,
    record_questioning,
    record_sampling,
    tell_result,
)
from inspections.documents.contexts.typed import Inquest, Person, Questioning, Sampling
from inspections.models import InspectionFiling
from lishu_law.demo.people import Cast
from lishu_law.registry.identity.demo import demo_id_number, demo_mobile

MINUTE = timedelta(minutes=1)
ASKED = (
    ("请说一下您的姓名、工作单位和职务。", "我叫贾示例，是公司的安全员。"),
    ("两辆货车为什么没有苫盖？", "苫布在库房，准备出车前再盖。"),
    ("公司有没有出车前检查苫盖的制度？", "有口头要求，没有书面的记录。"),
)
GOODS = ({"name": "苫布（演示）", "specification": "6m×4m", "quantity": "1块", "place": "1号库房"},)
SEEN = "作业区东侧停放两辆货车，车厢内装载碎砖，车厢上方没有苫盖物；车辆周围地面没有散落物。（演示）"


def make_papers(cast: Cast) -> int:
    """Of the visit that ended with an order (``lishu_law.demo.visits``); returns how many papers it has then."""
    filing = (
        InspectionFiling.objects.filter(result_code="R5", documents__code="inspection_record").order_by("id").first()
    )
    if filing is None or filing.started_at is None or filing.finished_at is None:
        return 0
    started, end = filing.started_at, filing.finished_at
    lead, second = cast["officer1"], cast["officer2"]
    person = Person(
        filing.present_person, "从业人员", "male", demo_id_number(902, gender="male"), demo_mobile(902),
        f"{filing.subject.party.name}{filing.present_post}", filing.subject.address,
    )  # fmt: skip

    def who(at: datetime) -> dict[str, Any]:
        return {"filing_id": filing.pk, "version": filing.version, "by": lead, "at": at}

    def sat(after: int) -> dict[str, Any]:
        begin = started + after * MINUTE
        return {
            "started_at": begin, "ended_at": begin + 10 * MINUTE, "place": filing.subject.address, "first": lead,
            "second": second, "signing": "signed",
        }  # fmt: skip

    record_questioning(**who(end), made=Questioning(**sat(5), person=person, answers=ASKED))
    record_sampling(**who(end), made=Sampling(**sat(20), items=GOODS))
    record_inquest(**who(end), made=Inquest(**sat(35), person=person, weather="晴（演示）", body=SEEN))
    make_paper(**who(end + 5 * MINUTE), code="inspection_result")
    told = NewTelling("on_spot", end + 10 * MINUTE, filing.present_person, filing.present_post)
    tell_result(**who(end + 15 * MINUTE), telling=told)
    make_paper(**who(end + 20 * MINUTE), code="inspection_slip")
    return filing.documents.count()
