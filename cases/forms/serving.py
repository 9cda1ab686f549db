"""Forms around serving, defence, payment and closing."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.people import AssistantField, choose_from
from cases.models import DefenceKind, ReceiverRelation, ServingMethod
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    AmountField,
    EvidenceFileField,
    FlexibleDateField,
    FlexibleDateTimeField,
    NarrativeField,
    PersonNameField,
)


class ServingForm(ActForm):
    """Who received what, where, when, how."""

    method = forms.ChoiceField(label="送达方式", choices=ServingMethod.choices, widget=forms.RadioSelect)
    receiver_name = PersonNameField(label="收件人姓名")
    relation = forms.ChoiceField(label="收件人身份", choices=ReceiverRelation.choices)
    place = forms.CharField(label="送达地点", max_length=200)
    served_at = FlexibleDateTimeField(label="送达时间", future=False)
    second_server = AssistantField(label="另一名送达人")
    refusal_reason = forms.CharField(label="拒收事由", max_length=300, required=False, help_text="留置送达时填写。")
    witness_name = PersonNameField(label="见证人姓名", required=False, help_text="留置送达时填写，或者上传拍照、录像。")
    proof = EvidenceFileField(label="送达回证或者照片", required=False)
    fieldsets = (
        ("送达", ("method", "receiver_name", "relation", "place", "served_at", "second_server")),
        ("拒收时填写", ("refusal_reason", "witness_name", "proof")),
    )

    def __init__(self, *args: Any, assistants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "second_server", assistants)


class DefenceForm(ActForm):
    """What the party said to the notice."""

    kind = forms.ChoiceField(label="当事人的表示", choices=DefenceKind.choices, widget=forms.RadioSelect)
    received_at = FlexibleDateTimeField(label="收到或者记录的时间", future=False)
    content = NarrativeField(label="陈述申辩内容", required=False, least=0, most=20000, rows=8)
    hearing_requested = forms.BooleanField(label="当事人要求听证", required=False)


class DefenceReviewForm(ActForm):
    """The review of each point raised."""

    is_adopted = forms.ChoiceField(
        label="是否采纳", choices=[("yes", "采纳"), ("no", "不采纳")], widget=forms.RadioSelect
    )
    review = NarrativeField(
        label="复核情况和理由", least=10, most=5000, rows=6, help_text="逐项写明当事人提出的事实、理由是否成立。"
    )

    def clean_is_adopted(self) -> bool:
        return bool(self.cleaned_data["is_adopted"] == "yes")


class PaymentForm(ActForm):
    """One fiscal receipt."""

    receipt_no = forms.CharField(label="财政票据号", max_length=40, help_text="在票据右上角。例如：22000012345678")
    amount = AmountField(label="缴款金额（元）")
    paid_on = FlexibleDateField(label="缴款日期", future=False)
    proof = EvidenceFileField(label="票据照片", required=False)


class ClosingForm(ActForm):
    """The closing report's own words; result and execution are prefilled from the case."""

    result = NarrativeField(label="处理结果", least=5, most=2000, rows=4)
    execution = NarrativeField(label="执行情况", least=5, most=2000, rows=4)


class EmptyForm(ActForm):
    """An act that needs no words of its own."""
