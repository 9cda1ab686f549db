"""The services a run needs: those the environment names, else embedded ones that live while somebody uses them.

Everybody who uses a state's embedded services holds a shared lock; the last one to leave stops them. The kernel drops
the lock of a killed run, so its services are stopped by the next run that ends.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from lishu_law.launch import locks, postgres, processes, redis
from lishu_law.launch.home import Home, State
from lishu_law.launch.progress import LaunchError, say, step

WAITING = "waiting for another ./lishu that starts or stops the services 等待另一个启动过程"


@dataclass(frozen=True)
class Addresses:
    """Where the services are; ``cluster`` is the owner's address of an embedded PostgreSQL, which no child gets."""

    database: str
    redis: str
    cluster: str = ""

    def variables(self) -> dict[str, str]:
        """For the environment of the children."""
        return {"DATABASE_URL": self.database, "REDIS_URL": self.redis}


@contextmanager
def services(home: Home, state: State, environ: Mapping[str, str], *, durable: bool = True) -> Iterator[Addresses]:
    """The addresses to use, with the embedded servers running as long as they are needed."""
    named = Addresses(environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", ""))
    if named.database and named.redis:
        yield named
        return
    switch = state.locks / "switch"
    with locks.exclusive(switch, waiting=WAITING):
        user = locks.take(state.locks / "users", shared=True)
        if user is None:
            raise LaunchError("The services of this home are being stopped. 服务正在停止。", "Start again in a moment.")
        try:
            addresses = start_missing(home, state, named, durable=durable)
        except BaseException:
            user.close()
            stop_unused(home, state)
            raise
    try:
        yield addresses
    finally:
        with locks.exclusive(switch):
            user.close()
            stop_unused(home, state)


def start_missing(home: Home, state: State, named: Addresses, *, durable: bool) -> Addresses:
    """Start what the environment does not name."""
    database, store_url, owner = named.database, named.redis, ""
    if not database:
        with step("PostgreSQL"):
            cluster = postgres.prepare(state, home.venv, durable=durable)
            postgres.start(cluster)
            database, owner = cluster.url(), cluster.url("postgres", postgres.OWNER)
    if not store_url:
        with step("Redis"):
            store = redis.Store(state, redis.find_binary(home.venv))
            redis.start(store)
            store_url = store.url
    return Addresses(database, store_url, owner)


def revive(home: Home, state: State, environ: Mapping[str, str]) -> None:
    """Start an embedded server again that ended by itself; the site reconnects."""
    named = Addresses(environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", ""))
    wanted = [name for name, url in (("postgres", named.database), ("redis", named.redis)) if not url]
    dead = [name for name in wanted if processes.find(state.notes / f"{name}.json") is None]
    if dead:
        say(f"! {' and '.join(dead)} stopped without being told; starting again")
        with locks.exclusive(state.locks / "switch"):
            start_missing(home, state, named, durable=True)


def stop_unused(home: Home, state: State) -> None:
    """Stop the servers when nobody holds the users' lock any more."""
    if locks.is_free(state.locks / "users"):
        stop(home, state)


def stop(home: Home, state: State) -> None:
    """Stop the servers of the state, whoever started them."""
    if (state.notes / "redis.json").exists():
        redis.stop(redis.Store(state, home.folder))
    if (state.notes / "postgres.json").exists():
        postgres.stop(postgres.existing(state))
    if state.run.parent != state.folder:
        shutil.rmtree(state.run, ignore_errors=True)
