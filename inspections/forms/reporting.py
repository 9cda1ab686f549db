"""Forms of the filing of a visit: beforehand, the urgent report and its papers, the late entry (§3.1, §3.2)."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from inspections.actions.filing_checks import NewFiling
from inspections.actions.urgent import UrgentReport
from inspections.forms.shifts import OfficersPart
from inspections.models import Category, Exemption, Form, InspectionFiling, InspectionMatter, Method, NoticeMode, Source
from inspections.rules import AssistantFacts
from lishu_law import clock
from lishu_law.registry.models import SupervisedSubject
from lishu_law.web.fields import (
    FlexibleDateTimeField,
    MultipleFileField,
    NarrativeField,
    OneChoiceField,
    ShortTextField,
    check_period,
)
from lishu_law.web.uploads.checks import PDF, PHOTO

MOST_LINES = 10
_BREAK = re.compile(r"[，,、|｜\t]+")


class SubjectField(forms.Field):
    """An entry of the directory by its number or the exact credit code or name of the business."""

    widget: Any = forms.TextInput

    def clean(self, value: Any) -> SupervisedSubject:
        typed = str(value or "").strip()[:100]
        if not typed:
            raise forms.ValidationError("请填写检查对象的编号、信用代码或者全称。", code="required")
        entries = SupervisedSubject.objects.listed().select_related("party", "vehicle")
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


class JoinsField(forms.CharField):
    """Another visit by the number it has, before its approval by its reference. Secret ones are not found."""

    def clean(self, value: Any) -> InspectionFiling | None:
        typed = super().clean(value)
        if not typed:
            return None
        rows = InspectionFiling.objects.exclude(exemption=Exemption.SECRET).select_related("subject")
        found = rows.filter(filing_no=typed).first() or rows.filter(reference=typed).first()
        if found is None:
            raise forms.ValidationError("没有这个编号的检查备案。请照提示里的编号填写。", code="unknown")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.filing_no or value.reference if isinstance(value, InspectionFiling) else value


class LinesField(NarrativeField):
    """One entry a line, at most ten."""

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"最多 {MOST_LINES} 行，现在有 {len(lines)} 行。", code="too_many")
        if any(len(line) > 100 for line in lines):
            raise forms.ValidationError("每行最多 100 个字。", code="too_long")
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class AssistantsField(LinesField):
    """姓名，单位，事由: one person a line. Whether it is all there is the rule's question."""

    def clean(self, value: Any) -> tuple[AssistantFacts, ...]:  # type: ignore[override]
        people = []
        for line in super().clean(value):
            parts = [part.strip() for part in _BREAK.split(line, maxsplit=2)]
            name, organisation, reason = (*parts, "", "", "")[:3]
            people.append(AssistantFacts(name[:50], organisation[:100], reason[:200]))
        return tuple(people)


class ObjectAndMatters(OfficersPart):
    """What every report of a visit begins with."""

    subject = SubjectField(label="检查对象", help_text="名录库编号、统一社会信用代码或者全称。")
    matters = MattersField(
        label="检查事项", queryset=InspectionMatter.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个检查事项。", "invalid_choice": "清单上没有这一项，请重新选择。"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = InspectionMatter.objects.published_on_day(clock.today()).order_by("item_code")
        self.fields["matters"].queryset = published  # type: ignore[attr-defined]


class FilingForm(ObjectAndMatters):
    """检查备案, filed before the visit."""

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
    assistants = AssistantsField(
        label="协助人员", least=0, most=1000, rows=2, required=False,
        help_text="每行一人：姓名，单位，事由。协助人员不算在两名执法人员里。",
    )  # fmt: skip
    over_cap_reason = ShortTextField(
        label="超过年度次数上限的理由", most=300, required=False, help_text="达到上限又有线索确需检查的填写，会报监督。"
    )
    joins = JoinsField(
        label="并入的检查", max_length=30, required=False,
        help_text="综合查一次：填同一对象另一次检查的备案号，两次合计一次。",
    )  # fmt: skip
    why_separate = ShortTextField(
        label="不合并检查的理由", most=300, required=False, help_text="前后 30 天内对同一对象还有检查的填写。"
    )
    joint_units = LinesField(
        label="联合检查的其他单位", least=0, most=1000, rows=2, required=False, help_text="每行一个单位的全称。"
    )
    law_required = ShortTextField(
        label="必须检查的法律依据", most=300, required=False, help_text="对象在无事不扰白名单上的填写。"
    )
    assistance_letter = ShortTextField(
        label="协助函文号", most=60, required=False, help_text="对象不在本县的填写；检查后 20 日内向司法局备案。"
    )
    attachments = MultipleFileField(
        label="附件", kinds=PDF | PHOTO, required=False, help_text="检查方案、投诉材料、协助函等，PDF 或者照片。"
    )
    is_secret = forms.BooleanField(
        label="保密联合行动", required=False,
        help_text="只有参加人员、局长和法制机构能看到，由局长审批，不生成检查码。",
    )  # fmt: skip
    exemption_reason = ShortTextField(label="保密的依据和理由", most=300, required=False)
    ASIDE = "超过上限、合并或者联合、白名单、异地、附件、保密的，打开填写"
    ANSWERS = ("over_cap_reason", "joins", "why_separate", "joint_units", "law_required", "assistance_letter")
    fieldsets: Any = (
        ("查谁、查什么", ("subject", "matters")),
        ("任务", ("form", "category", "source", "source_note")),
        (
            "方式和时间",
            ("method", "why_on_site", "window_from", "window_to", "why_longer", "notice_mode", "notice_ground"),
        ),
        ("人员", (*OfficersPart.OFFICER_FIELDS, "assistants", "recorder_no")),
        (ASIDE, (*ANSWERS, "attachments", "is_secret", "exemption_reason")),
    )

    @property
    def has_answers(self) -> bool:
        """Is anything filled in aside? Then it stands open."""
        names = next((names for title, names in self.fieldsets if title == self.ASIDE), ())
        return any(self[name].value() for name in names if name in self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "window_from" in self.fields:
            check_period(self, "window_from", "window_to")
        return cleaned

    def exemption(self) -> str:
        return str(Exemption.SECRET) if self.cleaned_data.get("is_secret") else ""

    def filing(self, files: tuple[Any, ...] = (), **known: Any) -> NewFiling:
        """What the action takes; ``known`` stands in for fields this form does not ask."""
        names = set(NewFiling.__dataclass_fields__) - {"matters", "officers", "attachments", "exemption"}
        data = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return NewFiling(
            **{**data, **known}, matters=tuple(self.cleaned_data["matters"]), officers=self.officers(),
            attachments=files, exemption=self.exemption(),
        )  # fmt: skip


class LateForm(FilingForm):
    """E3: the network or the system failed; entered when it works again."""

    exemption_reason = ShortTextField(label="网络或者系统故障的情况", most=300)
    late_reason = ShortTextField(label="没有按时补报的原因", most=300, required=False)
    is_secret: Any = None
    fieldsets = (
        ("故障", ("exemption_reason", "late_reason")),
        *FilingForm.fieldsets[:-1],
        (FilingForm.ASIDE, (*FilingForm.ANSWERS, "attachments")),
    )

    def exemption(self) -> str:
        return str(Exemption.FAILURE)


class PapersForm(FilingForm):
    """E2: the papers of a visit that was reported when it began; object and beginning stay as reported."""

    exemption_reason = ShortTextField(label="紧急情形", most=300)
    late_reason = ShortTextField(label="没有按时补办的原因", most=300, required=False)
    subject: Any = None
    window_from: Any = None
    is_secret: Any = None
    fieldsets = (
        ("紧急情形", ("exemption_reason", "late_reason")),
        ("查什么", ("matters",)),
        *FilingForm.fieldsets[1:-1],
        (FilingForm.ASIDE, (*FilingForm.ANSWERS, "attachments")),
    )


class UrgentForm(ObjectAndMatters):
    """E2: the few facts known when delay would lose the evidence."""

    began_at = FlexibleDateTimeField(label="检查开始时间", future=False)
    reason = NarrativeField(label="紧急情形", least=5, most=300, rows=3, help_text="发生了什么，为什么来不及先报备。")
    late_reason = ShortTextField(label="超过 24 小时才报告的原因", most=300, required=False)
    fieldsets = (
        ("查谁、查什么", ("subject", "matters")),
        ("紧急情形", ("reason", "began_at", "late_reason")),
        ("人员", OfficersPart.OFFICER_FIELDS),
    )

    def report(self) -> UrgentReport:
        """What the action takes."""
        data = {name: self.cleaned_data[name] for name in ("subject", "began_at", "reason", "late_reason")}
        return UrgentReport(**data, matters=tuple(self.cleaned_data["matters"]), officers=self.officers())
