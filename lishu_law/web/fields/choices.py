"""Choices: one of a list with a first empty line, and officers whose certificate is valid on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery

from lishu_law import clock
from lishu_law.registry.models import Certificate, User
from lishu_law.web.fields.typed import required_text


class OneChoiceField(forms.ChoiceField):
    """One of ``choices``; before it stands an empty line that asks for the choice."""

    def __init__(
        self, *, choices: Iterable[tuple[str, str]], placeholder: str = "请选择", used_in: str = "", **kwargs: Any
    ) -> None:
        self.used_in = used_in
        super().__init__(choices=[("", placeholder), *choices], **kwargs)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(required_text(self.label, self.used_in, verb="选择"), code="required")
        if value and not self.valid_value(value):
            raise ValidationError("选项里没有这一项，可能已经停用。请重新选择。", code="invalid_choice")


def officers_on(day: date) -> QuerySet[User]:
    """Active users whose certificate is valid on ``day``, each with ``certificate_number``."""
    valid = Certificate.objects.valid_on(day).filter(user=OuterRef("pk")).order_by("-valid_until", "pk")
    return (
        User.objects.filter(is_active=True)
        .annotate(certificate_number=Subquery(valid.values("number")[:1]))
        .filter(certificate_number__isnull=False)
        .order_by("unit_id", "staff_number")
    )


class OfficerChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An officer whose certificate is valid today, or on the day given to :meth:`on_day` in the form's ``__init__``."""

    def __init__(self, *, used_in: str = "", **kwargs: Any) -> None:
        self.used_in = used_in
        self.day: date | None = None
        super().__init__(queryset=User.objects.none(), empty_label="请选择执法人员", **kwargs)

    def __deepcopy__(self, memo: Any) -> Self:
        copy: Self = super().__deepcopy__(memo)  # type: ignore[misc]
        return copy.on_day(clock.today())

    def on_day(self, day: date, *, without: Any = None) -> Self:
        """Offer the officers of ``day``, except the person ``without`` (who is already on the case)."""
        self.day = day
        found = officers_on(day)
        self.queryset = found if without is None else found.exclude(staff_number=without.staff_number)
        return self

    def label_from_instance(self, officer: Any) -> str:
        return f"{officer.full_name}（执法证 {officer.certificate_number}）"

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self._why_not(str(value)), code="invalid_choice") from None

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(required_text(self.label, self.used_in, verb="选择"), code="required")

    def _why_not(self, value: str) -> str:
        day = self.day or clock.today()
        user = (
            User.objects.filter(pk=value).first() if value.isascii() and value.isdigit() and len(value) < 12 else None
        )
        last = user.certificates.order_by("-valid_until").first() if user else None
        if user and last and (last.valid_until < day or (last.revoked_on and last.revoked_on <= day)):
            ended_on = min(filter(None, (last.valid_until, last.revoked_on)))
            return f"{user.full_name}的执法证已于 {ended_on} 到期，请换人或先更新证件。"
        return f"选的人在 {day} 没有有效的执法证，或者不能再选。请换人。"
