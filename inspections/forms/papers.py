"""Forms of the papers written in an inspection, and of telling its result."""

from __future__ import annotations

from typing import Any

from django import forms

from inspections.actions.documents import NewTelling
from inspections.documents.contexts.typed import Inquest, Person, Questioning, Sampling
from inspections.models import PaperSigning, TellingWay
from lishu_law.registry.models import User
from lishu_law.registry.models.parties import Gender
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    FlexibleDateTimeField,
    IdNumberField,
    NarrativeField,
    OutsiderNameField,
    PersonNameField,
    PhoneField,
    ShortTextField,
)

# What is usually asked in an inspection; the words are prefilled and may be changed.
QUESTIONS = (
    "请说一下您的姓名、工作单位和职务。",
    "您和被检查的单位（个人）是什么关系？",
    "请说一下检查时看到的情况是怎么形成的。",
    "这种情况持续了多长时间？采取过哪些措施？",
    "您对检查情况有什么意见？",
    "您还有什么要补充的吗？",
)
ROWS = len(QUESTIONS) + 4
ITEM_ROWS = 6
ITEM_PARTS = (("name", "名称"), ("specification", "规格及批号"), ("quantity", "数量"), ("place", "所在地点"))


class OfficerOfVisitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class WrittenForm(ActForm):
    """What every paper written in a visit says of itself; object and matters come from the filing."""

    started_at = FlexibleDateTimeField(label="开始时间", future=False)
    ended_at = FlexibleDateTimeField(label="结束时间", future=False)
    place = ShortTextField(label="地点", most=200)
    first = OfficerOfVisitField(label="询问（勘验、抽样）人", queryset=User.objects.none(), empty_label="请选择")
    second = OfficerOfVisitField(label="记录人", queryset=User.objects.none(), empty_label="请选择")
    licence_shown = forms.BooleanField(
        label="已主动出示执法证件",
        error_messages={"required": "请先出示执法证件，再勾选。没有出示的，对方可以拒绝。"},
    )
    signing = forms.ChoiceField(
        label="核对签名", choices=PaperSigning.choices, widget=forms.RadioSelect, initial=PaperSigning.SIGNED
    )
    refusal_note = ShortTextField(label="拒签情况", most=300, required=False, help_text="拒绝签名时填写。")
    witness_name = OutsiderNameField(label="见证人姓名", required=False, help_text="拒绝签名时填写。")
    OWN_FIELDS = ("started_at", "ended_at", "place", "first", "second", "licence_shown")
    SIGN_FIELDS = ("signing", "refusal_note", "witness_name")
    WRITTEN = ("started_at", "ended_at", "place", "first", "second", *SIGN_FIELDS)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = User.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]

    def written(self) -> dict[str, Any]:
        """The part that is the same for all three."""
        return {name: self.cleaned_data[name] for name in self.WRITTEN}


class PersonFields(WrittenForm):
    """Somebody met in the visit; who was present is already known and filled in."""

    person_name = PersonNameField(label="姓名")
    person_relation = ShortTextField(
        label="与检查对象关系", most=40, required=False, help_text="例如：法定代表人、驾驶员"
    )
    person_gender = forms.ChoiceField(label="性别", choices=[("", "—"), *Gender.choices], required=False)
    person_id_number = IdNumberField(label="身份证件号码", required=False)
    person_phone = PhoneField(label="联系电话", required=False)
    person_employer = ShortTextField(label="工作单位及职务", most=100, required=False)
    person_address = ShortTextField(label="联系地址", most=200, required=False)
    PERSON_FIELDS = (
        "person_name", "person_relation", "person_gender", "person_id_number", "person_phone", "person_employer",
        "person_address",
    )  # fmt: skip

    def person(self) -> Person:
        return Person(**{name.removeprefix("person_"): self.cleaned_data[name] for name in self.PERSON_FIELDS})


class QuestioningForm(PersonFields):
    """检查中的询问笔录."""

    guardian_name = PersonNameField(
        label="在场的监护人或者其他成年人", required=False, help_text="被询问人不满十八周岁时填写。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: list[str] = []
        for number, question in enumerate((*QUESTIONS, *[""] * (ROWS - len(QUESTIONS))), start=1):
            asked = ShortTextField(label=f"问 {number}", most=500, required=False)
            asked.initial = question
            self.fields[f"question_{number}"] = asked
            self.fields[f"answer_{number}"] = NarrativeField(
                label=f"答 {number}", required=False, least=0, most=5000, rows=2
            )
            names += [f"question_{number}", f"answer_{number}"]
        self.fieldsets = (
            ("时间和人员", self.OWN_FIELDS),
            ("被询问人", (*self.PERSON_FIELDS, "guardian_name")),
            ("问答", tuple(names)),
            ("核对签名", self.SIGN_FIELDS),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answers = []
        for number in range(1, ROWS + 1):
            asked, said = (cleaned.get(f"{part}_{number}") or "" for part in ("question", "answer"))
            if said and not asked:
                self.add_error(f"question_{number}", f"第 {number} 项有答没有问，请补上问题。")
            if said:
                answers.append((asked, said))
        if not answers:
            self.add_error("answer_1", "还没有记录任何回答。请至少记录一问一答。")
        cleaned["answers"] = tuple(answers)
        return cleaned

    def made(self) -> Questioning:
        data = self.cleaned_data
        return Questioning(
            **self.written(), person=self.person(), answers=data["answers"], guardian_name=data["guardian_name"]
        )


class SamplingForm(WrittenForm):
    """检查中的抽样: the party is the object of the filing."""

    is_sealed = forms.BooleanField(label="样品已当场封存", error_messages={"required": "样品要当场封存后再制作凭证。"})
    remarks = ShortTextField(label="备注", most=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].label, self.fields["second"].label = "抽样人", "记录人"
        names = [f"item_{number}_{part}" for number in range(1, ITEM_ROWS + 1) for part, _label in ITEM_PARTS]
        for name in names:
            number, part = name.split("_")[1:]
            label = f"物品 {number}：{dict(ITEM_PARTS)[part]}"
            self.fields[name] = ShortTextField(label=label, most=80, required=False)
        self.fieldsets = (
            ("时间和人员", self.OWN_FIELDS),
            ("抽取的物品", tuple(names)),
            ("封存和签名", ("is_sealed", "remarks", *self.SIGN_FIELDS)),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        items = []
        for number in range(1, ITEM_ROWS + 1):
            item = {part: cleaned.get(f"item_{number}_{part}") or "" for part, _label in ITEM_PARTS}
            if any(item.values()) and not (item["name"] and item["quantity"]):
                self.add_error(f"item_{number}_name", f"物品 {number} 要写名称和数量。请补齐，或者清空这一项。")
            elif item["name"]:
                items.append(item)
        if not items and not self.errors:
            self.add_error("item_1_name", "还没有写抽取的物品。请至少写一项。")
        cleaned["items"] = tuple(items)
        return cleaned

    def made(self) -> Sampling:
        return Sampling(**self.written(), items=self.cleaned_data["items"], remarks=self.cleaned_data["remarks"])


class InquestForm(PersonFields):
    """检查中的勘验笔录."""

    weather = ShortTextField(label="天气情况", most=40, help_text="例如：晴，能见度良好")
    invited_name = OutsiderNameField(label="被邀请人姓名", required=False, help_text="对方不在场的，邀请第三人到场。")
    invited_employer = ShortTextField(label="被邀请人单位及职务", most=100, required=False)
    body = NarrativeField(
        label="勘验情况及结果", least=20, most=20000, rows=8,
        help_text="客观写明位置、尺寸、数量、状态，附图或者照片的写明编号。不写结论。",
    )  # fmt: skip
    fieldsets = (
        ("时间和人员", (*WrittenForm.OWN_FIELDS, "weather")),
        ("当事人或其代理人", PersonFields.PERSON_FIELDS),
        ("被邀请人", ("invited_name", "invited_employer")),
        ("勘验情况", ("body",)),
        ("核对签名", WrittenForm.SIGN_FIELDS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].label = "勘验人"
        self.fields["second"].label = "勘验人兼记录人"
        del self.fields["person_relation"]
        self.fields["person_name"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("person_name") or cleaned.get("invited_name")) and not self.errors:
            self.add_error("person_name", "当事人（代理人）和被邀请人至少写一人。都不在场的，请先邀请第三人到场。")
        cleaned["person_relation"] = ""
        return cleaned

    def made(self) -> Inquest:
        data = self.cleaned_data
        names = ("weather", "invited_name", "invited_employer", "body")
        return Inquest(**self.written(), person=self.person(), **{name: data[name] for name in names})


class TellingForm(ActForm):
    """登记检查结果的告知."""

    way = forms.ChoiceField(label="告知方式", choices=TellingWay.choices, widget=forms.RadioSelect)
    told_at = FlexibleDateTimeField(label="告知时间", future=False)
    receiver = PersonNameField(label="签收人（接收人）姓名")
    receiver_post = ShortTextField(label="职务或者与检查对象关系", most=50, required=False)
    note = ShortTextField(
        label="说明", most=300, required=False, help_text="邮寄写单号，电子方式写接收方式和号码，拒收写情况。"
    )
    witness_name = OutsiderNameField(label="见证人姓名", required=False, help_text="留置的填写。")

    def telling(self) -> NewTelling:
        names = NewTelling.__dataclass_fields__
        return NewTelling(**{name: self.cleaned_data[name] for name in names})


class ReadOnceForm(ActForm):
    """A paper that follows from the filing: nothing is typed, but its preview was looked at."""

    is_read = forms.BooleanField(
        label="已看过草稿，内容无误", error_messages={"required": "请先打开草稿看一遍，再勾选。定稿以后不能改。"}
    )


class PaperSetForm(ActForm):
    """How many of each empty record for days without network."""

    copies = forms.TypedChoiceField(label="每种印几份", choices=[(n, f"{n} 份") for n in (1, 2, 3, 5, 10)], coerce=int)


__all__ = ["InquestForm", "PaperSetForm", "QuestioningForm", "ReadOnceForm", "SamplingForm", "TellingForm"]
