"""What a message says: which limit of which case, how much is left, what to do. No party, no amount."""

from __future__ import annotations

from datetime import datetime

from cases.api import Moved, RunningLimit
from lishu_law import clock
from lishu_law.desk.models import Message, MessageKind
from lishu_law.law.citations import render
from lishu_law.law.lights import short_date
from lishu_law.law.limits import Role

TITLES = {
    MessageKind.HALF: "{title}：已过一半",
    MessageKind.MOST: "{title}：已过八成",
    MessageKind.WARNING: "{title}：快到期了",
    MessageKind.DUE: "{title}：{end}到期",
    MessageKind.DAY_AFTER: "{title}：已经超期",
}
# A right or a waiting time is over, nobody is late.
LAPSED_TITLES = {MessageKind.DUE: "{title}：{end}期满", MessageKind.DAY_AFTER: "{title}：已经期满"}
WHAT_TO_DO = {
    MessageKind.DUE: "请在期满前办完。",
    MessageKind.DAY_AFTER: "请马上办理，并在案件中说明超期的原因。",
}
OTHERS_LATE = {"当事人": "当事人逾期没有履行，请办理下一步。"}
OTHER_BODY_LATE = "期限已过，请向对方查问结果。"
LAPSED_WHAT_TO_DO = {MessageKind.DAY_AFTER: "期满后可以办理下一步。"}


def words_of(one: RunningLimit, kind: MessageKind) -> tuple[str, str]:
    """Title and text of a message of the clock."""
    law = one.law
    pattern = LAPSED_TITLES.get(kind, TITLES[kind]) if law.lapses else TITLES[kind]
    end = f"今天 {clock.local(one.limit.due_at):%H:%M} " if one.limit.due_at else "今天 24:00 "
    estimate = "放假安排还没有公布，日期是估算的。" if one.limit.provisional else ""
    text = f"{_state_and_advice(one, kind)}{estimate}依据：{render(law.citation)}。"
    return _cut(pattern.format(title=law.title, end=end), 100), _cut(text, 300)


def _state_and_advice(one: RunningLimit, kind: MessageKind) -> str:
    law = one.law
    if kind is MessageKind.DAY_AFTER and not law.lapses and (law.actor in OTHERS_LATE or law.role is Role.OTHER):
        return f"{one.due:%Y-%m-%d} 已经到期。{OTHERS_LATE.get(law.actor, OTHER_BODY_LATE)}"
    return f"{one.line.light.text}。{(LAPSED_WHAT_TO_DO if law.lapses else WHAT_TO_DO).get(kind, '')}"


def moved_message(user_id: int, one: RunningLimit, moved: Moved, at: datetime) -> Message:
    """The end is another day, because the calendar changed."""
    text = (
        f"放假安排公布后重新计算：原来 {moved.before:%Y-%m-%d}（{short_date(moved.before)[6:]}）到期，"
        f"现在 {moved.after:%Y-%m-%d}（{short_date(moved.after)[6:]}）到期。"
    )
    return Message(
        user_id=user_id, kind=MessageKind.MOVED, case=one.limit.case, limit=one.limit, due=moved.after,
        title=_cut(f"{one.title}：到期日改为 {moved.after:%m-%d}", 100), text=text, created_at=at,
    )  # fmt: skip


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
