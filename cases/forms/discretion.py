"""The discretion form: only the questions this item needs, the amount, the reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from cases.actions.discretion import QUESTIONS
from cases.discretion.deviation import KINDS, Deviation
from cases.discretion.facts import Variable
from cases.discretion.request import AGGRAVATING, MITIGATING
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import AmountField, FlexibleDateField, NarrativeField, ShortTextField

DEVIATION_FIELDS = ("deviation_kind", "deviation_ground", "approval_organ", "approval_no", "approved_on")
FACTORS = [(code, text) for code, (text, _place) in (*MITIGATING.items(), *AGGRAVATING.items())]
YES_NO = [("yes", "是"), ("no", "否")]


def field_for(variable: Variable) -> forms.Field:
    """The input of one fact. Nothing is preselected: an unanswered question stays unknown."""
    if variable.kind == "bool":
        choices = [("yes", variable.yes), ("no", variable.no)]
        return forms.ChoiceField(label=variable.question, choices=choices, widget=forms.RadioSelect)
    if variable.kind == "choice":
        return forms.ChoiceField(label=variable.question, choices=list(variable.choices), widget=forms.RadioSelect)
    text = forms.TextInput(attrs={"inputmode": "decimal"})
    if variable.kind == "int":
        return forms.IntegerField(label=variable.question, min_value=0, max_value=1_000_000, widget=text)
    return forms.DecimalField(label=variable.question, min_value=0, max_digits=12, widget=text)


class DiscretionForm(ActForm):
    """Facts, the questions silence would block, factors, amount and reason."""

    folded = ("偏离裁量基准",)

    def __init__(
        self, *args: Any, variables: tuple[Variable, ...], questions: dict[str, str] = QUESTIONS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.variables, self.questions = variables, questions
        for variable in variables:
            self.fields[f"fact_{variable.name}"] = field_for(variable)
        for code, text in questions.items():
            self.fields[f"ask_{code}"] = forms.ChoiceField(label=f"{text}？", choices=YES_NO, widget=forms.RadioSelect)
        self.fields["answers_note"] = NarrativeField(
            label="上述回答的理由",
            least=5,
            most=2000,
            rows=3,
            help_text="写明依据的证据。首违不罚没有适用的，写明为什么。",
        )
        self.fields["factors"] = forms.MultipleChoiceField(
            label="从轻、减轻或者从重情节", choices=FACTORS, required=False, widget=forms.CheckboxSelectMultiple,
            help_text="已经用来确定档次的情形不要重复勾选。",
        )  # fmt: skip
        self.fields["reduce"] = forms.BooleanField(
            label="减轻处罚（低于法定下限）", required=False,
            help_text="要有法定减轻情节，并在作出决定前经负责人集体讨论。",
        )  # fmt: skip
        self.fields["amount"] = AmountField(
            label="拟罚款（元）", required=False, help_text="填写整数或者两位小数。例如：1000"
        )
        self.fields["reason"] = NarrativeField(label="确定数额的理由", required=False, least=0, most=2000, rows=3)
        self.fields["outlier_reason"] = NarrativeField(
            label="数额和同类案件差别大的理由", required=False, least=0, most=1000, rows=3,
            help_text="罚款不在同类案件通常的范围以内时填，写入案件调查报告。",
        )  # fmt: skip
        self._add_deviation()
        self.fieldsets = (
            ("本案的事实", tuple(f"fact_{v.name}" for v in variables)),
            ("必须回答的问题", (*(f"ask_{code}" for code in questions), "answers_note")),
            ("情节", ("factors", "reduce")),
            ("数额", ("amount", "reason", "outlier_reason")),
            ("偏离裁量基准", DEVIATION_FIELDS),
        )

    def _add_deviation(self) -> None:
        """Rarely needed; nothing chosen means inside the tier."""
        choices = [("", "不偏离，在这一档的幅度以内"), *KINDS.items()]
        self.fields["deviation_kind"] = forms.ChoiceField(
            label="要不要偏离裁量基准？", choices=choices, required=False, widget=forms.RadioSelect,
            help_text="偏离的，要经法制审核和负责人集体讨论。任何情况下不能超出法定幅度。",
        )  # fmt: skip
        self.fields["deviation_ground"] = NarrativeField(
            label="偏离的理由和证据", required=False, least=0, most=2000, rows=3
        )
        self.fields["approval_organ"] = ShortTextField(
            label="批准机关", most=60, required=False, help_text="调整适用上级机关的基准时填，要先报制定机关批准。"
        )
        self.fields["approval_no"] = ShortTextField(label="批准文号", most=60, required=False)
        self.fields["approved_on"] = FlexibleDateField(label="批准日期", required=False, future=False)

    def deviation(self) -> Deviation | None:
        """What was chosen; None stays inside the tier."""
        data = self.cleaned_data
        if not data.get("deviation_kind"):
            return None
        return Deviation(
            data["deviation_kind"], data.get("deviation_ground") or "", data.get("approval_organ") or "",
            data.get("approval_no") or "", data.get("approved_on"),
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What was answered so far, in the engine's types; unanswered or broken answers are left out."""
        found: dict[str, Any] = {}
        for variable in self.variables:
            raw = self.cleaned_data.get(f"fact_{variable.name}")
            if raw in (None, ""):
                continue
            if variable.kind == "bool":
                found[variable.name] = raw == "yes"
            elif variable.kind == "decimal":
                found[variable.name] = Decimal(str(raw))
            else:
                found[variable.name] = raw
        return found

    def answers(self) -> dict[str, bool]:
        found = {code: self.cleaned_data.get(f"ask_{code}") for code in self.questions}
        return {code: value == "yes" for code, value in found.items() if value}

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {
            "version": self.cleaned_data.get("version"),
            "facts": self.facts(),
            "answers": self.answers(),
            "answers_note": self.cleaned_data.get("answers_note", ""),
            "factors": tuple(self.cleaned_data.get("factors") or ()),
            "amount": self.cleaned_data.get("amount"),
            "reason": self.cleaned_data.get("reason", ""),
            "reduce": bool(self.cleaned_data.get("reduce")),
            "outlier_reason": self.cleaned_data.get("outlier_reason", ""),
            "deviation": self.deviation(),
        }
