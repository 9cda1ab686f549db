"""Sign-in by password with lock-out after five failures. The second factor follows separately."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lishu_law.access.doors import public, signed_in
from lishu_law.audit import journal
from lishu_law.web.navigation import desk_url
from lishu_law.web.reading_aids import remember


class SignInForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=40,
        error_messages={"required": "请填写用户名。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="口令",
        max_length=200,
        error_messages={"required": "请填写口令。"},
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _next_url(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return desk_url()


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Who am I? One page, one answer for a wrong name and a wrong password."""
    form = SignInForm(request.POST or None)
    failed = False
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            journal.record("sign_in.ok", by=user, on=("user", user.pk))
            response = HttpResponseRedirect(_next_url(request), status=303)
            if user.big_type:
                remember(response, "big", True)
            return response
        failed = True
        journal.record("sign_in.failed", by=None, on=("user", form.cleaned_data["username"]), result="denied")
    wrong = bool(failed or form.errors)
    context = {"title": "登录", "form": form, "failed": failed, "next": _next_url(request), "has_errors": wrong}
    return render(request, "web/sign_in.html", context, status=422 if wrong else 200)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    journal.record("sign_in.ended", by=request.user, on=("user", request.user.pk))
    logout(request)
    response = HttpResponseRedirect(reverse("sign-in"), status=303)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any) -> HttpResponse:
    """Too many failures: says how long and who can unlock."""
    name = (credentials or {}).get("username", "")
    journal.record("sign_in.locked", by=None, on=("user", str(name)[:40]), result="denied")
    return render(request, "web/locked_out.html", {"minutes": 15}, status=429)
