"""The pages of a paper beside the form that makes it: what was typed is kept, nothing is saved, gaps are linked.

A page hands over a :class:`Rehearsal`; the button 预览 brings the form back with the pages (with htmx the pages alone).
What is missing does not keep the pages away where the paper can be printed without it. Files are not taken along.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import connection
from django.http import QueryDict

from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.pictures import pictures
from lishu_law.pdf.render import render
from lishu_law.web.fields import EvidenceFileField, NarrativeField, TypedField

FILES = forms.FileField | EvidenceFileField
BUTTON, PDF_BUTTON = "_preview", "_preview_pdf"
MOST_PAGES = 12
TOO_LONG = "这份文书太长，不能在这里预览。请精简过长的文字。"
BUSY = "您的上一次预览还没有画完。请稍等几秒，再按“预览”。"


@dataclass(frozen=True)
class PaperDraft:
    """What a rehearsal found: the title, the HTML of the draft (empty where it is too long), fields left empty.

    ``gaps``: the words of a field and where to fill it in: an address, or "" where nobody can at this desk.
    """

    title: str
    html: str
    gaps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rehearsal:
    """What the act prints: the titles announced beforehand, and how to draw them from a form that was read.

    ``drafts`` also says what the law still asks for; it raises ``Refused`` where there is nothing to draw before that.
    """

    titles: tuple[str, ...]
    drafts: Callable[[Any], tuple[Sequence[PaperDraft], Sequence[Refusal]]]


@dataclass(frozen=True)
class ShownPage:
    """One page: its picture as an address, its words, where it stands."""

    picture: str
    words: str
    number: int


@dataclass(frozen=True)
class ShownPaper:
    """``fault`` instead of pages where the paper cannot be drawn."""

    title: str
    pages: tuple[ShownPage, ...]
    total: int
    fault: str = ""

    @property
    def left_out(self) -> int:
        return self.total - len(self.pages)


@dataclass(frozen=True)
class Preview:
    """Everything the panel shows. ``gaps``: words and address of what has to be filled in before the paper is issued."""

    papers: tuple[ShownPaper, ...]
    gaps: tuple[tuple[str, str], ...]
    refusals: tuple[Refusal, ...]
    made_at: datetime
    notice: str = ""


def typed_form(make: Callable[[QueryDict], Any], posted: QueryDict) -> Any:
    """The form as it was typed, with its faults. Files were not sent along and a password is none of a preview's
    business: nothing is said of either."""
    data = posted.copy()
    form = make(data)
    unasked = [name for name, field in form.fields.items() if _is_unasked(field)]
    for name in unasked:
        data.pop(form.add_prefix(name), None)
    for name in unasked:
        form.errors.pop(name, None)
    return form


def lenient_form(make: Callable[[QueryDict], Any], posted: QueryDict) -> Any:
    """The form to rehearse with. Texts may be missing: the paper is printed with an empty space, and with an open gap
    【待填：…】 as it stands. Ticks that must be set count as set, and an approval nobody answered as given
    (``preview_assumes``): otherwise there would be no paper.
    """
    data = posted.copy()
    form = make(data)
    for name, value in getattr(form, "preview_assumes", {}).items():
        if name in form.fields and not data.get(form.add_prefix(name)):
            data[form.add_prefix(name)] = value
    for name, field in list(form.fields.items()):
        if isinstance(field.widget, forms.PasswordInput):
            del form.fields[name]
        elif isinstance(field, forms.BooleanField) and field.required:
            data[form.add_prefix(name)] = "on"
        elif isinstance(field, FILES) or _is_text(field):
            field.required = False
            if isinstance(field, NarrativeField):
                field.least, field.has_gaps = 0, True
    return form


def _is_unasked(field: forms.Field) -> bool:
    return isinstance(field, FILES) or isinstance(field.widget, forms.PasswordInput)


def _is_text(field: forms.Field) -> bool:
    """Its absence is an empty string: no act stumbles over it."""
    return isinstance(field, forms.CharField) or (isinstance(field, TypedField) and field.empty is not None)


def preview(rehearsal: Rehearsal, form: Any, *, person: Any, at: datetime, said: Collection[str] = ()) -> Preview:
    """The pages for a form read leniently; one preview of a person at a time. ``said``: fields whose lack is told already."""
    if not form.is_valid():
        return Preview((), (), (), at)
    with _alone(person) as is_free:
        if not is_free:
            return Preview((), (), (), at, BUSY)
        try:
            drafts, asked = rehearsal.drafts(form)
        except Refused as refused:
            return Preview((), (), refused.refusals, at)
        except Conflict as conflict:
            return Preview((), (), (), at, _words_of(conflict))
        gaps = tuple(dict.fromkeys(gap for one in drafts for gap in one.gaps if gap[1] not in said))
        return Preview(tuple(_shown(drafts, at)), gaps, tuple(asked), at)


@dataclass(frozen=True)
class DraftPdf:
    """One paper of a draft, drawn."""

    title: str
    content: bytes


def draft_pdf(rehearsal: Rehearsal, form: Any, number: int, *, person: Any, at: datetime) -> DraftPdf | Preview | None:
    """One paper as PDF, drawn while nothing else is for this person; ``BUSY`` as a preview where something is.

    None where there is no such paper: the panel then says why. Raises ``PdfError``.
    """
    if not form.is_valid():
        return None
    with _alone(person) as is_free:
        if not is_free:
            return Preview((), (), (), at, BUSY)
        try:
            drafts, _asked = rehearsal.drafts(form)
        except (Refused, Conflict):
            return None
        if not 0 <= number < len(drafts) or not drafts[number].html:
            return None
        paper = drafts[number]
        return DraftPdf(paper.title, render(paper.html, title=paper.title, number=None, at=at, draft=True).content)


def _words_of(conflict: Conflict) -> str:
    """Somebody was faster: who and when, and what to do with a page that still holds everything typed."""
    who = f"（{conflict.changed_by}，{conflict.changed_at}）" if conflict.changed_by and conflict.changed_at else ""
    return f"{conflict.message}{who}这一页已经不是最新的，没有排出页面。请先按“保存草稿”，再打开最新的页面接着办。"


def _shown(drafts: Sequence[PaperDraft], at: datetime) -> Iterator[ShownPaper]:
    left = MOST_PAGES
    for one in drafts:
        paper = _drawn(one, left, at)
        left -= len(paper.pages)
        yield paper


def _drawn(draft: PaperDraft, most: int, at: datetime) -> ShownPaper:
    if not draft.html:
        return ShownPaper(draft.title, (), 0, TOO_LONG)
    try:
        made = render(draft.html, title=draft.title, number=None, at=at, draft=True)
    except PdfError as error:
        return ShownPaper(draft.title, (), 0, str(error))
    pages = tuple(
        ShownPage(f"data:image/png;base64,{base64.b64encode(one.png).decode('ascii')}", one.words, number)
        for number, one in enumerate(pictures(made.content, most=most), start=1)
    )
    return ShownPaper(draft.title, pages, made.pages)


@contextmanager
def _alone(person: Any) -> Iterator[bool]:
    """A lock by person that does not wait: pictures cost a second of a processor."""
    digest = hashlib.sha256(f"preview:{person.pk}".encode()).digest()
    key = int.from_bytes(digest[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_free = bool(cursor.fetchone()[0])
    try:
        yield is_free
    finally:
        if is_free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
