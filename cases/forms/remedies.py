"""Forms of reviews, lawsuits, rulings and refunds: shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms.opinions import DecisionApprovalForm
from cases.models import RemedyKind, RemedyOutcome, RemedyProcedure, RemedyRoute, RulingEffect
from cases.procedure.states import State
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import AmountField, EvidenceFileField, FlexibleDateField, NarrativeField

BACK_TO = [
    ("", "不适用"),
    (State.INVESTIGATION.value, "重新调查取证"),
    (State.NOTICE_DUE.value, "重新告知（事实已经查清）"),
]


class RemedyForm(ActForm):
    """A review application or complaint that came in."""

    kind = forms.ChoiceField(label="是什么", choices=RemedyKind.choices, widget=forms.RadioSelect)
    route = forms.ChoiceField(label="怎样收到的", choices=RemedyRoute.choices, widget=forms.RadioSelect)
    organ = forms.CharField(
        label="复议机关或者法院", max_length=100, help_text="已按本地设置填好；是诉讼的，请改成法院名称。"
    )
    reference = forms.CharField(
        label="复议机关或者法院的案号", max_length=60, required=False, help_text="例如：梨府复〔2026〕3号"
    )
    applicant = forms.CharField(label="申请人或者原告", max_length=100)
    received_on = FlexibleDateField(label="收到申请书、起诉状副本的日期", future=False)
    accepted_on = FlexibleDateField(label="复议机关受理日期", future=False, required=False)
    procedure = forms.ChoiceField(
        label="复议程序", choices=RemedyProcedure.choices, widget=forms.RadioSelect,
        help_text="看受理通知书。简易程序 5 个工作日内答复，普通程序 10 个工作日内答复。",
    )  # fmt: skip
    claim = NarrativeField(label="请求和理由", least=5, most=5000, rows=5)
    fieldsets = (
        ("复议或者诉讼", ("kind", "route", "organ", "reference", "applicant")),
        ("日期和程序", ("received_on", "accepted_on", "procedure")),
        ("请求", ("claim",)),
    )


class ForwardForm(ActForm):
    """The bureau upholds its decision and sends the request on."""

    opinion = NarrativeField(label="维持原决定的理由", least=5, most=5000, rows=5)
    forwarded_on = FlexibleDateField(label="转送日期", future=False)


class CopyForm(ActForm):
    """The organ's copy arrived: the reply is due from here."""

    copy_on = FlexibleDateField(label="收到复议申请书副本的日期", future=False)
    procedure = forms.ChoiceField(label="复议程序", choices=RemedyProcedure.choices, widget=forms.RadioSelect)
    reference = forms.CharField(label="复议机关的案号", max_length=60, help_text="例如：梨府复〔2026〕3号")
    accepted_on = FlexibleDateField(label="受理日期", future=False, required=False)


class ReplyForm(ActForm):
    """The written reply; evidence and norms are listed from the file."""

    answer = NarrativeField(
        label="答复意见",
        least=20,
        most=20000,
        rows=12,
        help_text="逐项回答申请人的请求和理由。证据、依据清单自动附上。",
    )
    replied_on = FlexibleDateField(label="提交日期", future=False)


class LawsuitReplyForm(ActForm):
    """What was handed in to the court."""

    replied_on = FlexibleDateField(label="向法院提交的日期", future=False)
    handed_in = NarrativeField(
        label="提交了什么", least=5, most=1000, rows=3, help_text="例如：答辩状一份，证据清单一份，证据 9 份。"
    )
    file = EvidenceFileField(label="答辩状", required=False)


class StopOrderForm(ActForm):
    """The order to stop execution."""

    stopped_from = FlexibleDateField(label="停止执行的日期", future=False)
    document = forms.CharField(label="决定停止执行的文书文号", max_length=100, help_text="例如：梨府复停〔2026〕1号")


class RulingPart(ActForm):
    """What every ruling may say beside its effect."""

    reason = NarrativeField(label="理由", required=False, least=0, most=5000, rows=4)
    effective_on = FlexibleDateField(label="生效日期", future=False, required=False)
    new_amount = AmountField(label="变更后的罚款金额（元）", required=False)
    back_to = forms.ChoiceField(label="从哪一步重新办理", choices=BACK_TO, required=False)
    is_procedural = forms.BooleanField(label="仅因违反法定程序被撤销", required=False)
    remake_by = FlexibleDateField(label="要求重新作出决定的期限", required=False)


class OutcomeForm(RulingPart):
    """How a review or lawsuit ended."""

    outcome = forms.ChoiceField(label="结果", choices=RemedyOutcome.choices, widget=forms.RadioSelect)
    outcome_document = forms.CharField(
        label="结果文书文号", max_length=100, help_text="例如：梨府复决〔2026〕3号，（2026）吉0322行初1号"
    )
    ended_on = FlexibleDateField(label="结果作出日期", future=False)
    served_on = FlexibleDateField(label="结果送达当事人的日期", future=False, required=False)
    fieldsets = (
        ("结果", ("outcome", "outcome_document", "ended_on", "served_on")),
        ("撤销、变更、确认违法或者无效的填写", ("effective_on", "reason", "new_amount")),
        ("责令重新作出决定的填写", ("back_to", "is_procedural", "remake_by")),
    )


class SupervisionForm(RulingPart):
    """The decision of a supervising body."""

    effect = forms.ChoiceField(label="监督决定的内容", choices=RulingEffect.choices, widget=forms.RadioSelect)
    organ = forms.CharField(label="作出监督决定的机关", max_length=100, help_text="例如：梨树县司法局")
    document_no = forms.CharField(label="文号", max_length=100)
    fieldsets = (
        ("监督决定", ("effect", "organ", "document_no", "effective_on", "reason")),
        ("变更的填写", ("new_amount",)),
        ("责令重新作出决定的填写", ("back_to", "is_procedural", "remake_by")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "effective_on"):
            self.fields[name].required = True


class CorrectionForm(ActForm):
    """The bureau's own correction, as proposed."""

    effect = forms.ChoiceField(label="怎样纠正", widget=forms.RadioSelect, choices=[
        (RulingEffect.REVOKE.value, "撤销原决定，不再处罚"),
        (RulingEffect.CHANGE.value, "变更为较轻的处罚"),
        (RulingEffect.REMAKE.value, "撤销原决定，重新作出决定"),
    ])  # fmt: skip
    error = NarrativeField(label="原决定有什么错误", least=5, most=5000, rows=5)
    basis = forms.CharField(label="纠正的依据", max_length=300)
    new_amount = AmountField(label="变更后的罚款金额（元）", required=False)
    back_to = forms.ChoiceField(label="从哪一步重新办理", choices=BACK_TO, required=False)
    is_procedural = forms.BooleanField(label="错误只在程序，事实和处罚没有错误", required=False)
    fieldsets = (
        ("纠正", ("effect", "error", "basis")),
        ("变更的填写", ("new_amount",)),
        ("重新作出决定的填写", ("back_to", "is_procedural")),
    )


class CorrectionDecisionForm(DecisionApprovalForm):
    """A leader's decision; revoking asks who is signing once more (ux.md §7-8)."""

    in_batch = None  # type: ignore[assignment]  # Django's way of leaving out a field: each takes effect at once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["more_investigation"]  # a proposal to revoke is agreed to or not
        choices = self.fields["agree"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [("yes", "同意，原决定从今天起撤销或者变更"), ("no", "不同意")]
        self.fields["opinion"].help_text = "不同意的，请写明理由。"
        self.fields["password"].help_text = "撤销、变更处罚决定要再次确认是您本人。"


class RefundForm(ActForm):
    """What the treasury paid back."""

    paid_to = forms.CharField(label="退给谁", max_length=100)
    receipt_no = forms.CharField(label="财政退库凭证号", max_length=60, help_text="例如：TK2026000012")
    done_on = FlexibleDateField(label="退款日期", future=False)
