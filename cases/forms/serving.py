"""Forms around serving, defence, payment and closing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from cases.forms.people import AssistantField, choose_from
from cases.models import AT_ONCE, SENT, PaymentChannel, ReceiverRelation, ServingFailure, ServingMethod
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    AmountField,
    EvidenceFileField,
    FlexibleDateField,
    FlexibleDateTimeField,
    IdNumberField,
    MobileField,
    NarrativeField,
    OutsiderNameField,
    PersonNameField,
    PhoneField,
)

# Cash taken on the spot has pages of its own.
CHANNELS = [(code, title) for code, title in PaymentChannel.choices if code != PaymentChannel.SPOT]


class ServersForm(ActForm):
    """Two officers serve; the one at the screen is the first."""

    second_server = AssistantField(label="另一名送达人")

    def __init__(self, *args: Any, assistants: Any, is_decision: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "second_server", assistants)
        if not is_decision:
            self.fields.pop("party_present", None)


def chosen(methods: tuple[ServingMethod, ...]) -> list[tuple[str, str]]:
    """These methods as choices."""
    return [(one.value, one.label) for one in methods]


class ServingForm(ServersForm):
    """Who received what, where, when, how."""

    recipient = forms.CharField(label="受送达人", max_length=100, required=False, help_text="一般是当事人。")
    method = forms.ChoiceField(
        label="送达方式",
        choices=chosen(AT_ONCE),
        widget=forms.RadioSelect,
        help_text="邮寄、委托、转交、公告送达，请在案件页这份文书下面办理。",
    )
    party_present = forms.BooleanField(label="宣告决定时当事人在场", required=False)
    receiver_name = PersonNameField(label="收件人姓名")
    relation = forms.ChoiceField(label="收件人身份", choices=ReceiverRelation.choices)
    place = forms.CharField(label="送达地点", max_length=200, help_text="电子送达的，填收件的号码或者地址。")
    served_at = FlexibleDateTimeField(
        label="送达时间", future=False, help_text="电子送达的，填系统显示发送成功的时间。"
    )
    refusal_reason = forms.CharField(label="拒收事由", max_length=300, required=False, help_text="留置送达时填写。")
    witness_name = OutsiderNameField(
        label="见证人姓名", required=False, help_text="留置送达时填写，或者上传拍照、录像。"
    )
    through = forms.CharField(
        label="电子方式", max_length=200, required=False, help_text="电子送达时填写。例如：手机短信 13800000000"
    )
    reference = forms.CharField(label="系统发送记录编号", max_length=60, required=False, help_text="电子送达时填写。")
    proof = EvidenceFileField(
        label="送达回证、照片或者发送记录", required=False, help_text="电子送达的，上传系统显示发送成功的记录。"
    )
    fieldsets = (
        (
            "送达",
            (
                "recipient", "method", "party_present", "receiver_name", "relation", "place", "served_at",
                "second_server",
            ),
        ),
        ("拒收时填写", ("refusal_reason", "witness_name")),
        ("电子送达时填写", ("through", "reference")),
        ("凭证", ("proof",)),
    )  # fmt: skip


class SendingForm(ServersForm):
    """Posted, entrusted, or handed to a unit or prison."""

    recipient = forms.CharField(label="受送达人", max_length=100, required=False, help_text="一般是当事人。")
    method = forms.ChoiceField(label="送达方式", choices=chosen(SENT), widget=forms.RadioSelect)
    party_present = forms.BooleanField(label="宣告决定时当事人在场", required=False)
    reason = forms.CharField(
        label="不直接送达的原因", max_length=400, help_text="例如：当事人住所在外县，直接送达有困难"
    )
    through = forms.CharField(
        label="邮政企业、受托机关或者转交单位",
        max_length=200,
        help_text="例如：邮政速递（梨树）、某县交通运输局、某监狱",
    )
    reference = forms.CharField(
        label="邮件编号或者委托函编号", max_length=60, required=False, help_text="邮寄的必填。例如：1234567890123"
    )
    place = forms.CharField(label="寄往或者送往的地址", max_length=200)
    served_at = FlexibleDateTimeField(label="寄出、委托或者交付的时间", future=False)
    no_address_reason = forms.CharField(
        label="没有送达地址确认书的原因",
        max_length=300,
        required=False,
        help_text="案卷里已有确认书的不填。例如：当事人拒绝填写",
    )
    proof = EvidenceFileField(label="邮寄单、委托函照片", required=False)
    fieldsets = (
        ("送达", ("recipient", "method", "party_present", "reason", "through", "reference", "place", "served_at")),
        ("地址和凭证", ("no_address_reason", "second_server", "proof")),
    )


class FailureForm(ServersForm):
    """An attempt that did not reach the recipient."""

    recipient = forms.CharField(label="受送达人", max_length=100, required=False, help_text="一般是当事人。")
    method = forms.ChoiceField(label="采用的方式", choices=chosen(AT_ONCE), widget=forms.RadioSelect)
    failure = forms.ChoiceField(label="未能送达的原因", choices=ServingFailure.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="经过", max_length=400, help_text="写明见到谁、怎么说的。例如：到其住所，房门紧锁，邻居称已外出务工"
    )
    place = forms.CharField(label="前往的地点", max_length=200)
    served_at = FlexibleDateTimeField(label="时间", future=False)
    witness_name = OutsiderNameField(label="见证人或者邻居姓名", required=False)
    proof = EvidenceFileField(label="现场照片、录像", required=False)
    fieldsets = (
        ("经过", ("recipient", "method", "failure", "note", "place", "served_at")),
        ("人员和凭证", ("second_server", "witness_name", "proof")),
    )


class ReceiptForm(ActForm):
    """What came back."""

    is_received = forms.ChoiceField(
        label="结果", choices=[("yes", "已签收"), ("no", "退回、未签收")], widget=forms.RadioSelect
    )
    received_at = FlexibleDateTimeField(
        label="签收或者退回的时间", future=False, help_text="以回执上的日期为准，系统按它计算送达日期。"
    )
    receiver_name = PersonNameField(label="签收人姓名", required=False, help_text="已签收的必填。")
    relation = forms.ChoiceField(
        label="签收人身份", choices=[("", "请选择"), *ReceiverRelation.choices], required=False
    )
    failure = forms.ChoiceField(
        label="没有签收的原因", choices=[("", "请选择"), *ServingFailure.choices], required=False
    )
    note = forms.CharField(label="说明", max_length=300, required=False, help_text="没有签收的必填。")
    receipt = EvidenceFileField(label="回执照片", required=False, help_text="邮寄的必须上传回执。")
    fieldsets = (
        ("结果", ("is_received", "received_at")),
        ("已签收的填写", ("receiver_name", "relation")),
        ("退回、未签收的填写", ("failure", "note")),
        ("凭证", ("receipt",)),
    )

    def clean_is_received(self) -> bool:
        return bool(self.cleaned_data["is_received"] == "yes")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_received"):
            cleaned["failure"] = ""
        return cleaned


class PublicRequestForm(ActForm):
    """Why a public notice is needed, and what it will say."""

    reason = NarrativeField(
        label="公告送达的原因和经过",
        least=10,
        most=450,
        rows=4,
        help_text="写明何时何地用什么方式送达、为什么没有送到。送达回证和案卷要用。",
    )
    summary = NarrativeField(
        label="公告的主要内容",
        least=10,
        most=1000,
        rows=4,
        help_text="任何人都能看到，不要写证件号码、手机号码、车牌。",
    )


class PublicationForm(ServersForm):
    """The notice was put up."""

    published_at = FlexibleDateTimeField(label="公告时间", future=False)
    through = forms.CharField(
        label="公告张贴或者刊登在哪里", max_length=200, help_text="例如：梨树县交通运输局公告栏、县政府网站"
    )
    photo = EvidenceFileField(label="公告照片")
    fieldsets = (("公告", ("published_at", "through", "photo", "second_server")),)


class AddressForm(ActForm):
    """送达地址确认书."""

    receiver_name = PersonNameField(label="收件人姓名")
    relation = forms.ChoiceField(label="与当事人关系", choices=ReceiverRelation.choices)
    id_kind = forms.CharField(label="证件类型", max_length=30, required=False, help_text="例如：居民身份证")
    id_number = IdNumberField(label="证件号码", required=False)
    accepts_electronic = forms.ChoiceField(
        label="是否接受电子送达", choices=[("yes", "接受"), ("no", "不接受")], widget=forms.RadioSelect
    )
    mobile = MobileField(label="手机号")
    email = forms.EmailField(label="电子邮箱", max_length=100, required=False)
    fax = PhoneField(label="传真", required=False)
    other_means = forms.CharField(label="其他电子方式", max_length=100, required=False)
    address = forms.CharField(label="邮寄地址", max_length=200)
    postcode = forms.CharField(label="邮编", max_length=6, required=False)
    signed_on = FlexibleDateField(label="签署日期", future=False)
    file = EvidenceFileField(label="签名或者盖章后的确认书照片")
    remarks = forms.CharField(label="备注", max_length=200, required=False)
    fieldsets = (
        ("收件人", ("receiver_name", "relation", "id_kind", "id_number")),
        ("电子送达", ("accepts_electronic", "mobile", "email", "fax", "other_means")),
        ("邮寄", ("address", "postcode")),
        ("签署", ("signed_on", "file", "remarks")),
    )

    def clean_accepts_electronic(self) -> bool:
        return bool(self.cleaned_data["accepts_electronic"] == "yes")


class PaymentForm(ActForm):
    """One fiscal receipt; the additional fine stands apart from the fine."""

    receipt_no = forms.CharField(label="财政票据号", max_length=40, help_text="在票据右上角。例如：22000012345678")
    amount = AmountField(label="罚款金额（元）", help_text="只填罚款部分；只缴加处罚款的填 0。")
    additional = AmountField(label="加处罚款金额（元）", required=False, help_text="没有加处罚款的不填。")
    paid_on = FlexibleDateField(label="缴款日期", future=False)
    channel = forms.ChoiceField(
        label="缴款渠道", choices=CHANNELS, initial=PaymentChannel.BANK, widget=forms.RadioSelect,
        help_text="执法人员不收现金，也不用个人收款码收款。",
    )  # fmt: skip
    proof = EvidenceFileField(label="票据照片", required=False)

    def clean_additional(self) -> Decimal:
        return self.cleaned_data["additional"] or Decimal("0.00")


class ClosingForm(ActForm):
    """The closing report's own words; result and execution are prefilled from the case."""

    result = NarrativeField(label="处理结果", least=5, most=2000, rows=4)
    execution = NarrativeField(label="执行情况", least=5, most=2000, rows=4)


class EmptyForm(ActForm):
    """An act that needs no words of its own."""
