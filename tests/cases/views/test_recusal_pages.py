"""Pages of recusal and of the replaced officer: who opens them, and that they work as sent by a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions import recusal
from cases.models import Recusal
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

PERFORMERS = {
    "declare_conflict": ("filed", "assistant"), "request_recusal": ("filed", "lead"),
    "decide_recusal": ("filed", "deputy"), "settle_recusal": ("filed", "deputy"),
    "replace_officer": ("filed", "squad_leader"),
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(walk: Walk, person: Any) -> Recusal:
    new = recusal.NewRequest(applicant="示例公司", reason="有亲属关系。", asked_at=walk.at, person=person)
    return walk.step(recusal.request_recusal, walk.cast.lead, request=new)


def url(walk: Walk, code: str, *part: int) -> str:
    return reverse(f"case-{code}", args=[walk.case.clue_no, *part])


def test_each_page_opens_for_its_actor_and_no_stranger(cast: Cast) -> None:
    walk = case_at("filed", cast)
    one = asked(walk, cast.assistant)
    pages = {
        "declare_conflict": (), "request_recusal": (), "decide_recusal": (one.pk,), "settle_recusal": (one.pk,),
        "replace_officer": (),
    }  # fmt: skip
    for code, part in pages.items():
        actor = getattr(cast, PERFORMERS[code][1])
        assert client_of(actor).get(url(walk, code, *part)).status_code == 200, code
        assert client_of(cast.outsider).get(url(walk, code, *part)).status_code in {403, 404}
        assert client_of(cast.system_admin).post(url(walk, code, *part), {}).status_code == 403


def test_request_is_typed_decided_and_settled_in_the_browser(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    sent = {
        "applicant": "示例公司", "is_oral": "on", "asked_at": "2026-03-03 00:00", "person": str(cast.assistant.pk),
        "reason": "与本公司法定代表人有亲属关系。",
    }  # fmt: skip
    assert client_of(cast.lead).post(url(walk, "request_recusal"), sent).status_code == 303
    one = Recusal.objects.get(case=walk.case)
    page = client_of(cast.deputy).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert url(walk, "decide_recusal", one.pk) in page
    assert "待决定" in page
    decision = {"agree": "yes", "opinion": "理由成立。"}
    assert client_of(cast.deputy).post(url(walk, "decide_recusal", one.pk), decision).status_code == 303
    record = walk.case.evidence.get()
    effect = {"acts_stand": "no", "note": "笔录可能影响公正。", "void_ids": [str(record.pk)]}
    assert client_of(cast.deputy).post(url(walk, "settle_recusal", one.pk), effect).status_code == 303
    record.refresh_from_db()
    assert record.voided_at
    take_over = {"incoming": str(cast.third_officer.pk), "reason": "协办人员已经回避。"}
    assert client_of(cast.squad_leader).post(url(walk, "replace_officer"), take_over).status_code == 303


def test_who_withdraws_is_led_to_the_list(cast: Cast) -> None:
    walk = case_at("filed", cast)
    answer = client_of(cast.assistant).post(url(walk, "declare_conflict"), {"reason": "当事人是本人近亲属。"})
    assert answer["Location"] == reverse("case-list")
    assert client_of(cast.assistant).get(reverse("case", args=[walk.case.clue_no])).status_code == 404


def test_a_reason_is_kept_when_something_is_missing(cast: Cast) -> None:
    walk = case_at("filed", cast)
    sent = {"applicant": "示例公司", "asked_at": "2026-03-03 00:00", "reason": "与本公司有利害关系。"}
    answer = client_of(cast.lead).post(url(walk, "request_recusal"), sent)
    assert answer.status_code == 422
    assert sent["reason"] in answer.content.decode()
