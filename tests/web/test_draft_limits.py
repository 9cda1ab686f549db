"""The draft address: whose draft, how large, how long, never a secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from lishu_law import clock
from lishu_law.registry.models.people import User
from lishu_law.web import drafts
from lishu_law.web.models import Draft


@pytest.fixture
def client(officer: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(officer)


def test_autosave_answers_with_the_time_and_leaves_out_secrets(client: Client, officer: User) -> None:
    sent = {"_draft_key": "/x/", "_draft_title": "立案", "facts": "甲", "password": "s", "version": "3", "op_id": "o"}
    answer = client.post("/drafts/save/", sent)
    assert answer.json()["saved_at"].count(":") == 2
    draft = Draft.objects.get(user=officer, key="/x/")
    assert (json.loads(draft.payload), draft.title) == ({"facts": ["甲"]}, "立案")


def test_last_writer_wins(client: Client) -> None:
    for text in ("甲", "乙"):
        client.post("/drafts/save/", {"_draft_key": "/x/", "facts": text})
    assert json.loads(Draft.objects.get().payload) == {"facts": ["乙"]}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"facts": "甲"}, 400),
        ({"_draft_key": "https://elsewhere/", "facts": "甲"}, 400),
        ({"_draft_key": "/x/", "facts": "字" * 200_000}, 200),
        ({"_draft_key": "/x/", "facts": "字" * 200_001}, 413),
        ({"_draft_key": "/x/" + "y" * 300, "facts": "甲"}, 200),
        ({"_draft_key": "/x/", "fac\x00ts": "\x00"}, 200),
    ],
    ids=["no key", "foreign key", "largest", "one more", "long key", "nul"],
)
def test_limits(client: Client, sent: dict[str, str], status: int) -> None:
    assert client.post("/drafts/save/", sent).status_code == status


def test_nobody_reads_anothers_draft(officer: User, person: Callable[..., User]) -> None:
    drafts.save(officer, "/x/", QueryDict("facts=a"))
    assert drafts.load(person("other"), "/x/") is None


@pytest.mark.parametrize(
    ("age", "is_there"), [(timedelta(days=30) - timedelta(minutes=1), True), (timedelta(days=30, minutes=1), False)]
)
def test_draft_dies_after_thirty_days(officer: User, age: timedelta, is_there: bool) -> None:
    drafts.save(officer, "/x/", QueryDict("facts=a"))
    Draft.objects.update(saved_at=clock.now() - age)
    assert (drafts.load(officer, "/x/") is not None) is is_there


def test_autosave_needs_sign_in_and_token(officer: User) -> None:
    assert Client().post("/drafts/save/", {"_draft_key": "/x/"}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post("/drafts/save/", {"_draft_key": "/x/"}).status_code == 403


def test_what_was_typed_stands_in_the_database_as_cipher_text_only(client: Client) -> None:
    client.post("/drafts/save/", {"_draft_key": "/x/", "party_id_number": "220399199001010019"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM web_draft")
        stored = cursor.fetchone()[0]
    assert stored.startswith("k1:")
    assert "220399" not in stored
