"""Addresses of the cases. One address per act."""

from __future__ import annotations

from django.urls import path

from cases.views import create, investigation, opinions, pages, party_acts

ACTS = {
    **{name: getattr(opinions, name) for name in (
        "verify_clue", "request_filing", "recommend_filing", "approve_filing", "endorse_report", "approve_report",
        "request_review", "review", "record_discussion", "approve_decision", "endorse_closing", "approve_closing",
        "archive",
    )},
    **{name: getattr(investigation, name) for name in (
        "record_onscene", "record_questioning", "add_evidence", "verify_evidence", "submit_report",
    )},
    "set_discretion": investigation.discretion,
    **{name: getattr(party_acts, name) for name in (
        "issue_notice", "serve_notice", "record_defence", "review_defence", "serve_decision", "record_payment",
        "propose_closing",
    )},
}  # fmt: skip

urlpatterns = [
    path("", pages.case_list, name="case-list"),
    path("new/", create.new_case, name="case-new"),
    path("<str:clue_no>/", pages.case_page, name="case"),
    path("<str:clue_no>/edit/", create.edit_case, name="case-edit"),
    path("<str:clue_no>/declare/", pages.declare, name="case-declare"),
    path("<str:clue_no>/timeline/", pages.timeline, name="case-timeline"),
    path("<str:clue_no>/limits/<int:limit_id>/", pages.deadline, name="case-limit"),
    path("<str:clue_no>/documents/<int:document_id>/", pages.document_page, name="case-document"),
    path("<str:clue_no>/documents/<int:document_id>/pdf/", pages.document_pdf, name="case-document-pdf"),
    path("<str:clue_no>/evidence/<int:evidence_id>/file/", pages.evidence_file, name="case-evidence-file"),
    *(
        path(f"<str:clue_no>/{code.replace('_', '-')}/", view, name=f"case-{code}")
        for code, view in ACTS.items()
    ),
]
