"""What stays with a case of inserted wording: only what was submitted, and whether its words were changed."""

from __future__ import annotations

import pytest
from django.apps import apps

from cases.actions import investigation, notice
from cases.actions.phrase_use import Insertion
from cases.actions.phrases import retire_phrase
from cases.documents.phrase_text import filled
from cases.documents.placeholders import PLACEHOLDERS, values_of
from cases.documents.sources import BY_LABEL, BY_NAME
from cases.models import PhraseUse, PhraseVersion
from cases.procedure.phrase_places import PLACES, kind_of, place_of, title_of
from cases.queries.facts import load_case
from cases.queries.phrases import used_in
from lishu_law.audit.models import JournalEntry
from tests.cases.actions.phrase_scenes import approved, submitted
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db
REPORT = {"process": "执法人员当场检查并制作笔录，调查过程合法。", "opinion": "建议责令改正，处罚款，理由见裁量部分。"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def words_of(walk: Walk, one: PhraseVersion, goods: str = "碎砖") -> str:
    """The version as it is inserted, its gap written in."""
    text = filled(one.text, values_of(load_case(walk.case.pk)))
    return text.replace("【待填：货物名称】", goods)


def report(walk: Walk, facts: str, *inserted: PhraseVersion, place: str = "report.facts") -> None:
    insertions = tuple(Insertion(place, one.phrase.code, one.number) for one in inserted)
    walk.step(investigation.submit_report, walk.cast.lead, facts=facts, phrases=insertions, **REPORT)


def uses(walk: Walk) -> list[tuple[str, str, str]]:
    return [(one.place, f"{one.code}.{one.number}", one.standing) for one in used_in(walk.case.pk)]


def test_words_as_they_were_inserted(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    text = words_of(walk, one)
    assert text.startswith("经查，2026年3月2日23时02分，梨树县示例运输有限公司在梨树镇G303K12+300运输碎砖")
    report(walk, f"前文。{text}后文。", one)
    assert uses(walk) == [("违法事实", "B-001.1", "照用语原文")]
    (entry,) = JournalEntry.objects.filter(action="case.submit_report")
    assert "report.facts B-001.1 kept" in entry.body


def test_changed_words_and_words_taken_out_again(cast: Cast) -> None:
    kept, gone = (
        approved(cast),
        approved(cast, text="当事人的车辆没有加盖苫布，货物高出栏板【待填：厘米】厘米。", title="高出栏板"),
    )
    walk = case_at("discretion_set", cast)
    report(walk, "经查，当事人运输碎砖，没有采取防护措施。路面没有散落，后果轻微。", kept, gone)
    assert uses(walk) == [("违法事实", "B-001.1", "插入后有改动")]


def test_typing_alone_and_inserting_alone_leave_no_trace(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    report(walk, words_of(walk, one))
    assert PhraseUse.objects.count() == 0


@pytest.mark.parametrize("claimed", [
    Insertion("report.facts", "B-999", 1), Insertion("report.facts", "B-001", 9), Insertion("report.process", "B-001", 1),
    Insertion("report.opinion", "B-001", 1), Insertion("", "", 0),
])  # fmt: skip
def test_what_a_page_claims_is_looked_up(cast: Cast, claimed: Insertion) -> None:
    """A version that does not exist, a place of another kind or of none: nothing is kept and nothing breaks."""
    one, walk = approved(cast), case_at("discretion_set", cast)
    walk.step(investigation.submit_report, cast.lead, facts=words_of(walk, one), phrases=(claimed,), **REPORT)
    assert PhraseUse.objects.count() == 0


def test_a_version_that_was_never_approved_or_is_of_another_violation_is_not_kept(cast: Cast) -> None:
    waiting, other = submitted(cast), approved(cast, item_code="pax-stops")
    walk = case_at("discretion_set", cast)
    report(walk, words_of(walk, waiting), waiting, other)
    assert PhraseUse.objects.count() == 0


def test_a_report_that_was_returned_keeps_the_record_true(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    text = words_of(walk, one)
    report(walk, text, one)
    for changed, found in (
        (f"{text}另有照片。", "照用语原文"),
        (text[:-3] + "苫盖。", "插入后有改动"),
        ("全部重写的一段事实，与用语没有一句相同。", ""),
    ):
        walk.step(investigation.endorse_report, cast.squad_leader, agree=False, opinion="请补充。")
        report(walk, changed)  # nothing is inserted anew: what stood there before is looked at again
        assert [standing for _place, _key, standing in uses(walk)] == ([found] if found else [])


def test_inserted_once_more_after_a_return_is_one_use(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    text = words_of(walk, one)
    report(walk, text, one)
    first = PhraseUse.objects.get()
    walk.step(investigation.endorse_report, cast.squad_leader, agree=False, opinion="请补充。")
    report(walk, f"{text}另有照片。", one)
    again = PhraseUse.objects.get()
    assert (again.pk, again.standing, again.at) == (first.pk, "kept", walk.at)


def test_the_reader_is_told_of_a_version_retired_since(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    report(walk, words_of(walk, one), one)
    assert used_in(walk.case.pk)[0].retired == ""
    retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=one.revision, reason="引用的规定已经修订。")
    assert used_in(walk.case.pk)[0].retired.endswith("已停用：引用的规定已经修订。")


def test_words_inserted_before_a_retirement_are_still_kept(cast: Cast) -> None:
    one, walk = approved(cast), case_at("discretion_set", cast)
    text = words_of(walk, one)
    retire_phrase(by=cast.reviewer, code="B-001", number=1, revision=one.revision, reason="引用的规定已经修订。")
    report(walk, text, one)
    assert uses(walk) == [("违法事实", "B-001.1", "照用语原文")]


def test_the_answers_to_the_defence_are_places_of_their_own(cast: Cast) -> None:
    one = approved(
        cast, kind="answer", item_code="", text="当事人提出的意见没有相应的证据，不予采纳。", title="没有证据"
    )
    walk = case_at("notice_served", cast)
    walk.step(
        notice.record_defence, cast.lead, kind="written", received_at=walk.at, content="没有超载。\n已经苫盖。",
        speaker="示例人", speaker_role="法定代表人",
    )  # fmt: skip
    walk.step(
        notice.review_defence, cast.lead, answers={1: (False, one.text), 2: (False, "照片显示没有苫盖。")},
        phrases=(Insertion("defence.answer.1", "B-001", 1), Insertion("defence.answer.2", "B-001", 1)),
    )  # fmt: skip
    assert uses(walk) == [("陈述申辩复核第 1 项", "B-001.1", "照用语原文")]


def test_every_placeholder_has_a_value_before_the_decision(cast: Cast) -> None:
    """Read in the same words as the documents; what this party does not have (违法所得) stays a gap."""
    values = values_of(load_case(case_at("notice_served", cast).case.pk))
    assert {name for name, value in values.items() if not value} == {"违法所得"}
    assert values["当事人"] == "梨树县示例运输有限公司"
    assert values["罚款数额"] == "人民币壹仟元整"
    assert values["告知日期"].startswith("2026年3月")
    early = values_of(load_case(case_at("clue", cast).case.pk))
    assert {name for name, value in early.items() if value} >= {
        "当事人",
        "案由",
        "违法时间",
        "违法地点",
        "车牌号",
        "执法人员",
    }
    assert {early[name] for name in ("案号", "立案日期", "裁量档次", "处罚依据", "拟处罚内容", "告知日期")} == {""}


def test_placeholders_live_where_the_documents_say() -> None:
    homes = {one.home for one in PLACEHOLDERS.values()}
    known = set(BY_LABEL.values()) | set(BY_NAME.values())
    assert len(homes & known) > 7
    for home in homes:
        model, _, column = home.rpartition(".")
        parts = model.split(".")
        found = apps.get_model(".".join(parts[:2]))
        assert found._meta.get_field(parts[2] if len(parts) > 2 else column)


def test_places_are_found_by_field_and_by_home() -> None:
    assert place_of("submit_report", "process") is None
    assert place_of("nothing", "facts") is None
    assert place_of("review_defence", "answer_x") is None
    place, home = place_of("review_defence", "answer_12") or (None, "")
    assert (home, kind_of(home), title_of(home)) == ("defence.answer.12", "answer", "陈述申辩复核第 12 项")
    assert (kind_of("defence.answer.x"), title_of("nothing")) == ("", "")
    assert {kind_of(one.home) for fields in PLACES.values() for one in fields.values()} == {
        "facts", "reasons", "amount", "answer", "education",
    }  # fmt: skip
