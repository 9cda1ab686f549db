"""Samples of the documents of evidence. Identity numbers use the unassigned area code 220399."""

from __future__ import annotations

from cases.documents.shapes import FormData, LetterData, Officer, OrganisationBlock, PartyBlock, row
from lishu_law.documents.blocks import reading_choices
from lishu_law.documents.shapes import InquestData, InquestPerson, SampledItem, SamplingData

CAUSE = "涉嫌货运经营者没有采取必要措施防止货物脱落、扬撒案"
ORGAN = "梨树县交通运输局"
OFFICERS = [
    Officer(name="示例甲", certificate_no="07220300101"),
    Officer(name="示例乙", certificate_no="07220300102"),
]
COMPANY = PartyBlock(
    kind="organisation", name="梨树县示例运输有限公司", pronoun="你单位", person=None,
    organisation=OrganisationBlock(
        name="梨树县示例运输有限公司", representative="示例丙", position="总经理",
        address="吉林省四平市梨树县梨树镇示例大街100号", phone="0434-5200000", credit_code="91220322MA0T0002XN",
    ),
)  # fmt: skip
NUMBERS = {"assistance_letter": "吉梨交协调〔2026〕0007号"}


def inquest() -> InquestData:
    """M03."""
    return InquestData(
        cause=CAUSE, started_at="2026年3月6日10时00分", ended_at="2026年3月6日10时40分",
        place="梨树县梨树镇示例停车场", weather="晴，能见度良好", inspectors=OFFICERS, unit=ORGAN,
        person=InquestPerson(
            name="示例戊", gender="男", age="34", id_number="220399199108150044",
            employer_and_position="梨树县示例运输有限公司驾驶员", address="梨树县梨树镇示例村1组", phone="13700000000",
        ),
        invited="示例邻", invited_unit="示例停车场管理员", recorder="示例乙",
        content=[
            "勘验人示例甲、示例乙主动出示执法证件，说明来意。",
            "吉CX0123重型半挂牵引车停放在停车场东侧，车头朝北。挂车车厢长13米、宽2.4米，厢内装载碎砖，高出厢板约0.2米，"
            "车厢上方没有苫布，厢板后门缝隙约3厘米（照片1至4）。",
        ],
        reading=reading_choices(),
    )  # fmt: skip


def sampling() -> SamplingData:
    """M05."""
    return SamplingData(
        party=COMPANY, started_at="2026年3月6日10时45分", ended_at="2026年3月6日10时55分", place="梨树县梨树镇示例停车场",
        organ=ORGAN, phone="0434-5210000", basis="《中华人民共和国行政处罚法》第五十六条",
        items=[
            SampledItem(name="碎砖", specification="混合，无批号", quantity="2千克", place="车厢前部"),
            SampledItem(name="粉尘", specification="", quantity="0.5千克", place="车厢后部"),
        ],
        witness="", remarks="样品已当场封存。", issued_on="2026年3月6日",
    )  # fmt: skip


def sheet() -> FormData:
    """S06."""
    return FormData(
        cause=CAUSE,
        rows=[
            row(
                "照片、截图", "现场照片（1）",
                f"IMG_0001.jpg（2400000字节），SHA-256：{'0123456789abcdef' * 4}", is_long=True,
            ),
            row("证明事项", "证明车辆装载碎砖且没有采取防止脱落、扬撒的措施"),
            row("采集时间", "2026年3月5日23时05分"),
            row("采集人", "示例甲"),
            row("采集地点", "国道G303线K12+300处"),
            row("证据类型（原物、复制件、其他）", "原物"),
            row("存储介质（U盘、光盘、移动硬盘、其他）", "办案系统（上传原始文件）；取得方式：执法人员拍摄、录制"),
            row("执法人员", "示例甲、示例乙"),
            row("执法证号", "07220300101、07220300102"),
            row("现场人员意见", "照片是现场拍摄，内容属实。", is_long=True),
        ],
        tables=[], opinions=[], signatures=["采集人", "执法人员", "现场人员"], remarks=[],
    )  # fmt: skip


def commission() -> FormData:
    """S08."""
    return FormData(
        cause=CAUSE,
        rows=[
            row("受托机构", "示例检测中心"),
            row("资质", "检验检测机构资质认定证书000000000001"),
            row("委托事项", "碎砖中粉尘含量", is_long=True),
            row("样品", "碎砖2千克"),
            row("期限", "2026年3月9日至2026年3月13日"),
            row("费用承担", "由本机关承担"),
            row("告知当事人期间起止", "鉴定、检测期间为2026年3月9日至2026年3月13日，结果出具后告知当事人。"),
        ],
        tables=[], opinions=[], signatures=["当事人"], remarks=[], organ=ORGAN, issued_on="2026年3月9日",
    )  # fmt: skip


def monitoring() -> FormData:
    """S09."""
    return FormData(
        cause="涉嫌车辆超限行驶公路案",
        rows=[
            row("记录编号", "DZ-20260302-000123"),
            row("设备编号", "CZ-001　国道303线动态称重检测设备"),
            row("点位公告", "2026年1月10日公布，梨树县人民政府网站"),
            row("检定证书号及有效期", "JD-2026-001（示例计量检定院），有效期至2026年12月31日"),
            row("记录时间地点", "2026年3月2日23时02分，国道303线K12+300"),
            row("车牌", "吉C12345"),
            row("超限数据", "车货总重58.2吨，超限9.2吨"),
            row("图像清晰度", "号牌、轮轴清晰可辨"),
            row(
                "审核结论", "审核通过。真实：是，清晰：是，完整：是，准确：是。",
                "技术审核人：示例丑　法制审核人：示例己", is_long=True,
            ),
        ],
        tables=[], opinions=[], signatures=["技术审核人", "法制审核人"], remarks=[],
    )  # fmt: skip


def assistance() -> LetterData:
    """S05."""
    return LetterData(
        organ=ORGAN, addressee="示例县交通运输局",
        paragraphs=[
            "本机关正在办理一起行政处罚案件，案由：货运经营者没有采取必要措施防止货物脱落、扬撒。"
            "依据《中华人民共和国行政处罚法》第二十六条的规定，请你单位协助调查以下事项。",
            "协助问题：",
            "梨树县示例运输有限公司在你县设立的分支机构的经营许可情况。",
            "请将结果书面回复本机关。联系人：示例甲，联系电话：0434-5222222。",
        ],
        tables=[], signatures=[], issued_on="2026年3月9日", note="",
    )  # fmt: skip


STORY = {
    "inquest_record": inquest(),
    "sampling_voucher": sampling(),
    "edata_sheet": sheet(),
    "testing_commission": commission(),
    "monitoring_review": monitoring(),
    "assistance_letter": assistance(),
}
