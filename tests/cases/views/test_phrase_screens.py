"""Pages of the reference wording, and the wording offered beside the long texts of a case."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.phrases import retire_phrase
from cases.models import Phrase, PhraseState, PhraseUse, PhraseVersion
from lishu_law import clock
from lishu_law.access.policy import may_ever
from lishu_law.desk.work import desk_of
from lishu_law.registry.details import PartyDetails
from lishu_law.web.models import Draft
from tests.cases.actions.phrase_scenes import ITEM, OPINION, TEXT, approved, draft, submitted
from tests.cast import Cast, make_cast
from tests.scenarios import PARTY, Walk, case_at

pytestmark = pytest.mark.django_db
SESSION_AND_USER = 2
LIST, OTHER = 12, 25


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries) - SESSION_AND_USER


def report_page(walk: Walk) -> str:
    return reverse("case-submit_report", args=[walk.case.clue_no])


def typed(walk: Walk, **changed: Any) -> dict[str, Any]:
    walk.case.refresh_from_db()
    return {
        "version": walk.case.version, "op_id": "a1", "process": "执法人员当场检查并制作了现场笔录，经过合法。",
        "facts": "经查，当事人运输碎砖，未苫盖，事实清楚，证据充分。", "opinion": "建议责令改正，处罚款一千元整。", **changed,
    }  # fmt: skip


def test_from_writing_to_review(cast: Cast) -> None:
    officer, legal = client_of(cast.lead), client_of(cast.reviewer)
    assert "{车牌号}" in page(officer, "phrase-new")
    new = {"kind": "facts", "item_code": ITEM, "title": "没有苫盖", "text": TEXT}
    refused = officer.post(reverse("phrase-new"), new | {"text": "{车号}在路上行驶，没有苫盖。"})
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "没有{车号}这个填空。可以用的有：{当事人}" in body
    assert "在路上行驶，没有苫盖。" in body
    answer = officer.post(reverse("phrase-new"), new)
    own = reverse("phrase", args=["B-001", 1])
    assert answer["Location"] == own
    assert "起草中" in page(officer, "phrase", "B-001", 1)
    officer.post(reverse("phrase-submit", args=["B-001", 1]), {"version": 1})
    body = page(officer, "phrase", "B-001", 1)
    assert "这一版是您起草的，要由其他法制审核员审核。" in body
    assert "phrases/B-001/1/review/" not in body
    assert officer.get(reverse("phrase-review", args=["B-001", 1])).status_code == 403
    legal.post(reverse("phrase-review", args=["B-001", 1]), {"version": 2, "agree": "yes", "opinion": OPINION})
    assert PhraseVersion.objects.get().state == PhraseState.APPROVED
    assert "已审核，可以参考" in page(officer, "phrase", "B-001", 1)
    officer.post(reverse("phrase-revise", args=["B-001"]), {"text": TEXT + "路面没有散落。"})
    body = page(officer, "phrase", "B-001", 2)
    assert "<ins>路面没有散落。</ins>" in body
    legal.post(reverse("phrase-retire", args=["B-001", 1]), {"version": 3, "reason": "引用的规定已经修订。"})
    assert "这一版已停用" in page(officer, "phrase", "B-001", 1)


def test_a_page_older_than_the_record_keeps_what_was_typed(cast: Cast) -> None:
    one = submitted(cast)
    legal = client_of(cast.reviewer)
    answer = legal.post(
        reverse("phrase-review", args=["B-001", 1]), {"version": one.revision - 1, "agree": "yes", "opinion": OPINION}
    )
    assert answer.status_code == 409
    assert OPINION in answer.content.decode()


def test_the_library_is_filtered_and_paged_by_key(cast: Cast) -> None:
    for number in range(21):
        draft(
            cast,
            title=f"第 {number} 条",
            kind="answer" if number == 3 else "facts",
            item_code="" if number == 4 else ITEM,
        )
    approved(cast, title="审核过的")
    client = client_of(cast.lead)
    first = page(client, "phrase-list")
    assert "共 22 条" in first
    assert first.count('<td data-label="名称">') == 20
    following = re.search(r'href="(\?[^"]*after=\d+)"', first)
    assert following
    rest = page(client, "phrase-list", query=following.group(1).replace("&amp;", "&"))
    assert rest.count('<td data-label="名称">') == 2
    assert "第 0 条" in rest
    for query, found in (("?kind=answer", "第 3 条"), ("?item=general", "第 4 条"), ("?state=approved", "审核过的")):
        body = page(client, "phrase-list", query=query)
        assert "共 1 条" in body
        assert found in body
    assert "共 22 条" in page(client, "phrase-list", query="?kind=%3Cb%3E&item=x&state=y&after=%00")


def test_what_the_pages_cost(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    for number in range(8):
        approved(cast, title=f"另一种 {number}")
    officer = client_of(cast.lead)
    cost = {
        "list": statements(officer, reverse("phrase-list")),
        "version": statements(officer, reverse("phrase", args=[one.phrase.code, 1])),
        "report": statements(officer, report_page(walk)),
    }  # fmt: skip
    assert cost["list"] <= LIST
    assert max(cost["version"], cost["report"]) <= OTHER
    PhraseVersion.objects.filter(state="approved").update(
        state="retired", retired_by=cast.reviewer, retire_reason="停用"
    )
    assert statements(officer, report_page(walk)) == cost["report"]  # one statement, however many are offered


def test_the_legal_section_finds_its_reviews_on_the_desk(cast: Cast) -> None:
    one = submitted(cast)
    draft(cast, title="还没有提交")
    (line,) = [line for line in desk_of(cast.reviewer, clock.now()).lines if line.title == "审核参考用语"]
    assert line.url == reverse("phrase-review", args=[one.phrase.code, 1])
    assert (line.label, line.about) == ("没有苫盖", "B-001 第 1 版 · 起草人 示例甲")
    assert statements(client_of(cast.reviewer), reverse("desk")) <= LIST
    assert [line for line in desk_of(cast.lead, clock.now()).lines if "用语" in line.title] == []


@pytest.mark.parametrize("who", ["checker", "system_admin", "audit_admin", "keeper"])
def test_who_has_no_business_with_them(cast: Cast, who: str) -> None:
    draft(cast)
    user = cast.everybody()[who]
    assert not may_ever(user, "phrase.read")
    for name, args in (("phrase-list", []), ("phrase", ["B-001", 1]), ("phrase-new", [])):
        assert client_of(user).get(reverse(name, args=args)).status_code == 403


# Beside the texts of a case


def test_only_reviewed_wording_of_this_violation_and_part_is_offered(cast: Cast) -> None:
    approved(cast, title="适用的")
    approved(cast, title="通用的", item_code="")
    approved(cast, title="别的案由的", item_code="pax-stops")
    approved(cast, title="别的部分的", kind="education")
    submitted(cast, title="没有审核的")
    walk = case_at("discretion_set", cast)
    body = client_of(cast.lead).get(report_page(walk)).content.decode()
    assert "参考用语（2 条，已按本案填好）" in body
    assert body.index("适用的") < body.index("通用的")
    for title in ("别的案由的", "别的部分的", "没有审核的"):
        assert title not in body
    assert "梨树县示例运输有限公司在梨树镇G303K12+300运输<mark>【待填：货物名称】</mark>" in body
    facts = re.search(r'<textarea name="facts"[^>]*>([^<]*)', body)
    assert facts
    assert "【待填" not in facts.group(1)  # offered, never inserted


def test_inserting_without_a_script_keeps_everything_and_saves_nothing(cast: Cast) -> None:
    approved(cast)
    walk = case_at("discretion_set", cast)
    officer = client_of(cast.lead)
    sent = typed(walk, facts="我已经写的。", process="打了一半", _insert_facts="B-001.1", version=walk.case.version)
    answer = officer.post(report_page(walk), sent)
    assert answer.status_code == 200
    body = answer.content.decode()
    area = re.search(r'<textarea name="facts"[^>]*autofocus[^>]*>([^<]*)', body)
    assert area
    assert area.group(1).strip().startswith("我已经写的。\n经查，2026年3月2日")
    assert "打了一半" in body
    assert 'name="_block" value="facts:B-001.1"' in body
    assert "有错误" not in body
    assert Draft.objects.count() == 0
    assert not hasattr(walk.case, "report")
    assert walk.case.steps.filter(code="submit_report").count() == 0


def test_an_older_page_stays_older_after_inserting(cast: Cast) -> None:
    approved(cast)
    walk = case_at("discretion_set", cast)
    body = (
        client_of(cast.lead).post(report_page(walk), typed(walk, version=1, _insert_facts="B-001.1")).content.decode()
    )
    assert re.search(r'name="version" value="1"', body)


@pytest.mark.parametrize(("name", "value"), [
    ("_insert_facts", "B-001.2"), ("_insert_facts", "<script>"), ("_insert_process", "B-001.1"), ("_insert_", ""),
    ("_insert_opinion", "B-001.1"), ("_insert_facts", ""),
])  # fmt: skip
def test_a_press_on_what_is_not_offered_inserts_nothing(cast: Cast, name: str, value: str) -> None:
    approved(cast)
    walk = case_at("discretion_set", cast)
    answer = client_of(cast.lead).post(report_page(walk), typed(walk, facts="我已经写的。", **{name: value}))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "没有插入。您填的内容都在" in body
    assert "我已经写的。" in body
    assert "<script>" not in body.split("<main")[1]


def test_a_gap_cannot_be_submitted_and_a_filled_one_is_recorded(cast: Cast) -> None:
    approved(cast)
    walk = case_at("discretion_set", cast)
    officer = client_of(cast.lead)
    body = officer.post(report_page(walk), typed(walk, facts="", _insert_facts="B-001.1")).content.decode()
    text = re.search(r'<textarea name="facts"[^>]*>([^<]*)', body)
    assert text
    with_gap = text.group(1).strip()
    refused = officer.post(report_page(walk), typed(walk, facts=with_gap, _block="facts:B-001.1"))
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "还有 1 处【待填：货物名称】没有填写，请补上或者删掉。" in body
    assert 'name="_block" value="facts:B-001.1"' in body
    assert PhraseUse.objects.count() == 0
    restored = officer.get(report_page(walk)).content.decode()  # the draft of the refusal remembers it too
    assert 'name="_block" value="facts:B-001.1"' in restored
    done = officer.post(
        report_page(walk),
        typed(walk, facts=with_gap.replace("【待填：货物名称】", "碎砖"), _block="facts:B-001.1", op_id="a2"),
    )
    assert done.status_code == 303
    use = PhraseUse.objects.get()
    assert (use.place, use.standing) == ("report.facts", "kept")
    leader = client_of(cast.squad_leader)
    seen = leader.get(reverse("case-endorse_report", args=[walk.case.clue_no])).content.decode()
    assert "用了哪些参考用语" in seen
    assert "B-001 第 1 版“没有苫盖”</a>，照用语原文" in seen
    retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=None, reason="引用的规定已经修订。")
    seen = leader.get(reverse("case-endorse_report", args=[walk.case.clue_no])).content.decode()
    assert "已停用：引用的规定已经修订。" in seen


@pytest.mark.parametrize("claimed", [
    "facts:B-001.1" * 40, "facts:<b>", "facts:B-001.999999999999999999999", "facts:B-001.x", "nothing", "__class__:B-001.1",
    "facts:" + "٣" * 3 + ".1", "\x00facts:B-001.1",
])  # fmt: skip
def test_hostile_claims_are_left_out(cast: Cast, claimed: str) -> None:
    approved(cast)
    walk = case_at("discretion_set", cast)
    answer = client_of(cast.lead).post(report_page(walk), typed(walk, _block=claimed))
    assert answer.status_code == 303
    assert PhraseUse.objects.count() == 0


def test_hostile_words_are_shown_as_they_are(cast: Cast) -> None:
    attack = '<script>alert(1)</script><img src=x onerror=alert(2)>{当事人}【待填："><b>】'
    approved(cast, title="<b>名称</b>", text=attack)
    party = PartyDetails(**{**vars(PARTY), "name": "示例{案由}&有限公司"})
    walk = case_at("discretion_set", cast, party=party)
    officer = client_of(cast.lead)
    for url in (report_page(walk), reverse("phrase", args=["B-001", 1]), reverse("phrase-list")):
        body = officer.get(url).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "<b>名称" not in body
    body = officer.get(report_page(walk)).content.decode()
    assert "示例{案由}&amp;有限公司" in body
    sent = officer.post(report_page(walk), typed(walk, _insert_facts="B-001.1")).content.decode()
    assert "<script>alert" not in sent
    assert Phrase.objects.count() == 1


def test_discretion_and_review_offer_their_kinds(cast: Cast) -> None:
    approved(cast, kind="amount", title="首次被查处", text="当事人12个月内首次被查处，没有危害后果")
    approved(cast, kind="answer", title="没有证据", text="当事人提出的意见没有相应的证据，不予采纳。", item_code="")
    walk = case_at("evidence_verified", cast)
    officer = client_of(cast.lead)
    body = officer.get(reverse("case-set_discretion", args=[walk.case.clue_no])).content.decode()
    assert 'name="_insert_reason" value="B-001.1"' in body
    assert "没有证据" not in body
    sent = {"version": walk.case.version, "reason": "已写的理由", "_insert_reason": "B-001.1", "fact_obstruct": "no"}
    answer = officer.post(reverse("case-set_discretion", args=[walk.case.clue_no]), sent)
    area = re.search(r'<textarea name="reason"[^>]*>([^<]*)', answer.content.decode())
    assert area
    assert area.group(1).strip() == "已写的理由\n当事人12个月内首次被查处，没有危害后果"
    assert re.search(r'name="fact_obstruct" value="no"[^>]*checked', answer.content.decode())
