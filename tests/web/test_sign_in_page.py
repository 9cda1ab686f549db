"""Sign-in: one answer for wrong name and wrong password, lock-out after five, no redirect to elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lishu_law.audit.models import JournalEntry
from lishu_law.registry.models.people import User
from lishu_law.registry.roles import Role

PASSWORD = "correct horse battery"


def attempt(client: Client, name: str = "officer", password: str = "wrong", **more: str):
    return client.post("/sign-in/", {"username": name, "password": password, **more})


def test_right_password_opens_the_desk(officer: User) -> None:
    response = attempt(Client(), password=PASSWORD)
    assert response.status_code == 303
    assert response["Location"] in ("/desk/", "/me/")
    assert JournalEntry.objects.filter(action="sign_in.ok").count() == 1


def test_wrong_name_and_wrong_password_look_the_same(officer: User) -> None:
    pages = []
    for name in ("officer", "nobody"):
        response = attempt(Client(), name=name)
        assert response.status_code == 422
        page = response.content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1][:64]
        pages.append(page.replace(token, "").replace(name, ""))
    assert pages[0] == pages[1]
    assert "用户名或口令不对" in pages[0]


def test_password_is_never_sent_back(officer: User) -> None:
    assert b"very-secret" not in attempt(Client(), password="very-secret").content


def test_empty_fields_are_named(db) -> None:
    page = attempt(Client(), name="", password="").content.decode()
    assert page.count("请填写用户名。") == 2
    assert page.count("请填写口令。") == 2


def test_fifth_failure_locks_even_the_right_password(officer: User) -> None:
    client = Client()
    statuses = [attempt(client).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    locked = attempt(client, password=PASSWORD)
    assert locked.status_code == 429
    assert "停用 15 分钟" in locked.content.decode()
    assert not JournalEntry.objects.filter(action="sign_in.ok").exists()


def test_lock_out_of_one_is_not_a_lock_out_of_all(officer: User, person: Callable[..., User]) -> None:
    person("second", Role.OFFICER)
    for _ in range(5):
        attempt(Client())
    assert attempt(Client(), name="second", password=PASSWORD).status_code == 303


def test_four_failures_are_forgotten_after_success(officer: User) -> None:
    client = Client()
    for _ in range(4):
        attempt(client)
    assert attempt(client, password=PASSWORD).status_code == 303
    assert [attempt(Client()).status_code for _ in range(4)] == [422] * 4


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/help/?a=1", "/help/?a=1"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("/\\evil.example", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_next_never_leads_out(officer: User, wanted: str, goes_to: str | None) -> None:
    response = attempt(Client(), password=PASSWORD, next=wanted)
    assert response["Location"] in ([goes_to] if goes_to else ["/desk/", "/me/"])


def test_sign_out_is_a_post_and_clears_the_browser(officer: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(officer)
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/me/").status_code == 302


def test_type_size_of_the_person_arrives_on_a_new_device(person: Callable[..., User]) -> None:
    person("elder", Role.OFFICER, big_type=True)
    client = Client()
    attempt(client, name="elder", password=PASSWORD)
    assert client.cookies["big"].value == "1"
    assert '<html lang="zh-CN" class="big">' in client.get("/me/").content.decode()
