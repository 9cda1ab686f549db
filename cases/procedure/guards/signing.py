"""Signatures by hand: what is signed in the system is signed by everybody before it is used, served or closed upon.

A paper whose signatures stand on the paper original alone is no matter of these guards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cases.procedure.facts import CaseFacts, DocumentFact
from cases.procedure.signing import FORMS
from lishu_law.errors import Refusal

ON_PAPER, OPEN = "", "open"
# Made anew when the file comes back for another round: the one before is no paper the file rests on.
MADE_ANEW = frozenset({"investigation_report", "closing_report"})
RECORDS = frozenset({
    "onscene_record", "questioning_record", "inquest_record", "sampling_voucher", "preservation_list", "edata_sheet",
    "paste_sheet",
})  # fmt: skip


def _unsigned(facts: CaseFacts, codes: Iterable[str] = FORMS) -> DocumentFact | None:
    wanted = frozenset(codes)
    newest = {one.code: one.id for one in facts.documents if one.code in MADE_ANEW}
    return next(
        (
            one
            for one in facts.documents
            if one.signing == OPEN and one.code in wanted and newest.get(one.code, one.id) == one.id
        ),
        None,
    )


def is_waiting(one: DocumentFact | None) -> bool:
    """Signed by hand, and neither by everybody yet nor voided with what it records."""
    return bool(one and one.code in FORMS and one.signing in {ON_PAPER, OPEN})


def _at(refusal: Refusal, document: DocumentFact) -> Refusal:
    """The cure is the signing page of this very paper."""
    return replace(refusal, fix=f"{refusal.fix}:{document.id}")


def _lacking(one: DocumentFact) -> str:
    return f"《{one.full_title}》还缺签名：{one.unsigned}。请签名，或者注明拒签。"


def paper_to_sign(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-question-sign: the paper is one that is signed by hand, and somebody has still to sign it (处罚法55)."""
    one = facts.focused_document
    if is_waiting(one):
        return None
    message = "这份文书不需要手写签名，或者已经签齐、已经作废。请回到案件页核对。"
    return Refusal("inv-question-sign", message, "行政处罚法第五十五条", "case")


def records_signed(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-question-sign: every page of a record is signed before report or decision relies on it, or the refusal noted."""
    one = _unsigned(facts, RECORDS)
    if one is None:
        return None
    return _at(Refusal("inv-question-sign", _lacking(one), "行政处罚法第五十五条", "sign_document"), one)


def hearing_record_signed(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-record: the transcript is checked and signed, or the chair noted the refusal, before the report."""
    one = _unsigned(facts, ("hearing_record",))
    if one is None:
        return None
    return _at(Refusal("hearing-record", _lacking(one), "行政处罚法第六十四条第八项", "sign_document"), one)


def spot_decision_signed(facts: CaseFacts, today: date) -> Refusal | None:
    """simple-deliver: a decision that is signed in the system is handed over with all of its signatures (处罚法52)."""
    one = _unsigned(facts, ("spot_decision",))
    if one is None:
        return None
    return _at(Refusal("simple-deliver", _lacking(one), "行政处罚法第五十二条第一款", "sign_document"), one)


def served_paper_signed(facts: CaseFacts, today: date) -> Refusal | None:
    """serve-receipt: a paper that is signed in the system is served with all of its signatures."""
    one = facts.focused_document
    if one is None or one.signing != OPEN:
        return None
    return _at(Refusal("serve-receipt", _lacking(one), "民事诉讼法第八十七条", "sign_document"), one)


def file_signed(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: no paper of a closed file waits for a signature."""
    one = _unsigned(facts)
    if one is None:
        return None
    return _at(Refusal("close-conditions", _lacking(one), "行政处罚法第五十五条", "sign_document"), one)
