"""The columns of the three tables, under the names of our own files and under the words officially issued tables use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases.models import EditionKind
from lishu_law.web.loading.columns import Column, raw

_DAY = "写成 2024-01-31"
_FIGURE = "不带符号的数字"
_EXPRESSION = "写法见使用说明，例如 prior_same_12m==0 and harm=='none'"

BENCHMARK = (
    Column("row_id", "编号", raw, True, "每行一个，以后各版不变"),
    Column("item_code", "违法行为代码", raw, True),
    Column("domain", "门类", raw),
    Column("violation", "违法行为", raw, True),
    Column("breached_provision", "违反的规定", raw, True),
    Column("penalty_provision", "处罚依据", raw, True, "法律法规的名称和第几条"),
    Column("statutory_penalty", "法定处罚", raw, True),
    Column("statute_min", "法定下限", raw, note=_FIGURE),
    Column("statute_max", "法定上限", raw, note=_FIGURE),
    Column("statute_unit", "法定单位", raw, True),
    Column("fine_optional", "可以处罚款", raw, True, "Y 或者 N"),
    Column("branch", "法条分支", raw, note=_EXPRESSION),
    Column("tier", "档次", raw, True),
    Column("tier_rank", "档次顺序", raw, True, "0 至 6，0 为不予处罚"),
    Column("conditions", "适用条件", raw, True),
    Column("condition_expr", "适用条件算式", raw, note=_EXPRESSION),
    Column("penalty_min", "裁量下限", raw, note=_FIGURE),
    Column("penalty_max", "裁量上限", raw, note=_FIGURE),
    Column("penalty_unit", "裁量单位", raw, True),
    Column("other_measures", "其他措施", raw),
    Column("effective_from", "本行生效日期", raw, True, _DAY),
    Column("effective_to", "本行失效日期", raw, note=_DAY),
    Column("origin_kind", "来源种类", raw, True, "seen、seen-statute、constructed 或者 memory（凭记忆，须核对）"),
    Column("origin", "来源", raw),
)
LISTS = (
    Column("list_type", "清单", raw, True, "首违不罚、不予处罚、从轻处罚、减轻处罚、免予行政强制或者先行责令改正"),
    Column("list_no", "序号", raw, True),
    Column("item_code", "违法行为代码", raw, True, "* 表示一般规定，~ 开头表示裁量基准里没有的事项"),
    Column("domain", "门类", raw),
    Column("matter", "事项", raw, True),
    Column("conditions", "适用条件", raw),
    Column("condition_expr", "适用条件算式", raw, note=_EXPRESSION),
    Column("look_back", "回溯期限", raw),
    Column("legal_basis", "依据", raw),
    Column("result", "处理", raw),
    Column("procedure", "程序", raw),
    Column("origin_kind", "来源种类", raw, True),
    Column("origin", "来源", raw),
)
STATUTES = (
    Column("short_name", "简称", raw, True),
    Column("full_name", "全称", raw, True),
    Column("issuing_body", "制定机关", raw),
    Column("number", "文号", raw),
    Column("level", "效力级别", raw),
    Column("version_label", "版本", raw),
    Column("promulgated", "公布日期", raw, note=_DAY),
    Column("effective_from", "施行日期", raw, note=_DAY),
    Column("effective_to", "失效日期", raw, note=_DAY),
    Column("note", "备注", raw),
    Column("origin_kind", "来源种类", raw, True),
    Column("origin", "来源", raw),
)
COLUMNS: Mapping[str, Sequence[Column]] = {
    EditionKind.BENCHMARK: BENCHMARK,
    EditionKind.LISTS: LISTS,
    EditionKind.STATUTES: STATUTES,
}


def titles(kind: str) -> dict[str, str]:
    """What each column is called to people."""
    return {column.key: column.title for column in COLUMNS[kind]}
