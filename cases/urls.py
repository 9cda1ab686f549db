"""Addresses of the cases. One address per act."""

from __future__ import annotations

from django.urls import path

from cases.procedure.steps import BY_CODE
from cases.views import (
    blanks,
    branches,
    correction,
    create,
    crime,
    devices,
    discretion,
    discussion,
    editions,
    evidence,
    execution,
    execution_board,
    hearing,
    investigation,
    measures,
    opinions,
    pages,
    party_acts,
    recusal,
    remedies,
    serving,
    summary,
    violations,
    volume,
)

ACTS = {
    **{name: getattr(opinions, name) for name in (
        "verify_clue", "request_filing", "recommend_filing", "approve_filing", "endorse_report", "approve_report",
        "request_review", "review", "approve_decision", "endorse_closing", "approve_closing",
        "archive",
    )},
    **{name: getattr(investigation, name) for name in (
        "record_onscene", "record_questioning", "add_evidence", "verify_evidence", "submit_report",
    )},
    "set_discretion": discretion.discretion,
    **{name: getattr(party_acts, name) for name in (
        "issue_notice", "serve_notice", "record_defence", "review_defence", "serve_decision", "record_payment",
        "propose_closing",
    )},
    **branches.ACTS,
    **discussion.ACTS,
    **crime.ACTS,
    **correction.ACTS,
    **evidence.ACTS,
    **measures.ACTS,
    **recusal.ACTS,
    **hearing.ACTS,
    **serving.ACTS,
    **execution.ACTS,
    **remedies.ACTS,
    **summary.ACTS,
}  # fmt: skip


def _address(code: str) -> str:
    """One address per act; an act on a part of the case names the part: ``…/measure/12/extend-measure/``."""
    part = f"{BY_CODE[code].part}/<int:part_id>/" if BY_CODE[code].part else ""
    return f"<str:clue_no>/{part}{code.replace('_', '-')}/"


urlpatterns = [
    path("", pages.case_list, name="case-list"),
    path("new/", create.new_case, name="case-new"),
    path("violations/", violations.find, name="violation-find"),
    path("execution/", execution_board.board, name="execution-board"),
    path("summary/new/", summary.new_summary, name="case-summary-new"),
    path("devices/", devices.device_list, name="device-list"),
    path("devices/new/", devices.new_device, name="device-new"),
    path("devices/<int:device_id>/", devices.device_page, name="device"),
    path("devices/<int:device_id>/calibrate/", devices.calibrate_device, name="device-calibrate"),
    path("devices/<int:device_id>/review-law/", devices.review_device_law, name="device-review-law"),
    path("devices/<int:device_id>/review-technique/", devices.review_device_technique, name="device-review-technique"),
    path("devices/<int:device_id>/publish/", devices.publish_device, name="device-publish"),
    path("blanks/", blanks.blank_list, name="blank-list"),
    path("blanks/new/", blanks.lease, name="blank-lease-new"),
    path("blanks/<str:reference>/", blanks.lease_page, name="blank-lease"),
    path("blanks/<str:reference>/print/", blanks.print_lease, name="blank-print"),
    path("blanks/<str:reference>/take-back/", blanks.take_back, name="blank-take-back"),
    path("blanks/<str:reference>/<int:serial>/void/", blanks.void, name="blank-void"),
    path("blanks/<str:reference>/<int:serial>/allow-late/", blanks.allow_late, name="blank-allow-late"),
    path("blanks/<str:reference>/<int:serial>/scan/", blanks.scan, name="blank-scan"),
    path("editions/", editions.edition_list, name="edition-list"),
    path("editions/unconfirmed/", editions.unconfirmed_list, name="unconfirmed-list"),
    path("editions/unconfirmed/<str:row_key>/", editions.confirm_row, name="confirm-row"),
    path("editions/import/<str:kind>/", editions.edition_import_new, name="edition-import-new"),
    path("editions/import/<str:kind>/template/", editions.edition_template, name="edition-template"),
    path("editions/imports/<str:reference>/", editions.edition_import, name="edition-import"),
    path("editions/imports/<str:reference>/order/", editions.edition_import_order, name="edition-import-order"),
    path("editions/imports/<str:reference>/drop/", editions.edition_import_drop, name="edition-import-drop"),
    path("editions/imports/<str:reference>/faults/", editions.edition_import_faults, name="edition-import-faults"),
    path("editions/<str:reference>/", editions.edition_page, name="edition"),
    path("editions/<str:reference>/table/", editions.edition_file, name="edition-file"),
    path("editions/<str:reference>/review/", editions.edition_review, name="edition-review"),
    path("editions/<str:reference>/release/", editions.edition_release, name="edition-release"),
    path("editions/<str:reference>/filing/", editions.edition_filing, name="edition-filing"),
    path("remedies/", remedies.register_page, name="case-remedies"),
    path("<str:clue_no>/", pages.case_page, name="case"),
    path("<str:clue_no>/edit/", create.edit_case, name="case-edit"),
    path("<str:clue_no>/declare/", pages.declare, name="case-declare"),
    path("<str:clue_no>/informant/", branches.informant, name="case-informant"),
    path("<str:clue_no>/informant/print/", branches.print_report, name="case-informant-print"),
    path("<str:clue_no>/amount/", execution.amount_page, name="case-amount"),
    path("<str:clue_no>/timeline/", pages.timeline, name="case-timeline"),
    path("<str:clue_no>/decide-on-paper/", summary.decide_on_paper, name="case-paper-decision"),
    path("<str:clue_no>/limits/<int:limit_id>/", pages.deadline, name="case-limit"),
    path("<str:clue_no>/documents/<int:document_id>/", pages.document_page, name="case-document"),
    path("<str:clue_no>/documents/<int:document_id>/pdf/", pages.document_pdf, name="case-document-pdf"),
    path("<str:clue_no>/evidence/<int:evidence_id>/file/", pages.evidence_file, name="case-evidence-file"),
    path("<str:clue_no>/volume/", volume.volume_page, name="case-volume"),
    path("<str:clue_no>/volume/make/", volume.make_volume, name="case-volume-make"),
    path("<str:clue_no>/volume/<str:reference>/fetch/", volume.fetch_volume, name="case-volume-fetch"),
    *(path(_address(code), view, name=f"case-{code}") for code, view in ACTS.items()),
]
