"""Which measures of the benchmark the party itself has to perform (处罚法28; close-conditions)."""

from __future__ import annotations

import pytest

from cases.procedure.duties import duties_of


@pytest.mark.parametrize("organs_own", ["依法强制拆除", "强制拖离或者扣留车辆", "强制卸载", "逾期强制拆除"])
def test_what_the_organ_does_itself_is_no_duty_of_the_party(organs_own: str) -> None:
    assert duties_of(["责令限期拆除", organs_own]) == ("责令限期拆除",)
