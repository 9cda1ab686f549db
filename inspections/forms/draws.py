"""Forms of draws: preparation with a ratio for every class, the witness, redraw, giving up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from inspections.actions.draws import NewDraw, NewStratum, Witness
from inspections.actions.redraws import Wish
from inspections.draw.checks import FEWEST_OFFICERS, MOST_OFFICERS
from inspections.forms.reporting import MattersField
from inspections.models import OBJECT_REASONS, OFFICER_REASONS, InspectionMatter, RedrawReason, VoidReason
from inspections.queries.draw_pool import Offer
from lishu_law.registry.models import Speciality, User
from lishu_law.registry.roles import LEADER_ROLES, Role
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField, OneChoiceField, PersonNameField, ShortTextField

WITNESS_ROLES = (Role.LEGAL_REVIEWER, Role.DOSSIER_REVIEWER, Role.SUPERVISOR, *LEADER_ROLES)
# What one has to know to check an industry, as a first suggestion.
USUAL_SPECIALITY = {
    "道路客运": Speciality.PASSENGER, "客运站": Speciality.PASSENGER, "道路货运": Speciality.FREIGHT,
    "危货运输": Speciality.DANGEROUS, "机动车维修": Speciality.REPAIR, "公路施工": Speciality.ROAD,
    "超限源头": Speciality.ROAD, "水路运输": Speciality.WATER, "港口": Speciality.WATER, "工程质量": Speciality.WORKS,
}  # fmt: skip


@dataclass(frozen=True)
class StratumLine:
    """One line of the table of classes: what the register offers, and its two fields."""

    offer: Offer
    ratio: BoundField
    speciality: BoundField


class DrawForm(ActForm):
    """准备一次抽取. A class without a ratio takes no part."""

    title = ShortTextField(label="抽查名称", most=100, help_text="例如：2026 年道路货运企业双随机抽查")
    matters = MattersField(
        label="抽查事项", queryset=InspectionMatter.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个抽查事项。", "invalid_choice": "清单上没有这一项，请重新选择。"},
    )  # fmt: skip
    plan_line = ShortTextField(label="年度计划中的序号", most=60, required=False)
    recent_months = forms.IntegerField(
        label="几个月内检查过的不再抽取", min_value=0, max_value=36, help_text="填 0 表示不排除。"
    )
    team_size = forms.IntegerField(
        label="每个对象的执法人员数", min_value=FEWEST_OFFICERS, max_value=MOST_OFFICERS, initial=FEWEST_OFFICERS
    )

    def __init__(self, *args: Any, day: date, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = list(offers)
        matters: Any = self.fields["matters"]
        matters.queryset = InspectionMatter.objects.published_on_day(day).order_by("item_code")
        for number, offer in enumerate(self.offers):
            ratio = forms.DecimalField(
                label=f"{offer.label}的抽取比例（%）", required=False, max_digits=5, decimal_places=2, min_value=0,
                max_value=100,
            )  # fmt: skip
            ratio.widget = forms.TextInput(attrs={"inputmode": "decimal", "aria-label": ratio.label, "maxlength": "6"})
            known = OneChoiceField(
                label=f"检查{offer.label}需要的专业", choices=Speciality.choices, required=False, placeholder="不限",
                initial=USUAL_SPECIALITY.get(offer.key.partition("|")[0], ""),
            )  # fmt: skip
            known.widget.attrs["aria-label"] = known.label
            self.fields |= {f"ratio_{number}": ratio, f"speciality_{number}": known}

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Without the classes, which stand in a table of their own."""
        return [("", [self[name] for name in ("title", "matters", "plan_line", "recent_months", "team_size")])]

    def lines(self) -> list[StratumLine]:
        return [
            StratumLine(offer, self[f"ratio_{number}"], self[f"speciality_{number}"])
            for number, offer in enumerate(self.offers)
        ]

    def draw(self) -> NewDraw:
        said = self.cleaned_data
        strata = tuple(
            NewStratum(offer.key, offer.title, ratio, said[f"speciality_{number}"])
            for number, offer in enumerate(self.offers)
            if (ratio := said[f"ratio_{number}"])
        )
        return NewDraw(
            title=said["title"], matters=tuple(said["matters"]), strata=strata, recent_months=said["recent_months"],
            team_size=said["team_size"], plan_line=said["plan_line"],
        )  # fmt: skip


class FreezeForm(ActForm):
    """冻结名单: nothing to fill in."""


class WitnessForm(ActForm):
    """抽取: who watches."""

    witness = forms.ModelChoiceField(
        label="见证人（本局）", queryset=User.objects.none(), required=False, empty_label="没有，由外单位人员见证",
        help_text="法制、案卷评查、监督人员或者局领导，不能是操作人。",
    )  # fmt: skip
    witness_name = PersonNameField(label="见证人姓名（外单位）", required=False)
    witness_unit = ShortTextField(label="见证人单位（外单位）", most=100, required=False)
    recording_no = ShortTextField(label="录像、录屏编号", most=60, required=False)

    def __init__(self, *args: Any, operator: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, roles__overlap=[str(role) for role in WITNESS_ROLES])
        choice: Any = self.fields["witness"]
        choice.queryset = staff.exclude(pk=operator.pk).order_by("staff_number")
        choice.label_from_instance = lambda user: f"{user.full_name}（{user.role_names}）"

    def seen_by(self) -> Witness:
        said = self.cleaned_data
        return Witness(said["witness"], said["witness_name"], said["witness_unit"])


class RedrawForm(ActForm):
    """递补: the object, or one of its officers."""

    what = forms.ChoiceField(label="更换什么", widget=forms.RadioSelect)
    reason = OneChoiceField(label="原因", choices=[])
    note = NarrativeField(label="情况说明", least=4, most=300, rows=3, help_text="只供内部查看，不公布。")

    def __init__(self, *args: Any, object_no: str, team: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.object_no = object_no
        what, reason = self.fields["what"], self.fields["reason"]
        people = [(code, f"换执法人员：{name}") for code, name in team]
        what.choices = [("object", "换检查对象"), *people]  # type: ignore[attr-defined]
        groups = [("换检查对象", OBJECT_REASONS), ("换执法人员", OFFICER_REASONS)]
        reason.choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((title, [(one.value, one.label) for one in reasons]) for title, reasons in groups),
        ]

    def wish(self) -> Wish:
        said = self.cleaned_data
        officer = "" if said["what"] == "object" else said["what"]
        return Wish(self.object_no, RedrawReason(said["reason"]), said["note"], officer)


class PublishDrawForm(ActForm):
    """公布: nothing to fill in."""


class VoidForm(ActForm):
    """作废: the reason is public, the note is not."""

    reason = OneChoiceField(label="原因（公开）", choices=VoidReason.choices)
    note = NarrativeField(label="情况说明", most=300, rows=3, required=False, help_text="只供内部查看，不公布。")
