"""Error pages: status, a plain sentence, what to do, the number to report; nothing about what exists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from lishu_law import urls
from lishu_law.access.doors import public, requires
from lishu_law.access.doors import signed_in as signed_in_only
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refusal, Refused
from lishu_law.registry.models.people import User

pytestmark = pytest.mark.urls(__name__)

RAISED: dict[str, Exception] = {
    "foreign": NotFound(),
    "missing": Http404("no row"),
    "denied": NotAllowed("您没有“审批立案”的权限。请找局长办理。", who_may="局长"),
    "django-denied": PermissionDenied(),
    "stale": Conflict("演示员乙 刚刚改过。"),
    "unlawful": Refused([Refusal("a", "还不能立案。", "行政处罚法第五十四条"), Refusal("b", "缺少证据。")]),
    "broken": RuntimeError("secret detail"),
}


@signed_in_only
def fail(request: HttpRequest, what: str) -> HttpResponse:
    raise RAISED[what]


def no_policy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("must never be served")


@public
def broken_public(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


@requires("case.approve_filing")
def leaders_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for leaders")


urlpatterns = [
    *urls.urlpatterns,
    path("fail/<str:what>/", fail),
    path("no-policy/", no_policy),
    path("broken-public/", broken_public),
    path("leaders/", leaders_only),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def client(officer: User, signed_in: Callable[[User], Client]) -> Client:
    browser = signed_in(officer)
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("foreign", 404, "没有找到。可能地址不对，或者您无权查看。"),
        ("missing", 404, "没有找到。可能地址不对，或者您无权查看。"),
        ("denied", 403, "请找局长办理。"),
        ("django-denied", 403, "您没有办理这件事的权限"),
        ("stale", 409, "演示员乙 刚刚改过。"),
        ("unlawful", 422, "行政处罚法第五十四条"),
        ("broken", 500, "不是您的操作错误"),
    ],
)
def test_each_error_has_its_page(client: Client, what: str, status: int, words: str) -> None:
    response = client.get(f"/fail/{what}/")
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "现在怎么办" in page
    assert "报障编号" in page
    assert "secret detail" not in page
    assert "帮助电话" in page


def test_foreign_and_missing_look_the_same(client: Client) -> None:
    pages = [client.get(f"/fail/{what}/").content.decode() for what in ("foreign", "missing")]
    numbers = [page.split('report-no">')[1][:12] for page in pages]
    bare = [
        page.replace(number, "").replace(what, "")
        for page, number, what in zip(pages, numbers, ("foreign", "missing"), strict=True)
    ]
    assert numbers[0] != numbers[1]
    assert bare[0] == bare[1]


def test_unknown_address_and_wrong_method(client: Client) -> None:
    assert "没有找到" in client.get("/nothing/here/").content.decode()
    wrong = client.get("/sign-out/")
    assert (wrong.status_code, wrong["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in wrong.content.decode()


def test_view_without_policy_is_refused_for_everybody(client: Client, person: Callable[..., User]) -> None:
    for browser in (client, Client()):
        response = browser.get("/no-policy/")
        assert response.status_code == 403
        assert b"must never be served" not in response.content


def test_door_refuses_by_role_says_who_may_and_remembers_it(client: Client) -> None:
    response = client.get("/leaders/")
    assert response.status_code == 403
    assert "分管负责人、局长" in response.content.decode()
    entry = JournalEntry.objects.get(action="access.denied")
    assert '"result":"denied"' in entry.body
    assert response["Cache-Control"] == "private, no-store"


def test_server_error_page_needs_no_database() -> None:
    response = Client(raise_request_exception=False).get("/broken-public/")  # no db mark: a query would fail the test
    assert response.status_code == 500
    assert not response.cookies


def test_forged_post_gets_a_page_with_a_way_on(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    response = strict.post("/me/", {"size": "big"})
    assert response.status_code == 403
    assert "这一页放得太久了" in response.content.decode()


def test_too_many_fields_are_answered_with_413(client: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    response = client.post("/me/", {f"f{number}": "x" for number in range(9)})
    assert response.status_code == 413
    assert "内容太大" in response.content.decode()


@pytest.mark.parametrize("code", ["400", "405", "410", "413", "429", "500", "503", "csrf"])
def test_page_renders_without_any_request(code: str) -> None:
    page = render_to_string(f"errors/{code}.html", {"report_no": "abc123"})
    assert "现在怎么办" in page
    assert "abc123" in page
    for word in ("非法", "参数错误", "操作失败", "！"):
        assert word not in page
