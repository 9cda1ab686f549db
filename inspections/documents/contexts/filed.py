"""The papers made from the filing: 审批表 (J01), 通知书 (J02), 备案单 (J08)."""

from __future__ import annotations

from datetime import datetime

from inspections.documents import wording
from inspections.documents.contexts.blocks import (
    addressee,
    bases,
    frequency,
    matter_block,
    matter_name,
    planned_time,
    subject_block,
    supervision_phone,
)
from inspections.documents.shapes import ApprovalData, NoticeData
from inspections.models import Located, NoticeMode, VisitMark
from inspections.phrases import EIGHT_NEVERS, FIVE_BANS
from inspections.queries.papers import PaperFacts
from lishu_law import clock
from lishu_law.documents.blocks import day_of, moment
from lishu_law.documents.shapes import FormData, SignedOpinion, row
from lishu_law.law.parameters import DEFAULT_PARAMETERS

ASKED = "拟按上述内容实施检查，请审批。"
NOT_BEGUN = "检查尚未开始"


def approval(facts: PaperFacts, at: datetime) -> ApprovalData:
    """J01. Before the decision the head's opinion stays open for the pen."""
    filing = facts.filing
    note = f"（{filing.source_note}）" if filing.source_note else ""
    exempt = f"；{filing.get_exemption_display()}：{filing.exemption_reason}" if filing.exemption else ""
    form = f"{filing.get_form_display()}，{filing.get_category_display()}，{filing.get_method_display()}"
    head = SignedOpinion(text="", name="", signed_on="")
    if filing.approver is not None and filing.approved_at is not None:
        words = filing.opinion.strip() or "同意。"
        head = SignedOpinion(text=words, name=filing.approver.full_name, signed_on=day_of(filing.approved_at))
    return ApprovalData(
        subject=subject_block(facts),
        source=f"{filing.get_source_display()}{note}{exempt}",
        basis=bases(facts),
        matters=[matter_block(one) for one in facts.matters],
        method=[form, *([f"到现场的理由：{filing.why_on_site}"] if filing.why_on_site else [])],
        officers=facts.officers,
        assistants=facts.assistants,
        time=planned_time(facts) + (f"（{filing.why_longer}）" if filing.why_longer else ""),
        frequency=frequency(facts),
        notice=_notice_mode(facts),
        applicant_opinion=SignedOpinion(
            text=ASKED, name=filing.applicant.full_name, signed_on=day_of(filing.submitted_at)
        ),
        head_opinion=head,
    )


def _notice_mode(facts: PaperFacts) -> str:
    filing = facts.filing
    if filing.notice_mode == NoticeMode.AHEAD:
        return filing.get_notice_mode_display()
    return f"{filing.get_notice_mode_display()}，依据：{filing.notice_ground}"


def notice(facts: PaperFacts, at: datetime) -> NoticeData:
    """J02."""
    filing, you = facts.filing, facts.pronoun
    return NoticeData(
        organ=facts.organ.name,
        addressee=addressee(facts),
        pronoun=you,
        address=facts.subject.address,
        basis=bases(facts),
        matters=[matter_block(one) for one in facts.matters],
        time=planned_time(facts),
        method=f"{filing.get_method_display()}检查",
        officers=facts.officers,
        assistants=facts.assistants,
        frequency=frequency(facts),
        opinions=wording.OPINIONS,
        bans=list(FIVE_BANS),
        must_nots=list(EIGHT_NEVERS),
        rights=[text.format(you=you) for text in wording.RIGHTS],
        contact=facts.users[0].full_name,
        phone=facts.organ.phone,
        supervision_phone=supervision_phone(clock.local(at).date()),
        issued_on=day_of(at),
    )


def slip(facts: PaperFacts, at: datetime) -> FormData:
    """J08: the filing as it stands when the slip is made."""
    filing, subject = facts.filing, subject_block(facts)
    days = DEFAULT_PARAMETERS.value("inspection.rating_days", clock.local(at).date())
    result = (
        f"{filing.get_result_code_display()}（检查编号 {filing.check_code}）" if filing.check_code else "检查尚未结束"
    )
    started = filing.started_at
    return FormData(
        cause="",
        rows=[
            row("备案状态", f"{filing.state_at(at).label}（截至{moment(at)}）"),
            row("省平台备案编号", filing.provincial_filing_no),
            row("检查事项", *(f"{one.item_code}　{matter_name(one)}" for one in facts.matters)),
            row("检查对象", f"{subject['name']}　{subject['credit_code']}".strip(), subject["address"]),
            row("执法人员及证号", *(f"{one['name']}（{one['certificate_no'] or '／'}）" for one in facts.officers)),
            row("计划时间", planned_time(facts)),
            row("备案时间", moment(filing.approved_at) if filing.approved_at else ""),
            row("亮证", f"{moment(started)}，{filing.get_started_how_display()}" if started else NOT_BEGUN),
            row("扫码时间、地点", *_scanned(facts)),
            row("检查结果", result),
            row("评价", wording.EVALUATION.format(days=days)),
        ],
        tables=[],
        opinions=[],
        signatures=[],
        remarks=[],
    )  # fmt: skip


def _scanned(facts: PaperFacts) -> list[str]:
    """When and where the visit began and ended: where the phone was, as far as it said so (§4.2)."""
    marks = [one for one in (facts.visit.start, facts.visit.end) if one is not None]
    return [_mark(one, facts.subject.address) for one in marks] or [NOT_BEGUN]


def _mark(mark: VisitMark, address: str) -> str:
    where = mark.get_located_display()
    if mark.located == Located.GIVEN:
        where = f"东经{mark.longitude}，北纬{mark.latitude}"
        where += f"，精度{mark.accuracy}米" if mark.accuracy is not None else ""
        where += f"，距{address}{mark.distance}米" if mark.distance is not None else ""
    by = f"，扫码人{mark.scanned_by}" if mark.scanned_by else ""
    return f"{mark.get_moment_display()}：{moment(mark.at)}，{where}{by}"
