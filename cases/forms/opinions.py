"""Forms of opinions and approvals: agree or return, with words."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.procedure.review_items import ITEMS
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField

AGREE = [("yes", "同意"), ("no", "退回")]


class OpinionForm(ActForm):
    """One opinion, always agreeing (verification, hand-over)."""

    opinion = NarrativeField(label="意见", least=2, most=2000, rows=3)


class ApprovalForm(ActForm):
    """Agree or return. A return needs its reason, which the officer will work from."""

    agree = forms.ChoiceField(label="审批结果", choices=AGREE, widget=forms.RadioSelect)
    opinion = NarrativeField(label="意见", least=2, most=2000, rows=3, help_text="退回的，请写明要补正什么。")

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")


class DecisionApprovalForm(ApprovalForm):
    """Approval of a decision asks who is signing once more (ux.md §6.4)."""

    password = forms.CharField(
        label="您的口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="审批处罚决定要再次确认是您本人。",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("口令不对，没有签署。请重新输入您自己的登录口令。")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.pop("password", None)
        return cleaned


class DiscussionForm(ActForm):
    """Collective discussion (重大案件集体讨论记录)."""

    attendees = forms.CharField(
        label="参加讨论的负责人", max_length=200, help_text="用顿号隔开，例如：张某、李某、王某"
    )
    opinions = NarrativeField(label="每位负责人的意见", least=10, most=5000, rows=6)
    conclusion = NarrativeField(label="讨论结论", least=5, most=1000, rows=3)


RESULTS = [("passed", "通过"), ("problem", "有问题"), ("not_applicable", "不适用")]


class LegalReviewForm(ApprovalForm):
    """The reviewer's checklist: every item has a result, a problem needs its remark."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = "审核结论"
        self.fields["opinion"].help_text = "写明审核情况，至少 10 字。退回的，写明要补正什么。"
        for item in ITEMS:
            self.fields[f"item_{item.code}"] = forms.ChoiceField(
                label=item.title, help_text=item.question, choices=RESULTS, widget=forms.RadioSelect
            )
            self.fields[f"note_{item.code}"] = forms.CharField(
                label=f"{item.title}：说明", max_length=300, required=False
            )
        names = tuple(name for item in ITEMS for name in (f"item_{item.code}", f"note_{item.code}"))
        self.fieldsets = (("逐项审核", names), ("审核意见", ("agree", "opinion")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        items = {}
        for item in ITEMS:
            result, note = cleaned.pop(f"item_{item.code}", ""), cleaned.pop(f"note_{item.code}", "")
            if result == "problem" and not note.strip():
                self.add_error(f"note_{item.code}", f"“{item.title}”有问题的，请写明是什么问题。")
            items[item.code] = (result, note)
        cleaned["items"] = items
        return cleaned
