"""Samples of the documents of the execution: the demo story's company did not pay."""

from __future__ import annotations

from cases.documents.contexts.enforcement import CHANGES
from cases.documents.contexts.execution import COPY, MEASURES
from cases.documents.shapes import (
    FormData,
    FormOpinion,
    FormTable,
    LetterPart,
    SignedOpinion,
    TickedLetter,
    box,
    row,
    said,
)

CAUSE = "涉嫌货运经营者没有采取必要措施防止货物脱落、扬撒案"
COMPANY = "梨树县示例运输有限公司"
ORGAN = "梨树县交通运输局"
FINE = "人民币壹仟元整（¥1,000.00）"
DECIDED = f"2026年3月19日作出的罚款{FINE}的行政处罚决定（决定书案号：吉梨交罚〔2026〕0007号）"
HANDLER = SignedOpinion(text="情况属实，建议批准。", name="示例甲", signed_on="2026年4月7日")
HEAD = SignedOpinion(text="同意。", name="示例庚", signed_on="2026年4月8日")
BY_HAND = SignedOpinion(text="", name="", signed_on="")
REMEDIES = "你单位如不服本决定，可以自收到本决定书之日起60日内向梨树县人民政府申请行政复议，或者在6个月内依法向梨树县人民法院提起行政诉讼。"


def letter(
    *parts: LetterPart, addressee: str = f"当事人（{COMPANY}）", note: str = COPY, sign: str = ""
) -> TickedLetter:
    return TickedLetter(
        organ=ORGAN, addressee=addressee, parts=list(parts), tables=[], signatures=[sign] if sign else [],
        issued_on="2026年4月8日", note=note,
    )  # fmt: skip


def opinions(*, with_legal: bool = False) -> list[FormOpinion]:
    made = [("承办人意见", HANDLER), ("经办机构负责人意见", BY_HAND)]
    made += [("法制机构意见", BY_HAND)] if with_legal else []
    return [FormOpinion(label=label, opinion=opinion) for label, opinion in (*made, ("负责人审批意见", HEAD))]


STORY = {
    "deferral_form": FormData(
        cause=CAUSE,
        rows=[
            row("当事人", COMPANY),
            row("案件基本情况", f"2026年3月20日送达{DECIDED}。", is_long=True),
            row("理由", "当事人于2026年4月7日申请：", "提交近三个月银行流水和停运证明，确有经济困难。", is_long=True),
            row("意见", "申请分 2 期缴纳，到2026年6月30日缴清。"),
        ],
        tables=[FormTable(title="缴纳计划", columns=["期次", "缴纳期限", "金额"], rows=[
            ["1", "2026年5月20日", "人民币肆佰元整（¥400.00）"], ["2", "2026年6月30日", "人民币陆佰元整（¥600.00）"],
        ])],
        opinions=opinions(), signatures=[], remarks=[],
    ),
    "deferral_notice": letter(
        said(f"本机关于2026年3月20日（送达日期）向你单位送达{DECIDED}，罚款金额（大写）{FINE}。根据你单位的申请，依据"
             "《中华人民共和国行政处罚法》第六十六条的规定，现决定："),
        box("同意延期至________缴纳罚款。", False),
        box("同意分期缴纳罚款。第1期至2026年5月20日前，缴纳罚款人民币肆佰元整（¥400.00）；此外，尚未缴纳的罚款"
            "人民币陆佰元整（¥600.00）。", True),
        box("不同意延期、分期缴纳，理由：________", False),
        said("代收机构以本通知书为据，办理收款手续。"),
    ),
    "demand_letter": letter(
        said(f"因你单位逾期未履行本机关{DECIDED}，依据《中华人民共和国行政强制法》第三十五条、第五十四条的规定，现就有关事项"
             "催告如下，请你单位按要求履行："),
        said(f"1.履行标的：罚款{FINE}，加处罚款人民币叁佰元整（¥300.00）（截至2026年4月17日，计10日），合计人民币壹仟叁佰元整"
             "（¥1,300.00）；责令改正。逾期期间加处罚款继续计算，以实际缴纳之日为准。"),
        said("2.履行期限：自收到本催告书之日起十个工作日内。"),
        said("3.履行方式：到代收银行或者通过电子支付系统缴款"),
        said("4.履行要求：在履行期限内全部履行"),
        said("5.其他事项：／"),
        said("逾期仍不履行的，本机关将依法采取以下措施："),
        *(box(text, code == "court") for code, text in MEASURES.items()),
        box("其他强制执行方式：________", False),
        said("你单位收到本催告书后有权进行陈述和申辩，可以向本机关书面或者口头提出，本机关将充分听取并复核。"
             "联系地址：梨树县梨树镇示例街1号，联系人：示例联系人，联系电话：0434-5222222。"),
    ),
    "court_application": letter(
        said("申请人：梨树县交通运输局，地址：梨树县梨树镇示例街1号，电话：0434-5222222，法定代表人：________。"),
        said(f"被申请人：{COMPANY}，地址：吉林省四平市梨树县梨树镇示例大街100号，联系电话：0434-5200000。"),
        said("请求事项：强制执行吉梨交罚〔2026〕0007号行政处罚决定，执行标的：罚款 1000 元和加处罚款 1000 元。"),
        said(f"事实与理由：申请人{DECIDED}，决定书于2026年3月20日送达。被申请人在法定期限内没有申请行政复议或者提起行政诉讼，"
             "又不履行决定。申请人于2026年5月20日送达催告书（编号：吉梨交催〔2026〕0007号），催告书送达十日后被申请人仍未履行。"),
        said("被申请人对催告的意见：没有提出陈述、申辩。"),
        said("依据：《中华人民共和国行政强制法》第五十三条、第五十四条、第五十五条。"),
        said("此致"),
        said("梨树县人民法院"),
        said("附件清单：强制执行申请书；行政处罚决定书；当事人的意见及行政机关催告情况；申请强制执行标的情况。"),
        addressee="梨树县人民法院", sign="行政机关负责人", note="（本文书一式两份以上：人民法院、存卷。）",
    ),
    "enforcement_form": FormData(
        cause=CAUSE,
        rows=[
            row("决定书文号", "吉梨交罚〔2026〕0007号"), row("当事人", COMPANY),
            row("基本案情", "2026年3月5日23时02分，当事人所属车辆未采取必要措施防止货物扬撒。", is_long=True),
            row("应履行义务", "责令改正"), row("救济情况", "没有申请行政复议、提起行政诉讼"),
            row("催告情况", "2026年5月20日送达催告书"), row("意见", "拟代履行：清除路面遗洒物。", is_long=True),
        ],
        tables=[], opinions=opinions(with_legal=True), signatures=[], remarks=[],
    ),
    "enforcement_decision": letter(
        said(f"本机关于2026年3月20日向你单位送达{DECIDED}。2026年5月20日送达催告书，催告情况如下："),
        box("经催告，你单位逾期仍不履行行政决定，且无正当理由。", True),
        box("在催告期间，有证据证明你单位有转移或者隐匿财物迹象：________", False),
        said("依据《中华人民共和国行政强制法》第三十七条和授权的法律条款的规定，本机关决定强制执行。"),
        said("强制执行的理由：逾期不拆除，影响行车视线。"),
        said("执行时间：2026年10月20日9时00分。"),
        said("执行方式：强制拆除。拆除公路建筑控制区内的构筑物。"),
        said(REMEDIES),
    ),
    "proxy_decision": letter(
        said("违法事实：2026年3月5日23时02分，当事人所属车辆未采取必要措施防止货物扬撒，路面遗洒碎砖。"),
        box(f"{DECIDED}要求你单位履行，你单位逾期不履行，经催告仍不履行，后果已经或者将危害交通安全、造成环境污染或者破坏自然资源。"
            "依据《中华人民共和国行政强制法》第五十条的规定代履行。", True),
        box("需要立即清除道路、河道、航道或者公共场所的遗洒物、障碍物或者污染物，你单位不能清除。依据《中华人民共和国行政强制法》"
            "第五十二条的规定立即实施代履行。", False),
        said("代履行人："), box("本机关", False), box("第三人：梨树县示例保洁有限公司", True),
        said("代履行标的：清除国道303线K12+300处路面遗洒的碎砖。"),
        said("代履行时间和方式：2026年10月20日9时00分。人工和机械清扫。"),
        said("代履行费用预算：伍佰元。预付期限：收到本决定书之日起至代履行实施前，开户行：示例银行梨树支行，账号：0000111122223333。"
             "代履行费用据实决算，多退少补。"),
        said(REMEDIES),
    ),
    "demolition_notice": letter(
        said(f"案名：{COMPANY}擅自修建构筑物案。"),
        said(f"本机关{DECIDED}。"),
        said(f"当事人{COMPANY}应当自行拆除违法的建筑物、构筑物、设施，自行拆除期限：2026年10月10日前。"),
        said("当事人在法定期限内不申请行政复议或者提起行政诉讼，逾期又不拆除的，本机关将依据《中华人民共和国行政强制法》第四十四条"
             "的规定依法强制拆除，由此产生的逾期后果由当事人承担。"),
        said("特此公告。"),
        addressee="有关单位和个人", note="（本文书一式两份：一份存根，一份张贴公告。）",
    ),
    "enforcement_change": letter(
        said(f"案名：{COMPANY}擅自修建构筑物案。"),
        said("本机关2026年9月1日作出强制执行决定（强制执行决定书案号：吉梨交强执〔2026〕0007号）。现因下列理由，决定自"
             "2026年10月8日起："),
        *(box(f"{text}。理由：{'当事人暂无履行能力' if code == 'suspend' else '________'}", code == "suspend")
          for code, text in CHANGES.items()),
        said("特此通知。"),
    ),
    "execution_agreement": letter(
        said(f"{ORGAN}与{COMPANY}就行政处罚决定书（决定书编号：吉梨交罚〔2026〕0007号）的执行，在不损害公共利益和他人合法权益的情况下，"
             "依据《中华人民共和国行政强制法》第四十二条的规定达成协议。"),
        said("协议条款："), said("一、分两期缴清罚款。"), said("二、加装苫盖装置。"),
        said("当事人采取下列补救措施的，减免加处罚款人民币贰佰元整（¥200.00）：安装苫盖装置。"),
        said("全部义务应当在2026年12月31日前履行完毕。当事人不履行协议的，恢复强制执行。"),
        said("本协议一式两份，双方签章后生效，双方各执一份。"),
        sign="当事人", note="",
    ),
}  # fmt: skip
NUMBERS = {
    "demand_letter": "吉梨交催〔2026〕0007号", "enforcement_decision": "吉梨交强执〔2026〕0007号",
    "proxy_decision": "吉梨交代履〔2026〕0007号", "execution_agreement": "吉梨交强执协〔2026〕0007号",
}  # fmt: skip
