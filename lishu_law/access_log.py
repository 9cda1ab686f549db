"""The web server's log of requests, without those a token opens: it would say when a business rated (ADR 38) or who
holds which document."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

SILENT = ("/v/", "%2Fv%2F", "/d/", "%2Fd%2F")


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own, silent about ``/v/`` and ``/d/`` and about addresses that name it."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        said = f"{environ.get('RAW_URI', '')} {environ.get('HTTP_REFERER', '')}"
        if not any(one in said for one in SILENT):
            super().access(resp, req, environ, request_time)
