"""All addresses. Settings decide which a process serves (shared decision 17)."""

from __future__ import annotations

from django.urls import include, path

from lishu_law.web import demo_clock, profile, reading_aids, sign_in, style_guide
from lishu_law.web import views as web

handler400 = "lishu_law.web.errors.bad_request"
handler403 = "lishu_law.web.errors.forbidden"
handler404 = "lishu_law.web.errors.not_found"
handler500 = "lishu_law.web.errors.server_error"

urlpatterns = [
    path("", web.home, name="home"),
    path("healthz", web.health, name="health"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("", include("inspections.urls")),
    path("desk/", include("lishu_law.desk.urls")),
    path("messages/", include("lishu_law.desk.messages.urls")),
    path("calendar/", include("lishu_law.desk.calendar.urls")),
    path("cases/", include("cases.urls")),
    path("registry/", include("lishu_law.desk.registry.urls")),
    path("drafts/save/", web.save_draft, name="draft-save"),
    path("view-mode/", reading_aids.view_mode, name="view-mode"),
    path("help/", web.help_page, name="help"),
    path("me/", profile.profile, name="profile"),
    path("demo/clock/", demo_clock.demo_clock, name="demo-clock"),
    path("_components/", style_guide.components, name="components"),
    path("", include("disclosure.urls")),
    path("", include("disclosure.portal.urls")),
]
