"""PostgreSQL and Redis as real processes in folders with spaces in their names."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from lishu_law.launch import database, embedded, locks, postgres, processes, redis
from lishu_law.launch.home import Home
from lishu_law.launch.progress import LaunchError


def test_services_live_while_used_and_keep_their_data(home: Home) -> None:
    state = home.state.create()
    with embedded.services(home, state, {}, durable=False) as addresses:
        database.make_own(home, addresses.cluster)
        database.make_own(home, addresses.cluster)
        database.ask(home, addresses.database, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('裁量')")
        assert redis.answers(state.run / "redis.sock")
        superuser = database.ask(home, addresses.database, "SELECT usesuper FROM pg_user WHERE usename = current_user")
        assert superuser == "False"
        with embedded.services(home, state, {}) as again:
            assert again == addresses
        assert redis.answers(state.run / "redis.sock"), "the inner user must not stop what the outer one uses"
    assert not redis.answers(state.run / "redis.sock")
    assert processes.find(state.notes / "postgres.json") is None
    with embedded.services(home, state, {}, durable=False) as addresses:
        assert database.ask(home, addresses.database, "SELECT word FROM kept") == "裁量"


def test_a_killed_server_and_its_files_do_not_prevent_the_next(home: Home) -> None:
    state = home.state.create()
    cluster = postgres.prepare(state, home.venv, durable=False)
    postgres.start(cluster)
    store = redis.Store(state, redis.find_binary(home.venv))
    redis.start(store)
    for note in ("postgres", "redis"):
        killed = processes.find(state.notes / f"{note}.json")
        assert killed is not None
        os.kill(killed.pid, signal.SIGKILL)
        assert processes.wait_until(lambda dead=killed: not dead.is_alive(), 5)
    assert (cluster.data / "postmaster.pid").exists()
    with embedded.services(home, state, {}, durable=False) as addresses:
        assert database.ask(home, addresses.cluster, "SELECT 1") == "1"
        assert redis.answers(store.socket)
    assert not state.run.exists(), "a socket folder outside the home goes with its servers"


def test_a_stale_lock_file_with_a_living_foreign_process_is_cleared(home: Home) -> None:
    state = home.state.create()
    with embedded.services(home, state, {}, durable=False):
        pass
    cluster = postgres.existing(state)
    (cluster.data / "postmaster.pid").write_text(f"{os.getppid()}\n{cluster.data}\n", encoding="ascii")
    (state.notes / "postgres.json").write_text('{"pid": 1, "tick": "another boot:1"}', encoding="ascii")
    state.run.mkdir(exist_ok=True)
    (state.run / "redis.sock").touch()
    with embedded.services(home, state, {}, durable=False) as addresses:
        assert database.ask(home, addresses.cluster, "SELECT 1") == "1"


def test_a_dead_server_is_revived_during_a_run(home: Home) -> None:
    state = home.state.create()
    with embedded.services(home, state, {}) as addresses:
        server = processes.find(state.notes / "postgres.json")
        assert server is not None
        os.kill(server.pid, signal.SIGKILL)
        assert processes.wait_until(lambda: not server.is_alive(), 5)
        embedded.revive(home, state, {})
        assert database.ask(home, addresses.cluster, "SELECT 1") == "1"


def test_named_servers_are_used_as_they_are(home: Home) -> None:
    named = {"DATABASE_URL": "postgresql://somebody@db/lishu", "REDIS_URL": "redis://cache:6379/0"}
    state = home.state.create()
    with embedded.services(home, state, named) as addresses:
        assert addresses.variables() == named
        assert not addresses.cluster
    assert not (state.folder / "postgres").exists()


def test_a_refusing_database_names_what_to_check(home: Home) -> None:
    with pytest.raises(LaunchError, match="does not answer") as caught:
        database.ask(home, "postgresql://lishu@/lishu?host=/nowhere", "SELECT 1")
    assert "DATABASE_URL" in caught.value.advice


def test_a_cluster_of_another_version_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("14\n", encoding="ascii")
    with pytest.raises(LaunchError, match="PostgreSQL 14") as caught:
        postgres.choose([postgres.Binaries(tmp_path, 18)], tmp_path)
    assert "LISHU_HOME" in caught.value.advice


@pytest.mark.parametrize(("present", "chosen"), [("15", 15), ("18", 18), (None, 18)])
def test_binaries_fit_the_cluster(tmp_path: Path, present: str | None, chosen: int) -> None:
    if present:
        (tmp_path / "PG_VERSION").write_text(present, encoding="ascii")
    found = [postgres.Binaries(tmp_path, 18), postgres.Binaries(tmp_path, 15)]
    assert postgres.choose(found, tmp_path).major == chosen


def test_no_server_at_all_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="No PostgreSQL"):
        postgres.choose([], tmp_path)


def test_no_redis_at_all_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="No Redis") as caught:
        redis.find_binary(tmp_path, path=str(tmp_path))
    assert "REDIS_URL" in caught.value.advice


def test_an_unsupported_server_is_not_offered(tmp_path: Path) -> None:
    for name, answer in (("postgres", "postgres (PostgreSQL) 14.9"), ("initdb", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{answer}'\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    assert list(postgres.with_versions([tmp_path])) == []
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.2 (Debian)'\n", encoding="ascii")
    assert list(postgres.with_versions([tmp_path])) == [(tmp_path, 16)]


def test_the_users_lock_is_shared_and_free_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "users"
    first, second = locks.take(path, shared=True), locks.take(path, shared=True)
    assert first is not None
    assert second is not None
    assert locks.take(path) is None
    first.close()
    assert not locks.is_free(path)
    second.close()
    assert locks.is_free(path)
