"""All addresses. Settings decide which a process serves (shared decision 17)."""

from __future__ import annotations

from django.urls import include, path

from lishu_law.web import sign_in
from lishu_law.web import views as web

handler400 = "lishu_law.web.errors.bad_request"
handler404 = "lishu_law.web.errors.not_found"
handler500 = "lishu_law.web.errors.server_error"

urlpatterns = [
    path("", web.home, name="home"),
    path("healthz", web.health, name="health"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("drafts/save/", web.save_draft, name="draft-save"),
    path("disclosure/", include("disclosure.urls")),
    path("", include("disclosure.portal.urls")),
]
