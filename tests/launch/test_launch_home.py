"""Homes, socket folders, ports, process notes, secrets, environments."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lishu_law.launch import environment, ports, processes, progress, system, up, variables
from lishu_law.launch import home as homes
from lishu_law.launch.home import Home, State
from lishu_law.launch.progress import LaunchError


def test_the_home_is_beside_the_script_unless_named(tmp_path: Path) -> None:
    assert homes.find_home(tmp_path, {}).folder == tmp_path / ".lishu"
    assert homes.find_home(tmp_path, {"LISHU_HOME": " "}).folder == tmp_path / ".lishu"
    assert homes.find_home(tmp_path, {"LISHU_HOME": "/srv/one"}).folder == Path("/srv/one")


@pytest.mark.parametrize(
    "folder",
    ["/srv/" + "long/" * 30 + "home", "/srv/with space", "/srv/百分号%20"],
    ids=["too long", "space", "to be quoted"],
)
def test_sockets_get_a_short_plain_folder(folder: str) -> None:
    run = State(Path(folder)).run
    assert homes.PLAIN_PATH.fullmatch(str(run))
    assert len(os.fsencode(run / "pg" / homes.SOCKET_NAME)) < homes.LONGEST_SOCKET
    assert run == State(Path(folder)).run
    assert run != State(Path(folder + "2")).run


def test_a_short_home_keeps_its_sockets(short_folder: Path) -> None:
    plain = short_folder.with_name(short_folder.name.replace(" ", "-"))
    assert State(plain).run == plain / "run"


def test_a_foreign_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "real")
    with pytest.raises(LaunchError, match="not ours"):
        homes.make_private(tmp_path / "run")


def test_a_home_that_cannot_be_made_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LaunchError) as caught:
        Home(tmp_path, tmp_path / "file" / "home").create()
    assert "LISHU_HOME" in caught.value.advice


def test_a_taken_port_gives_the_next_free_one() -> None:
    with ports.listen("127.0.0.1", ports.scratch()) as first:
        taken = first.getsockname()[1]
        with ports.listen("127.0.0.1", taken) as second:
            assert second.getsockname()[1] > taken
        assert ports.free(taken) > taken


def test_no_port_left_says_so() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(LaunchError, match="No free port"):
            ports.listen("127.0.0.1", 65535)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(LaunchError, match=r"192\.0\.2\.1"):
        ports.listen("192.0.2.1", 8000)


@pytest.mark.parametrize("raw", ["http", "0", "65536", "-1", "８０００x"])
def test_a_wrong_port_setting_is_refused(raw: str) -> None:
    with pytest.raises(LaunchError, match="is not a port"):
        up.port_number({"LISHU_PORT": raw})


def start_sleeper(tmp_path: Path, script: str = "import time; time.sleep(60)") -> processes.Running:
    command = processes.Command("sleeper", [sys.executable, "-c", script], os.environ, tmp_path / "log", tmp_path)
    return processes.start(command, tmp_path / "notes" / "sleeper.json")


def test_a_process_is_found_again_by_its_note_and_stopped(tmp_path: Path) -> None:
    started = start_sleeper(tmp_path)
    found = processes.find(started.note)
    assert found is not None
    assert found.pid == started.pid
    processes.stop([found])
    assert processes.find(started.note) is None
    assert processes.start_tick(started.pid) == ""


def test_a_recycled_process_id_is_not_ours(tmp_path: Path) -> None:
    note = tmp_path / "web.json"
    note.write_text(json.dumps({"pid": os.getpid(), "tick": "earlier"}), encoding="ascii")
    assert processes.find(note) is None
    note.write_text("half of a no", encoding="ascii")
    assert processes.find(note) is None


def test_one_that_ignores_the_request_is_killed_with_its_children(tmp_path: Path) -> None:
    script = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(subprocess.Popen(['sleep', '60']).pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    stubborn = start_sleeper(tmp_path, script)
    log = tmp_path / "log"
    assert processes.wait_until(lambda: bool(log.read_text(encoding="ascii").strip()), 10)
    child = int(log.read_text(encoding="ascii"))
    processes.stop([stubborn], patience=0.1)
    assert not stubborn.is_alive()
    assert processes.wait_until(lambda: not processes.start_tick(child), 5)


def test_the_terminal_signal_reaches_only_the_launcher(tmp_path: Path) -> None:
    sleeper = start_sleeper(tmp_path)
    assert os.getpgid(sleeper.pid) == sleeper.pid != os.getpgrp()
    processes.stop([sleeper], ask=signal.SIGINT)


def test_secrets_are_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    made = variables.secret_file(path, 32).read_text(encoding="ascii")
    assert len(bytes.fromhex(made.strip())) == 32
    assert variables.secret_file(path, 32).read_text(encoding="ascii") == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_children_get_what_the_settings_read_and_keep_what_the_caller_set(short_folder: Path) -> None:
    home = Home(short_folder, short_folder / "home").create()
    given = {"PATH": "/bin", "PYTHONPATH": "/evil", "LISHU_SECRET_KEY": "named", "LISHU_ALLOWED_HOSTS": "a.example"}
    made = variables.for_children(home, home.state.create(), given, demo=True)
    assert made["LISHU_DEMO"] == "1"
    assert made["LISHU_DEBUG"] == "0"
    assert made["LISHU_ALLOWED_HOSTS"] == "a.example"
    assert made["LISHU_SECRET_KEY"] == "named"
    assert "LISHU_SECRET_KEY_FILE" not in made
    assert "PYTHONPATH" not in made
    assert Path(made["LISHU_FIELD_KEY_FILE"]).is_file()
    assert Path(made["LISHU_RATING_KEY_FILE"]).is_file()
    assert Path(made["LISHU_REGISTER_KEY_FILE"]).is_file()


def test_only_a_demonstration_gets_the_trial_seal(short_folder: Path) -> None:
    home = Home(short_folder, short_folder / "home").create()
    state = home.state.create()
    for given, demo, has_it in (
        ({}, True, True), ({}, False, False), ({"LISHU_DEMO": "0"}, True, False), ({"LISHU_SEAL_FILE": "/a"}, True, False),
    ):  # fmt: skip
        made = variables.for_children(home, state, given, demo=demo)
        assert ("LISHU_SEAL_TRIAL" in made) == has_it, (given, demo)


def test_a_scratch_state_never_writes_into_the_callers_media(short_folder: Path) -> None:
    home = Home(short_folder, short_folder / "home").create()
    given = {"LISHU_MEDIA_ROOT": "/srv/real-media"}
    scratch = variables.for_children(home, home.scratch("check").create(), given, demo=True)
    assert scratch["LISHU_MEDIA_ROOT"] == str(home.folder / "check" / "media")
    assert variables.for_children(home, home.state.create(), given, demo=True)["LISHU_MEDIA_ROOT"] == "/srv/real-media"


def test_the_mock_gets_the_key_the_system_signs_with(short_folder: Path) -> None:
    home = Home(short_folder, short_folder / "home").create()
    state = home.state.create()
    ours = variables.for_children(home, state, {}, demo=True)
    mock = variables.for_mock(state, 8100)
    keys = json.loads(Path(mock["MOCK_KEYS_FILE"]).read_text(encoding="ascii"))
    secret = Path(ours["LISHU_FEED_SECRET_FILE"]).read_text(encoding="ascii").strip()
    assert keys == {"LISHU-JT-01": {"keys": {"k1": secret}, "uscc": "11220322MB0T00015M"}}
    assert mock["MOCK_CLOCK_FILE"] == ours["LISHU_DEMO_CLOCK"]


def test_a_changed_lock_file_or_a_killed_installation_is_installed_again(checkout: Path) -> None:
    home = Home(checkout, checkout / ".lishu")
    assert environment.is_ready(home, "dev")
    assert environment.is_ready(home, "embedded")
    (home.venv / ".unfinished").touch()
    assert not environment.is_ready(home, "dev")
    (home.venv / ".unfinished").unlink()
    (checkout / "requirements" / "dev.txt").write_text("# changed\n", encoding="ascii")
    assert not environment.is_ready(home, "dev")
    assert environment.is_ready(home, "embedded")


def test_missing_system_packages_are_found() -> None:
    assert "no-such-package-of-any-system" in system.missing_packages(("no-such-package-of-any-system",))


def test_a_failure_shows_the_end_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    assert progress.tail(log) == ""
    log.write_text("\n".join(f"line {number}" for number in range(100)), encoding="ascii")
    assert progress.tail(log).splitlines()[-1].strip() == "line 99"
    assert len(progress.tail(log).splitlines()) == progress.TAIL_LINES


def test_waiting_gives_up_in_time() -> None:
    started = time.monotonic()
    assert not processes.wait_until(lambda: False, 0.1)
    assert time.monotonic() - started < 2


def test_bash_accepts_the_scripts() -> None:
    root = Path(__file__).resolve().parent.parent.parent
    for script in ("lishu", ".ci/run"):
        assert os.access(root / script, os.X_OK)
        assert subprocess.run(["bash", "-n", script], cwd=root, check=False).returncode == 0
