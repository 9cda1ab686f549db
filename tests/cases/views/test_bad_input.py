"""Wrong things typed: each gets its words, nothing typed is lost, nothing half-written, no number consumed."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.discretion import QUESTIONS
from cases.models import Case, Document
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import NumberSeries
from lishu_law.registry.models import Party, Vehicle
from lishu_law.web import drafts
from tests.cast import Cast, make_cast
from tests.scenarios import case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words_of(response: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


GOOD = {
    "party_kind": "organisation", "party_name": "梨树县示例货运有限公司", "party_uscc": "91220322MA17ABCD2L",
    "party_person_name": "示例人", "party_address": "梨树镇示例路1号", "vehicle_plate": "吉C12345",
    "item_code": "frt-scatter", "act_at": "2026-03-02 23:02", "place": "G303 K12+300", "township": "梨树镇",
    "is_in_county": "on", "summary": "重型半挂牵引车装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒。", "source": "report",
    "received_at": "2026-03-03 09:00", "op_id": "o1",
}  # fmt: skip


def clue(cast: Cast, **changed: str) -> dict[str, str]:
    return {**GOOD, "assistant": str(cast.assistant.pk), **changed}


def tomorrow() -> str:
    return f"{clock.local(clock.now() + timedelta(days=1)):%Y-%m-%d %H:%M}"


BAD: dict[str, tuple[dict[str, str], str]] = {
    "credit code check digit": ({"party_uscc": "91220322MA17ABCD2M"}, "营业执照"),
    "credit code letter I": ({"party_uscc": "91220322MAI7ABCD2L"}, "请"),
    "identity number": (
        {"party_kind": "citizen", "party_name": "示例人", "party_uscc": "", "party_id_number": "220322196803154014"},
        "身份证号最后一位对不上",
    ),
    "identity number too short": (
        {"party_kind": "citizen", "party_name": "示例人", "party_uscc": "", "party_id_number": "22032219680315401"}, "少 1 位",
    ),
    "plate with the letter O": ({"vehicle_plate": "吉C12O45"}, "车牌"),
    "future act": ({"act_at": "TOMORROW"}, "不能晚于现在"),
    "day that does not exist": ({"act_at": "2026-02-30 10:00"}, "2026-02-30"),
    "found before it happened": ({"received_at": "2026-03-01 09:00"}, "发现时间早于违法时间"),
    "20,000 characters": ({"summary": "长" * 20001}, "20001"),
    "too little said": ({"summary": "太短"}, "至少"),
    "no assistant": ({"assistant": ""}, "协办"),
    "unknown violation": ({"item_code": "no-such-item"}, "请"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_clue_is_refused_with_words_and_everything_is_kept(cast: Cast, name: str) -> None:
    changed, words = BAD[name]
    changed = {key: tomorrow() if value == "TOMORROW" else value for key, value in changed.items()}
    before = JournalEntry.objects.count()
    sent = clue(cast, **changed)
    response = client_of(cast.lead).post(reverse("case-new"), sent)
    page = words_of(response)
    assert response.status_code == 422
    assert words in page
    messages = [str(error) for errors in response.context["form"].errors.values() for error in errors]
    messages += [refusal.message for refusal, _url in response.context["refusals"]]
    assert messages
    assert not re.search("非法|参数错误|操作失败|！", "".join(messages))
    assert (Case.objects.count(), NumberSeries.objects.count(), JournalEntry.objects.count()) == (0, 0, before)
    assert (Party.objects.count(), Vehicle.objects.count()) == (0, 0)
    kept = drafts.load(cast.lead, reverse("case-new"))
    assert kept is not None
    for field in ("party_name", "summary", "place"):
        assert kept.payload[field] == [sent[field]]
        assert html.escape(sent[field]) in response.content.decode()


@pytest.mark.parametrize("name", ["𠮷䶮运输有限公司", "<b>示例</b>运输有限公司", "梨树县示例运输（集团）有限公司"])
def test_rare_characters_and_pasted_markup_are_plain_text(cast: Cast, name: str) -> None:
    response = client_of(cast.lead).post(
        reverse("case-new"), clue(cast, party_name=name, summary=f"<script>x</script>{GOOD['summary']}")
    )
    if response.status_code == 303:
        case = Case.objects.get()
        assert case.known_party.name == name
        page = client_of(cast.lead).get(reverse("case", args=[case.clue_no])).content.decode()
        assert html.escape(name) in page
    else:
        page = response.content.decode()
        assert response.status_code == 422
    assert "<script>x" not in page
    assert "<b>示例" not in page


def test_full_width_digits_commas_and_spaces_are_understood(cast: Cast) -> None:
    sent = clue(
        cast, party_uscc="９１２２０３２２ MA17ABCD2L", vehicle_plate="吉C·１２３４５", act_at="2026年3月2日 23:02"
    )
    response = client_of(cast.lead).post(reverse("case-new"), sent)
    assert response.status_code == 303, words_of(response)[:3000]
    case = Case.objects.get()
    assert (case.known_party.uscc, case.vehicle.plate if case.vehicle else "") == ("91220322MA17ABCD2L", "吉C12345")


def test_the_same_page_submitted_twice_makes_one_case(cast: Cast) -> None:
    client = client_of(cast.lead)
    first, second = (client.post(reverse("case-new"), clue(cast)) for _ in range(2))
    assert (first.status_code, second.status_code, first["Location"]) == (303, 303, second["Location"])
    assert Case.objects.count() == 1


def test_stale_page_shows_what_was_typed_and_changes_nothing(cast: Cast) -> None:
    case = case_at("verified", cast).case
    url = reverse("case-request_filing", args=[case.clue_no])
    response = client_of(cast.lead).post(
        url, {"opinion": "建议立案，请审批。", "version": case.version - 1, "op_id": "o2"}
    )
    assert response.status_code == 409
    assert "建议立案，请审批。" in words_of(response)
    case.refresh_from_db()
    assert case.state == "P01"


SKIPPED = ("approve_filing", "submit_report", "approve_decision", "serve_decision", "record_payment", "approve_closing")
WHO = {"approve_filing": "deputy", "approve_decision": "head", "approve_closing": "deputy"}


@pytest.mark.parametrize("code", SKIPPED)
def test_skipped_steps_are_refused_with_the_stage_they_belong_to(cast: Cast, code: str) -> None:
    case = case_at("verified", cast).case
    client = client_of(getattr(cast, WHO.get(code, "lead")))
    url = reverse(f"case-{code}", args=[case.clue_no])
    page = client.get(url)
    assert page.status_code in (200, 403)
    if page.status_code == 200:
        assert "阶段办理" in words_of(page)
    client.post(url, {"agree": "yes", "opinion": "同意。", "version": case.version, "op_id": "o3"})
    case.refresh_from_db()
    assert case.state == "P01"
    assert not Document.objects.exists()


def test_amount_outside_the_range_is_refused_with_range_and_article(cast: Cast) -> None:
    case = case_at("evidence_verified", cast).case
    url = reverse("case-set_discretion", args=[case.clue_no])
    facts = {
        "harm": "none",
        "obstruct": "no",
        "corrected_immediately": "no",
        "order_refused": "no",
        "traffic_affected": "no",
    }
    sent = {
        **{f"fact_{name}": value for name, value in facts.items()}, "fact_blocked_minutes": "0",
        **{f"ask_{name}": "no" for name in QUESTIONS},
        "answers_note": "均无相应证据。", "amount": "5,000", "reason": "按较轻档。", "version": case.version, "op_id": "o4",
    }  # fmt: skip
    response = client_of(cast.lead).post(url, sent)
    page = words_of(response)
    assert response.status_code == 422, page
    assert "1000" in page
    assert "1600" in page
    assert "行政处罚法" in page
    response = client_of(cast.lead).post(url, {**sent, "amount": "１０００", "op_id": "o5"})
    assert response.status_code == 303, words_of(response)


def test_forged_post_without_token_changes_nothing(cast: Cast) -> None:
    case = case_at("verified", cast).case
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(reverse("case-request_filing", args=[case.clue_no]), {"opinion": "建议立案。"})
    assert response.status_code == 403
    case.refresh_from_db()
    assert case.state == "P01"


def test_expired_certificate_stops_the_officer(cast: Cast) -> None:
    case = case_at("verified", cast).case
    cast.assistant.certificates.update(valid_until="2026-03-02")
    url = reverse("case-request_filing", args=[case.clue_no])
    response = client_of(cast.lead).post(url, {"opinion": "建议立案。", "version": case.version, "op_id": "o6"})
    assert response.status_code == 422
    assert "执法证已于 2026-03-02 到期" in words_of(response)
    assert "行政处罚法第四十二条" in words_of(response)


def test_a_handler_cannot_review_and_a_reviewer_cannot_approve(cast: Cast) -> None:
    case = case_at("review_requested", cast).case
    cast.lead.roles = [*cast.lead.roles, "legal_reviewer"]
    cast.lead.legal_qualification_no = "A1"
    cast.lead.save(update_fields=["roles", "legal_qualification_no"])
    response = client_of(cast.lead).get(reverse("case-review", args=[case.clue_no]))
    assert response.status_code == 403
    assert "承办人" in words_of(response)


def test_a_chosen_and_another_typed_person_are_one_too_many(cast: Cast) -> None:
    case = case_at("filed", cast).case
    person = case.persons.get()
    sent = {
        "started_at": "2026-03-04 09:00", "ended_at": "2026-03-04 09:30", "place": "询问室",
        "second_officer": cast.assistant.pk, "licence_shown": "on", "rights_told": "on", "signing": "signed", "is_alone": "yes",
        "question_1": "您是谁？", "answer_1": "我是公司负责人。", "person": person.pk, "person_name": "示例负责人", "version": case.version, "op_id": "o7",
    }  # fmt: skip
    client, url = client_of(cast.lead), reverse("case-record_questioning", args=[case.clue_no])
    response = client.post(url, sent)
    assert response.status_code == 422
    assert f"上面选的是{person.name}，这里又写了另一人" in words_of(response)
    assert case.persons.count() == 1
    assert not Document.objects.filter(case=case, code="questioning_record").exists()
    response = client.post(url, {**sent, "person": "", "person_role": "representative", "op_id": "o8"})
    assert response.status_code == 303, words_of(response)


def test_fields_made_for_one_item_speak_our_words_too(cast: Cast) -> None:
    case = case_at("evidence_verified", cast).case
    url = reverse("case-set_discretion", args=[case.clue_no])
    page = words_of(client_of(cast.lead).post(url, {"version": case.version, "op_id": "o9"}))
    assert "请填写造成交通堵塞的时间是多少分钟。" in page
    assert "请选择造成了什么危害后果。" in page
    assert "必填项" not in page
