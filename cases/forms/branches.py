"""Forms of the ways off the road, the discussion, the extension, a suspected crime, orders to correct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from cases.actions.crime import OUTCOMES
from cases.forms.people import AssistantField, choose_from
from cases.models import DiscussionOutcome, RecheckResult, ReportWay
from cases.procedure.ending import ENDINGS
from cases.procedure.no_penalty import GROUNDS
from lishu_law.registry.models.parties import Gender
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    AmountField,
    FlexibleDateField,
    FlexibleDateTimeField,
    IdNumberField,
    NarrativeField,
    PersonNameField,
    ShortTextField,
)

YES_NO = [("yes", "是"), ("no", "否")]


def _lines(text: str) -> tuple[str, ...]:
    """One entry per typed line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class InformantForm(ActForm):
    """Who reported. Kept apart from the case file."""

    reported_at = FlexibleDateTimeField(label="举报时间", future=False)
    way = forms.ChoiceField(label="举报类别", choices=ReportWay.choices, widget=forms.RadioSelect)
    content = NarrativeField(label="举报内容", least=5, most=5000, rows=5)
    name = PersonNameField(label="举报人姓名")
    gender = forms.ChoiceField(label="性别", choices=[("", "没有说"), *Gender.choices], required=False)
    id_number = IdNumberField(label="身份证号", required=False, help_text="举报人愿意提供的才填，年龄由它算出。")
    address = ShortTextField(label="住所或工作单位", required=False, most=200)
    contact = ShortTextField(label="联系电话", required=False, most=100, help_text="答复时使用。")
    remarks = ShortTextField(label="备注", required=False, most=300)
    fieldsets = (
        ("举报", ("reported_at", "way", "content")),
        ("举报人", ("name", "gender", "id_number", "address", "contact", "remarks")),
    )


class AnswerForm(ActForm):
    answer = NarrativeField(
        label="答复情况", least=5, most=2000, rows=3, help_text="写明答复的时间、方式和内容。例如：已电话告知核查结果。"
    )


class NotFilingForm(ActForm):
    """Why the clue does not lead to a case."""

    verification = NarrativeField(label="核查情况", least=10, most=5000, rows=5, help_text="写明核查了什么、结果如何。")
    reason = NarrativeField(label="不予立案理由", least=10, most=2000, rows=3)
    informant_note = ShortTextField(
        label="答复举报人的安排", required=False, most=300,
        help_text="有实名举报人而还没有答复的，写明什么时候、怎样答复。",
    )  # fmt: skip


class FilingRequestForm(ActForm):
    """The request to file; what the register found is answered for."""

    opinion = NarrativeField(label="意见", least=2, most=2000, rows=3)
    other_filer = ShortTextField(
        label="其他机关已先立案的情况", required=False, most=200,
        help_text="没有的留空。有的写明机关名称，以及协商或者指定管辖的结果。",
    )  # fmt: skip

    def __init__(self, *args: Any, found: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found:
            self.fields["same_act_note"] = NarrativeField(
                label="不是同一违法行为的理由", required=False, least=0, most=300, rows=2,
                help_text=f"名册里有同一当事人（车辆）同类行为的案件：{'、'.join(found)}。是同一行为的不得重复立案。",
            )  # fmt: skip


class EndingForm(ActForm):
    """撤销立案 or 终止调查."""

    ground = forms.ChoiceField(
        label="适用情形", choices=[(one.code, one.title) for one in ENDINGS.values()], widget=forms.RadioSelect
    )
    reason = NarrativeField(label="事实和理由", least=10, most=5000, rows=5)


class TransferForm(ActForm):
    """To which organ the case goes."""

    organ = ShortTextField(label="受移送机关", most=100, help_text="写全称。例如：四平市交通运输局")
    organ_phone = ShortTextField(label="受移送机关电话", required=False, most=40)
    reason = NarrativeField(label="本机关没有管辖权的事实和理由", least=10, most=2000, rows=4)
    basis = ShortTextField(
        label="依据", most=200, initial="《中华人民共和国行政处罚法》第二十二条", help_text="管辖的法律规定。"
    )
    enclosures = NarrativeField(
        label="随案移送的材料", required=False, least=0, most=2000, rows=4, help_text="一行一项。"
    )

    def clean_enclosures(self) -> tuple[str, ...]:
        return _lines(self.cleaned_data["enclosures"])


class SendTransferForm(ActForm):
    sent_on = FlexibleDateField(label="移送日期", future=False)
    receiver = ShortTextField(label="接收人", most=50, help_text="在移送函上签收的人。邮寄的，写邮寄单号。")


class NoPenaltyForm(ActForm):
    """The proposal not to penalise."""

    ground = forms.ChoiceField(
        label="不予处罚的情形",
        choices=[(one.code, f"{one.title}（{one.citation}）") for one in GROUNDS.values()],
        widget=forms.RadioSelect,
    )
    reason = NarrativeField(
        label="理由", least=20, most=5000, rows=5, help_text="写明事实和证据为什么符合这一情形。决定书要用这段。"
    )
    education = NarrativeField(
        label="教育情况", least=10, most=2000, rows=3,
        help_text="对当事人教育的时间、方式和内容。不满十四周岁的，写明责令监护人管教。",
    )  # fmt: skip
    is_listed = forms.ChoiceField(
        label="是否属于应当法制审核的情形", choices=YES_NO, widget=forms.RadioSelect,
        help_text="涉及重大公共利益、经过听证、案情疑难复杂或者涉及多个法律关系的，选“是”。",
    )  # fmt: skip

    def clean_is_listed(self) -> bool:
        return bool(self.cleaned_data["is_listed"] == "yes")


class DiscussionForm(ActForm):
    """The meeting: one opinion per head; a head without one was not there."""

    started_at = FlexibleDateTimeField(label="讨论开始时间", future=False)
    ended_at = FlexibleDateTimeField(label="讨论结束时间", future=False)
    place = ShortTextField(label="地点", most=100, initial="局会议室")
    chair = AssistantField(label="主持人")
    reporter = ShortTextField(label="汇报人", most=50)
    recorder = ShortTextField(label="记录人", most=50)
    outcome = forms.ChoiceField(label="讨论结论", choices=DiscussionOutcome.choices, widget=forms.RadioSelect)
    conclusion = NarrativeField(label="结论性意见", least=5, most=2000, rows=3)

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heads = list(heads)
        choose_from(self, "chair", heads)
        for head in self.heads:
            self.fields[f"opinion_{head.pk}"] = NarrativeField(
                label=f"{head.full_name}（{head.role_names}）的意见", required=False, least=0, most=2000, rows=2,
                help_text="没有参加的留空。",
            )  # fmt: skip
        names = tuple(f"opinion_{head.pk}" for head in self.heads)
        self.fieldsets = (
            ("会议", ("started_at", "ended_at", "place", "chair", "reporter", "recorder")),
            ("每位负责人的意见", names),
            ("结论", ("outcome", "conclusion")),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = [(head, cleaned.pop(f"opinion_{head.pk}", "") or "") for head in self.heads]
        cleaned["opinions"] = tuple((head, text) for head, text in typed if text.strip())
        return cleaned


class ExtensionForm(ActForm):
    days = forms.IntegerField(
        label="延长日数", min_value=1, max_value=999, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="最多 30 日。例如：30", error_messages={"required": "请填写延长的日数。", "invalid": "请填写整数，例如 30。"},
    )  # fmt: skip
    reason = NarrativeField(label="理由", least=10, most=2000, rows=4, help_text="写明案情为什么复杂、还要办哪些事。")


class LatenessForm(ActForm):
    reason = NarrativeField(label="超期的原因和责任", least=10, most=2000, rows=4)


class CrimeReportForm(ActForm):
    """The written report to the head of the bureau."""

    offence = ShortTextField(label="涉嫌的罪名", most=100, help_text="例如：危险驾驶罪")
    report = NarrativeField(
        label="涉嫌犯罪的事实和依据", least=20, most=10000, rows=8,
        help_text="写明查到的事实、证据和涉嫌犯罪的依据。局长接到报告后三日内决定；批准的，二十四小时内移送。",
    )  # fmt: skip
    first_member = AssistantField(label="专案组成员一", help_text="专案组至少 2 名执法人员，执法证都要有效。")
    second_member = AssistantField(label="专案组成员二")

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_member", "second_member"):
            choose_from(self, name, officers)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        team = (cleaned.pop("first_member", None), cleaned.pop("second_member", None))
        cleaned["team"] = team
        return cleaned


class CrimeDecisionForm(ActForm):
    """The head of the bureau transfers or not; a no is recorded with its reasons."""

    preview_assumes: ClassVar[Mapping[str, str]] = {"agree": "yes"}

    agree = forms.ChoiceField(
        label="决定", choices=[("yes", "批准移送"), ("no", "不批准移送")], widget=forms.RadioSelect
    )
    opinion = NarrativeField(
        label="意见", least=2, most=2000, rows=3, help_text="不批准移送的，请写明理由（至少 10 字），理由记录在案。"
    )

    def clean_agree(self) -> bool:
        return bool(self.cleaned_data["agree"] == "yes")


class HandOverForm(ActForm):
    """S27: what went to the police."""

    police = ShortTextField(label="接收的公安机关", most=100, initial="梨树县公安局")
    receiver = ShortTextField(label="接收人", most=50, help_text="在回执上签字的人。")
    handed_over_at = FlexibleDateTimeField(label="移送时间", future=False)
    enclosures = NarrativeField(
        label="随附材料", least=2, most=2000, rows=4, initial="涉嫌犯罪案件情况的调查报告",
        help_text="一行一项。有检验报告、鉴定意见和其他材料的，逐项写上；没有的不写。",
    )  # fmt: skip
    goods = NarrativeField(
        label="涉案物品", required=False, least=0, most=2000, rows=4,
        help_text="一行一件，名称、规格、数量用逗号隔开。例如：行驶证，吉C12345，1本",
    )  # fmt: skip

    def clean_enclosures(self) -> tuple[str, ...]:
        return _lines(self.cleaned_data["enclosures"])

    def clean_goods(self) -> tuple[tuple[str, str, str], ...]:
        rows = []
        for line in _lines(self.cleaned_data["goods"]):
            parts = [part.strip() for part in line.replace(",", "，").split("，")]
            name, specification, quantity, *_rest = (*parts, "", "")
            rows.append((name, specification, quantity))
        return tuple(rows)


class PoliceAnswerForm(ActForm):
    is_filed = forms.ChoiceField(
        label="公安机关的答复", choices=[("yes", "决定立案"), ("no", "决定不予立案")], widget=forms.RadioSelect,
        help_text="立案的，三日内移交涉案物品和材料；不予立案的，三日内可以提请复议或者建议检察院立案监督。",
    )  # fmt: skip
    answered_on = FlexibleDateField(label="收到通知的日期", future=False)
    note = ShortTextField(
        label="通知书文号和内容", most=300, help_text="例如：梨公（刑）立字〔2026〕1号，决定立案侦查。"
    )

    def clean_is_filed(self) -> bool:
        return bool(self.cleaned_data["is_filed"] == "yes")


class MaterialForm(ActForm):
    given_at = FlexibleDateTimeField(label="移交时间", future=False)
    note = ShortTextField(label="移交情况", most=300, help_text="写明移交了什么、谁接收、交接手续。")


class ObjectionForm(ActForm):
    way = forms.ChoiceField(
        label="处理方式",
        choices=[("reconsideration", "提请公安机关复议"), ("supervision", "建议人民检察院立案监督")],
        widget=forms.RadioSelect,
    )
    objected_on = FlexibleDateField(label="提请日期", future=False)
    reason = NarrativeField(label="理由", least=10, most=2000, rows=4)


class CrimeEndForm(ActForm):
    """What became of the criminal case."""

    outcome = forms.ChoiceField(label="处理结果", choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    note = NarrativeField(
        label="文书和内容", least=5, most=2000, rows=3, help_text="判决书、退回函等的文号和主要内容。"
    )
    criminal_fine = AmountField(label="判处的罚金（元）", required=False)
    offset_note = ShortTextField(
        label="罚款折抵罚金的情况", required=False, most=300, help_text="已经罚款又判处罚金的，写明怎样折抵。"
    )


class CorrectionOrderForm(ActForm):
    """M16: at once, or by a day."""

    facts = NarrativeField(label="违法事实", least=10, most=5000, rows=4)
    basis = ShortTextField(label="依据", most=300)
    due_on = FlexibleDateField(label="改正期限", required=False, help_text="责令立即改正的留空。例如：2026-12-15")


class RecheckForm(ActForm):
    result = forms.ChoiceField(label="复查结果", choices=RecheckResult.choices, widget=forms.RadioSelect)
    note = NarrativeField(label="复查情况", least=10, most=2000, rows=3, help_text="写明复查的时间、方式和看到的情况。")


class ClericalForm(ActForm):
    """What stands in the document, and what is right."""

    wrong = ShortTextField(label="文书上的错误文字", most=200, help_text="照文书原样填写。")
    right = ShortTextField(label="更正为", most=200)
    reason = ShortTextField(label="更正原因", most=300, help_text="例如：打印时误写。")
