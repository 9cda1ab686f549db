"""The questionnaire after a visit, the complaint, and what supervision fills in. Shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from inspections.actions.tickets import NewComplaint
from inspections.anonymity import CODE_GROUPS, CODE_LETTERS
from inspections.evaluation import Answers
from inspections.models import Ban, Disturbance, Overall
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField, ShortTextField

YES, NO = "yes", "no"
YES_NO = ((YES, "是"), (NO, "否"))
MOST_TEXT = 500


class RadioField(forms.ChoiceField):
    """One of a few, each in sight; none is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        words = {"required": f"请选择：{kwargs['label']}", "invalid_choice": "没有这个选项，请重新选择。"}
        super().__init__(error_messages=words, **kwargs)


class CodeField(ShortTextField):
    """修改码: sixteen characters in groups of four; spaces and capitals do not matter."""

    def parse(self, text: str) -> str:
        letters = "".join(one for one in super().parse(text).lower() if one.isalnum())
        if len(letters) != 4 * CODE_GROUPS or any(one not in CODE_LETTERS for one in letters):
            raise forms.ValidationError("修改码是 16 位小写字母和数字，请核对评价完成时给您的那一串。")
        return "-".join(letters[n : n + 4] for n in range(0, len(letters), 4))


class RatingForm(ActForm):
    """事后评价 (standards/inspection.md §4.4), and the 八个不得 one by one (§2, row 9)."""

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("这次检查怎么样", ("overall", "q1", "q2", "q3", "q4", "q5")),
        ("有没有下面的情况", ("bans",)),
        ("您还想说的", ("text", "contact", "is_named")),
    )
    overall = RadioField(label="总体", choices=Overall.choices)
    q1 = RadioField(label="执法人员出示了证件，并且扫了码", choices=YES_NO)
    q2 = RadioField(label="只检查了告知的事项", choices=YES_NO)
    q3 = RadioField(label="对正常生产经营有没有影响", choices=Disturbance.choices)
    q4 = RadioField(label="有没有索要财物、宴请、指定中介、摊派费用", choices=((NO, "没有"), (YES, "有")))
    q5 = RadioField(label="态度文明", choices=YES_NO)
    bans = forms.MultipleChoiceField(
        label="有就勾选，没有不用填", choices=Ban.choices, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个选项，请重新选择。"},
    )  # fmt: skip
    text = NarrativeField(
        label="具体情况", most=MOST_TEXT, rows=4, required=False,
        help_text=f"最多 {MOST_TEXT} 字。不要写单位名称、人名和日期，写了别人就可能知道是您。",
    )  # fmt: skip
    contact = ShortTextField(label="联系方式", most=50, required=False, help_text="只有监督人员看得到。")
    is_named = forms.BooleanField(
        label="可以告诉监督人员是哪一次检查（便于调查；执法人员和检查单位仍然看不到）", required=False
    )

    def __init__(self, *args: Any, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = "评价完成时给您的 16 位。没有修改码不能修改。" if is_change else ""
        self.fields["code"] = CodeField(label="修改码", most=40, help_text=help_text)
        if is_change:
            self.fieldsets = (("修改哪一份评价", ("code",)), *self.fieldsets)
        else:
            self.fields["code"].widget = forms.HiddenInput()

    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(
            overall=data["overall"], no_certificate=data["q1"] == NO, beyond_told=data["q2"] == NO,
            disturbance=data["q3"], demanded=data["q4"] == YES, uncivil=data["q5"] == NO, bans=tuple(data["bans"]),
            text=data["text"], contact=data["contact"], is_named=data["is_named"],
        )  # fmt: skip


class ComplaintForm(ActForm):
    """投诉: to supervision, with the visit and a contact unless the business wishes to stay unknown."""

    text = NarrativeField(label="投诉什么", most=1000, rows=6, help_text="写清时间、人和事。最多 1000 字。")
    bans = forms.MultipleChoiceField(
        label="涉及下面哪些情况", choices=Ban.choices, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个选项，请重新选择。"}, help_text="有就勾选，没有不用填。",
    )  # fmt: skip
    contact = ShortTextField(label="联系方式", most=50, required=False, help_text="留了才能答复您。")
    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    is_anonymous = forms.BooleanField(label="匿名投诉：不告诉监督人员是哪一次检查", required=False)

    def complaint(self) -> NewComplaint:
        data = self.cleaned_data
        return NewComplaint(data["text"], tuple(data["bans"]), data["contact"], data["is_anonymous"])


class AcknowledgeForm(ActForm):
    """受理: nothing to fill in."""


class AnswerForm(ActForm):
    """答复."""

    is_founded = RadioField(label="反映的情况是否属实", choices=((YES, "属实或者部分属实"), (NO, "不属实")))
    answer = NarrativeField(label="查到的情况和处理", most=2000, rows=8)


class EscalateForm(ActForm):
    """上报司法局."""

    why = ShortTextField(label="上报的原因", most=300)
