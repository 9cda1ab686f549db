"""Forms of the summary procedure: a phone at the roadside, choices with one tap, everything known prefilled."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from cases.forms.clue import ActFacts
from cases.forms.discretion import DEVIATION_FIELDS, DiscretionForm
from cases.forms.investigation import AT_THE_SCENE
from cases.forms.late_entry import LatePart
from cases.models import BlankNumber, Case, CasePerson, PaymentWay, ReceiverRelation, Signing
from lishu_law import clock
from lishu_law.registry.details import PartyDetails
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    EvidenceFileField,
    FlexibleDateTimeField,
    MultipleFileField,
    NarrativeField,
    OfficerChoiceField,
    OutsiderNameField,
    PersonNameField,
    ShortTextField,
)
from lishu_law.web.party_fields import PartyFields, VehicleFields
from lishu_law.web.uploads import PHOTO

YES_NO = [("no", "没有"), ("yes", "有")]
DRIVER, KNOWN, OTHER = "driver", "known", "other"
REASONS = [
    ("当事人对违法事实有争议，当场不能查清", "当事人对违法事实有争议，当场不能查清"),
    ("证据不在现场，需要进一步调查取证", "证据不在现场，需要进一步调查取证"),
    ("罚款数额超过当场处罚的上限", "罚款数额超过当场处罚的上限"),
    ("应当给予警告、罚款以外的处罚或者不予处罚", "应当给予警告、罚款以外的处罚，或者不予处罚"),
    ("当事人是未成年人，或者精神、智力状况有疑问", "当事人是未成年人，或者精神、智力状况有疑问"),
    ("已经或者需要采取行政强制措施", "已经或者需要采取行政强制措施"),
    ("涉及当事人的听证权利", "涉及当事人的听证权利"),
    ("其他原因", "其他原因（在下面写明）"),
]


class SummaryForm(ActFacts, VehicleFields):
    """What was found, where there is no inspection record to take it from."""

    vehicle_required = False
    assistant = OfficerChoiceField(label="另一名执法人员", help_text="主办人是您本人。")
    fieldsets = (
        ("什么事", ActFacts.FACT_NAMES),
        ("车辆", ("vehicle_plate", "vehicle_type_name", "vehicle_plate_kind", "vehicle_plate_reason")),
        ("人员", ("assistant",)),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        del self.fields["vehicle_transport_certificate_no"]
        assistant = self.fields["assistant"]
        assert isinstance(assistant, OfficerChoiceField)
        assistant.on_day(clock.today(), without=user)


class IdentifyForm(LatePart, PartyFields):
    """Who the party is: the driver met or the business known from the inspection with one tap, else typed."""

    licence_shown = forms.BooleanField(label="已向当事人出示执法证件")
    mental_doubt = forms.ChoiceField(
        label="当事人的精神、智力状况有没有疑问？", choices=YES_NO, widget=forms.RadioSelect
    )
    who = forms.ChoiceField(label="当事人是谁？", choices=(), widget=forms.RadioSelect)
    fieldsets = (
        ("亮证和当事人", ("licence_shown", "mental_doubt", "who")),
        ("住址和电话", ("party_address", "party_phone")),
        (
            "其他人的证件内容",
            ("party_kind", "party_name", "party_id_number", "party_uscc", "party_person_name", "party_id_kind",
             "party_gender"),
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, driver: CasePerson | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.driver = case, driver
        choices = [(KNOWN, case.party.name)] if case.party else []
        choices += [(DRIVER, f"{driver.get_role_display()}{driver.name}本人")] if driver else []
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (OTHER, "其他人（在下面填写证件内容）")]
        self.initial.setdefault("who", choices[0][0] if choices else OTHER)
        for name in ("party_kind", "party_name"):
            self.fields[name].required = False
        del self.fields["party_person_post"]
        self.fields["party_address"].help_text = self._known_address()

    @property
    def is_other(self) -> bool:
        """Is somebody else to be typed, or wrong among what was typed?"""
        chosen = self.data.get("who") if self.is_bound else self.initial.get("who")
        return chosen == OTHER or bool(set(self.errors) & set(self.fieldsets[-1][1]))

    def _known_address(self) -> str:
        is_known = bool(self.case.party and self.case.party.address)
        return "已登记，不显示。不改请留空。" if is_known else "照证件填写。决定书要用到它。"

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        who = cleaned.get("who")
        if who == DRIVER and self.driver:
            cleaned.update(party_kind="citizen", party_name=self.driver.name, party_uscc="", party_person_name="")
            self.kept = {"id_number": self.driver.id_number, "phone": self.driver.phone}
        elif who == KNOWN and self.case.party:
            names = PartyDetails.__dataclass_fields__
            self.kept = {name: getattr(self.case.party, name) for name in names}
            cleaned.update(party_kind=self.kept["kind"], party_name=self.kept["name"])
        elif who == OTHER and not cleaned.get("party_kind"):
            self.add_error("party_kind", "请选择当事人是个人、单位还是个体工商户。")
            return cleaned
        super().clean()
        return {
            "version": cleaned.get("version"),
            "licence_shown": cleaned.get("licence_shown", False),
            "mental_doubt": cleaned.get("mental_doubt") == "yes",
            "party": getattr(self, "party_details", None),
            "late": self.late,
        }


# Nobody leaves the roadside with a record still to be signed.


class SceneForm(LatePart):
    """Photos in a row, and the on-scene record with its signature."""

    photos = MultipleFileField(label="现场照片", kinds=PHOTO, required=False, help_text="可以连拍几张。")
    body = NarrativeField(
        label="现场笔录", required=False, least=0, most=5000, rows=5,
        help_text="客观写明看到的情况，不写结论。已有照片的可以清空不写。",
    )  # fmt: skip
    signing = forms.ChoiceField(
        label="笔录签名", choices=AT_THE_SCENE, widget=forms.RadioSelect, initial=Signing.SIGNED
    )
    refusal_note = ShortTextField(label="拒签情况", most=300, required=False, help_text="拒绝签名时填写。")
    witness_name = OutsiderNameField(label="见证人姓名", required=False, help_text="拒绝签名时填写。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs.update({"accept": "image/*", "capture": "environment"})


class SpotDiscretionForm(DiscretionForm):
    """Numbers the tiers do not turn on stay empty: what the benchmark needs and does not get, it asks for itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DEVIATION_FIELDS:  # never on the spot: the heads would have to discuss it
            del self.fields[name]
        for variable in self.variables:
            if variable.kind in {"int", "decimal"}:
                field = self.fields[f"fact_{variable.name}"]
                field.required, field.help_text = False, "没有测量、与本案档次无关的可以不填。"


class TellForm(LatePart):
    told = forms.BooleanField(label="已把上面的内容当面告诉当事人")


class HearForm(LatePart):
    """What the party said; nothing to type where there is no objection."""

    kind = forms.ChoiceField(
        label="当事人怎么说？",
        choices=[("none", "没有意见"), ("stated", "提出了意见"), ("disputed", "对事实有争议，当场不能查清")],
        widget=forms.RadioSelect,
    )
    statement = NarrativeField(
        label="当事人提出的意见", required=False, least=0, most=2000, rows=3, help_text="没有意见的不填。"
    )
    is_adopted = forms.ChoiceField(
        label="复核结果", required=False, choices=[("yes", "采纳"), ("no", "不采纳")], widget=forms.RadioSelect
    )
    review = NarrativeField(label="复核理由", required=False, least=0, most=2000, rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, statement = cleaned.get("kind"), (cleaned.get("statement") or "").strip()
        if kind == "stated" and not statement and "statement" not in self.errors:
            self.add_error("statement", "请写下当事人提出的意见。没有意见的请选“没有意见”。")
        if kind == "none" and statement:
            self.add_error("kind", "下面写了当事人的意见，请改选“提出了意见”，或者清空意见。")
        adopted = cleaned.get("is_adopted")
        return {
            "version": cleaned.get("version"),
            "statement": statement,
            "review": cleaned.get("review") or "",
            "is_adopted": adopted == "yes" if adopted else None,
            "is_disputed": kind == "disputed",
            "late": cleaned.get("late"),
        }


class DecideForm(ActForm):
    """How the fine is to be paid; a warning asks nothing. ``most``: up to which fine officers may always collect."""

    payment_way = forms.ChoiceField(
        label="罚款怎么缴？", choices=PaymentWay.choices, widget=forms.RadioSelect, initial=PaymentWay.BANK
    )
    payment_reason = ShortTextField(
        label="当场收缴的理由", most=300, required=False,
        help_text="难以执行或者边远地区当场收缴的要写明。例如：外省车辆，当事人在本地没有住所。",
    )  # fmt: skip
    is_asked_by_party = forms.BooleanField(label="当事人自己提出当场缴款（边远、水上、交通不便地区）", required=False)

    def __init__(self, *args: Any, amount: Decimal | None, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not amount:
            for name in ("payment_way", "payment_reason", "is_asked_by_party"):
                del self.fields[name]
            return
        ways = [one for one in PaymentWay.choices if one[0] != PaymentWay.WITHIN_100 or amount <= most]
        field = self.fields["payment_way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways


class PaperDecideForm(DecideForm):
    """The decision stands on a numbered blank form already. ``blanks``: the open numbers of the case's officers."""

    blank = forms.ModelChoiceField(
        label="纸质决定书的号码", queryset=BlankNumber.objects.none(), empty_label="请选择",
        error_messages={"required": "请选择纸质决定书上的号码。", "invalid_choice": "这个号码不是本案执法人员领用的，或者已经交代过了。"},
    )  # fmt: skip
    written_at = FlexibleDateTimeField(label="纸质决定书填写的时间", future=False)
    paper_reason = ShortTextField(label="当时为什么没有在系统里作决定", most=300, help_text="例如：现场没有网络。")
    scan = EvidenceFileField(label="纸质决定书的照片或者扫描件")
    is_same = forms.BooleanField(label="已逐项核对，系统里的事实、依据、数额与纸质决定书一致", required=False)

    def __init__(self, *args: Any, blanks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blank"].queryset = blanks  # type: ignore[attr-defined]


class HandOverForm(LatePart):
    receiver_name = PersonNameField(label="签收人")
    relation = forms.ChoiceField(label="签收人身份", choices=ReceiverRelation.choices)
    signing = forms.ChoiceField(
        label="签收情况",
        choices=[(Signing.SIGNED.value, "已签名并收下"), (Signing.REFUSED.value, "拒绝签收")],
        widget=forms.RadioSelect,
        initial=Signing.SIGNED,
    )
    refusal_note = ShortTextField(
        label="拒签情况", most=300, required=False, help_text="拒绝签收时填写，并在决定书上注明。"
    )


RECEIPT_HELP = "财政部门统一制发的专用票据，票据右上角的号码。例如：22000012345678"


class CollectForm(LatePart):
    receipt_no = ShortTextField(label="专用票据号", most=40, help_text=RECEIPT_HELP)
    proof = EvidenceFileField(label="票据照片", required=False)


class CollectRemoteForm(CollectForm):
    reason = NarrativeField(
        label="边远、交通不便和缴款困难的情况", least=5, most=300, rows=3,
        help_text="写明地点和当事人到银行缴款有什么困难。",
    )  # fmt: skip
    is_asked_by_party = forms.BooleanField(label="当事人自己提出当场缴款", required=False)


class HandInForm(ActForm):
    hand_in_no = ShortTextField(label="交款凭证号", most=40, help_text="本单位财务开具的收款凭证号码。")


class BankForm(ActForm):
    bank_slip_no = ShortTextField(label="银行缴款凭证号", most=40, help_text="银行回单上的号码。")


class ReportForm(ActForm):
    reason = ShortTextField(label="超期原因", most=300, required=False, help_text="五日内报备案的不填。")


class TurnForm(ActForm):
    """Why the case leaves the summary procedure: one tap, and words where needed."""

    ground = forms.ChoiceField(label="为什么转普通程序？", choices=REASONS, widget=forms.RadioSelect)
    note = ShortTextField(label="具体情况", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ground, note = cleaned.get("ground", ""), (cleaned.get("note") or "").strip()
        if ground == "其他原因" and not note:
            self.add_error("note", "请写明是什么原因。立案时要用到它。")
        reason = "：".join(part for part in (ground, note) if part)
        return {"version": cleaned.get("version"), "reason": reason}
