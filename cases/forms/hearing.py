"""Forms of the hearing."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.actions.proxies import AUTHORITIES
from cases.forms.people import AssistantField
from cases.models import Attendance, Signing
from lishu_law.registry.models.parties import Gender
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import (
    FlexibleDateField,
    FlexibleDateTimeField,
    IdNumberField,
    NarrativeField,
    PersonNameField,
    PhoneField,
    ShortTextField,
)

PROXIES = 2
MEMBERS = 2


class HearingRequestForm(ActForm):
    """The party's request, in writing or said aloud."""

    applicant = forms.CharField(label="申请人", max_length=100)
    is_oral = forms.BooleanField(label="口头提出，由我记录", required=False)
    requested_at = FlexibleDateTimeField(label="提出申请的时间", future=False)
    reason = NarrativeField(label="申请的事项和理由", required=False, least=0, most=5000, rows=3)
    refusal_reason = NarrativeField(
        label="逾期不予受理的理由", required=False, least=0, most=1000, rows=2,
        help_text="只在申请已经超过五个工作日时填写；按期提出的不要填写。",
    )  # fmt: skip

    def __init__(self, *args: Any, may_be_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_late:
            del self.fields["refusal_reason"]


class HearingPeopleForm(ActForm):
    """Who conducts the hearing: nobody who took part in the case."""

    chair = AssistantField(
        label="主持人", help_text="名单里没有本案的承办人、签署意见的人和已经回避的人；听证由非本案调查人员主持、记录。"
    )
    recorder = AssistantField(label="记录员")
    member_1 = AssistantField(label="听证员", required=False, empty_label="不设")
    member_2 = AssistantField(label="另一名听证员", required=False, empty_label="不设")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "recorder", "member_1", "member_2"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people


class HearingNoticeForm(ActForm):
    """Time, place and publicness."""

    scheduled_at = FlexibleDateTimeField(label="听证时间", past=False)
    place = forms.CharField(label="听证地点", max_length=200, help_text="例如：梨树县交通运输局二楼会议室")
    is_public = forms.ChoiceField(
        label="是否公开", choices=[("yes", "公开举行"), ("no", "不公开举行")], widget=forms.RadioSelect
    )
    closed_reason = forms.CharField(
        label="不公开的理由",
        max_length=300,
        required=False,
        help_text="涉及国家秘密、商业秘密或者个人隐私时填写是哪一种。",
    )

    def __init__(self, *args: Any, earliest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "scheduled_at"
        ].help_text = (
            f"在通知书送达七个工作日之后。通知书今天送达的，最早是 {earliest}；请留出送达的时间。例如：{earliest} 09:00"
        )

    def clean_is_public(self) -> bool:
        return bool(self.cleaned_data["is_public"] == "yes")


class HearingGroundForm(ActForm):
    """Postponing, suspending, terminating: only on a ground of the rules, which is written down."""

    is_listed = forms.ChoiceField(
        label="是否属于规定的可以延期、中止或者终止的情形", choices=[("yes", "属于"), ("no", "不属于")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = NarrativeField(label="具体情形", least=2, most=1000, rows=3, help_text="例如：当事人书面撤回听证申请。")

    def clean_is_listed(self) -> bool:
        return bool(self.cleaned_data["is_listed"] == "yes")


class HearingResumeForm(ActForm):
    reason = NarrativeField(label="恢复听证的原因", least=2, most=1000, rows=2)


class HearingRecordForm(ActForm):
    """The transcript. What absence means is not typed: it follows."""

    started_at = FlexibleDateTimeField(label="开始时间", future=False)
    ended_at = FlexibleDateTimeField(label="结束时间", future=False)
    place = forms.CharField(label="地点", max_length=200)
    attendance = forms.ChoiceField(
        label="当事人到场情况", choices=Attendance.choices, widget=forms.RadioSelect,
        help_text="无正当理由拒不出席、未经许可中途退出的，系统记为放弃听证权利。",
    )  # fmt: skip
    third_party = forms.CharField(label="第三人", max_length=100, required=False)
    others = forms.CharField(label="其他参与人员", max_length=200, required=False)
    body = NarrativeField(
        label="听证记录", least=20, most=20000, rows=12,
        help_text="核实身份，宣布案由和听证人员、告知回避等权利，调查人员陈述，当事人申辩，逐项质证，辩论，最后陈述。",
    )  # fmt: skip
    investigators_stated = forms.BooleanField(label="调查人员提出了事实、证据和处罚建议", required=False)
    party_answered = forms.BooleanField(label="当事人进行了申辩和质证", required=False)
    order_note = forms.CharField(
        label="没有进行的原因", max_length=500, required=False, help_text="上面两项都进行了的，不用填。"
    )
    signing = forms.ChoiceField(label="核对签名", choices=Signing.choices, widget=forms.RadioSelect)
    refusal_note = forms.CharField(
        label="没有签名的情况", max_length=300, required=False, help_text="拒绝签名或者没有到场的，由主持人注明。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = []
        for number in range(1, PROXIES + 1):
            self.fields[f"proxy_{number}"] = PersonNameField(label=f"委托代理人 {number} 姓名", required=False)
            self.fields[f"proxy_details_{number}"] = forms.CharField(
                label=f"代理人 {number} 的性别、年龄、工作单位及职务", max_length=100, required=False
            )
            self.fields[f"proxy_authority_{number}"] = forms.BooleanField(
                label=f"代理人 {number} 已提交授权委托书", required=False
            )
            names += [f"proxy_{number}", f"proxy_details_{number}", f"proxy_authority_{number}"]
        self.fieldsets = (
            ("时间和地点", ("started_at", "ended_at", "place")),
            ("到场人员", ("attendance", *names, "third_party", "others")),
            ("听证过程", ("body", "investigators_stated", "party_answered", "order_note")),
            ("核对签名", ("signing", "refusal_note")),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        proxies = []
        for number in range(1, PROXIES + 1):
            name = cleaned.pop(f"proxy_{number}", "")
            details = cleaned.pop(f"proxy_details_{number}", "")
            authority = cleaned.pop(f"proxy_authority_{number}", False)
            if name:
                proxies.append((name, details, bool(authority)))
        cleaned["proxies"] = tuple(proxies)
        return cleaned


class ProxyForm(ActForm):
    """授权委托书. The party signs it; its own particulars come from the case."""

    name = PersonNameField(label="受委托人姓名")
    gender = forms.ChoiceField(label="性别", choices=[("", "请选择"), *Gender.choices], required=False)
    id_number = IdNumberField(label="身份证号", required=False)
    employer = ShortTextField(label="工作单位及职务", required=False, most=100)
    phone = PhoneField(label="联系电话", required=False)
    kind = forms.ChoiceField(
        label="权限", choices=list(AUTHORITIES.items()), initial="general", widget=forms.RadioSelect
    )
    powers = NarrativeField(
        label="权限的具体内容", least=2, most=500, rows=3, required=False,
        help_text="特别授权的必填。例如：代为陈述申辩、参加听证，代为承认、放弃、变更请求，代领文书。",
    )  # fmt: skip
    until = FlexibleDateField(label="委托到哪一天", required=False, help_text="不填的，到本案办理终结。")
    fieldsets = (
        ("受委托人", ("name", "gender", "id_number", "employer", "phone")),
        ("权限和期限", ("kind", "powers", "until")),
    )


class HearingReportForm(ActForm):
    summary = NarrativeField(label="听证会摘要", least=20, most=10000, rows=6, help_text="双方的主要意见和质证情况。")
    conclusion = NarrativeField(
        label="结论及处理意见", least=10, most=5000, rows=4,
        help_text="写明当事人的意见采纳不采纳、为什么。这段会写进处罚决定书的“陈述申辩（听证）及采纳情况”。",
    )  # fmt: skip


__all__ = [
    "HearingGroundForm", "HearingNoticeForm", "HearingPeopleForm", "HearingRecordForm", "HearingReportForm",
    "HearingRequestForm", "HearingResumeForm", "ProxyForm",
]  # fmt: skip
