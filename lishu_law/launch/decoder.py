"""The QR decoder for browsers that cannot read codes themselves: from npm by its lock file, beside the state, never in
the tree. Without npm or network the site runs all the same: codes are then typed.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from lishu_law.launch import environment, locks
from lishu_law.launch.home import Home
from lishu_law.launch.progress import say, step

FILES = ("package.json", "package-lock.json")
WITHOUT = "· No QR decoder: phones that cannot scan type the credit code. 没有扫码组件，手机扫不了码的手工填写。"


def prepare(home: Home) -> None:
    """Install what ``requirements/browser`` locks, once; say so when it could not be."""
    folder = home.folder / "browser"
    with locks.exclusive(home.folder / "setup.lock", waiting=environment.WAITING):
        stamp, wanted = folder / ".installed", fingerprint(home)
        if environment.written(stamp) == wanted:
            return
        npm = shutil.which("npm")
        if npm is None:
            say(WITHOUT)
            return
        with step("QR decoder"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for name in FILES:
                shutil.copyfile(source(home) / name, folder / name)
            words = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
            is_done = environment.run(words, home.folder / "logs" / "setup.log")
        if is_done:
            stamp.write_text(wanted, encoding="ascii")
        else:
            say(WITHOUT)


def source(home: Home) -> Path:
    """Where the lock file is."""
    return home.root / "requirements" / "browser"


def fingerprint(home: Home) -> str:
    """What is installed depends on the two files alone."""
    return hashlib.sha256(b"".join((source(home) / name).read_bytes() for name in FILES)).hexdigest()
