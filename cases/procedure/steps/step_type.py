"""One row of the procedure table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import Guard
from cases.procedure.states import Procedure, State

Applies = Callable[[CaseFacts], bool]


def always(facts: CaseFacts) -> bool:
    """The row concerns every case."""
    return True


@dataclass(frozen=True)
class StepType:
    """One row. ``repeats``: may be done several times; ``limit``: the time limit under which the step stands.

    ``is_side``: no station of the road but something that may become necessary beside it (a seizure, a recusal, an
    extension); the case page offers it apart from the task list, where ``applies`` says that it concerns the case.
    ``part``: the kind of sub-object the step works on ("measure", "hearing" …; see ``cases.queries.parts``); its own
    states are asked by guards, ``from_states`` are those of the case.
    ``makes``: the kind of sub-object the step brings into being; what it starts belongs to that.
    ``also_to``: further states the step may fully lead to, by what was decided; its limits turn there as well.
    ``is_choice``: nobody waits for it (ending a hearing that stands): offered on the case page, on no one's desk.
    ``starts`` and ``stops`` are limits of the case, or of the part where the step has one.
    ``document`` is what the act is done for; ``also_makes`` what it makes besides.
    """

    code: str
    title: str
    group: str
    from_states: tuple[State, ...]
    to_state: State | None
    actor: str
    action: str
    citation: str
    guards: tuple[Guard, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    document: str = ""
    limit: str = ""
    repeats: bool = False
    returns_to: State | None = None
    is_side: bool = False
    part: str = ""
    applies: Applies = always
    procedure: Procedure = Procedure.ORDINARY
    also_to: tuple[State, ...] = ()
    makes: str = ""
    is_choice: bool = False
    also_makes: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[str, ...]:
        """Every document of the act."""
        return tuple(code for code in (self.document, *self.also_makes) if code)
