"""Invented data of the supplementary papers: report, pasted copy, authority, approval, receipt, publication."""

from __future__ import annotations

from cases.documents.shapes import FormData, FormOpinion, Officer, PasteSheetData, SignedOpinion, row

CAUSE = "货运经营者没有采取必要措施防止货物脱落、扬撒"
PARTY = "梨树县示例运输有限公司"
DECISION = "吉梨交罚〔2026〕0007号"
FACTS = "2026年3月5日23时02分，当事人的重型半挂牵引车在国道G303线K12+300处装载碎砖，没有采取必要措施防止扬撒。"


def said(label: str, text: str, name: str, day: str) -> FormOpinion:
    return FormOpinion(label=label, opinion=SignedOpinion(text=text, name=name, signed_on=day))


REPORT = FormData(
    cause="",
    rows=[
        row("举报时间", "2026年3月5日22时40分"), row("举报类别", "电话举报"), row("举报人", "示例举报"), row("性别", "女"),
        row("年龄", "34"), row("住所或工作单位", "梨树县梨树镇示例村1组"), row("联系电话", "13700000000"),
        row("身份证号", "220399199108150044"), row("举报内容", "一辆货车沿303线撒碎砖，没有盖布。", is_long=True), row("备注"),
    ],
    tables=[], opinions=[], signatures=["举报人", "记录人"], remarks=[],
)  # fmt: skip
PASTE_SHEET = PasteSheetData(
    cause=CAUSE, title="运单", purpose="证明货物来源", file=f"运单.jpg，SHA-256：{'0123456789abcdef' * 4}",
    source="示例丙提供，原件存于梨树县示例运输有限公司", checked="经核对与原件一致。", copied_on="2026年3月6日",
    officers=[Officer(name="示例甲", certificate_no="07220300101"), Officer(name="示例乙", certificate_no="07220300102")],
)  # fmt: skip
AUTHORITY = FormData(
    cause=CAUSE,
    rows=[
        row("委托人", f"{PARTY}，法定代表人（负责人）：示例丙", "证件号码（统一社会信用代码）：91220322MA0T0002XN"),
        row("受委托人", "示例戊，男", "证件号码：220399199108150044", "工作单位及职务：／", "联系电话：13700000000"),
        row("权限", "特别授权。", "代为陈述申辩、参加听证，代为承认、放弃、变更请求，代领文书。", is_long=True),
        row("期限", "自2026年3月12日至2026年6月30日"),
    ],
    tables=[], opinions=[], signatures=["委托人（盖章）", "受委托人"], remarks=[],
)  # fmt: skip
APPROVAL = FormData(
    cause=CAUSE,
    rows=[row("当事人", PARTY), row("案件基本情况", FACTS, is_long=True), row("拟处罚内容", "罚款人民币壹仟元整（¥1,000.00）")],
    tables=[],
    opinions=[
        said("承办人意见", "建议责令改正，处罚款1000元。", "示例甲", "2026年3月14日"),
        said("承办机构意见", "事实清楚，同意。", "示例己", "2026年3月9日"),
        said("法制审核机构意见", "审核结论：同意。", "示例辛", "2026年3月17日"),
        said("负责人意见", "同意处罚。", "示例庚", "2026年3月19日"),
    ],
    signatures=[], remarks=[],
)  # fmt: skip
RECEIPT = FormData(
    heading="罚没专用票据、非税缴款码登记页", cause=CAUSE,
    rows=[
        row("财政票据号（缴款码）", "22000012345678"), row("缴款人", PARTY), row("执收单位", "梨树县交通运输局"),
        row("决定书号", DECISION), row("金额", "人民币壹仟元整（¥1,000.00）"), row("加处罚款"), row("日期", "2026年3月25日"),
        row("缴款渠道", "代收银行"),
    ],
    tables=[], opinions=[], signatures=[], remarks=["本页登记财政部门统一制发的票据，不是收款凭证。"],
)  # fmt: skip
PUBLICATION = FormData(
    cause="",
    rows=[
        row("公示编号", "2026-abcdefghij"), row("决定书文号", DECISION), row("相对人名称", PARTY), row("类别", "单位"),
        row("代码（脱敏）", "91220322MA0T0002XN"), row("违法事实", FACTS, is_long=True), row("依据", "《道路运输条例》"),
        row("处罚类别", "罚款"), row("处罚内容", "罚款1000元"), row("罚款金额（元）", "1000.00"), row("决定日期", "2026年3月19日"),
        row("处罚机关", "梨树县交通运输局"), row("有效期（公示截止）", "2027年3月19日"),
    ],
    tables=[], opinions=[said("公示审核人", "核对无误，同意公示。", "示例壬", "2026年3月23日")], signatures=[], remarks=[],
)  # fmt: skip
WITHDRAWAL = FormData(
    cause="",
    rows=[
        row("公示编号", "2026-abcdefghij"), row("决定书号", DECISION),
        row(
            "撤回原因（变更、撤销、确认违法、无效）", "原行政处罚决定被撤销。",
            "梨树县人民政府复议决定（梨政复决〔2026〕1号）撤销了该行政处罚决定，现依法撤回公示信息。", is_long=True,
        ),
        row("生效文书", "梨政复决〔2026〕1号"), row("日期", "2026年6月2日"),
    ],
    tables=[], opinions=[said("公示审核人", "公示信息已撤回。", "示例壬", "2026年6月2日")], signatures=["法制机构审核人"],
    remarks=[],
)  # fmt: skip

STORY = {
    "report_record": REPORT,
    "paste_sheet": PASTE_SHEET,
    "power_of_attorney": AUTHORITY,
    "penalty_approval": APPROVAL,
    "fine_receipt": RECEIPT,
    "publication_sheet": PUBLICATION,
    "withdrawal_statement": WITHDRAWAL,
}
