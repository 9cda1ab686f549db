"""Issuing signed decisions together: which of them, and who it is that has them issued."""

from __future__ import annotations

from typing import Any

from django import forms

from lishu_law.web.acts import ActForm


class IssueForm(ActForm):
    """``signed``: (reference, words) of what may be issued now."""

    signed = forms.MultipleChoiceField(
        label="一并制发的处罚决定", widget=forms.CheckboxSelectMultiple,
        help_text="都是您逐案签署同意的。这一次不制发的，去掉勾选。",
        error_messages={
            "required": "还没有选择。请勾选要制发的决定。",
            "invalid_choice": "选中的有一件已经不在待制发之列，可能刚刚制发或者案件有改动。清单已经更新，请核对后再提交。",
        },
    )  # fmt: skip
    password = forms.CharField(
        label="您的口令", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="制发处罚决定要再次确认是您本人。",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, signed: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["signed"].choices = signed  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("口令不对，没有制发。请重新输入您自己的登录口令。")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.pop("password", None)
        return cleaned
