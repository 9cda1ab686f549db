"""An exchange in process with its clock at a fixed day, and a client signed in to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from signed_client import Client, client_of, start

from disclosure.mock_feed.exchange import Exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = start(tmp_path, has_faults=True)
    yield made
    made.storage.close()


@pytest.fixture
def client(exchange: Exchange) -> Client:
    return client_of(exchange)
