"""Forms of sampling, electronic data, commissions, letters for help, monitoring records and the device register."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.people import AssistantField, choose_from
from cases.forms.yes_no import YesNoField
from cases.models import CommissionOutcome, DeviceKind, MonitoringDevice, Signing
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    FlexibleDateField,
    FlexibleDateTimeField,
    NarrativeField,
    OutsiderNameField,
    PersonNameField,
    PlateField,
)

ITEM_ROWS = 4
ITEM_FIELDS = (("name", "物品名称"), ("specification", "规格及批号"), ("quantity", "数量"), ("place", "所在地点"))


class SampleForm(ActForm):
    """抽样取证: up to four kinds of goods a sheet."""

    started_at = FlexibleDateTimeField(label="开始时间", future=False)
    ended_at = FlexibleDateTimeField(label="结束时间", future=False)
    place = forms.CharField(label="抽样地点", max_length=200)
    second_officer = AssistantField(label="另一名执法人员")
    licence_shown = forms.BooleanField(label="已主动出示执法证件", required=False)
    is_sealed = forms.BooleanField(label="样品已当场封存", required=False)
    signing = forms.ChoiceField(label="当事人签名", choices=Signing.choices, widget=forms.RadioSelect)
    refusal_note = forms.CharField(label="拒绝签名的情况", max_length=300, required=False)
    witness_name = OutsiderNameField(label="见证人姓名", required=False, help_text="拒绝签名时填写。")
    remarks = forms.CharField(label="备注", max_length=300, required=False)
    file = EvidenceFileField(label="样品照片或者签名后的凭证", required=False)

    def __init__(self, *args: Any, assistants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "second_officer", assistants)
        names: list[str] = []
        for number in range(1, ITEM_ROWS + 1):
            for key, label in ITEM_FIELDS:
                name = f"item_{number}_{key}"
                self.fields[name] = forms.CharField(label=f"第 {number} 项{label}", max_length=80, required=False)
                names.append(name)
        self.fieldsets = (
            ("时间和人员", ("started_at", "ended_at", "place", "second_officer", "licence_shown")),
            ("抽取的物品", tuple(names)),
            ("封存和签名", ("is_sealed", "signing", "refusal_note", "witness_name", "remarks", "file")),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        items = []
        for number in range(1, ITEM_ROWS + 1):
            item = {key: (cleaned.pop(f"item_{number}_{key}", "") or "").strip() for key, _label in ITEM_FIELDS}
            if any(item.values()) and not (item["name"] and item["quantity"]):
                self.add_error(f"item_{number}_name", f"第 {number} 项要写物品名称和数量。请补齐，或者清空这一项。")
            if item["name"]:
                items.append(item)
        cleaned["items"] = tuple(items)
        return cleaned


class SheetForm(ActForm):
    """The record sheet of one recording."""

    evidence_id = forms.TypedChoiceField(label="证据", coerce=int)
    original = forms.ChoiceField(
        label="证据类型", choices=[(one, one) for one in ("原物", "复制件", "其他")], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="现场人员意见", max_length=300, required=False, help_text="例如：照片是现场拍摄，内容属实"
    )

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_id"].choices = [(item.pk, f"{item.title}：{item.purpose}") for item in items]  # type: ignore[attr-defined]


class PasteForm(ActForm):
    """Which copy is pasted. Everything else on the sheet was said when the copy was added."""

    evidence_id = forms.TypedChoiceField(label="复制件", coerce=int)

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_id"].choices = [(item.pk, f"{item.title}：{item.copy_source}") for item in items]  # type: ignore[attr-defined]
        if not items:
            self.fields["evidence_id"].help_text = "本案还没有登记复制件。请先“补充证据”，勾选“复制件”，写明原件出处。"


class ExcludeForm(ActForm):
    """An item that may not ground a fact."""

    evidence_id = forms.TypedChoiceField(label="证据", coerce=int)
    reason = forms.CharField(
        label="排除的原因", max_length=200, help_text="例如：取得的方法不合法；与本案无关。原件仍会保留。"
    )

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_id"].choices = [(item.pk, f"{item.title}：{item.purpose}") for item in items]  # type: ignore[attr-defined]


class AssistanceForm(ActForm):
    """协助调查函."""

    addressee = forms.CharField(label="请求协助的单位", max_length=100, help_text="例如：某某县交通运输局")
    questions = NarrativeField(
        label="请求协助的问题", least=10, most=2000, rows=6, help_text="逐项写明要核实什么、要提供什么材料。"
    )


class CommissionForm(ActForm):
    """委托鉴定、检测."""

    institution = forms.CharField(label="受托机构", max_length=100)
    qualification = forms.CharField(label="机构资质", max_length=100, required=False, help_text="资质名称和证书编号。")
    no_qualification_note = forms.CharField(
        label="没有法定机构的原因", max_length=200, required=False, help_text="委托其他有条件的机构时填写。"
    )
    matter = forms.CharField(label="委托事项", max_length=300, help_text="例如：货物是否属于危险货物")
    sample = forms.CharField(label="样品或者材料", max_length=300)
    begins_on = FlexibleDateField(label="开始日期")
    due_on = FlexibleDateField(label="约定完成日期")


class ResultForm(ActForm):
    """What the institution answered."""

    outcome = forms.ChoiceField(label="结果", choices=CommissionOutcome.choices, widget=forms.RadioSelect)
    result_on = FlexibleDateField(label="出具日期", future=False)
    result = NarrativeField(label="鉴定、检测意见", least=2, most=500, rows=4, help_text="撤回委托的，写明原因。")
    file = EvidenceFileField(label="鉴定意见、检测报告", required=False, help_text="撤回委托的不用上传。")


class ToldForm(ActForm):
    """The result was given to the party."""

    told_on = FlexibleDateField(label="告知日期", future=False)
    told_how = forms.CharField(
        label="告知方式和当事人意见", max_length=200, help_text="例如：当面交付复印件，当事人没有异议"
    )


class RecordForm(ActForm):
    """One record of a monitoring device."""

    device = forms.ModelChoiceField(
        label="监控设备", queryset=MonitoringDevice.objects.filter(is_monitoring=True), empty_label="请选择"
    )
    record_no = forms.CharField(label="记录编号", max_length=60)
    recorded_at = FlexibleDateTimeField(label="记录时间", future=False)
    plate = PlateField(label="车牌")
    measured = forms.CharField(label="检测数据", max_length=200, help_text="例如：车货总重 58.2 吨，超限 9.2 吨")
    clarity = forms.CharField(label="图像清晰度", max_length=200, help_text="例如：号牌、轮轴清晰可辨")
    purpose = forms.CharField(label="证明目的", max_length=300)
    file = EvidenceFileField(label="记录图片或者视频")


class RecordReviewForm(ActForm):
    """True, clear, complete, accurate."""

    check_true = YesNoField(label="记录内容真实")
    check_clear = YesNoField(label="图像清晰")
    check_complete = YesNoField(label="记录完整")
    check_accurate = YesNoField(label="数据准确")
    technical_reviewer = PersonNameField(label="技术审核人姓名")
    agree = YesNoField(label="审核结论", choices=[("yes", "通过，可以作为证据"), ("no", "不通过，不得作为证据")])
    opinion = forms.CharField(label="审核意见", max_length=500, required=False, help_text="不通过的必填。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = ("true", "clear", "complete", "accurate")
        cleaned["checked"] = {name: bool(cleaned.pop(f"check_{name}", False)) for name in names}
        return cleaned


class TellMonitoringForm(ActForm):
    """The party was told."""

    told_at = FlexibleDateTimeField(label="告知时间", future=False)
    told_how = forms.CharField(label="告知方式", max_length=200, help_text="例如：短信告知车辆登记手机号")
    query_means = forms.CharField(
        label="查询、陈述和申辩的途径", max_length=200, help_text="例如：县交通运输局网站查询；电话、窗口陈述申辩"
    )


class DeviceForm(ActForm):
    """A device of the register."""

    kind = forms.ChoiceField(label="设备种类", choices=DeviceKind.choices)
    number = forms.CharField(label="设备编号", max_length=40)
    name = forms.CharField(label="设备名称", max_length=100)
    place = forms.CharField(label="设置地点", max_length=200)
    is_monitoring = YesNoField(
        label="是电子技术监控设备", help_text="无人值守、自动记录违法事实的选“是”；人工操作的称重、检测设备选“否”。"
    )
    legal_basis = forms.CharField(
        label="设置依据",
        max_length=200,
        required=False,
        help_text="电子技术监控设备必填，写明法律、行政法规的名称和条文。",
    )


class CalibrationForm(ActForm):
    """A calibration certificate."""

    certificate_no = forms.CharField(label="检定证书编号", max_length=60)
    organ = forms.CharField(label="检定机构", max_length=100)
    calibrated_on = FlexibleDateField(label="检定日期", future=False)
    valid_until = FlexibleDateField(label="有效期至")
    file = EvidenceFileField(label="检定证书照片", required=False)


class DeviceLawForm(ActForm):
    """The legal review of a device."""

    opinion = NarrativeField(label="法制审核意见", least=4, most=300, rows=3)


class DeviceTechniqueForm(ActForm):
    """The technical review of a device."""

    meets_standard = YesNoField(label="符合标准")
    is_placed_well = YesNoField(label="设置合理")
    is_marked = YesNoField(label="标志明显")
    body = forms.CharField(label="技术审核机构", max_length=100)
    reviewed_on = FlexibleDateField(label="审核日期", future=False)
    opinion = NarrativeField(label="技术审核意见", least=4, most=300, rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = ("meets_standard", "is_placed_well", "is_marked")
        cleaned["answers"] = {name: bool(cleaned.pop(name, False)) for name in names}
        return cleaned


class DevicePublicForm(ActForm):
    """Where the device stands was made public."""

    published_on = FlexibleDateField(label="公布日期", future=False)
    published_at = forms.CharField(label="在哪里公布", max_length=200, help_text="例如：县政府网站的网址")
