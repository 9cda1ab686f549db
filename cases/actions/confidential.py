"""What must not leave the house in a text that others will read (处罚法50)."""

from __future__ import annotations

import re

from cases.queries.facts import LoadedCase
from lishu_law.errors import Refusal

ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
# What stands on secret papers before their text.
MARKS = re.compile(r"绝密|机密|秘密\s*[★☆]|内部资料|商业秘密")


def keeps_secrets(loaded: LoadedCase, text: str, field: str = "summary", *, of_case: bool = True) -> list[Refusal]:
    """gen-confidential: no mark of secrecy leaves the house; in public nor any personal number (处罚法50).

    ``of_case``: the text is public. In a letter to another body the numbers of the case may be needed and stay.
    """
    patterns = {"密级标志": MARKS} | ({"身份证件号码": ID_NUMBER, "手机号码": MOBILE} if of_case else {})
    found = [name for name, pattern in patterns.items() if pattern.search(text)]
    if of_case and loaded.case.vehicle and loaded.case.vehicle.plate in text:
        found.append("车辆号牌")
    if not found:
        return []
    message = f"这段文字要给外人看，里面有{'、'.join(found)}，涉及秘密或者个人隐私。请删去后再提交。"
    return [Refusal("gen-confidential", message, "行政处罚法第五十条", field)]
