"""Forms shaped like the actions of disclosure."""

from __future__ import annotations

from typing import Any

from django import forms

from lishu_law.web.acts import ActForm


class PublishForm(ActForm):
    """The checker ticks every automatic mask; the reason is asked by the action when it is needed."""

    masks = forms.MultipleChoiceField(
        label="逐项核对遮盖",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="请对照左右两栏，看完一项勾一项。",
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="决定书还没有送达，或者已经超过七个工作日的，请写明理由。",
    )

    def __init__(self, *args: Any, masks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = [name for name, _title in masks]
        if masks:
            self.fields["masks"].choices = masks  # type: ignore[attr-defined]
        else:
            del self.fields["masks"]

    def clean_masks(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["masks"]
        missing = len(set(self.wanted) - set(ticked))
        if missing:
            raise forms.ValidationError(f"还有 {missing} 项遮盖没有核对。请对照左右两栏，逐项勾选。")
        return ticked


class RetryForm(ActForm):
    reason = forms.CharField(
        label="重新推送的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：平台目录已更新；信用代码已更正。",
        error_messages={"required": "请写明重新推送的理由，如“平台目录已更新”。"},
    )


def why_late() -> forms.CharField:
    """Why an objection is answered only after its last day."""
    said = "这一办理同时答复当事人的异议，答复期限已过，请写明原因。"
    return forms.CharField(label="异议答复超期原因", required=False, max_length=300, help_text=said)


class WithdrawForm(ActForm):
    """The public reason, prefilled from the ruling, and who is withdrawing once more (ux.md §7-8).

    ``answers_late``: it answers an objection after its last day.
    """

    reason = forms.CharField(
        label="向社会公开的撤回理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="20 到 500 字，不写当事人姓名、号码和号牌。",
    )
    late_reason = why_late()
    password = forms.CharField(
        label="您的口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="撤回公示要再次确认是您本人。",
    )

    def __init__(self, *args: Any, user: Any, answers_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not answers_late:
            del self.fields["late_reason"]

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("口令不对，没有撤回。请重新输入您自己的登录口令。")
        return ""


class RedraftForm(ActForm):
    """Nothing to fill in."""


class ReconcileForm(ActForm):
    days = forms.TypedChoiceField(
        label="对账范围",
        coerce=int,
        choices=[(35, "最近 35 天"), (100, "最近 100 天"), (366, "最近一年")],
        help_text="按平台最后更新的日期计算。每天夜里自动对最近 35 天。",
    )


class CloseDifferenceForm(ActForm):
    reason = forms.CharField(
        label="核对情况和处理结果",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明向谁核实、结果如何。关闭后，同一差异不再每天提示。",
        error_messages={"required": "请写明核对的情况和处理结果。"},
    )


class DeleteForeignForm(ActForm):
    reason = forms.CharField(
        label="核对情况",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明怎样确认这条记录不是本机关报送的，例如已电话询问平台并查过文号登记。",
        error_messages={"required": "请写明怎样确认这条记录不是本机关报送的。"},
    )
    checked = forms.BooleanField(
        label="我已核对：本机关没有作出这份决定或者这次检查",
        error_messages={"required": "请先核对，再勾选确认。"},
    )
