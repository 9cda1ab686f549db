"""举报记录: drawn for whoever may read who reported, sealed nowhere (处罚法50)."""

from __future__ import annotations

from cases.documents import shapes
from cases.models import Informant
from lishu_law import clock
from lishu_law.documents.blocks import age_on, gender, moment, paragraphs
from lishu_law.documents.shapes import row


def report_record(informant: Informant) -> shapes.FormData:
    """S01. What the informant did not say is struck out."""
    on = clock.local(informant.reported_at).date()
    return shapes.FormData(
        cause="",
        rows=[
            row("举报时间", moment(informant.reported_at)),
            row("举报类别", informant.get_way_display()),
            row("举报人", informant.name),
            row("性别", gender(informant.gender)),
            row("年龄", age_on(informant.id_number, on)),
            row("住所或工作单位", informant.address),
            row("联系电话", informant.contact),
            row("身份证号", informant.id_number),
            row("举报内容", *paragraphs(informant.content), is_long=True),
            row("备注", informant.remarks),
        ],
        tables=[],
        opinions=[],
        signatures=["举报人", "记录人"],
        remarks=[],
    )
