"""The papers of preservation and seizure: M06–M10, S08, S11–S15."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cases.documents import shapes
from cases.documents.shapes import FormOpinion, FormTable, SignedOpinion, row
from cases.models import Approval, CustodyEntry, LiftingGround, Measure
from cases.procedure.measure_powers import POWERS
from cases.procedure.measures_facts import PERIODS, Ending, MeasureKind
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, moment, paragraphs, party_block
from lishu_law.law.limits import compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS

OPEN_OPINION = SignedOpinion(text="", name="", signed_on="")
PRESERVATION_BASIS = "《中华人民共和国行政处罚法》第五十六条"


def spot_words(loaded: LoadedCase, party_present: bool, witness_name: str, statement: str) -> list[str]:
    """What the on-scene record of a measure must say besides what was seen (强制法18)."""
    party = loaded.case.party.name if loaded.case.party else "当事人"
    came = f"通知当事人{party}到场，当事人到场。"
    if not party_present:
        came = f"通知当事人{party}到场，当事人没有到场，邀请见证人{witness_name}到场。"
    told = "执法人员当场告知采取行政强制措施的理由、依据以及当事人依法享有的权利、救济途径，听取陈述和申辩。"
    return [came, told, f"陈述和申辩：{statement.strip() or '当事人没有到场，未陈述。'}"]


def _word(measure: Measure) -> str:
    if measure.is_preservation:
        return "先行登记保存"
    return f"{POWERS[measure.power].word}{'车辆' if measure.kind == MeasureKind.VEHICLE else '物品'}"


def _basis(measure: Measure) -> str:
    return PRESERVATION_BASIS if measure.is_preservation else POWERS[measure.power].citation


def _things(measure: Measure) -> str:
    return "；".join(f"{item.name} {item.quantity}" for item in measure.items.all())


def _table(measure: Measure, title: str) -> FormTable:
    rows = [
        [str(number), item.name, item.specification, item.quantity, item.condition]
        for number, item in enumerate(measure.items.all(), start=1)
    ]
    return FormTable(title=title, columns=["序号", "名称", "规格", "数量", "备注"], rows=rows)


def _signed(loaded: LoadedCase, request: Approval) -> list[FormOpinion]:
    """The opinion cells of the approval forms; those of agency and legal section are signed by hand."""
    asked = SignedOpinion(text=request.reason, name=request.asked_by.full_name, signed_on=day_of(request.asked_at))
    decided = SignedOpinion(text="", name="", signed_on="")
    if request.decided_by and request.decided_at:
        text = f"{request.get_outcome_display()}。{request.opinion}".strip()
        decided = SignedOpinion(text=text, name=request.decided_by.full_name, signed_on=day_of(request.decided_at))
    cells = [
        ("承办人意见", asked),
        ("机构负责人意见", OPEN_OPINION),
        ("法制意见", OPEN_OPINION),
        ("负责人意见", decided),
    ]
    return [FormOpinion(label=label, opinion=opinion) for label, opinion in cells]


def _form(
    loaded: LoadedCase, request: Approval, rows: list[shapes.FormRow], tables: list[FormTable], *, legal: bool = True
) -> shapes.FormData:
    case = loaded.case
    opinions = [one for one in _signed(loaded, request) if legal or one["label"] != "法制意见"]
    first = [
        row("当事人", case.party.name if case.party else ""),
        row("案件基本情况", *paragraphs(case.summary), is_long=True),
    ]
    return shapes.FormData(
        cause=case.violation, rows=[*first, *rows], tables=tables, opinions=opinions, signatures=[], remarks=[]
    )


def preservation_approval(loaded: LoadedCase, doing: Any, measure: Measure, request: Approval) -> shapes.FormData:
    """S11."""
    rows = [row("理由", *paragraphs(measure.reason)), row("物品", _things(measure)), row("依据", PRESERVATION_BASIS)]
    return _form(loaded, request, rows, [], legal=False)


def measure_approval(loaded: LoadedCase, doing: Any, measure: Measure, request: Approval) -> shapes.FormData:
    """S13; an urgent measure says when it was taken and that the approval is caught up."""
    urgent = "否"
    if measure.is_urgent and measure.taken_at:
        urgent = f"是。{moment(measure.taken_at)}当场实施，{moment(doing.at)}补办。紧急情况：{measure.urgent_reason}"
    start = clock.local(measure.taken_at).date() if measure.taken_at else None
    ends = f"自{day(start)}起至{day(compute('coerce-30d', start).due)}止，30日" if start else "自实施之日起30日"
    rows = [
        row("依据", _basis(measure)), row("措施", f"{_word(measure)}：{_things(measure)}"), row("起止、天数", ends),
        row("是否紧急补办及时间", urgent), row("理由", *paragraphs(measure.reason)),
    ]  # fmt: skip
    return _form(loaded, request, rows, [])


def preservation_release_approval(
    loaded: LoadedCase, doing: Any, measure: Measure, request: Approval
) -> shapes.FormData:
    """S12."""
    rows = [
        row("原清单编号", f"{loaded.case.label}《证据登记保存清单》（{_taken_day(measure)}）"),
        row("理由", *paragraphs(request.reason)),
        row("意见", "拟解除先行登记保存。"),
    ]
    return _form(loaded, request, rows, [], legal=False)


def measure_change_approval(loaded: LoadedCase, doing: Any, measure: Measure, request: Approval) -> shapes.FormData:
    """S14: extension or lifting."""
    change = "／"
    if days := request.data.get("days"):
        change = f"自{day(_period_end(loaded, measure))}期满起延长{days}日，至{day(_extended_to(loaded, measure, int(days)))}"
    elif ground := request.data.get("ground"):
        change = f"解除：《中华人民共和国行政强制法》第二十八条第一款第{'一二三四五'[int(ground) - 1]}项，{LiftingGround(ground).label}"
    rows = [
        row("原措施", f"{_taken_day(measure)}{_word(measure)}：{_things(measure)}"),
        row("延长起止天数、解除项", change),
        row("理由", *paragraphs(request.reason)),
        row("意见", "拟延长期限。" if request.data.get("days") else "拟解除。"),
    ]
    return _form(loaded, request, rows, [])


def _extended_to(loaded: LoadedCase, measure: Measure, days: int) -> date:
    """The first period's last day and the days granted; natural days, never rolled (coerce-extend)."""
    return _period_end(loaded, measure) + timedelta(days=days)


def _period_end(loaded: LoadedCase, measure: Measure) -> date:
    code = PERIODS[MeasureKind(measure.kind)]
    found = next((one for one in loaded.facts.limits if one.code == code and one.part == measure.part), None)
    return found.due if found else compute(code, _taken_on(measure)).due


def _taken_on(measure: Measure) -> date:
    if measure.taken_at is None:
        raise ValueError(f"measure {measure.pk} was not taken yet")
    return clock.local(measure.taken_at).date()


def _taken_day(measure: Measure) -> str:
    return day(_taken_on(measure))


def _letter(
    loaded: LoadedCase, doing: Any, written: list[str], tables: list[FormTable], signatures: list[str],
    *, remedies: list[str] | None = None, checked: str = "",
) -> shapes.MeasureLetterData:  # fmt: skip
    case = loaded.case
    return shapes.MeasureLetterData(
        organ=case.authority.name, cause=case.violation, party=party_block(case.known_party, doing.today),
        paragraphs=written, remedies=remedies or [], tables=tables, checked=checked, signatures=signatures,
        issued_on=day(doing.today),
    )  # fmt: skip


def preservation_list(loaded: LoadedCase, doing: Any, measure: Measure) -> shapes.MeasureLetterData:
    """M06: from, to, the article, every thing with the place where it is kept."""
    case, start = loaded.case, _taken_on(measure)
    until = compute("pres-7d", start).due
    pronoun = party_block(case.known_party, start)["pronoun"]
    words = (
        f"因调查{case.violation}一案，依据{PRESERVATION_BASIS}的规定，经本机关负责人批准，对{pronoun}的下列证据先行登记"
        f"保存7日（工作日）（自{day(start)}至{day(until)}）。在此期间，当事人或者有关人员不得销毁或者转移证据。"
    )
    rows = [
        [str(number), item.name, item.specification, item.quantity, item.kept_at]
        for number, item in enumerate(measure.items.all(), start=1)
    ]
    columns = ["序号", "证据名称", "规格", "数量", "登记保存地点"]
    table = FormTable(title="证据登记保存清单", columns=columns, rows=rows)
    return _letter(loaded, doing, [words], [table], ["当事人或其代理人", "执法人员"])


def preservation_release(loaded: LoadedCase, doing: Any, measure: Measure) -> shapes.MeasureLetterData:
    """M07."""
    words = (
        f"本机关于{_taken_day(measure)}采取保存措施，制作《证据登记保存清单》（案号：{loaded.case.label}）。"
        f"{_why_released(measure)}依据{PRESERVATION_BASIS}的规定，本机关决定自{day_of(measure.ended_at or doing.at)}起解除"
        "该证据登记保存。"
    )
    return _letter(loaded, doing, [words], [_table(measure, "解除登记保存的证据")], [])


def _why_released(measure: Measure) -> str:
    return "七个工作日内没有作出处理决定，保存措施已自动解除。" if measure.ending == Ending.LAPSED else ""


def measure_decision(loaded: LoadedCase, doing: Any, measure: Measure) -> shapes.MeasureLetterData:
    """M08 with its list: reasons, basis, things, kind, period, remedies (强制法24)."""
    case, start = loaded.case, _taken_on(measure)
    pronoun = party_block(case.known_party, start)["pronoun"]
    power, until = POWERS[measure.power], compute("coerce-30d", start).due
    value = DEFAULT_PARAMETERS.value
    written = [
        f"{moment(measure.taken_at or doing.at)}，{pronoun}因涉嫌{case.violation}（案由），{_found(measure)}。"
        f"{'　'.join(paragraphs(measure.reason))}",
        f"依据{power.citation}的规定，本机关决定对{pronoun}的财物（{_things(measure)}）采取{_word(measure)}的行政强制措施，"
        f"期限自{day(start)}起至{day(until)}止。需要检测、鉴定的，检测、鉴定的期间不计入，由本机关另行书面告知。",
        "其他说明：物品由本机关妥善保管，不得使用或者损毁，不向当事人收取保管费用。",
    ]
    remedies = [
        f"如果不服本决定，可以自收到本决定书之日起60日内向{value('review_organ.name', start)}申请行政复议，或者在6个月内依法向"
        f"{value('court.name', start)}提起行政诉讼。{pronoun}有权陈述和申辩。"
    ]
    table = _table(measure, "行政强制措施清单")
    return _letter(loaded, doing, written, [table], ["当事人或其代理人", "执法人员"], remedies=remedies)


def _found(measure: Measure) -> str:
    """What was found, and the clause's condition in quotes: it may name cases that are not this one."""
    reason = str(measure.answers.get("power", {}).get("reason", "")).strip().rstrip("。")
    case = f"属于“{POWERS[measure.power].condition}”的情形"
    return f"经查，{reason}，{case}" if reason else case


def measure_extension(loaded: LoadedCase, doing: Any, measure: Measure, request: Approval) -> shapes.MeasureLetterData:
    """M09: the reasons are told (强制法25第二款)."""
    number = _decision_number(loaded, measure)
    until = _extended_to(loaded, measure, int(request.data["days"]))
    words = (
        f"本机关于{_taken_day(measure)}对{loaded.case.violation}一案（案由）采取了{_word(measure)}的行政强制措施，"
        f"《行政强制措施决定书》文号：{number}。因{request.reason.rstrip('。')}，依据《中华人民共和国行政强制法》第二十五条的"
        f"规定，经本机关负责人批准，决定延长至{day(until)}。"
    )
    return _letter(loaded, doing, [words], [], [])


def measure_lifting(loaded: LoadedCase, doing: Any, measure: Measure) -> shapes.MeasureLetterData:
    """M10 with the return list that the party checks and signs."""
    ground = measure.ground or "5"
    words = (
        f"本机关于{_taken_day(measure)}对{loaded.case.violation}一案（案由）采取了{_word(measure)}的行政强制措施，"
        f"《行政强制措施决定书》文号：{_decision_number(loaded, measure)}。依据《中华人民共和国行政强制法》第二十八条第一款"
        f"第{'一二三四五'[int(ground) - 1]}项的规定，本机关决定自{day_of(measure.ended_at or doing.at)}起解除该行政强制措施。"
    )
    table = _table(measure, "退还财物清单")
    word = POWERS[measure.power].word
    checked = f"经当事人（代理人）查验，退还的财物与{word}时一致，{word}期间没有使用、丢失和损坏现象。"
    return _letter(loaded, doing, [words], [table], ["当事人或其代理人"], checked=checked)


def _decision_number(loaded: LoadedCase, measure: Measure) -> str:
    found = [d for d in loaded.documents if d.code == "measure_decision" and d.part == measure.part]
    return found[-1].number if found else "／"


def measure_testing(loaded: LoadedCase, doing: Any, measure: Measure, matter: str) -> shapes.FormData:
    """S08 for things under a measure: commission and notice of the period in one; the cost is the body's (强制法25)."""
    first, last = measure.testing_from or doing.today, measure.testing_until or doing.today
    period = f"{day(first)}至{day(last)}"
    told = f"依照《中华人民共和国行政强制法》第二十五条的规定，检测、鉴定期间为{period}，该期间不计入{_word(measure)}的期限。"
    rows = [
        row("受托机构、资质", measure.testing_body),
        row("委托事项", matter, is_long=True),
        row("样品", _things(measure)),
        row("期限", period),
        row("费用承担", "由本机关承担"),
        row("告知当事人期间起止", told),
    ]
    return shapes.FormData(
        cause=loaded.case.violation, rows=rows, tables=[], opinions=[], signatures=["当事人"], remarks=[],
        organ=loaded.case.authority.name, issued_on=day(doing.today),
    )  # fmt: skip


def custody_ledger(loaded: LoadedCase, measure: Measure, entry: CustodyEntry) -> shapes.FormData:
    """S15, as it stands after this entry."""
    case = loaded.case
    source = "先行登记保存" if measure.is_preservation else _word(measure)
    rows = [
        row("编号", f"{case.label}-{measure.pk}"),
        row("来源", f"{_taken_day(measure)}{source}"),
        row("保管状态", entry.condition),
        row("场所", entry.place),
        row("移交人", entry.handed_by),
        row("接收人", entry.received_by),
        row("时间", moment(entry.at)),
        row("去向", entry.get_kind_display()),
    ]
    remarks = [f"逾期移交原因：{entry.late_reason}"] if entry.late_reason else []
    return shapes.FormData(
        cause=case.violation, rows=rows, tables=[_table(measure, "物品（名称规格数量）")], opinions=[],
        signatures=["移交人", "接收人"], remarks=remarks,
    )  # fmt: skip
