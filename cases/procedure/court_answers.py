"""What the court answers to an application and what may follow what (强制法56–58): a small table."""

from __future__ import annotations

from dataclasses import dataclass

ACCEPT, RULING, RULING_HEARD = (f"enforce-court-clock#{number}" for number in (1, 2, 3))
OBJECTION = "enforce-court-objection"


@dataclass(frozen=True)
class Answer:
    """``after``: where the application must stand; ``starts`` and ``stops``: clocks of the application."""

    code: str
    title: str
    after: tuple[str, ...]
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


ANSWERS: tuple[Answer, ...] = (
    Answer("accepted", "法院受理", ("filed", "objection_upheld"), (RULING,), (ACCEPT,)),
    Answer("not_accepted", "法院裁定不予受理", ("filed",), (OBJECTION,), (ACCEPT,)),
    Answer("hearing", "法院决定听取被执行人和本机关的意见", ("accepted",), (RULING_HEARD,), (RULING,)),
    Answer("execute", "法院裁定准予执行", ("accepted", "hearing", "objection_upheld"), (), (RULING, RULING_HEARD)),
    Answer(
        "not_execute", "法院裁定不予执行", ("accepted", "hearing"), (OBJECTION,), (RULING, RULING_HEARD)
    ),
    Answer("objected", "本机关向上一级法院申请复议", ("not_accepted", "not_execute"), (), (OBJECTION,)),
    Answer("objection_upheld", "上一级法院支持本机关的申请", ("objected",)),
    Answer("objection_rejected", "上一级法院维持原裁定", ("objected",)),
    Answer("suspended", "法院中止执行", ("execute", "resumed")),
    Answer("resumed", "法院恢复执行", ("suspended",)),
    Answer("ended", "法院终结执行", ("execute", "suspended", "resumed")),
    Answer("completed", "法院执行完毕", ("execute", "resumed")),
)  # fmt: skip
BY_CODE = {one.code: one for one in ANSWERS}
PLACES = {"approved": "已批准，待递交法院", "filed": "已递交法院", **{one.code: one.title for one in ANSWERS}}


def possible_after(place: str) -> tuple[Answer, ...]:
    """The answers that may be recorded next."""
    return tuple(one for one in ANSWERS if place in one.after)
