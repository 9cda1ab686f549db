"""Invented data for every paper of an inspection: a yearly visit to a freight company that found two loose loads."""

from __future__ import annotations

from collections.abc import Mapping

from inspections.documents import wording
from inspections.documents.shapes import (
    ApprovalData,
    InspectionQuestioningData,
    Matter,
    NoticeData,
    PointRow,
    RecordData,
    ResultData,
    SignRow,
    Subject,
)
from inspections.phrases import EIGHT_NEVERS, FIVE_BANS
from lishu_law.documents.blocks import reading_choices
from lishu_law.documents.shapes import (
    Exchange,
    FormData,
    InquestData,
    InquestPerson,
    Officer,
    OrganisationBlock,
    PartyBlock,
    QuestionedPerson,
    SampledItem,
    SamplingData,
    SignedOpinion,
    row,
)

FILING_NO = "JC-220322-2026-000007"
NUMBERS = {
    "inspection_approval": "吉梨交检审〔2026〕0007号",
    "inspection_notice": "吉梨交检通〔2026〕0006号",
    "inspection_result": "吉梨交检告〔2026〕0005号",
}
ORGAN, PHONE = "梨树县交通运输局", "0434-5210000"
OFFICERS = [
    Officer(name="示例甲", certificate_no="07220300101"),
    Officer(name="示例乙", certificate_no="07220300102"),
]
SUBJECT = Subject(
    name="梨树县示例运输有限公司", credit_code="91220322MA0T0002XN", address="吉林省四平市梨树县梨树镇示例大街100号",
    representative="示例丙", number="DX-220322-000014",
)  # fmt: skip
BASIS = "《中华人民共和国道路运输条例》第五十八条"
MATTER = Matter(
    name="道路货物运输经营者货物防脱落、扬撒措施检查",
    points=["（1）是否采取苫盖、捆扎等必要措施", "（2）车辆技术状况是否符合要求", "（3）道路运输证是否随车携带"],
)
TIME = "2026年3月4日9时00分至2026年3月4日17时00分"
FREQUENCY = "2026年度已检查（含已备案）0次，本次为第1次；年度上限2次。"
YOU = "你单位"
FINDINGS = ["厂区内两辆待发货车装载碎砖，车厢未苫盖，货物有脱落、扬撒的可能；其余车辆苫盖严密。"]
MEASURES = ["责令当场苫盖，并于2026年3月10日前建立出车前苫盖检查制度，整改后由检查人员复查。"]
PHONE_OF = "13800000001"
SIGNERS = ("被检查单位负责人（在场人）", "检查人示例甲", "检查人示例乙")


def approval() -> ApprovalData:
    return ApprovalData(
        subject=SUBJECT, source="年度计划（示例检查计划〔2026〕1号）", basis=[BASIS], matters=[MATTER],
        method=["日常检查，重点，现场", "到现场的理由：要看车厢和装载的实物"], officers=OFFICERS,
        assistants=["示例辛（梨树县示例检测站，协助称重）"], time=TIME, frequency=FREQUENCY, notice="提前通知",
        applicant_opinion=SignedOpinion(text="拟按上述内容实施检查，请审批。", name="示例甲", signed_on="2026年3月2日"),
        head_opinion=SignedOpinion(text="同意检查。", name="示例己", signed_on="2026年3月2日"),
    )  # fmt: skip


def notice() -> NoticeData:
    return NoticeData(
        organ=ORGAN, addressee=SUBJECT["name"], pronoun=YOU, address=SUBJECT["address"],
        basis=[BASIS], matters=[MATTER], time=TIME, method="现场检查", officers=OFFICERS, assistants=[],
        frequency=FREQUENCY, opinions=wording.OPINIONS, bans=list(FIVE_BANS),
        must_nots=list(EIGHT_NEVERS), rights=[text.format(you=YOU) for text in wording.RIGHTS],
        contact="示例甲", phone=PHONE, supervision_phone="", issued_on="2026年3月2日",
    )  # fmt: skip


def record(points: int = 3, repeat: int = 1) -> RecordData:
    outcomes = ("不合格", "合格", "合理缺项")
    return RecordData(
        started_at="2026年3月4日9时05分", ended_at="2026年3月4日11时00分",
        place=SUBJECT["address"], subject=SUBJECT, present="示例厂长", present_post="厂长", present_phone=PHONE_OF,
        organ=ORGAN, officers=OFFICERS,
        shown=["2026年3月4日9时05分，检查人示例甲、示例乙主动出示执法证件，说明来意。核验方式：对方扫描检查码。"],
        matters=[MATTER["name"]],
        points=[
            PointRow(
                matter=MATTER["name"], no=str(number + 1), content=MATTER["points"][number % 3][3:],
                outcome=outcomes[number % 3], facts=["两辆货车装载碎砖，未苫盖。"] if number % 3 == 0 else [],
            )
            for number in range(points)
        ],
        findings=FINDINGS * repeat, measures=MEASURES, result="发现问题已责令改正", photos="现场照片4张，随卷保存。",
        opinion=[], interruptions=[], signed=[SignRow(who=who, words="", reference="") for who in SIGNERS], reading=reading_choices("read"), refusal="",
    )  # fmt: skip


def questioning(exchanges: int = 4) -> InspectionQuestioningData:
    asked = (
        ("请说一下您的姓名、工作单位和职务。", "我叫示例丁，是梨树县示例运输有限公司的安全员。"),
        ("厂区内两辆货车为什么没有苫盖？", "装完碎砖准备出车，苫布还在库房，打算出门前再盖。"),
        ("公司有没有出车前检查苫盖的制度？", "有口头要求，没有书面的制度和记录。"),
        ("您还有什么要补充的吗？", "没有。"),
    )
    return InspectionQuestioningData(
        started_at="2026年3月4日9时40分", ended_at="2026年3月4日10时10分", ordinal="1", place=SUBJECT["address"],
        questioner="示例甲", recorder="示例乙",
        person=QuestionedPerson(
            name="示例丁", relation="从业人员", gender="男", age="40", id_number="220399198506300014", phone=PHONE_OF,
            employer_and_position="梨树县示例运输有限公司安全员", address="吉林省四平市梨树县梨树镇示例街8号",
        ),
        organ=ORGAN, officers=OFFICERS,
        exchanges=[Exchange(question=asked[i % 4][0], answer=[asked[i % 4][1]]) for i in range(exchanges)],
        reading=reading_choices("read"), refusal="", witness="",
    )  # fmt: skip


def sampling(items: int = 1) -> SamplingData:
    return SamplingData(
        party=PartyBlock(
            kind="organisation", name=SUBJECT["name"], pronoun=YOU, person=None,
            organisation=OrganisationBlock(
                name=SUBJECT["name"], representative="示例丙", position="总经理", address=SUBJECT["address"],
                phone="0434-5200000", credit_code=SUBJECT["credit_code"],
            ),
        ),
        started_at="2026年3月4日10时15分", ended_at="2026年3月4日10时25分", place=SUBJECT["address"], organ=ORGAN,
        phone=PHONE, basis="《中华人民共和国行政处罚法》第五十六条",
        items=[SampledItem(name="苫布", specification="6m×4m", quantity="1块", place="2号库房")] * items, witness="",
        remarks="样品已当场封存。", issued_on="2026年3月4日",
    )  # fmt: skip


def inquest() -> InquestData:
    return InquestData(
        cause=MATTER["name"], started_at="2026年3月4日10时30分", ended_at="2026年3月4日10时50分",
        place="梨树县示例运输有限公司停车场", weather="晴，能见度良好", inspectors=OFFICERS, unit=ORGAN,
        person=InquestPerson(
            name="示例丁", gender="男", age="40", id_number="220399198506300014",
            employer_and_position="梨树县示例运输有限公司安全员", address="吉林省四平市梨树县梨树镇示例街8号", phone=PHONE_OF,
        ),
        invited="", invited_unit="", recorder="示例乙",
        content=[
            "勘验人示例甲、示例乙主动出示执法证件，说明来意。",
            "停车场东侧停放两辆重型自卸货车，车厢内装载碎砖，高出车厢栏板约20厘米，车厢上方没有苫盖物；车辆周围地面未见散落物。",
        ],
        reading=reading_choices("read"),
    )  # fmt: skip


def result() -> ResultData:
    return ResultData(
        organ=ORGAN, addressee=SUBJECT["name"], pronoun=YOU,
        lead="本机关依法对你单位实施了日常检查，现将检查结果告知如下：",
        time="2026年3月4日9时05分至2026年3月4日11时00分", conclusion=wording.CONCLUSIONS["R5"],
        findings=["是否采取苫盖、捆扎等必要措施：不合格，两辆货车装载碎砖，未苫盖。", *FINDINGS], demands=MEASURES,
        remedies=["你单位对检查结果有异议的，可以向本机关陈述意见；认为检查行为违法或者不当的，可以投诉举报。"],
        contact="示例甲", phone=PHONE, supervision_phone="", issued_on="2026年3月4日",
    )  # fmt: skip


def slip() -> FormData:
    return FormData(
        cause="",
        rows=[
            row("备案状态", "已完成（截至2026年3月4日11时00分）"),
            row("省平台备案编号"),
            row("检查事项", f"22032200000001　{MATTER['name']}"),
            row("检查对象", f"{SUBJECT['name']}　{SUBJECT['credit_code']}", SUBJECT["address"]),
            row("执法人员及证号", "示例甲（07220300101）", "示例乙（07220300102）"),
            row("计划时间", TIME),
            row("备案时间", "2026年3月2日10时05分"),
            row("亮证", "2026年3月4日9时05分，对方扫描检查码"),
            row("扫码时间、地点", f"2026年3月4日9时05分，{SUBJECT['address']}"),
            row("检查结果", "发现问题已责令改正（检查编号 JC2026-000123）"),
            row("评价", wording.EVALUATION.format(days=15)),
        ],
        tables=[], opinions=[], signatures=[], remarks=[],
    )  # fmt: skip


STORY: dict[str, Mapping[str, object]] = {
    "inspection_approval": approval(),
    "inspection_notice": notice(),
    "inspection_record": record(),
    "inspection_questioning": questioning(),
    "inspection_sampling": sampling(),
    "inspection_inquest": inquest(),
    "inspection_result": result(),
    "inspection_slip": slip(),
}
