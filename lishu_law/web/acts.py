"""The one way a page performs an act: show the form, run the action, go on; nothing typed is ever lost.

GET shows the form (with the draft, if any). POST validates shape, runs one action and redirects. A refusal shows the
form again with every reason, its article and the link that cures it; a stale page shows what was typed beside the fact
that somebody else was faster; a second submit of the same page is answered with the first result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import connection
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse

from lishu_law import clock
from lishu_law.documents.response import made_response
from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.web import drafts, previews
from lishu_law.web.anchors import faults_of, field_that_cures
from lishu_law.web.fields import blocks, finding
from lishu_law.web.models import Operation
from lishu_law.web.wording import reword

SEE_OTHER = 303


class ActForm(forms.Form):
    """A form shaped like its action's arguments. Cleans shape only, never law.

    ``fieldsets`` (title, field names) groups the fields on the page; fields not named stand in a last group.
    """

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    folded: tuple[str, ...] = ()  # titles of groups that are rarely needed
    preview_assumes: ClassVar[Mapping[str, str]] = {}  # answers without which there would be no paper to look at
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def full_clean(self) -> None:
        """Our words for every field, also for those a subclass adds when it is made."""
        reword(self)
        super().full_clean()

    @property
    def has_files(self) -> bool:
        return self.is_multipart()

    @property
    def uses_htmx(self) -> bool:
        """Does a field ask the server for parts of the page?"""
        return any(getattr(one.widget, "uses_htmx", False) for one in self.fields.values())

    @property
    def has_blocks(self) -> bool:
        """Is there prepared wording beside a field?"""
        return any(blocks.blocks_of(one) for one in self.fields.values())

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The visible fields by fieldset, for the template."""
        named = {name for _title, names in self.fieldsets for name in names}
        rest = [f for f in self.visible_fields() if f.name not in named]
        grouped = [(title, [self[name] for name in names if name in self.fields]) for title, names in self.fieldsets]
        return [*((title, fields) for title, fields in grouped if fields), *([("", rest)] if rest else [])]


@dataclass(frozen=True)
class Outcome:
    """How a submit ended, for a caller that does not show the page: the phone's queue of what was written offline.

    ``kind``: done, refused, conflict, or read where nothing was tried; ``typed`` is what was entered, in a person's words.
    """

    kind: str
    url: str = ""
    problems: tuple[str, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()


def outcome_of(response: HttpResponse) -> Outcome | None:
    """The outcome of the submit that was answered with ``response``; None for any other answer."""
    return getattr(response, "outcome", None)


def _noted(response: HttpResponse, outcome: Outcome) -> HttpResponse:
    response.outcome = outcome  # type: ignore[attr-defined]
    return response


@dataclass
class Act:
    """Everything a page needs to perform one act.

    ``run`` gets the cleaned data (and the form itself if ``run_takes_form``) and returns whatever ``done_url`` (a URL or
    a function of that result) needs.
    ``fixes`` turns a refusal's ``fix`` code into a URL.
    """

    title: str
    form_class: type[ActForm]
    run: Callable[..., Any]
    done_url: str | Callable[[Any], str]
    done_message: str | Callable[[Any], str]
    submit: str
    run_takes_form: bool = False
    template: str = "web/act.html"
    initial: dict[str, Any] = field(default_factory=dict)
    form_arguments: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    fixes: Callable[[Refusal], str] = lambda refusal: ""
    back_url: str = ""
    rehearsal: previews.Rehearsal | None = None  # what the act prints, for the panel beside the form
    blocks: blocks.Blocks = blocks.no_blocks  # prepared wording, by the name of the field

    def form(self, data: Any = None, files: Any = None, *, initial: dict[str, Any] | None = None) -> ActForm:
        """The act's form with what the page offers beside its fields."""
        made = self.form_class(data, files, **{"initial": initial, **self.form_arguments})
        blocks.attach(made, self.blocks)
        return made


def act_page(request: HttpRequest, act: Act) -> HttpResponse:
    """Serve ``act`` for this request (see the module's text)."""
    if request.method == "POST":
        return _submit(request, act)
    draft = drafts.load(request.user, request.path)
    initial = dict(act.initial)
    form = act.form(initial=initial)
    if draft:
        form.initial.update(_from_draft(form, draft.payload))
    inserted = draft.payload.get(blocks.INSERTED, []) if draft else []
    saved_at = draft.saved_at if draft else None
    return _show(request, act, form, draft_saved_at=saved_at, is_restored=draft is not None, inserted=inserted)


def _submit(request: HttpRequest, act: Act) -> HttpResponse:
    if "_save_draft" in request.POST:
        return _keep_draft(request, act)
    if "_drop_draft" in request.POST:
        drafts.drop(request.user, request.path)
        messages.success(request, "草稿已丢弃，现在是空白的表。")
        return HttpResponseRedirect(request.get_full_path(), status=SEE_OTHER)
    if act.rehearsal and (previews.BUTTON in request.POST or previews.PDF_BUTTON in request.POST):
        return _preview(request, act, act.rehearsal)
    if finding.is_asked(request.POST):
        return _keep_draft(request, act, *finding.filled(request.POST))
    if blocks.is_asked(request.POST):
        return _insert(request, act)
    op_id = request.POST.get("op_id", "").replace("\x00", "")[:40]
    person: Any = request.user
    with one_at_a_time(f"{person.pk}:{op_id or request.path}"):
        first = Operation.objects.filter(user=person, op_id=op_id).first() if op_id else None
        if first:
            messages.info(request, "这份内容刚才已经提交成功，没有重复提交。")
            return _noted(HttpResponseRedirect(first.url, status=SEE_OTHER), Outcome("done", first.url))
        return _perform(request, act, op_id)


def _preview(request: HttpRequest, act: Act, rehearsal: previews.Rehearsal) -> HttpResponse:
    """The button 预览: the form as it was typed, beside the pages it would print. Nothing is kept, no file is read."""

    def make(data: QueryDict) -> ActForm:
        return act.form(data)

    form, read = previews.typed_form(make, request.POST), previews.lenient_form(make, request.POST)
    now, wanted = clock.now(), request.POST.get(previews.PDF_BUTTON, "")
    found: previews.DraftPdf | previews.Preview | None = None
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 3:
        found = previews.draft_pdf(rehearsal, read, int(wanted), person=request.user, at=now)
    if isinstance(found, previews.DraftPdf):
        return made_response(found.content, f"{found.title}（草稿）.pdf")
    faults = faults_of(form)
    said = [anchor for anchor, _words in faults]
    shown = found or previews.preview(rehearsal, read, person=request.user, at=now, said=said)
    context: dict[str, Any] = {
        "previews": rehearsal, "preview": shown, "form": form, "preview_faults": faults,
        "preview_refusals": [(one, act.fixes(one) or field_that_cures(form, one)) for one in shown.refusals],
    }  # fmt: skip
    if request.htmx:  # type: ignore[attr-defined]
        response: HttpResponse = TemplateResponse(request, "components/preview.html", context)
    else:
        response = _show(
            request, act, form, op_id=request.POST.get("op_id", "")[:40], extra=context,
            inserted=request.POST.getlist(blocks.INSERTED),
        )  # fmt: skip
    response["Vary"] = "HX-Request"
    return response


def _insert(request: HttpRequest, act: Act) -> HttpResponse:
    """The button of a prepared block without a script: the page again with its words, nothing saved."""
    form, inserted = act.form(initial=act.initial), request.POST.getlist(blocks.INSERTED)
    form.initial.update(_typed(form, request.POST))
    form.initial["version"] = request.POST.get("version") or form.initial.get("version")
    op_id = request.POST.get("op_id", "").replace("\x00", "")[:40]
    pressed = blocks.asked(form, request.POST)
    if pressed is None:
        words = "这条参考用语已经停用或者换了新版，没有插入。您填的内容都在，请从现在列出的里面选。"
        gone = (Refusal("block.gone", words),)
        return _show(request, act, form, refusals=gone, op_id=op_id, inserted=inserted, status=422)
    name, block = pressed
    form.initial[name] = blocks.added(form.initial.get(name), block)
    form.fields[name].widget.attrs["autofocus"] = True  # the browser shows the place without a script
    return _show(request, act, form, op_id=op_id, inserted=[*inserted, f"{name}:{block.key}"])


def _keep_draft(request: HttpRequest, act: Act, typed: QueryDict | None = None, anchor: str = "") -> HttpResponse:
    """The button 保存草稿: the way without a script. A text too long for a draft stays on the page.

    A button that looks something up keeps what is ``typed`` now, silently, and leads to the field ``anchor``.
    """
    posted: QueryDict = request.POST if typed is None else typed
    try:
        drafts.save(request.user, request.path, posted, title=act.title)
    except drafts.DraftTooLong as error:
        form, inserted = act.form(initial=act.initial), posted.getlist(blocks.INSERTED)
        form.initial.update(_typed(form, posted))
        too_long = (Refusal("draft.too_long", str(error)),)
        return _show(request, act, form, refusals=too_long, inserted=inserted, status=413)
    if anchor:
        return HttpResponseRedirect(f"{request.get_full_path()}#{anchor}", status=SEE_OTHER)
    messages.success(request, f"草稿已保存 {clock.local(clock.now()):%H:%M:%S}。您可以离开，回来再接着填。")
    return HttpResponseRedirect(request.get_full_path(), status=SEE_OTHER)


def _perform(request: HttpRequest, act: Act, op_id: str) -> HttpResponse:
    person: Any = request.user
    form = act.form(request.POST, request.FILES)
    if getattr(request, "is_only_read", False):  # what was typed, in words, for whoever decides about it
        return _noted(HttpResponse(), Outcome("read", typed=tuple(_typed_words(form))))
    refusals: tuple[Refusal, ...] = ()
    if form.is_valid():
        try:
            result = act.run(form.cleaned_data, form) if act.run_takes_form else act.run(form.cleaned_data)
        except Refused as refused:
            refusals = refused.refusals
        except Conflict as conflict:
            return _conflict(request, act, form, conflict)
        else:
            url = act.done_url(result) if callable(act.done_url) else act.done_url
            if op_id:
                Operation.objects.create(user=person, op_id=op_id, url=url[:300], done_at=clock.now())
            drafts.drop(request.user, request.path)
            messages.success(request, act.done_message(result) if callable(act.done_message) else act.done_message)
            return _noted(HttpResponseRedirect(url, status=SEE_OTHER), Outcome("done", url))
    saved_at, inserted = _save_quietly(request, act), request.POST.getlist(blocks.INSERTED)
    response = _show(
        request, act, form, refusals=refusals, draft_saved_at=saved_at, op_id=op_id, status=422, inserted=inserted
    )
    return _noted(response, Outcome("refused", problems=_problems(form, refusals), typed=tuple(_typed_words(form))))


def _save_quietly(request: HttpRequest, act: Act) -> datetime | None:
    """Keep what was typed; None when it is too long to keep, or kept elsewhere already (the phone's queue)."""
    if getattr(request, "is_kept_elsewhere", False):
        return None
    try:
        return drafts.save(request.user, request.path, request.POST, title=act.title)
    except drafts.DraftTooLong:
        return None


def _conflict(request: HttpRequest, act: Act, form: ActForm, conflict: Conflict) -> HttpResponse:
    """Somebody was faster: show every word that was typed, and the way to the page as it is now."""
    context = {
        "error": conflict,
        "typed": _typed_words(form),
        "is_kept": _save_quietly(request, act) is not None,
        "again_url": request.get_full_path(),
        "report_no": request.id,  # type: ignore[attr-defined]
    }
    response = render(request, "errors/409.html", context, status=409)
    return _noted(response, Outcome("conflict", problems=(conflict.message,), typed=tuple(_typed_words(form))))


def _typed_words(form: ActForm) -> list[tuple[str, str]]:
    shown = [bound for bound in form.visible_fields() if not getattr(bound.field, "is_aid", False)]
    return [(str(bound.label), text) for bound in shown if (text := _words(bound))]


def _problems(form: ActForm, refusals: tuple[Refusal, ...]) -> tuple[str, ...]:
    """Every reason in one sentence each, the field before the words of its fault."""
    faults = [
        f"{form.fields[name].label}：{fault}" if name in form.fields else str(fault)
        for name, found in form.errors.items()
        for fault in found
    ]
    return (*faults, *(one.message for one in refusals))


def _words(bound: BoundField) -> str:
    """What was entered, as a person reads it: the label of a choice, the names of files, never a secret."""
    if isinstance(bound.field.widget, forms.PasswordInput):
        return ""
    value = bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(bound.field.widget, forms.Select | forms.RadioSelect):
        labels = {str(key): str(label) for key, label in _flat(bound.field.widget.choices)}
        return "、".join(labels.get(str(one), str(one)) for one in values if one)
    return "、".join(str(getattr(one, "name", one)) for one in values if one not in (None, ""))


def _show(
    request: HttpRequest,
    act: Act,
    form: ActForm,
    *,
    refusals: tuple[Refusal, ...] = (),
    draft_saved_at: Any = None,
    op_id: str = "",
    status: int = 200,
    is_restored: bool = False,
    extra: dict[str, Any] | None = None,
    inserted: Sequence[str] = (),
) -> HttpResponse:
    context = {
        **act.context,
        "previews": act.rehearsal,
        "act": act,
        "form": form,
        "title": act.title,
        "submit": act.submit,
        "back_url": act.back_url,
        "op_id": op_id or uuid4().hex,
        "refusals": [(refusal, act.fixes(refusal)) for refusal in refusals],
        "has_errors": bool(form.errors or refusals),
        "is_restored": is_restored,
        "draft_saved_at": clock.local(draft_saved_at) if draft_saved_at else None,
        "draft_url": reverse("draft-save"),
        "draft_key": request.path,
        **(extra or {}),
        "inserted": blocks.inserted(inserted),
    }
    # Rendered after the view: whoever calls it without a page (a test of thousands of acts) reads the context alone.
    return TemplateResponse(request, act.template, context, status=status)


def _from_draft(form: ActForm, payload: dict[str, list[str]]) -> dict[str, Any]:
    data = QueryDict(mutable=True)
    for name, values in payload.items():
        data.setlist(name, values)
    return _typed(form, data)


def _typed(form: ActForm, data: QueryDict) -> dict[str, Any]:
    """What stands in ``data`` for each field, to be shown again as initial values."""
    found = {}
    for name, form_field in form.fields.items():
        if name == "version" or isinstance(form_field, forms.FileField):
            continue
        if form_field.widget.value_omitted_from_data(data, QueryDict(), form.add_prefix(name)):
            continue
        found[name] = form_field.widget.value_from_datadict(data, QueryDict(), form.add_prefix(name))
    return found


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """The choices of a widget without their groups."""
    for key, label in choices:
        yield from label if isinstance(label, list | tuple) else [(key, label)]


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """A second submit of the same page waits for the first: an advisory lock of PostgreSQL, by page and person."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
