"""Fills any form: what stands there already is mostly left, the rest is chosen by the kind of the field.

``SENSE`` holds what a kind alone cannot tell: answers without which a form is never lawful. Everything else is chance,
so that refusals are tried as well as ways through.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.actions.measure_checks import SCOPE_QUESTIONS
from lishu_law import clock
from lishu_law.web import fields
from tests.cast import PASSWORD
from tests.scenarios import PARTY, VEHICLE
from tests.spot_scenes import id_number

Value = Any
NARRATIVE = "现场查实，有笔录和照片在卷，当事人没有异议，按规定办理。"
CALM = 0.85  # how often a field gets the answer that leads on

# The answer that leads on where the kind of the field cannot tell, by the field's name; None leaves it empty.
SENSE: tuple[tuple[re.Pattern[str], tuple[Value, ...]], ...] = tuple(
    (re.compile(f"(?:{name})$"), values)
    for name, values in (
        ("password", (PASSWORD,)),
        ("agree|vanish|power_fits|custody|party_present|is_received|acts_stand|is_alone", ("yes",)),
        ("party_kind", ("citizen",)),
        ("party_.*name", ("示例人",)),
        ("party_phone", ("13800000000",)),
        ("party_id_number", (id_number("19850630"),)),
        ("party_uscc", (PARTY.uscc,)),
        ("ask_.*|minor|mental_doubt", ("no",)),
        ("item_[a-z].*", ("passed",)),
        ("note_.*|person_.*|refusal_.*|guardian_.*|alone_note|early_reason|failure|factors|reduce|email|fax", (None,)),
        ("item_[23]_.*|more_items|role|other_means|more_investigation|return_to|witness_name", (None,)),
        ("fact_harm", ("none",)),
        ("fact_.*", ("no", "0")),
        ("signing", ("signed",)),
        ("power", ("rt-62",)),
        ("item_1_name", ("吉C12345",)),
        ("item_1_quantity", ("1 辆",)),
        ("days", ("10",)),
        ("content", (NARRATIVE,)),
        ("discussed_by", ("示例张、示例李",)),
        ("method", ("direct", "direct", "left", "mail", "electronic")),
        ("rights_told|licence_shown|reasons_told|is_handed_over|is_checked|told", ("on",)),
        *((code, ("yes" if lawful else "no",)) for code, (_question, lawful, _cure) in SCOPE_QUESTIONS.items()),
    )
)


def fill(form: Any, chance: Random, *, thorough: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is typed into the form, and the files chosen. ``thorough``: optional fields are filled as well."""
    data: dict[str, Any] = {}
    files: dict[str, Any] = {}
    for name, one in form.fields.items():
        value = _value(form, name, one, chance, thorough)
        if value in (None, ""):
            continue
        (files if isinstance(value, SimpleUploadedFile) else data)[form.add_prefix(name)] = value
    return data, files


def _value(form: Any, name: str, one: Any, chance: Random, thorough: bool) -> Value:
    initial = form.get_initial_for_field(one, name)
    if name == "version":
        return initial
    calm = chance.random() < CALM
    sensible = next((values for pattern, values in SENSE if pattern.match(name)), None)
    if calm and sensible is not None:
        return _offered(one, chance.choice(sensible), chance)
    if calm and initial not in (None, "", [], False):
        return initial
    is_asked = one.required or getattr(one, "asked_by_law", False) or isinstance(one, forms.MultipleChoiceField)
    if calm and not is_asked and not thorough:
        return None
    kind = next((make for cls, make in KINDS if isinstance(one, cls)), _text)
    return kind(one, chance)


def _offered(one: Any, value: Value, chance: Random) -> Value:
    """The sensible value, or any where the field offers another list."""
    if value is None or not isinstance(one, forms.ChoiceField | forms.ModelChoiceField):
        return value
    offered = [str(key) for key, _label in _flat(one.choices)]
    return value if str(value) in offered else _choice(one, chance)


def _text(one: Any, chance: Random) -> Value:
    """Numbers of receipts and letters are asked for once only: none is like another."""
    if re.search("号$|编号|号码", str(one.label)):
        return f"{chance.randint(10**9, 10**10 - 1)}"
    return NARRATIVE[: getattr(one, "max_length", None)]


def _narrative(one: Any, chance: Random) -> Value:
    return NARRATIVE


def _moment(one: Any, chance: Random) -> Value:
    """Just now; a beginning lies before its end."""
    is_start = "开始" in str(one.label)
    calm = chance.choice((-40, -25) if is_start else (-6, -1, 0))
    minutes = calm if chance.random() < CALM else chance.randint(-5000, 5000)
    return f"{clock.local(clock.now() + timedelta(minutes=minutes)):%Y-%m-%d %H:%M}"


def _day(one: Any, chance: Random) -> Value:
    shift = timedelta(days=0 if chance.random() < CALM else chance.randint(-20, 20))
    return f"{clock.today() + shift:%Y-%m-%d}"


def _choice(one: Any, chance: Random) -> Value:
    found = [value for value, _label in _flat(one.choices) if value not in (None, "")]
    return str(chance.choice(found)) if found else None


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, label in choices:
        found += list(label) if isinstance(label, list | tuple) else [(key, label)]
    return found


def _several(one: Any, chance: Random) -> Value:
    found = [str(value) for value, _label in _flat(one.choices) if value not in (None, "")]
    return chance.sample(found, chance.randint(min(1, len(found)), len(found)))


def _tick(one: Any, chance: Random) -> Value:
    return "on" if one.required or chance.random() < 0.5 else None


def _number(one: Any, chance: Random) -> Value:
    return str(chance.choice((0, 1, 5, 10, 30, 50, 100, 1000)))


def _amount(one: Any, chance: Random) -> Value:
    return str(chance.choice((1000, 1000, 50, 50, 500, 2000, 0)))


def _file(one: Any, chance: Random) -> Value:
    return SimpleUploadedFile("p.jpg", _picture(), "image/jpeg")


@lru_cache(maxsize=1)
def _picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(content, "JPEG")
    return content.getvalue()


KINDS: tuple[tuple[type, Callable[[Any, Random], Value]], ...] = (
    (fields.EvidenceFileField, _file),
    (fields.FlexibleDateTimeField, _moment),
    (fields.FlexibleDateField, _day),
    (fields.AmountField, _amount),
    (fields.NarrativeField, _narrative),
    (fields.IdNumberField, lambda one, chance: id_number("19850630")),
    (fields.UsccField, lambda one, chance: PARTY.uscc),
    (fields.PlateField, lambda one, chance: VEHICLE.plate),
    (forms.EmailField, lambda one, chance: "shili@example.com"),
    (fields.PersonNameField, lambda one, chance: "示例人"),
    (fields.MobileField, lambda one, chance: "13800000000"),
    (fields.PhoneField, lambda one, chance: "13800000000"),
    (forms.MultipleChoiceField, _several),
    (forms.ModelMultipleChoiceField, _several),
    (forms.ChoiceField, _choice),
    (forms.ModelChoiceField, _choice),
    (forms.BooleanField, _tick),
    (forms.IntegerField, _number),
    (forms.DecimalField, _number),
)
