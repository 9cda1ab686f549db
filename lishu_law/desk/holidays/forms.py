"""Forms of the holiday notices: shape only."""

from __future__ import annotations

from django import forms

from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField, ShortTextField


class NoticeForm(ActForm):
    year = forms.IntegerField(label="哪一年的放假安排", help_text="例如：2027", min_value=2020, max_value=2200)
    number = ShortTextField(label="通知文号", help_text="照通知填写，例如：国办发明电〔2025〕7号", most=60)
    text = NarrativeField(
        label="放假安排",
        most=3000,
        rows=9,
        help_text="从通知原文逐行粘贴，一行一个节日，例如：元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
    )


class DecisionForm(ActForm):
    agree = forms.ChoiceField(
        label="审批结果",
        choices=(("yes", "公布，按它重新计算全部期限"), ("no", "不采用，退回录入人")),
        widget=forms.RadioSelect,
    )
    opinion = NarrativeField(
        label="意见或者理由", required=False, most=2000, rows=3, help_text="不采用的，请写明哪里不对。"
    )

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")
