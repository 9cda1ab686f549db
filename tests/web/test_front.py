"""The site behind a proxy: the path below which it is shown, and whose request it is."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from lishu_law import env
from lishu_law.front import behind_proxy, client_address
from lishu_law.web.apps import public_address_has_prefix

PROXIES = [ip_network("127.0.0.1"), ip_network("172.16.0.0/12"), ip_network("::1")]


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("/xzcf/penalties/", "/penalties/"),
        ("/penalties/", "/penalties/"),  # the proxy took it off already
        ("/xzcf/", "/"),
        ("/xzcf", "/"),
        ("/xzcfg/penalties/", "/xzcfg/penalties/"),
        ("/xzcf/xzcf/", "/xzcf/"),
    ],
)
def test_the_path_is_taken_off_once(asked: str, seen: str) -> None:
    found: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        found.update(environ)
        return []

    behind_proxy(application, "/xzcf", [])({"PATH_INFO": asked, "REMOTE_ADDR": "203.0.113.9"}, None)
    assert (found["PATH_INFO"], found["REMOTE_ADDR"]) == (seen, "203.0.113.9")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (
            "127.0.0.1",
            "198.51.100.1, 203.0.113.9, 172.18.0.1",
            "203.0.113.9",
        ),  # what the client wrote counts for nothing
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # nobody of ours said that
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, nonsense, 172.18.0.1", "172.18.0.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_client_is_the_last_address_that_is_no_proxy(peer: str, forwarded: str, client: str) -> None:
    assert client_address(peer, forwarded, PROXIES) == client


def test_settings_with_a_typo_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, read, wrong in (
        ("LISHU_PREFIX", env.path_prefix, ("xzcf", "/xz cf", "/a/../b", "//xzcf")),
        ("LISHU_FRAME_PARENTS", env.origins, ("www.example.gov.cn", "https://a.cn/path", "https://a.cn;script-src *", "*")),
        ("LISHU_PROXIES", env.networks, ("proxy", "10.0.0.0/33", "10.0.0.1/8")),
    ):  # fmt: skip
        for text in wrong:
            monkeypatch.setenv(name, text)
            with pytest.raises(ImproperlyConfigured, match=name):
                read(name)
        monkeypatch.setenv(name, "")
        assert not read(name)
    monkeypatch.setenv("LISHU_PREFIX", "/xzcf/")
    assert env.path_prefix("LISHU_PREFIX") == "/xzcf"


def test_both_settings_have_to_speak_of_the_same_path(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://www.example.gov.cn"
    assert public_address_has_prefix() == []
    settings.PREFIX = "/xzcf"
    assert [one.id for one in public_address_has_prefix()] == ["web.E001"]
    settings.PUBLIC_BASE_URL += "/xzcf"
    assert public_address_has_prefix() == []
    settings.PREFIX, settings.SITE = "", "staff"  # its own root; the public's addresses are elsewhere
    assert public_address_has_prefix() == []
