"""Who signs which paper of an inspection by hand (documents.csv J04–J07: shaped as M02, M05, M03; 处罚法55).

Pure. What a seat is says ``lishu_law.documents.seats``. J03 is sealed with the signatures of the visit (insp-signed);
notice and approval are signed by acts of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from inspections.rules.periods import citation
from lishu_law.documents.seats import Form, Signer, Slot, officer_slot, party_slot
from lishu_law.errors import Refusal

RECORD, TOLD = "insp-record", "insp-result-tell"
FORMS: dict[str, Form] = {
    "inspection_questioning": Form((
        party_slot("被询问人", "person.name", every_page=True, reads=True, is_named=True),
        officer_slot("询问人", 1, "questioner"), officer_slot("记录人", 1, "recorder"),
    ), RECORD, citation(RECORD)),
    "inspection_sampling": Form((
        party_slot("当事人或其代理人", "party.name"), officer_slot("执法人员", 2, ""),
        Slot("见证人", Signer.WITNESS, "witness", when="witness"),
    ), RECORD, citation(RECORD)),
    "inspection_inquest": Form((
        party_slot("当事人或其代理人", "person.name", when="person.name", reads=True),
        officer_slot("勘验人", 2, "inspectors.*.name"), Slot("被邀请人", Signer.WITNESS, "invited", when="invited"),
        officer_slot("记录人", 1, "recorder"),
    ), RECORD, citation(RECORD)),
    "inspection_result": Form((party_slot("被检查人", "addressee"),), TOLD, citation(TOLD)),
}  # fmt: skip


def papers_signed(waiting: Iterable[tuple[int, str, str]]) -> list[Refusal]:
    """What is signed in the system is signed by everybody before the result is told and a case opened.

    ``waiting`` are key, title and who is missing of each paper.
    """
    return [
        Refusal(RECORD, f"《{title}》还缺签名：{who}。请签名，或者注明拒签。", citation(RECORD), f"sign_paper:{key}")
        for key, title, who in waiting
    ]
