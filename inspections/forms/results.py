"""Which results are published."""

from __future__ import annotations

from typing import Any

from django import forms

from lishu_law.web.acts import ActForm


class PublishResultsForm(ActForm):
    """公示检查结果."""

    references = forms.MultipleChoiceField(
        label="公示哪些检查结果", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选要公示的检查结果。"},
        help_text="公示编号、对象、事项、日期、结果和是否责令改正，不公示检查记录的内容。",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["references"].choices = choices  # type: ignore[attr-defined]
