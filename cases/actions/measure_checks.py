"""What is asked of the input of the acts on measures; each check answers with every refusal it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.actions.doing import Doing
from cases.models import ItemState, LiftingGround, Measure, Signing
from cases.procedure.measure_powers import POWERS
from cases.procedure.measures_facts import MeasureKind
from lishu_law.errors import Refusal
from lishu_law.law.limits import LIMITS

SEIZURE_SCOPE = "行政强制法第二十三条"


@dataclass(frozen=True)
class Answer:
    """A question the law leaves to judgement: yes or no, and why. ``None`` is silence."""

    is_yes: bool | None
    reason: str = ""

    @property
    def is_given(self) -> bool:
        return self.is_yes is not None and bool(self.reason.strip())

    def stored(self) -> dict[str, Any]:
        return {"yes": self.is_yes, "reason": self.reason}


SILENCE = Answer(None)
Answers = Mapping[str, Answer]


def stored_answers(answers: Answers) -> dict[str, Any]:
    """The answers as the case keeps them."""
    return {code: answer.stored() for code, answer in answers.items()}


def clause_gives_power(kind: MeasureKind, power: str, answer: Answer, on: date) -> list[Refusal]:
    """coerce-basis: the clause exists, is in force, reaches this kind of thing, and its case was found to be there."""
    found, law = POWERS.get(power), "行政强制法第十条、第十六条"
    if found is None or not found.holds_on(on):
        message = "没有选定给予扣押、扣留权力的法律、法规条款。没有依据的不得采取。"
        return [Refusal("coerce-basis", message, law, "power")]
    if not found.reaches(kind):
        message = f"{found.citation}只允许{found.word}车辆，不能{found.word}其他物品。请改选条款或者改用先行登记保存。"
        return [Refusal("coerce-basis", message, law, "power")]
    if not answer.is_given:
        message = f"请写明是否查实“{found.condition}”以及怎样查实的。"
        return [Refusal("coerce-basis", message, found.citation, "power_reason")]
    if not answer.is_yes:
        message = f"没有查实“{found.condition}”，不能依{found.citation}{found.word}。"
        return [Refusal("coerce-basis", message, found.citation, "power")]
    return []


def officers_of_the_body(doing: Doing, *officers: Any) -> list[Refusal]:
    """coerce-no-delegate: whoever acts belongs to the body itself (强制法17)."""
    return [
        Refusal(
            "coerce-no-delegate",
            f"{officer.full_name}不是本机关的执法人员。强制措施不得委托，请由本机关执法人员实施。",
            "行政强制法第十七条",
            "officers",
        )
        for officer in officers
        if not _belongs(officer, doing.case.authority_id)
    ]


def _belongs(officer: Any, authority_id: int) -> bool:
    unit = officer.unit
    while unit is not None:
        if unit.pk == authority_id:
            return True
        unit = unit.parent
    return False


def taking_by_two(doing: Doing, second: Any, taken_at: datetime) -> list[Refusal]:
    """gen-two-officers: another handling officer takes part; nothing is recorded ahead of time."""
    refusals, law = [], "行政处罚法第四十二条第一款"
    if second.pk == doing.by.pk or second.staff_number not in {o.staff_number for o in doing.loaded.facts.officers}:
        message = "要由本案两名承办人共同清点，另一名不能是您本人或者案外人员。"
        refusals.append(Refusal("gen-two-officers", message, law, "second_officer"))
    if taken_at > doing.at:
        refusals.append(Refusal("pres-list", "实施时间不能晚于现在，请核对。", "行政处罚法第五十六条", "taken_at"))
    return refusals


def evidence_may_vanish(answer: Answer) -> list[Refusal]:
    """pres-condition: evidence may be lost or hard to get later (处罚法56)."""
    if not answer.is_given:
        message = "请写明证据是否可能灭失或者以后难以取得，以及为什么。"
    elif not answer.is_yes:
        message = "证据不会灭失、以后也能取得的，不能先行登记保存。请用复制、拍照等方法取证。"
    else:
        return []
    return [Refusal("pres-condition", message, "行政处罚法第五十六条", "vanish_reason")]


def minor_case_considered(answer: Answer) -> list[Refusal]:
    """coerce-minor-skip: is the act so minor that the measure may be left? Silence blocks (强制法16)."""
    if answer.is_given:
        return []
    message = "请回答违法行为是否情节显著轻微或者没有明显社会危害（可以不采取强制措施），并写明理由。"
    return [Refusal("coerce-minor-skip", message, "行政强制法第十六条第二款", "minor_reason")]


# question → what it asks, the lawful answer, what to do where it is another
SCOPE_QUESTIONS: dict[str, tuple[str, bool, str]] = {
    "related": ("物品是否都与违法行为有关", True, "与违法行为无关的物品不得扣押。请从清单中删去。"),
    "necessities": ("是否有公民个人及其所扶养家属的生活必需品", False, "生活必需品不得扣押。请从清单中删去。"),
    "sealed": ("是否已被其他国家机关依法查封", False, "已被其他国家机关依法查封的，不得重复扣押。请从清单中删去。"),
}


def scope_considered(answers: Answers, *, preservation: bool = False) -> list[Refusal]:
    """coerce-scope, pres-condition: only things of the case, no necessities, nothing another organ sealed."""
    rule, law = ("pres-condition", "行政处罚法第五十六条") if preservation else ("coerce-scope", SEIZURE_SCOPE)
    refusals = []
    for code, (question, lawful, cure) in SCOPE_QUESTIONS.items():
        if preservation and code != "related":
            continue
        answer = answers.get(code, SILENCE)
        if not answer.is_given:
            refusals.append(Refusal(rule, f"请回答“{question}”，并写明理由。", law, f"{code}_reason"))
        elif answer.is_yes is not lawful:
            refusals.append(Refusal(rule, cure, law, code))
    return refusals


def urgency_told(reason: str) -> list[Refusal]:
    """coerce-24h: acting before the approval needs urgent circumstances, told in words (强制法19)."""
    if reason.strip():
        return []
    message = "请写明情况为什么紧急、来不及先报批准。不紧急的，请先申请批准。"
    return [Refusal("coerce-24h", message, "行政强制法第十九条", "urgent_reason")]


def things_listed(items: tuple[Any, ...], *, preservation: bool) -> list[Refusal]:
    """pres-list, coerce-decision-list: at least one thing, each with its number."""
    rule, law = (
        ("pres-list", "行政处罚法第五十六条") if preservation else ("coerce-decision-list", "行政强制法第二十四条")
    )
    if items and all(item.name.strip() and item.quantity.strip() for item in items):
        return []
    return [Refusal(rule, "请逐件写明物品的名称和数量，至少一件。", law, "item_1_name")]


def party_called(*, party_present: bool, witness_name: str) -> list[Refusal]:
    """coerce-notify-party: the party was called; where it is absent a witness signs (强制法18第四、九项)."""
    if party_present or witness_name.strip():
        return []
    message = "当事人没有到场的，要邀请见证人到场并签名。请写明见证人姓名。"
    return [Refusal("coerce-notify-party", message, "行政强制法第十八条第四项、第九项", "witness_name")]


def reasons_told(is_told: bool) -> list[Refusal]:
    """coerce-tell-reasons: reasons, basis, rights and remedies were told on the spot (强制法18第五项)."""
    if is_told:
        return []
    message = "请当场告知采取强制措施的理由、依据以及依法享有的权利、救济途径，并勾选。"
    return [Refusal("coerce-tell-reasons", message, "行政强制法第十八条第五项", "reasons_told")]


def party_heard(*, party_present: bool, statement: str) -> list[Refusal]:
    """coerce-hear: statement and defence were heard; what was said is written down (强制法18第六项)."""
    if statement.strip() or not party_present:
        return []
    message = "请听取当事人的陈述和申辩并记下来；没有意见的，写“没有意见”。"
    return [Refusal("coerce-hear", message, "行政强制法第十八条第六项", "statement")]


def scene_recorded(record: Any, *, party_present: bool) -> list[Refusal]:
    """coerce-scene-record: an on-scene record, signed by party and officers, refusal noted (强制法18第七、八项)."""
    refusals = []
    if len(record.body.strip()) < 20:
        message = "请写现场笔录的现场情况，至少 20 字。"
        refusals.append(Refusal("coerce-scene-record", message, "行政强制法第十八条第七项", "body"))
    if record.signing == Signing.PENDING:
        message = "现场笔录要当场签名；当事人拒绝签名的，请选“拒绝签名”，并在笔录中注明情况。"
        refusals.append(Refusal("coerce-scene-record", message, "行政强制法第十八条第八项", "signing"))
    if record.signing == Signing.REFUSED and not record.refusal_note.strip():
        message = "当事人拒绝签名的，请在笔录中注明情况。"
        refusals.append(Refusal("coerce-scene-record", message, "行政强制法第十八条第八项", "refusal_note"))
    if party_present and record.person is None:
        message = "请写明在现场笔录上签名的当事人（现场人员）。"
        refusals.append(Refusal("coerce-scene-record", message, "行政强制法第十八条第八项", "person"))
    return refusals


def decision_handed_over(*, party_present: bool, is_handed_over: bool, receiver: str) -> list[Refusal]:
    """coerce-decision-list: decision and list are handed over on the spot to a party that is there (强制法24)."""
    if not party_present or (is_handed_over and receiver.strip()):
        return []
    message = "当事人在场的，决定书和清单要当场交付。请确认交付并写明接收人。"
    return [Refusal("coerce-decision-list", message, "行政强制法第二十四条", "is_handed_over")]


def list_given(*, signing: str, refusal_note: str, witness_name: str, is_handed_over: bool) -> list[Refusal]:
    """pres-list: counted on the spot, signed by officers and party, one copy to the party at once."""
    law, refusals = "行政处罚法第五十六条", []
    if signing == Signing.PENDING:
        message = "清单要当场清点、当场签名；当事人拒绝签名的，请选“拒绝签名”，写明情况并请见证人签名。"
        refusals.append(Refusal("pres-list", message, law, "signing"))
    if signing == Signing.REFUSED and not (refusal_note.strip() and witness_name.strip()):
        message = "当事人拒绝签名的，请写明情况并请见证人签名。"
        refusals.append(Refusal("pres-list", message, law, "refusal_note"))
    if not is_handed_over:
        message = "清单要当场清点、签名，并交当事人一份。请确认后勾选。"
        refusals.append(Refusal("pres-list", message, law, "is_handed_over"))
    return refusals


def filmed_throughout(reference: str) -> list[Refusal]:
    """gen-av-mandatory: the whole measure is on video; its number is kept with the case."""
    if reference.strip():
        return []
    message = "扣押、扣留要全程音像记录。请写明执法记录仪和视频的编号。"
    return [Refusal("gen-av-mandatory", message, "国办发〔2018〕118号；行政处罚法第四十七条", "video_reference")]


def approved_in_time(doing: Doing, measure: Measure, now: datetime) -> list[Refusal]:
    """coerce-24h: after twenty-four hours nothing can be approved any more; the measure must be lifted (强制法19)."""
    part = measure.part
    due = next((one.due_at for one in doing.loaded.facts.limits if one.code == "coerce-24h" and one.part == part), None)
    if due is None or now <= due:
        return []
    message = "已经超过二十四小时，不能再补办批准。请选择“不批准”，立即解除并退还。"
    return [Refusal("coerce-24h", message, "行政强制法第十九条", "agree")]


def extension_lawful(days: int, reason: str) -> list[Refusal]:
    """coerce-extend: one to thirty days, because the case is complex, told with reasons (强制法25)."""
    law, most, refusals = "行政强制法第二十五条", LIMITS["coerce-extend"].length, []
    if not 1 <= days <= most:
        message = f"延长的期限为 1 至 {most} 日，现在是 {days} 日。"
        refusals.append(Refusal("coerce-extend", message, law, "days"))
    if not reason.strip():
        message = "请写明情况怎样复杂、为什么要延长。理由要书面告知当事人。"
        refusals.append(Refusal("coerce-extend", message, law, "reason"))
    return refusals


def testing_period_lawful(first: date, last: date, today: date) -> list[Refusal]:
    """coerce-test-exclude: the testing time is fixed in advance and told in writing (强制法25)."""
    law, refusals = "行政强制法第二十五条", []
    if last < first:
        message = "检测、鉴定期间的结束日早于开始日，请核对。"
        refusals.append(Refusal("coerce-test-exclude", message, law, "last"))
    if first < today:
        message = "检测、鉴定期间要事先明确并告知，开始日不能早于今天。"
        refusals.append(Refusal("coerce-test-exclude", message, law, "first"))
    return refusals


def ground_named(ground: str) -> list[Refusal]:
    """coerce-lift-grounds: the lifting says under which item of 强制法28 it falls."""
    if ground in LiftingGround.values:
        return []
    return [Refusal("coerce-lift-grounds", "请选择解除的情形。", "行政强制法第二十八条第一款", "ground")]


def kept_safe(answer: Answer) -> list[Refusal]:
    """coerce-custody: kept safely, not used, not damaged, no fee to the party; silence blocks (强制法26)."""
    law = "行政强制法第二十六条"
    if not answer.is_given:
        message = "请回答物品是否妥善保管、没有使用、没有损毁、没有向当事人收费，并写明保管情况。"
        return [Refusal("coerce-custody", message, law, "custody_reason")]
    if not answer.is_yes:
        message = "涉案财物应当妥善保管，不得使用、损毁，保管费用由本机关承担。请纠正后再登记。"
        return [Refusal("coerce-custody", message, law, "custody")]
    return []


def late_told(is_late: bool, reason: str) -> list[Refusal]:
    """coerce-custody-24h: a hand-over later than twenty-four hours is explained."""
    if not is_late or reason.strip():
        return []
    message = "已超过二十四小时才移交保管，请写明原因，将记入瑕疵清单。"
    return [Refusal("coerce-custody-24h", message, "行政强制法第二十六条", "late_reason")]


def list_checked(*, is_checked: bool, receiver: str) -> list[Refusal]:
    """coerce-return: the party checks the return list and signs it (强制法28)."""
    if is_checked and receiver.strip():
        return []
    message = "退还清单要由当事人（代理人）查验无误后签名。请确认并写明接收人。"
    return [Refusal("coerce-return", message, "行政强制法第二十八条", "is_checked")]


def disposal_has_basis(doing: Doing, measure: Measure, outcome: str, basis: str) -> list[Refusal]:
    """coerce-decide-in-time: confiscation and destruction rest on a decision, an auction on the expired notice."""
    law, refusals = "行政强制法第二十七条", []
    is_decided = doing.loaded.facts.decision_served_on is not None
    if outcome not in (ItemState.CONFISCATED, ItemState.DESTROYED, ItemState.AUCTIONED):
        refusals.append(Refusal("coerce-decide-in-time", "请选择怎样处理。", law, "outcome"))
    elif outcome in (ItemState.CONFISCATED, ItemState.DESTROYED) and not is_decided:
        message = "没收、销毁要有已经作出并送达的处罚决定。请改选其他处理方式。"
        refusals.append(Refusal("coerce-decide-in-time", message, law, "outcome"))
    elif outcome == ItemState.AUCTIONED and measure.state != "C5":
        message = "拍卖要在无人认领的公告满三个月以后。以拍卖抵缴罚款的，在强制执行环节办理。"
        refusals.append(Refusal("coerce-unclaimed-3m", message, "公路安全保护条例第七十二条", "outcome"))
    if not basis.strip():
        refusals.append(Refusal("coerce-decide-in-time", "请写明处理的法律依据和决定书文号。", law, "basis"))
    return refusals
