"""Pages of the editions: who may open them, what they say, how many statements they take."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Edition, EditionState, RowConfirmation
from cases.queries.editions import unconfirmed_rows
from lishu_law import clock
from tests.cases.editions.files import as_csv, as_workbook, ordered, received, shipped_rows
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Any) -> Cast:
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def typed(**changed: Any) -> dict[str, Any]:
    return {"name": "交通运输行政处罚裁量基准", "label": "2026年版", "level": "own", **changed}


def test_from_the_file_to_force(cast: Cast) -> None:
    legal, head = client_of(cast.reviewer), client_of(cast.head)
    rows = shipped_rows("benchmark")
    rows[0] |= {"conditions": "另一种说法"}
    answer = legal.post(reverse("edition-import-new", args=["benchmark"]), typed(file=as_workbook(rows)))
    page = legal.get(answer["Location"]).content.decode()
    assert "检查了 581 行，没有发现错误" in page
    reference = answer["Location"].rstrip("/").rsplit("/", 1)[-1]
    answer = legal.post(reverse("edition-import-order", args=[reference]))
    edition = Edition.objects.get(load__reference=reference)
    own = reverse("edition", args=[edition.reference])
    assert answer["Location"] == own
    page = legal.get(own).content.decode()
    assert "有 1 行不同" in page
    assert "另一种说法" in page
    assert "公布施行</a>" not in page
    legal.post(reverse("edition-review", args=[edition.reference]), {"agree": "yes", "opinion": "逐行核对无误。"})
    release = {
        "document_no": "梨交发〔2026〕3号", "published_on": "2026-03-01", "published_at": "县政府网站",
        "in_force_from": "2026-02-01",
    }  # fmt: skip
    refused = head.post(reverse("edition-release", args=[edition.reference]), release)
    assert refused.status_code == 422
    assert "施行日期不能早于公布日期" in refused.content.decode()
    assert "梨交发〔2026〕3号" in refused.content.decode()
    head.post(reverse("edition-release", args=[edition.reference]), release | {"in_force_from": "2026-03-01"})
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLISHED
    legal.post(reverse("edition-filing", args=[edition.reference]), {"filed_no": "备案1号", "filed_on": "2026-03-05"})
    assert "备案1号" in legal.get(own).content.decode()
    table = legal.get(reverse("edition-file", args=[edition.reference])).content.decode()
    assert table.count("\r\n") == 582
    assert "另一种说法" in table


def test_faults_are_told_and_nothing_is_written(cast: Cast) -> None:
    legal = client_of(cast.reviewer)
    rows = shipped_rows("benchmark")[:10]
    rows[3] |= {"penalty_max": "999999"}
    answer = legal.post(reverse("edition-import-new", args=["benchmark"]), typed(file=as_csv(rows)))
    page = legal.get(answer["Location"]).content.decode()
    assert "1 行有错" in page
    assert "裁量上限高于法定上限" in page
    reference = answer["Location"].rstrip("/").rsplit("/", 1)[-1]
    faults = legal.get(reverse("edition-import-faults", args=[reference])).content.decode()
    assert "5,裁量上限,错误" in faults
    assert legal.post(reverse("edition-import-order", args=[reference])).status_code == 422
    assert Edition.objects.filter(load__reference=reference).count() == 0
    legal.post(reverse("edition-import-drop", args=[reference]))
    assert "已经放弃" in legal.get(answer["Location"]).content.decode()


def test_a_row_is_confirmed_on_its_own_page(cast: Cast) -> None:
    legal = client_of(cast.reviewer)
    key = unconfirmed_rows(clock.today())[0].key
    assert f"{key}/" in legal.get(reverse("unconfirmed-list")).content.decode()
    page = reverse("confirm-row", args=[key])
    assert "处罚依据" in legal.get(page).content.decode()
    assert legal.post(page, {"source": "国家法律法规数据库，2023年文本"})["Location"] == reverse("unconfirmed-list")
    assert RowConfirmation.objects.get().row_key == key
    assert "已由" in legal.get(page).content.decode()
    assert legal.get(reverse("confirm-row", args=["nothing"])).status_code == 404


def test_who_may(cast: Cast) -> None:
    draft = Edition.objects.get(
        load=ordered(cast.reviewer, received(cast.reviewer, as_csv(shipped_rows("lists")), "lists"))
    )
    officer = client_of(cast.lead)
    assert officer.get(reverse("edition", args=[draft.reference])).status_code == 200
    for name, argument in (
        ("edition-import-new", "lists"),
        ("edition-review", draft.reference),
        ("edition-release", draft.reference),
    ):
        assert officer.get(reverse(name, args=[argument])).status_code == 403
    assert client_of(cast.reviewer).get(reverse("edition-import-new", args=["nonsense"])).status_code == 404
    assert client_of(cast.reviewer).get(reverse("edition", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["edition-list", "unconfirmed-list", "edition", "edition-import-new"])
def test_few_statements(cast: Cast, name: str) -> None:
    edition = Edition.objects.filter(kind="lists").latest("pk")
    client = client_of(cast.reviewer)
    page = reverse(name, args={"edition": [edition.reference], "edition-import-new": ["lists"]}.get(name, []))
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    assert len(captured) - 2 <= 12, [one["sql"] for one in captured]
