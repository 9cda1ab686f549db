"""Invented data for the documents of recusal, defence and hearing."""

from __future__ import annotations

from cases.documents.shapes import (
    Choice,
    DefencePoint,
    DefenceReviewData,
    FormData,
    FormOpinion,
    HearingNoticeData,
    HearingRecordData,
    Officer,
    SignedOpinion,
    row,
)

CAUSE = "货运经营者没有采取必要措施防止货物脱落、扬撒"
PARTY = "梨树县示例运输有限公司"
ORGAN = "梨树县交通运输局"
OFFICERS = [
    Officer(name="示例甲", certificate_no="07220300101"),
    Officer(name="示例乙", certificate_no="07220300102"),
]


def form(rows: list[object], signatures: list[str], **others: object) -> FormData:
    kept = {"tables": [], "opinions": [], "remarks": [], **others}
    return FormData(cause=CAUSE, rows=rows, signatures=signatures, **kept)  # type: ignore[typeddict-item,arg-type]


RECUSAL = form(
    [
        row("申请人", f"{PARTY}（口头申请，已记录）"),
        row("被申请回避人", "示例甲（执法人员）"),
        row("理由", "承办人示例甲与本公司法定代表人有亲属关系，可能影响公正执法。", is_long=True),
        row("决定", "回避。", "经核实，申请理由成立。由示例丙接替承办。", is_long=True),
        row("日期", "申请：2026年3月10日", "决定：2026年3月11日"),
    ],
    ["申请人", "负责人"],
)
HEARING_NOTICE = HearingNoticeData(
    organ=ORGAN, party=PARTY, pronoun="你单位", cause=f"{PARTY}涉嫌{CAUSE}案",
    scheduled_at="2026年3月26日9时00分", place="梨树县交通运输局二楼会议室",
    is_public=[Choice(label="公开", is_chosen=True), Choice(label="不公开", is_chosen=False)],
    chair="示例己（法制科法制审核员）", members="无", recorder="示例丁（执法二中队执法人员）",
    address="梨树县梨树镇示例街1号", postcode="136500", contact="示例联系人", phone="0434-5222222",
    issued_on="2026年3月13日",
)  # fmt: skip
HEARING_RECORD = HearingRecordData(
    cause=f"{PARTY}涉嫌{CAUSE}案", organ=ORGAN, place="梨树县交通运输局二楼会议室",
    started_at="2026年3月26日9时00分", ended_at="2026年3月26日10时20分", chair="示例己", members="无",
    recorder="示例丁", officers=OFFICERS, party=PARTY, representative="示例人", phone="13800000000",
    proxies=["示例代理人（女，40岁，示例律师事务所律师）"], third_party="", others="",
    body=[
        "主持人核对到会人员身份，宣布案由和听证人员名单，告知申请回避等权利，当事人不申请回避。",
        "调查人员示例甲：现场检查时车厢未苫盖，路面有碎砖。出示现场笔录和照片，建议罚款壹万元。",
        "当事人代理人：车厢后板完好，苫布在途中被风吹开，请求从轻。对现场照片的真实性没有异议。",
        "双方辩论后，主持人征询最后陈述，当事人坚持以上意见。",
    ],
    outcome="", refusal="",
)  # fmt: skip
HEARING_REPORT = form(
    [
        row("主持人", "示例己"),
        row("听证员", "无"),
        row("书记员", "示例丁"),
        row("当事人", PARTY),
        row("听证会摘要", "调查人员出示现场笔录和照片；当事人对真实性没有异议，请求从轻处罚。", is_long=True),
        row("结论及处理意见", "违法事实清楚，证据经过质证。建议按告知的意见处罚，不予加重。", is_long=True),
    ],
    ["主持人", "负责人"],
    opinions=[FormOpinion(label="负责人意见", opinion=SignedOpinion(text="", name="", signed_on=""))],
    remarks=["当事人或者代理人到场参加。报告日期：2026年3月27日。"],
)
DEFENCE_RECORD = form(
    [
        row("时间", "2026年3月12日9时30分"),
        row("地点", "梨树县交通运输局询问室"),
        row("陈述申辩人", "示例人"),
        row("身份", "法定代表人"),
        row("执法人员", "示例甲（07220300101）、示例乙（07220300102）"),
        row("记录人", "示例甲"),
        row("内容", "本公司是第一次被查处。", "没有造成货物洒落，希望按最低的标准处理。", is_long=True),
        row("证据清单", "苫布采购发票一张"),
    ],
    ["陈述申辩人", "执法人员", "记录人"],
)
DEFENCE_REVIEW = DefenceReviewData(
    cause=CAUSE,
    points=[
        DefencePoint(text="本公司是第一次被查处。", answer="经核对以往记录，情况属实。", verdict="采纳"),
        DefencePoint(text="没有造成货物洒落。", answer="与现场照片不符。", verdict="不采纳"),
    ],
    opinion=["当事人提出 2 项，采纳 1 项，不予采纳 1 项。不因申辩加重处罚。"],
    reviewer="示例甲",
    reviewed_on="2026年3月13日",
)
WAIVER = form(
    [
        row("当事人", PARTY),
        row("车船号", "吉C12345"),
        row("时间", "2026年3月2日23时02分"),
        row("违法行为", CAUSE),
        row("条款", "违反《道路运输条例》有关条款；依据《道路运输条例》有关条款"),
        row("收到通知书日期及编号", "2026年3月10日；案号 吉梨交案〔2026〕0007号"),
        row(
            "放弃内容",
            "本人（本单位）自愿放弃陈述、申辩的权利和要求听证的权利。",
            "声明日期：2026年3月11日",
            is_long=True,
        ),
    ],
    ["当事人或代理人"],
)

STORY = {
    "recusal_paper": RECUSAL,
    "hearing_notice": HEARING_NOTICE,
    "hearing_record": HEARING_RECORD,
    "hearing_report": HEARING_REPORT,
    "defence_record": DEFENCE_RECORD,
    "defence_review": DEFENCE_REVIEW,
    "waiver_statement": WAIVER,
}
