"""The family of errors the domain may raise, and nothing else.

Views never catch them one by one: ``lishu_law.web.errors`` maps each to a page once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason why an act is not lawful now.

    ``message`` says what, why and how to go on, in Chinese. ``citation`` names the article (may be empty where no
    article is involved, e.g. a broken field). ``fix`` is the code of the step or field that cures it; the web layer
    turns it into a link.
    """

    code: str
    message: str
    citation: str = ""
    fix: str = ""


class DomainError(Exception):
    """Base of all errors the domain raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(DomainError):
    """This person may not do this. Shown as 403 and says who may."""

    def __init__(self, message: str, *, reason: str = "denied", who_may: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.who_may = who_may


class NotFound(DomainError):
    """Not there, or outside the person's scope: the two must look the same."""

    def __init__(self, message: str = "没有找到。可能地址不对，或者您无权查看。") -> None:
        super().__init__(message)


class Conflict(DomainError):
    """The page was older than the record: somebody changed it meanwhile."""

    def __init__(self, message: str, *, changed_by: str = "", changed_at: str = "") -> None:
        super().__init__(message)
        self.changed_by = changed_by
        self.changed_at = changed_at


class Refused(DomainError):
    """Not lawful now. Carries every refusal, so that five things can be cured in one go."""

    def __init__(self, refusals: list[Refusal] | tuple[Refusal, ...]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("；".join(r.message for r in self.refusals))
