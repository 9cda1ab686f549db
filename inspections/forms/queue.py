"""The form with which a person settles what a phone sent later."""

from __future__ import annotations

from django import forms

from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField


class SettleForm(ActForm):
    how = forms.ChoiceField(
        label="怎样处理",
        choices=[
            ("enter", "把手机上的内容按现在的情况入账"),
            ("keep", "以系统里现在的内容为准，手机上的这份存查"),
        ],
        widget=forms.RadioSelect,
    )
    note = NarrativeField(label="处理说明", least=2, most=300, rows=3, help_text="写明核对了什么、为什么这样处理。")
