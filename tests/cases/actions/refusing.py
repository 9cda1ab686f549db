"""``with refused("rule-id")``: the act is refused, with this rule among the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lishu_law.errors import Refused


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Every code must be among the refusals; each has a citation or a field, a full stop, and no exclamation mark."""
    with pytest.raises(Refused) as caught:
        yield
    found = caught.value.refusals
    assert set(codes) <= {one.code for one in found}, found
    assert all(one.message.endswith("。") and "！" not in one.message for one in found)
