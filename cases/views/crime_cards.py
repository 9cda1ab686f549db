"""What the pages say of a suspected crime: who reported and decided, what went to the police, what they answered."""

from __future__ import annotations

from datetime import date

from cases.procedure.branches_facts import CrimeFact

Line = tuple[str, str]


def crime_lines(one: CrimeFact) -> tuple[Line, ...]:
    """What is known by now, in the order it happened."""
    sent = "，".join(
        word for word in (_day(one.handed_over_on), one.police, one.receiver and f"{one.receiver}签收") if word
    )
    lines = (
        ("涉嫌罪名", one.offence),
        ("报告日期", _day(one.reported_on)),
        ("专案组", "、".join(one.team)),
        ("局长决定", _day(one.decided_on)),
        ("移送", sent),
        ("公安机关答复", _dated(one.answered_on, one.answer)),
        ("移交物品和材料", _day(one.given_on)),
        ("处理结果", one.end),
    )
    return tuple((label, text) for label, text in lines if text)


def _dated(day: date | None, words: str) -> str:
    return f"{_day(day)}，{words}" if day and words else _day(day)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
