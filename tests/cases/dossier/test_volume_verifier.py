"""The program that travels with an archive: it names what was changed, taken away or added, and runs from any folder."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes

from cases.dossier.archive import VERIFIER, Archive, Manifest
from cases.dossier.tools import verify_volume

pytestmark = pytest.mark.law
AT = datetime(2026, 3, 19, 2, 0, tzinfo=UTC)
FACTS = {
    "case": "吉梨交罚〔2026〕0001号",
    "content": "正卷",
    "purpose": "案卷评查",
    "made_by": "示例甲",
    "made_at": "2026-03-19",
}
FILES = {
    "main.pdf": b"%PDF-1.7 main",
    "evidence/main-001-abcdef01.jpg": b"\xff\xd8\xff photo",
    "index.html": b"<p>1</p>",
}


def entry(seq: int, before: str) -> dict[str, object]:
    body = f'{{"act":{seq}}}'
    digest = hashlib.sha256(f"{seq}\n{body}\n{before}".encode()).hexdigest()
    return {"seq": seq, "body": body, "prev_hash": before, "hash": digest}


def journal() -> dict[str, object]:
    first = entry(3, "0" * 64)
    second = entry(4, str(first["hash"]))
    return {"head": {"seq": 9, "hash": "f" * 64}, "entries": [first, second, entry(7, "1" * 64)]}


@pytest.fixture
def unpacked(tmp_path: Path) -> tuple[Path, Manifest]:
    """An archive moved to an empty folder and unpacked there."""
    with Archive(tmp_path / "volume.zip", AT) as archive:
        for name, content in FILES.items():
            (tmp_path / "source").write_bytes(content)
            archive.add_file(name, tmp_path / "source", hashlib.sha256(content).hexdigest())
        archive.add_file(VERIFIER.name, VERIFIER)
        archive.add_json("journal.json", journal())
        manifest = archive.close(FACTS)
    folder = tmp_path / "moved"
    zipfile.ZipFile(tmp_path / "volume.zip").extractall(folder)
    return folder, manifest


def run(folder: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify_volume.py"), *words], cwd=folder.parent, capture_output=True,
        env={"PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"]}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def test_an_untouched_archive_is_right(unpacked: tuple[Path, Manifest]) -> None:
    folder, manifest = unpacked
    code, said = run(folder, "--expect", manifest.sha256.upper(), "--sm3")
    assert (code, said.splitlines()[-1]) == (0, "校验一致")
    assert "核对文件 5 个，其中同时核对 SM3 的 5 个；办案日志 3 条" in said
    assert sorted(path.name for path in folder.iterdir()) == [
        "evidence", "index.html", "journal.json", "main.pdf", "manifest.json", "manifest.sha256", "verify_volume.py",
    ]  # fmt: skip


def test_without_the_offices_digest_it_does_not_call_the_archive_right(unpacked: tuple[Path, Manifest]) -> None:
    folder, _manifest = unpacked
    code, said = run(folder)
    assert (code, said.splitlines()[-1]) == (0, "文件与清单一致；清单摘要尚未与出具机关核对")


@pytest.mark.parametrize("name", ["argparse", "hashlib", "json", "os", "struct", "gettext"])
def test_a_module_put_into_the_archive_is_not_run_but_named(unpacked: tuple[Path, Manifest], name: str) -> None:
    """Also for a reader who leaves out -I."""
    folder, _manifest = unpacked
    (folder / f"{name}.py").write_text("print('planted'); raise SystemExit(0)")
    done = subprocess.run(
        [sys.executable, "verify_volume.py"], cwd=folder, capture_output=True, check=False,
        env={"PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert (done.returncode, b"planted" in done.stdout) == (1, False)
    assert f"多出的文件：{name}.py" in done.stdout.decode()


def test_every_single_byte_counts(unpacked: tuple[Path, Manifest]) -> None:
    """One bit of one byte anywhere in any file: that file is named, and only that one."""
    folder, _manifest = unpacked
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        whole, name = path.read_bytes(), path.relative_to(folder).as_posix()
        for place in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            faults, _said = verify_volume.check(str(folder))
            assert [fault for fault in faults if name in fault or "manifest.json" in fault], (name, place)
            if not name.startswith(("manifest", "journal")):
                assert len(faults) == 1
        path.write_bytes(whole)
    assert verify_volume.check(str(folder))[0] == []


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda f: (f / "main.pdf").write_bytes(b"%PDF-1.7 Main"), "被改动（摘要不符）：main.pdf"),
        (lambda f: (f / "main.pdf").write_bytes(b"%PDF"), "被改动（大小应为 13 字节，现在是 4 字节）：main.pdf"),
        (lambda f: (f / "index.html").unlink(), "缺少文件：index.html"),
        (lambda f: (f / "evidence" / "new.jpg").write_bytes(b"x"), "多出的文件：evidence/new.jpg"),
        (lambda f: (f / "manifest.json").unlink(), "缺少文件：manifest.json"),
        (lambda f: (f / "manifest.sha256").unlink(), "manifest.json 或者 manifest.sha256"),
        (lambda f: (f / "manifest.json").write_text("[]"), "manifest.json"),
        (lambda f: (f / "manifest.json").write_text('{"format": "lishu-volume/1", "files": [{"path": "../x"}]}'), "manifest.json"),
        (lambda f: ((f / "main.pdf").unlink(), (f / "main.pdf").symlink_to("index.html")), "缺少文件：main.pdf"),
    ],
)  # fmt: skip
def test_what_was_done_to_it_is_named(unpacked: tuple[Path, Manifest], spoil: Spoil, named: str) -> None:
    folder, _manifest = unpacked
    spoil(folder)
    code, said = run(folder)
    assert code == 1
    assert named in said
    assert said.splitlines()[-1].startswith("校验不一致")


def test_a_manifest_made_to_fit_is_told_by_the_digest_the_office_gives(unpacked: tuple[Path, Manifest]) -> None:
    folder, manifest = unpacked
    (folder / "index.html").write_bytes(b"<p>2</p>")
    listed = json.loads((folder / "manifest.json").read_text())
    for one in listed["files"]:
        if one["path"] == "index.html":
            one["sha256"] = hashlib.sha256(b"<p>2</p>").hexdigest()
            sm3 = hashes.Hash(hashes.SM3())
            sm3.update(b"<p>2</p>")
            one["sm3"] = sm3.finalize().hex()
    text = json.dumps(listed)
    (folder / "manifest.json").write_text(text)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(text.encode()).hexdigest()}  manifest.json\n")
    assert verify_volume.check(str(folder))[0] == []
    assert "与出具机关给出的不同" in verify_volume.check(str(folder), manifest.sha256)[0][0]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"body": '{"act":5}'}, "第 4 条的正文与摘要不符"),
        ({"seq": 2}, "第 2 条次序不对"),
        ({"seq": 99}, "链尾不对"),
        ({"prev_hash": "2" * 64}, "第 4 条接不上前一条"),
    ],
)
def test_a_changed_journal_is_told(tmp_path: Path, change: dict[str, object], named: str) -> None:
    data = journal()
    entries = data["entries"]
    assert isinstance(entries, list)
    which = -1 if change.get("seq") == 99 else 1
    entries[which] |= change
    (tmp_path / "journal.json").write_text(json.dumps(data))
    assert any(named in fault for fault in verify_volume.journal_faults(str(tmp_path), {"journal.json"})[0])


@pytest.mark.parametrize("size", [0, 3, 55, 56, 63, 64, 65, 1000])
def test_its_own_sm3_is_the_standards(size: int) -> None:
    content = bytes(range(256)) * 4
    own, other = verify_volume.OwnSm3(), hashes.Hash(hashes.SM3())
    own.update(content[: size // 3])
    own.update(content[size // 3 : size])
    other.update(content[:size])
    assert own.hexdigest() == other.finalize().hex()


def test_sm3_of_abc_as_printed_in_the_standard() -> None:
    own = verify_volume.OwnSm3()
    own.update(b"abc")
    assert own.hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
