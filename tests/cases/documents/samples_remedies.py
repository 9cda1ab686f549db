"""Invented data for the documents of review and correction: the demo story's company asks for a review."""

from __future__ import annotations

from cases.documents.shapes import (
    FormTable,
    OrganisationBlock,
    PartyBlock,
    ReviewReplyData,
    RevocationData,
)

ORGAN = "梨树县交通运输局"
COMPANY = PartyBlock(
    kind="organisation", name="梨树县示例运输有限公司", pronoun="你单位", person=None,
    organisation=OrganisationBlock(
        name="梨树县示例运输有限公司", representative="示例丙", position="总经理",
        address="吉林省四平市梨树县梨树镇示例大街100号", phone="0434-5200000", credit_code="91220322MA0T0002XN",
    ),
)  # fmt: skip

NUMBERS = {"revocation_decision": "吉梨交撤〔2026〕0001号", "review_reply": "吉梨交复答〔2026〕0001号"}


def revocation() -> RevocationData:
    """S35: the fine becomes lighter."""
    return RevocationData(
        party=COMPANY,
        original="本机关于2026年3月19日作出《行政处罚决定书》（吉梨交罚〔2026〕0007号），决定给予罚款人民币壹仟元整（¥1,000.00）的行政处罚。",
        error=["原决定认定当事人“当场不能改正”，与现场照片记载的“已停车苫盖”不一致，裁量档次适用错误。"],
        basis="《中华人民共和国行政处罚法》第七十五条",
        handling=["将原决定的处罚内容变更为：罚款人民币肆佰元整（¥400.00）。原决定的其他内容不变。"],
        refund="你方已缴的人民币陆佰元整（¥600.00）不再应缴，由本机关通过财政部门退还。",
        review_organ="梨树县人民政府", court="梨树县人民法院", organ=ORGAN, decided_on="2026年4月20日",
    )  # fmt: skip


def reply() -> ReviewReplyData:
    """S41 as reply with its list."""
    return ReviewReplyData(
        heading="行政复议答复书", review_organ="梨树县人民政府", reference="梨府复〔2026〕3号",
        applicant="梨树县示例运输有限公司", respondent=ORGAN,
        opening="申请人梨树县示例运输有限公司不服本机关《行政处罚决定书》（吉梨交罚〔2026〕0007号）申请行政复议一案"
        "（梨府复〔2026〕3号），本机关于2026年4月1日收到复议申请书副本，现答复如下：",
        answer=["一、原决定认定事实清楚。现场笔录、照片和称重单相互印证。", "二、处罚程序合法，裁量适当。请求维持原决定。"],
        tables=[
            FormTable(
                title="证据依据清单", columns=["序号", "名称", "种类", "证明内容或者适用内容"],
                rows=[
                    ["1", "现场笔录", "勘验笔录、现场笔录", "证明现场情况"],
                    ["2", "《中华人民共和国道路运输条例》第六十八条第二款", "处罚依据", "作出处罚决定"],
                ],
            )
        ],
        organ=ORGAN, issued_on="2026年4月10日",
    )  # fmt: skip


STORY = {"revocation_decision": revocation(), "review_reply": reply()}
