"""The roadside record: one phone screen, every fact typed once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from cases.api import FIND_HELP, hits_for
from inspections.actions.checks import NewCheck
from inspections.forms.shifts import clean_stake
from inspections.models import CheckResult, InspectionMatter, PatrolShift, ShiftOfficer, StopReason
from inspections.queries.pickers import company, grouped_violations, roadside_matters
from lishu_law import clock
from lishu_law.errors import Refused
from lishu_law.registry.identity import parse_id_card
from lishu_law.registry.models import User
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    FindField,
    FlexibleDateTimeField,
    IdNumberField,
    MultipleFileField,
    NarrativeField,
    OneChoiceField,
    OrganisationNameField,
    PersonNameField,
    PhoneField,
    PlateField,
    ShortTextField,
    UsccField,
)
from lishu_law.web.uploads import PHOTO

DIRECTIONS = [("上行", "上行"), ("下行", "下行")]
VEHICLE_TYPES = (
    "重型半挂牵引车",
    "重型自卸货车",
    "重型仓栅式货车",
    "中型普通货车",
    "轻型普通货车",
    "大型普通客车",
    "小型普通客车",
    "挂车",
)


class MatterField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name) if obj.is_confirmed else f"{obj.name}（编码待确认）"


class CheckForm(ActForm):
    """现场检查记录. ``shift`` gives the officers to choose from, ``user`` the 案由 used most."""

    at = FlexibleDateTimeField(label="检查时间", future=False)
    route = ShortTextField(label="路线", most=40, used_in="笔录和决定书")
    stake = ShortTextField(label="桩号", most=20, required=False, help_text="例如：K812+300")
    direction = OneChoiceField(label="方向", choices=DIRECTIONS, required=False)
    township = ShortTextField(label="所在乡镇", most=40, required=False)
    is_in_county = forms.BooleanField(label="在梨树县境内", required=False, initial=True)
    stop_reason = OneChoiceField(label="为什么拦停检查", choices=StopReason.choices)
    stop_note = ShortTextField(label="拦停的说明", most=200, required=False, help_text="选“其他理由”的写明。")
    plate = PlateField(label="车牌号", required=False, help_text="例如：吉C12345。没有号牌的填下一项。")
    plate_reason = ShortTextField(label="没有号牌的原因", most=100, required=False)
    vehicle_type = ShortTextField(label="车型", most=40, required=False)
    company_name = OrganisationNameField(label="企业或个体户名称", required=False)
    company_uscc = UsccField(label="统一社会信用代码", required=False)
    driver_name = PersonNameField(label="驾驶员姓名", required=False)
    driver_phone = PhoneField(label="驾驶员电话", required=False)
    driver_id_number = IdNumberField(label="驾驶员身份证号", required=False)
    matter = MatterField(
        label="检查事项", queryset=InspectionMatter.objects.none(), empty_label="请选择检查事项",
        error_messages={"required": "请选择检查事项。只能查清单上的事项。", "invalid_choice": "清单上没有这一项，请重新选择。"},
    )  # fmt: skip
    result = forms.ChoiceField(label="检查结果", choices=CheckResult.choices, widget=forms.RadioSelect)
    item_code_find = FindField(label="查案由", fills="item_code", url="violation-find", help_text=FIND_HELP)
    item_code = forms.ChoiceField(label="案由", required=False, help_text="转立案时选择。")
    findings = NarrativeField(label="看到的情况", least=5, most=5000, rows=5, required=False)
    measures = NarrativeField(label="当场告知和采取的措施", least=2, most=2000, rows=3, required=False)
    photos = MultipleFileField(label="现场照片", kinds=PHOTO, required=False, help_text="可以连拍几张。")
    photo_purpose = ShortTextField(label="照片要证明什么", most=300, required=False, help_text="例如：证明货物未苫盖")
    second_officer = forms.ModelChoiceField(
        label="另一名执法人员", queryset=User.objects.none(), empty_label="请选择",
        error_messages={"required": "至少要有 2 名执法人员，请选同班的另一名。", "invalid_choice": "这名人员不在本班次。请重新选择。"},
    )  # fmt: skip
    fieldsets = (
        ("车辆", ("stop_reason", "stop_note", "plate", "plate_reason", "vehicle_type")),
        ("企业和驾驶员", ("company_name", "company_uscc", "driver_name", "driver_phone", "driver_id_number")),
        ("检查情况", ("matter", "result", "item_code_find", "item_code", "findings", "measures")),
        ("照片和人员", ("photos", "photo_purpose", "second_officer")),
        ("时间和地点", ("at", "route", "stake", "direction", "township", "is_in_county")),
    )

    def __init__(self, *args: Any, shift: PatrolShift, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = roadside_matters(clock.today())  # type: ignore[attr-defined]
        self.fields["item_code"].choices = grouped_violations(user)  # type: ignore[attr-defined]
        self.fields["item_code_find"].looks_in(hits_for(user))  # type: ignore[attr-defined]
        same_shift = ShiftOfficer.objects.filter(shift=shift).values("user_id")
        self.fields["second_officer"].queryset = User.objects.filter(pk__in=same_shift).exclude(pk=user.pk)  # type: ignore[attr-defined]
        self.fields["vehicle_type"].widget.attrs["list"] = "vehicle-types"
        self.fields["photos"].widget.attrs.update({"accept": "image/*", "capture": "environment"})
        self.party: Any = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("stake"):
            cleaned["stake"] = clean_stake(self, "stake", cleaned["stake"])
        if cleaned.get("plate") and cleaned.get("plate_reason"):
            self.add_error("plate_reason", "填了车牌号，就不用写没有号牌的原因。请去掉一项。")
        self._find_company(cleaned)
        return cleaned

    def _find_company(self, cleaned: dict[str, Any]) -> None:
        name, uscc = cleaned.get("company_name", ""), cleaned.get("company_uscc", "")
        try:
            self.party = company(name, uscc)
        except Refused as refused:
            self.add_error("company_name", refused.message)
            return
        if uscc and not name and self.party is None and "company_name" not in self.errors:
            self.add_error("company_name", "这个信用代码还没有登记过。请照营业执照填写名称。")

    def check_record(self) -> NewCheck:
        """What the action takes; the gender is read from the identity number."""
        data = {name: self.cleaned_data[name] for name in NewCheck.__dataclass_fields__ if name in self.cleaned_data}
        number = data["driver_id_number"]
        gender = parse_id_card(number, today=clock.today(), demo=settings.DEMO).gender if number else ""
        return NewCheck(**data, driver_gender=gender, party=self.party)
