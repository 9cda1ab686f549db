"""The addresses of security.md §11.1, asked as a stranger would: answers, errors, headers, and what the record page says."""

from __future__ import annotations

import base64
import json
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from disclosure import tasks
from disclosure.models import RegisterCheckpoint, RegisterLeaf
from disclosure.queries import ledger
from disclosure.queries.ledger_records import plain
from disclosure.register.leaf import canonical, commit
from tests.disclosure.register import by_the_book, scenes
from tests.disclosure.register.scenes import Scene

ADDRESSES = [
    "/register/", "/register/checkpoint", "/register/checkpoint/5", "/register/checkpoints.json", "/register/tiles/0",
    "/register/proof?leaf=0", "/register/consistency?from=5&to=7", "/register/key", "/register/tools/verify_register.py",
    "/register/tools/verify_register.mjs", "/register/tools/witness.py",
]  # fmt: skip


@pytest.fixture
def scene(db: None) -> Any:
    made = scenes.grown()
    with time_machine.travel(scenes.START, tick=False):
        yield made


@pytest.mark.parametrize("address", ADDRESSES)
def test_everything_is_public_and_sets_no_cookie(
    client: Client, scene: Scene, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        answer = client.get(address)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert client.post(address).status_code == 405
    assert "max-age" in answer["Cache-Control"]


def test_checkpoints(client: Client, scene: Scene) -> None:
    newest = client.get("/register/checkpoint")
    assert newest["Content-Type"].startswith("text/plain")
    assert newest["Cache-Control"] == "public, max-age=60"
    assert newest.content.decode() == RegisterCheckpoint.objects.get(size=7).note
    assert newest.content.decode().startswith(f"{scenes.ORIGIN}\n7\n")
    assert client.get("/register/checkpoint/7").content == newest.content
    listed = client.get("/register/checkpoints.json").json()["checkpoints"]
    assert [one["size"] for one in listed] == [7, 6, 5]
    root = base64.b64decode(newest.content.decode().split("\n")[2])
    assert listed[0] == {"size": 7, "root": root.hex()}
    assert [one["size"] for one in client.get("/register/checkpoints.json?before=7").json()["checkpoints"]] == [6, 5]
    assert client.get("/register/checkpoints.json?before=5").json() == {"checkpoints": []}


def test_tiles_hold_the_leaf_bytes_below_the_newest_checkpoint(client: Client, scene: Scene) -> None:
    answer = client.get("/register/tiles/0")
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = answer.content.split(b"\n")
    assert lines[-1] == b""
    assert [json.loads(line)["seq"] for line in lines[:-1]] == [0, 1, 2, 3, 4, 5, 6]
    assert all(canonical(json.loads(line)) == line for line in lines[:-1])
    assert answer["Cache-Control"] == "public, max-age=60"
    assert by_the_book.mth(lines[:-1]) == ledger.root_of(7)


def test_a_full_tile_never_changes(client: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "TILE", 4)
    assert "immutable" in client.get("/register/tiles/0")["Cache-Control"]
    second = client.get("/register/tiles/1")
    assert (len(second.content.splitlines()), second["Cache-Control"]) == (3, "public, max-age=60")


def test_every_proof_up_to_the_newest_checkpoint(client: Client, scene: Scene) -> None:
    leaves = [row.leaf.encode() for row in RegisterLeaf.objects.order_by("seq")][:7]
    for size in range(1, 8):
        for leaf in range(size):
            said = client.get(f"/register/proof?leaf={leaf}&size={size}").json()
            path = [bytes.fromhex(one) for one in said.pop("path")]
            assert said == {"leaf": leaf, "size": size, "leaf_hash": by_the_book.mth([leaves[leaf]]).hex()}
            assert by_the_book.root_by_path(leaf, size, leaves[leaf], path) == by_the_book.mth(leaves[:size])
        for first in range(1, size + 1):
            said = client.get(f"/register/consistency?from={first}&to={size}").json()
            path, roots = (
                [bytes.fromhex(one) for one in said["path"]],
                (by_the_book.mth(leaves[:first]), by_the_book.mth(leaves[:size])),
            )
            assert (said["from"], said["to"]) == (first, size)
            assert by_the_book.roots_by_proof(first, size, True, path, roots[0]) == roots
    assert client.get("/register/proof?leaf=1").json()["size"] == 7


@pytest.mark.parametrize(
    "address",
    ["proof", "proof?leaf=7", "proof?leaf=7&size=7", "proof?leaf=0&size=8", "proof?leaf=0&size=0", "proof?leaf=-1",
     "proof?leaf=x", "proof?leaf=1.0", "proof?leaf=%D9%A1", "proof?leaf=", "proof?leaf=0&size=1e9", "proof?leaf=0&size=",
     "proof?leaf=9999999999999999999999", "consistency", "consistency?from=0&to=3", "consistency?from=4&to=3",
     "consistency?from=1&to=8", "consistency?from=1", "consistency?to=3", "consistency?from=a&to=3",
     "consistency?from=+1&to=3", "checkpoints.json?before=x", "checkpoints.json?before=-1"],
)  # fmt: skip
def test_anything_else_is_400_with_its_reason(client: Client, scene: Scene, address: str) -> None:
    answer = client.get(f"/register/{address}")
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "address",
    ["checkpoint/8", "checkpoint/3", "checkpoint/0", "checkpoint/x", "checkpoint/99999999999999999999", "tiles/1",
     "tiles/99999999999999999999999", "tiles/-1", "tiles/x", "tools/settings.py", "tools/__init__.py", "tools/..%2Ftree.py"],
)  # fmt: skip
def test_what_is_not_there_is_404(client: Client, scene: Scene, address: str) -> None:
    assert client.get(f"/register/{address}").status_code == 404


@pytest.mark.django_db
def test_before_the_first_checkpoint(client: Client) -> None:
    assert client.get("/register/").status_code == 200
    assert client.get("/register/checkpoints.json").json() == {"checkpoints": []}
    for address, status in {
        "checkpoint": 404,
        "tiles/0": 404,
        "proof?leaf=0": 400,
        "consistency?from=1&to=1": 400,
    }.items():
        assert client.get(f"/register/{address}").status_code == status, address


def test_key(client: Client, scene: Scene) -> None:
    assert client.get("/register/key").content.decode() == scenes.KEY + "\n"
    assert scenes.KEY in unescape(client.get("/register/").content.decode())


def fields_of(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _tag, name, inner in re.findall(r'<(\w+)[^>]*\sdata-field="([^"]+)"[^>]*>(.*?)</\1>', page, re.DOTALL):
        found.setdefault(name, []).append(plain(unescape(re.sub("<[^>]*>", "", inner))))
    return found


@pytest.mark.parametrize(
    ("name", "status"), [("company", 200), ("person", 200), ("shop", 410), ("big", 200), ("warned", 200)]
)
def test_page_and_data_file_say_what_the_leaf_commits_to(client: Client, scene: Scene, name: str, status: int) -> None:
    rid = scene.records[name].public_id
    twin, page = client.get(f"/penalties/{rid}.json"), client.get(f"/penalties/{rid}/")
    assert (twin.status_code, page.status_code) == (status, status)
    said = twin.json()
    leaf = json.loads(RegisterLeaf.objects.filter(rid=rid).latest("seq").leaf)
    register = said["register"]
    assert (said["public_id"], said["content_digest"]) == (rid, leaf["commit"])
    assert {key: register[key] for key in ("ver", "ev", "at", "commit")} == {
        key: leaf[key] for key in ("ver", "ev", "at", "commit")
    }
    assert register["leaf"] == leaf["seq"]
    assert commit(bytes.fromhex(register["salt"]), said["content"]) == leaf["commit"]
    assert said["content"]["version"] == leaf["ver"]
    shown = fields_of(page.content.decode())
    for key, value in said["content"].items():
        if key not in ("version", "files"):
            assert shown[key] == [plain(one) for one in (value if isinstance(value, list) else [value])], key
    assert set(shown) == set(said["content"]) - {"version", "files"}
    if status == 410:
        assert "李样本" not in page.content.decode() + twin.content.decode()
        assert "party" not in said["content"]


def test_the_record_page_offers_the_proof(client: Client, scene: Scene) -> None:
    text = unescape(client.get(f"/penalties/{scene.records['company'].public_id}/").content.decode())
    proof = client.get("/register/proof?leaf=0").json()
    assert "校验这条记录" in text
    assert all(one in text for one in (proof["leaf_hash"], *proof["path"], RegisterLeaf.objects.get(seq=0).leaf))
    fresh = client.get(f"/penalties/{scene.records['warned'].public_id}/").content.decode()
    assert "最迟一小时" in fresh
    tasks.make_checkpoint()
    assert "最迟一小时" not in client.get(f"/penalties/{scene.records['warned'].public_id}/").content.decode()


def test_the_minute_after_the_last_day_shows_nothing_of_the_party(client: Client, scene: Scene) -> None:
    """Past midnight the law comes first, even before the record has expired in the register."""
    rid = scene.records["company"].public_id
    with time_machine.travel("2026-07-08T16:00:01Z", tick=False):
        for address in (f"/penalties/{rid}/", f"/penalties/{rid}.json"):
            answer = client.get(address)
            assert answer.status_code == 410
            assert "示例货运" not in answer.content.decode()
        tasks.expire_records()
        said = client.get(f"/penalties/{rid}.json").json()
        assert (said["register"]["ev"], said["content"]["notice"]) == ("expire", "公示期满")
