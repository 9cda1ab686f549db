"""Invented data for every document: the demo story (a company), a citizen with a rare name, and long cases.

The story: at 23:02 on 国道G303线 in Lishu a heavy semi-trailer with crushed brick and no measures against spilling.
Identity numbers use the unassigned area code 220399.
"""

from __future__ import annotations

from collections.abc import Mapping

import samples_branches
import samples_evidence
import samples_execution
import samples_hearing
import samples_measures
import samples_papers
import samples_remedies
import samples_serving
import samples_summary

from cases.documents import wording
from cases.documents.shapes import (
    ClosingData,
    DecisionData,
    EvidenceRow,
    Exchange,
    FilingData,
    Labelled,
    LegalReviewData,
    NoticeData,
    Officer,
    OrganisationBlock,
    PartyBlock,
    Payment,
    PersonBlock,
    QuestionedPerson,
    QuestioningData,
    ReceiptData,
    ReportData,
    ReviewItem,
    SceneData,
    ScenePerson,
    ServedDocument,
    SignedOpinion,
)
from lishu_law.documents.blocks import reading_choices

CASE_NO = "吉梨交案〔2026〕0007号"
NUMBERS = {
    "penalty_decision": "吉梨交罚〔2026〕0007号",
    "legal_review_opinion": "吉梨交法审〔2026〕0007号",
    **samples_execution.NUMBERS,
    **samples_evidence.NUMBERS,
    **samples_branches.NUMBERS,
    **samples_remedies.NUMBERS,
}
ORGAN = "梨树县交通运输局"
OFFICERS = [
    Officer(name="示例甲", certificate_no="07220300101"),
    Officer(name="示例乙", certificate_no="07220300102"),
]
CAUSE = "涉嫌货运经营者没有采取必要措施防止货物脱落、扬撒案"
ACT = "没有采取必要措施防止货物脱落、扬撒"
BREACHED = "《中华人民共和国道路运输条例》第二十六条第二款"
BASIS = "《中华人民共和国道路运输条例》第六十八条第二款"
COMPANY = PartyBlock(
    kind="organisation", name="梨树县示例运输有限公司", pronoun="你单位", person=None,
    organisation=OrganisationBlock(
        name="梨树县示例运输有限公司", representative="示例丙", position="总经理",
        address="吉林省四平市梨树县梨树镇示例大街100号", phone="0434-5200000", credit_code="91220322MA0T0002XN",
    ),
)  # fmt: skip
CITIZEN = PartyBlock(
    kind="citizen", name="𠮷䶮", pronoun="你", organisation=None,
    person=PersonBlock(
        name="𠮷䶮", gender="男", age="46", id_number="220399197904120031",
        address="吉林省四平市梨树县喇嘛甸镇示例村3组", phone="13900000000", workplace="无", postcode="136500",
    ),
)  # fmt: skip
TRADER = PartyBlock(
    kind="individual_business", name="梨树县示例货运站（个体工商户）", pronoun="你",
    person=PersonBlock(
        name="示例丁（经营者）", gender="女", age="40", id_number="220399198506300015",
        address="吉林省四平市梨树县郭家店镇示例街8号", phone="13800000000", workplace="梨树县示例货运站",
        postcode="136500",
    ),
    organisation=OrganisationBlock(
        name="梨树县示例货运站", representative="", position="", address="吉林省四平市梨树县郭家店镇示例街8号",
        phone="13800000000", credit_code="92220322MA0T0003XL",
    ),
)  # fmt: skip

FACTS = [
    "2026年3月5日23时02分，本机关执法人员示例甲、示例乙在国道G303线K12+300处巡查时，发现车牌号为吉CX0123的重型半挂牵引车"
    "（挂车号牌吉C0X12挂）由梨树镇向郭家店镇方向行驶，车上装载碎砖，车厢未苫盖、未采取其他防止货物脱落、扬撒的措施。",
    "经查，该车系当事人梨树县示例运输有限公司所有并用于道路货物运输经营，驾驶员示例戊系当事人雇用。现场未发现货物实际脱落，未造成"
    "危害后果。因现场没有苫盖材料，当事人不能当场改正。",
]
DISCRETION = [
    "当事人的行为属于《吉林省交通运输行政处罚裁量基准（示例版）》frt-scatter项“货运经营者没有采取必要措施防止货物脱落、扬撒”较轻档，"
    "该档适用条件为12个月内首次被查处，未造成危害后果，配合调查，裁量幅度为1,000.00元以上1,600.00元以下。",
    "经查，当事人12个月内没有同类违法行为记录，现场未发现货物脱落，当事人如实陈述、配合调查，符合该档全部条件；因不能当场改正，不符合"
    "首违不罚清单所列条件；不具有从轻、减轻、从重处罚的情节。本机关按该档下限确定罚款数额。",
]
EVIDENCE = [
    "现场笔录1份，证明2026年3月5日23时02分在国道G303线K12+300处发现违法行为的时间、地点、经过；",
    "现场照片6张、执法记录仪视频1段，证明车辆装载碎砖且未采取防止脱落、扬撒的措施；",
    "对驾驶员示例戊的询问笔录1份，证明车辆归属、货物来源、未苫盖的原因；",
    "当事人营业执照、道路运输经营许可证、车辆行驶证、道路运输证复印件各1份，证明当事人主体资格及车辆所属。",
]
OPINION_AGENCY = SignedOpinion(text="事实清楚，符合立案条件，建议立案调查。", name="示例己", signed_on="2026年3月6日")
OPINION_HEAD = SignedOpinion(text="同意立案。", name="示例庚", signed_on="2026年3月6日")


def filing(party: PartyBlock = COMPANY) -> FilingData:
    """M01."""
    return FilingData(
        source=wording.source_choices("inspection"), cause=CAUSE, received_at="2026年3月5日23时02分", party=party,
        summary=FACTS[:1], basis="《中华人民共和国行政处罚法》第五十四条；" + BREACHED + "、第六十八条第二款",
        agency_opinion=OPINION_AGENCY, head_opinion=OPINION_HEAD, remarks="",
    )  # fmt: skip


def scene() -> SceneData:
    """M04."""
    return SceneData(
        place="国道G303线K12+300处（梨树县梨树镇境内）", started_at="2026年3月5日23时02分", ended_at="23时40分",
        officers=OFFICERS, recorder="示例乙",
        person=ScenePerson(
            name="示例戊", gender="男", id_number="220399199108150044", relation="当事人雇用的驾驶员",
            employer_and_position="梨树县示例运输有限公司驾驶员", phone="13700000000",
            address="吉林省四平市梨树县梨树镇示例村1组",
        ),
        vehicle_no="吉CX0123／吉C0X12挂", vehicle_type="重型半挂牵引车",
        content=[
            "执法人员示例甲、示例乙向现场人员出示执法证件，表明身份，告知检查事由及陈述、申辩和申请回避的权利，全程使用执法记录仪记录。",
            *FACTS[:1],
            "现场人员示例戊称：“夜里路上车少，想着路不远就没有苫盖，车上没有苫布。”执法人员责令其改正，现场人员表示到前方货场苫盖后再行驶，"
            "不能当场改正。",
        ],
        reading=reading_choices(), witness="", remarks="",
    )  # fmt: skip


def questioning(turns: int = 8) -> QuestioningData:
    """M02 with the given number of questions."""
    talk = [
        ("你是否申请回避？", "不申请回避。"),
        ("请介绍一下你的基本情况。", "我叫示例戊，是梨树县示例运输有限公司雇用的驾驶员，2024年起给公司开车。"),
        (
            "2026年3月5日23时02分你驾驶什么车辆在什么地方？",
            "我驾驶吉CX0123重型半挂牵引车在国道G303线K12+300处，被你们拦停检查。",
        ),
        (
            "当时车上装的是什么货物？从哪里装的，运到哪里？",
            "装的是碎砖，从梨树镇示例砖厂装车，准备运到郭家店镇的一处工地垫路。",
        ),
        ("车厢为什么没有苫盖？", "苫布在别的车上，公司催得急，我想夜里车少，就没有苫盖，也没有采取其他办法。"),
        ("公司是否知道你没有苫盖就上路？", "装车时调度在场，他没有说要苫盖。"),
        ("途中有没有货物掉到路上？", "没有，我中途下车看过，没有掉。"),
        ("以上所说是否属实，还有什么补充？", "属实，没有补充。"),
    ]
    asked = [talk[index % len(talk)] for index in range(turns - 1)] + [talk[-1]]
    return QuestioningData(
        started_at="2026年3月6日9时10分", ended_at="9时52分", ordinal="1", place=f"{ORGAN}执法大队询问室",
        questioner="示例甲", recorder="示例乙",
        person=QuestionedPerson(
            name="示例戊", relation="当事人雇用的驾驶员", gender="男", age="34", id_number="220399199108150044",
            phone="13700000000", employer_and_position="梨树县示例运输有限公司驾驶员",
            address="吉林省四平市梨树县梨树镇示例村1组",
        ),
        organ=ORGAN, officers=OFFICERS,
        exchanges=[Exchange(question=question, answer=[answer]) for question, answer in asked],
        reading=reading_choices(),
    )  # fmt: skip


def report(party: PartyBlock = COMPANY, rows: int = 6, repeat: int = 1) -> ReportData:
    """S10 with the given number of evidence rows; ``repeat`` multiplies the narrative."""
    names = ["现场笔录", "现场照片", "执法记录仪视频", "询问笔录", "营业执照复印件", "车辆行驶证、道路运输证复印件"]
    kinds = ["A4", "彩色打印", "MP4", "A4", "A4", "A4"]
    evidence = [
        EvidenceRow(
            name=names[i % 6], specification=kinds[i % 6], quantity="1份", remark="已核对原件" if i % 6 > 3 else ""
        )
        for i in range(rows)
    ]
    discretion = [
        ("裁量基准", "《吉林省交通运输行政处罚裁量基准（示例版）》"),
        ("事项", "frt-scatter 货运经营者没有采取必要措施防止货物脱落、扬撒"),
        ("法定处罚", BASIS + "：责令改正，处1,000.00元以上3,000.00元以下的罚款"),
        ("适用档次", "较轻：12个月内首次被查处，未造成危害后果，配合调查"),
        ("档次幅度", "1,000.00元以上1,600.00元以下"),
        ("逐项证据", "首次被查处：本机关案件查询记录；未造成危害后果：现场笔录、照片；配合调查：询问笔录"),
        ("从轻、减轻、从重情节", "未发现"),
        ("清单核对", "首违不罚清单第16项要求当场苫盖固定，当事人不能当场改正，不适用；其他清单不涉及"),
        ("建议与承办人意见", "建议按下限罚款1,000.00元；承办人同意建议数额"),
    ]
    return ReportData(
        cause=CAUSE, investigators=OFFICERS, party=party,
        process=["2026年3月6日，经批准立案。执法人员于当日询问了驾驶员，调取了当事人的主体资格材料和车辆证件，核对了全部证据。"],
        facts=FACTS * repeat, evidence=evidence,
        discretion=[Labelled(label=label, text=text) for label, text in discretion],
        conclusion=[
            f"当事人{ACT}的行为，违反了{BREACHED}的规定，依据{BASIS}的规定，建议责令改正，并处罚款人民币壹仟元整（¥1,000.00）。",
            "本案没有涉案财物，不需要移送。",
        ],
        reported_on="2026年3月9日",
        agency_opinion=SignedOpinion(text="同意承办人意见。", name="示例己", signed_on="2026年3月9日"),
        legal_opinion=None,
        head_opinion=SignedOpinion(text="同意，依法告知当事人。", name="示例庚", signed_on="2026年3月9日"),
    )  # fmt: skip


def notice(party: PartyBlock = COMPANY, *, hearing: bool = False) -> NoticeData:
    """M11."""
    return NoticeData(
        party=party, act=ACT, facts=FACTS, breached=BREACHED, basis=BASIS, discretion=DISCRETION,
        planned_penalty="罚款人民币壹仟元整（¥1,000.00）", has_defence_right=True, has_hearing_right=hearing,
        address="吉林省四平市梨树县梨树镇示例路1号", postcode="136500", contact="示例甲", phone="0434-5210000",
        organ=ORGAN, issued_on="2026年3月10日",
    )  # fmt: skip


def legal_review() -> LegalReviewData:
    """S22."""
    return LegalReviewData(
        department=f"{ORGAN}执法大队", cause=CAUSE, handlers=OFFICERS,
        proposal=["责令改正，罚款人民币壹仟元整（¥1,000.00）。"],
        items=[
            ReviewItem(label=label, result="不涉及" if code == "crime" else "符合", remark="")
            for code, label in wording.REVIEW_ITEMS.items()
        ],
        departure=[],
        conclusion=["本案事实清楚，证据合法充分，程序合法，适用法律准确，裁量适当，同意拟处理意见。"],
        reviewer="示例辛", section="政策法规科", reviewed_on="2026年3月18日",
    )  # fmt: skip


def decision(party: PartyBlock = COMPANY, repeat: int = 1) -> DecisionData:
    """M15; ``repeat`` multiplies facts and evidence."""
    return DecisionData(
        party=party, facts=FACTS * repeat, evidence=EVIDENCE * repeat,
        defence=[
            "本机关于2026年3月10日向当事人送达《违法行为通知书》，告知拟作出的行政处罚内容及事实、理由、依据，并告知当事人依法享有"
            "陈述、申辩的权利。当事人在规定期限内未提出陈述、申辩意见。"
        ],
        discretion=DISCRETION, act=ACT, breached=BREACHED, basis=BASIS, penalty=["罚款人民币壹仟元整（¥1,000.00）。"],
        payment=Payment(what="罚款", bank="示例银行梨树支行", account_name="梨树县财政局非税专户", account="0000 1111 2222 3333"),
        other_performance="", review_organ="梨树县人民政府", court="梨树县人民法院", organ=ORGAN,
        decided_on="2026年3月19日",
    )  # fmt: skip


def receipt() -> ReceiptData:
    """M23 for the decision, to be signed by hand."""
    return ReceiptData(
        cause=CAUSE, organ=ORGAN, recipient="梨树县示例运输有限公司", proxy="",
        rows=[
            ServedDocument(
                title="行政处罚决定书", number=NUMBERS["penalty_decision"], receiver="",
                place="梨树县梨树镇示例大街100号", served_at="", method="直接送达", servers="示例甲、示例乙",
            )
        ],
        remarks="", witness="", issued_on="2026年3月20日",
    )  # fmt: skip


def closing(party: PartyBlock = COMPANY) -> ClosingData:
    """M24."""
    return ClosingData(
        cause=CAUSE, party=party,
        result=["2026年3月19日作出行政处罚决定（吉梨交罚〔2026〕0007号），罚款人民币壹仟元整（¥1,000.00）。"],
        execution=["当事人于2026年3月25日缴清罚款，缴款凭证号00012345；违法行为已改正并经复查。"],
        officers=OFFICERS, reported_on="2026年3月30日",
        agency_opinion=SignedOpinion(text="案件已执行完毕，建议结案。", name="示例己", signed_on="2026年3月30日"),
        head_opinion=SignedOpinion(text="同意结案。", name="示例庚", signed_on="2026年3月31日"),
    )  # fmt: skip


STORY: dict[str, Mapping[str, object]] = {
    **samples_remedies.STORY,
    "filing_form": filing(),
    "onscene_record": scene(),
    "questioning_record": questioning(),
    "investigation_report": report(),
    "prior_notice": notice(),
    "legal_review_opinion": legal_review(),
    "penalty_decision": decision(),
    "serving_receipt": receipt(),
    "closing_report": closing(),
    **samples_branches.STORY_BRANCHES,
    **samples_execution.STORY,
    **samples_hearing.STORY,
    **samples_serving.STORY,
    **samples_evidence.STORY,
    **samples_papers.STORY,
}
STORY |= samples_summary.STORY
NUMBERS |= samples_summary.NUMBERS
STORY |= samples_measures.MEASURES
NUMBERS["measure_decision"] = "吉梨交强措〔2026〕0001号"
