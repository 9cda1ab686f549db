"""Staff addresses of disclosure and push."""

from __future__ import annotations

from django.urls import include, path, re_path

from disclosure import exchange_views, views
from disclosure.portal.urls import ID

RUN = "(?P<number>DZ[0-9]{8}-[0-9]{2,4})"

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
    path("deliveries/codes/", exchange_views.code_lists, name="code-lists"),
    path("deliveries/reconcile/", exchange_views.reconcile_list, name="reconcile-list"),
    path("deliveries/reconcile/new/", exchange_views.reconcile_new, name="reconcile-new"),
    re_path(rf"^deliveries/reconcile/{RUN}/$", exchange_views.reconcile_run, name="reconcile-run"),
    re_path(
        rf"^deliveries/reconcile/{RUN}/(?P<place>[1-9][0-9]{{0,5}})/close/$",
        exchange_views.close,
        name="reconcile-close",
    ),
    re_path(
        rf"^deliveries/reconcile/{RUN}/(?P<place>[1-9][0-9]{{0,5}})/delete/$",
        exchange_views.delete,
        name="reconcile-delete",
    ),
    re_path(rf"^disclosure/{ID}/$", views.disclosure_record, name="disclosure-record"),
    re_path(rf"^disclosure/{ID}/publish/$", views.publish_record, name="disclosure-publish"),
    re_path(rf"^disclosure/{ID}/redraft/$", views.redraft_record, name="disclosure-redraft"),
    re_path(rf"^disclosure/{ID}/withdraw/$", views.withdraw_record, name="disclosure-withdraw"),
]
