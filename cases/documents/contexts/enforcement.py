"""The bureau's own enforcement: 审批表, 强制执行决定书, 代履行决定书, 执行公告, 中止（终结、恢复）通知书, 执行协议书."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cases.documents import shapes
from cases.documents.contexts.execution import (
    challenge_words,
    decided,
    letter,
    owed_text,
    pronoun,
    requested,
    served_decision,
)
from cases.documents.shapes import box, row, said
from cases.models import Agreement, Approval, Enforcement, EnforcementKind
from cases.procedure.balance import balance
from cases.procedure.urging import served_on
from cases.queries.facts import LoadedCase
from lishu_law.documents.blocks import day, moment, money, paragraphs
from lishu_law.law.parameters import DEFAULT_PARAMETERS

CHANGES = {
    "suspend": "中止执行（行政强制法第三十九条第一款）",
    "end": "终结执行（行政强制法第四十条）",
    "resume": "恢复执行：中止执行的情形消失（行政强制法第三十九条第二款）",
    "resume_breach": "恢复执行：当事人不履行执行协议（行政强制法第四十二条第二款）",
}


def _remedies(loaded: LoadedCase, on: date) -> str:
    organ, court = (DEFAULT_PARAMETERS.value(name, on) for name in ("review_organ.name", "court.name"))
    return (
        f"{pronoun(loaded)}如不服本决定，可以自收到本决定书之日起60日内向{organ}申请行政复议，"
        f"或者在6个月内依法向{court}提起行政诉讼。"
    )


def _urged(loaded: LoadedCase) -> str:
    facts = loaded.facts
    urged = served_on(facts, facts.execution.demand)
    return f"{day(urged)}送达催告书" if urged else "未经催告"


def enforcement_form(loaded: LoadedCase, doing: Any, approval: Approval, opinion: str) -> shapes.FormData:
    """S33: before an enforcement decision, and before its suspension, end or resumption."""
    case, facts, data = loaded.case, loaded.facts, approval.data
    owed = owed_text(balance(facts, doing.today), doing.today)
    duties = "；".join(one.text for one in facts.execution.open_duties)
    remedies = "".join(challenge_words(facts)) or "没有申请行政复议、提起行政诉讼。"
    by_hand = shapes.SignedOpinion(text="", name="", signed_on="")
    opinions = requested(approval, doing, opinion)
    return shapes.FormData(
        cause=case.violation,
        rows=[
            row("决定书文号", case.decision.number),
            row("当事人", case.known_party.name),
            row("基本案情", *paragraphs(case.decision.facts), is_long=True),
            row("应履行义务", owed, duties),
            row("救济情况", remedies),
            row("催告情况", _urged(loaded)),
            row("意见", data["proposal"], is_long=True),
        ],
        tables=[],
        opinions=[*opinions[:2], shapes.FormOpinion(label="法制机构意见", opinion=by_hand), opinions[2]],
        signatures=[],
        remarks=[],
    )


def enforcement_decision(loaded: LoadedCase, doing: Any, data: dict[str, Any], at: datetime) -> shapes.TickedLetter:
    """M20: the five items of 强制法37."""
    you, hiding = pronoun(loaded), bool(data["hiding"])
    return letter(loaded, doing.today, [
        said(f"本机关于{served_decision(loaded)}向{you}送达{decided(loaded)}。{_urged(loaded)}，催告情况如下："),
        box(f"经催告，{you}逾期仍不履行行政决定，且无正当理由。", not hiding),
        box(f"在催告期间，有证据证明{you}有转移或者隐匿财物迹象：{data['hiding'] or '________'}", hiding),
        said(f"依据《中华人民共和国行政强制法》第三十七条和{data['power']}的规定，本机关决定强制执行。"),
        said(f"强制执行的理由：{data['grounds']}"),
        said(f"执行时间：{moment(at)}。"),
        said(f"执行方式：{EnforcementKind(data['kind']).label}。{data['manner']}"),
        said(_remedies(loaded, doing.today)),
    ])  # fmt: skip


def proxy_decision(loaded: LoadedCase, doing: Any, data: dict[str, Any], at: datetime) -> shapes.TickedLetter:
    """M21: 代履行 after the demand (强制法50) or at once (强制法52)."""
    you, at_once = pronoun(loaded), data["kind"] == EnforcementKind.PROXY_NOW
    third = bool(data["performer"])
    return letter(loaded, doing.today, [
        said(f"违法事实：{loaded.case.decision.facts}"),
        said(f"代履行的理由：{data['grounds']}{data['danger']}"),
        box(f"{decided(loaded)}要求{you}履行，{you}逾期不履行，经催告仍不履行，后果已经或者将危害交通安全、造成环境污染或者破坏"
            "自然资源。依据《中华人民共和国行政强制法》第五十条的规定代履行。", not at_once),
        box(f"需要立即清除道路、河道、航道或者公共场所的遗洒物、障碍物或者污染物，{you}不能清除。依据《中华人民共和国行政强制法》"
            "第五十二条的规定立即实施代履行。", at_once),
        said("代履行人："),
        box("本机关", not third),
        box(f"第三人：{data['performer'] or '________'}", third),
        said(f"代履行标的：{data['manner']}"),
        said(f"代履行时间和方式：{moment(at)}，由{data['performer'] or '本机关'}实施。"),
        said(f"代履行费用预算：{data['budget'] or '／'}。预付期限：收到本决定书之日起至代履行实施前，"
             f"开户行：{DEFAULT_PARAMETERS.value('payment.bank', doing.today)}，"
             f"账号：{DEFAULT_PARAMETERS.value('payment.account', doing.today)}。代履行费用据实决算，多退少补。"),
        said(_remedies(loaded, doing.today)),
    ])  # fmt: skip


def demolition_notice(loaded: LoadedCase, doing: Any, demolish_by: date) -> shapes.TickedLetter:
    """M18: the public notice before a demolition (强制法44)."""
    case = loaded.case
    made = letter(loaded, doing.today, [
        said(f"案名：{case.known_party.name}{case.violation}案。"),
        said(f"本机关{decided(loaded)}。"),
        said(f"当事人{case.known_party.name}应当自行拆除违法的建筑物、构筑物、设施，自行拆除期限：{day(demolish_by)}前。"),
        said("当事人在法定期限内不申请行政复议或者提起行政诉讼，逾期又不拆除的，本机关将依据《中华人民共和国行政强制法》第四十四条"
             "的规定依法强制拆除，由此产生的逾期后果由当事人承担。"),
        said("特此公告。"),
    ], note="（本文书一式两份：一份存根，一份张贴公告。）")  # fmt: skip
    made["addressee"] = "有关单位和个人"
    return made


def enforcement_change(
    loaded: LoadedCase, doing: Any, enforcement: Enforcement, data: dict[str, Any]
) -> shapes.TickedLetter:
    """M22: one of four, with its reason and day."""
    number = enforcement.document.number
    return letter(loaded, doing.today, [
        said(f"案名：{loaded.case.known_party.name}{loaded.case.violation}案。"),
        said(f"本机关{day(enforcement.decided_on)}作出强制执行决定（强制执行决定书案号：{number}）。现因下列理由，决定自"
             f"{day(doing.today)}起："),
        *(box(f"{text}。理由：{data['reason'] if key == data['change'] else '________'}", key == data["change"])
          for key, text in CHANGES.items()),
        said("特此通知。"),
    ])  # fmt: skip


def execution_agreement(loaded: LoadedCase, doing: Any, agreement: Agreement) -> shapes.TickedLetter:
    """S34: staged performance, and the reduction of the additional fine for remedial measures (强制法42)."""
    reduced = (
        f"当事人采取下列补救措施的，减免加处罚款{money(agreement.reduced)}：{agreement.remedy}"
        if agreement.reduced
        else "加处罚款不减免。"
    )
    made = letter(loaded, doing.today, [
        said(f"{loaded.case.authority.name}与{loaded.case.known_party.name}就行政处罚决定书（决定书编号：{loaded.case.decision.number}）"
             "的执行，在不损害公共利益和他人合法权益的情况下，依据《中华人民共和国行政强制法》第四十二条的规定达成协议。"),
        said("协议条款："),
        *(said(text) for text in paragraphs(agreement.terms)),
        said(reduced),
        said(f"全部义务应当在{day(agreement.ends_on)}前履行完毕。当事人不履行协议的，恢复强制执行。"),
        said("本协议一式两份，双方签章后生效，双方各执一份。"),
    ], signatures=("当事人",), note="")  # fmt: skip
    return made
