"""The pinyin keys of a name: what the dictionary says of the whole name, piece by piece."""

from __future__ import annotations

import random

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from lishu_law.registry.name_keys import name_initials, name_key, name_keys

NAMES = [
    ("梨树县示例货运有限公司", "li shu xian shi li huo yun you xian gong si", "lsxslhyyxgs"),
    ("长春示例（集团）有限公司", "chang chun shi li （ ji tuan ） you xian gong si", "ccsljtyxgs"),  # not zhang chun
    ("ABC-12物流", "abc-12 wu liu", "abc12wl"),
    ("吕示例", "lv shi li", "lsl"),
    ("", "", ""),
    (" · ", " · ", ""),
]


@pytest.mark.parametrize(("name", "key", "initials"), NAMES)
def test_the_keys_of_a_name(name: str, key: str, initials: str) -> None:
    assert name_keys(name) == (key, initials) == (name_key(name), name_initials(name))


def test_keys_are_cut_to_their_columns() -> None:
    key, initials = name_keys("双" * 150)
    assert (len(key), len(initials)) == (200, 100)


def test_pieces_say_what_the_dictionary_says_of_the_whole() -> None:
    """Random names of phrases, beginnings of phrases, rare characters and what is no Han at all."""
    rare = random.Random(20_260_105)
    phrases = sorted(PHRASES_DICT)
    for _ in range(2_000):
        parts = [
            rare.choice([rare.choice(phrases), chr(rare.randint(0x3400, 0x9FFF)), rare.choice("Ab1（· -\ue816\u3007")])
            for _ in range(rare.randint(0, 7))
        ]
        # The full stop keeps the last phrase from being the beginning of a longer one.
        name = "".join(parts) + "。"
        letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
        initials = "".join(c for c in letters if c.isascii() and c.isalnum()).lower()[:100]
        assert name_keys(name) == (" ".join(lazy_pinyin(name)).lower()[:200], initials), name
