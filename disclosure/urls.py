"""Staff addresses of disclosure and push."""

from __future__ import annotations

from django.urls import include, path, re_path

from disclosure import exchange_views, exclusion_views, request_views, views
from disclosure.portal.urls import ID

PART = "(?P<part_id>[1-9][0-9]{0,17})"
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
    re_path(
        rf"^disclosure/{ID}/withdraw/refuse/$",
        request_views.refuse_withdrawal_page,
        name="disclosure-refuse-withdrawal",
    ),
    re_path(rf"^disclosure/{ID}/withdraw/ask/$", request_views.ask_withdrawal, name="disclosure-ask-withdrawal"),
    re_path(rf"^disclosure/{ID}/exclude/$", exclusion_views.exclude_record, name="disclosure-exclude"),
    re_path(rf"^disclosure/{ID}/exclude/check/$", exclusion_views.exclusion, name="disclosure-exclusion"),
    re_path(
        rf"^disclosure/{ID}/exclude/{PART}/paper/$", exclusion_views.exclusion_paper, name="disclosure-exclusion-paper"
    ),
    re_path(
        rf"^disclosure/{ID}/exclude/review/$", exclusion_views.exclusion_review, name="disclosure-exclusion-review"
    ),
    re_path(rf"^disclosure/{ID}/correct/$", request_views.correct_record, name="disclosure-correct"),
    re_path(rf"^disclosure/{ID}/correct/check/$", request_views.correction, name="disclosure-correction"),
    re_path(rf"^disclosure/{ID}/objection/$", request_views.objection_new, name="disclosure-objection-new"),
    re_path(rf"^disclosure/{ID}/objection/{PART}/$", request_views.objection, name="disclosure-objection"),
    re_path(
        rf"^disclosure/{ID}/objection/{PART}/reply/$", request_views.objection_reply, name="disclosure-objection-reply"
    ),
    re_path(rf"^disclosure/{ID}/repair/$", request_views.repair_new, name="disclosure-repair-new"),
    re_path(rf"^disclosure/{ID}/repair/{PART}/$", request_views.repair, name="disclosure-repair"),
    re_path(rf"^disclosure/{ID}/repair/{PART}/reply/$", request_views.repair_reply, name="disclosure-repair-reply"),
]
