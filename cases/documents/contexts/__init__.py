"""From case facts to the data of each document: every value formatted once, sealed as it is printed.

One function per document, named after its code; the shapes are those of ``cases.documents.shapes``.
"""

from cases.documents.contexts.branches import (
    collective_discussion,
    correction_order,
    crime_transfer_letter,
    document_correction,
    ending_approval,
    extension_approval,
    no_filing_approval,
    no_penalty_decision,
    termination_approval,
    transfer_letter,
    transfer_notice,
    withdrawal_approval,
)
from cases.documents.contexts.closing import (
    closing_report,
    legal_review_opinion,
    penalty_approval,
)
from cases.documents.contexts.defence import (
    defence_record,
    defence_review,
    waiver_statement,
)
from cases.documents.contexts.enforcement import (
    demolition_notice,
    enforcement_change,
    enforcement_decision,
    enforcement_form,
    execution_agreement,
    proxy_decision,
)
from cases.documents.contexts.evidence import (
    assistance_letter,
    edata_sheet,
    inquest_record,
    monitoring_review,
    paste_sheet,
    sampling_voucher,
    testing_commission,
)
from cases.documents.contexts.execution import (
    DemandWords,
    Granted,
    court_application,
    deferral_form,
    deferral_notice,
    demand_letter,
    fine_receipt,
)
from cases.documents.contexts.filing import (
    filing_form,
    transcript,
)
from cases.documents.contexts.hearing import (
    hearing_notice,
    hearing_record,
    hearing_report,
    power_of_attorney,
)
from cases.documents.contexts.informants import (
    report_record,
)
from cases.documents.contexts.measures import (
    custody_ledger,
    measure_approval,
    measure_change_approval,
    measure_decision,
    measure_extension,
    measure_lifting,
    measure_testing,
    preservation_approval,
    preservation_list,
    preservation_release,
    preservation_release_approval,
    spot_words,
)
from cases.documents.contexts.penalty import (
    DecisionParts,
    decision_parts,
    penalty_decision,
    prior_notice,
)
from cases.documents.contexts.publication import (
    Published,
    TakenDown,
    publication_sheet,
    withdrawal_statement,
)
from cases.documents.contexts.recusal import (
    recusal_paper,
)
from cases.documents.contexts.remedies import (
    Revocation,
    changed_result,
    forwarding_letter,
    review_reply,
    revocation_decision,
)
from cases.documents.contexts.report import (
    investigation_report,
)
from cases.documents.contexts.serving import (
    address_confirmation,
    public_serving_notice,
    serving_receipt,
)
from cases.documents.contexts.summary import (
    short_closing_report,
    spot_decision,
    spot_decision_parts,
    told_words,
)

__all__ = [
    "DecisionParts",
    "DemandWords",
    "Granted",
    "Published",
    "Revocation",
    "TakenDown",
    "address_confirmation",
    "assistance_letter",
    "changed_result",
    "closing_report",
    "collective_discussion",
    "correction_order",
    "court_application",
    "crime_transfer_letter",
    "custody_ledger",
    "decision_parts",
    "defence_record",
    "defence_review",
    "deferral_form",
    "deferral_notice",
    "demand_letter",
    "demolition_notice",
    "document_correction",
    "edata_sheet",
    "ending_approval",
    "enforcement_change",
    "enforcement_decision",
    "enforcement_form",
    "execution_agreement",
    "extension_approval",
    "filing_form",
    "fine_receipt",
    "forwarding_letter",
    "hearing_notice",
    "hearing_record",
    "hearing_report",
    "inquest_record",
    "investigation_report",
    "legal_review_opinion",
    "measure_approval",
    "measure_change_approval",
    "measure_decision",
    "measure_extension",
    "measure_lifting",
    "measure_testing",
    "monitoring_review",
    "no_filing_approval",
    "no_penalty_decision",
    "paste_sheet",
    "penalty_approval",
    "penalty_decision",
    "power_of_attorney",
    "preservation_approval",
    "preservation_list",
    "preservation_release",
    "preservation_release_approval",
    "prior_notice",
    "proxy_decision",
    "public_serving_notice",
    "publication_sheet",
    "recusal_paper",
    "report_record",
    "review_reply",
    "revocation_decision",
    "sampling_voucher",
    "serving_receipt",
    "short_closing_report",
    "spot_decision",
    "spot_decision_parts",
    "spot_words",
    "termination_approval",
    "testing_commission",
    "told_words",
    "transcript",
    "transfer_letter",
    "transfer_notice",
    "waiver_statement",
    "withdrawal_approval",
    "withdrawal_statement",
]
