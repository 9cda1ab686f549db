"""Masking remembers office words for speed: with or without memory it says the same, and it can forget."""

from __future__ import annotations

import gc
import random

import pytest
from celery.signals import task_postrun
from django.core import signals

from disclosure import redaction
from disclosure.redaction import Known, leaks, mask_person_name, redact
from lishu_law.web.loading.resting import collector_resting

NAMES = ("张三", "欧阳修", "示例", "张示例", "王·五", "abß", "张 三", "13912345678", "吉C12345", "梨树县示例屯")
SIGNS = "张三欧阳修示例样本梨树县吉C12345号货车路村屯组*×●·．・－　Ａabß\n -,，。微信qq@.电话住"
MASKS = "*×✕●○█■□#•…"


def _text(chance: random.Random) -> str:
    parts = (chance.choice(SIGNS), chance.choice(NAMES), mask_person_name(chance.choice(NAMES)))
    return "".join(chance.choice((chance.choice(SIGNS), *parts)) for _ in range(chance.randrange(25)))


def _shows_by_the_book(flat: str, name: str, masked: str) -> bool:
    """Every window of the text, one after the other."""
    rest = flat.replace(masked, "\x00")
    windows = [rest[at : at + len(name)] for at in range(len(rest) - len(name) + 1)]
    return any(
        all(s == r or s in MASKS for s, r in zip(w, name, strict=True))
        and any(s in MASKS for s in w)
        and any(s == r and h == "*" for s, r, h in zip(w, name, masked, strict=True))
        for w in windows
    )


def test_half_masked_names_are_found_as_window_by_window() -> None:
    chance, found = random.Random(9), 0
    for _ in range(20_000):
        name = "".join(chance.choices("张三示例", k=chance.randrange(2, 5)))
        flat = "".join(chance.choices("张三示例*●车", k=chance.randrange(12)))
        expected = _shows_by_the_book(flat, name, mask_person_name(name))
        assert redaction._name_shows(flat, name, mask_person_name(name)) is expected, (flat, name)
        found += expected
    assert 500 < found < 19_500


def test_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(10)
    cases = [
        (
            _text(chance),
            Known(punished=chance.choice(NAMES), people=tuple(chance.sample(NAMES, 2)), plates=("吉C12345",)),
        )
        for _ in range(2_000)
    ]
    warm = [(redact(text, known), leaks(text, known.every_value())) for text, known in cases * 2]
    monkeypatch.setattr(redaction, "OFFICE_WORDS", -1)
    redaction.forget()
    cold = [(redact(text, known), leaks(text, known.every_value())) for text, known in cases]
    assert warm == cold * 2
    assert any(done.hits for done, _found in cold)
    assert any(found for _done, found in cold)


def test_what_was_read_can_be_forgotten() -> None:
    redact("张三驾驶吉C12345号货车", Known(punished="张三"))
    leaks("张*", ("张三",))
    memories = (redaction._known_words, redaction._flat_value, redaction._flat_known, redaction.mask_person_name)
    assert all(memory.cache_info().currsize for memory in memories)
    redaction.forget()
    assert not any(memory.cache_info().currsize for memory in memories)


@pytest.mark.django_db  # the end of a request looks at the connection, which earlier tests may have left open
def test_it_is_forgotten_when_a_request_or_a_task_ends() -> None:
    redact("张三驾驶吉C12345号货车", Known(punished="张三"))
    assert redaction._flat_value.cache_info().currsize + redaction._known_words.cache_info().currsize
    signals.request_finished.send(sender=None)
    assert not redaction._flat_value.cache_info().currsize + redaction._known_words.cache_info().currsize
    redact("张三驾驶吉C12345号货车", Known(punished="张三"))
    task_postrun.send(sender=None)
    assert not redaction._flat_value.cache_info().currsize + redaction._known_words.cache_info().currsize


def test_the_collector_rests_inside_and_works_again_after_a_fault() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), collector_resting():
        assert not gc.isenabled()
        with collector_resting():
            pass
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()
