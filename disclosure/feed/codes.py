"""Which code lists the exchange serves and which of their codes we ever send (feed_api.md §12). Pure.

The national catalogue of matters is no list of ours to fetch: that it lacks a matter is only seen by a refusal.
"""

from __future__ import annotations

import json
from typing import Any

MATTERS = "supervise_item"  # the list an E3003 names when the catalogue does not hold the matter

# list → title and the codes our payloads can hold
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "punish_type": ("处罚种类", ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "99")),
    "administrative_cp_na": ("行政相对人性质", ("01", "02", "03")),
    "administrative_cp_ce_type": ("证件类型", ("001", "111", "112", "414", "999")),
    "supervise_object_type": ("监管对象类型", ("01", "02", "03")),
    "case_source": ("案件来源", ("01", "02", "03", "04", "05", "06")),
    "punish_procedure": ("处罚程序", ("1", "2")),
    "reconsideration": ("行政复议", ("0",)),
    "litigation": ("行政诉讼", ("0",)),
    "execute_mode": ("执行方式", ("1",)),
    "execute_result": ("执行结果", ("1",)),
    "other_handling": ("其他处理", ()),
    "check_form": ("检查形式", ("01", "02", "03")),
    "check_type": ("检查类型", ("01", "02", "03", "04", "05", "06")),
    "check_mode": ("检查方式", ("01", "02", "03", "04")),
    "check_result": ("检查结果", ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10")),
    "exclusion_code": ("不予公示情形", ()),
    "withdraw_reason": ("撤回理由", ("W1", "W2", "W3", "W4", "W9")),
    "area_number": ("行政区划", ("220322",)),
}


def code_at(body: bytes, pointer: str) -> str:
    """The code that stands in a message under a JSON pointer; empty when there is none."""
    value: Any = json.loads(body)
    for step in pointer.strip("/").split("/"):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return ""
    return value if isinstance(value, str) else ""
