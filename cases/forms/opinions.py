"""Forms of opinions and approvals: agree or return, with words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

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

    preview_assumes: ClassVar[Mapping[str, str]] = {"agree": "yes"}

    agree = forms.ChoiceField(label="审批结果", choices=AGREE, widget=forms.RadioSelect)
    opinion = NarrativeField(label="意见", least=2, most=2000, rows=3, help_text="退回的，请写明要补正什么。")

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")


class DecisionApprovalForm(ApprovalForm):
    """Approval of a decision asks who is signing once more (ux.md §6.4)."""

    more_investigation = forms.BooleanField(
        label="退回补充调查", required=False, help_text="退回时选用：事实、证据还要补查的勾选；只是补正文书的不勾选。"
    )
    in_batch = forms.BooleanField(
        label="先签署，稍后一并制发", required=False,
        help_text="同意时选用：现在不编号、不制作决定书，各案看完以后在“一并制发”里办理。办案期限照常计算。",
    )  # fmt: skip
    password = forms.CharField(
        label="您的口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="审批处罚决定要再次确认是您本人。",
    )

    def __init__(self, *args: Any, user: Any, was_heard: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if was_heard:
            self.fields["record_basis"] = NarrativeField(
                label="是否根据听证笔录作出决定", required=False, least=0, most=1000, rows=2,
                help_text="本案经过听证。写明决定依据的事实和证据是否都在听证中出示、质证。",
            )  # fmt: skip
            self.fields["record_basis"].asked_by_law = True  # type: ignore[attr-defined]
            self.order_fields(["agree", "opinion", "record_basis"])  # the password is given last

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("口令不对，没有签署。请重新输入您自己的登录口令。")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.pop("password", None)
        return cleaned


RESULTS = [("passed", "通过"), ("problem", "有问题"), ("not_applicable", "不适用")]


RETURN_TO = [
    ("papers", "更正材料后重新提交"), ("investigation", "补充调查"), ("notice", "变更处罚意见、重新告知当事人"),
]  # fmt: skip


class ReviewRequestForm(ActForm):
    """What the handler knows of the compulsory grounds; hearing and 重大执法决定目录 are computed."""

    public_interest = forms.BooleanField(
        label="涉及重大公共利益", required=False, help_text="这一项和下一项都没有的，不勾选，直接提交。"
    )
    complex_case = forms.BooleanField(label="案件情况疑难复杂、涉及多个法律关系", required=False)


class ReportReviewForm(ApprovalForm):
    """The reviewer's checklist: every item has a result, a problem needs its remark.

    ``departure``: how the case departs from the benchmark; then the reviewer judges that by itself.
    """

    def __init__(self, *args: Any, departure: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departure_opinion"] = NarrativeField(
            label="对偏离裁量基准的审核意见", required=False, least=0, most=2000, rows=3,
            help_text=f"本案{departure}。写明理由和证据够不够、批准手续齐不齐，同意不同意。退回的可以不填。",
        )  # fmt: skip
        self.fields["departure_opinion"].asked_by_law = True  # type: ignore[attr-defined]
        if not departure:
            del self.fields["departure_opinion"]
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
        self.fieldsets = (("逐项审核", names), ("审核意见", ("agree", "return_to", "departure_opinion", "opinion")))

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


class LegalReviewForm(ReportReviewForm):
    """The review before the decision; a return says where the case goes."""

    return_to = forms.ChoiceField(label="退回的去向", choices=RETURN_TO, required=False, help_text="退回时选择。")

    def clean_return_to(self) -> str:
        return self.cleaned_data["return_to"] or "papers"
