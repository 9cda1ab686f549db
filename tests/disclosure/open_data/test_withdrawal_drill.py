"""Published, taken away by everybody in every form, withdrawn by the real action: absent everywhere, at once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord, RecordEvent
from lishu_law import clock
from tests.cast import Cast, make_cast
from tests.disclosure.actions.test_withdraw import REASON, fallen, take_down
from tests.disclosure.open_data.reading import KINDS, ONCE, all_pages, body, xlsx_text
from tests.scenarios import Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Any:
    found = case_at("decision_served", cast)
    with time_machine.travel(found.at + timedelta(hours=1), tick=False):
        yield found


def text_of(data: bytes) -> str:
    return xlsx_text(data) if data.startswith(b"PK") else data.decode()


def everything(client: Client, record: DisclosureRecord, folder: Path) -> dict[str, str]:
    """Every public representation the site has, with headers, and every file of the export."""
    party, year = record.party_display, record.decided_on.year
    asked: list[tuple[str, dict[str, Any]]] = [(address, {}) for address in ONCE]
    asked += [(f"/open/penalties-{year}.{kind}", {}) for kind in KINDS]
    asked += [
        ("/penalties/", {"q": words}) for words in (party, party[:3], party[-6:], record.number, record.content["uscc"])
    ]
    asked += [
        ("/penalties/", {"year": year}),
        ("/penalties/", {"domain": record.domain}),
        ("/penalties/", {"type": "02"}),
    ]
    asked += [("/penalties.json", {"q": party[:6]})]
    asked += [(f"/penalties/{record.public_id}{end}", {}) for end in ("/", ".json", ".jsonld", "/how/")]
    found = {}
    for address, query in asked:
        response = client.get(address, query)
        if response.status_code != 404:
            assert response["Cache-Control"] in ("public, max-age=60, stale-if-error=240", "public, max-age=60"), (
                address
            )
        heads = "\n".join(f"{name}: {value}" for name, value in response.items())
        # The search page and the page of what is not there repeat what was asked.
        is_echo = response.status_code == 404 or ("q" in query and address.endswith("/"))
        said = "" if is_echo else text_of(body(response))
        found[f"{address} {query}"] = f"{response.status_code}\n{heads}\n{said}"
        if "q" in query and address.endswith("/"):
            found[f"{address} {query}"] += str(record.public_id in text_of(body(client.get(address, query))))
    found["all pages of JSON"] = json.dumps(all_pages(client), ensure_ascii=False)
    call_command("export_site", str(folder), verbosity=0)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "static" not in path.parts:
            found[str(path.relative_to(folder))] = text_of(path.read_bytes())
    return found


def test_withdrawn_is_gone_from_every_page_file_feed_and_export(walk: Walk, client: Client, tmp_path: Path) -> None:
    seed_records(12)
    record = fallen(walk)
    secret = (record.party_display, record.content["uscc"], record.content["facts"][:20])
    before = everything(client, record, tmp_path / "site")
    shown = [where for where, text in before.items() if secret[0] in text]
    for where in ("/penalties/ {}", "/penalties.csv {}", "/penalties/atom.xml {}", "/penalties/rss.xml {}"):
        assert where in shown
    for where in (f"penalties/{record.public_id}/index.html", "penalties/index.html", "penalties.csv"):
        assert where in shown
    assert f"open/penalties-{record.decided_on.year}.xlsx" in shown
    assert record.public_id in before["/sitemap.xml {}"] + before["/open/manifest.json {}"]
    take_down(walk, record)
    after = everything(client, record, tmp_path / "site")
    assert [where for where, text in after.items() for value in secret if value in text] == []
    named = {where.split(" ")[0] for where, text in after.items() if record.public_id in text}
    notices = {f"/penalties/{record.public_id}/", f"penalties/{record.public_id}/index.html",
               f"/penalties/{record.public_id}.json", f"penalties/{record.public_id}.json"}  # fmt: skip
    assert named - notices == {
        "/open/tombstones.json", "/penalties/atom.xml", "/penalties/rss.xml",
        "open/tombstones.json", "penalties/atom.xml", "penalties/rss.xml",
    }  # fmt: skip
    stone = next(
        one for one in json.loads(after["open/tombstones.json"])["items"] if one["public_id"] == record.public_id
    )
    assert stone == {
        "public_id": record.public_id, "number": record.number, "kind": "withdrawn", "date": clock.today().isoformat(),
    }  # fmt: skip
    page = after[f"penalties/{record.public_id}/index.html"]
    assert REASON in page
    assert after[f"/penalties/{record.public_id}/ {{}}"].startswith("410")
    assert not (tmp_path / "site" / f"penalties/{record.public_id}.jsonld").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_was_public_on_a_day(walk: Walk, client: Client) -> None:
    record = fallen(walk)
    published = clock.now()
    day = clock.today()
    with time_machine.travel(published + timedelta(days=2), tick=False):
        take_down(walk, record)
        withdrawn = clock.local(clock.now()).isoformat(timespec="seconds")

        def on(shift: int) -> list[dict[str, Any]]:
            return client.get("/penalties.json", {"on": (day + timedelta(days=shift)).isoformat()}).json()["items"]

        assert on(-1) == []
        whole = {
            "public_id": record.public_id, "number": record.number,
            "public_from": clock.local(published).isoformat(timespec="seconds"), "public_until": withdrawn, "now": "withdrawn",
        }  # fmt: skip
        assert on(0) == on(1) == on(2) == [whole]
    with time_machine.travel(published + timedelta(days=4), tick=False):
        assert on(3) == []
        assert on(2) == [whole]


@pytest.mark.django_db
def test_the_boundaries_of_a_day_are_exact(client: Client) -> None:
    midnight = datetime(2026, 4, 12, 16, tzinfo=UTC)  # 00:00 on 13 April in Shanghai
    breath = timedelta(microseconds=1)
    with time_machine.travel(midnight + timedelta(hours=10), tick=False):
        seed_records(6, pending=0)
        rows = list(DisclosureRecord.objects.order_by("id"))
        open_end = {"display_until": date(2026, 7, 1)}
        cases = {
            "published before midnight": {"published_at": midnight - breath, **open_end},
            "published at midnight": {"published_at": midnight, **open_end},
            "last day was yesterday": {
                "published_at": midnight - timedelta(days=9),
                "display_until": date(2026, 4, 12),
            },
            "last day is today": {"published_at": midnight - timedelta(days=9), "display_until": date(2026, 4, 13)},
            "withdrawn at midnight": {"published_at": midnight - timedelta(days=9), **open_end},
            "withdrawn after midnight": {"published_at": midnight - timedelta(days=9), **open_end},
        }
        for row, (name, fields) in zip(rows, cases.items(), strict=True):
            DisclosureRecord.objects.filter(pk=row.pk).update(**fields)
            if name.startswith("withdrawn"):
                at = midnight + (breath if "after" in name else timedelta())
                DisclosureRecord.objects.filter(pk=row.pk).update(
                    state="withdrawn", withdrawn_on=date(2026, 4, 13), withdrawal_reason="依法撤回。", updated_at=at
                )
                RecordEvent.objects.create(record=row, at=at, kind="withdraw")
        names = {row.public_id: name for row, name in zip(rows, cases, strict=True)}

        def on(day: str) -> set[str]:
            return {names[one["public_id"]] for one in client.get("/penalties.json", {"on": day}).json()["items"]}

        assert on("2026-04-12") == set(cases) - {"published at midnight"}
        assert on("2026-04-13") == set(cases) - {"last day was yesterday", "withdrawn at midnight"}
        assert on("2026-04-02") == set()
        shown = client.get("/penalties.json", {"on": "2026-04-12"}).json()["items"]
        ends = {names[one["public_id"]]: (one["public_until"], one["now"]) for one in shown}
        assert ends["last day was yesterday"] == ("2026-04-13T00:00:00+08:00", "expired")
        assert ends["last day is today"] == (None, "shown")
        assert ends["withdrawn at midnight"] == ("2026-04-13T00:00:00+08:00", "withdrawn")
