"""The channels of a record: as stored, or as the rules plan them for one that has no rows of its own yet.

Only an earlier decision from a file has none: it gets them with the first change of a channel.
"""

from __future__ import annotations

from datetime import date

from disclosure.credit import TITLES, CreditClass, credit_until
from disclosure.models import Channel, ChannelState, DisclosureRecord, LegacyDecision, RecordChannel
from lishu_law import clock


def channels_of(record: DisclosureRecord) -> dict[str, RecordChannel]:
    """By code; empty before the publication. What is planned is not saved. One or two statements."""
    found = {row.channel: row for row in RecordChannel.objects.filter(record=record)}
    if found:
        return found
    legacy = LegacyDecision.objects.filter(record=record).first() if record.decision_id is None else None
    return planned(record, legacy)


def planned(record: DisclosureRecord, legacy: LegacyDecision | None) -> dict[str, RecordChannel]:
    """The channels by the rules in force, not saved; costs no statement. Empty before the publication."""
    if record.published_at is None:
        return {}
    since = clock.local(record.published_at).date()
    title = f"公示分级：{TITLES[CreditClass(record.credit_class)]}"
    site = RecordChannel(
        record=record,
        channel=Channel.SITE,
        state=ChannelState.SHOWN,
        since=since,
        until=record.display_until,
        rule=title,
    )
    rows = (site, _supervision(record, since, legacy), _credit(record, since, title, legacy))
    return {row.channel: row for row in rows}


def _supervision(record: DisclosureRecord, since: date, legacy: LegacyDecision | None) -> RecordChannel:
    is_sent = legacy is None or legacy.is_on_exchange
    rule = "全部报送，不受公示期限制" if legacy is None else "由原系统报送" if is_sent else "导入的历史公示，没有报送"
    state = ChannelState.SHOWN if is_sent else ChannelState.OMITTED
    start = since if is_sent else None
    return RecordChannel(record=record, channel=Channel.SUPERVISION, state=state, since=start, rule=rule)


def _credit(record: DisclosureRecord, since: date, title: str, legacy: LegacyDecision | None) -> RecordChannel:
    """Not shown: 轻微 (X07), natural persons, whoever has no credit code; of an earlier decision only its system knows."""
    until = credit_until(CreditClass(record.credit_class), record.decided_on, clock.today())
    rule = f"{title}；自决定日起算"
    if until is None:
        rule = f"{title}，原则上不作信用公示（X07）"
    elif record.is_person or (legacy is None and not record.content.get("uscc")):
        until, rule = None, "自然人和没有统一社会信用代码的，不公开信用信息"
    elif legacy is not None and not legacy.is_on_exchange:
        until, rule = None, "导入的历史公示，没有报送"
    state = ChannelState.OMITTED if until is None else ChannelState.SHOWN
    start = None if until is None else since
    return RecordChannel(record=record, channel=Channel.CREDIT, state=state, since=start, until=until, rule=rule)
