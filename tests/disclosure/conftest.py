"""One exchange process for all tests of this folder; each test starts with an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.disclosure import exchange as exchanges


@pytest.fixture(scope="session")
def _exchange_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[exchanges.Exchange]:
    with exchanges.running(tmp_path_factory.mktemp("exchange")) as running:
        yield running


@pytest.fixture
def exchange(_exchange_process: exchanges.Exchange, settings: Any) -> exchanges.Exchange:
    """The exchange, emptied, with our settings pointing to it."""
    _exchange_process.reset()
    settings.FEED_URL = _exchange_process.url
    settings.FEED_APP, settings.FEED_KEY_ID = exchanges.APP, exchanges.KEY_ID
    settings.FEED_SECRET, settings.FEED_SIGN_ALG = exchanges.SECRET, "HMAC-SHA256"
    return _exchange_process
