"""Documents of the ways off the road: forms of approval, letters of transfer, the decision not to penalise."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cases.documents.contexts.blocks import officer_blocks
from cases.documents.contexts.report import live_evidence
from cases.documents.shapes import FormData, FormOpinion, FormTable, LetterData, SignedOpinion, row
from cases.models import Approval, CrimeTransfer, Discussion, Document, NoPenalty
from cases.procedure.ending import ENDINGS
from cases.procedure.no_penalty import GROUNDS
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, moment, paragraphs, party_block
from lishu_law.law.parameters import DEFAULT_PARAMETERS


def _asked(request: Approval, label: str = "承办人意见") -> FormOpinion:
    signed = SignedOpinion(
        text=request.reason, name=request.asked_by.full_name, signed_on=day_of(request.asked_at)
    )  # fmt: skip
    return FormOpinion(label=label, opinion=signed)


def _endorsed(request: Approval) -> FormOpinion:
    said = request.data.get("endorsed")
    signed = SignedOpinion(text="", name="", signed_on="")
    if said:
        signed = SignedOpinion(
            text=said["opinion"], name=said["name"], signed_on=day_of(datetime.fromisoformat(said["at"]))
        )
    return FormOpinion(label="经办机构负责人意见", opinion=signed)


def _decided(request: Approval, doing: Any) -> FormOpinion:
    signed = SignedOpinion(text=request.opinion, name=doing.by.full_name, signed_on=day_of(doing.at))
    return FormOpinion(label="负责人审批意见", opinion=signed)


def _form(loaded: LoadedCase, rows: list[Any], request: Approval, doing: Any) -> FormData:
    """A form of approval: its rows, and the three signatures of a request."""
    opinions = [_asked(request), _endorsed(request), _decided(request, doing)]
    return FormData(
        cause=loaded.case.violation, rows=rows, tables=[], opinions=opinions, signatures=[], remarks=[]
    )  # fmt: skip


def no_filing_approval(loaded: LoadedCase, doing: Any, request: Approval) -> FormData:
    """S02."""
    case, said = loaded.case, request.data.get("informant", "")
    note = f"（{case.source_note}）" if case.source_note else ""
    rows = [
        row("线索编号", case.clue_no),
        row("线索来源", f"{case.get_source_display().removesuffix('经核实')}{note}"),
        row("当事人", case.party.name if case.party else ""),
        row("核查情况", *paragraphs(request.data["verification"]), is_long=True),
        row("不予立案理由", *paragraphs(request.reason), is_long=True),
        row("答复举报人情况", "已经答复。" if any(one.is_answered for one in loaded.facts.informants) else said),
    ]
    return _form(loaded, rows, request, doing)


def ending_approval(loaded: LoadedCase, doing: Any, request: Approval) -> FormData:
    """S03, and the same form for 终止调查."""
    case, ending = loaded.case, ENDINGS[request.data["ground"]]
    label = "撤销理由" if ending.kind == "withdrawal" else "终止理由"
    rows = [
        row("当事人", case.known_party.name),
        row("立案日期", day(case.filed_on) if case.filed_on else ""),
        row("适用情形", ending.title.partition("：")[2]),
        row(label, *paragraphs(request.reason), is_long=True),
        row("强制措施和先行登记保存", "已经全部解除。" if loaded.facts.measures else "没有采取。"),
    ]
    return _form(loaded, rows, request, doing)


withdrawal_approval = termination_approval = ending_approval


def extension_approval(loaded: LoadedCase, doing: Any, request: Approval, due: tuple[date, date]) -> FormData:
    """S25. ``due`` is the end of the limit before and after."""
    case, (before, after) = loaded.case, due
    rows = [
        row("当事人", case.known_party.name),
        row("立案日期", day(case.filed_on) if case.filed_on else ""),
        row("到期日", day(before)),
        row("理由", *paragraphs(request.reason), is_long=True),
        row("延长至", f"{day(after)}（延长{request.data['days']}日）"),
    ]
    return _form(loaded, rows, request, doing)


def collective_discussion(loaded: LoadedCase, meeting: Discussion, opinions: tuple[tuple[Any, str], ...]) -> FormData:
    """S23: who was there, what each said, the conclusion; everybody signs by hand."""
    case, report = loaded.case, loaded.part("report")
    table = FormTable(
        title="讨论记录", columns=["姓名", "职务", "意见"],
        rows=[[head.full_name, head.role_names, text.strip()] for head, text in opinions],
    )  # fmt: skip
    names = "、".join(f"{head.full_name}（{head.role_names}）" for head, _text in opinions)
    rows = [
        row("案件名称", f"{case.known_party.name}{case.violation}案"),
        row("讨论时间起止", f"{moment(meeting.started_at)}至{moment(meeting.ended_at)}"),
        row("地点", meeting.place),
        row("主持人", meeting.chair.full_name),
        row("汇报人", meeting.reporter),
        row("记录人", meeting.recorder),
        row("出席人员姓名及职务", names),
        row("案件简介", *paragraphs(report.facts if report else case.summary), is_long=True),
        row("拟处理意见", *paragraphs(report.opinion if report else "")),
        *_departure_rows(loaded),
        row("结论性意见", f"{meeting.get_outcome_display()}。", *paragraphs(meeting.conclusion), is_long=True),
    ]
    signatures = [f"出席人员{head.full_name}" for head, _text in opinions]
    return FormData(cause=case.violation, rows=rows, tables=[table], opinions=[], signatures=signatures, remarks=[])


def _departure_rows(loaded: LoadedCase) -> list[Any]:
    """What has to be discussed about leaving the benchmark: how, on which ground, and what the legal section says."""
    chosen = loaded.facts.discretion
    if chosen is None or not chosen.departure:
        return []
    opinions = [one.departure_opinion for one in loaded.facts.reviews if one.departure_opinion]
    said = [f"法制审核意见：{opinions[-1]}"] if opinions else []
    return [row("偏离裁量基准", f"{chosen.departure}。", f"理由：{chosen.departure_grounds}", *said, is_long=True)]


def transfer_letter(loaded: LoadedCase, doing: Any, request: Approval) -> LetterData:
    """S28, to the organ that has jurisdiction."""
    case, organ, data = loaded.case, loaded.case.authority, request.data
    who = f"当事人{case.party.name}" if case.party else "有关当事人"
    enclosures = data["enclosures"] or ["案件材料"]
    return LetterData(
        organ=organ.name,
        addressee=data["organ"],
        paragraphs=[
            f"本机关在办理{who}涉嫌{case.violation}一案中，查明案情如下：{case.summary}",
            f"本机关对该案没有管辖权。{request.reason}",
            f"依据{data['basis']}的规定，现将该案移送你单位依法处理。请将处理结果函告本机关。",
            f"联系人：{organ.contact_name or '／'}　电话：{organ.phone or '／'}　地址：{organ.address or '／'}",
        ],
        tables=[
            FormTable(
                title="附件",
                columns=["序号", "材料名称"],
                rows=[[str(number), name] for number, name in enumerate(enclosures, 1)],
            )  # fmt: skip
        ],
        signatures=["受移送机关接收人"],
        issued_on=day(doing.today),
        note="（本文书一式两份：一份存根，一份交受移送机关。）",
    )


def transfer_notice(loaded: LoadedCase, doing: Any, sent: tuple[Approval, date]) -> LetterData:
    """S28, to the party: when and to whom the case went."""
    case, (request, sent_on) = loaded.case, sent
    return LetterData(
        organ=case.authority.name,
        addressee=f"当事人（{case.known_party.name}）",
        paragraphs=[
            f"{party_block(case.known_party, doing.today)['pronoun']}涉嫌{case.violation}一案，因不属于本机关管辖，本机关已经移送"
            f"有管辖权的机关处理。移送日期：{day(sent_on)}。受移送机关：{request.data['organ']}。",
            f"受移送机关电话：{request.data['organ_phone'] or '／'}。特此告知。",
        ],
        tables=[],
        signatures=[],
        issued_on=day(doing.today),
        note="（本文书一式两份：一份存根，一份交当事人。）",
    )


def crime_transfer_letter(loaded: LoadedCase, doing: Any, transfer: CrimeTransfer) -> LetterData:
    """S27 with the list of goods and papers; the police sign the receipt."""
    case = loaded.case
    goods = [[str(number), *one] for number, one in enumerate(transfer.goods, 1)]
    papers = [[str(number), name] for number, name in enumerate(transfer.enclosures, 1)]
    return LetterData(
        organ=case.authority.name,
        addressee=transfer.police,
        paragraphs=[
            f"本机关在查处案由为“{case.violation}”的案件中，发现当事人{case.known_party.name}的行为涉嫌"
            f"“{transfer.offence}”犯罪。涉嫌事实：{transfer.report}",
            "依据《中华人民共和国行政处罚法》第二十七条和《行政执法机关移送涉嫌犯罪案件的规定》，现将该案移送你单位，"
            "并附案件情况的调查报告、涉案物品清单；有检验报告（鉴定意见）和其他材料的一并移送，以所附清单为准。请在三日内决定是否立案并书面通知本机关。",
            f"专案组成员：{transfer.first_member.full_name}、{transfer.second_member.full_name}。"
            f"{moment(transfer.handed_over_at) if transfer.handed_over_at else ''}移交。",
        ],
        tables=[
            FormTable(title="移送材料清单", columns=["序号", "材料名称"], rows=papers),
            FormTable(title="涉案物品清单", columns=["序号", "名称", "规格", "数量"], rows=goods or [["／", "无", "／", "／"]]),
        ],
        signatures=["回执：公安机关接收人"],
        issued_on=day(doing.today),
        note="（本文书一式两份：一份存卷，一份交公安机关，抄送人民检察院。）",
    )  # fmt: skip


def no_penalty_decision(loaded: LoadedCase, doing: Any, decided: NoPenalty, first_query: str = "") -> LetterData:
    """S26: facts, evidence, the first-violation query where it rests on that, ground and article, education, remedies."""
    case, ground, today = loaded.case, GROUNDS[decided.ground], doing.today
    report = loaded.part("report")
    facts = paragraphs(report.facts if report else case.summary)
    evidence = "；".join(f"{item.title}（{item.get_kind_display()}）" for item in live_evidence(loaded)) or "／"
    value = DEFAULT_PARAMETERS.value
    opening = "经调查，事实如下：" if ground.is_violation else "经调查，情况如下："
    return LetterData(
        organ=case.authority.name,
        addressee=f"当事人（{case.known_party.name}{_identity(case)}）",
        paragraphs=[
            f"{opening}{facts[0].removeprefix('经查，') if facts else ''}",
            *facts[1:],
            f"以上事实有下列证据证明：{evidence}。",
            *([first_query] if first_query else []),
            *_exempting_lines(loaded),
            f"不予处罚理由及依据：{decided.reason.rstrip('。')}，属于{ground.title}的情形。依据《中华人民共和国行政处罚法》"
            f"{ground.citation.removeprefix('行政处罚法')}的规定，本机关决定对当事人不予行政处罚。",
            f"教育内容：{decided.education}",
            f"救济途径和期限：如果不服本决定，可以自收到本决定书之日起60日内向{value('review_organ.name', today)}"
            f"申请行政复议，或者在6个月内依法向{value('court.name', today)}提起行政诉讼。",
        ],
        tables=[],
        signatures=[],
        issued_on=day(today),
        note="（本文书一式两份：一份存根，一份交当事人或者其代理人。）",
    )


def _exempting_lines(loaded: LoadedCase) -> list[str]:
    """Where the benchmark itself exempts: list and number, and what was found about every condition."""
    chosen = loaded.part("discretion")
    if chosen is None or chosen.result.get("assessment", {}).get("action") != "no_penalty":
        return []
    return [f"裁量基准和清单的适用：{chosen.result['decision_text']}"]


def _identity(case: Any) -> str:
    if case.known_party.uscc:
        return f"，统一社会信用代码{case.known_party.uscc}"
    return f"，身份证件号{case.known_party.id_number}" if case.known_party.id_number else ""


def correction_order(loaded: LoadedCase, doing: Any, order: Any) -> dict[str, Any]:
    """M16, with one of its two boxes ticked."""
    value, today = DEFAULT_PARAMETERS.value, doing.today
    return {
        "party": party_block(loaded.case.known_party, today),
        "facts": paragraphs(order.facts),
        "basis": order.basis,
        "at_once": order.due_on is None,
        "due_on": day(order.due_on) if order.due_on else "",
        "review_organ": value("review_organ.name", today),
        "court": value("court.name", today),
        "officers": officer_blocks(loaded, today),
        "organ": loaded.case.authority.name,
        "issued_on": day(today),
    }


def document_correction(loaded: LoadedCase, doing: Any, corrected: tuple[Document, Approval]) -> LetterData:
    """S37: the document, what stands in it, what is right."""
    case, (document, request) = loaded.case, corrected
    number = f"（{document.number}）" if document.number else ""
    sealed = day(clock.local(document.sealed_at).date())
    return LetterData(
        organ=case.authority.name,
        addressee=f"当事人（{case.known_party.name}）",
        paragraphs=[
            f"本机关{sealed}作出的《{document.title}》{number}（以下称原文书）存在文字错误，现予更正：",
            f"错误：“{request.data['wrong']}”。更正为：“{request.data['right']}”。",
            f"更正原因：{request.reason.strip().rstrip('。')}。原文书的其他内容不变。",
        ],
        tables=[],
        signatures=[],
        issued_on=day(doing.today),
        note="（本文书一式两份：一份存根，一份交当事人。）",
    )


__all__ = [
    "collective_discussion", "correction_order", "crime_transfer_letter", "document_correction", "ending_approval",
    "extension_approval", "no_filing_approval", "no_penalty_decision", "termination_approval",
    "transfer_letter", "transfer_notice", "withdrawal_approval",
]  # fmt: skip
