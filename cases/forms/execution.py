"""Forms of the execution: deferral, demand, court, agreement. Shape only; what the law asks stands in the actions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from cases.models import StatementKind
from cases.procedure.court_answers import possible_after
from lishu_law.law.amounts import AmountError, parse_amount
from lishu_law.registry.identity import InvalidValue, parse_date
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    AmountField,
    FlexibleDateField,
    NarrativeField,
    ShortTextField,
    TypedField,
)

YES_NO = [("yes", "是"), ("no", "否")]
ADOPTED = [("yes", "采纳"), ("no", "不采纳")]
LONGEST_PLAN = 36


class PlanField(TypedField):
    """One line for each instalment: a date, a blank, an amount. One line is a deferral, several are instalments."""

    widget = forms.Textarea
    empty = ()
    attributes = {"rows": "6"}

    def parse(self, text: str) -> tuple[tuple[date, Decimal], ...]:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > LONGEST_PLAN:
            raise InvalidValue("plan.long", f"最多 {LONGEST_PLAN} 期，现在是 {len(lines)} 期，请合并。")
        return tuple(_plan_line(number, line) for number, line in enumerate(lines, start=1))


def _plan_line(number: int, line: str) -> tuple[date, Decimal]:
    parts = re.split(r"[\s　]+", line.strip(), maxsplit=1)
    if len(parts) != 2:
        raise InvalidValue("plan.shape", f"第 {number} 行请写“日期 空格 金额”，例如 2026-05-20 500。")
    try:
        return parse_date(parts[0]), parse_amount(parts[1])
    except AmountError as wrong:
        raise InvalidValue("plan.amount", f"第 {number} 行：{wrong}") from None
    except InvalidValue as wrong:
        raise InvalidValue("plan.date", f"第 {number} 行：{wrong.message}") from None


class DecideForm(ActForm):
    """Granting or refusing what was asked for. A refusal needs its reason, which the party or the officer will read."""

    preview_assumes: ClassVar[Mapping[str, str]] = {"agree": "yes"}

    agree = forms.ChoiceField(label="审批结果", choices=[("yes", "批准"), ("no", "不批准")], widget=forms.RadioSelect)
    opinion = NarrativeField(label="意见", least=2, most=500, rows=3, help_text="不批准的，请写明理由。")

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")


class DutiesForm(ActForm):
    """Which other duties were seen to be performed."""

    duties = forms.MultipleChoiceField(
        label="已经履行的义务", required=False, widget=forms.CheckboxSelectMultiple, help_text="逐项核实后勾选。"
    )
    verified_on = FlexibleDateField(label="核实日期", future=False)
    note = NarrativeField(
        label="核实情况", least=5, most=500, rows=3,
        help_text="谁、在哪里、怎样核实的。例如：现场复查，车辆已加盖苫布，拍照 2 张。",
    )  # fmt: skip

    def __init__(self, *args: Any, open_duties: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if open_duties:
            self.fields["duties"].choices = [(text, text) for text in open_duties]  # type: ignore[attr-defined]
        else:
            del self.fields["duties"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["duties"] = tuple(cleaned.get("duties", ()))
        return cleaned


class DeferralForm(ActForm):
    """The party's application."""

    applied_on = FlexibleDateField(label="当事人申请日期", future=False)
    hardship = NarrativeField(
        label="经济困难的情况和证明材料", least=10, most=1000, rows=4,
        help_text="例如：提交近三个月银行流水和停运证明，确有经济困难。",
    )  # fmt: skip
    plan = PlanField(
        label="缴纳计划",
        help_text="每期一行：日期、空格、金额（元）。只写一行就是延期，写几行就是分几期。例如：2026-05-20 500",
    )
    reason = NarrativeField(label="承办人意见", least=5, most=500, rows=3)


class DemandForm(ActForm):
    """What the demand says beside the amounts, which are computed."""

    manner = ShortTextField(label="履行方式", most=200, help_text="例如：到代收银行缴款，凭财政票据为准。")
    requirement = ShortTextField(label="履行要求", most=200)
    measures = forms.MultipleChoiceField(
        label="逾期仍不履行的，将采取的措施", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            ("additional", "加处罚款"), ("auction", "拍卖已查封、扣押的财物抵缴"), ("court", "申请人民法院强制执行"),
            ("proxy", "代履行"),
        ],
    )  # fmt: skip
    other_measure = ShortTextField(label="其他强制执行方式", most=100, required=False)
    other = ShortTextField(label="其他事项", most=200, required=False)

    def clean_measures(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["measures"])


class DemandAgainForm(ActForm):
    """The second demand before a proxy performance."""

    manner = ShortTextField(label="履行方式", most=200, help_text="例如：自行清除路面遗洒物，恢复原状。")
    requirement = ShortTextField(label="履行要求", most=200)


class StatementForm(ActForm):
    """What the party said to the demand, and its review."""

    kind = forms.ChoiceField(label="当事人的表示", choices=StatementKind.choices, widget=forms.RadioSelect)
    stated_on = FlexibleDateField(label="收到或者记录的日期", future=False)
    statement = NarrativeField(label="陈述、申辩内容", required=False, least=0, most=5000, rows=5)
    review = NarrativeField(
        label="复核情况和理由", required=False, least=0, most=2000, rows=4, help_text="有陈述、申辩的必须填写。"
    )
    is_adopted = forms.ChoiceField(label="是否采纳", choices=ADOPTED, widget=forms.RadioSelect, required=False)

    def clean_is_adopted(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["is_adopted"])


class CourtForm(ActForm):
    """The application to the court."""

    target = ShortTextField(label="执行标的", most=200, help_text="例如：罚款 1000 元和加处罚款 1000 元。")
    party_opinion = NarrativeField(label="当事人对催告的意见", least=2, most=1000, rows=3)
    enclosures = forms.MultipleChoiceField(
        label="申请材料（逐项核对后勾选）", required=False, widget=forms.CheckboxSelectMultiple
    )
    court_view = ShortTextField(
        label="法院对申请期限的答复",
        most=300,
        required=False,
        help_text="只在当场处罚的案件填写：采用哪一种算法、谁答复的。",
    )
    reason = NarrativeField(label="申请理由", least=5, most=1000, rows=3)

    def __init__(self, *args: Any, enclosures: dict[str, str], is_summary: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enclosures"].choices = list(enclosures.items())  # type: ignore[attr-defined]
        self.fields["enclosures"].asked_by_law = True  # type: ignore[attr-defined]
        if not is_summary:
            del self.fields["court_view"]

    def clean_enclosures(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["enclosures"])


class FiledForm(ActForm):
    filed_on = FlexibleDateField(label="递交法院的日期", future=False)


class CourtAnswerForm(ActForm):
    """What came from the court, or what the bureau did about it; only what may follow is offered."""

    kind = forms.ChoiceField(label="法院答复", widget=forms.RadioSelect)
    on = FlexibleDateField(label="日期", future=False, help_text="收到裁定、通知的日期，或者本机关申请复议的日期。")
    document_no = ShortTextField(label="法院文书号", most=60, required=False)
    note = NarrativeField(label="说明", required=False, least=0, most=500, rows=3)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.code, one.title) for one in possible_after(place)]  # type: ignore[attr-defined]


class AgreementForm(ActForm):
    """The draft of an execution agreement."""

    terms = NarrativeField(
        label="协议条款", least=10, most=5000, rows=6, help_text="写明各阶段履行的内容和时间，每条一行。"
    )
    ends_on = FlexibleDateField(label="全部履行完毕的期限")
    remedy = NarrativeField(
        label="当事人的补救措施", required=False, least=0, most=1000, rows=3, help_text="要减免加处罚款的必须填写。"
    )
    reduced = AmountField(label="减免加处罚款（元）", required=False, help_text="罚款本身不能减免。")
    harmless = forms.ChoiceField(
        label="协议是否不损害公共利益和他人合法权益？", choices=YES_NO, widget=forms.RadioSelect
    )
    harmless_reason = NarrativeField(label="理由", least=5, most=500, rows=2)

    def clean_harmless(self) -> bool:
        return bool(self.cleaned_data["harmless"] == "yes")

    def clean_reduced(self) -> Decimal:
        return self.cleaned_data["reduced"] or Decimal("0.00")


class AgreementOutcomeForm(ActForm):
    kept = forms.ChoiceField(
        label="履行情况", widget=forms.RadioSelect,
        choices=[("yes", "补救措施已经采取，减免生效"), ("no", "当事人不履行协议，恢复执行")],
    )  # fmt: skip
    on = FlexibleDateField(label="日期", future=False)
    note = NarrativeField(label="核实情况", least=5, most=500, rows=3)

    def clean_kept(self) -> bool:
        return bool(self.cleaned_data["kept"] == "yes")
