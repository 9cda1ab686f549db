"""The record of a visit: one part per check point, the result, the order, who was there, and the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from inspections.actions.visits import NewPoint, NewResult
from inspections.forms.visits import OrderFields, OrderPart, PlacedForm, from_camera
from inspections.models import Disposal, InspectionFiling, PointOutcome, ResultCode, Signing
from inspections.queries.pickers import grouped_violations
from lishu_law.web.fields import (
    EvidenceFileField,
    MultipleFileField,
    NarrativeField,
    OneChoiceField,
    OutsiderNameField,
    PersonNameField,
    PhoneField,
    ShortTextField,
)
from lishu_law.web.signatures import SignatureField
from lishu_law.web.uploads import PDF, PHOTO

DETAILS = ("facts", "article", "disposal", "evidence")


@dataclass(frozen=True)
class PointPart:
    """The fields of one check point, for the template: what the page opens and what stays folded."""

    title: str
    hint: str
    outcome: Any
    photos: Any
    details: list[Any]
    is_open: bool


class ResultForm(OrderPart, PlacedForm):
    """检查记录. One part for each check point of the filing's matters."""

    result_code = OneChoiceField(label="检查结果", choices=ResultCode.choices)
    item_code = forms.ChoiceField(label="案由", required=False, help_text="移送立案时选择。")
    findings = NarrativeField(label="发现的问题", least=5, most=5000, rows=4, required=False)
    measures = NarrativeField(label="告知和要求", least=2, most=2000, rows=3, required=False)
    present_person = PersonNameField(label="在场人员姓名", required=False)
    present_post = ShortTextField(label="在场人员职务", most=30, required=False)
    present_phone = PhoneField(label="在场人员电话", required=False)
    party_opinion = ShortTextField(label="被检查人意见", most=500, required=False)
    signing = forms.ChoiceField(label="签字", choices=Signing.choices, widget=forms.RadioSelect)
    party_signature = SignatureField(label="被检查人签名")
    party_paper = EvidenceFileField(
        label="签在纸上的照片或扫描件",
        kinds=PHOTO | PDF,
        required=False,
        help_text="不在屏幕上签的，签在纸上后拍照上传。",
    )
    refusal_note = ShortTextField(label="拒签情况", most=300, required=False)
    witness_name = OutsiderNameField(label="见证人姓名", required=False)
    witness_signature = SignatureField(label="见证人签名")
    photos = MultipleFileField(label="其他现场照片", kinds=PHOTO, required=False)
    photo_purpose = ShortTextField(label="其他照片要证明什么", most=300, required=False)

    def __init__(self, *args: Any, filing: InspectionFiling, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_code"].choices = grouped_violations(user)  # type: ignore[attr-defined]
        from_camera(self.fields["photos"])
        self.fields["party_paper"].widget.attrs["capture"] = "environment"
        self.points: dict[str, tuple[int, dict[str, Any]]] = {}
        for matter in filing.matters.all():
            for point in matter.check_points:
                self._add_point(f"point_{matter.pk}_{point['no']}", matter, point)

    def _add_point(self, name: str, matter: Any, point: dict[str, Any]) -> None:
        self.points[name] = (matter.pk, point)
        wanted = point.get("options") or PointOutcome.values
        label = f"{point['no']}. {point['content']}"
        self.fields |= {
            name: forms.ChoiceField(
                label=label, choices=[one for one in PointOutcome.choices if one[0] in wanted], widget=forms.RadioSelect,
                error_messages={"required": f"第 {point['no']} 项还没有结果。没查的请选“未检查”。"},
            ),
            f"{name}_photos": MultipleFileField(label=f"第 {point['no']} 项照片", kinds=PHOTO, required=False, most=20),
            f"{name}_facts": ShortTextField(label="看到的情况", most=1000, required=False),
            f"{name}_article": ShortTextField(label="违反的条款", most=300, required=False, initial=matter.basis),
            f"{name}_disposal": forms.ChoiceField(
                label="处理办法", choices=[("", "请选择"), *Disposal.choices], required=False
            ),
            f"{name}_evidence": ShortTextField(
                label="其他证据", most=300, required=False, help_text="没有照片的，写明用什么证明，例如台账复印件、执法记录仪录像。"
            ),
        }  # fmt: skip
        from_camera(self.fields[f"{name}_photos"])

    def point_parts(self) -> Iterator[PointPart]:
        """The check points one after the other."""
        for name, (_matter, point) in self.points.items():
            details = [self[f"{name}_{part}"] for part in DETAILS]
            is_open = self[name].value() == PointOutcome.FAILED or any(bound.errors for bound in details)
            hint = "；".join(part for part in (point.get("method", ""), point.get("standard", "")) if part)
            title = f"{point['no']}. {point['content']}"
            yield PointPart(title, hint, self[name], self[f"{name}_photos"], details, is_open)

    def parts(self) -> list[tuple[str, list[Any]]]:
        """The rest of the record, in the order it is filled in."""
        named = (
            ("检查结果", ("result_code", "item_code", "findings", "measures")),
            ("责令改正", OrderFields().names),
            ("在场人员", ("present_person", "present_post", "present_phone", "party_opinion")),
            ("其他照片", ("photos", "photo_purpose")),
        )
        return [(title, [self[name] for name in names]) for title, names in named]

    def signing_part(self) -> list[Any]:
        names = ("signing", "party_signature", "party_paper", "refusal_note", "witness_name", "witness_signature")
        return [self[name] for name in names]

    def result(self, photos: dict[str, Any]) -> NewResult:
        """What the action takes; ``photos`` are the stored ones by the name of the point."""
        data = self.cleaned_data
        points = tuple(
            NewPoint(
                matter, str(point["no"]), data[name], photos=photos.get(name, ()),
                **{part: data[f"{name}_{part}"] or "" for part in DETAILS},
            )
            for name, (matter, point) in self.points.items()
        )  # fmt: skip
        names = NewResult.__dataclass_fields__
        plain = {name: data[name] for name in names if name in data}
        return NewResult(points=points, order=self.order(), **plain)
