"""Forms of measures: shape only. Questions left to judgement may stay open here; the law's checks ask for them."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from cases.actions.measure_checks import SCOPE_QUESTIONS, Answer
from cases.actions.measures import NewItem
from cases.forms.execution import DecideForm
from cases.forms.investigation import AT_THE_SCENE, TranscriptForm
from cases.forms.people import AssistantField, choose_from
from cases.models import ItemState, LiftingGround, ReceiverRelation, Signing
from cases.procedure.measure_powers import POWERS
from cases.procedure.measures_facts import KIND_TITLES, MeasureKind
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    FlexibleDateField,
    FlexibleDateTimeField,
    NarrativeField,
    OutsiderNameField,
    PersonNameField,
)

YES_NO = [("yes", "是"), ("no", "否")]
ROWS = 3
_COMMA = re.compile(r"[，,、\t]")
_KINDS = [(kind.value, KIND_TITLES[kind]) for kind in (MeasureKind.VEHICLE, MeasureKind.SEIZURE)]
_POWERS = [("", "请选择"), *((code, power.choice) for code, power in POWERS.items())]


# Left open by the form, refused with their articles by the act: not marked 选填.
ASKED_BY_LAW = frozenset({
    "power", "urgent_reason", "body", "statement", "video_reference", "item_1_name", "item_1_quantity", "reason",
})  # fmt: skip


class QuestionsForm(ActForm):
    """Adds yes/no questions with their reasons; ``cleaned_data[code]`` becomes an ``Answer``."""

    def ask(self, code: str, question: str, hint: str = "") -> tuple[str, str]:
        self.fields[code] = forms.ChoiceField(
            label=question, choices=YES_NO, widget=forms.RadioSelect, required=False, help_text=hint
        )
        self.fields[f"{code}_reason"] = forms.CharField(label=f"理由：{question}", max_length=300, required=False)
        for name in (code, f"{code}_reason"):
            self.fields[name].asked_by_law = True  # type: ignore[attr-defined]
        self.questions = dict.fromkeys([*getattr(self, "questions", ()), code])  # a subclass may ask again
        return code, f"{code}_reason"

    def groups(self) -> list[tuple[str, list[Any]]]:
        for name in ASKED_BY_LAW & set(self.fields):
            self.fields[name].asked_by_law = True  # type: ignore[attr-defined]
        return super().groups()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code in getattr(self, "questions", ()):
            chosen, reason = cleaned.pop(code, ""), cleaned.pop(f"{code}_reason", "")
            cleaned[code] = Answer({"yes": True, "no": False}.get(chosen), reason or "")
        return cleaned


class ItemsForm(QuestionsForm):
    """A few rows for things and one box for more; ``cleaned_data["items"]`` becomes a tuple of ``NewItem``."""

    def add_items(self) -> tuple[str, ...]:
        names: list[str] = []
        for number in range(1, ROWS + 1):
            labels = {"name": "名称", "specification": "规格", "quantity": "数量", "condition": "状况、备注"}
            for part, label in labels.items():
                name = f"item_{number}_{part}"
                self.fields[name] = forms.CharField(label=f"物品 {number} {label}", max_length=100, required=False)
                names.append(name)
        self.fields["more_items"] = forms.CharField(
            label="其余物品", widget=forms.Textarea(attrs={"rows": 3}), max_length=10000, required=False,
            help_text="每行一件，写成：名称，规格，数量，状况。例如：钢丝绳，12 毫米，2 根，完好",
        )  # fmt: skip
        return (*names, "more_items")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        items = []
        for number in range(1, ROWS + 1):
            parts = {
                part: (cleaned.pop(f"item_{number}_{part}", "") or "").strip()
                for part in ("name", "specification", "quantity", "condition")
            }
            if any(parts.values()):
                items.append(NewItem(**parts))
        for line in (cleaned.pop("more_items", "") or "").splitlines():
            cells = [cell.strip() for cell in _COMMA.split(line.strip())] + ["", "", ""]
            if cells[0]:
                name, specification, quantity, condition = cells[:4]
                items.append(NewItem(name, quantity, specification, condition))
        cleaned["items"] = tuple(items)
        return cleaned


class PreservationRequestForm(ItemsForm):
    """申请先行登记保存."""

    reason = NarrativeField(label="理由", least=5, most=2000, rows=3, help_text="要保存什么证据，为什么现在就要保存。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.ask("vanish", "证据是否可能灭失或者以后难以取得")
        self.fieldsets = (("条件", ("reason", *asked)), ("物品", self.add_items()))


class MeasureRequestForm(ItemsForm):
    """申请扣押、扣留: the clause decides what may be taken."""

    kind = forms.ChoiceField(label="措施", choices=_KINDS, widget=forms.RadioSelect, initial=MeasureKind.VEHICLE)
    power = forms.ChoiceField(label="依据的条款", choices=_POWERS, required=False)
    reason = NarrativeField(label="采取措施的理由", least=5, most=2000, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldsets = (self.basis_group(), ("物品", self.add_items()))

    def basis_group(self) -> tuple[str, tuple[str, ...]]:
        power = self.ask("power_fits", "所选条款的情形是否已经查实", "理由栏写明怎样查实的。例如：现场查询无营运证。")
        minor = self.ask("minor", "违法行为是否情节显著轻微或者没有明显社会危害", "是的，可以不采取强制措施。")
        return "依据和理由", ("kind", "power", *power, *minor, "reason")


class PreservationForm(ItemsForm):
    """实施先行登记保存."""

    taken_at = FlexibleDateTimeField(label="保存时间", future=False)
    place = forms.CharField(label="地点", max_length=200)
    second_officer = AssistantField(label="另一名执法人员")
    kept_at = forms.CharField(label="登记保存地点", max_length=200)
    kept_with_party = forms.BooleanField(label="就地保存，由当事人保管", required=False)
    signing = forms.ChoiceField(
        label="清单签名", choices=AT_THE_SCENE, widget=forms.RadioSelect, initial=Signing.SIGNED
    )
    refusal_note = forms.CharField(label="拒签情况", max_length=300, required=False, help_text="拒绝签名时填写。")
    witness_name = OutsiderNameField(label="见证人姓名", required=False, help_text="拒绝签名时填写。")
    receiver_name = PersonNameField(label="接收清单的人")
    relation = forms.ChoiceField(label="接收人身份", choices=ReceiverRelation.choices)
    is_handed_over = forms.BooleanField(label="已当场清点，清单当场交当事人一份", required=False)

    def __init__(self, *args: Any, assistants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "second_officer", assistants)
        self.fieldsets = (
            ("时间和地点", ("taken_at", "place", "second_officer", "kept_at", "kept_with_party")),
            ("当场清点的物品", self.add_items()),
            (
                "签名和交付",
                ("signing", "refusal_note", "witness_name", "receiver_name", "relation", "is_handed_over"),
            ),
        )


class SpotForm(TranscriptForm, ItemsForm):
    """实施扣押、扣留: the on-scene record and every duty of the spot (强制法18、24)."""

    signing = forms.ChoiceField(
        label="核对签名", choices=AT_THE_SCENE, widget=forms.RadioSelect, initial=Signing.SIGNED
    )
    body = NarrativeField(
        label="现场情况", least=0, required=False, most=20000, rows=6, help_text="客观写明看到的情况，不写结论。"
    )
    kept_at = forms.CharField(label="存放地点", max_length=200, help_text="例如：梨树县示例停车场 3 号位")
    party_present = forms.ChoiceField(label="当事人是否到场", choices=YES_NO, widget=forms.RadioSelect)
    reasons_told = forms.BooleanField(label="已当场告知理由、依据以及当事人的权利、救济途径", required=False)
    statement = forms.CharField(
        label="当事人的陈述和申辩", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000, required=False,
        help_text="没有意见的，写“没有意见”。",
    )  # fmt: skip
    is_handed_over = forms.BooleanField(label="决定书和清单当场交付当事人", required=False)
    receiver_name = PersonNameField(label="接收人姓名", required=False)
    relation = forms.ChoiceField(label="接收人身份", choices=ReceiverRelation.choices, required=False)
    video_reference = forms.CharField(
        label="全程音像记录编号", max_length=200, required=False,
        help_text="执法记录仪和视频的编号。例如：记录仪 07，视频 20260302-2302",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness_name"].help_text = "当事人没有到场或者拒绝签名时填写。"
        self.fields["person"].label = "到场的当事人或者现场人员"
        scope = [name for code, asked in SCOPE_QUESTIONS.items() for name in self.ask(code, asked[0])]
        self.fieldsets = (
            *self.before(),
            ("时间和人员", (*self.OWN_FIELDS, "party_present")),
            ("当事人（现场人员）", self.PERSON_FIELDS),
            ("现场情况", ("body", "reasons_told", "statement")),
            ("物品清单", (*self.add_items(), "kept_at", *scope)),
            ("签名、交付和录像", (*self.SIGN_FIELDS, "is_handed_over", "receiver_name", "relation", "video_reference")),
        )

    def before(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["party_present"] = cleaned.get("party_present") == "yes"
        if not cleaned["party_present"] and not self.data.get("person_name"):
            self.errors.pop("person_name", None)
        return cleaned


class UrgentForm(SpotForm, MeasureRequestForm):
    """紧急当场扣押、扣留: basis, urgency and the spot in one page, made for the phone."""

    urgent_reason = forms.CharField(
        label="情况为什么紧急", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, required=False,
        help_text="来不及先报批准的原因。24 小时内要补办批准。",
    )  # fmt: skip

    def before(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (self.basis_group(), ("紧急情况", ("urgent_reason",)))


class UrgentDecideForm(DecideForm):
    """Approval afterwards: who refuses it ends the measure (强制法19)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].help_text = "不批准的，请写明理由；措施在签署后立即解除，物品要退还。"


class LiftingForm(ActForm):
    ground = forms.ChoiceField(label="解除的情形", choices=LiftingGround.choices, widget=forms.RadioSelect)
    reason = NarrativeField(label="理由", least=2, most=2000, rows=3)


class ReleaseForm(ActForm):
    reason = NarrativeField(
        label="怎样处理的", least=2, most=2000, rows=3, help_text="例如：已复制行车记录，不需要继续保存。"
    )


class ExtensionForm(QuestionsForm):
    days = forms.IntegerField(label="延长多少日", min_value=1, max_value=999, help_text="最多 30 日，只能延长一次。")
    reason = NarrativeField(label="情况复杂、需要延长的理由", least=0, required=False, most=2000, rows=3)


class TestingForm(ActForm):
    body = forms.CharField(label="受托机构及资质", max_length=100)
    matter = forms.CharField(label="委托事项", max_length=200)
    first = FlexibleDateField(label="期间开始日")
    last = FlexibleDateField(label="期间结束日")


class HandOverForm(QuestionsForm):
    """Who gave what to whom; ``for_return`` words it for the way back."""

    at = FlexibleDateTimeField(label="交接时间", future=False)
    handed_by = PersonNameField(label="移交人")
    received_by = PersonNameField(label="接收人")
    place = forms.CharField(label="地点", max_length=200)
    condition = forms.CharField(label="物品状况", max_length=300, help_text="例如：车辆外观完好，钥匙一把")
    proof = EvidenceFileField(label="签名后的清单照片", required=False)


class ReceiveForm(HandOverForm):
    late_reason = forms.CharField(
        label="超过 24 小时移交的原因", max_length=300, required=False, help_text="按时移交的不填。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask("custody", "物品是否妥善保管、没有使用和损毁、没有向当事人收费")


class ReturnForm(HandOverForm):
    is_checked = forms.BooleanField(label="当事人（代理人）已查验退还清单，无误并签名", required=False)


class UnclaimedForm(ActForm):
    place = forms.CharField(
        label="公告的地方", max_length=200, help_text="例如：县政府网站、本机关公告栏。公告之日起计算三个月。"
    )


class DisposalForm(ActForm):
    OUTCOMES = [
        (ItemState.CONFISCATED.value, "没收"),
        (ItemState.DESTROYED.value, "依法销毁"),
        (ItemState.AUCTIONED.value, "无人认领，依法拍卖"),
    ]
    outcome = forms.ChoiceField(label="怎样处理", choices=OUTCOMES, widget=forms.RadioSelect)
    basis = NarrativeField(label="法律依据和决定书文号", least=2, most=1000, rows=2)


class ExplanationForm(ActForm):
    explanation = NarrativeField(label="原因和已经采取的补救措施", least=5, most=2000, rows=4)


class NothingForm(ActForm):
    """An act that needs no words of its own."""
