"""The table of feed_api.md §8 as a pure function, row by row."""

from __future__ import annotations

import pytest

from disclosure.feed.compare import Ours, Theirs, Verdict, day_digest, unequal_days, verdict


def ours(version: int = 1, digest: str = "a", *, known: bool = True, taken: bool = True) -> Ours:
    return Ours(version, digest, known, known and taken)


def theirs(version: int = 1, digest: str = "a", status: str = "PUBLISHED") -> Theirs:
    return Theirs("rui", version, status, digest, "HZ1")


@pytest.mark.parametrize(
    ("held", "there", "may_show", "found"),
    [
        ([ours()], theirs(), True, None),
        ([ours(known=False)], None, True, None),
        ([ours()], None, True, Verdict.LOST),
        ([ours(taken=False)], None, True, None),  # a person has it in hand
        ([ours(), ours(2, "b")], theirs(), True, Verdict.LOST),
        ([ours(), ours(2, "b", known=False)], theirs(), True, None),  # the next version is only on its way
        ([], theirs(), True, Verdict.FOREIGN),
        ([ours()], theirs(1, "z"), True, Verdict.DIFFERS),
        ([ours()], theirs(2, "z"), True, Verdict.DIFFERS),
        ([ours()], theirs(2, "z", "WITHDRAWN"), True, Verdict.FOREIGN),
        ([ours()], theirs(2, "z", "DELETED"), True, Verdict.FOREIGN),
        ([ours(known=False)], theirs(), True, Verdict.UNRECORDED),
        ([ours()], theirs(status="REJECTED"), True, Verdict.REJECTED),
        ([ours(taken=False)], theirs(status="REJECTED"), True, None),
        ([ours()], theirs(), False, Verdict.SHOWN),
        ([ours()], theirs(status="NOT_PUBLIC"), False, None),
        ([ours(), ours(2, "w")], theirs(2, "w", "WITHDRAWN"), False, None),
        ([ours()], theirs(status="RECEIVED"), True, None),
    ],
)
def test_each_row(held: list[Ours], there: Theirs | None, may_show: bool, found: Verdict | None) -> None:
    assert verdict(held, there, may_show=may_show) is found


def test_day_digest_is_the_contracts() -> None:
    penalty = "bda4804214241f790e96b9354664107f76ef8ac3d9482c4c111712b0f8a15d70"
    inspection = "a67fbffaf26eb7bb643cc3cca8535d89ec0dea891aac53b61bd53a2b9ae50371"
    assert (
        day_digest([penalty, inspection])
        == day_digest([inspection, penalty])
        == "748c90462af9ac7bb644995da1cc7e747d71d66e90d577853feff0497d6dda40"
    )


def test_days_differ_by_count_or_digest() -> None:
    same = {"2026-01-01": ["a"], "2026-01-02": ["b", "c"]}
    there = {day: (len(held), day_digest(held)) for day, held in same.items()}
    assert unequal_days(same, there) == []
    assert unequal_days({**same, "2026-01-03": ["d"]}, there) == ["2026-01-03"]
    assert unequal_days({"2026-01-01": ["a"]}, there) == ["2026-01-02"]
    assert unequal_days({**same, "2026-01-01": ["x"]}, there) == ["2026-01-01"]
    assert unequal_days({}, {}) == []
