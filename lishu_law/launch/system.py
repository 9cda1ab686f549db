"""System packages and fonts: installed with apt when root, else named in one line to run; never a reason to stop."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from lishu_law.launch import locks
from lishu_law.launch.home import Home
from lishu_law.launch.progress import say, step

FOR_DOCUMENTS = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",  # not pulled in by Pango; without it a document takes 5 s instead of 0.2 s
    "fonts-noto-cjk",
    "fonts-babelstone-han",  # rare characters of names
    "tzdata",
)
FOR_TESTS = (
    "chromium-headless-shell",  # draws pages only; the whole browser takes half as long again for the same tests
    "poppler-utils",
)
FONT_PACKAGE = "texlive-lang-chinese"
FONT_FOLDER = "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
DOWNLOAD_SECONDS = 300
TRY_AGAIN_AFTER = 24 * 3600


def prepare(home: Home, *, tests: bool) -> None:
    """Install what is missing, as far as this machine and user allow."""
    wanted = FOR_DOCUMENTS + (FOR_TESTS if tests else ())
    log = home.folder / "logs" / "apt.log"
    log.parent.mkdir(mode=0o700, exist_ok=True)
    with locks.exclusive(home.folder / "setup.lock"):
        missing = missing_packages(wanted)
        if missing:
            install(missing, log)
        prepare_fonts(home, log)


def missing_packages(wanted: tuple[str, ...]) -> list[str]:
    """The packages that are not installed; all of them where there is no dpkg to ask."""
    if not shutil.which("dpkg-query"):
        return list(wanted)
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *wanted],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    present = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in wanted if name not in present]


def install(missing: list[str], log: Path) -> None:
    """With apt as root; otherwise say what to run."""
    line = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if not shutil.which("apt-get"):
        say(f"! Documents as PDF and browser tests need these Debian packages or their like: {' '.join(missing)}")
        return
    if os.getuid() != 0:
        say(f"! Some system packages are missing; PDF output or browser tests need them. Run once: sudo {line}")
        return
    with step(f"System packages: {' '.join(missing)}", slow=True):
        apt(["update"], log)
        if not apt(["install", *missing], log):
            for name in missing:  # one unknown name must not keep back the others
                apt(["install", name], log)
    left = missing_packages(tuple(missing))
    if left:
        say(f"! Not installed: {' '.join(left)} (log: {log}). Going on; PDF output or browser tests may not work.")


def apt(words: list[str], log: Path) -> bool:
    """Run apt-get without questions."""
    options = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=2", "--no-install-recommends"]
    with log.open("ab") as output:
        done = subprocess.run(
            ["apt-get", *options, *words],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    return done.returncode == 0


def prepare_fonts(home: Home, log: Path) -> None:
    """Fandol's 仿宋 for official documents, taken out of its package without installing the twenty it would pull in."""
    if any(home.fonts.glob("Fandol*.otf")) or any(Path(FONT_FOLDER).glob("Fandol*.otf")):
        return
    tried = home.folder / "fonts-tried"
    if tried.exists() and time.time() - tried.stat().st_mtime < TRY_AGAIN_AFTER:
        return
    tried.touch()
    if not all(shutil.which(tool) for tool in ("apt-get", "dpkg-deb", "tar")):
        say("! FandolFang (仿宋) is not available here; documents use Noto Serif CJK instead.")
        return
    with step(f"Fonts: FandolFang from {FONT_PACKAGE} (47 MB)", slow=True):
        done = fetch_fonts(home, log)
    if not done:
        say(f"! FandolFang (仿宋) could not be fetched (log: {log}); documents use Noto Serif CJK instead.")


def fetch_fonts(home: Home, log: Path) -> bool:
    """Download the package and unpack only the fonts; any user may do that."""
    home.fonts.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.folder) as folder, log.open("ab") as output:
        download = ["apt-get", "-q", "-o", "APT::Sandbox::User=", "-o", "Acquire::http::Timeout=30"]
        try:
            subprocess.run(
                [*download, "download", FONT_PACKAGE],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=DOWNLOAD_SECONDS,
                check=True,
            )
            package = next(Path(folder).glob("*.deb"))
            return unpack(package, home.fonts, Path(folder) / "unpacked")
        except (subprocess.SubprocessError, OSError, StopIteration) as error:
            output.write(f"fonts: {error!r}\n".encode())
            return False


def unpack(package: Path, fonts: Path, draft: Path) -> bool:
    """Take the font files out of the package; whether there were any."""
    draft.mkdir()
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as reader:
        subprocess.run(
            ["tar", "-x", "-C", draft, "--wildcards", "*/fandol/Fandol[FHKS]*.otf"],
            stdin=reader.stdout,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    for font in draft.rglob("Fandol*.otf"):
        font.replace(fonts / font.name)
    return any(fonts.glob("Fandol*.otf"))


def font_folder(home: Home) -> Path | None:
    """Where the Fandol fonts are, if anywhere."""
    for folder in (home.fonts, Path(FONT_FOLDER)):
        if any(folder.glob("Fandol*.otf")):
            return folder
    return None
