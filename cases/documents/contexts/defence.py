"""陈述申辩笔录, 复核意见书 and 放弃说明."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import officer_blocks
from cases.models import Statement, StatementPoint
from cases.queries.facts import LoadedCase
from cases.queries.narrative import provisions
from lishu_law import clock
from lishu_law.documents.blocks import day, moment, paragraphs

WAIVED = "本人（本单位）自愿放弃陈述、申辩的权利和要求听证的权利。"


def defence_record(loaded: LoadedCase, statement: Statement) -> shapes.FormData:
    """S17: an oral statement as it was said."""
    on = clock.local(statement.received_at).date()
    officers = "、".join(f"{one['name']}（{one['certificate_no']}）" for one in officer_blocks(loaded, on))
    late = "（逾期）" if statement.is_late else ""
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            shapes.row("时间", f"{moment(statement.received_at)}{late}"),
            shapes.row("地点", statement.place),
            shapes.row("陈述申辩人", statement.speaker or loaded.case.known_party.name),
            shapes.row("身份", statement.speaker_role),
            shapes.row("执法人员", officers),
            shapes.row("记录人", statement.recorded_by.full_name),
            shapes.row("内容", *paragraphs(statement.content), is_long=True),
            shapes.row("证据清单", *paragraphs(statement.evidence_note or "无")),
        ],
        tables=[], opinions=[], signatures=["陈述申辩人", "执法人员", "记录人"], remarks=[],
    )  # fmt: skip


def defence_review(
    loaded: LoadedCase, points: list[StatementPoint], opinion: str, by: Any, today: date
) -> shapes.DefenceReviewData:
    """S18: every point with what was found and whether it is adopted."""
    adopted = sum(bool(point.is_adopted) for point in points)
    summary = f"当事人提出 {len(points)} 项，采纳 {adopted} 项，不予采纳 {len(points) - adopted} 项。不因申辩加重处罚。"
    return shapes.DefenceReviewData(
        cause=loaded.case.violation,
        points=[
            shapes.DefencePoint(text=p.text, answer=p.answer, verdict="采纳" if p.is_adopted else "不采纳")
            for p in points
        ],
        opinion=[summary, *paragraphs(opinion)],
        reviewer=by.full_name,
        reviewed_on=day(today),
    )


def waiver_statement(loaded: LoadedCase, today: date) -> shapes.FormData:
    """S19, ready for the party's signature."""
    case, notice = loaded.case, loaded.facts.notice
    breached, basis = provisions(case)
    served = day(notice.served_on) if notice and notice.served_on else ""
    return shapes.FormData(
        cause=case.violation,
        rows=[
            shapes.row("当事人", case.known_party.name),
            shapes.row("车船号", case.vehicle.plate if case.vehicle else "无"),
            shapes.row("时间", moment(case.act_at)),
            shapes.row("违法行为", case.violation),
            shapes.row("条款", f"违反{breached}；依据{basis}"),
            shapes.row("收到通知书日期及编号", f"{served}；案号 {case.case_no or ''}"),
            shapes.row("放弃内容", WAIVED, f"声明日期：{day(today)}", is_long=True),
        ],
        tables=[], opinions=[], signatures=["当事人或代理人"], remarks=[],
    )  # fmt: skip
