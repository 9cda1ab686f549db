"""Invented data for the papers of measures: the same party, its vehicle detained without a 营运证."""

from __future__ import annotations

from typing import Any

from cases.documents.shapes import (
    FormData,
    FormOpinion,
    FormTable,
    MeasureLetterData,
    OrganisationBlock,
    PartyBlock,
    SignedOpinion,
    row,
)

CAUSE = "涉嫌货运经营者没有采取必要措施防止货物脱落、扬撒案"
ORGAN = "梨树县交通运输局"
COMPANY = PartyBlock(
    kind="organisation", name="梨树县示例运输有限公司", pronoun="你单位", person=None,
    organisation=OrganisationBlock(
        name="梨树县示例运输有限公司", representative="示例丙", position="总经理",
        address="吉林省四平市梨树县梨树镇示例大街100号", phone="0434-5200000", credit_code="91220322MA0T0002XN",
    ),
)  # fmt: skip
OPINION_AGENCY = SignedOpinion(text="需要采取，请审批。", name="示例甲", signed_on="2026年3月6日")
OPINION_HEAD = SignedOpinion(text="批准。同意。", name="示例庚", signed_on="2026年3月6日")

OPEN = SignedOpinion(text="", name="", signed_on="")
COLUMNS = ["序号", "名称", "规格", "数量", "备注"]
POWER = "《中华人民共和国道路运输条例》第六十二条"


def things(title: str, columns: list[str] = COLUMNS) -> FormTable:
    rows = [["1", "吉CX0123", "重型半挂牵引车", "1 辆", "外观完好"], ["2", "车辆钥匙", "", "1 把", ""]]
    return FormTable(title=title, columns=columns, rows=rows)


def letter(paragraphs: list[str], table: FormTable | None = None, **more: Any) -> MeasureLetterData:
    data: dict[str, Any] = {"remedies": [], "checked": "", "signatures": [], **more}
    return MeasureLetterData(
        organ=ORGAN, cause=CAUSE, party=COMPANY, paragraphs=paragraphs, tables=[table] if table else [],
        issued_on="2026年3月6日", **data,
    )  # fmt: skip


def form(*rows: Any, legal: bool = True) -> FormData:
    first = [row("当事人", COMPANY["name"]), row("案件基本情况", "驾驶员不能出示车辆营运证。", is_long=True)]
    cells = [("承办人意见", OPINION_AGENCY), ("机构负责人意见", OPEN), ("法制意见", OPEN), ("负责人意见", OPINION_HEAD)]
    return FormData(
        cause=CAUSE, rows=[*first, *rows], tables=[],
        opinions=[FormOpinion(label=label, opinion=one) for label, one in cells if legal or label != "法制意见"],
        signatures=[], remarks=[],
    )  # fmt: skip


SIGNED = ["当事人或其代理人", "执法人员"]
MEASURES = {
    "preservation_list": letter(
        [
            f"因调查{CAUSE}一案，依据《中华人民共和国行政处罚法》第五十六条的规定，经本机关负责人批准，对你单位的下列证据先行登记"
            "保存7日（工作日）（自2026年3月6日至2026年3月17日）。在此期间，当事人或者有关人员不得销毁或者转移证据。"
        ],
        things("证据登记保存清单", ["序号", "证据名称", "规格", "数量", "登记保存地点"]),
        signatures=SIGNED,
    ),
    "preservation_release": letter(
        [
            "本机关于2026年3月6日采取保存措施，制作《证据登记保存清单》（案号：吉梨交案〔2026〕0007号）。依据《中华人民共和国行政"
            "处罚法》第五十六条的规定，本机关决定自2026年3月12日起解除该证据登记保存。"
        ],
        things("解除登记保存的证据"),
    ),
    "measure_decision": letter(
        [
            f"2026年3月6日9时10分，你单位因{CAUSE}（案由），车辆没有车辆营运证，又无法当场提供其他有效证明。",
            f"依据{POWER}的规定，本机关决定对你单位的财物（吉CX0123 1 辆）采取暂扣车辆的行政强制措施，期限自2026年3月6日起至"
            "2026年4月5日止。需要检测、鉴定的，检测、鉴定的期间不计入，由本机关另行书面告知。",
            "其他说明：物品由本机关妥善保管，不得使用或者损毁，不向当事人收取保管费用。",
        ],
        things("行政强制措施清单"),
        remedies=[
            "如果不服本决定，可以自收到本决定书之日起60日内向梨树县人民政府申请行政复议，或者在6个月内依法向梨树县人民法院提起行政诉讼。"
        ],
        signatures=SIGNED,
    ),
    "measure_extension": letter([
        f"本机关于2026年3月6日对{CAUSE}一案（案由）采取了暂扣车辆的行政强制措施，《行政强制措施决定书》文号：吉梨交强措〔2026〕0001号。"
        "因案情复杂，依据《中华人民共和国行政强制法》第二十五条的规定，经本机关负责人批准，决定延长至2026年5月5日。"
    ]),
    "measure_lifting": letter(
        [
            f"本机关于2026年3月6日对{CAUSE}一案（案由）采取了暂扣车辆的行政强制措施，《行政强制措施决定书》文号：吉梨交强措〔2026〕"
            "0001号。依据《中华人民共和国行政强制法》第二十八条第一款第五项的规定，本机关决定自2026年3月20日起解除该行政强制措施。"
        ],
        things("退还财物清单"),
        checked="经当事人（代理人）查验，退还的财物与暂扣时一致，暂扣期间没有使用、丢失和损坏现象。",
        signatures=["当事人或其代理人"],
    ),
    "preservation_approval": form(
        row("理由", "行车记录可能被删除。"), row("物品", "行车记录仪 1 台"),
        row("依据", "《中华人民共和国行政处罚法》第五十六条"), legal=False,
    ),
    "preservation_release_approval": form(
        row("原清单编号", "吉梨交案〔2026〕0007号《证据登记保存清单》"), row("理由", "已复制。"),
        row("意见", "拟解除先行登记保存。"), legal=False,
    ),
    "measure_approval": form(
        row("依据", POWER), row("措施", "暂扣车辆：吉CX0123 1 辆"),
        row("起止、天数", "自2026年3月6日起至2026年4月5日止，30日"), row("是否紧急补办及时间", "否"),
        row("理由", "需要查清经营资格。"),
    ),
    "measure_change_approval": form(
        row("原措施", "2026年3月6日暂扣车辆：吉CX0123 1 辆"), row("延长起止天数、解除项", "延长30日，至2026年5月5日"),
        row("理由", "案情复杂。"), row("意见", "拟延长期限。"),
    ),
    "custody_ledger": FormData(
        cause=CAUSE,
        rows=[
            row("编号", "吉梨交案〔2026〕0007号-12"), row("来源", "2026年3月6日暂扣车辆"), row("保管状态", "外观完好"),
            row("场所", "示例停车场3号位"), row("移交人", "示例甲"), row("接收人", "示例寅"),
            row("时间", "2026年3月6日15时00分"), row("去向", "接收保管"),
        ],
        tables=[things("物品（名称规格数量）")], opinions=[], signatures=["移交人", "接收人"], remarks=[],
    ),
}  # fmt: skip
