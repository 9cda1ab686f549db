"""Forms of filed inspections: filing, start, result."""

from __future__ import annotations

from typing import Any

from django import forms

from inspections.actions.filings import NewFiling
from inspections.actions.visits import NewPoint, NewResult
from inspections.forms.shifts import OfficersPart
from inspections.models import (
    Category,
    Form,
    InspectionFiling,
    InspectionMatter,
    Method,
    NoticeMode,
    PointOutcome,
    ResultCode,
    Signing,
    Source,
    StartedHow,
)
from inspections.queries.pickers import grouped_violations
from lishu_law import clock
from lishu_law.registry.models import SupervisedSubject
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    FlexibleDateTimeField,
    MultipleFileField,
    NarrativeField,
    OneChoiceField,
    PersonNameField,
    PhoneField,
    ShortTextField,
    UsccField,
    check_period,
)
from lishu_law.web.uploads import PHOTO


class SubjectField(forms.Field):
    """An entry of the directory by its number or the exact credit code or name of the business."""

    widget: Any = forms.TextInput

    def clean(self, value: Any) -> SupervisedSubject:
        typed = str(value or "").strip()[:100]
        if not typed:
            raise forms.ValidationError("请填写检查对象的编号、信用代码或者全称。", code="required")
        entries = SupervisedSubject.objects.select_related("party")
        for wanted in ({"object_no": typed}, {"party__uscc": typed.upper()}, {"party__name": typed}):
            found = list(entries.filter(**wanted)[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise forms.ValidationError("有几个同名的对象。请改填对象编号。", code="ambiguous")
        raise forms.ValidationError("名录库里没有这个对象。请核对编号，或者先登记到名录库。", code="unknown")

    def prepare_value(self, value: Any) -> Any:
        return value.object_no if isinstance(value, SupervisedSubject) else value


class MattersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name) if obj.is_confirmed else f"{obj.name}（编码待确认）"


class FilingForm(OfficersPart):
    """检查备案."""

    subject = SubjectField(label="检查对象", help_text="名录库编号、统一社会信用代码或者全称。")
    matters = MattersField(
        label="检查事项", queryset=InspectionMatter.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个检查事项。", "invalid_choice": "清单上没有这一项，请重新选择。"},
    )  # fmt: skip
    form = OneChoiceField(label="检查形式", choices=Form.choices)
    category = OneChoiceField(label="检查类别", choices=Category.choices)
    source = OneChoiceField(label="任务来源", choices=Source.choices)
    source_note = ShortTextField(label="来源说明", most=100, required=False, help_text="上级部署写文号，投诉写编号。")
    method = OneChoiceField(label="检查方式", choices=Method.choices)
    why_on_site = ShortTextField(
        label="为什么要到现场", most=300, required=False, help_text="能书面或者网上查的不到现场。"
    )
    window_from = FlexibleDateTimeField(label="检查时间起")
    window_to = FlexibleDateTimeField(label="检查时间止")
    why_longer = ShortTextField(label="跨天的理由", most=300, required=False)
    notice_mode = OneChoiceField(label="通知方式", choices=NoticeMode.choices)
    notice_ground = ShortTextField(label="不提前通知的法律依据", most=300, required=False)
    recorder_no = ShortTextField(label="执法记录仪编号", most=40, required=False)
    fieldsets = (
        ("查谁、查什么", ("subject", "matters")),
        ("任务", ("form", "category", "source", "source_note")),
        (
            "方式和时间",
            ("method", "why_on_site", "window_from", "window_to", "why_longer", "notice_mode", "notice_ground"),
        ),
        ("人员", (*OfficersPart.OFFICER_FIELDS, "recorder_no")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = InspectionMatter.objects.published_on_day(clock.today()).order_by("item_code")
        self.fields["matters"].queryset = published  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_period(self, "window_from", "window_to")
        return cleaned

    def filing(self) -> NewFiling:
        """What the action takes."""
        data = {name: self.cleaned_data[name] for name in NewFiling.__dataclass_fields__ if name in self.cleaned_data}
        return NewFiling(**{**data, "matters": tuple(data["matters"]), "officers": self.officers()})


class StartForm(ActForm):
    """亮证、扫码，开始检查."""

    how = forms.ChoiceField(label="怎样核验", choices=StartedHow.choices, widget=forms.RadioSelect)
    scanned_uscc = UsccField(label="扫到的信用代码", required=False, help_text="扫对方执照码的填写。")
    shown = forms.BooleanField(
        label="两名执法人员都已出示执法证件",
        error_messages={"required": "请先出示执法证件，再勾选。没有出示的，对方可以拒绝检查。"},
    )


class ResultForm(ActForm):
    """检查结果: one choice per check point, then the result."""

    result_code = OneChoiceField(label="检查结果", choices=ResultCode.choices)
    item_code = forms.ChoiceField(label="案由", required=False, help_text="移送立案时选择。")
    findings = NarrativeField(label="发现的问题", least=5, most=5000, rows=5, required=False)
    measures = NarrativeField(label="告知和整改要求", least=2, most=2000, rows=3, required=False)
    present_person = PersonNameField(label="在场人员姓名", required=False)
    present_post = ShortTextField(label="在场人员职务", most=30, required=False)
    present_phone = PhoneField(label="在场人员电话", required=False)
    signing = forms.ChoiceField(label="签字", choices=Signing.choices, widget=forms.RadioSelect)
    refusal_note = ShortTextField(label="拒签情况", most=300, required=False)
    witness_name = PersonNameField(label="见证人姓名", required=False)
    photos = MultipleFileField(label="现场照片", kinds=PHOTO, required=False)
    photo_purpose = ShortTextField(label="照片要证明什么", most=300, required=False)

    def __init__(self, *args: Any, filing: InspectionFiling, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_code"].choices = grouped_violations(user)  # type: ignore[attr-defined]
        self.fields["photos"].widget.attrs.update({"accept": "image/*", "capture": "environment"})
        self.point_names: dict[str, tuple[int, str]] = {}
        for matter in filing.matters.all():
            for point in matter.check_points:
                name = f"point_{matter.pk}_{point['no']}"
                self.point_names[name] = (matter.pk, str(point["no"]))
                self.fields[name] = OneChoiceField(
                    label=f"{point['no']}. {point['content']}", choices=PointOutcome.choices
                )
                self.fields[f"{name}_facts"] = ShortTextField(label="不合格的情况", most=1000, required=False)
        points = tuple(part for name in self.point_names for part in (name, f"{name}_facts"))
        self.fieldsets = (
            ("检查要点", points),
            ("结果", ("result_code", "item_code", "findings", "measures")),
            (
                "在场人员和签字",
                ("present_person", "present_post", "present_phone", "signing", "refusal_note", "witness_name"),
            ),
            ("照片", ("photos", "photo_purpose")),
        )

    def result(self) -> NewResult:
        """What the action takes."""
        data = self.cleaned_data
        points = tuple(
            NewPoint(matter, no, data[name], data[f"{name}_facts"]) for name, (matter, no) in self.point_names.items()
        )
        plain = {name: data[name] for name in NewResult.__dataclass_fields__ if name in data}
        return NewResult(points=points, **plain)
