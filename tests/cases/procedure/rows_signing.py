"""The guards of signatures by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import signing
from cases.procedure.states import State

TODAY = date(2026, 3, 20)
DONE = f.DocumentFact("questioning_record", "询问笔录", False, None, TODAY, id=7, signing="done")
OPEN = replace(DONE, signing="open", unsigned="第 2 页被询问人示例司机")
ON_PAPER = replace(DONE, signing="")
VOID = replace(DONE, signing="void")
CLOSING = replace(OPEN, code="closing_report", title="结案报告", id=9)
SPOT = replace(OPEN, code="spot_decision", title="当场行政处罚决定书", id=9)
HEARD = replace(OPEN, code="hearing_record", title="听证笔录", id=8)
ORDER = replace(OPEN, code="correction_order", title="责令改正违法行为通知书", must_be_served=True, id=7)
LETTER = replace(DONE, code="demand_letter", title="催告书", signing="", id=7)

IN_ORDER = f.CaseFacts(state=State.INVESTIGATION, documents=(DONE,), focus=7)
IN_ORDER_OF = {signing.paper_to_sign: replace(IN_ORDER, documents=(OPEN,))}

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (signing.paper_to_sign, {"documents": (DONE,)}, "inv-question-sign", "case"),
    (signing.paper_to_sign, {"documents": (LETTER,)}, "inv-question-sign", "case"),
    (signing.paper_to_sign, {"focus": 8}, "inv-question-sign", "case"),
    (signing.paper_to_sign, {"documents": (VOID,)}, "inv-question-sign", "case"),
    (signing.records_signed, {"documents": (replace(OPEN, id=6), DONE)}, "inv-question-sign", "sign_document:6"),
    (signing.file_signed, {"documents": (replace(CLOSING, id=8), CLOSING)}, "close-conditions", "sign_document:9"),
    (signing.records_signed, {"documents": (DONE, OPEN)}, "inv-question-sign", "sign_document:7"),
    (signing.hearing_record_signed, {"documents": (HEARD,)}, "hearing-record", "sign_document:8"),
    (signing.spot_decision_signed, {"documents": (SPOT,)}, "simple-deliver", "sign_document:9"),
    (signing.served_paper_signed, {"documents": (ORDER,)}, "serve-receipt", "sign_document:7"),
    (signing.file_signed, {"documents": (DONE, HEARD)}, "close-conditions", "sign_document:8"),
)

PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (signing.paper_to_sign, {"documents": (ON_PAPER,)}),
    (signing.records_signed, {"documents": (DONE, ON_PAPER, HEARD, replace(ORDER, id=9))}),
    (signing.hearing_record_signed, {"documents": (OPEN,)}),
    (signing.spot_decision_signed, {"documents": (replace(SPOT, signing="done"), OPEN)}),
    (signing.spot_decision_signed, {"documents": (replace(SPOT, signing=""),)}),
    (signing.served_paper_signed, {"documents": (replace(ORDER, signing="done"), HEARD)}),
    (signing.served_paper_signed, {"documents": (replace(ORDER, signing=""),)}),
    (signing.file_signed, {"documents": (DONE, ON_PAPER, LETTER, VOID)}),
    (signing.file_signed, {"documents": (replace(CLOSING, id=8), replace(CLOSING, signing="done"))}),
    (signing.file_signed, {"documents": (replace(CLOSING, id=8), replace(CLOSING, signing=""))}),
)
