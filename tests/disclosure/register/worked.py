"""The worked example of security.md §11.1, typed in from the page."""

from __future__ import annotations

from typing import Any

SEED = bytes(range(32))
ORIGIN = "jt.lishu.example/register"
SALTS = [bytes([byte]) * 32 for byte in (0x11, 0x22, 0x33)]
CONTENTS: list[dict[str, Any]] = [
    {
        "decided_on": "2026-03-05", "decision": ["罚款"], "fine_yuan": "2000.00", "number": "吉梨交罚〔2026〕12号",
        "organ": "梨树县交通运输局", "party": "梨树县示例运输有限公司", "version": 1, "violation": "未按规定维护车辆",
    },
    {
        "decided_on": "2026-03-06", "decision": ["警告"], "number": "吉梨交罚〔2026〕13号", "organ": "梨树县交通运输局",
        "party": "示**", "version": 1, "violation": "未随车携带从业资格证",
    },
    {
        "date": "2026-03-20", "notice": "已撤回", "number": "吉梨交罚〔2026〕12号", "organ": "梨树县交通运输局",
        "reason": "行政复议决定撤销原处罚决定", "version": 2,
    },
]  # fmt: skip
LEAVES = [
    '{"at":"2026-03-12T09:00:00+08:00","commit":"0b61247fc06a65e337300908d28bbc0b7f15dd8d40ca2744d606b423cddbd8ac",'
    '"ev":"publish","rid":"2026-ABCDEFGHJK","seq":0,"v":1,"ver":1}',
    '{"at":"2026-03-12T09:05:00+08:00","commit":"6c2779cb9363e215bbd8d8cec069e3ee856d834121e8b5c7e0a1bfc2bc83e2eb",'
    '"ev":"publish","rid":"2026-MNPQRSTUVW","seq":1,"v":1,"ver":1}',
    '{"at":"2026-03-20T16:30:00+08:00","commit":"a5421f3fd93025f2258d24d3ddcf91387fcaac448b1866781f5b04eac4b18a93",'
    '"ev":"withdraw","rid":"2026-ABCDEFGHJK","seq":2,"v":1,"ver":2}',
]
HASHES = [
    "6ad83bb60076163313f2d3ea3594be2299302d32168d78d669a332ed2b76cbe4",
    "9eec006d07548646feeb4eeceb743948eda68743a12a17df7f9e0eacd8fa06cb",
    "17ef5b4950061fad56f4b5c392469fdf07e314f8423b1739c247ca5f798c0d1f",
]
ROOTS = [
    "6ad83bb60076163313f2d3ea3594be2299302d32168d78d669a332ed2b76cbe4",
    "549b8e1e906f92beaa1349e045899396ec5a6d8bd3a8a9eeeab36264c566a5a6",
    "3372d4f041b8000d3fa14c5cabb8b545049f67373c018753fd0fba1e010eb705",
]
KEY = "jt.lishu.example/register+6c91f61e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
NOTE = (
    "jt.lishu.example/register\n3\nM3LU8EG4AA0/oUxcq7i1RQSfZzc8AYdT/Q+6HgEOtwU=\n\n"
    "— jt.lishu.example/register bJH2HnvLPllM2vFpkLg/tRbY+zY2nRhn49MRBFYBvHEXwr19G+M/Iy8618S/g3o4Zro2KG/s64SuHFGU7VPVj"
    "YLRSQ4=\n"
)
