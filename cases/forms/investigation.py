"""Forms of the investigation: transcripts, evidence, report."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.late_entry import LatePart
from cases.forms.people import AssistantField, choose_from
from cases.forms.yes_no import YesNoField
from cases.models import EvidenceKind, Medium, MonitoringDevice, PersonRole, Signing
from cases.models.case import CasePerson
from lishu_law.registry.models.parties import Gender
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    FlexibleDateTimeField,
    IdNumberField,
    MobileField,
    MultipleFileField,
    NarrativeField,
    OutsiderNameField,
    PersonNameField,
)

# How an item usually came into the bureau's hands.
METHODS = ("执法人员拍摄、录制", "向当事人调取", "向有关单位或者个人调取", "设备自动记录")
# What an officer usually has to ask; the words are prefilled and may be changed.
QUESTIONS = (
    "请说一下您的姓名、身份证件号码、住址、联系电话和工作单位。",
    "您和当事人是什么关系？",
    "请说一下当时的时间、地点和经过。",
    "车辆装载的是什么货物？采取了哪些防护措施？",
    "为什么没有采取必要的防护措施？",
    "此前一年内有没有因为同类行为被处理过？",
    "您对我们认定的事实有什么意见？",
    "您还有什么要补充的吗？",
)


class PersonPart(ActForm):
    """Who was met on the scene or questioned. An already known person is chosen, not typed again."""

    needs_person = True
    person = forms.ModelChoiceField(
        label="被询问人（现场人员）",
        queryset=CasePerson.objects.none(),
        required=False,
        empty_label="新登记一人（填写下面各项）",
    )
    person_role = forms.ChoiceField(label="与案件关系", choices=PersonRole.choices, required=False)
    person_name = PersonNameField(label="姓名", required=False)
    person_gender = forms.ChoiceField(label="性别", choices=[("", "—"), *Gender.choices], required=False)
    person_id_number = IdNumberField(label="身份证件号码", required=False)
    person_phone = MobileField(label="联系电话", required=False)
    person_employer = forms.CharField(label="工作单位及职务", max_length=100, required=False)
    PERSON_FIELDS = (
        "person", "person_role", "person_name", "person_gender", "person_id_number", "person_phone", "person_employer",
    )  # fmt: skip

    def __init__(self, *args: Any, persons: Any, assistants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", persons)
        choose_from(self, "second_officer", assistants)
        if not persons:
            self.fields["person"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_missing = not cleaned.get("person") and not cleaned.get("person_name")
        if self.needs_person and is_missing and "person_name" not in self.errors:
            self.add_error("person_name", "请填写姓名，或者从上面选已登记的人。笔录后面要用到它。")
        if cleaned.get("person") and cleaned.get("person_name") not in (None, "", cleaned["person"].name):
            text = f"上面选的是{cleaned['person'].name}，这里又写了另一人。请改选“新登记一人”，或者清空这里。"
            self.add_error("person_name", text)
        return cleaned


# Where the law asks for the signature on the spot it is there or refused; it cannot come later.
AT_THE_SCENE = [(one.value, one.label) for one in (Signing.SIGNED, Signing.REFUSED)]


class TranscriptForm(PersonPart):
    started_at = FlexibleDateTimeField(label="开始时间", future=False)
    ended_at = FlexibleDateTimeField(label="结束时间", future=False)
    place = forms.CharField(label="地点", max_length=200)
    second_officer = AssistantField(label="另一名执法人员")
    licence_shown = forms.BooleanField(label="已主动出示执法证件")
    rights_told = forms.BooleanField(label="已告知如实回答的义务、申请回避的权利")
    signing = forms.ChoiceField(
        label="核对签名", choices=Signing.choices, widget=forms.RadioSelect, initial=Signing.SIGNED
    )
    refusal_note = forms.CharField(label="拒签情况", max_length=300, required=False, help_text="拒绝签名时填写。")
    witness_name = OutsiderNameField(label="见证人姓名", required=False, help_text="拒绝签名时填写。")
    file = EvidenceFileField(label="签名后的笔录照片", required=False)
    OWN_FIELDS = ("started_at", "ended_at", "place", "second_officer", "licence_shown", "rights_told")
    SIGN_FIELDS = ("signing", "refusal_note", "witness_name", "file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("started_at"), cleaned.get("ended_at")
        if start and end and end <= start:
            self.add_error("ended_at", "结束时间要晚于开始时间，请核对。跨过零点的请写明日期。")
        return cleaned


class OnsceneForm(LatePart, TranscriptForm):
    """现场笔录."""

    body = NarrativeField(
        label="现场情况",
        least=20,
        most=20000,
        rows=8,
        help_text="客观写明看到的情况，不写结论。包括车辆、货物、路面、当事人说法。",
    )
    fieldsets = (
        ("时间和人员", TranscriptForm.OWN_FIELDS),
        ("现场人员", PersonPart.PERSON_FIELDS),
        ("现场情况", ("body",)),
        ("核对签名", TranscriptForm.SIGN_FIELDS),
    )


class QuestioningForm(LatePart, TranscriptForm):
    """询问笔录: one row per question and answer."""

    is_alone = YesNoField(label="询问时只有被询问人一人在场（执法人员除外）")
    alone_note = forms.CharField(
        label="还有谁在场、什么原因", max_length=200, required=False, help_text="有其他人在场时填写。"
    )
    guardian_name = PersonNameField(
        label="在场的监护人或者其他成年人", required=False, help_text="被询问人不满十八周岁时填写。"
    )
    guardian_note = forms.CharField(
        label="没有监护人在场的原因",
        max_length=200,
        required=False,
        help_text="被询问人不满十八周岁、没有监护人在场时填写。",
    )
    ALONE_FIELDS = ("is_alone", "alone_note", "guardian_name", "guardian_note")
    early_reason = forms.CharField(
        label="立案前询问的理由",
        max_length=200,
        required=False,
        help_text="询问早于立案日的填写，例如：驾驶员次日离开本县。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: list[str] = []
        for number, question in enumerate((*QUESTIONS, "", ""), start=1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=f"问 {number}", max_length=500, required=False, initial=question
            )
            self.fields[f"answer_{number}"] = NarrativeField(
                label=f"答 {number}", required=False, least=0, most=5000, rows=2
            )
            names += [f"question_{number}", f"answer_{number}"]
        self.fieldsets = (
            ("时间和人员", (*self.OWN_FIELDS, "early_reason")),
            ("被询问人", self.PERSON_FIELDS),
            ("在场情况", self.ALONE_FIELDS),
            ("问答", tuple(names)),
            ("核对签名", self.SIGN_FIELDS),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answers = []
        for number in range(1, len(QUESTIONS) + 3):
            question = (cleaned.pop(f"question_{number}", "") or "").strip()
            answer = (cleaned.pop(f"answer_{number}", "") or "").strip()
            if answer and not question:
                self.add_error(f"question_{number}", f"第 {number} 项有答没有问，请补上问题。")
            if answer:
                answers.append((question, answer))
        if not answers:
            self.add_error("answer_1", "还没有记录任何回答。请至少记录一问一答。")
        cleaned["answers"] = tuple(answers)
        return cleaned


class InquestForm(LatePart, TranscriptForm):
    """勘验笔录."""

    weather = forms.CharField(label="天气情况", max_length=40, help_text="例如：晴，能见度良好")
    invited_name = OutsiderNameField(label="被邀请人姓名", required=False, help_text="当事人不在场的，邀请第三人到场。")
    invited_employer = forms.CharField(label="被邀请人单位及职务", max_length=100, required=False)
    absence_note = forms.CharField(
        label="没有人在场的情况", max_length=200, required=False, help_text="当事人和被邀请人都不在场时填写。"
    )
    is_related = YesNoField(label="只勘验了与本案有关的场所和物品")
    related_note = forms.CharField(
        label="超出的是什么、什么原因", max_length=200, required=False, help_text="上一项选“否”时填写。"
    )
    body = NarrativeField(
        label="勘验情况及结果",
        least=20,
        most=20000,
        rows=8,
        help_text="客观写明位置、尺寸、数量、状态，附图或者照片的写明编号。不写结论。",
    )
    fieldsets = (
        ("时间和人员", (*TranscriptForm.OWN_FIELDS, "weather")),
        ("当事人或其代理人", PersonPart.PERSON_FIELDS),
        ("被邀请人", ("invited_name", "invited_employer", "absence_note")),
        ("勘验情况", ("is_related", "related_note", "body")),
        ("核对签名", TranscriptForm.SIGN_FIELDS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_person = False
        self.fields["person"].label = "当事人或其代理人"
        self.initial.pop("person", None)  # who was there is said, never assumed
        del self.fields["rights_told"]

    def clean(self) -> dict[str, Any]:
        return {**super().clean(), "rights_told": False}


class EvidenceForm(ActForm):
    """Several files of one kind and purpose at once; each becomes an item."""

    kind = forms.ChoiceField(label="证据种类", choices=EvidenceKind.choices, initial=EvidenceKind.AUDIOVISUAL)
    title = forms.CharField(label="证据名称", max_length=90, help_text="例如：现场照片、道路运输证复印件")
    purpose = forms.CharField(label="证明目的", max_length=300, help_text="这份证据要证明什么。例如：证明货物未苫盖")
    obtained_at = FlexibleDateTimeField(label="取得时间", future=False)
    obtained_place = forms.CharField(label="取得地点", max_length=200)
    method = forms.ChoiceField(
        label="取得方式", choices=[(words, words) for words in METHODS], initial=METHODS[0], required=False
    )
    medium = forms.ChoiceField(
        label="存储介质",
        choices=Medium.choices,
        initial=Medium.SYSTEM,
        required=False,
        help_text="视听资料、电子数据填写。",
    )
    medium_note = forms.CharField(
        label="取得方式、介质的说明", max_length=200, required=False, help_text="不能写明取得方式或者介质的，写明原因。"
    )
    is_copy = forms.BooleanField(label="这是复制件", required=False)
    copy_source = forms.CharField(
        label="提供人和原件存放处",
        max_length=200,
        required=False,
        help_text="复制件填写。例如：当事人提供，原件由其保存",
    )
    is_checked_copy = forms.BooleanField(label="已与原件核对无误，并由提供人签名或者盖章", required=False)
    copy_note = forms.CharField(
        label="不能与原件核对的原因", max_length=200, required=False, help_text="复制件没有核对时填写。"
    )
    device = forms.ModelChoiceField(
        label="检测设备",
        queryset=MonitoringDevice.objects.all(),
        required=False,
        empty_label="不是设备检测的",
        help_text="称重、检测数据要选设备，系统核对检定有效期。",
    )
    is_confidential = forms.BooleanField(
        label="涉及国家秘密、商业秘密或者个人隐私", required=False, help_text="勾选后不在对外的文书中写明名称。"
    )
    uploads = MultipleFileField(label="文件", help_text="照片（JPG、PNG、HEIC）、视频（MP4）、PDF。可以一次选多个。")
    fieldsets = (
        ("证据", ("kind", "title", "purpose", "obtained_at", "obtained_place", "uploads")),
        ("来源和介质", ("method", "medium", "medium_note", "device", "is_confidential")),
        ("复制件填写", ("is_copy", "copy_source", "is_checked_copy", "copy_note")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        notes = {
            "inv-copy-verify": cleaned.pop("copy_note", ""),
            "inv-edata-record": cleaned.pop("medium_note", ""),
        }
        cleaned["warnings"] = {rule: text for rule, text in notes.items() if text}
        return cleaned


class VerifyEvidenceForm(ActForm):
    """Tick what was checked against its origin."""

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(item.pk), f"{item.title}：{item.purpose}") for item in items]
        self.fields["evidence_ids"] = forms.MultipleChoiceField(
            label="已经核对过的证据", choices=choices, widget=forms.CheckboxSelectMultiple
        )

    def clean_evidence_ids(self) -> tuple[int, ...]:
        return tuple(int(pk) for pk in self.cleaned_data["evidence_ids"])


class ReportForm(ActForm):
    """Narrative of the investigation report; the rest flows from the case."""

    process = NarrativeField(label="案件调查经过", least=20, most=20000, rows=6)
    facts = NarrativeField(
        label="违法事实",
        least=20,
        most=20000,
        rows=8,
        help_text="写明时间、地点、当事人、经过、情节和后果。通知书和决定书都用这段。",
    )
    opinion = NarrativeField(label="调查结论和处理意见", least=10, most=5000, rows=5)
