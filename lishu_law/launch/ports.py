"""Free TCP ports on the loopback address."""

from __future__ import annotations

import errno
import random
import socket

from lishu_law.launch.progress import LaunchError

TRIES = 100
SCRATCH_PORTS = range(20000, 32000)  # below 32768, where the system hands out ports to outgoing connections


def listen(address: str, wanted: int) -> socket.socket:
    """A listening socket on the first free port from ``wanted`` on: held from now on, so nobody can take it."""
    for port in range(wanted, min(wanted + TRIES, 65536)):
        bound = bind(address, port)
        if bound:
            bound.listen(512)
            return bound
    raise LaunchError(
        f"No free port from {wanted} on. 从 {wanted} 起没有空闲端口。",
        "Choose another with LISHU_PORT=9000 ./lishu up, or stop what uses them.",
    )


def free(wanted: int) -> int:
    """The first port from ``wanted`` on that nobody uses now."""
    with listen("127.0.0.1", wanted) as bound:
        return int(bound.getsockname()[1])


def scratch() -> int:
    """A port to start looking from in a run that must not meet another one."""
    return random.choice(SCRATCH_PORTS)


def bind(address: str, port: int) -> socket.socket | None:
    """A socket bound to the port, or None when it is taken."""
    bound = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((address, port))
    except OSError as error:
        bound.close()
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            return None
        raise LaunchError(
            f"Cannot listen on {address}: {error.strerror}. 无法监听该地址。",
            "Set LISHU_BIND to an address of this machine (default 127.0.0.1).",
        ) from error
    return bound
