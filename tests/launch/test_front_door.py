"""``./lishu`` as a person uses it, on a stand-in checkout: start, look, break, stop."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from lishu_law.launch import __main__ as front
from lishu_law.launch import ports, postgres, probe, processes, redis
from lishu_law.launch.home import Home

ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith(("LISHU_", "DATABASE_", "REDIS_"))}


def lishu(checkout: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "lishu", *words],
        env=ENVIRON | environ,
        input="一行\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def start_up(checkout: Path, log: Path) -> tuple[subprocess.Popen[bytes], str]:
    """``./lishu up`` until it serves: the process and its address."""
    with log.open("wb") as output:
        started = subprocess.Popen(
            [checkout / "lishu", "up"],
            env=ENVIRON | {"LISHU_PORT": str(ports.scratch()), "MOCK_PORT": str(ports.scratch())},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    processes.wait_until(lambda: "Ctrl-C" in log.read_text() or started.poll() is not None, 60)
    address = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
    assert address, log.read_text()
    return started, address[0]


def test_up_serves_survives_a_kill_and_stops_whole(checkout: Path, tmp_path: Path) -> None:
    first, address = start_up(checkout, tmp_path / "first.log")
    state = Home(checkout, checkout / ".lishu").state
    try:
        with urllib.request.urlopen(f"{address}healthz") as answer:
            assert answer.read() == b"healthy"
        assert "chen" in (tmp_path / "first.log").read_text()
        again = lishu(checkout, "up")
        assert again.returncode == 0
        assert address in again.stdout
        first.kill()
        first.wait()
        second, _ = start_up(checkout, tmp_path / "second.log")
        assert "Demo data" not in (tmp_path / "second.log").read_text(), "a database with users is never seeded again"
        notes = {note.stem: processes.find(note) for note in state.notes.iterdir()}
        assert {"web", "worker", "mock", "postgres", "redis"} <= set(notes)
        second.send_signal(signal.SIGINT)
        assert second.wait(30) == 0
        assert not [name for name, process in notes.items() if process and process.is_alive()]
    finally:
        lishu(checkout, "down")


def test_down_clears_what_a_killed_run_left(checkout: Path) -> None:
    home = Home(checkout, checkout / ".lishu")
    state = home.state.create()
    web = processes.Command("web", ["sleep", "60"], ENVIRON, state.log("web"), checkout)
    left = [processes.start(web, state.notes / "web.json")]
    postgres.start(postgres.prepare(state, home.venv, durable=False))
    redis.start(redis.Store(state, redis.find_binary(home.venv)))
    stopped = lishu(checkout, "down")
    assert stopped.returncode == 0
    assert "web, postgres, redis" in stopped.stderr
    left += [found for note in state.notes.iterdir() if (found := processes.find(note))]
    assert not [process for process in left if process.is_alive()]
    assert "Nothing was running" in lishu(checkout, "down").stderr


def test_manage_has_the_callers_streams_folder_and_exit_code(checkout: Path, tmp_path: Path) -> None:
    copied = lishu(checkout, "manage", "copy")
    assert (copied.returncode, copied.stdout) == (0, "一行\n")
    assert lishu(checkout, "manage", "exit", "7").returncode == 7
    where = subprocess.run(
        [checkout / "lishu", "manage", "where"], cwd=tmp_path, env=ENVIRON, capture_output=True, text=True, check=False
    )
    assert where.stdout.strip() == str(tmp_path)


@pytest.mark.parametrize(("story", "code"), [("0", 0), ("3", 1)])
def test_the_check_answers_with_the_story(checkout: Path, story: str, code: int) -> None:
    done = lishu(checkout, "up", "--check", STORY=story)
    assert done.returncode == code, done.stderr
    assert done.stdout == "healthy\n"
    notes = Home(checkout, checkout / ".lishu").scratch("check").notes
    assert not [note for note in notes.iterdir() if processes.find(note)]


def test_a_wrong_word_shows_the_usage(checkout: Path) -> None:
    wrong = lishu(checkout, "start")
    assert wrong.returncode == 2
    assert "up --check" in wrong.stderr
    assert wrong.stdout == ""
    assert "up --check" in lishu(checkout, "--help").stdout
    assert lishu(checkout, "up", "--fast").returncode == 1


def test_no_python_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    for tool in ("bash", "readlink", "dirname", "id"):
        (tmp_path / tool).symlink_to(
            next(Path(folder, tool) for folder in ("/usr/bin", "/bin") if Path(folder, tool).exists())
        )
    done = subprocess.run(
        [checkout / "lishu", "up"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "LISHU_PYTHON" in done.stderr


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ([], ["-n", "2", "--dist", "worksteal"]),
        (["-k", "filing"], ["-n", "2", "--dist", "worksteal", "-k", "filing"]),
        (["-n0"], ["-n0"]),
        (["-n", "4"], ["-n", "4"]),
        (["tests/launch"], ["tests/launch"]),
        (["tests/launch/test_front_door.py::test_x"], ["tests/launch/test_front_door.py::test_x"]),
    ],
)
def test_pytest_gets_two_processes_unless_told_otherwise(words: list[str], given: list[str]) -> None:
    root = Path(__file__).resolve().parent.parent.parent
    assert front.pytest_words(Home(root, root / ".lishu"), words) == given


def test_the_probe_knows_a_silent_beat(tmp_path: Path) -> None:
    schedule = tmp_path / "beat-schedule"
    assert probe.main(["beat", str(schedule)]) == 1
    schedule.with_suffix(".db").touch()
    assert probe.main(["beat", str(schedule)]) == 0
    old = schedule.with_suffix(".db").stat().st_mtime - 3600
    os.utime(schedule.with_suffix(".db"), (old, old))
    assert probe.main(["beat", str(schedule)]) == 1
    assert probe.main(["other"]) == 2
