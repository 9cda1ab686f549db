"""Identity numbers, credit codes, plates, phones and amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings

from lishu_law import clock
from lishu_law.law import amounts
from lishu_law.registry.identity import (
    IdCardKind,
    InvalidValue,
    parse_id_card,
    parse_landline,
    parse_mobile,
    parse_phone,
    parse_plate,
    parse_uscc,
)
from lishu_law.web.fields.typed import TypedField


class IdNumberField(TypedField):
    """An 18-digit identity number; the foreign permanent residence card only when ``foreign``."""

    attributes = {"inputmode": "text", "maxlength": "20"}

    def __init__(self, *, foreign: bool = False, **kwargs: Any) -> None:
        self.foreign = foreign
        super().__init__(**kwargs)

    def parse(self, text: str) -> str:
        card = parse_id_card(text, today=clock.today(), demo=settings.DEMO)
        if card.kind is IdCardKind.FOREIGN_PERMANENT and not self.foreign:
            raise InvalidValue("id.kind", "这是外国人永久居留身份证号。请把证件类型改选为“其他证件”。")
        return card.number


class UsccField(TypedField):
    """A unified social credit code. ``for_staff`` shows the expected check digit; ``warnings`` says what is unusual."""

    attributes = {"maxlength": "24", "autocapitalize": "characters", "spellcheck": "false"}

    def __init__(self, *, for_staff: bool = True, **kwargs: Any) -> None:
        self.staff_messages = for_staff
        self.warnings: tuple[str, ...] = ()
        super().__init__(**kwargs)

    def parse(self, text: str) -> str:
        found = parse_uscc(text)
        self.warnings = found.warnings
        return found.code


class PlateField(TypedField):
    """A plate with a known pattern. 无牌 and 临牌 are choices beside it, not texts in it."""

    attributes = {
        "maxlength": "12",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "data-plate": "吉辽黑蒙京津冀鲁",
    }

    def parse(self, text: str) -> str:
        return parse_plate(text).number


class MobileField(TypedField):
    """A mobile number of eleven digits."""

    attributes = {"inputmode": "tel", "maxlength": "20"}

    def parse(self, text: str) -> str:
        return parse_mobile(text)


class LandlineField(TypedField):
    """A landline number with area code, 0434-5222222-801."""

    attributes = {"inputmode": "tel", "maxlength": "30"}

    def parse(self, text: str) -> str:
        return parse_landline(text)


class PhoneField(TypedField):
    """A mobile or landline number."""

    attributes = {"inputmode": "tel", "maxlength": "30"}

    def parse(self, text: str) -> str:
        return parse_phone(text)


class AmountField(TypedField):
    """An amount in yuan as Decimal with two places. ``least`` and ``most`` bound the shape, never the law."""

    empty = None
    attributes = {"inputmode": "decimal", "maxlength": "24", "data-amount": "yuan"}

    def __init__(self, *, least: Decimal = Decimal("0"), most: Decimal = amounts.MAXIMUM, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def parse(self, text: str) -> Decimal:
        try:
            amount = amounts.parse_amount(text)
        except amounts.AmountError as wrong:
            raise InvalidValue("amount", str(wrong)) from None
        if amount < self.least:
            raise InvalidValue("amount.least", f"金额不能少于 {amounts.format_yuan(self.least)} 元，请核对。")
        if amount > self.most:
            raise InvalidValue("amount.most", f"金额不能超过 {amounts.format_yuan(self.most)} 元，请核对。")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value
