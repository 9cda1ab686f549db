"""Fixed wording of the forms that is chosen from rather than typed: sources, readings, review items."""

from __future__ import annotations

from cases.documents.shapes import Choice

# 案件来源 of M01, in the form's order; {} takes the name of the authority or the other way.
SOURCES = {
    "inspection": "行政检查中发现",
    "report": "举报经核实",
    "superior": "上级机关{}交办",
    "subordinate": "下级机关{}报请查处",
    "transfer": "有关部门{}移送",
    "other": "其他途径{}",
}
_BLANK = "________"

# 审核项 of S22 (law/procedure_rules.csv, review-contents); the code is the case's own.
REVIEW_ITEMS = {
    "scope": "是否属于法制审核范围",
    "body": "执法主体是否合法",
    "officers": "执法人员是否具备执法资格",
    "procedure": "执法程序是否合法",
    "facts": "案件事实是否清楚",
    "evidence": "证据是否合法充分",
    "law": "适用法律、法规、规章是否准确",
    "discretion": "裁量基准运用是否适当",
    "powers": "是否超越执法机关法定权限",
    "documents": "执法文书是否完备、规范",
    "crime": "违法行为是否涉嫌犯罪、需要移送司法机关",
    "rights": "是否保障当事人知情、陈述申辩、听证等权利",
}


def source_choices(code: str, detail: str = "") -> list[Choice]:
    """The six sources with one ticked; ``detail`` fills the chosen line's blank. ``KeyError`` for an unknown code."""
    if code not in SOURCES:
        raise KeyError(code)
    return [
        Choice(label=label.format(detail if key == code and detail else _BLANK), is_chosen=key == code)
        for key, label in SOURCES.items()
    ]
