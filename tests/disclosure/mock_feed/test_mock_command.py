"""``manage.py mock_feed`` becomes the exchange: one process, nothing left behind when it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _started(folder: Path, *words: str, secret: str = "a-secret") -> subprocess.Popen[str]:
    environ = {**os.environ, "LISHU_HOME": str(folder), "LISHU_FEED_SECRET": secret, "LISHU_FEED_KEYS_FILE": ""}
    command = [sys.executable, "manage.py", "mock_feed", "--port", "0", *words]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(("words", "switches"), [(("--faults", "--hostile", "0.1", "--seed", "3"), True), ((), False)])
def test_it_becomes_the_exchange(tmp_path: Path, words: tuple[str, ...], switches: bool) -> None:
    process = _started(tmp_path, *words)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        origin = process.stdout.readline().strip().rpartition(" ")[2]
        with urlopen(f"{origin}/api/v1/healthz", timeout=10) as answer:
            assert json.load(answer) == {"status": "ok"}
        with urlopen(f"{origin}/faults", timeout=10) as answer:
            text = answer.read().decode()
        assert ("burst_5xx" in text, "已启用" in text) == (True, switches)
        command = Path(f"/proc/{process.pid}/cmdline")
        if command.exists():
            assert b"disclosure.mock_feed" in command.read_bytes()
        keys = tmp_path / "mock-alone" / "keys.json"
        assert keys.stat().st_mode & 0o077 == 0
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0
        process.stdout.close()
        process.stderr.close()


def test_without_a_secret_it_says_so(tmp_path: Path) -> None:
    process = _started(tmp_path, secret="")
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "LISHU_FEED_SECRET" in said
