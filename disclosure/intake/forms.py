"""Forms of the intake."""

from __future__ import annotations

from django import forms

from lishu_law.web.acts import ActForm
from lishu_law.web.fields import EvidenceFileField, ShortTextField
from lishu_law.web.uploads import TABLE


class IntakeForm(ActForm):
    """A file of earlier decisions and where it comes from."""

    file = EvidenceFileField(label="文件", kinds=TABLE, help_text="XLSX 或者 CSV，第一行是列名，与模板一致")
    source = ShortTextField(label="数据来源", most=60, help_text="例如：互联网+监管平台导出 2026-11")


class IntakeOrderForm(ActForm):
    """Whether faulty rows stay out, and that somebody looked at the masked texts."""

    has_looked = forms.BooleanField(
        label="已抽查遮盖后的内容，没有个人信息",
        error_messages={"required": "请先看“公开后的样子”，确认没有个人信息，再勾选。"},
    )
    skip_faulty = forms.BooleanField(label="有错的行不导入，只导入没有错的行", required=False)
