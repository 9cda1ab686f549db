"""Forms of the registers: shape only, what is right is asked by the actions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from inspections.forms.reporting import SubjectField
from lishu_law.registry.identity import InvalidValue, parse_plate
from lishu_law.registry.models import (
    AbsenceKind,
    ConflictReason,
    Gender,
    Industry,
    LicenceKind,
    Party,
    QualityLevel,
    RemovalReason,
    RiskClass,
    RiskTag,
    Speciality,
    StaffType,
    SubjectKind,
    SubjectScale,
    SubjectStatus,
    Vehicle,
)
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    FlexibleDateField,
    NarrativeField,
    OneChoiceField,
    PhoneField,
    ShortTextField,
)
from lishu_law.web.party_fields import PartyFields
from lishu_law.web.uploads import TABLE


class PartyField(forms.Field):
    """A registered party by its credit code or exact name: typed once, in the registry."""

    widget: Any = forms.TextInput

    def clean(self, value: Any) -> Party | None:
        typed = str(value or "").replace("\x00", "").strip()[:100]
        if not typed and not self.required:
            return None
        if not typed:
            raise forms.ValidationError("请填写责任人的信用代码或者全称。", code="required")
        for wanted in ({"uscc": typed.upper()}, {"name": typed}):
            found = list(Party.objects.filter(**wanted)[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise forms.ValidationError("有几个同名的当事人。请改填信用代码。", code="ambiguous")
        raise forms.ValidationError(
            "还没有登记这个当事人。新登记监管对象时可以一并登记。请核对信用代码或者全称。", code="unknown"
        )

    def prepare_value(self, value: Any) -> Any:
        return (value.uscc or value.name) if isinstance(value, Party) else value


class PlateField(forms.Field):
    """A plate in its normal form, registered or not."""

    widget: Any = forms.TextInput

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return parse_plate(typed).number
        except InvalidValue as wrong:
            raise forms.ValidationError(wrong.staff_message, code=wrong.code) from None


class VehicleField(PlateField):
    """A registered vehicle by its plate."""

    def clean(self, value: Any) -> Vehicle | None:
        plate = super().clean(value)
        if plate is None:
            return None
        found = Vehicle.objects.filter(plate=plate).first()
        if found is None:
            raise forms.ValidationError("还没有登记这辆车。请先登记车辆，再登记监管对象。", code="unknown")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.plate if isinstance(value, Vehicle) else value


class SubjectForm(ActForm):
    """A supervised object."""

    fieldsets: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("是谁、是什么", ("kind", "party", "vehicle", "name", "industry", "status")),
        ("在哪里、找谁", ("address", "area_code", "longitude", "latitude", "contact_name", "contact_phone")),
        ("规模和等级", ("employees", "vehicle_count", "scale", "quality_level", "risk_class", "risk_tags")),
        ("数据从哪里来", ("source", "updated_on", "valid_from", "valid_to")),
    )
    kind = OneChoiceField(label="对象类别", choices=SubjectKind.choices)
    party = PartyField(label="责任人", help_text="填已登记当事人的信用代码或者全称")
    vehicle: PlateField = VehicleField(label="车牌号", required=False, help_text="只有车辆填，例如：吉C12345")
    name = ShortTextField(label="自有名称", most=100, required=False, help_text="只有场所、工程项目、线路、船舶填")
    industry = OneChoiceField(label="行业类别", choices=Industry.choices)
    status = OneChoiceField(label="状态", choices=SubjectStatus.choices)
    address = ShortTextField(label="地址", most=200, help_text="检查时去的地方")
    area_code = ShortTextField(label="行政区划代码", most=6, help_text="例如：220322")
    longitude = forms.DecimalField(
        label="经度", required=False, max_digits=9, decimal_places=6, min_value=Decimal(-180), max_value=Decimal(180)
    )
    latitude = forms.DecimalField(
        label="纬度", required=False, max_digits=8, decimal_places=6, min_value=Decimal(-90), max_value=Decimal(90)
    )
    contact_name = ShortTextField(label="联系人", most=50, required=False)
    contact_phone = PhoneField(label="联系电话", required=False)
    employees = forms.IntegerField(label="从业人数", required=False, min_value=0, max_value=99_999_999)
    vehicle_count = forms.IntegerField(label="车辆数", required=False, min_value=0, max_value=99_999_999)
    scale = OneChoiceField(label="规模", choices=SubjectScale.choices, required=False, placeholder="不清楚")
    quality_level = OneChoiceField(
        label="质量信誉", choices=QualityLevel.choices, required=False, placeholder="没有评定"
    )
    risk_class = OneChoiceField(label="信用风险", choices=RiskClass.choices)
    risk_tags = forms.MultipleChoiceField(
        label="风险标签", choices=RiskTag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    source = ShortTextField(label="数据来源", most=60, help_text="例如：现场核实、市场监管局名录")
    updated_on = FlexibleDateField(label="数据日期", future=False, help_text="来源给出的日期")
    valid_from = FlexibleDateField(label="有效期起", required=False)
    valid_to = FlexibleDateField(label="有效期止", required=False)

    def clean_area_code(self) -> str:
        value = str(self.cleaned_data["area_code"])
        if not (value.isascii() and value.isdigit() and len(value) == 6):
            raise forms.ValidationError("行政区划代码应是 6 位数字，例如 220322。", code="area")
        return value


class NewSubjectForm(PartyFields, SubjectForm):
    """A supervised object with whoever answers for it: one that is registered, or one registered in the same act."""

    fieldsets = (
        ("是什么", ("kind", "name", "industry", "status")),
        ("责任人：已经登记的", ("party",)),
        ("责任人：还没有登记的", (*(name for _title, names in PartyFields.party_fieldsets for name in names),)),
        ("车辆", ("vehicle", "vehicle_type")),
        *SubjectForm.fieldsets[1:],
    )
    party = PartyField(
        label="已登记的责任人", required=False, help_text="填信用代码或者全称；还没有登记的，这里不填，填下面一组"
    )
    vehicle = PlateField(label="车牌号", required=False, help_text="只有车辆填，例如：吉C12345")
    vehicle_type = ShortTextField(
        label="车型", most=40, required=False, help_text="还没有登记的车辆填，例如：重型自卸货车"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("party_kind", "party_name"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        typed = [name for name in cleaned if name.startswith("party_") and cleaned[name]]
        if cleaned.get("party") and typed:
            self.add_error("party", "责任人填了两次。已经登记的只填这一项，下面一组请清空。")
        elif not cleaned.get("party") and "party" not in self.errors:
            if not typed:
                self.add_error("party", "请填写责任人：已经登记的填在这里，还没有登记的填下面一组。")
            elif not cleaned.get("party_kind") and "party_kind" not in self.errors:
                self.add_error("party_kind", "请选择责任人是个人、单位还是个体工商户。")
        return cleaned


class LicenceForm(ActForm):
    """A licence of an object."""

    kind = OneChoiceField(label="许可种类", choices=LicenceKind.choices)
    number = ShortTextField(label="许可证号", most=40)
    scope = ShortTextField(label="许可范围", most=200, required=False)
    issued_on = FlexibleDateField(label="发证日期", required=False)
    expires_on = FlexibleDateField(label="到期日期", required=False)


class MergeForm(ActForm):
    """The other entry of the same object."""

    merged_no = ShortTextField(
        label="要并入的对象编号", most=20, help_text="这个编号的对象会离开名录，它的记录都转到本对象"
    )
    reason = NarrativeField(label="怎么知道是同一个对象", most=280, rows=3, help_text="例如：信用代码相同，重复录入")


class ReasonForm(ActForm):
    """Only a reason."""

    reason = NarrativeField(label="理由", most=280, rows=3)


class WhiteListForm(ActForm):
    """A period on the white list."""

    from_on = FlexibleDateField(label="开始日期")
    to_on = FlexibleDateField(label="结束日期", help_text="最长一年")
    basis = ShortTextField(label="依据", most=200, help_text="例如：年度白名单公告的文号")


class RemovalForm(ActForm):
    """Why an object leaves the white list."""

    reason = OneChoiceField(label="原因", choices=RemovalReason.choices)
    note = NarrativeField(label="具体情况", most=280, rows=3)


class ImportForm(ActForm):
    """A file for a register."""

    file = EvidenceFileField(label="文件", kinds=TABLE, help_text="XLSX 或者 CSV，第一行是列名，与模板一致")
    source = ShortTextField(label="数据来源", most=60, required=False, help_text="例如：市场监管局名录 2026-11")


class OrderForm(ActForm):
    """Whether faulty rows are left out."""

    skip_faulty = forms.BooleanField(label="有错的行不导入，只导入没有错的行", required=False)


class ProfileForm(ActForm):
    """The entry of an officer."""

    staff_type = OneChoiceField(label="人员类型", choices=StaffType.choices)
    sex = OneChoiceField(label="性别", choices=Gender.choices, required=False, placeholder="不填")
    post = ShortTextField(label="职务", most=30, required=False)
    specialities = forms.MultipleChoiceField(
        label="业务专长", choices=Speciality.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = ShortTextField(
        label="负责区域", most=200, required=False, help_text="几个区域用顿号隔开，例如：梨树镇、郭家店镇"
    )
    pairing_group = ShortTextField(label="编组", most=30, required=False)

    def clean_areas(self) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in str(self.cleaned_data["areas"]).split("、") if part.strip())
        if any(len(part) > 30 for part in parts):
            raise forms.ValidationError("每个区域最多 30 个字。", code="length")
        return parts


class AbsenceForm(ActForm):
    """Days off."""

    kind = OneChoiceField(label="原因", choices=AbsenceKind.choices)
    from_on = FlexibleDateField(label="开始日期")
    to_on = FlexibleDateField(label="结束日期")
    note = ShortTextField(label="说明", most=100, required=False)


class ConflictForm(ActForm):
    """Whom an officer stays away from."""

    subject = SubjectField(label="回避的监管对象", required=False, help_text="填对象编号、信用代码或者全称")
    reason = OneChoiceField(label="原因", choices=ConflictReason.choices)
    from_on = FlexibleDateField(label="开始日期")
    to_on = FlexibleDateField(label="结束日期", required=False, help_text="不填表示一直回避")
    note = ShortTextField(label="说明", most=100, required=False)


class YearForm(ActForm):
    """Training of a year."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    training_hours = forms.IntegerField(label="培训学时", required=False, min_value=0, max_value=2000)
    exam = ShortTextField(label="考试", most=20, required=False, help_text="例如：合格")
    appraisal = ShortTextField(label="考核", most=20, required=False, help_text="例如：优秀")
