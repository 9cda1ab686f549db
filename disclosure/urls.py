"""Staff addresses of disclosure and push."""

from __future__ import annotations

from django.urls import include, path, re_path

from disclosure import views
from disclosure.portal.urls import ID

urlpatterns = [
    path("disclosure/", views.disclosure_list, name="disclosure-list"),
    path("", include("disclosure.intake.urls")),
    path("disclosure/figures/", include("disclosure.statistics.urls")),
    path("deliveries/", views.delivery_list, name="delivery-list"),
    re_path(
        r"^deliveries/(?P<rui>[0-9A-Z]{18}-(?:CF|JC)-[0-9]{4}-[0-9]{6})/(?P<version>[0-9]{1,6})/retry/$",
        views.retry,
        name="delivery-retry",
    ),
    re_path(rf"^disclosure/{ID}/$", views.disclosure_record, name="disclosure-record"),
    re_path(rf"^disclosure/{ID}/publish/$", views.publish_record, name="disclosure-publish"),
    re_path(rf"^disclosure/{ID}/redraft/$", views.redraft_record, name="disclosure-redraft"),
    re_path(rf"^disclosure/{ID}/withdraw/$", views.withdraw_record, name="disclosure-withdraw"),
]
