"""Forms of the editions: shape only."""

from __future__ import annotations

from django import forms

from lishu_law.web.acts import ActForm
from lishu_law.web.fields import EvidenceFileField, FlexibleDateField, NarrativeField, ShortTextField
from lishu_law.web.uploads import TABLE


class EditionImportForm(ActForm):
    """The file and what the edition is called."""

    file = EvidenceFileField(label="文件", kinds=TABLE, help_text="XLSX 或者 CSV，第一行是列名，与模板一致")
    name = ShortTextField(label="名称", most=100, help_text="照正式文件的标题，例如：吉林省交通运输行政处罚裁量基准")
    label = ShortTextField(label="版本", most=60, help_text="例如：2026年版")
    level = forms.ChoiceField(
        label="谁制定的", choices=[("own", "本机关"), ("superior", "上级机关")], widget=forms.RadioSelect,
        help_text="上级机关制定的，本机关不能自行调整适用。",
    )  # fmt: skip


class EditionReviewForm(ActForm):
    """The legal section's opinion."""

    agree = forms.ChoiceField(
        label="审核结论", choices=[("yes", "通过，报负责人公布"), ("no", "不通过")], widget=forms.RadioSelect
    )
    opinion = NarrativeField(label="审核意见", least=5, most=2000, rows=5)


class EditionReleaseForm(ActForm):
    """How it was issued, made public and filed."""

    fieldsets = (
        ("制定和公布", ("document_no", "adopted_on", "published_on", "published_at", "in_force_from")),
        ("向县司法局备案", ("filed_no", "filed_on")),
    )
    document_no = ShortTextField(label="发文字号", most=60)
    adopted_on = FlexibleDateField(label="集体审议日期", required=False, future=False)
    published_on = FlexibleDateField(label="公布日期", future=False)
    published_at = ShortTextField(label="在哪里公布", most=200, help_text="例如：县政府网站的网址")
    in_force_from = FlexibleDateField(label="施行日期", help_text="不早于公布日期")
    filed_no = ShortTextField(label="备案号", most=60, required=False, help_text="还没有备案的，可以以后登记")
    filed_on = FlexibleDateField(label="备案日期", required=False, future=False)


class EditionFilingForm(ActForm):
    """The filing that followed."""

    filed_no = ShortTextField(label="备案号", most=60)
    filed_on = FlexibleDateField(label="备案日期", future=False)


class RowConfirmationForm(ActForm):
    """Where the text was read."""

    source = ShortTextField(
        label="核对的原文在哪里", most=300, help_text="例如：国家法律法规数据库，2023年7月20日公布的条例文本"
    )
    note = NarrativeField(label="核对情况", required=False, least=0, most=1000, rows=3)


__all__ = [
    "EditionFilingForm",
    "EditionImportForm",
    "EditionReleaseForm",
    "EditionReviewForm",
    "RowConfirmationForm",
]
