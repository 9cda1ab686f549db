"""The real mock exchange as a process of its own, for the tests of our client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.disclosure.facts import ORGAN_USCC

ROOT = Path(__file__).resolve().parent.parent.parent
APP, KEY_ID, SECRET = "LISHU-JT-01", "k1", "lishu-demo-secret-0001"


@dataclass
class Exchange:
    """A running exchange: its address, and its control paths."""

    origin: str
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"{self.origin}/api/v1"

    def fault(
        self, name: str, *, count: int | None = 1, path: str | None = None, probability: float = 1.0, **params: Any
    ) -> None:
        """Let the next ``count`` matching requests meet a fault."""
        match = {"path": path, "rui": None}
        fault = {"fault": name, "match": match, "count": count, "probability": probability, "params": params}
        self._post("faults", fault)

    def hostile(self, share: float = 0.12) -> None:
        """From now on about that share of all requests goes wrong, in every way a client overcomes by itself."""
        self._post("hostile", {"share": share})

    def calm(self) -> None:
        """No faults any more; what is held stays."""
        with urlopen(Request(f"{self.origin}/__mock__/faults", method="DELETE"), timeout=10) as answer:
            answer.read()

    def fired(self) -> dict[str, int]:
        """How often each kind of fault that is set has struck: one request each."""
        with urlopen(f"{self.origin}/__mock__/faults", timeout=10) as answer:
            return {one["fault"]: one["fired"] for one in json.load(answer)["faults"]}

    def reset(self) -> None:
        self._post("reset", {})

    def clock(self, seconds: int) -> None:
        self._post("clock", {"offset_seconds": seconds})

    def _post(self, name: str, body: dict[str, Any]) -> None:
        request = Request(f"{self.origin}/__mock__/{name}", json.dumps(body).encode(), method="POST")
        request.add_header("Content-Type", "application/json")
        with urlopen(request, timeout=10) as answer:
            answer.read()


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Exchange]:
    """An exchange on a free port of the loopback, stopped at the end."""
    keys = folder / "keys.json"
    keys.write_text(json.dumps({APP: {"uscc": ORGAN_USCC, "keys": {KEY_ID: SECRET}}}), "utf-8")
    settings = {
        "MOCK_KEYS_FILE": str(keys),
        "MOCK_DB": str(folder / "exchange.sqlite3"),
        "MOCK_FAULTS": "1",
        "MOCK_RATE": "0",
        "MOCK_DAILY": "0",
        "MOCK_DELAY": "0",
        **environment,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "disclosure.mock_feed", "--port", "0"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield Exchange(line.strip().rpartition(" ")[2].rstrip("/"), process)
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()
