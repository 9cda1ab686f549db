"""A checked draft becomes public, and in the same transaction its message to the exchange is written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts, Published, mark_disclosed_core
from disclosure import content as whitelist
from disclosure.actions.channels import open_core
from disclosure.actions.draft import PUBLISH_LIMIT
from disclosure.actions.inspections import inspection_before
from disclosure.actions.ledger import Event, append_core
from disclosure.correcting import Change, corrected_facts
from disclosure.credit import CreditClass
from disclosure.feed import payload
from disclosure.models import (
    Channel,
    ChannelEnd,
    ChannelState,
    CorrectionOutcome,
    Delivery,
    DeliveryState,
    DisclosureRecord,
    Exclusion,
    RecordChannel,
    RecordCorrection,
    RecordEvent,
    RecordState,
)
from disclosure.outbox.series import next_serial
from disclosure.queries.channels import channels_of
from disclosure.redaction import leaks
from disclosure.register.leaf import PUBLISH as PUBLISHED
from disclosure.register.shown import published_content
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.addresses import public_address
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal, Refused
from lishu_law.law.limits import compute
from lishu_law.registry.models import PartyKind

CITATION = "行政处罚法第四十八条"
PUBLISH = "disclosure.publish"
_WRITTEN = [
    "state", "version", "published_at", "updated_at", "checked_by", "is_late", "late_reason", "content_digest",
]  # fmt: skip


@transaction.atomic(durable=True)
def publish(
    *, record_id: int, version: int, facts: DecisionFacts, by: Any, reason: str = "", at: datetime | None = None
) -> DisclosureRecord:
    """Publish a draft: state, history, leaf of the register, outbox row and journal in one transaction.

    ``facts`` are the present facts of the record's decision (``cases.api.decision_facts``). Without service
    (``facts.served_on``) it is possible from the seventh working day on, with a reason. Raises ``Conflict`` for a stale
    page, ``NotAllowed`` for a handler of the case, ``Refused`` with every cause.
    """
    record = lock_record(record_id, version)
    policy.check(by, PUBLISH, subject_of(record, facts))
    now = at or clock.now()
    today = clock.local(now).date()
    refusals = _refusals(record, facts, today, reason.strip())
    if refusals:
        raise Refused(refusals)
    record.state = RecordState.PUBLISHED
    record.version += 1
    record.published_at = record.updated_at = now
    record.checked_by = by
    record.is_late = today > record.publish_due
    record.late_reason = reason.strip()
    open_core(record)
    delivery = enqueue(record, facts, clock.now())  # its time to be sent is always the present
    append_core(Event(record, PUBLISHED, published_content(record), now))
    record.save(update_fields=_WRITTEN)
    if facts.case_id is not None:
        mark_disclosed_core(case_id=facts.case_id, by=by, at=now, shown=_sheet(record, facts))
    RecordEvent.objects.create(
        record=record,
        at=now,
        kind="publish",
        by=by,
        reason=record.late_reason,
        digest_after=record.content_digest,
    )
    _journal(record, delivery, by)
    return record


def _sheet(record: DisclosureRecord, facts: DecisionFacts) -> Published:
    """The public copy as the 公示表 prints it."""
    said = record.content
    return Published(
        public_id=record.public_id, number=record.number, party=said["party"], party_kind=PartyKind(facts.party_kind).label,
        code=said["uscc"], facts=said["facts"], basis=said["basis"], types=said["types"], result=said["result"],
        fine=said["fine"], decided_on=record.decided_on, organ=said["organ"], display_until=record.display_until,
        note=record.late_reason,
    )  # fmt: skip


def _journal(record: DisclosureRecord, delivery: Delivery, by: Any) -> None:
    details = {"digest": record.content_digest, "delivery": delivery.idem_key, "late": record.is_late}
    if delivery.waits_for:
        details["inspection"] = delivery.waits_for
    journal.record(PUBLISH, by=by, on=("disclosure", record.public_id), reason=record.late_reason, details=details)


def lock_record(record_id: int, version: int) -> DisclosureRecord:
    """The record, locked for this transaction, if the page was not stale."""
    record = DisclosureRecord.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if record is None:
        raise NotFound
    if record.version != version:
        raise Conflict(f"这条公示刚才已被改动，现在是“{record.get_state_display()}”。请重新打开核对。")
    return record


def subject_of(record: DisclosureRecord, facts: DecisionFacts) -> policy.Subject:
    """What the policy knows of a record: whoever handled the case may not check it."""
    return policy.Subject(involved={"officer": facts.handlers | frozenset(record.handlers)})


def may_publish(record: DisclosureRecord, facts: DecisionFacts, user: Any) -> policy.Decision:
    """Would :func:`publish` let this person? For the page's button."""
    return policy.can(user, PUBLISH, subject_of(record, facts))


def is_serving_overdue(record: DisclosureRecord, today: date) -> bool:
    """From the seventh working day on the checker may decide without service (decision 18)."""
    return today >= record.publish_due


def _refusals(record: DisclosureRecord, facts: DecisionFacts, today: date, reason: str) -> list[Refusal]:
    if record.state != RecordState.DRAFT:
        return [Refusal("record.state", f"这条公示现在是“{record.get_state_display()}”，不用再审核。")]
    found = []
    if facts.decision_id != record.decision_id or facts.number != record.number:
        found.append(Refusal("record.other", "这份决定不是这条公示的。请从公示列表重新打开。"))
    if facts.fallen_because:
        text = f"这份处罚决定已被{facts.fallen_because}，不能再公示。草稿稍后自动作废。"
        found.append(Refusal("record.fallen", text, "行政处罚法第四十八条第二款"))
    if whitelist.exclusion(facts):
        found.append(Refusal("record.excluded", f"依法不予公示（{whitelist.exclusion(facts)}），不能发布。", CITATION))
    if Exclusion.objects.filter(record=record, outcome="").exists():
        text = "这条草稿已经提请不予公示，正等决定。请等决定以后再审核。"
        found.append(Refusal("exclusion.open", text, CITATION, "exclusion"))
    if whitelist.public_content(facts) != record.content:
        found.append(Refusal("record.changed", "公开内容与决定书不一致。请先重新生成草稿，再核对。", fix="redraft"))
    if facts.served_on is None and not is_serving_overdue(record, today):
        found.append(Refusal("serving.missing", "决定书还没有送达，请送达后再公示。", CITATION, fix="serving"))
    if facts.served_on is None and is_serving_overdue(record, today) and len(reason) < 4:
        found.append(Refusal("serving.reason", "决定书还没有送达。确需公示的，请写明理由。", CITATION, fix="reason"))
    return [*found, *leak_refusals(record, facts)]


def leak_refusals(record: DisclosureRecord, facts: DecisionFacts) -> list[Refusal]:
    """The leak gate over every public line of the record; says where, never what."""
    known = whitelist.known_values(facts)
    titles = {field.name: field.title for field in whitelist.public_fields(facts)}
    found = []
    for name, value in record.content.items():
        hits = leaks(str(value), known.every_value(), known.shown_names)
        if hits:
            rules = "、".join(dict.fromkeys(hit.rule for hit in hits))
            title = titles.get(name, name)
            found.append(Refusal("leak", f"“{title}”里还有个人信息（{rules}），不能公示。请改正后再审核。", fix=name))
    return found


def enqueue(record: DisclosureRecord, facts: DecisionFacts, now: datetime) -> Delivery:
    """Write the first message of a record to the outbox: its identity is taken, its bytes are frozen.

    The inspection it came from, if the exchange was not sent it before, is written first in the same transaction.
    """
    give_up_on = last_day_of_trying(record.decided_on, now)
    waits_for = inspection_before(facts.check_action_code, now, give_up_on)
    year = record.decided_on.year
    prefix = f"{facts.organ_uscc}-CF-{year}"
    rui = f"{prefix}-{next_serial(prefix):06d}"
    identity = payload.Identity(rui, 1, "i", f"{record.public_id}-1")
    body, digest = frozen_body(record, facts, identity, now)
    return Delivery.objects.create(
        record=record,
        waits_for=waits_for,
        kind=payload.PENALTY_KIND,
        rui=rui,
        data_version=1,
        op="i",
        idem_key=identity.key,
        body=body,
        content_digest=digest,
        state=DeliveryState.PENDING,
        next_at=now,
        give_up_on=give_up_on,
        created_at=now,
    )


def last_day_of_trying(decided_on: date, now: datetime) -> date:
    """Seven working days after the decision; for a record published later, after the publication."""
    return compute(PUBLISH_LIMIT, max(decided_on, clock.local(now).date())).due


def frozen_body(
    record: DisclosureRecord, facts: DecisionFacts, identity: payload.Identity, now: datetime, *, shown: str = ""
) -> tuple[bytes, str]:
    """The bytes for the exchange, with the corrections made so far and the credit display as it stands.

    ``shown`` are the published facts, where the record's own copy is destroyed and an earlier message knows them.
    """
    credit = channels_of(record).get(Channel.CREDIT)
    return frozen_with(record, corrected_facts(facts, agreed_changes(record)), credit, identity, now, shown=shown)


def frozen_with(
    record: DisclosureRecord, facts: DecisionFacts, credit: RecordChannel | None, identity: payload.Identity,
    now: datetime, *, shown: str = "",
) -> tuple[bytes, str]:  # fmt: skip
    """The bytes, without a statement; the public block repeats the published content, never the decision.

    Where that is destroyed already (withdrawn or expired before the exchange took it), the whitelist makes it again.
    """
    said = record.content or {**whitelist.public_content(facts), **({"facts": shown} if shown else {})}
    is_over = credit is not None and (
        credit.state == ChannelState.OMITTED or credit.ended_because == ChannelEnd.REPAIR
    )  # fmt: skip
    public = payload.PublicBlock(
        party=said["party"],
        facts=said["facts"],
        display_until=record.display_until,
        url=public_url(record.public_id),
        credit_until=credit.until if credit else None,
        has_credit=not is_over,
    )
    return payload.frozen(facts, public, CreditClass(record.credit_class), identity, now)


def agreed_changes(record: DisclosureRecord) -> list[Change]:
    """The words of the public copy that were corrected, in their order."""
    rows = RecordCorrection.objects.filter(record=record, outcome=CorrectionOutcome.AGREED).order_by("decided_at", "pk")
    return [Change.of(row) for changes in rows.values_list("changes", flat=True) for row in changes]


def public_url(public_id: str) -> str:
    return public_address("public-record", public_id)
