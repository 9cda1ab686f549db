"""Names of uploaded files: only a label, cleaned before anything looks at it; the stored path never depends on it."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 100
# Inner extensions that another program might act upon when somebody saves the file under its old name.
_ACTIVE = re.compile(
    r"\.(?=(?:exe|com|bat|cmd|scr|msi|js|vbs|ps1|sh|html?|svg|php|jsp|aspx?|jar|zip|rar)\b)", re.IGNORECASE
)


def clean_name(raw: str) -> str:
    """The last path component without hidden characters, at most 100 characters, with its extension kept."""
    name = re.split(r"[\\/]", raw)[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MOST_CHARACTERS] or "未命名"
    stem = _ACTIVE.sub("_", f"{stem}.")[:-1] if stem else "未命名"
    return f"{stem[: MOST_CHARACTERS - len(extension) - 1]}.{extension}"[:MOST_CHARACTERS]


def extension_of(name: str) -> str:
    """The extension in lower case without the dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
