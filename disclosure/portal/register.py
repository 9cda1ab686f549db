"""The register for machines and for people (security.md §11.1): read-only, no sign-in, no cookies, no script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosure.models import RegisterCheckpoint, RegisterLeaf
from disclosure.portal.caching import cached
from disclosure.queries import ledger
from disclosure.register import tools
from lishu_law.access.doors import public
from lishu_law.web.errors import not_found

SHORT, FOREVER = "public, max-age=60", "public, max-age=31536000, immutable"
_NUMBER = re.compile(r"[0-9]{1,18}")
TOOLS = {
    "verify_register.py": ("text/x-python; charset=utf-8", "校验程序（Python 3.8 以上）"),
    "verify_register.mjs": ("text/javascript; charset=utf-8", "校验程序（Node.js 20 以上）"),
    "witness.py": ("text/x-python; charset=utf-8", "见证程序（Python 3.8 以上）"),
}


@public
@require_safe
def register_home(request: HttpRequest) -> HttpResponseBase:
    """What the register is, its key, its newest checkpoint, and how anybody checks it."""
    context = {
        "title": "公示防篡改登记簿",
        "keys": ledger.verifier_keys(),
        "newest": ledger.newest_checkpoint(),
        "tools": [(name, words) for name, (_kind, words) in TOOLS.items()],
    }
    return cached(request, render(request, "portal/register.html", context))


@public
@require_safe
def register_checkpoint(request: HttpRequest) -> HttpResponseBase:
    """The newest signed note."""
    return _note(request, ledger.newest_checkpoint(), SHORT)


@public
@require_safe
def register_checkpoint_at(request: HttpRequest, size: int) -> HttpResponseBase:
    """The note issued for that size; its bytes never change."""
    found = RegisterCheckpoint.objects.filter(size=size).first() if len(str(size)) <= 18 else None
    return _note(request, found, FOREVER)


@public
@require_safe
def register_checkpoints(request: HttpRequest) -> HttpResponseBase:
    """Sizes and roots of all notes, largest first, a thousand at a time."""
    before = request.GET.get("before")
    if before is not None and not _NUMBER.fullmatch(before):
        return _wrong("before 应是十进制数。")
    return _json({"checkpoints": ledger.checkpoints_before(None if before is None else int(before))})


@public
@require_safe
def register_tile(request: HttpRequest, tile: int) -> HttpResponseBase:
    """Up to 256 leaves, each line exactly the bytes that are hashed; a full tile never changes."""
    size = ledger.newest_size()
    leaves = ledger.tile(tile, size) if tile * ledger.TILE < size else []
    if not leaves:
        return not_found(request)
    response = HttpResponse("".join(f"{leaf}\n" for leaf in leaves), content_type="application/x-ndjson")
    response["Cache-Control"] = FOREVER if len(leaves) == ledger.TILE else SHORT
    return response


@public
@require_safe
def register_proof(request: HttpRequest) -> HttpResponseBase:
    """That a leaf is in the tree of a size: the path from the leaf upwards."""
    newest = ledger.newest_size()
    leaf, size = _asked(request, "leaf"), _asked(request, "size", newest)
    if leaf is None or size is None:
        return _wrong("leaf 和 size 应是十进制数。")
    if not leaf < size <= newest:
        return _wrong(f"应有 leaf < size ≤ {newest}（最新检查点的大小）。")
    hashed, path = ledger.inclusion_path(leaf, size)
    return _json({"leaf": leaf, "size": size, "leaf_hash": hashed.hex(), "path": [one.hex() for one in path]})


@public
@require_safe
def register_consistency(request: HttpRequest) -> HttpResponseBase:
    """That the tree of one size is the beginning of the tree of another."""
    newest = ledger.newest_size()
    first, second = _asked(request, "from"), _asked(request, "to")
    if first is None or second is None:
        return _wrong("from 和 to 应是十进制数。")
    if not 1 <= first <= second <= newest:
        return _wrong(f"应有 1 ≤ from ≤ to ≤ {newest}（最新检查点的大小）。")
    return _json({"from": first, "to": second, "path": [one.hex() for one in ledger.consistency_path(first, second)]})


@public
@require_safe
def register_key(request: HttpRequest) -> HttpResponseBase:
    """The verifier keys, the current one first. Take yours from paper: a forger would change this page too."""
    text = "".join(f"{key}\n" for key in ledger.verifier_keys())
    return not_found(request) if not text else _text(text, SHORT)


@public
@require_safe
def register_tool(request: HttpRequest, name: str) -> HttpResponseBase:
    """A program that checks the register from outside."""
    if name not in TOOLS:
        return not_found(request)
    content = (Path(tools.__file__).parent / name).read_bytes()
    response = HttpResponse(content, content_type=TOOLS[name][0])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = SHORT
    return response


def proof_of(leaf: RegisterLeaf) -> dict[str, Any]:
    """What the record page shows under 校验这条记录; without a path until a checkpoint covers the leaf."""
    newest = ledger.newest_checkpoint()
    if newest is None or leaf.seq >= newest.size:
        return {"hash": bytes(leaf.leaf_hash).hex(), "path": [], "checkpoint": None}
    hashed, path = ledger.inclusion_path(leaf.seq, newest.size)
    root = bytes(newest.root).hex()
    return {"hash": hashed.hex(), "path": [one.hex() for one in path], "checkpoint": newest, "root": root}


def _asked(request: HttpRequest, name: str, default: int | None = None) -> int | None:
    text = request.GET.get(name)
    if text is None:
        return default
    return int(text) if _NUMBER.fullmatch(text) else None


def _note(request: HttpRequest, found: RegisterCheckpoint | None, cache: str) -> HttpResponseBase:
    return not_found(request) if found is None else _text(found.note, cache)


def _text(text: str, cache: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = cache
    return response


def _json(value: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(value)
    response["Cache-Control"] = SHORT
    return response


def _wrong(text: str) -> JsonResponse:
    return JsonResponse({"error": text}, status=400, json_dumps_params={"ensure_ascii": False})
