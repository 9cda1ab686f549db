"""``up``, ``up --check`` and ``down``: the whole system on this machine, until Ctrl-C or ``down``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lishu_law.launch import (
    database,
    decoder,
    embedded,
    environment,
    foreground,
    locks,
    ports,
    postgres,
    processes,
    site,
    system,
    variables,
)
from lishu_law.launch.home import Home, State
from lishu_law.launch.progress import LaunchError, say, step, tail
from lishu_law.launch.site import Site

DEFAULT_PORT = 8000
WATCH_SECONDS = 1.0
STOP_SECONDS = 60.0


def up(home: Home, environ: Mapping[str, str]) -> int:
    """Prepare, start, print where and who, and stay until told to stop. 0 after a proper stop."""
    system.prepare(home, tests=False)
    environment.prepare(home, "embedded")
    decoder.prepare(home)
    state = home.state.create()
    lock = locks.take(state.locks / "up")
    if lock is None:
        return already_up(state)
    with lock:
        note_self(state, "")
        try:
            with running_site(home, state, environ) as started:
                note_self(state, started.url)
                introduce(started)
                while True:
                    time.sleep(WATCH_SECONDS)
                    embedded.revive(home, state, environ)
                    started.watch()
        except KeyboardInterrupt:
            say("Stopped. Everything started here has ended. 已停止。")
            return 0
        finally:
            note_of(state).unlink(missing_ok=True)


@contextmanager
def running_site(home: Home, state: State, environ: Mapping[str, str]) -> Iterator[Site]:
    """The prepared, seeded and healthy site of LISHU_HOME."""
    site.stop_leftovers(state)
    address = environ.get("LISHU_BIND", "127.0.0.1")
    with (
        ports.listen(address, port_number(environ)) as listener,
        embedded.services(home, state, environ) as services,
    ):
        demo = environ.get("LISHU_DEMO", "1") == "1"
        settings = variables.for_children(home, state, environ, demo=demo) | services.variables()
        bring_up_to_date(home, state, settings, services.cluster)
        if demo:
            database.seed(home, state, settings)
        with site.serve(home, state, settings, listener) as started:
            yield started


def bring_up_to_date(home: Home, state: State, settings: Mapping[str, str], cluster: str) -> None:
    """Role and database in an embedded cluster, schema, law."""
    if cluster:
        database.make_own(home, cluster)
    else:
        database.ask(home, settings["DATABASE_URL"], "SELECT 1")
    database.prepare(home, state, settings, own=bool(cluster))


def port_number(environ: Mapping[str, str]) -> int:
    """LISHU_PORT as a number."""
    raw = environ.get("LISHU_PORT") or str(DEFAULT_PORT)
    if not raw.isdecimal() or not 0 < int(raw) < 65536:
        raise LaunchError(f"LISHU_PORT={raw!r} is not a port. 端口号不对。", "Use a number from 1024 to 65535.")
    return int(raw)


def introduce(started: Site) -> None:
    """What the person needs now, on standard output: address, accounts with roles, how to stop."""
    wanted = port_number(started.environ)
    if started.port != wanted:
        print(f"Port {wanted} is taken; using {started.port}. 端口 {wanted} 被占用，改用 {started.port}。")
    print(f"\n  Lishu Law 梨树县交通运输行政执法  {started.url}/")
    print(f"  Public register 行政处罚公示      {started.url}/penalties/")
    if started.mock_port:
        print(f"  Mock exchange 模拟监管平台        {started.mock_url}/")
    print(f"  Logs 日志                         {started.state.logs}\n")
    if started.environ.get("LISHU_DEMO") == "1":
        listed = subprocess.run(
            [started.home.python, started.home.root / "manage.py", "demo_accounts"],
            env=dict(started.environ),
            cwd=started.home.root,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        print(listed.stdout.rstrip() or f"  ! accounts: ./lishu manage demo_accounts\n{listed.stderr}")
    bound = str(started.listener.getsockname()[0])
    if started.environ.get("LISHU_DEMO") == "1" and not bound.startswith("127.") and bound != "::1":
        print("\n! These accounts can be used from the network. 演示账号可从网络访问，请勿录入真实数据。")
    print("\nCtrl-C here or `./lishu down` elsewhere stops it. 按 Ctrl-C 停止。", flush=True)


def check(home: Home, environ: Mapping[str, str]) -> int:
    """Everything from nothing on free ports, the main job driven through it, the same stop; 0 when it went through."""
    system.prepare(home, tests=True)
    environment.prepare(home, "dev")
    decoder.prepare(home)
    lock = locks.take(home.folder / "check.lock")
    if lock is None:
        raise LaunchError("Another `./lishu up --check` runs on this home. 另一个检查正在进行。", "Wait for it to end.")
    with lock:
        started_at = time.monotonic()
        state = fresh(home, "check")
        with checked_site(home, state, environ) as started:
            say(f"✓ Serving after {time.monotonic() - started_at:.1f} s: {started.url}/")
            words: list[str | Path] = [home.python, home.root / "manage.py", "drive_story", "--base-url", started.url]
            code = foreground.run([*words, "--public-url", started.url], settings_of(started), home.root)
            if code:
                for log in (command.log for command in started.commands.values()):
                    say(f"  {log}\n{tail(log)}")
        if code == 0:
            postgres.remove(state)  # the logs stay; after a failure the database does, too
        outcome = "✓ The main job went through" if code == 0 else f"✗ The main job stopped (code {code})"
        say(f"{outcome}. {time.monotonic() - started_at:.1f} s")
        return 1 if code else 0


@contextmanager
def checked_site(home: Home, state: State, environ: Mapping[str, str]) -> Iterator[Site]:
    """A seeded demo site on ports and a database of its own, whatever the environment names."""
    others = {"LISHU_FEED_URL", "LISHU_PUBLIC_URL", "LISHU_DEMO"}
    own = {name: value for name, value in environ.items() if name not in others}
    with ExitStack() as stack:
        listener = stack.enter_context(ports.listen("127.0.0.1", ports.scratch()))
        services = stack.enter_context(embedded.services(home, state, own, durable=False))
        settings = variables.for_children(home, state, own, demo=True) | services.variables()
        if not services.cluster:
            settings["DATABASE_URL"] = stack.enter_context(database.scratch(home, services.database))
        bring_up_to_date(home, state, settings, services.cluster)
        database.seed(home, state, settings)
        yield stack.enter_context(site.serve(home, state, settings, listener))


def settings_of(started: Site) -> dict[str, str]:
    """The environment of the running web process, with the mock's address for the story's own questions."""
    return {**started.commands["web"].environ, "MOCK_URL": started.mock_url}


def fresh(home: Home, purpose: str) -> State:
    """An empty scratch state; what an earlier run left in it is stopped and removed."""
    state = home.scratch(purpose)
    clear(home, state)
    postgres.remove(state)
    state.wipe()
    return state.create()


def clear(home: Home, state: State) -> list[str]:
    """Stop everything of a state that nobody supervises any more; the names of what was stopped."""
    stopped = site.stop_leftovers(state)
    stopped += [name for name in ("postgres", "redis") if processes.find(state.notes / f"{name}.json")]
    embedded.stop(home, state)
    return stopped


def down(home: Home) -> int:
    """Stop the running ``up`` of this home, and whatever a killed run left behind."""
    supervisor = processes.find(note_of(home.state))
    if supervisor is not None:
        with step("Stopping 正在停止"):
            os.kill(supervisor.pid, signal.SIGTERM)
            if not processes.wait_until(lambda: not supervisor.is_alive(), STOP_SECONDS):
                os.kill(supervisor.pid, signal.SIGKILL)
    stopped = [f"up (process {supervisor.pid})"] if supervisor else []
    for state in home.states():
        if state.folder.exists() and (state == home.state or locks.is_free(state.locks / "users")):
            stopped += clear(home, state)
    say(f"Stopped: {', '.join(stopped)}. 已停止。" if stopped else "Nothing was running. 没有正在运行的服务。")
    return 0


def note_of(state: State) -> Path:
    """Where a running ``up`` notes itself."""
    return state.notes / "up.json"


def note_self(state: State, url: str) -> None:
    """Tell ``down`` and a second ``up`` who runs here, and where once it serves."""
    own = {"pid": os.getpid(), "tick": processes.start_tick(os.getpid()), "url": url}
    note_of(state).write_text(json.dumps(own), encoding="ascii")


def already_up(state: State) -> int:
    """A second ``up`` on the same home: fine when the first one serves."""
    noted = json.loads(note_of(state).read_text(encoding="ascii")) if processes.find(note_of(state)) else {}
    if not noted.get("url"):
        raise LaunchError(
            "Another `./lishu up` is starting or stopping on this home. 另一个启动或停止过程正在进行。",
            "Wait a moment, or use another home: LISHU_HOME=/some/folder ./lishu up",
        )
    print(f"Already running at {noted['url']}/ 已在运行。Stop it with ./lishu down")
    return 0
