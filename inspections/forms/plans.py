"""The form of the yearly plan."""

from __future__ import annotations

from django import forms

from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateField, ShortTextField


class PlanForm(ActForm):
    """年度检查计划."""

    year = forms.IntegerField(label="年度", min_value=2020, max_value=2100, help_text="例如：2026")
    document_no = ShortTextField(label="计划文号或者名称", most=60)
    published_on = FlexibleDateField(label="公布日期", future=False)
    url = forms.URLField(label="公布网址", max_length=300, required=False, assume_scheme="https")
