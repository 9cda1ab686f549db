"""Pages of draws: the whole way by forms alone, what each costs, and what the public sees at which moment."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspections.actions.draws import NewStratum, void_draw
from inspections.draw import files
from inspections.models import Draw, DrawState, InspectionPlan, VoidReason
from inspections.queries.draws import drawn_rows
from lishu_law.registry.models import Party, PartyKind, SubjectKind
from tests.inspections.browsing import client_of
from tests.inspections.draw_scenes import (
    FREIGHT,
    FROZEN_AT,
    PUBLISHED_AT,
    drawn,
    enrol,
    frozen,
    make_objects,
    officers,
    prepared,
    published,
    stocked,
)
from tests.inspections.scenes import Scene

SESSION_AND_USER = 2
LIST, OTHER = 12, 25


def typed_draw(scene: Scene, **changed: Any) -> dict[str, Any]:
    return {
        "title": "2026 年道路货运企业双随机抽查", "matters": [scene.matter.pk], "plan_line": "3", "recent_months": "6",
        "team_size": "2", "ratio_0": "20", "speciality_0": "freight", **changed,
    }  # fmt: skip


@pytest.fixture
def _then() -> Any:
    with time_machine.travel(FROZEN_AT, tick=False) as traveller:
        yield traveller


def test_the_whole_way_by_forms(scene: Scene, _then: Any) -> None:
    stocked(scene)
    operator = client_of(scene.cast.squad_leader)
    answer = operator.post("/inspections/draws/new/", typed_draw(scene), follow=True)
    row = Draw.objects.get()
    assert answer.status_code == 200
    assert "已准备" in answer.content.decode()
    address = f"/inspections/draws/{row.draw_no}/"
    assert operator.post(f"{address}freeze/", {"version": row.version}).status_code == 303
    row.refresh_from_db()
    typed = {"version": row.version, "witness": scene.cast.reviewer.pk, "recording_no": "LX-2026-1"}
    assert operator.post(f"{address}run/", typed).status_code == 303
    row.refresh_from_db()
    name = drawn_rows(row)[0].object_no
    typed = {"version": row.version, "what": "object", "reason": "closed", "note": "现场核对，已经注销"}
    assert operator.post(f"{address}objects/{name}/redraw/", typed).status_code == 303
    row.refresh_from_db()
    checker = client_of(scene.cast.checker)
    assert checker.post(f"{address}publish/", {"version": row.version}).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.plan_line, row.recording_no) == (DrawState.PUBLISHED, "3", "LX-2026-1")
    page = checker.get(address).content.decode()
    assert "现场核对，已经注销" in page
    assert "公示检查结果" in page


def test_what_stops_the_freezing_stands_on_the_page_and_in_the_refusal(scene: Scene, _then: Any) -> None:
    make_objects(3)
    row = prepared(scene)
    operator = client_of(scene.cast.squad_leader)
    page = operator.get(f"/inspections/draws/{row.draw_no}/").content.decode()
    assert "现在还不能冻结" in page
    assert "名录资料没有填" in page  # the register of officers says why
    answer = operator.post(f"/inspections/draws/{row.draw_no}/freeze/", {"version": row.version})
    assert answer.status_code == 422
    assert "现在可以派出的执法人员只有 0 名" in answer.content.decode()


def test_a_stale_page_is_told(scene: Scene, _then: Any) -> None:
    row = prepared(stocked(scene))
    answer = client_of(scene.cast.squad_leader).post(f"/inspections/draws/{row.draw_no}/freeze/", {"version": 99})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ratio_0", "101", "100"), ("ratio_0", "五", "数"), ("ratio_0", "1.234", "小数"), ("team_size", "1", "2"),
        ("recent_months", "-1", "0"), ("matters", [], "请至少选一个抽查事项"), ("title", "", "抽查名称"),
        ("ratio_0", "", "请至少给一类对象填写抽取比例"),
    ],
)  # fmt: skip
def test_bad_input_is_said_and_nothing_is_lost(scene: Scene, _then: Any, field: str, value: Any, said: str) -> None:
    stocked(scene)
    answer = client_of(scene.cast.squad_leader).post("/inspections/draws/new/", typed_draw(scene, **{field: value}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert 'value="3"' in page
    assert not Draw.objects.exists()


def test_without_a_published_plan_the_page_leads_to_it(scene: Scene, _then: Any) -> None:
    stocked(scene)
    InspectionPlan.objects.all().delete()
    page = client_of(scene.cast.squad_leader).post("/inspections/draws/new/", typed_draw(scene)).content.decode()
    assert "2026 年度检查计划还没有公布" in page
    assert "/inspections/plans/" in page


def test_every_page_stays_under_its_ceiling(scene: Scene) -> None:
    make_objects(120)
    enrol(*officers(scene))
    row, other = published(scene), prepared(scene)
    name = drawn_rows(row)[0].object_no
    operator, public = client_of(scene.cast.squad_leader), Client()
    costs = {}
    staff = {
        "/inspections/draws/": LIST, "/inspections/draws/new/": OTHER, f"/inspections/draws/{row.draw_no}/": OTHER,
        f"/inspections/draws/{other.draw_no}/": OTHER, f"/inspections/draws/{other.draw_no}/edit/": OTHER,
        f"/inspections/draws/{row.draw_no}/objects/{name}/redraw/": OTHER,
    }  # fmt: skip
    everybody = {"/draws/": LIST, f"/draws/{row.draw_no}/": OTHER, f"/draws/{row.draw_no}/all.zip": OTHER}
    with time_machine.travel(PUBLISHED_AT + timedelta(hours=1), tick=False):
        for client, pages, more in ((operator, staff, SESSION_AND_USER), (public, everybody, 0)):
            for address, most in pages.items():
                with CaptureQueriesContext(connection) as caught:
                    answer = client.get(address)
                assert answer.status_code == 200, address
                costs[address] = (len(caught), most + more)
    assert {address: cost for address, cost in costs.items() if cost[0] > cost[1]} == {}


def test_a_long_result_is_paged_by_key(scene: Scene) -> None:
    make_objects(300)
    enrol(*officers(scene))
    row = published(scene)
    first = Client().get(f"/draws/{row.draw_no}/").content.decode()
    assert "after=S01.50" in first
    second = Client().get(f"/draws/{row.draw_no}/?after=S01.50").content.decode()
    names = [one.object_no for one in drawn_rows(row)]
    assert names[49] in first
    assert names[50] in second
    assert names[49] not in second
    assert "after=S01" not in second
    assert Client().get(f"/draws/{row.draw_no}/?after=%00.x").content.decode().count(names[0]) > 0


def test_the_public_sees_the_promise_first_and_the_result_when_it_is_published(scene: Scene) -> None:
    public = Client()
    row = prepared(stocked(scene))
    assert public.get(f"/draws/{row.draw_no}/").status_code == 404
    assert row.draw_no not in public.get("/draws/").content.decode()
    Draw.objects.all().delete()
    row = frozen(scene)
    page = public.get(f"/draws/{row.draw_no}/").content.decode()
    assert row.nonce_hash in page
    assert row.commitment_digest in page
    assert public.get(f"/draws/{row.draw_no}/{files.POOL}").status_code == 200
    assert row.draw_no in public.get("/draws/").content.decode()
    row = drawn(scene)
    page = public.get(f"/draws/{row.draw_no}/").content.decode()
    assert row.seed not in page
    for name in files.DRAWN:
        assert public.get(f"/draws/{row.draw_no}/{name}").status_code == 404
    with zipfile.ZipFile(io.BytesIO(public.get(f"/draws/{row.draw_no}/all.zip").content)) as archive:
        assert set(archive.namelist()) == {*files.FROZEN, files.PROGRAM}


def test_a_citizen_downloads_everything_and_recomputes_it(scene: Scene, tmp_path: Path) -> None:
    row = published(stocked(scene))
    answer = Client().get(f"/draws/{row.draw_no}/all.zip")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "-S", files.PROGRAM, "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "核验一致", done.stdout + done.stderr
    assert row.commitment_digest in done.stdout
    program = Client().get("/draws/recompute.py")
    assert program.content == (tmp_path / files.PROGRAM).read_bytes()
    assert "attachment" in program["Content-Disposition"]
    for name in (*files.FROZEN, *files.DRAWN):
        assert Client().get(f"/draws/{row.draw_no}/{name}").content == (tmp_path / name).read_bytes()


def test_nothing_of_a_person_is_public(scene: Scene) -> None:
    stocked(scene, 6)
    shop = make_objects(1, first=700, kind=SubjectKind.SHOP)[0]
    Party.objects.filter(pk=shop.party_id).update(kind=PartyKind.INDIVIDUAL_BUSINESS, name="示例某某货运部")
    row = published(scene, NewStratum(FREIGHT, "道路货运（普货）", Decimal(100)))
    assert row.drawn.filter(subject=shop).exists()
    texts = [Client().get(f"/draws/{row.draw_no}/").content.decode(), Client().get("/draws/").content.decode()]
    texts += [Client().get(f"/draws/{row.draw_no}/{name}").content.decode() for name in (*files.FROZEN, *files.DRAWN)]
    people = [*officers(scene), scene.cast.squad_leader, scene.cast.reviewer, scene.cast.checker]
    for text in texts:
        assert "示例某某货运部" not in text
        assert not [user for user in people if user.full_name in text or user.staff_number in text]
    assert "B 一般" not in texts[0]


def test_a_draw_given_up_stays_in_the_list_with_its_reason(scene: Scene) -> None:
    row = prepared(stocked(scene))
    void_draw(draw_id=row.pk, version=None, by=scene.cast.head, reason=VoidReason.FAILURE, note="内部情况")
    page = Client().get(f"/draws/{row.draw_no}/").content.decode()
    assert "系统故障" in page
    assert "内部情况" not in page
    assert row.draw_no in Client().get("/draws/").content.decode()
    assert Client().get(f"/draws/{row.draw_no}/{files.POOL}").status_code == 404


def test_public_pages_need_no_cookie_and_are_cached_briefly(scene: Scene) -> None:
    row = published(stocked(scene))
    for address in ("/draws/", f"/draws/{row.draw_no}/", f"/draws/{row.draw_no}/{files.POOL}", "/draws/recompute.py"):
        answer = Client().get(address)
        assert answer.cookies == {}
        assert answer["Cache-Control"] == "public, max-age=60, stale-if-error=240"
        assert Client().post(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/draws/x/", "/draws/SJ-1/pool.csv", "/draws/SJ-1/all.zip", "/draws/SJ-1/..%2fsettings.py"]
)
def test_unknown_addresses_are_not_found(scene: Scene, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_plan_is_due_by_the_end_of_march(scene: Scene) -> None:
    page = client_of(scene.cast.head)
    with time_machine.travel(FROZEN_AT, tick=False):
        InspectionPlan.objects.all().delete()
        assert "2026-03-31" in page.get("/inspections/plans/").content.decode()
