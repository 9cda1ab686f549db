"""The export opens from a disk: every link leads to a file beside it or to the site, and nothing asks a server."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction

from disclosure.actions.ending import end_core
from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord, RecordState
from disclosure.portal.inside import ask
from disclosure.portal.static_site.links import rewritten
from disclosure.portal.static_site.swapping import swap
from lishu_law import clock
from tests.disclosure.open_data.reading import csv_rows, xlsx_rows

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def export(folder: Path) -> Path:
    call_command("export_site", str(folder), verbosity=0)
    return folder


def shown() -> list[DisclosureRecord]:
    return list(DisclosureRecord.objects.filter(display_until__gte=date(2026, 4, 13), state="published"))


@pytest.mark.django_db
def test_every_link_leads_to_a_file_or_to_the_site(tmp_path: Path) -> None:
    seed_records(45, pending=0)
    site = export(tmp_path / "site")
    pages = sorted(site.rglob("*.html"))
    linked: set[Path] = set()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<form" not in text
        assert "<script" not in text
        assert "副本" in text
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            if link.startswith((SITE, "#", "tel:", "data:")):
                continue
            assert not link.startswith("/"), (page, link)
            target = (page.parent / unquote(urldefrag(link)[0])).resolve()
            assert target.is_file(), (page, link)
            linked.add(target)
    for record in shown():
        assert (site / f"penalties/{record.public_id}/index.html").resolve() in linked
        assert json.loads((site / f"penalties/{record.public_id}.json").read_bytes())["public_id"] == record.public_id
    assert (site / "penalties/page-2.html").resolve() in linked
    assert (site / "static/css/tokens.css").resolve() in linked
    assert len(csv_rows((site / "penalties.csv").read_bytes())) == len(shown())
    years = {record.decided_on.year for record in shown()}
    assert sum(len(xlsx_rows((site / f"open/penalties-{year}.xlsx").read_bytes())) - 1 for year in years) == len(
        shown()
    )
    assert any(page.match("benchmarks/*/index.html") for page in pages)
    gone = DisclosureRecord.objects.filter(display_until__lt=date(2026, 4, 13)).first()
    assert gone is not None
    notice = (site / f"penalties/{gone.public_id}/index.html").read_text(encoding="utf-8")
    assert gone.number in notice
    assert 'data-field="party"' not in notice
    assert 'data-field="facts"' not in notice


@pytest.mark.django_db
def test_an_export_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    seed_records(3, pending=0)
    site = export(tmp_path / "site")
    record = shown()[0]
    (site / "penalties/left-over.html").write_text("x", encoding="utf-8")
    party = record.party_display
    record.state, record.withdrawn_on = RecordState.WITHDRAWN, date(2026, 4, 13)
    record.withdrawal_reason = "复议机关撤销了处罚决定。"
    with transaction.atomic():
        end_core(record, clock.now(), ["withdrawn_on", "withdrawal_reason"])
    export(site)
    assert not (site / "penalties/left-over.html").exists()
    assert party not in (site / "penalties/index.html").read_text(encoding="utf-8")
    assert "复议机关撤销了" in (site / f"penalties/{record.public_id}/index.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.django_db
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CommandError, match="有别的文件"):
        export(tmp_path)
    with pytest.raises(CommandError, match="不是文件夹"):
        export(tmp_path / "mine.txt")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match="不是文件夹"):
        export(tmp_path / "link")
    assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", "link"}
    (tmp_path / "empty").mkdir()
    assert (export(tmp_path / "empty") / "index.html").is_file()


@pytest.mark.django_db
def test_a_failed_export_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed_records(2, pending=0)
    site = export(tmp_path / "site")
    before = (site / "penalties/index.html").read_bytes()
    DisclosureRecord.objects.filter(pk=shown()[0].pk).update(content={})  # a page of it cannot be made
    with pytest.raises(KeyError):
        export(site)
    assert (site / "penalties/index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_swapping_two_folders(tmp_path: Path) -> None:
    for name in ("new", "old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    swap(tmp_path / "new", tmp_path / "old")
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["new"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["old"]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<a href="/penalties/">列</a>', '<a href="../index.html">列</a>'),
        ('<a href="/desk/?a=1&amp;b=2">x</a>', f'<a href="{SITE}/desk/?a=1&amp;b=2">x</a>'),
        ('<a href="#main">x</a>', '<a href="#main">x</a>'),
        ('<a href="/penalties/#top">x</a>', '<a href="../index.html#top">x</a>'),
        ("<p>a</p><form action=x><div><input><br>y</div></form><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p data-live>a<b>c</b></p>d", "d"),
        ("<br data-live>d", "d"),
        ("<p>&lt;&amp;&#39;&nbsp;</p>", "<p>&lt;&amp;&#39;&nbsp;</p>"),
        ("<!doctype html><main id=m>x</main>", "<!doctype html><main id=m>NOTEx</main>"),
        ('<img src="/x.png" alt="&quot;">', f'<img src="{SITE}/x.png" alt="&quot;">'),
    ],
)
def test_rewriting(html: str, wanted: str) -> None:
    files = {"/penalties/": "penalties/index.html"}
    assert wanted == rewritten(
        html, address="/penalties/a/", file="penalties/a/index.html", find=files.get, site=SITE, note="NOTE"
    )


@pytest.mark.parametrize("address", ["/desk/", "/cases/", "/disclosure/"])
def test_no_page_of_the_staff_is_asked_from_inside(address: str) -> None:
    with pytest.raises(ValueError, match="no public page"):
        ask(address)
