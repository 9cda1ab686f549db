"""The page of the bound file: who opens it, what it shows while the worker is at it, how an archive is taken away."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.dossier import building
from cases.models import VolumeBuild, VolumeState
from lishu_law.audit.models import JournalEntry
from lishu_law.pdf import machine
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db
SESSION, OTHER = 2, 25
PERFORMERS: tuple[str, ...] = ()  # a volume is made beside the procedure, by no step of it


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(walk: Walk, name: str = "case-volume", *more: str) -> str:
    return reverse(name, args=[walk.case.clue_no, *more])


def test_who_may(cast: Cast) -> None:
    walk = case_at("filed", cast)
    statuses = {name: client_of(user).get(page_of(walk)).status_code for name, user in cast.everybody().items()}
    may = {"lead", "assistant", "squad_leader", "reviewer", "deputy", "second_deputy", "head", "archivist"}
    assert {name for name, status in statuses.items() if status == 200} == may
    assert {status for name, status in statuses.items() if name not in may} == {403, 404}
    case_page = client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert page_of(walk) in case_page


@pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
def test_ordered_waited_for_and_taken(cast: Cast) -> None:
    walk, client = case_at("filed", cast), client_of(cast.lead)
    form = client.get(page_of(walk, "case-volume-make")).content.decode()
    assert "用途" in form
    assert client.post(page_of(walk, "case-volume-make"), {"purpose": ""}).status_code == 422
    posted = {"purpose": "consult", "with_secondary": "on", "op_id": "one"}
    refused = client.post(page_of(walk, "case-volume-make"), posted).content.decode()
    assert "副卷是内部材料" in refused
    posted = {"purpose": "consult", "op_id": "two"}
    for _double_click in range(2):
        assert client.post(page_of(walk, "case-volume-make"), posted)["Location"] == page_of(walk)
    build = VolumeBuild.objects.get()
    waiting = client.get(page_of(walk)).content.decode()
    assert "排队第 1 位" in waiting
    assert 'http-equiv="refresh"' in waiting
    VolumeBuild.objects.update(state=VolumeState.BUILDING, stage="整理材料", done=34, total=120)
    part = client.get(page_of(walk), headers={"HX-Request": "true"})
    assert "整理材料 34/120 页" in part.content.decode()
    assert "<html" not in part.content.decode()
    VolumeBuild.objects.update(state=VolumeState.WAITING)
    building.work(build.pk)
    with CaptureQueriesContext(connection) as queries:
        done = client.get(page_of(walk)).content.decode()
    assert len(queries) - SESSION <= OTHER
    build.refresh_from_db()
    assert build.manifest_sha256 in done
    assert "refresh" not in done
    assert client.get(page_of(walk), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    _taken(client, walk, build)


def _taken(client: Client, walk: Walk, build: VolumeBuild) -> None:
    url = page_of(walk, "case-volume-fetch", build.reference)
    assert client.get(url).status_code == 405
    archive = client.post(url, {"part": "archive"})
    assert archive["Cache-Control"] == "private, no-store"
    assert archive["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    content = b"".join(archive.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        whole = packed.read("main.pdf")
    volume = client.post(url, {"part": "main"})
    assert volume["Content-Type"] == "application/pdf"
    assert int(volume["Content-Length"]) == len(whole)
    assert b"".join(volume.streaming_content) == whole  # type: ignore[attr-defined]
    for part in ("secondary", "supplement", "../x", ""):
        assert client.post(url, {"part": part}).status_code == 404
    assert client.post(page_of(walk, "case-volume-fetch", "nothing"), {"part": "main"}).status_code == 404
    assert client_of(walk.cast.outsider).post(url, {"part": "main"}).status_code == 404
    assert client_of(walk.cast.keeper).post(url, {"part": "main"}).status_code == 403
    assert JournalEntry.objects.filter(action="volume.fetched").count() == 2
