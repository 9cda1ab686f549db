"""Forms of the officers' certificates: shape only."""

from __future__ import annotations

from django import forms

from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateField, NarrativeField, ShortTextField

MOST = 20  # characters of one category


class CertificateForm(ActForm):
    """What stands on a certificate."""

    number = ShortTextField(label="执法证号", most=30)
    issuer = ShortTextField(label="发证机关", most=60, help_text="例如：交通运输部、吉林省人民政府")
    categories = ShortTextField(
        label="执法类别", most=200, required=False, help_text="几个类别用顿号隔开，例如：公路路政、道路运政"
    )
    valid_from = FlexibleDateField(label="有效期起")
    valid_until = FlexibleDateField(label="有效期止")

    def clean_categories(self) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in str(self.cleaned_data["categories"]).split("、") if part.strip())
        if any(len(part) > MOST for part in parts):
            raise forms.ValidationError(f"每个类别最多 {MOST} 个字。", code="length")
        return parts


class RevokeForm(ActForm):
    """When and why a certificate ends early."""

    revoked_on = FlexibleDateField(label="注销日期", help_text="从这一天起无效")
    reason = NarrativeField(label="原因", most=200, rows=3, help_text="例如：调离执法岗位、退休、证件被收回")
