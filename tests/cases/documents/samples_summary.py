"""Invented data of the on-the-spot decision: a ride-hailing driver in Lishu, fined at the roadside."""

from __future__ import annotations

from cases.documents.shapes import Officer, PartyBlock, Payment, PersonBlock, SpotDecisionData

DRIVER = PartyBlock(
    kind="citizen", name="示例司机", pronoun="你", organisation=None,
    person=PersonBlock(
        name="示例司机", gender="男", age="40", id_number="220399198506300015",
        address="吉林省四平市梨树县梨树镇示例街8号", phone="13800000000", workplace="", postcode="",
    ),
)  # fmt: skip
NUMBERS = {"spot_decision": "吉梨交当罚〔2026〕0007号"}


def spot_decision(party: PartyBlock = DRIVER, *, on_the_spot: bool = False, fine: bool = True) -> SpotDecisionData:
    """M14; paid at the bank or collected on the spot, or a warning with nothing to pay."""
    return SpotDecisionData(
        party=party, act_at="2026年3月2日9时10分", place="梨树镇示例街",
        facts=["经查，2026年3月2日9时10分，执法人员示例甲、示例乙在梨树镇示例街检查时发现示例司机驾驶网约车途中甩客，乘客当场投诉。"],
        evidence="现场照片（1）、现场笔录", act="网约车驾驶员途中甩客",
        breached="《网络预约出租汽车经营服务管理暂行办法》第十九条",
        basis="《网络预约出租汽车经营服务管理暂行办法》第三十六条第一款",
        discretion=[
            "当事人的行为属于《吉林省交通运输行政处罚裁量基准（示例版）》网约车类“网约车驾驶员途中甩客”一项“较轻”档。经查，没有造成危害后果，"
            "符合该档的适用条件，该档裁量幅度为罚款50元以上95元以下。首次被查处，决定责令改正，处罚款50元。"
        ],
        heard=[
            "处罚前已口头告知当事人拟作出处罚的事实、理由、依据和内容，并告知当事人依法享有的陈述权和申辩权。当事人表示没有意见。"
        ],
        penalty="罚款人民币伍拾元整（¥50.00）" if fine else "警告", measures="责令改正。", is_fined=fine,
        pays_on_the_spot=on_the_spot, pays_at_bank=fine and not on_the_spot,
        collection_ground="罚款在一百元以下" if on_the_spot else "",
        payment=Payment(what="罚款", bank="示例银行梨树支行", account_name="梨树县财政局非税专户", account="0000 1111 2222 3333"),
        remedy=[
            "如果不服本处罚决定，应当自收到本决定书之日起60日内先向梨树县人民政府申请行政复议，也可以通过本机关提交行政复议申请；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
            "行政复议期间本决定不停止执行，法律另有规定的除外。"
        ],
        officers=[Officer(name="示例甲", certificate_no="07220300101"), Officer(name="示例乙", certificate_no="07220300102")],
        organ="梨树县交通运输局", decided_on="2026年3月2日", entered_later="",
    )  # fmt: skip


STORY = {"spot_decision": spot_decision()}
