"""Samples of the documents of serving."""

from __future__ import annotations

from cases.documents.shapes import FormData, LetterData, row

CAUSE = "涉嫌货运经营者没有采取必要措施防止货物脱落、扬撒案"


def address() -> FormData:
    """S16."""
    return FormData(
        cause=CAUSE,
        rows=[
            row("当事人", "梨树县示例运输有限公司"),
            row("告知事项", "请如实填写送达地址和联系方式，变更的应当及时书面告知本机关。", is_long=True),
            row("收件人", "示例丙"),
            row("与当事人关系", "法定代表人或者主要负责人"),
            row("证件类型号码", "居民身份证220399197904120031"),
            row("是否接受电子送达", "接受"),
            row("电子方式（手机必选，邮箱、传真、其他可选）", "手机：13900000000"),
            row("邮寄地址", "吉林省四平市梨树县梨树镇示例大街100号"),
            row("手机号", "13900000000"),
            row("邮编", "136500"),
            row("受送达人确认", "本人已阅读以上告知事项，所填内容真实有效。"),
            row("备注"),
        ],
        tables=[], opinions=[], signatures=["受送达人（盖章）"], remarks=[],
    )  # fmt: skip


def public_notice() -> LetterData:
    """S29."""
    return LetterData(
        organ="梨树县交通运输局", addressee="梨树县示例运输有限公司",
        paragraphs=[
            "因采用直接送达、邮寄送达等方式无法送达，现依法向你公告送达《行政处罚决定书》（吉梨交罚〔2026〕0007号）。",
            "主要内容：对你单位没有采取必要措施防止货物脱落、扬撒的行为处以罚款，详见处罚决定书。",
            "领取地点：吉林省四平市梨树县梨树镇示例街1号。请自本公告发布之日起到上述地点领取，联系电话0434-5222222。",
            "自本公告发布之日起经过60日，即视为送达。",
        ],
        tables=[], signatures=[], issued_on="2026年4月2日", note="",
    )  # fmt: skip


STORY = {"address_confirmation": address(), "public_serving_notice": public_notice()}
