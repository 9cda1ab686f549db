"""Forms of a visit: start, interruption, record with its check points and signatures, the officer's own signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from inspections.actions.pending import NewEnd
from inspections.actions.visits import NewOrder
from inspections.actions.whereabouts import Whereabouts
from inspections.models import Located, ResultCode, StartedHow, SuspensionReason
from inspections.queries.pickers import grouped_violations
from inspections.rules import Position
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    FlexibleDateField,
    MultipleFileField,
    NarrativeField,
    OneChoiceField,
    PersonNameField,
    ShortTextField,
)
from lishu_law.web.signatures import SignatureField
from lishu_law.web.uploads import PHOTO


def from_camera(field: forms.Field) -> None:
    """A phone opens its camera for this field."""
    field.widget.attrs.update({"accept": "image/*", "capture": "environment"})


class PlacedForm(ActForm):
    """What the phone says of its place, if it is allowed to; hidden fields that ``static/js/place.js`` fills."""

    located = forms.ChoiceField(choices=Located.choices, required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, max_value=10_000_000, widget=forms.HiddenInput)

    def where(self, device: str) -> Whereabouts:
        """What the action takes; half a position is none."""
        data = self.cleaned_data
        latitude, longitude = data.get("latitude"), data.get("longitude")
        located = data.get("located") or Located.NOT_ASKED
        if located == Located.GIVEN and latitude is not None and longitude is not None:
            accuracy = data.get("accuracy")
            position = Position(latitude, longitude)
            return Whereabouts(
                located, position, None if accuracy is None else round(accuracy), device, self._scanner()
            )
        return Whereabouts(
            Located.FAILED if located == Located.GIVEN else located, device=device, scanned_by=self._scanner()
        )

    def _scanner(self) -> str:
        return str(self.cleaned_data.get("scanned_by") or "")


class StartForm(PlacedForm):
    """亮证、扫码，开始检查."""

    how = forms.ChoiceField(label="怎样核验", choices=StartedHow.choices, widget=forms.RadioSelect)
    scanned_by = PersonNameField(label="对方扫码人", required=False, help_text="对方扫描检查码的，写扫码人姓名。")
    read_text = ShortTextField(
        label="扫到的内容或者信用代码", most=500, required=False,
        help_text="扫对方执照码的，点“扫一扫”；扫不了的，照营业执照填写 18 位信用代码。",
    )  # fmt: skip
    shown = forms.BooleanField(
        label="两名执法人员都已出示执法证件",
        error_messages={"required": "请先出示执法证件，再勾选。没有出示的，对方可以拒绝检查。"},
    )
    told = forms.BooleanField(
        label="已告知检查事项、依据和陈述、申辩、申请回避的权利",
        error_messages={"required": "请先向对方告知检查事项、依据和权利，再勾选。"},
    )
    fieldsets = (("核验", ("how", "scanned_by", "read_text")), ("亮证和告知", ("shown", "told")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_text"].widget.attrs["data-scan"] = ""


class SuspendForm(ActForm):
    """中止检查."""

    reason = forms.ChoiceField(label="中止原因", choices=SuspensionReason.choices, widget=forms.RadioSelect)
    note = NarrativeField(label="现场情况", least=5, most=500, rows=3, help_text="写明当时的情况和做了什么。")
    photos = MultipleFileField(label="现场照片", kinds=PHOTO, required=False, most=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from_camera(self.fields["photos"])


class SignForm(ActForm):
    """The officer's own signature: by the account's password, or by hand."""

    password = forms.CharField(
        label="您的口令", strip=False, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="输入自己的登录口令，就是签名；也可以不填口令，在下面手写签名。",
    )  # fmt: skip
    signature = SignatureField(label="手写签名")
    digest = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.pop("password", "")
        if password and not self.user.check_password(password):
            self.add_error("password", "口令不对，没有签名。请重新输入您自己的登录口令。")
        elif not password and cleaned.get("signature") is None and "signature" not in self.errors:
            self.add_error("password", "请输入自己的口令，或者手写签名。")
        cleaned["by_account"] = bool(password)
        return cleaned


@dataclass(frozen=True)
class OrderFields:
    """The names of the order's fields, shared by the record and by the end of an open result."""

    names: tuple[str, ...] = ("order_what", "order_due", "order_basis")


class OrderPart(ActForm):
    """责令改正: what, by when, on which basis."""

    order_what = NarrativeField(label="要改正什么", least=2, most=1000, rows=3, required=False)
    order_due = FlexibleDateField(label="最晚哪一天改好", required=False, help_text="到这一天，待办里会提醒复查。")
    order_basis = ShortTextField(
        label="责令改正的依据", most=300, required=False, help_text="不填的，用检查事项的依据。"
    )

    def order(self) -> NewOrder:
        data = self.cleaned_data
        return NewOrder(data["order_what"] or "", data["order_basis"] or "", data["order_due"])


class PendingForm(OrderPart):
    """How a result left open ends."""

    result_code = OneChoiceField(
        label="后续处理结果", choices=[(one.value, one.label) for one in (ResultCode.R5, ResultCode.R9)]
    )
    item_code = forms.ChoiceField(label="案由", required=False, help_text="移送立案时选择。")
    note = NarrativeField(label="后续核实的情况", least=5, most=2000, rows=4)
    fieldsets = (("结果", ("result_code", "item_code", "note")), ("责令改正", OrderFields().names))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_code"].choices = grouped_violations(user)  # type: ignore[attr-defined]

    def end(self) -> NewEnd:
        data = self.cleaned_data
        return NewEnd(data["result_code"], data["note"], data["item_code"], self.order())


class PortraitForm(ActForm):
    """The photo that is shown with an officer's certificate."""

    photo = EvidenceFileField(
        label="证件照", kinds=PHOTO - {"image/heic"}, help_text="正面免冠照片，JPG 或 PNG。出示电子证件时显示。"
    )
