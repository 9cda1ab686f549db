"""The frame of every page that performs an act on a case: identity bar, checks shown before typing, cures linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases import permissions
from cases.procedure.phrase_places import PLACES
from cases.procedure.states import TITLES, State
from cases.procedure.steps import BY_CODE, StepType
from cases.queries.facts import LoadedCase
from cases.queries.find import OpenedCase, open_case
from cases.queries.phrases import used_in
from cases.views.phrases_offered import blocks_for, insertions_in
from cases.views.preview import rehearsal_of
from lishu_law import clock
from lishu_law.errors import Refusal
from lishu_law.web.acts import Act, ActForm, act_page

# Steps with pages of their own, which no case has an address for: the clue's entry, the roadside's first page.
OWN_PAGES = frozenset({"register_clue", "open_summary"})
# Where a refusal's ``fix`` leads: a step of the table, or one of these pages.
PAGES = {
    "edit": "case-edit",
    "conflict": "case",
    "officers": "case",
    "evidence": "case-verify_evidence",
    "case": "case",
    "volume": "case-volume",
}
# Templates that show the file beside the signature: they say which reviewed wording its texts use.
SHOWS_FILE = frozenset({"cases/approve.html", "cases/decide_correction.html", "cases/reply_review.html"})


def fix_url(clue_no: str, part_id: int | None = None) -> Callable[[Refusal], str]:
    """The function that turns a refusal's fix into a link of this case.

    A step that works on a part is linked for the part at hand; without one the case page lists the parts.
    """

    def link(refusal: Refusal) -> str:
        if refusal.fix in PAGES:
            return reverse(PAGES[refusal.fix], args=[clue_no])
        code, _, named = refusal.fix.partition(":")
        if code not in BY_CODE or code in OWN_PAGES:
            return ""
        if named:  # the refusal names the part that cures it
            return step_url(code, clue_no, int(named))
        if BY_CODE[refusal.fix].part and part_id is None:
            return reverse("case", args=[clue_no])
        return step_url(refusal.fix, clue_no, part_id)

    return link


def step_url(code: str, clue_no: str, part_id: int | None = None) -> str:
    """The address of a step's page; a step that works on a part needs the part."""
    arguments = [clue_no, part_id] if BY_CODE[code].part else [clue_no]
    return reverse(f"case-{code}", args=arguments)


def to_the_paper(clue_no: str) -> Callable[[Any], str]:
    """After a paper was made: to its own page, where it is printed and signed."""
    return lambda document: reverse("case-document", args=[clue_no, document.pk])


def must_declare(user: Any, loaded: LoadedCase) -> bool:
    """Is this person a handling officer who has not declared yet that nothing may affect fairness (处罚法43)?"""
    return any(one.user_id == user.pk and one.conflict_declared_at is None for one in loaded.current_officers)


@dataclass
class CaseAct:
    """What differs between the act pages."""

    code: str
    form_class: type[ActForm]
    run: Callable[..., Any]
    submit: str
    done: str | Callable[[Any], str]
    template: str = "cases/act.html"
    done_url: str | Callable[[Any], str] = ""  # where to go on, maybe by what the act made; the case page unless said
    initial: dict[str, Any] = field(default_factory=dict)
    form_arguments: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)


def perform(request: HttpRequest, opened: OpenedCase, act: CaseAct) -> HttpResponse:
    """Serve one act page of the case: permission first, then what the law still asks for, then the form."""
    case, step = opened.case, BY_CODE[act.code]
    missing = _missing(request, opened, step)
    home = reverse("case", args=[case.clue_no])
    part_id = opened.loaded.facts.focus if step.part else None
    link = fix_url(case.clue_no, part_id)
    focus = {"part_id": part_id} if step.part else {}

    def run(data: dict[str, Any]) -> Any:
        version = data.pop("version")
        if act.code in PLACES:
            data["phrases"] = insertions_in(request.POST, act.code)
        version = version if version is not None else case.version
        return act.run(case_id=case.pk, version=version, by=request.user, **focus, **act.fixed, **data)

    page = Act(
        title=step.title,
        form_class=act.form_class,
        run=run,
        done_url=act.done_url or home,
        done_message=act.done,
        submit=act.submit,
        template=act.template,
        initial={"version": case.version, **act.initial},
        form_arguments=act.form_arguments,
        context={"missing": [(refusal, link(refusal)) for refusal in missing], **_context(opened, act)},
        fixes=link,
        back_url=home,
        rehearsal=rehearsal_of(request.user, opened, step, run),
        blocks=blocks_for(opened, act.code),
    )
    return act_page(request, page)


def _context(opened: OpenedCase, act: CaseAct) -> dict[str, Any]:
    uses = used_in(opened.case.pk) if act.template in SHOWS_FILE else []
    return {
        "case": opened.case, "loaded": opened.loaded, "step": BY_CODE[act.code], "phrase_uses": uses, **act.context,
    }  # fmt: skip


def check_open(request: HttpRequest, opened: OpenedCase, code: str) -> None:
    """Raise ``NotAllowed`` where this person may not open the act's page now."""
    _missing(request, opened, BY_CODE[code])


def _missing(request: HttpRequest, found: OpenedCase, step: StepType) -> list[Refusal]:
    """What the law still asks for before this step; a step of another stage says which stage it belongs to."""
    if State(found.case.state) in step.from_states:
        permissions.check(request.user, step.action, found.subject)
        facts, today = found.loaded.facts, clock.today()
        return [r for guard in step.guards if (r := guard(facts, today))]
    wanted = "、".join(TITLES[state] for state in step.from_states)
    text = f"案件现在处于“{TITLES[State(found.case.state)]}”，{step.title}在“{wanted}”阶段办理。"
    return [Refusal("wrong-stage", text, step.citation, "case")]


def opened(request: HttpRequest, clue_no: str, part_id: int | None = None) -> OpenedCase:
    """The case of an address for this person, with the part of it that the act works on."""
    found = open_case(request.user, clue_no)
    if part_id is None:
        return found
    facts = replace(found.loaded.facts, focus=part_id)
    return OpenedCase(replace(found.loaded, facts=facts), found.subject)
