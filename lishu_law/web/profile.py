"""我的: who I am to the system, until when my certificate holds, and how large I want the type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import check
from lishu_law.audit import journal
from lishu_law.registry.models.people import User
from lishu_law.web.acts import SEE_OTHER, Act, ActForm, act_page
from lishu_law.web.navigation import address_of
from lishu_law.web.reading_aids import remember
from lishu_law.web.view_models import SummaryRow

SIZES = (("standard", "标准字"), ("big", "大字版（字大、按钮大、一行一项）"))


class TypeSizeForm(ActForm):
    size = forms.ChoiceField(label="字的大小", choices=SIZES, widget=forms.RadioSelect)


@transaction.atomic
def set_type_size(*, by: User, is_big: bool) -> None:
    """Remember the person's type size for every device they sign in on."""
    check(by, "profile.edit")
    User.objects.filter(pk=by.pk).update(big_type=is_big)
    journal.record("profile.type_size", by=by, on=("user", by.pk), details={"big": is_big})


@requires("profile.edit")
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What does the system know of me?"""
    person: Any = request.user
    user = User.objects.select_related("unit").get(pk=person.pk)
    certificates = list(user.certificates.order_by("-valid_until"))
    today = clock.today()
    act = Act(
        title="我的",
        form_class=TypeSizeForm,
        run=lambda data: set_type_size(by=user, is_big=data["size"] == "big"),
        done_url=reverse("profile"),
        done_message="字的大小已保存，换一台设备登录也一样。",
        submit="保存字的大小",
        template="web/profile.html",
        initial={"size": "big" if user.big_type else "standard"},
        context={
            "rows": _rows(user),
            "subscription_url": address_of("calendar-subscription"),
            "certificates": [(one, one.is_valid_on(today), (one.valid_until - today).days) for one in certificates],
        },
    )
    response = act_page(request, act)
    if response.status_code == SEE_OTHER:
        remember(response, "big", User.objects.values_list("big_type", flat=True).get(pk=user.pk))
    return response


def _rows(user: User) -> list[Any]:
    return [
        SummaryRow("姓名", user.full_name),
        SummaryRow("工号", user.staff_number),
        SummaryRow("单位", user.unit.name if user.unit else ""),
        SummaryRow("岗位", user.role_names),
        SummaryRow("用户名", user.username),
    ]
