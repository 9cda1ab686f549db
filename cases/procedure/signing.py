"""Who signs which paper of a case by hand, on which pages (documents.csv; 处罚法52、55、56、64).

Pure. What a seat is says ``lishu_law.documents.seats``, what makes a signature good ``lishu_law.documents.seat_faults``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lishu_law.documents.seats import Form, Noting, Seat, Signer, Slot, officer_slot, party_slot, seats_of

SIGNED_FOR = ("直接送达", "留置送达", "委托送达", "转交送达")
QUESTIONING, EVIDENCE_LAW, SEIZING = "行政处罚法第五十五条", "行政处罚法第五十六条", "行政强制法第二十四条、第二十八条"
FORMS: dict[str, Form] = {
    "questioning_record": Form((
        party_slot("被询问人", "person.name", every_page=True, reads=True, is_named=True),
        officer_slot("询问人", 1, "questioner"), officer_slot("记录人", 1, "recorder"),
    ), "inv-question-sign", QUESTIONING),
    "onscene_record": Form((
        party_slot("现场人员", "person.name", when="person.name", reads=True, is_named=True), officer_slot("执法人员"),
        Slot("见证人", Signer.WITNESS, "witness", when="witness", unless="person.name"),
    ), "inv-question-sign", QUESTIONING),
    "inquest_record": Form((
        party_slot("当事人或其代理人", "person.name", when="person.name", reads=True),
        officer_slot("勘验人", 2, "inspectors.*.name"), Slot("被邀请人", Signer.WITNESS, "invited", when="invited"),
        officer_slot("记录人", 1, "recorder"),
    ), "inv-question-sign", QUESTIONING),
    "hearing_record": Form((
        party_slot("当事人或代理人", "party", unless="outcome", noting=Noting.NOTE),
        replace(officer_slot("主持人及听证员", 1, "chair|members"), is_each=True), officer_slot("记录员", 1, "recorder"),
        party_slot("其他参加人", "others", when="others", noting=Noting.NOTE),
    ), "hearing-record", "行政处罚法第六十四条第八项"),
    "sampling_voucher": Form((
        party_slot("当事人或其代理人", "party.name"), officer_slot("执法人员", 2, ""),
        Slot("见证人", Signer.WITNESS, "witness", when="witness"),
    ), "inv-sample", EVIDENCE_LAW),
    "preservation_list": Form(
        (party_slot("当事人或其代理人", "party.name"), officer_slot("执法人员", 2, "")), "pres-list", EVIDENCE_LAW
    ),
    "measure_decision": Form(
        (party_slot("当事人或其代理人", "party.name"), officer_slot("执法人员", 2, "")), "coerce-scene-record", SEIZING
    ),
    "measure_lifting": Form((party_slot("当事人或其代理人", "party.name"),), "coerce-return", SEIZING),
    "spot_decision": Form((
        party_slot("当事人或者其代理人", "party.name", noting=Noting.NOTE), officer_slot("执法人员"),
    ), "simple-deliver", "行政处罚法第五十二条第一款"),
    "correction_order": Form(
        (party_slot("当事人或其代理人", "party.name"), officer_slot("执法人员")), "inv-correct-order", "行政处罚法第二十八条第一款"
    ),
    "serving_receipt": Form((
        party_slot("收件人", "rows.*.receiver", methods=SIGNED_FOR), officer_slot("送达人", 2, "rows.*.servers"),
        Slot("见证人", Signer.WITNESS, "witness", when="witness"),
    ), "serve-receipt", "民事诉讼法第八十七条"),
    "edata_sheet": Form((
        officer_slot("采集人", 1, ""), officer_slot("执法人员", 1, ""), party_slot("现场人员"),
    ), "inv-edata-record", "行政处罚法第四十六条"),
    "paste_sheet": Form((party_slot("提供人"), officer_slot("执法人员")), "inv-copy-verify", "行政处罚法第四十六条"),
    "testing_commission": Form((party_slot("当事人"),), "inv-appraise", EVIDENCE_LAW),
    "defence_record": Form((
        party_slot("陈述申辩人", reads=True), officer_slot("执法人员", 1, ""), officer_slot("记录人", 1, ""),
    ), "defence-record", "行政处罚法第四十五条"),
    "waiver_statement": Form(
        (party_slot("当事人或代理人", noting=Noting.NEVER),), "waiver-explicit", "行政处罚法第四十五条"
    ),
    "power_of_attorney": Form(
        (party_slot("委托人", noting=Noting.NEVER), party_slot("受委托人", noting=Noting.NEVER)),
        "hearing-proxy", "行政处罚法第六十四条第五项",
    ),
    "address_confirmation": Form(
        (party_slot("受送达人", noting=Noting.NEVER),), "serve-address-confirm", "行政处罚法第六十一条"
    ),
    "execution_agreement": Form((party_slot("当事人", noting=Noting.NEVER),), "enforce-agreement", "行政强制法第四十二条"),
    "custody_ledger": Form(
        (officer_slot("移交人", 1, ""), party_slot("接收人", noting=Noting.NEVER)), "coerce-return", SEIZING
    ),
    "investigation_report": Form(
        (officer_slot("执法人员", 2, "investigators.*.name"),), "inv-report", "行政处罚法第五十七条"
    ),
    "closing_report": Form((officer_slot("执法人员"),), "close-approval", "行政处罚法第六十七条"),
}  # fmt: skip


def seats(code: str, data: Mapping[str, Any], pages: int) -> tuple[Seat, ...]:
    """Every place of this very paper, in the order of the form."""
    return seats_of(FORMS.get(code), data, pages)
