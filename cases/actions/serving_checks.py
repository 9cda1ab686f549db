"""What the law asks of one serving beyond the state of the case: servers, receiver, proof (民诉87–95、处罚法61).

Each function answers with the refusals it finds; the actions collect them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases.actions.doing import Doing
from cases.actions.serving_input import NewReceipt, NewServing
from cases.models import Document, ReceiverRelation, ServingMethod
from cases.procedure.facts import CaseFacts
from lishu_law import clock
from lishu_law.errors import Refusal

R = ReceiverRelation
# Who may take a document for whom (民诉88): agents for everybody.
MAY_RECEIVE: Mapping[str, frozenset[str]] = {
    "organisation": frozenset({R.REPRESENTATIVE, R.RECEIVING_STAFF, R.AGENT}),
    "citizen": frozenset({R.SELF, R.FAMILY, R.AGENT}),
    "individual_business": frozenset({R.SELF, R.FAMILY, R.AGENT, R.RECEIVING_STAFF}),
}
WARN_ADDRESS = "serve-address-confirm"
LEFT_LAW = "民事诉讼法第八十九条"  # 留置送达


def two_servers(doing: Doing, second: Any) -> list[Refusal]:
    """gen-two-officers: two officers of the case serve."""
    two = "行政处罚法第四十二条第一款"
    if second.pk == doing.by.pk:
        return [Refusal("gen-two-officers", "送达人要有两名，不能是同一人。", two, "second_server")]
    if second.staff_number not in {o.staff_number for o in doing.loaded.facts.officers}:
        message = f"{second.full_name}不是本案承办人，请另选。"
        return [Refusal("gen-two-officers", message, two, "second_server")]
    return []


def serving_in_order(doing: Doing, document: Document, served_at: datetime) -> list[Refusal]:
    """Not before the document was made, not after now."""
    found = []
    if served_at > doing.at:
        found.append(Refusal("serve-future", "送达时间不能晚于现在，请核对。", "", "served_at"))
    if served_at < document.sealed_at:
        message = "送达时间早于文书作出的时间，请核对。"
        found.append(Refusal("serve-order", message, "行政处罚法第六十一条", "served_at"))
    return found


def receipt_complete(receiver_name: str, relation: str, place: str) -> list[Refusal]:
    """serve-receipt: the receipt names the receiver, the relation and the place (民诉87)."""
    missing = [] if receiver_name.strip() else ["收件人姓名"]
    missing += [] if relation else ["收件人身份"]
    missing += [] if place.strip() else ["送达地点"]
    if not missing:
        return []
    message = f"送达回证还缺{'、'.join(missing)}。请补齐后再登记。"
    return [Refusal("serve-receipt", message, "民事诉讼法第八十七条", "receiver_name")]


def receiver_may_receive(facts: CaseFacts, relation: str) -> list[Refusal]:
    """serve-direct: a citizen himself or adult family living with him; an organisation its head or mail office; agents."""
    kind = facts.party.kind if facts.party else ""
    allowed = MAY_RECEIVE.get(kind)
    if allowed is None or not relation or relation in allowed:
        return []
    names = "、".join(R(one).label for one in R if one in allowed)
    message = f"“{R(relation).label}”不能代本案当事人签收。可以签收的有：{names}。请核对收件人身份。"
    return [Refusal("serve-direct", message, "民事诉讼法第八十八条", "relation")]


def left_with_proof(new: NewServing) -> list[Refusal]:
    """serve-refuse: the reason is noted, and a witness signs or the leaving is filmed (民诉89)."""
    if new.method != ServingMethod.LEFT:
        return []
    found = []
    if not new.refusal_reason.strip():
        message = "留置送达要记明拒收事由和日期。请填写拒收事由。"
        found.append(Refusal("serve-refuse", message, LEFT_LAW, "refusal_reason"))
    if not new.witness_name.strip() and new.proof is None:
        message = "留置送达要有见证人签名，或者上传拍照、录像。请补上其中一项。"
        found.append(Refusal("serve-refuse", message, LEFT_LAW, "witness_name"))
    return found


def handed_over_on_spot(
    doing: Doing, document: Document, method: str, served_at: datetime, present: bool
) -> list[Refusal]:
    """serve-on-spot: the decision is announced and handed over on the spot to a party who is present (处罚法61)."""
    if document.code != "penalty_decision" or not present:
        return []
    is_same_day = clock.local(served_at).date() == doing.case.decided_on
    if method in {ServingMethod.DIRECT, ServingMethod.LEFT} and is_same_day:
        return []
    message = "宣告决定时当事人在场的，应当在宣告后当场交付处罚决定书。请核对送达方式和时间，或者更正当事人是否在场。"
    return [Refusal("serve-on-spot", message, "行政处罚法第六十一条第一款", "party_present")]


def electronic_agreed(doing: Doing, new: NewServing) -> list[Refusal]:
    """serve-electronic: a signed consent before the sending, and the system's record of success (处罚法61第二款)."""
    if new.method != ServingMethod.ELECTRONIC:
        return []
    found, agreed, law = [], doing.loaded.facts.address, "行政处罚法第六十一条第二款"
    if agreed is None or not agreed.accepts_electronic or agreed.signed_on > clock.local(new.served_at).date():
        message = (
            "当事人没有在送达之前签署同意电子送达的确认书，不能电子送达。请先登记送达地址确认书，或者改用其他方式。"
        )
        found.append(Refusal("serve-electronic", message, law, "confirm_address"))
    missing = [] if new.through.strip() else ["发送的方式和号码、地址"]
    missing += [] if new.reference.strip() else ["系统发送记录编号"]
    missing += [] if new.proof is not None else ["系统显示发送成功的记录"]
    if missing:
        message = f"电子送达以系统显示发送成功为准，还缺{'、'.join(missing)}。请补齐。"
        found.append(Refusal("serve-electronic", message, law, "reference"))
    return found


def mail_traceable(method: str, through: str, reference: str) -> list[Refusal]:
    """serve-mail: a letter is posted with a tracking number (民诉91)."""
    if method != ServingMethod.MAIL or (through.strip() and reference.strip()):
        return []
    message = "邮寄送达要写明邮政企业和邮件编号，回执才查得到。请补上。"
    return [Refusal("serve-mail", message, "民事诉讼法第九十一条", "reference")]


def slip_returned(method: str, new: NewReceipt) -> list[Refusal]:
    """serve-mail: served on the date of the return slip, which lies in the file (民诉91)."""
    if method != ServingMethod.MAIL or new.receipt is not None:
        return []
    message = "邮寄送达以回执上的收件日期为准，请上传回执或者签收记录。"
    return [Refusal("serve-mail", message, "民事诉讼法第九十一条", "receipt")]


def carrier_named(method: str, through: str) -> list[Refusal]:
    """serve-entrust, serve-transfer: who was asked to hand it over (民诉91–94)."""
    if method not in {ServingMethod.ENTRUSTED, ServingMethod.TRANSFERRED} or through.strip():
        return []
    if method == ServingMethod.ENTRUSTED:
        return [Refusal("serve-entrust", "请写明受委托送达的机关。", "民事诉讼法第九十一条", "through")]
    message = "请写明转交的部队、监狱或者其他单位。"
    return [Refusal("serve-transfer", message, "民事诉讼法第九十二条", "through")]


def address_asked(facts: CaseFacts, reason: str) -> list[Refusal]:
    """serve-address-confirm: without a signed address confirmation, why there is none must be said."""
    if facts.address is not None or reason.strip():
        return []
    message = "案卷里没有送达地址确认书。请先登记确认书；当事人没有填写的，请写明原因。"
    return [Refusal(WARN_ADDRESS, message, "行政处罚法第六十一条第二款", "no_address_reason")]


def failure_told(failure: str, note: str, place: str) -> list[Refusal]:
    """serve-public-reason: what was tried, where, and why it failed stands in the file (民诉95)."""
    missing = [] if failure else ["未能送达的原因"]
    missing += [] if note.strip() else ["经过"]
    missing += [] if place.strip() else ["前往或者寄往的地点"]
    if not missing:
        return []
    message = f"请写明{'、'.join(missing)}，以后改用其他方式送达要以此为据。"
    return [Refusal("serve-public-reason", message, "民事诉讼法第九十五条", "note")]
