"""The archive: one ZIP file with the volumes, the sealed documents, the originals, the pages, the journal's proof, the
verifier, and a manifest with size, SHA-256 and SM3 of everything. Written piece by piece: no file is held in memory."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes

from cases.dossier.leaves import Unfit, pieces
from lishu_law import clock

VERIFIER = Path(__file__).parent / "tools" / "verify_volume.py"
FORMAT = "lishu-volume/1"
MANIFEST, BESIDE, JOURNAL = "manifest.json", "manifest.sha256", "journal.json"
# What compresses is text; pictures, recordings and PDFs are stored as they are.
TEXTS = frozenset({".html", ".json", ".py", ".sha256"})


@dataclass(frozen=True)
class Listed:
    """One file of the archive as the manifest lists it."""

    path: str
    size: int
    sha256: str
    sm3: str


@dataclass(frozen=True)
class Manifest:
    """The digests by which the bureau knows a manifest it gave out."""

    sha256: str
    sm3: str


class Archive:
    """An archive being written; ``close`` ends it with the manifest."""

    def __init__(self, target: Path, at: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w")
        local = clock.local(at)
        self._date = (local.year, local.month, local.day, local.hour, local.minute, local.second)
        self._listed: list[Listed] = []

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def add_file(self, path: str, source: Path, sha256: str = "") -> None:
        """Copy a file; ``sha256`` is what it must be. Raises ``Unfit`` when it is not."""
        listed = self._write(path, pieces(source))
        if sha256 and listed.sha256 != sha256:
            raise Unfit(f"{path} 在打包时与登记的摘要不符，没有成卷。请联系系统管理员。")
        self._listed.append(listed)

    def add_text(self, path: str, text: str) -> None:
        self._listed.append(self._write(path, [text.encode("utf-8")]))

    def add_json(self, path: str, data: Any) -> None:
        self.add_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")

    def close(self, facts: dict[str, Any]) -> Manifest:
        """Write the manifest with these facts, and its digest beside it."""
        files = [asdict(one) for one in sorted(self._listed, key=lambda one: one.path)]
        text = json.dumps({"format": FORMAT, **facts, "files": files}, ensure_ascii=False, indent=1) + "\n"
        made = self._write(MANIFEST, [text.encode("utf-8")])
        self._write(BESIDE, [f"{made.sha256}  {MANIFEST}\n".encode("ascii")])
        return Manifest(made.sha256, made.sm3)

    def _write(self, path: str, content: Iterable[bytes]) -> Listed:
        info = zipfile.ZipInfo(path, self._date)
        info.compress_type = zipfile.ZIP_DEFLATED if Path(path).suffix in TEXTS else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        sha, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for piece in content:
                entry.write(piece)
                sha.update(piece)
                sm3.update(piece)
                size += len(piece)
        return Listed(path, size, sha.hexdigest(), sm3.finalize().hex())
