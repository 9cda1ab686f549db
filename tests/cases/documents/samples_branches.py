"""Invented data for the documents of the ways off the road; the story is that of ``samples``."""

from __future__ import annotations

from typing import Any

from cases.documents.shapes import FormData, FormOpinion, FormTable, LetterData, Officer, PartyBlock, SignedOpinion, row

CAUSE = "货运经营者没有采取必要措施防止货物脱落、扬撒"
ORGAN = "梨树县交通运输局"
PARTY = "梨树县示例运输有限公司"
DAY = "2026年3月19日"
NUMBERS = {
    "transfer_letter": "吉梨交移函〔2026〕0001号",
    "crime_transfer_letter": "吉梨交移〔2026〕0001号",
    "no_penalty_decision": "吉梨交不罚〔2026〕0001号",
}


def _signed(label: str, text: str, name: str) -> FormOpinion:
    return FormOpinion(label=label, opinion=SignedOpinion(text=text, name=name, signed_on=DAY))


OPINIONS = [
    _signed("承办人意见", "经核查，建议按上述意见办理。", "示例甲"),
    _signed("经办机构负责人意见", "情况属实，同意。", "示例己"),
    _signed("负责人审批意见", "同意。", "示例庚"),
]


def _form(*rows: Any, **changed: Any) -> FormData:
    data = FormData(cause=CAUSE, rows=list(rows), tables=[], opinions=OPINIONS, signatures=[], remarks=[])
    return FormData(**{**data, **changed})  # type: ignore[typeddict-item]


def _letter(addressee: str, *paragraphs: str, **changed: Any) -> LetterData:
    data = LetterData(
        organ=ORGAN, addressee=addressee, paragraphs=list(paragraphs), tables=[], signatures=[], issued_on=DAY,
        note="（本文书一式两份：一份存根，一份交当事人。）",
    )  # fmt: skip
    return LetterData(**{**data, **changed})  # type: ignore[typeddict-item]


def _ending(label: str, ground: str, text: str) -> FormData:
    return _form(
        row("当事人", PARTY), row("立案日期", "2026年3月6日"), row("适用情形", ground), row(label, text, is_long=True),
        row("强制措施和先行登记保存", "没有采取。"),
    )  # fmt: skip


HEADS = [["示例庚", "分管负责人", "事实清楚，同意按拟处理意见处罚。"], ["示例辛", "局长", "同意，裁量适当。"],
         ["示例寅", "分管负责人", "同意，请注意说明裁量理由。"]]  # fmt: skip
COMPANY = PartyBlock(kind="organisation", name=PARTY, pronoun="你单位", person=None, organisation=None)

STORY_BRANCHES: dict[str, Any] = {
    "no_filing_approval": _form(
        row("线索编号", "XS-2026-00007"), row("线索来源", "举报经核实"), row("当事人", PARTY),
        row("核查情况", "经调取该路段监控并询问驾驶员，未发现货物扬撒。", is_long=True),
        row("不予立案理由", "没有初步证据证明存在违法事实。", is_long=True), row("答复举报人情况", "已经答复。"),
    ),
    "withdrawal_approval": _ending("撤销理由", "立案后发现不符合立案条件", "立案后查明车辆不属于当事人所有。"),
    "termination_approval": _ending("终止理由", "没有违法事实", "经调查，货物已经苫盖，违法事实不存在。"),
    "extension_approval": _form(
        row("当事人", PARTY), row("立案日期", "2026年3月6日"), row("到期日", "2026年6月4日"),
        row("理由", "需要外省协查车辆所有权，案情复杂。", is_long=True), row("延长至", "2026年7月6日（延长30日）"),
    ),
    "collective_discussion": _form(
        row("案件名称", f"{PARTY}{CAUSE}案"), row("讨论时间起止", "2026年3月18日14时00分至2026年3月18日15时00分"),
        row("地点", "局会议室"), row("主持人", "示例辛"), row("汇报人", "示例甲"), row("记录人", "示例癸"),
        row("出席人员姓名及职务", "示例庚（分管负责人）、示例辛（局长）、示例寅（分管负责人）"),
        row("案件简介", "2026年3月5日23时02分，当事人的车辆装载碎砖未苫盖。", is_long=True),
        row("拟处理意见", "责令改正，罚款人民币壹仟元整（¥1,000.00）。"),
        row("结论性意见", "同意按拟处理意见作出处罚。", is_long=True),
        tables=[FormTable(title="讨论记录", columns=["姓名", "职务", "意见"], rows=HEADS)], opinions=[],
        signatures=["出席人员示例庚", "出席人员示例辛", "出席人员示例寅"],
    ),
    "transfer_letter": _letter(
        "四平市交通运输局", f"本机关在办理当事人{PARTY}涉嫌{CAUSE}一案中，查明案情如下：违法行为发生在铁东区境内。",
        "本机关对该案没有管辖权。违法行为发生地不在梨树县。",
        "依据《中华人民共和国行政处罚法》第二十二条的规定，现将该案移送你单位依法处理。请将处理结果函告本机关。",
        "联系人：示例联系人　电话：0434-5210000　地址：梨树县梨树镇示例街1号",
        tables=[FormTable(title="附件", columns=["序号", "材料名称"], rows=[["1", "现场笔录"], ["2", "现场照片6张"]])],
        signatures=["受移送机关接收人"],
    ),
    "transfer_notice": _letter(
        f"当事人（{PARTY}）", f"你单位涉嫌{CAUSE}一案，因不属于本机关管辖，本机关已经移送有管辖权的机关处理。"
        "移送日期：2026年3月19日。受移送机关：四平市交通运输局。", "受移送机关电话：0434-3200000。特此告知。",
    ),
    "crime_transfer_letter": _letter(
        "梨树县公安局", f"本机关在查处案由为“{CAUSE}”的案件中，发现当事人的行为涉嫌“危险驾驶罪”。涉嫌事实：从事旅客运输严重超员。",
        "依据《中华人民共和国行政处罚法》第二十七条，现将该案移送你单位，并附案件情况的调查报告、涉案物品清单；有检验报告（鉴定意见）和"
        "其他材料的一并移送，以所附清单为准。",
        tables=[
            FormTable(title="移送材料清单", columns=["序号", "材料名称"], rows=[["1", "调查报告"]]),
            FormTable(title="涉案物品清单", columns=["序号", "名称", "规格", "数量"], rows=[["1", "行驶证", "吉CX0123", "1本"]]),
        ],
        signatures=["回执：公安机关接收人"],
    ),
    "no_penalty_decision": _letter(
        f"当事人（{PARTY}，统一社会信用代码91220322MA0T0002XN）", "经调查，事实如下：2026年3月5日23时02分，车辆装载碎砖未苫盖。",
        "以上事实有下列证据证明：现场笔录（勘验笔录、现场笔录）；现场照片（视听资料）。",
        "不予处罚理由及依据：当事人首次违法，现场改正，属于初次违法且危害后果轻微并及时改正的情形。依据《中华人民共和国行政处罚法》"
        "第三十三条第一款的规定，本机关决定对当事人不予行政处罚。",
        "教育内容：2026年3月6日当面讲解苫盖要求，当事人书面承诺不再违反。",
        "救济途径和期限：如果不服本决定，可以自收到本决定书之日起60日内向梨树县人民政府申请行政复议，或者在6个月内依法向"
        "梨树县人民法院提起行政诉讼。",
    ),
    "document_correction": _letter(
        f"当事人（{PARTY}）", "本机关2026年3月19日作出的《行政处罚决定书》（吉梨交罚〔2026〕0007号）（以下称原文书）存在文字错误，现予更正：",
        "错误：“国道G330线”。更正为：“国道G303线”。", "更正原因：打印时误写。原文书的其他内容不变。",
    ),
    "correction_order": {
        "party": COMPANY, "facts": ["2026年3月5日23时02分，车辆装载碎砖未采取防止扬撒的措施。"],
        "basis": "《中华人民共和国行政处罚法》第二十八条第一款", "at_once": False, "due_on": "2026年3月20日",
        "review_organ": "梨树县人民政府", "court": "梨树县人民法院",
        "officers": [Officer(name="示例甲", certificate_no="07220300101"), Officer(name="示例乙", certificate_no="07220300102")],
        "organ": ORGAN, "issued_on": "2026年3月6日",
    },
}  # fmt: skip
