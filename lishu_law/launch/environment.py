"""The virtual environment: made once from the hash-locked requirement files, left alone while they are unchanged."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from lishu_law.launch import locks
from lishu_law.launch.home import Home
from lishu_law.launch.progress import LaunchError, step, tail

CONTAINS = {"runtime": ("runtime", "embedded", "dev"), "embedded": ("embedded", "dev"), "dev": ("dev",)}
WAITING = "waiting for another ./lishu that sets up 等待另一个准备过程"


def prepare(home: Home, wanted: str) -> None:
    """Install ``requirements/<wanted>.txt`` unless it is. Raises LaunchError with the installer's words."""
    home.create()
    with locks.exclusive(home.folder / "setup.lock", waiting=WAITING):
        if is_ready(home, wanted):
            return
        unfinished = home.venv / ".unfinished"
        if unfinished.exists() or not home.python.exists():
            # A killed installation leaves half of a package that no installer notices: start over.
            shutil.rmtree(home.venv, ignore_errors=True)
        log = home.folder / "logs" / "setup.log"
        log.parent.mkdir(mode=0o700, exist_ok=True)
        with step(f"Python packages ({wanted})", slow=True):
            home.venv.mkdir(exist_ok=True)
            unfinished.touch()
            install(home, home.root / "requirements" / f"{wanted}.txt", log)
            stamp(home, wanted).write_text(fingerprint(home, wanted), encoding="ascii")
            unfinished.unlink()


def is_ready(home: Home, wanted: str) -> bool:
    """Whether a set that contains the wanted one is installed as its file says now."""
    if not home.python.exists() or (home.venv / ".unfinished").exists():
        return False
    return any(written(stamp(home, name)) == fingerprint(home, name) for name in CONTAINS[wanted])


def stamp(home: Home, name: str) -> Path:
    """Where the fingerprint of an installed set is kept."""
    return home.venv / f".installed-{name}"


def written(path: Path) -> str:
    """The content of a stamp, empty when there is none."""
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def fingerprint(home: Home, name: str) -> str:
    """What an installed set depends on: its requirement file and the interpreter's minor version."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}\n".encode()
    return hashlib.sha256(version + (home.root / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def install(home: Home, requirements: Path, log: Path) -> None:
    """With uv when it is there (ten times faster), else or when that does not work with pip."""
    uv = shutil.which("uv")
    if uv and with_uv(uv, home, requirements, log):
        return
    if not has_pip(home) and not run([sys.executable, "-m", "venv", "--clear", str(home.venv)], log):
        raise LaunchError(
            f"The virtual environment could not be made. 虚拟环境未能建立。\n{tail(log)}",
            f"Install the venv module (apt-get install python3.{sys.version_info.minor}-venv) and start again.",
        )
    (home.venv / ".unfinished").touch()
    words = [str(home.python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--compile"]
    words += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(requirements)]
    if not run(words, log):
        raise LaunchError(
            f"The Python packages could not be installed. 软件包未能安装。\n{tail(log)}",
            f"Check the network or the package mirror (PIP_INDEX_URL) and start again. The whole log: {log}",
        )


def with_uv(uv: str, home: Home, requirements: Path, log: Path) -> bool:
    """Whether uv did it."""
    if not home.python.exists():
        made = [uv, "venv", "--no-project", "--allow-existing", "--python", sys.executable, str(home.venv)]
        if not run(made, log):
            return False
    words = [uv, "pip", "install", "--python", str(home.python), "--require-hashes", "--no-deps", "--compile-bytecode"]
    return run([*words, "-r", str(requirements)], log)


def has_pip(home: Home) -> bool:
    """Whether the environment runs and has pip (one made by uv has not)."""
    if not home.python.exists():
        return False
    return subprocess.run([home.python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def run(words: Sequence[str], log: Path) -> bool:
    """Run an installer with its words in the log."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"UV_NO_PROGRESS": "1", "VIRTUAL_ENV": "", "PYTHONUTF8": "1"}
    with log.open("ab") as output:
        try:
            done = subprocess.run(
                words, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
            )
        except OSError as error:
            output.write(f"{words[0]}: {error}\n".encode())
            return False
    return done.returncode == 0
