"""The pages of the registers: who opens them, what they show, an import from the file to the list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inspections.actions.catalogues import save_power
from inspections.actions.subjects import register_subject
from inspections.loading.work import work
from inspections.models import CapRule
from inspections.queries.caps import cap_use
from lishu_law import clock
from lishu_law.registry.models import ImportState, RegisterImport, SupervisedSubject
from tests.inspections.browsing import client_of
from tests.inspections.loading.files import company, csv_file, spreadsheet
from tests.inspections.scenes import Scene
from tests.inspections.test_register_actions import details_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(scene: Scene) -> SupervisedSubject:
    return register_subject(by=scene.cast.lead, details=details_of(contact_phone="13800001234"))


def typed_subject(entry: SupervisedSubject, **changed: Any) -> dict[str, Any]:
    typed = {
        "kind": "enterprise", "party": entry.party.uscc, "industry": "道路货运", "status": "operating",
        "address": entry.address, "area_code": "220322", "risk_class": "A", "source": "现场核实",
        "updated_on": clock.today().isoformat(), "version": entry.version, "contact_phone": "13800001234",
    }  # fmt: skip
    return {**typed, **changed}


def test_the_list_and_the_entry(scene: Scene, entry: SupervisedSubject, django_assert_max_num_queries: Any) -> None:
    client = client_of(scene.cast.lead)
    client.get("/registers/objects/")
    with django_assert_max_num_queries(14):  # twelve, and two for session and user
        page = client.get("/registers/objects/?q=lsxsl&kind=enterprise").content.decode()
    assert entry.title in page
    assert "没有找到" in client.get("/registers/objects/?q=%E6%97%A0").content.decode()
    with django_assert_max_num_queries(27):
        shown = client.get(f"/registers/objects/{entry.object_no}/").content.decode()
    for words in ("现场核实", "今天", "138****1234", "登记"):
        assert words in shown
    assert "13800001234" not in shown


def test_an_object_without_address_is_not_taken_and_nothing_typed_is_lost(
    scene: Scene, entry: SupervisedSubject
) -> None:
    client = client_of(scene.cast.lead)
    url = f"/registers/objects/{entry.object_no}/edit/"
    answer = client.post(url, typed_subject(entry, address="", source="电话核实"))
    assert answer.status_code == 422
    assert "请填写地址" in answer.content.decode()
    assert "电话核实" in answer.content.decode()
    done = client.post(url, typed_subject(entry, address="梨树县梨树镇新路2号"))
    assert (done.status_code, done["Location"]) == (303, f"/registers/objects/{entry.object_no}/")
    entry.refresh_from_db()
    assert entry.address == "梨树县梨树镇新路2号"


def test_a_file_from_upload_to_the_list(scene: Scene) -> None:
    client = client_of(scene.cast.squad_leader)
    file = spreadsheet([company(1), company(2, 地址="")])
    answer = client.post("/registers/import/objects/", {"file": file, "source": "市场监管局名录"}, follow=True)
    page = answer.content.decode()
    assert "检查了 2 行，1 行有错" in page
    assert "请填写地址。" in page
    load = RegisterImport.objects.get()
    faults = client.get(f"/registers/imports/{load.reference}/faults.csv").content.decode()
    assert faults.startswith("\ufeff行,列,问题\r\n3,地址,")
    order = f"/registers/imports/{load.reference}/order/"
    assert client.post(order, {}).status_code == 422
    assert "已导入：新增 1 条" in client.post(order, {"skip_faulty": "on"}, follow=True).content.decode()
    assert RegisterImport.objects.get().state == ImportState.LOADED
    assert "梨树县示例第1货运有限公司" in client.get("/registers/objects/").content.decode()


def test_a_large_file_waits_for_the_worker_and_says_so(scene: Scene) -> None:
    client = client_of(scene.cast.squad_leader)
    file = csv_file([company(n) for n in range(1, 1_000)])
    page = client.post("/registers/import/objects/", {"file": file, "source": "名录"}, follow=True).content.decode()
    assert "正在检查" in page
    assert 'http-equiv="refresh"' in page
    load = RegisterImport.objects.get()
    work(load.pk)
    assert "检查了 999 行，没有发现错误" in client.get(f"/registers/imports/{load.reference}/").content.decode()
    client.post(f"/registers/imports/{load.reference}/drop/")
    assert RegisterImport.objects.get().state == ImportState.DROPPED


@pytest.mark.parametrize("kind", ["objects", "matters", "powers"])
def test_a_template_is_what_the_import_reads(scene: Scene, kind: str) -> None:
    client = client_of(scene.cast.head)
    text = client.get(f"/registers/import/{kind}/template.csv").content.decode()
    assert text.startswith("\ufeff")
    assert client_of(scene.cast.checker).get(f"/registers/import/{kind}/template.csv").status_code == 403


def test_somebody_elses_kind_of_file_stays_closed(scene: Scene) -> None:
    assert client_of(scene.cast.squad_leader).get("/registers/import/powers/").status_code == 403
    assert client_of(scene.cast.reviewer).get("/registers/import/objects/").status_code == 403
    assert client_of(scene.cast.head).get("/registers/import/nothing/").status_code == 404


def test_the_officers_and_why_somebody_cannot_be_drawn(scene: Scene) -> None:
    client = client_of(scene.cast.squad_leader)
    assert "名录资料没有填" in client.get("/registers/officers/").content.decode()
    url = f"/registers/officers/{scene.cast.lead.staff_number}/"
    client.post(f"{url}edit/", {"staff_type": "established", "specialities": ["freight"], "areas": "梨树镇、蔡家镇"})
    assert "今天可以抽取" in client.get(url).content.decode()
    today = clock.today().isoformat()
    client.post(f"{url}absence/", {"kind": "leave", "from_on": today, "to_on": today})
    assert "今天不能抽取：请假" in client.get(url).content.decode()
    other = f"/registers/officers/{scene.cast.outsider.staff_number}/edit/"
    assert client.get(other).status_code == 403


def test_the_lists_and_the_public_pages(scene: Scene) -> None:
    today = clock.today()
    values = {
        "code": "1", "name": "对示例行为的处罚", "kind": "penalty", "basis": "《中华人民共和国公路法》", "body": "梨树县交通运输局",
        "published_on": today, "valid_from": today,
    }  # fmt: skip
    save_power(by=scene.cast.reviewer, values=values)
    client = client_of(scene.cast.reviewer)
    for address in (reverse("matter-list"), reverse("power-list"), reverse("matter-new"), reverse("power-new")):
        assert client.get(address).status_code == 200
    matter = reverse("matter", args=[scene.matter.item_code, scene.matter.valid_from.isoformat()])
    assert "货物是否采取捆扎" in client.get(matter).content.decode()
    public = Client().get("/powers/")
    assert "对示例行为的处罚" in public.content.decode()
    assert public.cookies == {}
    assert "白名单上现在没有对象" in Client().get("/white-list/").content.decode()


def test_the_closest_cap_rule_decides(scene: Scene, entry: SupervisedSubject) -> None:
    today = clock.today()
    assert cap_use(entry, today, clock.now()).cap == 2
    for industry, risk, most in (("", "", 4), ("", "A", 1), ("道路货运", "", 3), ("道路客运", "A", 9)):
        CapRule.objects.create(industry=industry, risk_class=risk, most=most, basis="示例", valid_from=today)
    assert cap_use(entry, today, clock.now()).cap == 3
