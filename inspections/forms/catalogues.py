"""Forms of the two published catalogues: one matter with its check points (inspection.md §5.3), one power."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.forms import (
    BooleanField,
    CheckboxSelectMultiple,
    DecimalField,
    ModelChoiceField,
    MultipleChoiceField,
    RegexField,
    ValidationError,
)

from cases.api import violations
from inspections.models import OUTCOMES, BodyLevel, CapRule, Category, Form, Method, PowerKind
from lishu_law.registry.identity import InvalidValue, normalise
from lishu_law.registry.models import Industry
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateField, NarrativeField, OneChoiceField, ShortTextField
from lishu_law.web.loading.columns import narrative, words

SEPARATORS = str.maketrans("、，,；;", "     ")


def _several(label: str, choices: Any) -> MultipleChoiceField:
    """Some of the choices; none ticked allows all."""
    return MultipleChoiceField(
        label=label, choices=choices, required=False, widget=CheckboxSelectMultiple, help_text="都不选表示全部适用"
    )


class PowerForm(ActForm):
    """One power."""

    fieldsets = (
        ("权力", ("code", "name", "sub_item", "kind", "basis", "body", "section", "level")),
        ("责任", ("duties", "duty_basis", "liability", "complaint_phone")),
        ("公布", ("published_on", "valid_from", "valid_to")),
    )
    code = ShortTextField(label="权力编码", most=40)
    name = ShortTextField(label="权力名称", most=200)
    sub_item = ShortTextField(label="子项", most=200, required=False)
    kind = OneChoiceField(label="权力类别", choices=PowerKind.choices)
    basis = NarrativeField(label="设定依据", most=5000, rows=5)
    body = ShortTextField(label="实施主体", most=100)
    section = ShortTextField(label="承办机构", most=60, required=False)
    level = OneChoiceField(label="行使层级", choices=BodyLevel.choices, required=False, placeholder="不填")
    duties = NarrativeField(label="责任事项", most=5000, rows=4, required=False)
    duty_basis = NarrativeField(label="责任依据", most=5000, rows=3, required=False)
    liability = NarrativeField(label="追责情形", most=5000, rows=3, required=False)
    complaint_phone = ShortTextField(label="监督电话", most=30, required=False)
    published_on = FlexibleDateField(label="公布日期", required=False)
    valid_from = FlexibleDateField(label="生效日期")
    valid_to = FlexibleDateField(label="失效日期", required=False)


class MatterForm(ActForm):
    """One matter; its check points one a line: 编号｜内容｜方法｜标准."""

    fieldsets = (
        (
            "事项",
            ("item_code", "list_code", "is_confirmed", "name", "sub_item", "object_class", "is_key", "violations"),
        ),
        ("依据和层级", ("basis", "basis_kind", "body_level", "exercised_level")),
        ("适用范围", ("industries", "forms", "methods", "categories", "at_roadside")),
        ("怎么查", ("frequency", "cap_rule", "draw_ratio", "points")),
        ("公布", ("published_on", "valid_from", "valid_to")),
    )
    item_code = RegexField(
        r"^[0-9]{14}$", label="事项编码", help_text="14 位数字", error_messages={"invalid": "事项编码应是 14 位数字。"}
    )
    list_code = RegexField(
        r"^[0-9A-Z]{18}[1-5][0-9A-Z]{0,21}$", label="检查实施清单编码", required=False, strip=True,
        help_text="前 18 位是实施机构的信用代码，第 19 位是层级（1–5）；没有公布的不填",
        error_messages={"invalid": "编码应是 18 位信用代码加 1 位层级（1–5），后面最多再有 21 位字母或数字。"},
    )  # fmt: skip
    is_confirmed = BooleanField(label="编码已经和公布的清单核对过", required=False)
    name = ShortTextField(label="事项名称", most=100)
    sub_item = ShortTextField(label="子项", most=100, required=False)
    object_class = ShortTextField(label="检查对象", most=30)
    violations = ShortTextField(
        label="关联案由", most=1000, required=False, help_text="案由代码，用空格隔开，例如：frt-scatter road-spill"
    )
    basis = ShortTextField(label="检查依据", most=300, help_text="法律法规的名称和条款")
    basis_kind = ShortTextField(label="设定依据", most=60, required=False, help_text="例如：行政法规")
    body_level = OneChoiceField(label="实施层级", choices=BodyLevel.choices, required=False, placeholder="不填")
    exercised_level = OneChoiceField(label="行使层级", choices=BodyLevel.choices, required=False, placeholder="不填")
    industries = _several("适用行业", Industry.choices)
    forms = _several("检查形式", Form.choices)
    methods = _several("检查方式", Method.choices)
    categories = _several("检查类别", Category.choices)
    frequency = ShortTextField(label="检查频次", most=100, required=False)
    cap_rule = ModelChoiceField(
        CapRule.objects.order_by("industry", "risk_class", "valid_from"), label="年度上限", required=False,
        empty_label="按本局统一的上限",
    )  # fmt: skip
    draw_ratio = DecimalField(
        label="抽取比例", required=False, max_digits=5, decimal_places=2, min_value=Decimal("0.01"),
        max_value=Decimal(100), help_text="每年百分之几",
    )  # fmt: skip
    is_key = BooleanField(label="重点事项", required=False)
    at_roadside = BooleanField(label="巡查时可以查", required=False)
    points = NarrativeField(
        label="检查点",
        most=20_000,
        rows=8,
        help_text="一行一个：编号｜内容｜方法｜标准，例如：1｜许可证是否有效｜查验证件｜在有效期内",
    )
    published_on = FlexibleDateField(label="公布日期", required=False)
    valid_from = FlexibleDateField(label="生效日期")
    valid_to = FlexibleDateField(label="失效日期", required=False)

    def clean_list_code(self) -> str:
        return str(self.cleaned_data["list_code"] or "")

    def clean_violations(self) -> list[str]:
        codes = list(dict.fromkeys(normalise.half_width(self.cleaned_data["violations"]).translate(SEPARATORS).split()))
        known = {one.code for one in violations()}
        unknown = [code for code in codes if code not in known]
        if unknown:
            text = f"没有“{unknown[0][:30]}”这个案由代码。请照裁量基准里的填。"
            raise ValidationError(text, code="violations")
        return codes

    def clean_points(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for line, text in enumerate(str(self.cleaned_data["points"]).splitlines(), 1):
            if text.strip():
                found.append(_point(line, text, {one["no"] for one in found}))
        return found


def _point(line: int, text: str, taken: set[str]) -> dict[str, Any]:
    parts = [part.strip() for part in text.replace("|", "｜").split("｜")]
    if len(parts) not in (4, 5) or not all(parts[:4]):
        raise ValidationError(f"第 {line} 行要写成“编号｜内容｜方法｜标准”四段。", code="points")
    if parts[0] in taken:
        raise ValidationError(f"第 {line} 行的检查点编号和前面重复。", code="points")
    try:
        point: dict[str, Any] = {
            "no": words(20)(parts[0]), "content": narrative(300)(parts[1]), "method": narrative(300)(parts[2]),
            "standard": narrative(500)(parts[3]),
        }  # fmt: skip
    except InvalidValue as wrong:
        raise ValidationError(f"第 {line} 行：{wrong.message}", code="points") from None
    if len(parts) == 5:
        options = parts[4].split("、")
        if not set(options) <= set(OUTCOMES):
            raise ValidationError(f"第 {line} 行的结果选项只能是：{'、'.join(OUTCOMES)}。", code="points")
        point["options"] = options
    return point


def points_text(points: list[dict[str, Any]]) -> str:
    """The points of a matter as the form shows them."""
    lines = ["｜".join(one[key] for key in ("no", "content", "method", "standard")) for one in points]
    options = ["｜" + "、".join(one["options"]) if one.get("options") else "" for one in points]
    return "\n".join(line + more for line, more in zip(lines, options, strict=True))
