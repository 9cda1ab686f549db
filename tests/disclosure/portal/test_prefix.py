"""The whole portal below /xzcf/: every link, form, style, feed, file and redirect stays below it, and leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import clear_script_prefix, set_script_prefix

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal import leak_gate
from lishu_law.addresses import public_address
from lishu_law.front import behind_proxy
from lishu_law.web.templatetags import components
from tests.database import kept_connection

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
PREFIX, HOST = "/xzcf", "https://www.example.gov.cn"
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
ADDRESS = re.compile(rf"{re.escape(HOST)}[^\s\"'<>\\,]*")
STARTS = ("/", "/penalties/", "/penalties.json", "/robots.txt", "/sitemap.xml", "/m/worker.js", "/m/manifest.webmanifest",
          "/m/offline/", "/register/checkpoint")  # fmt: skip


@pytest.fixture
def site(db: None, settings: Any) -> Iterator[Any]:
    """The WSGI application as the production process makes it with LISHU_PREFIX=/xzcf."""
    settings.PREFIX = settings.FORCE_SCRIPT_NAME = PREFIX
    settings.STATIC_URL = f"{PREFIX}/static/"  # what Django makes of "static/" when the program starts
    settings.SESSION_COOKIE_PATH = f"{PREFIX}/"
    settings.PUBLIC_BASE_URL, settings.ALLOWED_HOSTS = HOST + PREFIX, ["www.example.gov.cn"]
    set_script_prefix(PREFIX)
    components._drawing.cache_clear()  # a process draws each icon once, below its own path
    with time_machine.travel(NOW, tick=False), kept_connection():
        yield behind_proxy(get_wsgi_application(), PREFIX, [])
    clear_script_prefix()
    components._drawing.cache_clear()


def ask(application: Any, address: str) -> tuple[int, dict[str, str], str]:
    """GET as the county portal's proxy asks: with the whole path."""
    parts, said = urlsplit(address), {}
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": parts.path, "QUERY_STRING": parts.query,
        "SERVER_NAME": "www.example.gov.cn", "SERVER_PORT": "80", "HTTP_HOST": "www.example.gov.cn",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
    }  # fmt: skip

    def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        said.update(status=status, headers=dict(headers))

    answer = application(environ, start)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    text = "" if said["headers"].get("Content-Type", "").startswith("application/vnd") else body.decode()
    return int(said["status"][:3]), said["headers"], text


def named_in(address: str, headers: dict[str, str], text: str) -> set[str]:
    """Every address of the site that an answer names, as a browser or a program would follow it."""
    found = {one for one in ADDRESS.findall(text) if "{" not in one}
    if headers.get("Content-Type", "").startswith("text/html"):
        found |= {urljoin(HOST + address, unescape(link)) for link in LINK.findall(text)}
    if "Location" in headers:
        found.add(urljoin(HOST + address, headers["Location"]))
    ours = {one.split("#")[0] for one in found if one.startswith(HOST) and not one.endswith("/register")}
    return {one for one in ours if not urlsplit(one).query.startswith("after")}


def test_whoever_follows_every_link_never_leaves_the_prefix_and_misses_nothing(site: Any) -> None:
    seed_records(25, pending=0)
    gone = DisclosureRecord.objects.filter(state=RecordState.PUBLISHED).order_by("pk")[0]
    DisclosureRecord.objects.filter(pk=gone.pk).update(display_until=date(2026, 4, 1))
    waiting, done, wrong = {f"{HOST}{PREFIX}{start}" for start in STARTS}, set(), []
    kinds: set[str] = set()
    while waiting:
        whole = waiting.pop()
        address = whole.removeprefix(HOST)
        done.add(whole)
        if not address.startswith(f"{PREFIX}/") and address != PREFIX:
            wrong.append((address, "outside"))
            continue
        # One of each shape is enough: every record's page is made by the same code.
        shape = re.sub(r"[0-9]{4}-[a-z2-7]{10}|\?.*|[a-z]+-[a-z-]+(?=/$)", "*", address)
        if shape in kinds:
            continue
        kinds.add(shape)
        status, headers, text = ask(site, address)
        if status not in (200, 302, 303, 410) and not address.endswith("/register/checkpoint"):
            wrong.append((address, status))
        waiting |= named_in(address, headers, text) - done
    assert wrong == []
    assert {f"{PREFIX}/", f"{PREFIX}/penalties/", f"{PREFIX}/penalties/*/", f"{PREFIX}/penalties/*.json",
            f"{PREFIX}/penalties/atom.xml", f"{PREFIX}/open/catalog.json", f"{PREFIX}/open/penalties-2026.xlsx",
            f"{PREFIX}/static/css/site.css", f"{PREFIX}/procedures/", f"{PREFIX}/register/"} <= kinds  # fmt: skip


def test_programs_find_the_prefix_where_they_look_for_it(site: Any) -> None:
    seed_records(3, pending=0)
    assert f"Disallow: {PREFIX}/penalties.json" in ask(site, f"{PREFIX}/robots.txt")[2]
    description = json.loads(ask(site, f"{PREFIX}/open/openapi.json")[2])
    assert description["servers"] == [{"url": HOST + PREFIX}]
    assert "/penalties.json" in description["paths"]
    worker = ask(site, f"{PREFIX}/m/worker.js")[2]
    assert f'const OFFLINE = "{PREFIX}/m/offline/"' in worker
    assert f'startsWith("{PREFIX}/static/")' in worker
    manifest = json.loads(ask(site, f"{PREFIX}/m/manifest.webmanifest")[2])
    assert {manifest["scope"], manifest["start_url"], manifest["id"]} == {f"{PREFIX}/m/"}


def test_redirects_and_cookies_stay_below_it(site: Any) -> None:
    status, headers, _text = ask(site, f"{PREFIX}/desk/")
    assert (status, headers["Location"]) == (302, f"{PREFIX}/sign-in/?next={PREFIX}/desk/")
    status, headers, _text = ask(site, f"{PREFIX}/view-mode/?big=1&back={PREFIX}/penalties/")
    assert (status, headers["Location"]) == (303, f"{PREFIX}/penalties/")
    assert f"Path={PREFIX}/" in headers["Set-Cookie"]
    assert ask(site, f"{PREFIX}/view-mode/?back=https://elsewhere.example/")[1]["Location"] == f"{PREFIX}/"


def test_what_is_asked_from_inside_works_below_it_too(site: Any, tmp_path: Path) -> None:
    seed_records(3, pending=0)
    assert leak_gate.scan(date(2026, 4, 13)).found == 0
    call_command("export_site", str(tmp_path / "site"), verbosity=0)
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "penalties" / "index.html").is_file()
    assert (tmp_path / "site" / "procedures" / "index.html").is_file()
    assert (tmp_path / "site" / "procedures" / "ordinary" / "index.html").is_file()
    assert (tmp_path / "site" / "static" / "css" / "site.css").is_file()
    assert 'href="penalties/index.html"' in page
    assert f"{PREFIX}{PREFIX}" not in page
    assert f'href="{HOST}{PREFIX}/"' in page


def test_a_process_at_its_own_root_still_names_the_public_addresses(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = HOST + PREFIX
    assert public_address("penalty-list") == f"{HOST}{PREFIX}/penalties/"
