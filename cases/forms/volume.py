"""What is asked before a file is bound: what for, and which volumes."""

from __future__ import annotations

from django import forms

from cases.models import VolumePurpose
from lishu_law.web.acts import ActForm
from lishu_law.web.fields.choices import OneChoiceField


class VolumeForm(ActForm):
    purpose = OneChoiceField(
        label="用途", choices=VolumePurpose.choices, placeholder="请选择用途",
        help_text="导出人、时间和用途印在每一页页脚，并记入日志。",
    )  # fmt: skip
    with_secondary = forms.BooleanField(
        label="同时装订副卷", required=False, help_text="副卷是内部材料：调查报告、审批表、法制审核、集体讨论。"
    )
