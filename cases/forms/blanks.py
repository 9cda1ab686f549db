"""Forms of the numbered blank forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cases.forms.people import choose_from
from cases.models import BlankNumber, NumberLease
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    NarrativeField,
    OfficerChoiceField,
    officers_on,
)


class LeaseForm(ActForm):
    """Who gets how many. ``unit_id``: the squad of whoever gives them out."""

    holder = OfficerChoiceField(label="领用人")
    count = forms.IntegerField(label="份数", min_value=1, initial=10)

    def __init__(self, *args: Any, unit_id: int, today: date, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = officers_on(today).filter(unit_id=unit_id)  # type: ignore[attr-defined]
        self.fields["count"].help_text = f"一次最多 {most} 份，按带几天的量领取。"


class VoidForm(ActForm):
    reason = NarrativeField(
        label="作废原因", least=2, most=300, rows=3, help_text="例如：填写错误，当场重开一份。遗失的写明时间、地点。"
    )
    scan = EvidenceFileField(label="作废文书的照片", required=False, help_text="纸质文书还在的，请拍照上传，原件存档。")


class LateForm(ActForm):
    reason = NarrativeField(label="准予超期补录的理由", least=2, most=300, rows=3)


class TakeBackForm(ActForm):
    """Which of the open numbers came back as unused paper."""

    serials = forms.TypedMultipleChoiceField(
        label="收到的空白文书", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选收到的空白文书。", "invalid_choice": "有的号码已经交代过了，请刷新页面。"},
    )  # fmt: skip

    def __init__(self, *args: Any, blanks: list[BlankNumber], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serials"].choices = [(one.serial, one.number) for one in blanks]  # type: ignore[attr-defined]


class PaperSetForm(ActForm):
    """How many of each empty form, and which leased numbers go with them."""

    copies = forms.TypedChoiceField(label="每种印几份", choices=[(n, f"{n} 份") for n in (1, 2, 3, 5, 10)], coerce=int)
    lease = forms.ModelChoiceField(
        label="带上哪一批编号的当场处罚决定书", queryset=NumberLease.objects.none(), required=False, empty_label="不带",
        help_text="只列您可以打印、还有未用号码的。没有的请先向中队长领用。",
    )  # fmt: skip

    def __init__(self, *args: Any, leases: Any, is_numbered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_numbered:
            choose_from(self, "lease", leases)
        else:
            del self.fields["lease"]
