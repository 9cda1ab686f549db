"""Forms of the dossier review: the draw, the reviewer's one-page sheet, objections, corrections, the library."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from cases.dossier_review.items import Item
from cases.dossier_review.scoring import ItemScore, Judgement
from cases.forms.people import AssistantField
from cases.forms.yes_no import YesNoField
from lishu_law.registry.models import User
from lishu_law.registry.roles import Role
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField, OneChoiceField, ShortTextField

UNTOUCHED = (None, "", "0", "no")  # answers that ask for no remark
HOLDS = [("no", "没有问题"), ("yes", "有问题，否决")]


def _reviewers() -> Any:
    held = User.objects.filter(is_active=True, roles__contains=[Role.DOSSIER_REVIEWER.value])
    return held.order_by("staff_number")


class DrawForm(ActForm):
    """Which files, how many, by which seed, for whom."""

    year = forms.IntegerField(label="结案年度", min_value=2020, max_value=2100)
    size = forms.IntegerField(label="抽取份数", min_value=1, max_value=500)
    seed = ShortTextField(
        label="随机种子", least=4, most=100,
        help_text="事先说好、谁也不能左右的数，例如当天公开的开奖号码。用同一个种子可以重新抽出同样的案卷。",
    )  # fmt: skip
    reviewer = AssistantField(label="评查员")
    second_reviewer = AssistantField(label="第二名评查员（选填）", required=False)
    second_every = forms.IntegerField(
        label="每几份盲评一次（选填）", min_value=0, max_value=50, required=False,
        help_text="填 5，就是每第五份由另一名评查员再评一次，互相看不到结果。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reviewer", "second_reviewer"):
            self.fields[name].queryset = _reviewers()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class SheetRow:
    """One question of the sheet with its two fields. ``room`` is what a person may still take of its points."""

    item: Item
    answer: BoundField
    note: BoundField
    room: str

    @property
    def is_noted(self) -> bool:
        """Does the remark stand open? Where something was written, or points are taken and it has to say why."""
        return bool(self.note.value() or self.note.errors) or self.answer.value() not in UNTOUCHED

    @property
    def worth(self) -> str:
        return "一票否决" if self.item.is_veto else f"{self.item.points.normalize():f} 分"


class SheetForm(ActForm):
    """The items a machine cannot judge, each with its question; nothing is answered beforehand."""

    def __init__(self, *args: Any, lines: tuple[ItemScore, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            code = line.item.code
            self.fields[f"item_{code}"] = _answer_field(line.item)
            self.fields[f"note_{code}"] = ShortTextField(label=f"第 {code} 项的理由", most=500, required=False)

    def rows(self) -> list[SheetRow]:
        """The questions for the page."""
        return [
            SheetRow(line.item, self[f"item_{line.item.code}"], self[f"note_{line.item.code}"], _room(line))
            for line in self.lines
        ]

    def judgements(self) -> dict[str, Judgement]:
        """The answers by item code, after cleaning."""
        return {line.item.code: self._judgement(line.item) for line in self.lines}

    def _judgement(self, item: Item) -> Judgement:
        value, note = self.cleaned_data[f"item_{item.code}"], self.cleaned_data[f"note_{item.code}"]
        if item.is_veto:
            return Judgement(is_vetoed=value, note=note)
        return Judgement(lost=Decimal(value), note=note)


def _room(line: ItemScore) -> str:
    """Points of the item the machine has left."""
    return f"{(line.item.points - line.lost).normalize():f}"


def _answer_field(item: Item) -> forms.Field:
    label = f"第 {item.code} 项　{item.question}"
    if item.is_veto:
        return YesNoField(label=label, choices=HOLDS)
    steps = [Decimal(number) for number in range(int(item.points) + 1)]
    choices = [(f"{step:f}", f"扣 {step:f}" if step else "不扣") for step in steps]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


class ObjectionForm(ActForm):
    """Which item, and why it should not have cost points."""

    item = OneChoiceField(label="对哪一项有异议", choices=())
    text = NarrativeField(label="异议的理由", least=4, most=1000, rows=4)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "请选择"), *items]  # type: ignore[attr-defined]


class SettleForm(ActForm):
    agree = YesNoField(label="异议成立吗", choices=[("yes", "成立，恢复得分"), ("no", "不成立")])
    reply = NarrativeField(label="答复", least=4, most=1000, rows=4)


class CorrectionForm(ActForm):
    note = NarrativeField(
        label="怎样整改的", least=4, most=1000, rows=4, help_text="已经不能补救的，写明原因和以后怎样避免。"
    )


class ConfirmForm(ActForm):
    agree = YesNoField(label="整改到位了吗", choices=[("yes", "到位，办结"), ("no", "没有到位，退回")])
    remark = NarrativeField(label="说明（退回必填）", least=0, most=500, rows=3, required=False)


class ModelForm(ActForm):
    merits = NarrativeField(
        label="推荐理由", least=10, most=2000, rows=6,
        help_text="写这份案卷好在哪里、别人可以学什么。不写人名、单位名、车号和号码。",
    )  # fmt: skip
