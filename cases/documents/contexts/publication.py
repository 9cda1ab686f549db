"""行政处罚公示表 and 公示信息撤回说明: made from the masked public copy, never from the case itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.documents import shapes
from lishu_law.documents.blocks import day, day_of
from lishu_law.documents.shapes import row


@dataclass(frozen=True)
class Published:
    """What was made public, as it is public: every name and code is masked already."""

    public_id: str
    number: str
    party: str
    party_kind: str
    code: str
    facts: str
    basis: str
    types: str
    result: str
    fine: str
    decided_on: date
    organ: str
    display_until: date
    note: str = ""


@dataclass(frozen=True)
class TakenDown:
    """Why a public record was taken down. ``reason`` is the public text, ``ruling`` what took effect."""

    public_id: str
    number: str
    effect: str
    reason: str
    ruling: str


def publication_sheet(shown: Published, by: Any, at: datetime) -> shapes.FormData:
    """S42."""
    return shapes.FormData(
        cause="",
        rows=[
            row("公示编号", shown.public_id),
            row("决定书文号", shown.number),
            row("相对人名称", shown.party),
            row("类别", shown.party_kind),
            row("代码（脱敏）", shown.code),
            row("违法事实", shown.facts, is_long=True),
            row("依据", shown.basis),
            row("处罚类别", shown.types),
            row("处罚内容", shown.result),
            row("罚款金额（元）", shown.fine),
            row("决定日期", day(shown.decided_on)),
            row("处罚机关", shown.organ),
            row("有效期（公示截止）", day(shown.display_until)),
        ],
        tables=[],
        opinions=[_checked(f"核对无误，同意公示。{shown.note}", by, at)],
        signatures=[],
        remarks=[],
    )


def withdrawal_statement(why: TakenDown, by: Any, at: datetime) -> shapes.FormData:
    """S36."""
    return shapes.FormData(
        cause="",
        rows=[
            row("公示编号", why.public_id),
            row("决定书号", why.number),
            row("撤回原因（变更、撤销、确认违法、无效）", f"原行政处罚决定被{why.effect}。", why.reason, is_long=True),
            row("生效文书", why.ruling),
            row("日期", day_of(at)),
        ],
        tables=[],
        opinions=[_checked("公示信息已撤回。", by, at)],
        signatures=["法制机构审核人"],
        remarks=[],
    )


def _checked(text: str, by: Any, at: datetime) -> shapes.FormOpinion:
    opinion = shapes.SignedOpinion(text=text, name=by.full_name, signed_on=day_of(at))
    return shapes.FormOpinion(label="公示审核人", opinion=opinion)
