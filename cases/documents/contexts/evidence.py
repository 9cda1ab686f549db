"""勘验笔录, 抽样取证凭证, the sheets of electronic data and monitoring records, commissions and letters for help."""

from __future__ import annotations

from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import lead_first, officer_block, officer_blocks
from cases.models import Evidence, MonitoringRecord, Sample, Signing, TestingCommission, Transcript
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import age_on, day, day_of, gender, moment, paragraphs, party_block, reading_choices
from lishu_law.documents.shapes import InquestData, InquestPerson, SampledItem, SamplingData, row

SAMPLING_BASIS = "《中华人民共和国行政处罚法》第五十六条"


def inquest_record(loaded: LoadedCase, made: Transcript) -> InquestData:
    """M03."""
    person, on = made.person, clock.local(made.started_at).date()
    names = f"{made.first_officer.full_name}、{made.second_officer.full_name}"
    noted = [f"在场情况说明：{made.warnings['inv-inquest']}"] if made.warnings.get("inv-inquest") else []
    refused = [f"拒绝签名：{made.refusal_note}（见证人：{made.witness_name}）"] if made.refusal_note else []
    return InquestData(
        cause=loaded.case.violation,
        started_at=moment(made.started_at),
        ended_at=moment(made.ended_at),
        place=made.evidence.obtained_place,
        weather=made.weather,
        inspectors=[officer_block(user, loaded, on) for user in (made.first_officer, made.second_officer)],
        unit=loaded.case.authority.name,
        person=InquestPerson(
            name=person.name if person else "",
            gender=gender(person.gender) if person else "",
            age=age_on(person.id_number, on) if person else "",
            id_number=person.id_number if person else "",
            employer_and_position=person.employer if person else "",
            address=person.address if person else "",
            phone=person.phone if person else "",
        ),
        invited=made.invited_name,
        invited_unit=made.invited_employer,
        recorder=made.second_officer.full_name,
        content=[f"勘验人{names}主动出示执法证件，说明来意。", *paragraphs(made.body), *noted, *refused],
        reading=reading_choices("read" if made.signing == Signing.SIGNED else ""),
    )


def sampling_voucher(loaded: LoadedCase, sample: Sample) -> SamplingData:
    """M05."""
    organ = loaded.case.authority
    refused = f"当事人拒绝签名：{sample.refusal_note}。" if sample.refusal_note else ""
    return SamplingData(
        party=party_block(loaded.case.known_party, clock.local(sample.started_at).date()),
        started_at=moment(sample.started_at),
        ended_at=moment(sample.ended_at),
        place=sample.evidence.obtained_place,
        organ=organ.name,
        phone=organ.phone,
        basis=SAMPLING_BASIS,
        items=[
            SampledItem(
                name=item["name"], specification=item["specification"], quantity=item["quantity"], place=item["place"]
            )
            for item in sample.items
        ],
        witness=sample.witness_name,
        remarks=f"样品已当场封存。{refused}{sample.remarks}",
        issued_on=day_of(sample.ended_at),
    )


def edata_sheet(loaded: LoadedCase, item: Evidence, *, original: str, opinion: str) -> shapes.FormData:
    """S06: with the digest of the file, by which anybody can tell that it was never changed."""
    on = clock.local(item.obtained_at).date()
    collector = next((o.user for o in loaded.officers if o.user_id == item.collected_by_id), item.collected_by)
    officers = officer_blocks(loaded, on)
    file = item.file
    digest = f"{file.original_name}（{file.size}字节），SHA-256：{file.sha256}" if file else "见所附照片、截图"
    medium = item.get_medium_display() or "其他"
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            row("照片、截图", item.title, digest, is_long=True),
            row("证明事项", item.purpose),
            row("采集时间", moment(item.obtained_at)),
            row("采集人", collector.full_name),
            row("采集地点", item.obtained_place),
            row("证据类型（原物、复制件、其他）", f"{original}{f'，{item.copy_source}' if item.copy_source else ''}"),
            row("存储介质（U盘、光盘、移动硬盘、其他）", f"{medium}；取得方式：{item.method or '见证据目录'}"),
            row("执法人员", "、".join(one["name"] for one in officers)),
            row("执法证号", "、".join(one["certificate_no"] for one in officers)),
            row("现场人员意见", opinion, is_long=True),
        ],
        tables=[],
        opinions=[],
        signatures=["采集人", "执法人员", "现场人员"],
        remarks=[],
    )


def paste_sheet(loaded: LoadedCase, item: Evidence) -> shapes.PasteSheetData:
    """S07: room for the copy, where it comes from, and that it was compared with the original, or why it was not."""
    file, on = item.file, clock.local(item.obtained_at).date()
    reason = item.warnings.get("inv-copy-verify", "")
    return shapes.PasteSheetData(
        cause=loaded.case.violation,
        title=item.title,
        purpose=item.purpose,
        file=f"{file.original_name}，SHA-256：{file.sha256}" if file else "",
        source=item.copy_source,
        checked="经核对与原件一致。" if item.is_checked_copy else f"没有与原件核对，原因：{reason}",
        copied_on=day(on),
        officers=officer_blocks(loaded, on),
    )


def testing_commission(loaded: LoadedCase, made: TestingCommission) -> shapes.FormData:
    """S08: the commission, and the period told to the party."""
    note = made.warnings.get("inv-appraise", "")
    period = f"{day(made.begins_on)}至{day(made.due_on)}"
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            row("受托机构", made.institution),
            row("资质", made.qualification or f"没有法定资质机构：{note}"),
            row("委托事项", made.matter, is_long=True),
            row("样品", made.sample),
            row("期限", period),
            row("费用承担", "由本机关承担"),
            row("告知当事人期间起止", f"鉴定、检测期间为{period}，结果出具后告知当事人。"),
        ],
        tables=[],
        opinions=[],
        signatures=["当事人"],
        remarks=[],
        organ=loaded.case.authority.name,
        issued_on=day_of(made.commissioned_at),
    )


def monitoring_review(loaded: LoadedCase, made: MonitoringRecord) -> shapes.FormData:
    """S09."""
    device, on = made.device, clock.local(made.recorded_at).date()
    held = next((one for one in device.calibrations.all() if one.holds_on(on)), None)
    certificate = f"{held.certificate_no}（{held.organ}），有效期至{day(held.valid_until)}" if held else ""
    words = {"true": "真实", "clear": "清晰", "complete": "完整", "accurate": "准确"}
    result = "，".join(f"{word}：{'是' if made.checks.get(name) else '否'}" for name, word in words.items())
    published = f"{day(device.published_on)}公布，{device.published_at}" if device.published_on else ""
    reviewer = made.reviewer.full_name if made.reviewer else ""
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            row("记录编号", made.record_no),
            row("设备编号", f"{device.number}　{device.name}"),
            row("点位公告", published),
            row("检定证书号及有效期", certificate),
            row("记录时间地点", f"{moment(made.recorded_at)}，{made.place}"),
            row("车牌", made.plate),
            row("超限数据", made.measured),
            row("图像清晰度", made.clarity),
            row(
                "审核结论",
                f"{made.get_outcome_display()}。{result}。",
                made.opinion,
                f"技术审核人：{made.technical_reviewer}　法制审核人：{reviewer}",
                is_long=True,
            ),
        ],
        tables=[],
        opinions=[],
        signatures=["技术审核人", "法制审核人"],
        remarks=[],
    )


def assistance_letter(loaded: LoadedCase, doing: Any, *, addressee: str, questions: str) -> shapes.LetterData:
    """S05."""
    case, organ = loaded.case, loaded.case.authority
    lead = lead_first(loaded.current_officers)[0].user
    return shapes.LetterData(
        organ=organ.name,
        addressee=addressee,
        paragraphs=[
            f"本机关正在办理一起行政处罚案件，案由：{case.violation}。"
            "依据《中华人民共和国行政处罚法》第二十六条的规定，请你单位协助调查以下事项。",
            "协助问题：",
            *paragraphs(questions),
            f"请将结果书面回复本机关。联系人：{lead.full_name}，联系电话：{organ.phone or '／'}。",
        ],
        tables=[],
        signatures=[],
        issued_on=day(doing.today),
        note="",
    )
