"""Deferral, demand and court: 分期（延期）缴纳罚款审批表和通知书, 催告书, 强制执行申请书."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.documents import shapes
from cases.documents.shapes import box, row, said
from cases.models import Approval, Payment
from cases.procedure.balance import Balance
from cases.procedure.court_window import WITHOUT_RESULT
from cases.procedure.execution_facts import InstalmentFact
from cases.procedure.facts import CaseFacts, RemedyFact
from cases.procedure.overlay import remedies_of_round
from cases.procedure.urging import served_on
from cases.queries.facts import LoadedCase
from cases.queries.penalties import orders_of
from lishu_law.documents.blocks import day, day_of, money, paragraphs
from lishu_law.law.parameters import DEFAULT_PARAMETERS

MEASURES = {
    "additional": "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额。",
    "auction": "依法将查封、扣押的财物拍卖抵缴罚款。",
    "court": "依法申请人民法院强制执行。",
    "proxy": "依法代履行或者委托没有利害关系的第三人代履行。",
}
OTHER = "其他强制执行方式："
COPY = "（本文书一式两份：一份存根，一份交当事人或者其代理人。）"


def pronoun(loaded: LoadedCase) -> str:
    return "你" if loaded.case.known_party.kind == "citizen" else "你单位"


def decided(loaded: LoadedCase) -> str:
    """How letters speak of the decision: when, what, under which number."""
    one, orders = loaded.case.decision, ordered(loaded)
    what = "，".join([one.result_text, *orders])
    return f"{day(one.decided_on)}作出的{what}的行政处罚决定（决定书案号：{one.number}）"


def ordered(loaded: LoadedCase) -> list[str]:
    """What the decision orders the party to do beside the penalty (责令…)."""
    chosen = loaded.part("discretion")
    return [one for one in orders_of(chosen) if one.startswith("责令")] if chosen is not None else []


_RULED = {"upheld": "维持原决定", "changed": "变更原决定", "unlawful": "确认原决定违法"}


def challenge_words(facts: CaseFacts) -> list[str]:
    """Which review or lawsuit there was about the decision and how it ended, in the order of time."""
    return [_challenge(one) for one in remedies_of_round(facts)]


def _challenge(one: RemedyFact) -> str:
    what = "申请行政复议" if one.kind == "review" else "提起行政诉讼"
    if one.ended_on is None:
        return f"{day(one.received_on)}收到{what}的材料，还没有结束。"
    ended = _RULED.get(one.outcome, "程序终止，没有改变原决定" if one.outcome in WITHOUT_RESULT else "不再保留原决定")
    served = f"，{day(one.served_on)}送达" if one.served_on else ""
    return f"当事人{what}，{day(one.ended_on)}{ended}{served}。"


def served_decision(loaded: LoadedCase) -> str:
    served = loaded.facts.decision_served_on
    return day(served) if served else ""


def requested(approval: Approval, doing: Any, opinion: str) -> list[shapes.FormOpinion]:
    """The three opinions of an approval form: handler, agency (by hand), head."""
    handler = shapes.SignedOpinion(
        text=approval.reason, name=approval.asked_by.full_name, signed_on=day_of(approval.asked_at)
    )
    head = shapes.SignedOpinion(text=opinion, name=doing.by.full_name, signed_on=day_of(doing.at))
    by_hand = shapes.SignedOpinion(text="", name="", signed_on="")
    return [
        shapes.FormOpinion(label="承办人意见", opinion=handler),
        shapes.FormOpinion(label="经办机构负责人意见", opinion=by_hand),
        shapes.FormOpinion(label="负责人审批意见", opinion=head),
    ]


def letter(
    loaded: LoadedCase,
    on: date,
    parts: list[shapes.LetterPart],
    *,
    tables: Iterable[shapes.FormTable] = (),
    signatures: Iterable[str] = (),
    note: str = COPY,
) -> shapes.TickedLetter:
    """A letter of the bureau to the party."""
    return shapes.TickedLetter(
        organ=loaded.case.authority.name,
        addressee=f"当事人（{loaded.case.known_party.name}）",
        parts=parts,
        tables=list(tables),
        signatures=list(signatures),
        issued_on=day(on),
        note=note,
    )


def deferral_form(
    loaded: LoadedCase, doing: Any, approval: Approval, plan: tuple[InstalmentFact, ...], opinion: str
) -> shapes.FormData:
    """S30, complete with the head's decision."""
    case = loaded.case
    lines = [[str(one.ordinal), day(one.due_on), money(one.amount)] for one in plan]
    until, applied = day(plan[-1].due_on), day(date.fromisoformat(approval.data["applied_on"]))
    wish = f"申请延期至{until}缴纳。" if len(plan) == 1 else f"申请分 {len(plan)} 期缴纳，到{until}缴清。"
    return shapes.FormData(
        cause=case.violation,
        rows=[
            row("当事人", case.known_party.name),
            row("案件基本情况", f"{served_decision(loaded)}送达{decided(loaded)}。", is_long=True),
            row("理由", f"当事人于{applied}申请：", *paragraphs(approval.data["hardship"]), is_long=True),
            row("意见", wish),
        ],
        tables=[shapes.FormTable(title="缴纳计划", columns=["期次", "缴纳期限", "金额"], rows=lines)],
        opinions=requested(approval, doing, opinion),
        signatures=[],
        remarks=[],
    )  # fmt: skip


@dataclass(frozen=True)
class Granted:
    """What one M17 grants: the line of the plan with what stays open after it, or a refusal with its reason."""

    line: InstalmentFact | None
    lines: int
    left: Decimal
    refusal: str = ""


def deferral_notice(loaded: LoadedCase, doing: Any, granted: Granted) -> shapes.TickedLetter:
    """M17; every instalment has a notice of its own."""
    line, you = granted.line, pronoun(loaded)
    put_off, in_parts = bool(line) and granted.lines == 1, granted.lines > 1
    until = day(line.due_on) if line and put_off else "________"
    part = f"第{line.ordinal}期至{day(line.due_on)}前" if line and in_parts else "第__期至________前"
    amount, left = (money(line.amount), money(granted.left)) if line and in_parts else ("________", "________")
    fine = money(loaded.facts.decision_amount or Decimal(0))
    return letter(loaded, doing.today, [
        said(f"本机关于{served_decision(loaded)}（送达日期）向{you}送达{decided(loaded)}，罚款金额（大写）{fine}。"
             f"根据{you}的申请，依据《中华人民共和国行政处罚法》第六十六条的规定，现决定："),
        box(f"同意延期至{until}缴纳罚款。", put_off),
        box(f"同意分期缴纳罚款。{part}，缴纳罚款{amount}；此外，尚未缴纳的罚款{left}。", in_parts),
        box(f"不同意延期、分期缴纳，理由：{granted.refusal or '________'}", line is None),
        said("代收机构以本通知书为据，办理收款手续。"),
    ], note="（本文书一式两份：一份存根，一份交当事人；分期缴纳的，每期均单独开具本文书。）")  # fmt: skip


@dataclass(frozen=True)
class DemandWords:
    """What the officer chooses for a demand; amounts and dates come from the case."""

    measures: tuple[str, ...]
    manner: str
    requirement: str
    other: str = ""
    other_measure: str = ""
    duties: tuple[str, ...] = field(default=())


def owed_text(owed: Balance, on: date) -> str:
    """The exact amounts on the day of the letter (强制法35: 金钱给付的，明确金额)."""
    parts = []
    if owed.fine_open:
        parts.append(f"罚款{money(owed.fine_open)}")
    if owed.additional_open:
        days = owed.accrual.counted_days if owed.accrual else 0
        parts.append(f"加处罚款{money(owed.additional_open)}（截至{day(on)}，计{days}日）")
    return f"{'，'.join(parts)}，合计{money(owed.total)}" if parts else ""


def demand_letter(loaded: LoadedCase, doing: Any, owed: Balance, words: DemandWords) -> shapes.TickedLetter:
    """M19: time, way and exact amount, and the right to state and defend."""
    you, organ = pronoun(loaded), loaded.case.authority
    subject = "；".join(part for part in (owed_text(owed, doing.today), *words.duties) if part)
    grows = owed.accrual is not None and owed.accrual.capped_on is None and owed.fine_open > 0
    more = "逾期期间加处罚款继续计算，以实际缴纳之日为准。" if grows else ""
    chosen = [box(text, key in words.measures) for key, text in MEASURES.items()]
    return letter(loaded, doing.today, [
        said(f"因{you}逾期未履行本机关{decided(loaded)}，依据《中华人民共和国行政强制法》第三十五条、第五十四条的规定，"
             f"现就有关事项催告如下，请{you}按要求履行："),
        said(f"1.履行标的：{subject}。{more}"),
        said("2.履行期限：自收到本催告书之日起十个工作日内。"),
        said(f"3.履行方式：{words.manner}"),
        said(f"4.履行要求：{words.requirement}"),
        said(f"5.其他事项：{words.other or '／'}"),
        said("逾期仍不履行的，本机关将依法采取以下措施："),
        *chosen,
        box(f"{OTHER}{words.other_measure or '________'}", bool(words.other_measure)),
        said(f"{you}收到本催告书后有权进行陈述和申辩，可以向本机关书面或者口头提出，本机关将充分听取并复核。"
             f"联系地址：{organ.address}，联系人：{organ.contact_name}，联系电话：{organ.phone}。"),
    ])  # fmt: skip


def court_application(loaded: LoadedCase, doing: Any, owed: Balance, data: dict[str, Any]) -> shapes.TickedLetter:
    """S32: who asks whom for what, facts and reasons with every serving, basis and enclosures (强制法55)."""
    case, facts, organ = loaded.case, loaded.facts, loaded.case.authority
    demand = facts.execution.demand
    urged = served_on(facts, demand)
    number = next((one.number for one in loaded.documents if demand and one.pk == demand.document_id), "")
    party = case.known_party
    court = DEFAULT_PARAMETERS.value("court.name", doing.today)
    parts = [
        said(f"申请人：{organ.name}，地址：{organ.address}，电话：{organ.phone}，法定代表人：________。"),
        said(f"被申请人：{party.name}，地址：{party.address}，联系电话：{party.phone or '／'}。"),
        said(f"请求事项：强制执行{case.decision.number}行政处罚决定，执行标的：{data['target']}。"
             f"{owed_text(owed, doing.today)}。"),
        said(f"事实与理由：申请人{decided(loaded)}，决定书于{served_decision(loaded)}送达。{_unchallenged(facts)}申请人于"
             f"{day(urged) if urged else '________'}送达催告书（编号：{number}），催告书送达十日后被申请人仍未履行。"),
        said(f"被申请人对催告的意见：{data['party_opinion']}"),
        said("依据：《中华人民共和国行政强制法》第五十三条、第五十四条、第五十五条。"),
        said("此致"),
        said(court),
        said(f"附件清单：{'；'.join(data['enclosures'])}。"),
    ]  # fmt: skip
    made = letter(
        loaded, doing.today, parts, signatures=("行政机关负责人",), note="（本文书一式二份以上：人民法院、存卷。）"
    )
    made["addressee"] = court
    return made


def _unchallenged(facts: CaseFacts) -> str:
    """Why the decision can be enforced: nothing was asked for, or a review left it standing and nobody sued (行诉45)."""
    words = "".join(challenge_words(facts)).replace("当事人", "被申请人")
    if not words:
        return "被申请人在法定期限内没有申请行政复议或者提起行政诉讼，又不履行决定。"
    return f"{words}被申请人此后在法定期限内没有提起行政诉讼，又不履行决定。"


def fine_receipt(loaded: LoadedCase, paid: Payment) -> shapes.FormData:
    """S31: the register of one fiscal receipt. The receipt itself is printed by the finance department's own system."""
    case = loaded.case
    return shapes.FormData(
        heading="罚没专用票据、非税缴款码登记页",
        cause=case.violation,
        rows=[
            row("财政票据号（缴款码）", paid.receipt_no),
            row("缴款人", case.known_party.name),
            row("执收单位", case.authority.name),
            row("决定书号", case.decision.number),
            row("金额", money(paid.amount) if paid.amount else ""),
            row("加处罚款", money(paid.additional) if paid.additional else ""),
            row("日期", day(paid.paid_on)),
            row("缴款渠道", paid.get_channel_display()),
        ],
        tables=[],
        opinions=[],
        signatures=[],
        remarks=["本页登记财政部门统一制发的票据，不是收款凭证。"],
    )
