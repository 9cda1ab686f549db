"""An official who does anything: picks an act and a person, fills the act's own form with more or less sense, sends it.

Nothing here knows an act by name: the pages are found through their addresses, the fields through the form that the page
shows. A new row of the table is tried by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory
from django.urls import resolve

from cases import permissions
from cases.models import Case
from cases.procedure.facts import CaseFacts
from cases.procedure.steps import BY_CODE, STEPS, StepType
from cases.procedure.turns import PART_ROWS, STATIONS, sub_objects
from cases.queries.facts import load_case
from cases.queries.find import OpenedCase
from cases.views.frame import OWN_PAGES, step_url
from lishu_law.access import policy
from lishu_law.errors import DomainError
from tests.model.filling import fill

ACTS = tuple(step for step in STEPS if step.code not in OWN_PAGES)
# How often the official does what the table says is next, and does it as the person whose turn it is.
DILIGENT, RIGHTFUL = 0.9, 0.95
# The road, what the parts of the case wait for, and what may become necessary beside it.
WEIGHTS = (55, 27, 18)
CURED = 0.75
TRIES = 3
# The pages a refusal may lead to, by the step that is done there.
PAGE_STEPS = {"evidence": "verify_evidence", "officers": "replace_officer"}


@dataclass(frozen=True)
class Attempt:
    """What was tried by whom, and how it ended.

    ``result``: done, refused (by the law), unlawful (by the policy), misfilled (by the form), stale.
    """

    step: StepType
    part_id: int | None
    by: Any
    result: str
    said: tuple[str, ...] = ()


class _Nowhere(BaseStorage):
    """Messages of a page that nobody sees."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return []


@dataclass
class Official:
    """Tries acts on cases; every choice comes from the ``Random`` of the act, so that a run can be repeated."""

    people: tuple[Any, ...]
    case_id: int
    factory: RequestFactory = field(default_factory=RequestFactory)
    cures: tuple[str, ...] = ()  # the steps that the last refusal named

    def act(self, opened: OpenedCase, chance: Random) -> Attempt | None:
        """One attempt at an act; None where nothing at all may be tried. Refused, the next act is mostly the cure."""
        cures, self.cures = self.cures, ()
        chosen = self._cure(cures, opened.loaded.facts, chance) or self._choose(opened.loaded.facts, chance)
        if chosen is None:
            return None
        step, part_id = chosen
        by = self._person(step, opened, chance)
        return self._try(opened.case, step, part_id, by, chance)

    def open(self) -> OpenedCase:
        """The case as the policy and the law see it now."""
        loaded = load_case(self.case_id)
        involved = permissions.involved_in(loaded.facts)
        return OpenedCase(loaded, permissions.subject_of(loaded.case, loaded.officers, loaded.steps, involved))

    @staticmethod
    def _cure(cures: tuple[str, ...], facts: CaseFacts, chance: Random) -> tuple[StepType, int | None] | None:
        if not cures or chance.random() > CURED:
            return None
        step = BY_CODE[chance.choice(cures)]
        ids = [one.id for one in sub_objects(facts, step.part)] if step.part else [None]
        return (step, chance.choice(ids)) if ids else None

    def _choose(self, facts: CaseFacts, chance: Random) -> tuple[StepType, int | None] | None:
        if chance.random() < DILIGENT:
            kinds = (self._stations(facts), self._on_parts(facts), self._aside(facts))
            weighted = [(found, weight) for found, weight in zip(kinds, WEIGHTS, strict=True) if found]
            if not weighted:
                return None
            (found,) = chance.choices([one for one, _weight in weighted], [weight for _one, weight in weighted])
            return chance.choice(found)
        step = chance.choice(ACTS)
        if not step.part:
            return step, None
        ids = [one.id for one in sub_objects(facts, step.part)]
        return (step, chance.choice(ids)) if ids else (step, 999_999_999)

    @staticmethod
    def _stations(facts: CaseFacts) -> list[tuple[StepType, int | None]]:
        rows = [step for step in STATIONS[facts.state] if step.procedure == facts.procedure and step.applies(facts)]
        return [(step, None) for step in rows if step.code not in OWN_PAGES]

    @staticmethod
    def _on_parts(facts: CaseFacts) -> list[tuple[StepType, int | None]]:
        return [
            (step, one.id)
            for step in PART_ROWS[facts.state]
            for one in sub_objects(facts, step.part)
            if step.applies(replace(facts, focus=one.id))
        ]

    @staticmethod
    def _aside(facts: CaseFacts) -> list[tuple[StepType, int | None]]:
        return [
            (step, None)
            for step in ACTS
            if (step.is_side or step.repeats) and not step.part and facts.state in step.from_states
            and step.applies(facts)
        ]  # fmt: skip

    def _person(self, step: StepType, opened: OpenedCase, chance: Random) -> Any:
        able = [one for one in self.people if policy.can(one, step.action, opened.subject).allowed]
        return chance.choice(able) if able and chance.random() < RIGHTFUL else chance.choice(self.people)

    def _try(self, case: Case, step: StepType, part_id: int | None, by: Any, chance: Random) -> Attempt:
        url = step_url(step.code, case.clue_no, part_id)
        attempt = Attempt(step, part_id, by, "misfilled")
        for number in range(TRIES):
            attempt = self._send(attempt, url, chance, thorough=number > 0)
            if attempt.result != "misfilled":
                break
        return attempt

    def _send(self, attempt: Attempt, url: str, chance: Random, *, thorough: bool) -> Attempt:
        """GET the page, fill its form, POST it; errors of the domain end the attempt, any other is a fault of ours."""
        try:
            page = self._call(url, attempt.by)
            data, files = fill(page.context_data["form"], chance, thorough=thorough)
            answer = self._call(url, attempt.by, {**data, **files})
        except DomainError as error:
            return replace(attempt, result="unlawful", said=(type(error).__name__, error.message))
        if answer.status_code == 303:
            return replace(attempt, result="done")
        if answer.status_code == 409:
            return replace(attempt, result="stale")
        context = answer.context_data
        refusals = tuple(refusal.code for refusal, _url in context["refusals"])
        fixes = {PAGE_STEPS.get(refusal.fix, refusal.fix) for refusal, _url in context["refusals"]}
        self.cures = tuple(sorted(fix for fix in fixes if fix in BY_CODE and fix not in OWN_PAGES))
        errors = tuple(f"{name}: {texts[0]}" for name, texts in context["form"].errors.items())
        return replace(attempt, result="refused" if refusals else "misfilled", said=refusals or errors)

    def _call(self, url: str, by: Any, data: dict[str, Any] | None = None) -> Any:
        """The view alone, without the middleware: what it renders is not asked for."""
        request: Any = self.factory.get(url) if data is None else self.factory.post(url, data)
        request.user, request.id, request.htmx = by, "model", False
        request._messages = _Nowhere(request)
        match = resolve(url)
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)
