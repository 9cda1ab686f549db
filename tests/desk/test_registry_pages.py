"""The registry's pages: who may, what is masked, what is remembered, and what happens to wrong input."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from lishu_law.audit.models import JournalEntry
from lishu_law.registry import actions
from lishu_law.registry.details import PartyDetails
from lishu_law.registry.identity import demo
from lishu_law.registry.models import Party, User, Vehicle

NUMBER = "220322196803154015"
CITIZEN = PartyDetails(
    kind="citizen", name="孙演示", id_number=NUMBER, phone="13800138000", address="梨树县梨树镇演示街 1 号"
)


def signed_in(*roles: str, name: str = "officer") -> Client:
    user = User.objects.create_user(name, staff_number=name, full_name=f"{name}演示", roles=list(roles))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer(db) -> Client:
    return signed_in("officer")


@pytest.fixture
def party(officer: Client) -> Party:
    return actions.register_party(by=User.objects.get(), details=CITIZEN)


def journaled(action: str) -> int:
    return JournalEntry.objects.filter(action=action).count()


def test_pages_open_and_mask(officer: Client, party: Party, django_assert_max_num_queries) -> None:
    page = reverse("party", args=[party.reference])
    with django_assert_max_num_queries(14):
        response = officer.get(page)
    html = response.content.decode()
    assert response.status_code == 200
    assert "220322********4015" in html
    for secret in (NUMBER, "13800138000", "演示街 1 号"):
        assert secret not in html
    assert "查看全文" not in html  # an officer without a case of this party
    for name in ("party-list", "party-new", "vehicle-new", "registry-search"):
        assert officer.get(reverse(name)).status_code == 200
    assert officer.get(reverse("party-edit", args=[party.reference])).status_code == 200
    assert NUMBER not in officer.get(reverse("party-edit", args=[party.reference])).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("officer", 403), ("squad_leader", 403), ("legal_reviewer", 200), ("head", 200), ("system_admin", 403)],
)
def test_reveal_is_for_few_and_remembered(officer: Client, party: Party, role: str, status: int) -> None:
    client = signed_in(role, name="asking")
    response = client.post(reverse("party-reveal", args=[party.reference]))
    assert response.status_code == status
    assert (NUMBER in response.content.decode()) is (status == 200)
    assert journaled("party.reveal") == (1 if status == 200 else 0)
    assert client.get(reverse("party-reveal", args=[party.reference])).status_code in (403, 405)


@pytest.mark.parametrize("role", ["legal_reviewer", "archivist", "disclosure_checker", "audit_admin"])
def test_registering_is_for_officers(officer: Client, role: str) -> None:
    client = signed_in(role, name="asking")
    assert client.get(reverse("party-new")).status_code == 403
    assert client.post(reverse("party-new"), {}).status_code == 403
    assert client.get(reverse("registry-search"), {"q": "孙"}).status_code == 403


def test_strangers_are_sent_to_sign_in(officer: Client, party: Party) -> None:
    for name, arguments in (("party-list", []), ("party", [party.reference]), ("registry-search", [])):
        assert Client().get(reverse(name, args=arguments)).status_code == 302


def test_unknown_party(officer: Client) -> None:
    assert officer.get(reverse("party", args=["aaaaaaaaaa"])).status_code == 404


COMPANY = {
    "party_kind": "organisation",
    "party_name": "梨树县示例货运有限公司",
    "party_uscc": demo.demo_uscc(1),
    "party_person_name": "钱演示",
    "op_id": "one",
}


def test_register_a_company_twice(officer: Client) -> None:
    first = officer.post(reverse("party-new"), COMPANY)
    assert first.status_code == 303
    again = officer.post(reverse("party-new"), COMPANY)
    assert again.url == first.url
    assert officer.post(reverse("party-new"), {**COMPANY, "op_id": "two"}).url == first.url
    assert Party.objects.count() == 1
    assert journaled("party.register") == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"party_kind": ""}, "请选择当事人类型。后面的法律文书要用到它。"),
        ({"party_name": ""}, "请填写名称或姓名。后面的法律文书要用到它。"),
        ({"party_uscc": ""}, "请填写统一社会信用代码。后面的处罚决定书要用到它。"),
        ({"party_uscc": "91220322MA17ABCD2M"}, "第 18 位校验码不对（应为 L），请对照营业执照。"),
        ({"party_phone": "12345"}, "手机号应是 11 位，现在是 5 位，请核对。座机请填在座机栏。"),
        ({"party_person_name": "<b>钱</b>"}, "姓名第 1 个字“&lt;”不能用，只能有汉字、字母和“·”。"),
        (
            {"party_kind": "citizen", "party_uscc": "", "party_name": "钱演示"},
            "请填写证件号码。后面的处罚决定书要用到它。",
        ),
        ({"party_kind": "citizen", "party_name": "钱演示"}, "个人没有统一社会信用代码。"),
        ({"party_id_number": "22032219680315401"}, "身份证号少 1 位，现在是 17 位，请再核对一遍。"),
        ({"party_address": "字" * 20_000 + "\u202e"}, "看不见，多半是复制带来的。"),
    ],
)
def test_wrong_input_is_explained_and_kept(officer: Client, changes: dict[str, str], message: str) -> None:
    response = officer.post(reverse("party-new"), {**COMPANY, **changes})
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "梨树县示例货运有限公司" in html or "party_name" in changes
    assert Party.objects.count() == 0


def test_editing_keeps_what_is_left_empty(officer: Client, party: Party) -> None:
    typed = {"party_kind": "citizen", "party_name": "孙示例", "party_id_kind": "111", "party_phone": "13900139000"}
    response = officer.post(reverse("party-edit", args=[party.reference]), typed)
    assert response.status_code == 303
    party.refresh_from_db()
    assert (party.name, party.phone, party.id_number, party.address) == (
        "孙示例",
        "13900139000",
        NUMBER,
        CITIZEN.address,
    )
    assert journaled("party.update") == 1


def test_vehicle_without_plate(officer: Client) -> None:
    refused = officer.post(reverse("vehicle-new"), {"vehicle_plate_kind": "none"})
    assert refused.status_code == 422
    assert "选了“无牌”，请写明原因" in refused.content.decode()
    typed = {"vehicle_plate_kind": "none", "vehicle_plate_reason": "新车未上牌"}
    assert officer.post(reverse("vehicle-new"), typed).status_code == 303
    assert Vehicle.objects.get().plate == ""


def test_search_page_and_fragment(officer: Client, party: Party) -> None:
    whole = officer.get(reverse("registry-search"), {"q": "孙演"})
    part = officer.get(reverse("registry-search"), {"q": "孙演"}, headers={"HX-Request": "true"})
    assert "孙演示" in whole.content.decode()
    assert "孙演示" in part.content.decode()
    assert "<html" not in part.content.decode()
    nothing = officer.get(reverse("registry-search"), {"q": "<script>"}).content.decode()
    assert "没有查到“&lt;script&gt;”" in nothing


def test_list_is_paged_by_key(officer: Client) -> None:
    for seed in range(55):
        details = PartyDetails(kind="organisation", name=demo.demo_organisation_name(seed), uscc=demo.demo_uscc(seed))
        actions.register_party(by=None, details=details)
    first = officer.get(reverse("party-list")).content.decode()
    after = first.split("?after=")[1].split('"')[0]
    second = officer.get(reverse("party-list"), {"after": after}).content.decode()
    assert (first.count('<li><a href="/registry/parties/'), second.count('<li><a href="/registry/parties/')) == (50, 5)
    assert "下一页" not in second
