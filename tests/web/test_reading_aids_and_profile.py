"""大字版, 高对比 and the profile page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.registry.models.people import Certificate, User


@pytest.mark.parametrize(
    ("asked", "html"),
    [
        ("big=1", '<html lang="zh-CN" class="big">'),
        ("contrast=1", '<html lang="zh-CN" class=" contrast">'),
        ("big=1&contrast=1", '<html lang="zh-CN" class="big contrast">'),
        ("big=7", '<html lang="zh-CN">'),
    ],
)
def test_switch_is_a_link_and_a_cookie(asked: str, html: str) -> None:
    client = Client()
    response = client.get(f"/view-mode/?{asked}&back=/help/")
    assert (response.status_code, response["Location"]) == (303, "/help/")
    assert html in client.get("/help/").content.decode()


def test_switches_go_off_again() -> None:
    client = Client()
    client.get("/view-mode/?big=1&contrast=1")
    client.get("/view-mode/?contrast=0")
    assert 'class="big"' in client.get("/help/").content.decode()
    client.get("/view-mode/?reset=1")
    assert '<html lang="zh-CN">' in client.get("/help/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "help/", "/\\evil.example", ""])
def test_switch_never_leads_out(back: str) -> None:
    assert Client().get("/view-mode/", {"big": "1", "back": back})["Location"] == "/"


def test_links_keep_the_whole_address_with_its_query() -> None:
    page = Client().get("/help/?q=a&b=//x").content.decode()
    assert "back=%2Fhelp%2F%3Fq%3Da%26b%3D%2F%2Fx" in page
    assert '<html lang="zh-CN" class="big">' in Client().get("/help/?v=big").content.decode()


def test_profile_shows_certificates_and_their_validity(officer: User, signed_in: Callable[[User], Client]) -> None:
    today = clock.today()
    for number, until in (("旧证", -1), ("快到期证", 0), ("新证", 400)):
        Certificate.objects.create(
            user=officer,
            number=number,
            issuer="演示发证机关",
            valid_from=today - timedelta(days=500),
            valid_until=today + timedelta(days=until),
        )
    page = signed_in(officer).get("/me/").content.decode()
    for words in ("现在无效", "快到期", "有效", "执法一中队", "执法人员", "N-officer"):
        assert words in page


def test_profile_saves_the_type_size_once_in_the_journal(officer: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(officer)
    response = client.post("/me/", {"size": "big", "op_id": "a"})
    assert response.cookies["big"].value == "1"
    officer.refresh_from_db()
    assert officer.big_type
    assert JournalEntry.objects.filter(action="profile.type_size").count() == 1
    back = client.post("/me/", {"size": "standard", "op_id": "b"})
    assert back.cookies["big"].value == ""


def test_staff_page_asks_few_queries(
    officer: User, signed_in: Callable[[User], Client], django_assert_max_num_queries
) -> None:
    client = signed_in(officer)
    client.get("/me/")
    with django_assert_max_num_queries(5):  # session, person, person with unit, certificates, draft
        client.get("/me/")
