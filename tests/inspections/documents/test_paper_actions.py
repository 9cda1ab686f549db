"""Papers are sealed by the acts they belong to, numbered without gaps, and drawn by the worker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from paper_scenes import WRITTEN_AT, examined, finished, identity, made, questioned, sampled, telling

from inspections.actions.documents import make_paper, tell_result
from inspections.actions.filings import approve_inspection
from inspections.actions.signing import sign_record
from inspections.actions.visits import NewOrder, NewPoint, finish_inspection, start_inspection
from inspections.documents.render import OUTPUT, paper_html, with_drawings
from inspections.models import InspectionDocument, InspectionFiling
from inspections.queries.visit_record import text_of_record
from inspections.tasks import render_paper, render_waiting_papers
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import NumberSeries, PdfState
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.pdf import machine
from lishu_law.web.signatures import NewSignature, digest_of_text
from tests.inspections.scenes import (
    FILED_AT,
    VISIT_FROM,
    Scene,
    filed_filing,
    finished_filing,
    new_result,
    signed_by_officers,
    signed_by_party,
    started_filing,
    subject,
    submitted_filing,
)

needs_pango = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


def codes_of(filing: InspectionFiling) -> list[str]:
    return list(filing.documents.order_by("id").values_list("code", flat=True))


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def test_the_approval_seals_its_form_and_the_notice(scene: Scene) -> None:
    filing = filed_filing(scene, subject())
    approval, notice = filing.documents.order_by("id")
    assert (approval.code, approval.number) == ("inspection_approval", "吉梨交检审〔2026〕0001号")
    assert (notice.code, notice.number) == ("inspection_notice", "吉梨交检通〔2026〕0001号")
    assert approval.data["head_opinion"]["name"] == scene.cast.squad_leader.full_name
    assert [one["certificate_no"] for one in notice.data["officers"]] == [
        one["certificate_no"] for one in approval.data["officers"]
    ]
    assert all(one["certificate_no"] for one in notice.data["officers"])
    assert "本次为第1次；年度上限2次" in notice.data["frequency"]
    assert notice.data["filing_no"] == filing.filing_no
    assert approval.sealed_by == notice.sealed_by == scene.cast.squad_leader


def test_an_unannounced_visit_gets_its_notice_only_when_asked_for(scene: Scene) -> None:
    filing = filed_filing(scene, subject(), notice_mode="none", notice_ground="《示例规定》第一条")
    assert codes_of(filing) == ["inspection_approval"]
    notice = make_paper(
        filing_id=filing.pk, version=filing.version, by=scene.cast.lead, code="inspection_notice", at=FILED_AT
    )
    assert notice.number == "吉梨交检通〔2026〕0001号"


def test_a_returned_filing_uses_no_number(scene: Scene) -> None:
    row = submitted_filing(scene, subject())
    approve_inspection(
        filing_id=row.pk,
        version=row.version,
        by=scene.cast.squad_leader,
        agree=False,
        opinion="时间不合适",
        at=FILED_AT,
    )
    assert codes_of(row) == []
    assert not NumberSeries.objects.exists()


def test_the_second_signature_of_an_officer_seals_the_record(scene: Scene) -> None:
    filing = finished_filing(scene, subject())
    filing.refresh_from_db()
    assert "inspection_record" not in codes_of(filing)
    signed_by_officers(filing)
    assert codes_of(filing) == ["inspection_approval", "inspection_notice", "inspection_record"]
    record = filing.documents.get(code="inspection_record").data
    assert [row["outcome"] for row in record["points"]][:2] == ["不合格", "合格"]
    assert record["present"] == "示例厂长"
    assert record["findings"] == ["厂区内两辆货车装载未苫盖"]
    assert "主动出示执法证件" in record["shown"][0]


def test_a_visit_off_site_has_no_record_of_the_spot(scene: Scene) -> None:
    filing = filed_filing(scene, subject(), method="03", why_on_site="")
    filing.refresh_from_db()
    done = started(filing, scene)
    assert made(scene, done, "inspection_result").number  # nobody has signed: there is no J03 to sign
    signed_by_officers(done)
    assert "inspection_record" not in codes_of(done)


def test_a_result_is_not_told_before_two_officers_have_signed(scene: Scene) -> None:
    filing = finished_filing(scene, subject())
    filing.refresh_from_db()
    assert refused(lambda: made(scene, filing, "inspection_result")) == ["insp-officers-signed"]
    signed_by(scene.cast.lead, filing)
    assert refused(lambda: made(scene, filing, "inspection_result")) == ["insp-officers-signed"]
    assert refused(lambda: tell_result(**identity(scene, filing), telling=telling())) == ["insp-officers-signed"]
    assert "inspection_record" not in codes_of(filing)
    signed_by(scene.cast.assistant, filing)
    assert made(scene, filing, "inspection_result").number
    assert tell_result(**identity(scene, filing), telling=telling()).receiver == "示例厂长"
    assert codes_of(filing).count("inspection_record") == 1


def signed_by(user: Any, filing: InspectionFiling) -> None:
    signature = NewSignature("officer", user.full_name, user=user)
    digest = digest_of_text(text_of_record(filing))
    sign_record(filing_id=filing.pk, by=user, digest=digest, signature=signature, at=WRITTEN_AT)


def started(filing: InspectionFiling, scene: Scene) -> InspectionFiling:
    who = {"filing_id": filing.pk, "by": scene.cast.lead}
    row = start_inspection(**who, version=filing.version, how="code", at=VISIT_FROM + timedelta(minutes=5))
    return finish_inspection(
        **who, version=row.version, result=new_result(scene), signatures=(signed_by_party(scene.cast),),
        at=VISIT_FROM + timedelta(hours=2),
    )  # fmt: skip


def ordered(scene: Scene) -> InspectionFiling:
    """A visit that ended with an order to put things right."""
    points = (
        NewPoint(scene.matter.pk, "1", "不合格", "两辆货车未苫盖", "《示例规定》第二条", "by_date", "执法记录仪录像"),
        NewPoint(scene.matter.pk, "2", "合格"),
    )
    filing = finished_filing(
        scene, subject(), result_code="R5", item_code="", points=points, party_opinion="没有意见。",
        order=NewOrder("两辆货车配齐苫布", "《示例规定》第三条", date(2026, 3, 11)),
    )  # fmt: skip
    filing.refresh_from_db()
    return signed_by_officers(filing)


def test_order_article_and_opinion_stand_on_record_and_result(scene: Scene) -> None:
    filing = ordered(scene)
    record = filing.documents.get(code="inspection_record").data
    order = "依据《示例规定》第三条，责令你单位于2026年3月11日前改正：两辆货车配齐苫布"
    assert record["points"][0]["facts"] == [
        "两辆货车未苫盖", "违反：《示例规定》第二条；处理：责令限期改正；其他证据：执法记录仪录像",
    ]  # fmt: skip
    assert record["measures"][-1] == order
    assert record["opinion"] == ["没有意见。"]
    result = made(scene, filing, "inspection_result").data
    assert result["conclusion"] == "本次检查发现问题，已责令改正。"
    assert result["demands"][-1] == order
    assert "60日内向梨树县人民政府申请行政复议" in result["remedies"][-1]
    assert "6个月内依法向梨树县人民法院提起行政诉讼" in result["remedies"][-1]


def test_without_an_order_no_lawsuit_is_offered(scene: Scene) -> None:
    assert "行政诉讼" not in "".join(made(scene, finished(scene), "inspection_result").data["remedies"])


def test_a_signature_on_the_pad_is_drawn_and_its_strokes_stay_where_they_are(scene: Scene) -> None:
    paper = finished(scene).documents.get(code="inspection_record")
    inspected, *officers = paper.data["signed"]
    assert inspected["words"].startswith("示例厂长，2026年3月4日11时00分")
    assert [one["words"].partition("，")[0] for one in officers] == [
        scene.cast.lead.full_name, scene.cast.assistant.full_name,
    ]  # fmt: skip
    assert "strokes" not in str(paper.data)
    drawn = with_drawings(paper.data)["signed"][0]["drawing"]
    assert len(drawn["lines"]) == 3
    assert paper_html(paper.code, "", "x", with_drawings(paper.data), draft=False).count("<polyline") == 3


def test_the_slip_says_where_the_phone_was(scene: Scene) -> None:
    rows = {one["label"]: one["paragraphs"] for one in made(scene, finished(scene), "inspection_slip").data["rows"]}
    assert [text[:3] for text in rows["扫码时间、地点"]] == ["开始：", "结束："]
    assert "没有定位" in rows["扫码时间、地点"][0]


def test_papers_written_in_the_visit_come_from_the_filing_where_they_can(scene: Scene) -> None:
    filing = finished(scene)
    first, second = questioned(scene, filing), questioned(scene, filing)
    assert (first.data["ordinal"], second.data["ordinal"]) == ("1", "2")
    assert first.data["officers"][0]["certificate_no"]
    voucher = sampled(scene, filing)
    assert voucher.data["party"]["name"] == "梨树县示例运输有限公司"
    assert examined(scene, filing).data["cause"] == scene.matter.name
    assert not any(one.number for one in (first, second, voucher))


def test_a_refused_signature_stands_on_the_paper(scene: Scene) -> None:
    filing = finished(scene)
    how = {"signing": "refused", "refusal_note": "不愿签名", "witness_name": "示例庚"}
    assert questioned(scene, filing, **how).data["refusal"] == "不愿签名"
    assert "当事人拒绝签名：不愿签名" in sampled(scene, filing, **how).data["remarks"]
    assert "拒绝签名：不愿签名（见证人：示例庚）" in examined(scene, filing, **how).data["content"]
    assert not any(one["is_chosen"] for one in examined(scene, filing, **how).data["reading"])


def test_the_witness_of_a_paper_stands_outside_the_visit(scene: Scene) -> None:
    filing = finished(scene)
    how = {"signing": "refused", "refusal_note": "不愿签名", "witness_name": "示例甲"}
    for write in (questioned, sampled, examined):
        assert refused(lambda write=write: write(scene, filing, **how)) == ["insp-record"]
    assert refused(lambda: examined(scene, filing, invited_name="示例丁")) == ["insp-record"]
    questioned(scene, filing, **{**how, "witness_name": "示例甲（东关社区）"})


def test_a_transcript_outside_the_visit_or_by_a_stranger_is_refused(scene: Scene) -> None:
    filing = finished(scene)
    assert refused(lambda: questioned(scene, filing, ended_at=WRITTEN_AT)) == ["insp-record"]
    assert refused(lambda: sampled(scene, filing, second=scene.cast.third_officer)) == ["insp-two"]
    assert codes_of(filing)[3:] == []


def test_result_and_slip_follow_the_visit(scene: Scene) -> None:
    filing = finished(scene)
    result = made(scene, filing, "inspection_result")
    assert result.number == "吉梨交检告〔2026〕0001号"
    assert result.data["conclusion"] == "本次检查发现涉嫌违法的线索，依法另行立案调查。"
    assert "两辆货车未苫盖" in result.data["findings"][0]
    assert refused(lambda: made(scene, filing, "inspection_result")) == ["paper-once"]
    slips = [made(scene, filing, "inspection_slip") for _ in range(2)]
    assert all(one.number == "" for one in slips)
    assert NumberSeries.objects.get(kind="J07").last == 1


def test_papers_wait_for_their_time(scene: Scene) -> None:
    filing = started_filing(scene, subject())
    who = {"filing_id": filing.pk, "version": filing.version, "by": scene.cast.lead, "at": WRITTEN_AT}
    assert refused(lambda: make_paper(**who, code="inspection_result")) == ["paper-state"]
    with pytest.raises(NotFound):
        make_paper(**who, code="inspection_record")


def test_only_the_officers_of_the_visit_make_papers(scene: Scene) -> None:
    filing = finished(scene)
    for person in (scene.cast.squad_leader, scene.cast.third_officer):
        with pytest.raises((NotAllowed, NotFound)):
            make_paper(**{**identity(scene, filing), "by": person}, code="inspection_slip")


def test_each_paper_is_journalled_once_by_the_act_that_made_it(scene: Scene) -> None:
    filing = finished(scene)
    before = JournalEntry.objects.count()
    paper = made(scene, filing, "inspection_result")
    entry = JournalEntry.objects.order_by("-pk").first()
    assert JournalEntry.objects.count() == before + 1
    assert entry is not None
    assert entry.action == "inspection.make_paper"
    assert paper.number in entry.body


def test_one_of_each_is_kept_by_the_database(scene: Scene) -> None:
    filing = finished(scene)
    paper = filing.documents.get(code="inspection_record")
    paper.pk, paper.number = None, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save()


@needs_pango
def test_the_worker_draws_what_was_sealed_and_never_twice(scene: Scene) -> None:
    filing = finished(scene)
    questioned(scene, filing), sampled(scene, filing), examined(scene, filing)
    made(scene, filing, "inspection_result"), made(scene, filing, "inspection_slip")
    assert len(OUTPUT.waiting_ids(50)) == 8
    first = OUTPUT.waiting_ids(1)[0]
    render_paper(first)
    stored = InspectionDocument.objects.get(pk=first)
    assert stored.pdf_state == PdfState.DONE
    assert stored.pdf_path.startswith(f"inspections/{filing.pk}/")
    assert not OUTPUT.render_one(first)
    render_waiting_papers()
    assert {one.pdf_state for one in filing.documents.all()} == {PdfState.DONE}
    assert all(one.pdf_pages and one.pdf_sha256 for one in filing.documents.all())


@needs_pango
def test_a_paper_that_cannot_be_drawn_says_why_and_keeps_its_data(scene: Scene) -> None:
    filing = finished(scene)
    paper = filing.documents.get(code="inspection_record")
    InspectionDocument.objects.filter(pk=paper.pk).update(data={**paper.data, "place": "\U000f0001"})
    assert not OUTPUT.render_one(paper.pk)
    paper.refresh_from_db()
    assert paper.pdf_state == PdfState.FAILED
    assert "U+F0001" in paper.pdf_error
