"""Which checks judge which items: plain functions over the file, listed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cases.dossier_review.checks import (
    closing,
    competence,
    decision,
    evidence,
    execution,
    measures,
    party,
    report,
    review,
    told,
)
from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding

Check = Callable[[Dossier], Iterator[Finding]]

# Item → its check. Every item has one: what a person judges beyond it stands on the sheet.
CHECKS: dict[str, Check] = {
    "V1": competence.organ, "V2": competence.two_officers, "V3": party.addressee, "V4": evidence.grounds,
    "V5": decision.legal_basis, "V6": told.notice_first, "V7": told.hearing_right, "V8": review.legal_review,
    "V9": review.discussed, "V10": measures.power, "V11": competence.range_and_twice, "V12": review.crime,
    "V13": competence.limitation, "V14": competence.summary_scope,
    "1": party.clue, "2": party.filing_form, "3": party.filed_in_time, "4": party.same_party,
    "5": evidence.licence_shown, "6": evidence.recusal, "7": evidence.times, "8": evidence.signatures,
    "9": evidence.scene, "10": evidence.coverage, "11": evidence.copies, "12": evidence.recordings,
    "13": evidence.instruments, "14": measures.preservation, "15": measures.seizure_papers,
    "16": measures.seizure_period, "17": measures.custody, "18": report.correction, "19": report.report,
    "20": report.benchmark, "21": report.milder, "22": told.notice_contents, "23": told.notice_served,
    "24": told.defence, "25": told.waiver, "26": told.hearing, "27": review.opinion, "28": review.meeting,
    "29": decision.contents, "30": decision.reasons, "31": decision.payment, "32": decision.remedies,
    "33": decision.in_time, "34": execution.serving, "35": execution.payments, "36": execution.deferral,
    "37": execution.overdue, "38": execution.publication, "39": closing.closing_report,
    "40": closing.one_case_one_file, "41": closing.forms,
}  # fmt: skip
