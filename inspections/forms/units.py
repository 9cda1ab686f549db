"""The form of an authorised or entrusted organisation."""

from __future__ import annotations

from lishu_law.registry.models import MANDATED
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import FlexibleDateField, OneChoiceField, PhoneField, ShortTextField, UsccField


class UnitForm(ActForm):
    """受委托、授权的组织."""

    fieldsets = (
        ("单位", ("code", "name", "kind", "uscc", "address", "phone")),
        ("委托书或者授权依据", ("mandate", "mandate_scope", "mandate_from", "mandate_to", "mandate_published_on")),
    )
    code = ShortTextField(label="单位编号", most=20, help_text="本局自编，例如：WT01")
    name = ShortTextField(label="单位名称", most=100)
    kind = OneChoiceField(label="单位性质", choices=[(one.value, one.label) for one in MANDATED])
    uscc = UsccField(label="统一社会信用代码", required=False)
    address = ShortTextField(label="地址", most=200, required=False)
    phone = PhoneField(label="电话", required=False)
    mandate = ShortTextField(label="委托书文号或者授权的法律条款", most=200)
    mandate_scope = ShortTextField(label="委托（授权）的事项", most=300)
    mandate_from = FlexibleDateField(label="第一天")
    mandate_to = FlexibleDateField(label="最后一天", required=False, help_text="受委托的必填。")
    mandate_published_on = FlexibleDateField(
        label="公布日期", required=False, future=False, help_text="没有公布的，不能实施检查。"
    )


FIELDS = tuple(name for _title, names in UnitForm.fieldsets for name in names)
