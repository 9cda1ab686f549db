"""The discretion form: only the questions this item needs, the amount, the reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from cases.actions.discretion import QUESTIONS
from cases.discretion.facts import Variable
from cases.discretion.request import AGGRAVATING, MITIGATING
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import AmountField, NarrativeField

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

    def __init__(self, *args: Any, variables: tuple[Variable, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variables = variables
        for variable in variables:
            self.fields[f"fact_{variable.name}"] = field_for(variable)
        for code, text in QUESTIONS.items():
            self.fields[f"ask_{code}"] = forms.ChoiceField(label=f"{text}？", choices=YES_NO, widget=forms.RadioSelect)
        self.fields["answers_note"] = NarrativeField(
            label="上述回答的理由",
            least=5,
            most=2000,
            rows=3,
            help_text="写明依据的证据。首违不罚没有适用的，写明为什么。",
        )
        choices = [(code, text) for code, (text, _place) in (*MITIGATING.items(), *AGGRAVATING.items())]
        self.fields["factors"] = forms.MultipleChoiceField(
            label="从轻、减轻或者从重情节", choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            help_text="已经用来确定档次的情形不要重复勾选。",
        )  # fmt: skip
        self.fields["amount"] = AmountField(
            label="拟罚款（元）", required=False, help_text="填写整数或者两位小数。例如：1000"
        )
        self.fields["reason"] = NarrativeField(label="确定数额的理由", required=False, least=0, most=2000, rows=3)
        self.fieldsets = (
            ("本案的事实", tuple(f"fact_{v.name}" for v in variables)),
            ("必须回答的问题", (*(f"ask_{code}" for code in QUESTIONS), "answers_note")),
            ("情节", ("factors",)),
            ("数额", ("amount", "reason")),
        )

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
        found = {code: self.cleaned_data.get(f"ask_{code}") for code in QUESTIONS}
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
        }
