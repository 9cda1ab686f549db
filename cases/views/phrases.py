"""Pages of the reference wording: the library, one version beside the one before, and what each role does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions import phrases as actions
from cases.documents.phrase_text import difference, pieces
from cases.documents.placeholders import PLACEHOLDERS
from cases.forms import phrases as forms
from cases.models import PhraseKind, PhraseState, PhraseVersion
from cases.models.phrase import OPEN
from cases.queries import phrases as queries
from cases.queries.benchmarks import violations
from cases.queries.violations import grouped_choices
from lishu_law.access.doors import requires
from lishu_law.access.policy import can, may_ever
from lishu_law.web.acts import Act, ActForm, act_page

METHODS = ["GET", "POST"]
EVERYWHERE = "各案由通用"


@requires("phrase.read")
@require_GET
def phrase_list(request: HttpRequest) -> HttpResponse:
    """The library by violation, part of the document and state, twenty a page."""
    titles = {one.code: one.title for one in violations()}
    kind, item, state, after = (request.GET.get(name, "") for name in ("kind", "item", "state", "after"))
    chosen = {
        "kind": kind if kind in PhraseKind.values else "",
        "item_code": item if item in titles or item == queries.GENERAL else "",
        "state": state if state in PhraseState.values else "",
    }  # fmt: skip
    key = int(after) if after.isdecimal() and len(after) < 19 else None
    page = queries.list_phrases(**chosen, after=key)
    query = request.GET.copy()
    query["after"] = str(page.next_key or "")
    context = {
        "page": page, "rows": [(one, titles.get(one.item_code, one.item_code) or EVERYWHERE) for one in page.rows],
        "chosen": chosen, "kinds": PhraseKind.choices, "states": PhraseState.choices,
        "items": [(queries.GENERAL, EVERYWHERE), *titles.items()],
        "next_url": f"?{query.urlencode()}" if page.next_key else "",
        "can_write": may_ever(request.user, "phrase.write"),
    }  # fmt: skip
    return render(request, "cases/phrases.html", context)


@requires("phrase.read")
@require_GET
def phrase_page(request: HttpRequest, code: str, serial: int) -> HttpResponse:
    """One version: its text, what changed, how it came to be offered, what may be done with it."""
    version = queries.version_at(code, serial)
    versions = queries.versions_of(version)
    before = next((one for one in versions if one.number < version.number), None)
    item_code = version.phrase.item_code
    titles = {one.code: one.title for one in violations()}
    context = {
        "version": version, "phrase": version.phrase, "versions": versions, "before": before,
        "pieces": pieces(version.text, {name: f"{{{name}}}" for name in PLACEHOLDERS}),
        "changes": difference(before.text, version.text) if before else (),
        "violation": titles.get(item_code, item_code) or EVERYWHERE, **_may(request.user, version, versions),
    }  # fmt: skip
    return render(request, "cases/phrase.html", context)


def _may(user: Any, version: PhraseVersion, versions: list[PhraseVersion]) -> dict[str, bool]:
    """Which acts this person is shown; each asks again."""
    writes = may_ever(user, "phrase.write")
    is_theirs = writes and version.author_id in (None, user.pk)
    is_draft = version.state in (PhraseState.DRAFT, PhraseState.RETURNED)
    reviews = can(user, "phrase.review", actions.subject_of_phrase(version)).allowed
    return {
        "can_edit": is_draft and is_theirs,
        "can_review": version.state == PhraseState.SUBMITTED and reviews,
        "is_own_text": version.state == PhraseState.SUBMITTED and version.author_id == user.pk,
        "can_revise": writes and not queries.has_open(versions),
        "can_retire": may_ever(user, "phrase.retire") and version.state in (*OPEN, PhraseState.APPROVED),
    }


@requires("phrase.write")
@require_http_methods(METHODS)
def phrase_new(request: HttpRequest) -> HttpResponse:
    """A new phrase."""

    def run(data: dict[str, Any]) -> PhraseVersion:
        data.pop("version")
        return actions.write_phrase(by=request.user, phrase=actions.NewPhrase(**data))

    act = Act(
        title="起草一条参考用语", form_class=forms.PhraseForm, run=run, submit="保存为草稿", done_url=_page_of,
        done_message="已保存为草稿。核对以后请提交法制审核，审核通过才会提供给承办人。", template="cases/phrase_write.html",
        form_arguments={"choices": grouped_choices(request.user, EVERYWHERE)},
        context={"placeholders": PLACEHOLDERS}, back_url=reverse("phrase-list"),
    )  # fmt: skip
    return act_page(request, act)


@requires("phrase.write")
@require_http_methods(METHODS)
def phrase_revise(request: HttpRequest, code: str) -> HttpResponse:
    """The next version of a phrase, starting from the newest text."""
    newest = queries.newest_of(code)

    def run(data: dict[str, Any]) -> PhraseVersion:
        return actions.revise_phrase(by=request.user, code=code, text=data["text"])

    act = Act(
        title=f"起草 {newest.phrase} 的第 {newest.number + 1} 版", form_class=forms.PhraseTextForm, run=run,
        submit="保存为草稿", done_url=_page_of, done_message="新的一版已保存为草稿。审核通过以前，仍然提供现在的版本。",
        template="cases/phrase_write.html", initial={"text": newest.text}, context={"placeholders": PLACEHOLDERS},
        back_url=_page_of(newest),
    )  # fmt: skip
    return act_page(request, act)


@requires("phrase.write")
@require_http_methods(METHODS)
def phrase_edit(request: HttpRequest, code: str, serial: int) -> HttpResponse:
    """Go on writing a draft, or mend what was returned."""
    version = queries.version_at(code, serial)
    return _on_version(
        request, version, "修改", forms.PhraseTextForm, actions.edit_phrase,
        submit="保存修改", done="修改已保存，还没有提交审核。",
        template="cases/phrase_write.html", initial={"text": version.text}, more={"placeholders": PLACEHOLDERS},
    )  # fmt: skip


@requires("phrase.write")
@require_http_methods(METHODS)
def phrase_submit(request: HttpRequest, code: str, serial: int) -> HttpResponse:
    """Hand it to the legal section."""
    version = queries.version_at(code, serial)
    return _on_version(
        request, version, "提交审核", forms.PhraseSubmitForm, actions.submit_phrase,
        submit="提交法制审核", done="已提交法制审核，由起草人以外的法制审核员审核。",
    )  # fmt: skip


@requires("phrase.review")
@require_http_methods(METHODS)
def phrase_review(request: HttpRequest, code: str, serial: int) -> HttpResponse:
    """The legal section's reading, with the difference to the version offered now."""
    version = queries.version_at(code, serial)
    return _on_version(
        request,
        version,
        "审核",
        forms.PhraseReviewForm,
        actions.review_phrase,
        submit="签署审核意见",
        done="审核意见已签署。",
    )


@requires("phrase.retire")
@require_http_methods(METHODS)
def phrase_retire(request: HttpRequest, code: str, serial: int) -> HttpResponse:
    """Take it out of what is offered."""
    version = queries.version_at(code, serial)
    return _on_version(
        request,
        version,
        "停用",
        forms.PhraseRetireForm,
        actions.retire_phrase,
        submit="停用这一版",
        done="这一版已经停用，不再提供。",
    )


def _page_of(version: PhraseVersion) -> str:
    return reverse("phrase", args=[version.phrase.code, version.number])


def _on_version(
    request: HttpRequest, version: PhraseVersion, verb: str, form_class: type[ActForm], action: Callable[..., Any],
    *, submit: str, done: str, template: str = "cases/phrase_act.html", initial: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of an act on one version; the text it is about stands above the form."""
    before = next((one for one in queries.versions_of(version) if one.number < version.number), None)

    def run(data: dict[str, Any]) -> Any:
        revision = data.pop("version")
        return action(by=request.user, code=version.phrase.code, number=version.number, revision=revision, **data)

    act = Act(
        title=f"{verb} {version.phrase} 第 {version.number} 版", form_class=form_class, run=run, submit=submit,
        done_url=_page_of, done_message=done, template=template, back_url=_page_of(version),
        initial={"version": version.revision, **(initial or {})},
        context={
            "version": version, "phrase": version.phrase, "before": before,
            "pieces": pieces(version.text, {name: f"{{{name}}}" for name in PLACEHOLDERS}),
            "changes": difference(before.text, version.text) if before else (), **(more or {}),
        },
    )  # fmt: skip
    return act_page(request, act)
