"""First drafts of narrative text from the facts already recorded: the officer edits, never starts from nothing."""

from __future__ import annotations

from datetime import date, datetime

from cases.models import Case, Transcript
from cases.queries.facts import LoadedCase
from cases.queries.penalties import orders_of, penalty_words
from lishu_law import clock


def chinese_moment(moment: datetime) -> str:
    """2026年3月5日23时02分."""
    local = clock.local(moment)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


def chinese_day(day: date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _transcripts(loaded: LoadedCase) -> list[Transcript]:
    return [item.transcript for item in loaded.evidence if item.voided_at is None and hasattr(item, "transcript")]


def process_draft(loaded: LoadedCase) -> str:
    """案件调查经过: clue, filing and every recorded act in order."""
    case, report = loaded.case, loaded.part("report")
    if report:
        return str(report.process)
    names = "、".join(officer.user.full_name for officer in loaded.current_officers)
    lines = [f"{chinese_moment(case.received_at)}，执法人员{names}发现本案线索（来源：{case.get_source_display()}）。"]
    if case.filed_on:
        lines.append(f"{chinese_day(case.filed_on)}，经批准立案调查，案号{case.case_no}。")
    for transcript in _transcripts(loaded):
        who = f"对{transcript.person.name}" if transcript.person else ""
        lines.append(f"{chinese_moment(transcript.started_at)}，执法人员{who}制作了{transcript.get_kind_display()}。")
    others = sum(1 for item in loaded.evidence if item.voided_at is None and not hasattr(item, "transcript"))
    if others:
        lines.append(f"调查期间收集其他证据{others}份，均经查证核对。")
    return "\n".join(lines)


def facts_draft(loaded: LoadedCase) -> str:
    """违法事实: who, when, where, what; the officer completes the circumstances."""
    case, report = loaded.case, loaded.part("report")
    if report:
        return str(report.facts)
    party, moment = case.party.name if case.party else "【当事人】", chinese_moment(case.act_at)
    if case.summary.startswith(moment):  # carried over from an inspection: when, where and who stand in it already
        return f"经查，{case.summary}"
    return f"经查，{moment}，{party}在{case.place}实施了“{case.violation}”的行为。{case.summary}"


def opinion_draft(loaded: LoadedCase) -> str:
    """调查结论和处理意见: breached provision, basis, proposal with amount."""
    report, chosen = loaded.part("report"), loaded.part("discretion")
    if report:
        return str(report.opinion)
    if chosen is None:
        return ""
    breached, basis = provisions(loaded.case)
    ordered = "、".join(orders_of(chosen))
    return (
        f"当事人的行为违反了{breached}的规定。依据{basis}的规定，属于“{chosen.tier}”档次，"
        f"建议{f'{ordered}，' if ordered else ''}给予{penalty_words(chosen)}的行政处罚。"
    )


def provisions(case: Case) -> tuple[str, str]:
    """Breached provisions and basis of the penalty, as the frozen assessment cites them."""
    found = case.discretion.result["assessment"]
    return "、".join(found["breached"]), "、".join(found["basis"])
