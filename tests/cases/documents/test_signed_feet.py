"""The signatures in the feet of the pages: what a name says stays a name, whatever signs stand in it."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from lishu_law.documents.signed import Foot
from lishu_law.documents.templatetags.documents import css_string

HOSTILE = '张"; } body { display: none } /* \\" </style><script>alert(1)</script>\n&'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三A1", "张三A1"),
        ('"', "\\22 "),
        ("\\", "\\5c "),
        ("\n", "\\a "),
        ("</style>", "\\3c \\2f style\\3e "),
        ("买买提·艾力", "买买提\\b7 艾力"),
        ("𠮷", "\\20bb7 "),
        ("　", "\\3000 "),
    ],
)
def test_all_but_letters_digits_and_chinese_is_escaped(text: str, expected: str) -> None:
    assert css_string(text) == expected


def test_a_hostile_name_stays_within_its_string() -> None:
    foot = Foot(1, f"{HOSTILE}签名：", f"询问人签名：{HOSTILE}")
    style = render_to_string("documents/_signed_feet.html", {"feet": [foot], "page": "questioning"})
    assert style.count("</style>") == 1
    assert "<script" not in style
    assert "&quot;" not in style  # an entity is no escape in a style sheet
    strings = re.findall(r'"([^"]*)"', style)
    assert [re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), one) for one in strings] == [
        foot.words,
        foot.after,
    ]
