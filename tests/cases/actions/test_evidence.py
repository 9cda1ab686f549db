"""Transcripts, items of evidence, sampling, testing: what the law asks of each (处罚法40–56)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions import investigation, sampling
from cases.actions.evidence_checks import asked_alone, kind_is_statutory, minor_accompanied
from cases.models import CasePerson, Document, Evidence, Sample, Transcript
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from tests.cases.actions import evidence_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import ROAD, STAGES, Walk, case_at, last_document


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def filed(cast: Cast) -> Walk:
    return case_at("recorded", cast)


def codes_of(act: Any, *args: Any, **typed: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **typed)
    found = refused.value.refusals
    assert all(one.message.endswith("。") and "！" not in one.message for one in found)
    return {one.code for one in found}


def test_a_questioning_of_one_person_is_numbered(filed: Walk) -> None:
    scenes.question(filed)
    scenes.question(filed)
    made = list(Transcript.objects.filter(kind="questioning").order_by("pk").values_list("session_no", flat=True))
    assert made == [1, 2]


def test_nobody_else_listens_or_it_is_said_who_and_why(filed: Walk) -> None:
    assert codes_of(scenes.question, filed, is_alone=None) == {"inv-question-separate"}
    assert codes_of(scenes.question, filed, is_alone=False) == {"inv-question-separate"}
    scenes.question(filed, is_alone=False, alone_note="翻译人员示例译在场。")
    assert Transcript.objects.latest("pk").warnings == {"inv-question-separate": "翻译人员示例译在场。"}


def test_two_people_are_not_questioned_in_one_record() -> None:
    both = CasePerson(name="示例丙、示例丁")
    assert [one.code for one in asked_alone(both, is_alone=True, note="")] == ["inv-question-separate"]
    assert [one.code for one in asked_alone(None, is_alone=True, note="")] == ["inv-question-separate"]


def test_rights_are_told_first(filed: Walk) -> None:
    assert codes_of(scenes.question, filed, rights_told=False) == {"inv-question-rights"}


def test_certificates_are_shown_first(filed: Walk) -> None:
    assert codes_of(scenes.question, filed, licence_shown=False) == {"gen-show-licence"}


def test_two_different_officers_sign(filed: Walk) -> None:
    assert codes_of(scenes.question, filed, second_officer=filed.cast.lead) == {"gen-two-officers"}
    assert codes_of(scenes.question, filed, second_officer=filed.cast.outsider) == {"gen-two-officers"}


@pytest.mark.parametrize(("until", "is_refused"), [(-1, True), (0, False)])
def test_the_certificate_is_valid_on_the_day_of_the_record(filed: Walk, until: int, is_refused: bool) -> None:
    filed.at += timedelta(days=2)
    day = clock.local(filed.at - timedelta(days=1)).date()
    filed.cast.assistant.certificates.update(valid_until=day + timedelta(days=until))
    filed.cast.assistant.certificates.create(
        number="JL-new", issuer="吉林省人民政府", categories=[], valid_from=clock.local(filed.at).date(),
        valid_until=date(2030, 1, 1),
    )  # fmt: skip
    started = filed.at - timedelta(days=1)
    when = {"started_at": started, "ended_at": started + timedelta(minutes=2)}
    if is_refused:
        assert codes_of(scenes.question, filed, **when) == {"gen-licence-valid"}
    else:
        scenes.question(filed, **when)


def test_signed_or_the_refusal_is_noted(filed: Walk) -> None:
    assert codes_of(scenes.question, filed, signing="refused") == {"inv-question-sign"}
    assert codes_of(scenes.question, filed, signing="refused", refusal_note="拒绝。") == {"inv-question-sign"}
    scenes.question(filed, signing="refused", refusal_note="看过后拒绝签名。", witness_name="示例证")


@pytest.mark.parametrize(("age", "guardian", "note", "codes"), [
    (18, "", "", []), (None, "", "", []), (17, "", "", ["inv-question-minor"]), (17, "示例父", "", []),
    (17, "", "监护人在外地，学校老师不便到场。", []),
])  # fmt: skip
def test_a_minor_is_accompanied(age: int | None, guardian: str, note: str, codes: list[str]) -> None:
    assert [one.code for one in minor_accompanied(age, guardian, note)] == codes


def test_a_minor_is_not_questioned_alone(filed: Walk) -> None:
    minor = CasePerson.objects.create(case=filed.case, role="witness", name="示例少", id_number="220399201001010018")
    assert codes_of(scenes.question, filed, person=minor) == {"inv-question-minor"}
    scenes.question(filed, person=minor, guardian_name="示例父")
    exchanges = last_document(filed.case, "questioning_record").data["exchanges"]
    assert exchanges[0]["answer"] == ["示例父"]


def test_what_a_witness_says_is_testimony(filed: Walk) -> None:
    witness = CasePerson.objects.create(case=filed.case, role="witness", name="示例证")
    scenes.question(filed, person=witness)
    assert Evidence.objects.filter(case=filed.case).latest("pk").kind == "witness"
    scenes.question(filed)
    assert Evidence.objects.filter(case=filed.case).latest("pk").kind == "party_statement"


def test_an_inquest_is_attended_and_limited_or_it_is_noted(filed: Walk) -> None:
    assert codes_of(scenes.inquest, filed, person=None) == {"inv-inquest"}
    assert codes_of(scenes.inquest, filed, is_related=None) == {"inv-inquest"}
    scenes.inquest(filed, person=None, invited_name="示例邻", invited_employer="示例停车场")
    made = last_document(filed.case, "inquest_record").data
    assert (made["invited"], made["weather"], made["person"]["name"]) == ("示例邻", "晴", "")
    scenes.inquest(filed, person=None, absence_note="深夜无人在场。")
    assert "深夜无人在场。" in last_document(filed.case, "inquest_record").data["content"][-1]


@pytest.mark.parametrize(("kind", "codes"), [
    *((kind, []) for kind in (
        "documentary", "physical", "audiovisual", "electronic", "witness", "party_statement", "expert", "record",
    )),
    ("", ["inv-evidence-types"]), ("rumour", ["inv-evidence-types"]),
])  # fmt: skip
def test_the_eight_kinds_of_evidence(kind: str, codes: list[str]) -> None:
    assert [one.code for one in kind_is_statutory(kind, "某物")] == codes


def test_a_ninth_kind_is_refused(filed: Walk) -> None:
    assert codes_of(scenes.add, filed, kind="rumour") == {"inv-evidence-types"}


def test_a_copy_is_checked_against_the_original_or_the_reason_is_kept(filed: Walk) -> None:
    copy = {"is_copy": True, "copy_source": "当事人提供，原件由其保存"}
    assert codes_of(scenes.add, filed, is_copy=True, is_checked_copy=True) == {"inv-copy-verify"}
    assert codes_of(scenes.add, filed, **copy) == {"inv-copy-verify"}
    assert scenes.add(filed, **copy, is_checked_copy=True).is_checked_copy
    kept = scenes.add(filed, **copy, warnings={"inv-copy-verify": "原件已灭失。"})
    assert kept.warnings == {"inv-copy-verify": "原件已灭失。"}


def test_a_recording_says_how_it_was_made_and_what_it_is_kept_on(filed: Walk) -> None:
    video = {"kind": "audiovisual", "title": "视频", "file": scenes.file_of(filed, "video")}
    assert codes_of(scenes.add, filed, **video) == {"inv-edata-record"}
    assert codes_of(scenes.add, filed, **video, medium="disc") == {"inv-edata-record"}
    item = scenes.add(filed, **video, medium="disc", method="执法人员拍摄、录制")
    scenes.sheet(filed, item)
    rows = {one["label"]: one["paragraphs"] for one in last_document(filed.case, "edata_sheet").data["rows"]}
    assert any(scenes.file_of(filed, "video").sha256 in text for text in rows["照片、截图"])
    assert rows["存储介质（U盘、光盘、移动硬盘、其他）"] == ["光盘；取得方式：执法人员拍摄、录制"]


def test_the_sheet_is_for_recordings_only(filed: Walk) -> None:
    assert codes_of(scenes.sheet, filed, scenes.add(filed)) == {"inv-edata-record"}


def test_a_report_without_evidence_is_refused(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    for item in Evidence.objects.filter(case=walk.case):
        walk.step(investigation.void_evidence, cast.lead, evidence_id=item.pk, reason="取得的方法不合法。")
    codes = codes_of(
        walk.step, investigation.submit_report, cast.lead, process="经过" * 20, facts="事实" * 20, opinion="意见" * 10
    )
    assert "inv-comprehensive" in codes


def test_unverified_evidence_grounds_nothing(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    scenes.add(walk)
    codes = codes_of(
        walk.step, investigation.submit_report, cast.lead, process="经过" * 20, facts="事实" * 20, opinion="意见" * 10
    )
    assert codes == {"inv-evidence-verified"}


def test_no_report_without_a_record(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    scenes.add(walk)
    record = Evidence.objects.get(case=walk.case, transcript__isnull=False)
    walk.step(investigation.void_evidence, cast.lead, evidence_id=record.pk, reason="笔录有误，重新制作。")
    codes = codes_of(
        walk.step, investigation.submit_report, cast.lead, process="经过" * 20, facts="事实" * 20, opinion="意见" * 10
    )
    assert "inv-transcript-required" in codes


def test_a_sample_is_listed_sealed_and_signed_for(filed: Walk) -> None:
    assert codes_of(scenes.sample, filed, items=()) == {"inv-sample"}
    assert codes_of(scenes.sample, filed, is_sealed=False) == {"inv-sample"}
    assert codes_of(scenes.sample, filed, licence_shown=False) == {"gen-show-licence"}
    assert codes_of(scenes.sample, filed, signing="refused") == {"inv-question-sign"}
    scenes.sample(filed)
    voucher = last_document(filed.case, "sampling_voucher")
    assert voucher.must_be_served
    assert voucher.data["items"][0]["name"] == "碎砖"
    assert Sample.objects.get().evidence.kind == "physical"


def test_officers_are_not_in_two_places_when_sampling(filed: Walk) -> None:
    scenes.question(filed)
    made = Transcript.objects.latest("pk")
    typed = {"started_at": made.started_at, "ended_at": made.ended_at}
    assert codes_of(scenes.sample, filed, **typed) == {"transcript-overlap"}


def test_a_qualified_institution_or_the_reason(filed: Walk) -> None:
    assert codes_of(scenes.commission, filed, qualification="") == {"inv-appraise"}
    made = scenes.commission(filed, qualification="", no_qualification_note="省内没有法定机构。")
    assert made.warnings == {"inv-appraise": "省内没有法定机构。"}
    assert last_document(filed.case, "testing_commission").must_be_served


def test_a_result_is_evidence_and_the_party_is_told(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    made = scenes.commission(walk)
    report = {"process": "经过" * 20, "facts": "事实" * 20, "opinion": "意见" * 10}
    assert codes_of(walk.step, investigation.submit_report, cast.lead, **report) == {"inv-appraise"}
    assert codes_of(scenes.answer, walk, made, file=None) == {"inv-appraise"}
    made = scenes.answer(walk, made)
    assert made.evidence is not None
    assert made.evidence.kind == "expert"
    walk.step(investigation.verify_evidence, cast.lead, evidence_ids=(made.evidence.pk,))
    assert codes_of(walk.step, investigation.submit_report, cast.lead, **report) == {"inv-appraise"}
    early = clock.local(walk.at).date() - timedelta(days=1)
    assert codes_of(scenes.tell_result, walk, made, told_on=early) == {"inv-appraise"}
    scenes.tell_result(walk, made)
    walk.step(investigation.submit_report, cast.lead, **report)


def test_a_withdrawn_commission_blocks_nothing(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    scenes.answer(walk, scenes.commission(walk), outcome="withdrawn", result="不再需要。", file=None)
    walk.step(investigation.submit_report, cast.lead, process="经过" * 20, facts="事实" * 20, opinion="意见" * 10)
    assert walk.case.state == "P04"


def test_a_letter_for_help_is_numbered_and_carries_no_secret_mark(filed: Walk) -> None:
    typed = {"addressee": "示例县交通运输局", "questions": "请核实该公司分支机构的许可情况【机密】。"}
    assert codes_of(filed.step, sampling.request_assistance, filed.cast.lead, **typed) == {"gen-confidential"}
    typed["questions"] = "请核实该公司分支机构的许可情况。"
    letter = filed.step(sampling.request_assistance, filed.cast.lead, **typed)
    assert letter.number == "吉梨交协调〔2026〕0001号"
    assert any("联系人：示例甲" in text for text in letter.data["paragraphs"])


def test_confidential_items_are_not_named_outside(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    item = scenes.add(walk, title="客户名单", is_confidential=True)
    walk.step(investigation.verify_evidence, cast.lead, evidence_ids=(item.pk,))
    for word in ROAD[ROAD.index("report_submitted") : ROAD.index("decided") + 1]:
        STAGES[word](walk, "1000")
    decision = last_document(walk.case, "penalty_decision").data
    assert "客户名单" not in str(decision)
    assert "不公开" in str(decision["evidence"])


def test_every_act_of_evidence_writes_one_entry(filed: Walk) -> None:
    made = scenes.commission(filed)
    acts: list[Any] = [
        lambda: scenes.inquest(filed), lambda: scenes.sample(filed), lambda: scenes.commission(filed),
        lambda: scenes.answer(filed, made), lambda: scenes.tell_result(filed, made),
    ]  # fmt: skip
    for act in acts:
        count = JournalEntry.objects.count()
        act()
        assert JournalEntry.objects.count() == count + 1
    assert Document.objects.filter(case=filed.case, code="inquest_record").count() == 1
