"""回避申请书/决定书."""

from __future__ import annotations

from cases.documents import shapes
from cases.models import Recusal
from cases.queries.facts import LoadedCase
from lishu_law.documents.blocks import day_of, paragraphs


def recusal_paper(loaded: LoadedCase, recusal: Recusal) -> shapes.FormData:
    """S04: who asked for whose recusal and why, and what was decided."""
    how = "（口头申请，已记录）" if recusal.is_oral else ""
    together = f"参加讨论的负责人：{recusal.discussed_by}。" if recusal.discussed_by else ""
    days = [f"申请：{day_of(recusal.asked_at)}", f"决定：{day_of(recusal.decided_at)}" if recusal.decided_at else ""]
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            shapes.row("申请人", f"{recusal.applicant}{how}"),
            shapes.row("被申请回避人", f"{recusal.person_name}（{recusal.get_role_display()}）"),
            shapes.row("理由", *paragraphs(recusal.reason), is_long=True),
            shapes.row("决定", f"{recusal.get_outcome_display()}。", *paragraphs(recusal.opinion), together, is_long=True),
            shapes.row("日期", *days),
        ],
        tables=[], opinions=[], signatures=["申请人", "负责人"], remarks=[],
        organ=loaded.case.authority.name, issued_on=day_of(recusal.decided_at) if recusal.decided_at else "",
    )  # fmt: skip
