"""Health checks inside the containers: ``probe web | mock | beat FILE``; exit code 0 is healthy."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from lishu_law.launch.site import answers

OLDEST_SCHEDULE = 600.0  # seconds; beat writes its file every three minutes


def main(words: list[str]) -> int:
    """0 when the part named first is healthy, 1 when not, 2 for an unknown part."""
    match words:
        case ["web"]:
            return int(not answers("http://127.0.0.1:8000", "/healthz"))
        case ["mock"]:
            return int(not answers("http://127.0.0.1:8100", "/api/v1/healthz"))
        case ["beat", schedule]:
            return int(not is_fresh(Path(schedule)))
    return 2


def is_fresh(schedule: Path) -> bool:
    """Whether beat wrote one of its schedule's files lately (the database library adds endings to the name)."""
    written = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
    return bool(written) and time.time() - max(written) < OLDEST_SCHEDULE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
