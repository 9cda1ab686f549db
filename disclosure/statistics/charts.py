"""The charts of a year. Each stands beside the table it was drawn from."""

from __future__ import annotations

from disclosure.statistics.figures import Table, YearFigures
from lishu_law.web.charts import ColumnChart

SHORT = {
    "警告、通报批评": "警告", "罚款": "罚款", "没收违法所得、没收非法财物": "没收",
    "暂扣许可证、执照，降低资质等级": "暂扣", "吊销许可证、执照": "吊销", "限制开展生产经营活动": "限制",
    "责令停产停业、责令关闭、限制从业": "停业", "行政拘留": "拘留", "其他行政处罚": "其他",
}  # fmt: skip


def types_chart(found: YearFigures) -> ColumnChart:
    """Decisions by type, as the columns of the first form."""
    table: Table = found.tables[0]
    bars = tuple(
        (SHORT.get(one.column.title, one.column.title[:2]), (one.value if isinstance(one.value, int) else 0,))
        for one in table.figures
        if one.column.types
    )
    return ColumnChart(f"{found.year} 年行政处罚，按种类", ("行政处罚",), bars, "宗")


def months_chart(found: YearFigures) -> ColumnChart:
    """Decisions by the month of the decision."""
    bars = tuple((f"{month}月", (count,)) for month, count in enumerate(found.by_month(), 1))
    return ColumnChart(f"{found.year} 年行政处罚，按作出决定的月份", ("行政处罚",), bars, "宗")
