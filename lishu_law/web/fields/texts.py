"""Names, places, short texts and narratives. Pasted HTML stays the plain text it is; pages escape it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from lishu_law.registry.identity import (
    InvalidValue,
    Place,
    normalise,
    parse_organisation_name,
    parse_outsider_name,
    parse_person_name,
    parse_place,
)
from lishu_law.web.fields.typed import TypedField

MOST_OF_NARRATIVE = 20_000
# A prepared block whose gap nobody filled: 【　】, or one that says what belongs there, 【待填：经过】.
_OPEN_GAP = re.compile(r"【[\s_＿　]*】|【待填(?:：([^【】]{1,30})】)?")


class PersonNameField(TypedField):
    """A person's name. ``notes`` says what was mapped, ``needs_check`` asks for a photo of the document."""

    attributes = {"maxlength": "100", "spellcheck": "false"}

    def __init__(self, **kwargs: Any) -> None:
        self.notes: tuple[str, ...] = ()
        self.needs_check = False
        super().__init__(**kwargs)

    def parse(self, text: str) -> str:
        name = parse_person_name(text)
        self.notes, self.needs_check = name.notes, name.needs_check
        return name.value


class OutsiderNameField(PersonNameField):
    """A witness or another signer from outside; a namesake of an officer says the unit in brackets: 张三（东关社区）."""

    def parse(self, text: str) -> str:
        name = parse_outsider_name(text)
        self.notes, self.needs_check = name.notes, name.needs_check
        return name.value


class OrganisationNameField(TypedField):
    """The registered name of an organisation or shop."""

    attributes = {"maxlength": "200", "spellcheck": "false"}

    def parse(self, text: str) -> str:
        return parse_organisation_name(text)


class PlaceField(TypedField):
    """Route and stake, or an address; gives a ``Place``."""

    empty = Place("")
    attributes = {"maxlength": "250"}

    def parse(self, text: str) -> Place:
        return parse_place(text)

    def prepare_value(self, value: Any) -> Any:
        return value.text if isinstance(value, Place) else value


class ShortTextField(TypedField):
    """One line of text of ``least`` to ``most`` code points."""

    def __init__(self, *, least: int = 1, most: int = 100, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "maxlength": str(self.most * 2)}

    def parse(self, text: str) -> str:
        value = normalise.line(text)
        _check_count(value, self.least, self.most)
        return value


class NarrativeField(TypedField):
    """A text of several lines, ``least`` to ``most`` code points. Line ends are kept as line feeds.

    ``has_gaps``: it is itself the pattern of a prepared block, whose gaps stay open.
    """

    widget = forms.Textarea

    def __init__(
        self, *, least: int = 1, most: int = MOST_OF_NARRATIVE, rows: int = 6, has_gaps: bool = False, **kwargs: Any
    ) -> None:
        self.least, self.most, self.rows, self.has_gaps = least, most, rows, has_gaps
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        # No maxlength: a browser would cut a pasted text without a word.
        return {**super().widget_attrs(widget), "rows": str(self.rows), "data-counter": str(self.most)}

    def parse(self, text: str) -> str:
        value = text.replace("\r\n", "\n")
        for line_end in "\r\u2028\u2029\x85\v\f":
            value = value.replace(line_end, "\n")
        value = normalise.refuse_hidden(normalise.trimmed(value), line_breaks=True)
        _check_count(value, self.least, self.most)
        if not self.has_gaps:
            _refuse_gaps(value)
        return value


def _refuse_gaps(value: str) -> None:
    gaps: list[str] = _OPEN_GAP.findall(value)
    if not gaps:
        return
    named = next((one for one in gaps if one), "")
    shown = f"【待填：{named}】" if named else "【　】"
    raise InvalidValue("text.gap", f"还有 {len(gaps)} 处{shown}没有填写，请补上或者删掉。")


def _check_count(value: str, least: int, most: int) -> None:
    count = len(value)
    if count < least:
        raise InvalidValue("text.short", f"至少要写 {least} 个字，现在是 {count} 个字。请补充。")
    if count > most:
        raise InvalidValue("text.long", f"最多 {most} 个字，现在是 {count} 个字，请删减 {count - most} 个字。")
