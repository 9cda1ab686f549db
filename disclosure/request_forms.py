"""Forms of what is asked of a public record: correction, withdrawal, exclusion, objection, credit repair."""

from __future__ import annotations

from typing import Any

from django import forms

from disclosure.correcting import TITLES
from disclosure.forms import why_late
from disclosure.models import RULED, ExclusionGround, ObjectionOutcome, ObjectionWay, Withdrawal, WithdrawalReason
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import EvidenceFileField
from lishu_law.web.uploads import PDF, PHOTO

REMADE = ""
PAPER_KINDS = PDF | PHOTO
_AGREE = [("yes", "同意"), ("no", "不同意")]


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _text(label: str, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class CorrectionFields(ActForm):
    """Which words of the public copy are wrong. Nothing chosen: made anew from the decision."""

    field = forms.ChoiceField(
        label="更正哪一项",
        required=False,
        choices=[(REMADE, "按决定书重新生成公开内容"), *TITLES.items()],
        help_text="案件资料已经改正、遮盖有误的，选“按决定书重新生成”。",
    )
    wrong = forms.CharField(label="现在公开的错误文字", required=False, max_length=300, strip=True)
    right = forms.CharField(label="更正为", required=False, max_length=300, help_text="留空表示删去错误的文字。")
    note = forms.CharField(
        label="向社会公开的更正说明", required=False, max_length=200, help_text="4 到 200 字，例如：地点录入有误。"
    )


class ProposeCorrectionForm(CorrectionFields):
    reason = _text("错误怎样发现、怎样核实", max_length=500)


class DecideCorrectionForm(ActForm):
    """``answers_late``: agreeing answers an objection after its last day."""

    agree = forms.ChoiceField(label="审核意见", choices=_AGREE, widget=forms.RadioSelect)
    opinion = _text("说明", required=False, max_length=500, help_text="不同意的，写明理由。")
    late_reason = why_late()

    def __init__(self, *args: Any, answers_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not answers_late:
            del self.fields["late_reason"]


class ProposeWithdrawalForm(ActForm):
    """``is_legacy``: an earlier decision may also be withdrawn for what a ruling says; ours come from the case."""

    reason_code = forms.ChoiceField(label="撤回原因")
    event_on = _day("生效日期", help_text="变更、撤销等文书生效的日期，或者发现不应当公示的日期。撤回期限从这天起算。")
    basis_no = forms.CharField(label="据以撤回的文书", max_length=128, help_text="文书名称和文号。")
    reason = _text("向社会公开的撤回理由", 4, max_length=500, help_text="20 到 500 字，不写当事人姓名、号码和号牌。")

    def __init__(self, *args: Any, is_legacy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(one.value, str(one.label)) for one in WithdrawalReason if is_legacy or one not in RULED]
        self.fields["reason_code"].choices = shown  # type: ignore[attr-defined]


class RefuseWithdrawalForm(ActForm):
    """``has_fallen`` is asked only where the request says that the decision fell."""

    has_fallen = forms.ChoiceField(label="原决定", choices=(), widget=forms.RadioSelect)
    refusal = _text(
        "不同意的理由",
        4,
        max_length=500,
        help_text="告知提请人，不向社会公开。写明哪一处不对、怎样补正后可以重新提请。",
    )

    def __init__(self, *args: Any, wanted: Withdrawal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wanted is None or wanted.reason_code not in RULED:
            del self.fields["has_fallen"]
            return
        word = wanted.get_reason_code_display()
        field = self.fields["has_fallen"]
        field.label = f"原决定是不是确实已{word}"
        field.choices = [  # type: ignore[attr-defined]
            ("yes", f"确实已{word}，只是提请的内容有误（期限不停，应当重新提请）"),
            ("no", f"没有{word}（不用撤回，期限终止）"),
        ]


class ProposeExclusionForm(ActForm):
    code = forms.ChoiceField(
        label="不予公示的情形",
        choices=[("", "请选择"), *((one.value, f"{one.value} {one.label}") for one in ExclusionGround)],
    )
    reason = _text("为什么属于这一种情形", max_length=500)
    basis_no = forms.CharField(
        label="依据文件",
        max_length=128,
        required=False,
        help_text="法律禁止或者经批准不公开的（X06），必须填写条文或者文号。",
    )
    paper = EvidenceFileField(
        label="上传依据文件",
        required=False,
        kinds=PAPER_KINDS,
        help_text="PDF 或者照片，只供决定人和复核人看。X06 必须上传。涉及国家秘密的文件不得传入本系统。",
    )


class DecideExclusionForm(ActForm):
    agree = forms.ChoiceField(label="决定", choices=[("yes", "不予公示"), ("no", "应当公示")], widget=forms.RadioSelect)
    opinion = _text("说明", required=False, max_length=500, help_text="认为应当公示的，写明理由。")


class ReviewExclusionForm(ActForm):
    keep = forms.ChoiceField(
        label="复核结果", choices=[("yes", "继续不予公示"), ("no", "解除，转回待审草稿")], widget=forms.RadioSelect
    )
    opinion = _text("复核情况和理由", max_length=500)


class ObjectionForm(ActForm):
    received_on = _day("收到日期")
    way = forms.ChoiceField(
        label="提出方式",
        choices=[(one.value, str(one.label)) for one in ObjectionWay if one is not ObjectionWay.ONLINE],
    )
    applicant = forms.CharField(label="提出人", max_length=100, help_text="加密保存，不公开。")
    contact = forms.CharField(label="联系方式", max_length=100, required=False, help_text="加密保存，不公开。")
    identity = forms.CharField(
        label="身份怎样核对", max_length=200, help_text="例如：核对了法定代表人证件和单位介绍信。不写证件号码。"
    )
    claim = _text("认为哪里有误", 4, max_length=2000)


class DecideObjectionForm(CorrectionFields):
    fieldsets = (
        ("核实和答复", ("findings", "outcome", "answer", "late_reason")),
        ("属实、予以更正的，填写这些", ("field", "wrong", "right", "note")),
        ("属实、予以撤回的，填写这些", ("reason_code", "event_on", "basis_no", "reason")),
    )
    findings = _text("核实情况", max_length=2000, help_text="核对了哪些材料、结果如何。")
    outcome = forms.ChoiceField(label="处理", choices=ObjectionOutcome.choices, widget=forms.RadioSelect)
    answer = _text("答复内容", 4, max_length=2000, help_text="告知提出人的内容；不予更正的写明理由。")
    late_reason = forms.CharField(label="超期原因", required=False, max_length=300, help_text="超过答复期限的才填。")
    reason_code = forms.ChoiceField(label="撤回原因", required=False)
    event_on = _day("生效日期", required=False)
    basis_no = forms.CharField(label="据以撤回的文书", max_length=128, required=False)
    reason = _text("向社会公开的撤回理由", 4, required=False, max_length=500, help_text="20 到 500 字。")

    def __init__(self, *args: Any, is_legacy: bool, is_shown: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(one.value, str(one.label)) for one in WithdrawalReason if is_legacy or one not in RULED]
        self.fields["reason_code"].choices = [("", "—"), *shown]  # type: ignore[attr-defined]
        here = (ObjectionOutcome.CORRECTED, ObjectionOutcome.WITHDRAWN) if is_shown else (ObjectionOutcome.ENDED,)
        outcomes = [(one.value, str(one.label)) for one in (*here, ObjectionOutcome.REFUSED)]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == ObjectionOutcome.WITHDRAWN:
            for name in ("reason_code", "event_on"):
                if not data.get(name):
                    self.add_error(name, "予以撤回的，这一项要填。")
        return data


class RepairForm(ActForm):
    application_no = forms.CharField(label="信用中国的申请编号", max_length=60)
    applied_on = _day("申请日期")
    received_on = _day("收到日期")
    evidence = _text("收到的材料", max_length=2000, help_text="缴款凭证、整改材料等。不写证件号码和银行账号。")
    has_commitment = forms.BooleanField(label="已提交信用承诺书", required=False)


class DecideRepairForm(ActForm):
    agree = forms.ChoiceField(label="决定", choices=_AGREE, widget=forms.RadioSelect)
    confirmed = forms.BooleanField(
        label="已核对材料", required=False, help_text="系统没有数据的条件，核对缴款凭证和整改材料后勾选。"
    )
    reasons = _text("理由", 4, max_length=2000, help_text="告知申请人。不同意的，逐项写明哪一条不符合。")
    is_false = forms.BooleanField(label="材料虚假", required=False, help_text="记录在案，一段时间内不再受理。")
    late_reason = forms.CharField(label="超期原因", required=False, max_length=300, help_text="超过办理期限的才填。")
