"""送达回证, 送达地址确认书 and 送达公告."""

from __future__ import annotations

from datetime import date

from cases.documents import shapes
from cases.models import (
    AddressConfirmation,
    Approval,
    Document,
    ReceiverRelation,
    Serving,
    ServingMethod,
    ServingOutcome,
)
from cases.queries.facts import LoadedCase
from cases.queries.public_serving import days_in_force
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, moment, paragraphs
from lishu_law.documents.shapes import row

M = ServingMethod
TOLD = (
    "为便于及时收到行政执法文书，请如实填写送达地址和联系方式，变更的应当及时书面告知本机关。",
    "同意电子送达的，本机关可以采用传真、电子邮件、手机短信等能够确认收悉的方式送达行政处罚决定书等文书，"
    "以本机关系统显示发送成功的日期为送达日期，当事人证明到达日期不一致的，以证明的日期为准。",
)


def serving_receipt(loaded: LoadedCase, document: Document, serving: Serving) -> shapes.ReceiptData:
    """M23: one document, one recipient; the servers are named, the receiver signs."""
    case = loaded.case
    is_recipient = serving.relation in {ReceiverRelation.SELF, ""}
    return shapes.ReceiptData(
        cause=case.violation,
        organ=case.authority.name,
        recipient=serving.recipient,
        proxy="" if is_recipient else f"{serving.receiver_name}（{serving.get_relation_display()}）",
        rows=[
            shapes.ServedDocument(
                title=document.title,
                number=document.number or case.case_no or "",
                receiver=serving.receiver_name,
                place=serving.place,
                served_at=_served(serving),
                method=serving.get_method_display(),
                servers=f"{serving.first_server.full_name}、{serving.second_server.full_name}",
            )
        ],
        remarks=_remarks(loaded, serving),
        witness=serving.witness_name,
        issued_on=day(_effective(serving)),
    )


def _effective(serving: Serving) -> date:
    if serving.effective_on is None:
        raise ValueError(f"serving {serving.pk} is not effective")
    return serving.effective_on


def _served(serving: Serving) -> str:
    """The moment where the bureau acted itself; the day on the receipt or the last day of the period otherwise."""
    if serving.method in {M.DIRECT, M.LEFT, M.ELECTRONIC}:
        return moment(serving.served_at)
    return day(_effective(serving))


def _remarks(loaded: LoadedCase, serving: Serving) -> str:
    texts = [_how(loaded, serving), _before(loaded, serving)]
    return "".join(text for text in texts if text)


def _how(loaded: LoadedCase, serving: Serving) -> str:
    """What the method asks to be noted."""
    sent, through, number = day_of(serving.served_at), serving.through, serving.reference
    if serving.method == M.LEFT:
        proof = "拍照、录像附卷" if serving.proof_id else "由见证人签名"
        return f"拒收事由：{serving.refusal_reason}（{sent}）。已将文书留在受送达人的住所，{proof}。"
    if serving.method == M.ELECTRONIC:
        agreed = loaded.facts.address
        consent = f"受送达人{day(agreed.signed_on)}签署送达地址确认书，同意电子送达。" if agreed else ""
        return f"{consent}通过{through}发送，系统发送记录编号{number}，系统显示发送成功，记录附卷。"
    if serving.method == M.MAIL:
        return f"{sent}由{through}寄出，邮件编号{number}，以回执上的收件日期为送达日期，回执附卷。"
    if serving.method == M.ENTRUSTED:
        return f"{sent}委托{through}代为送达{f'（委托函{number}）' if number else ''}，以签收日期为送达日期。"
    if serving.method == M.TRANSFERRED:
        return f"{sent}交由{through}转交，以受送达人签收的日期为送达日期。"
    if serving.method == M.PUBLIC:
        days = days_in_force(clock.local(serving.served_at).date())
        return f"采用公告送达的原因和经过：{serving.note}。{sent}在{through}公告，自公告之日起经过{days}日视为送达，公告照片附卷。"
    return ""


def _before(loaded: LoadedCase, serving: Serving) -> str:
    """The attempts that failed before: they are why another method was used."""
    failed = [
        f"{day_of(one.served_at)}{one.get_method_display()}，{one.get_failure_display()}"
        for one in loaded.servings
        if one.document_id == serving.document_id and one.outcome == ServingOutcome.FAILED and one.pk != serving.pk
    ]
    return f"此前送达情况：{'；'.join(failed)}。" if failed else ""


def address_confirmation(loaded: LoadedCase, confirmed: AddressConfirmation, remarks: str) -> shapes.FormData:
    """S16."""
    party = loaded.case.party
    means = [("邮箱", confirmed.email), ("传真", confirmed.fax), ("其他", confirmed.other_means)]
    chosen = "；".join([f"手机：{confirmed.mobile}", *(f"{name}：{value}" for name, value in means if value)])
    identity = " ".join(word for word in (confirmed.id_kind, confirmed.id_number) if word)
    return shapes.FormData(
        cause=loaded.case.violation,
        rows=[
            row("当事人", party.name if party else ""),
            row("告知事项", *TOLD, is_long=True),
            row("收件人", confirmed.receiver_name),
            row("与当事人关系", confirmed.get_relation_display()),
            row("证件类型号码", identity),
            row("是否接受电子送达", "接受" if confirmed.accepts_electronic else "不接受"),
            row("电子方式（手机必选，邮箱、传真、其他可选）", chosen if confirmed.accepts_electronic else ""),
            row("邮寄地址", confirmed.address),
            row("手机号", confirmed.mobile),
            row("邮编", confirmed.postcode),
            row("受送达人确认", "本人已阅读以上告知事项，所填内容真实有效。"),
            row("备注", *paragraphs(remarks)),
        ],
        tables=[],
        opinions=[],
        signatures=["受送达人（盖章）"],
        remarks=[],
    )


def public_serving_notice(loaded: LoadedCase, document: Document, approval: Approval, on: date) -> shapes.LetterData:
    """S29: what is served, its substance, where it can be fetched, and when it counts as served."""
    case, organ = loaded.case, loaded.case.authority
    named = f"《{document.title}》（{document.number or case.case_no}）"
    return shapes.LetterData(
        organ=organ.name,
        addressee=case.known_party.name,
        paragraphs=[
            f"因采用直接送达、邮寄送达等方式无法送达，现依法向你公告送达{named}。",
            f"主要内容：{approval.data['summary']}",
            f"领取地点：{organ.address or organ.name}。请自本公告发布之日起到上述地点领取，联系电话{organ.phone or '／'}。",
            f"自本公告发布之日起经过{days_in_force(on)}日，即视为送达。",
        ],
        tables=[],
        signatures=[],
        issued_on=day(on),
        note="",
    )
