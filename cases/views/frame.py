"""The frame of every page that performs an act on a case: identity bar, checks shown before typing, cures linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases import permissions
from cases.procedure.states import TITLES, State
from cases.procedure.steps import BY_CODE, StepType
from cases.queries.facts import LoadedCase
from cases.queries.find import OpenedCase, open_case
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
}


def fix_url(clue_no: str, part_id: int | None = None) -> Callable[[Refusal], str]:
    """The function that turns a refusal's fix into a link of this case.

    A step that works on a part is linked for the part at hand; without one the case page lists the parts.
    """

    def link(refusal: Refusal) -> str:
        if refusal.fix in PAGES:
            return reverse(PAGES[refusal.fix], args=[clue_no])
        if refusal.fix not in BY_CODE or refusal.fix in OWN_PAGES:
            return ""
        if BY_CODE[refusal.fix].part and part_id is None:
            return reverse("case", args=[clue_no])
        return step_url(refusal.fix, clue_no, part_id)

    return link


def step_url(code: str, clue_no: str, part_id: int | None = None) -> str:
    """The address of a step's page; a step that works on a part needs the part."""
    arguments = [clue_no, part_id] if BY_CODE[code].part else [clue_no]
    return reverse(f"case-{code}", args=arguments)


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
    done_url: str | Callable[[Any], str] = ""  # where to go on; the case page unless said
    initial: dict[str, Any] = field(default_factory=dict)
    form_arguments: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)


def perform(request: HttpRequest, opened: OpenedCase, act: CaseAct) -> HttpResponse:
    """Serve one act page of the case: permission first, then what the law still asks for, then the form."""
    case, step = opened.case, BY_CODE[act.code]
    missing = _missing(request, opened, step)
    part_id = opened.loaded.facts.focus if step.part else None
    link = fix_url(case.clue_no, part_id)
    focus = {"part_id": part_id} if step.part else {}

    def run(data: dict[str, Any]) -> Any:
        version = data.pop("version")
        return act.run(
            case_id=case.pk,
            version=version if version is not None else case.version,
            by=request.user,
            **focus,
            **act.fixed,
            **data,
        )

    page = Act(
        title=step.title,
        form_class=act.form_class,
        run=run,
        done_url=act.done_url or reverse("case", args=[case.clue_no]),
        done_message=act.done,
        submit=act.submit,
        template=act.template,
        initial={"version": case.version, **act.initial},
        form_arguments=act.form_arguments,
        context={
            "case": case,
            "loaded": opened.loaded,
            "step": step,
            "missing": [(refusal, link(refusal)) for refusal in missing],
            **act.context,
        },
        fixes=link,
        back_url=reverse("case", args=[case.clue_no]),
    )
    return act_page(request, page)


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
