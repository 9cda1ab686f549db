"""When the court may be asked to enforce (强制法53; 处罚法72第二款; 行诉45; 解释156): a window that explains itself.

No review and no lawsuit: three months from the end of both periods. After a review decision: from the end of the
fifteen days to sue. After an approved deferral: from its end, where that is later. While a review or lawsuit is open
the window waits. After a judgment the judgment says what is enforced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cases.procedure.facts import CaseFacts, RemedyFact
from cases.procedure.overlay import remedies_of_round
from cases.procedure.states import Procedure
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.law.counting import count_days, rolled
from lishu_law.law.limits import compute

DAYS_TO_SUE_AFTER_REVIEW = 15  # 行诉45
PLAIN, AFTER_REVIEW, AFTER_DEFERRAL = "enforce-court-3m", "enforce-court-3m-review", "enforce-court-3m-defer"
CODES = (PLAIN, AFTER_REVIEW, AFTER_DEFERRAL)
WITHOUT_RESULT = frozenset({"withdrawn", "rejected"})
NOTHING_LEFT = frozenset({"revoked", "remade", "void"})


@dataclass(frozen=True)
class CourtWindow:
    """``starts_on`` is the event the three months run from; the application is possible from the day after it.

    ``state``: before | open | missed | waiting (a review or lawsuit is open) | none (nothing to be computed).
    """

    state: str
    why: tuple[str, ...]
    code: str = ""
    starts_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None


def court_window(facts: CaseFacts, today: date) -> CourtWindow:
    """The window as it stands on ``today``."""
    served = facts.decision_served_on
    if served is None:
        return CourtWindow("none", ("处罚决定书还没有送达，期限没有起算。",))
    waiting = next((one for one in remedies_of_round(facts) if one.ended_on is None), None)
    if waiting:
        word = "行政复议" if waiting.kind == "review" else "行政诉讼"
        return CourtWindow("waiting", (f"{waiting.received_on:%Y-%m-%d} 受理的{word}还没有结束，结束后再起算。",))
    decided = [one for one in remedies_of_round(facts) if one.outcome not in WITHOUT_RESULT]
    if decided:
        return _after_remedy(facts, decided[-1], today)
    return _after_periods(facts, served, today)


def _after_remedy(facts: CaseFacts, remedy: RemedyFact, today: date) -> CourtWindow:
    ended = remedy.served_on or remedy.ended_on or today
    if remedy.outcome in NOTHING_LEFT:
        return CourtWindow("none", (f"处罚决定已于 {ended:%Y-%m-%d} 被撤销，没有可以申请执行的内容。",))
    if remedy.kind == "lawsuit":
        return CourtWindow("none", (f"{ended:%Y-%m-%d} 已有生效裁判，申请执行的内容和期限以裁判文书为准。",))
    sue_until = rolled(count_days(ended, DAYS_TO_SUE_AFTER_REVIEW, DEFAULT_CALENDAR), DEFAULT_CALENDAR).end
    why = (
        f"复议决定 {ended:%Y-%m-%d} 送达，可以在十五日内起诉，到 {sue_until:%Y-%m-%d} 期满（行政诉讼法第四十五条）。",
    )
    return _window(facts, AFTER_REVIEW, sue_until, why, today)


def _after_periods(facts: CaseFacts, served: date, today: date) -> CourtWindow:
    review, lawsuit = compute("review-60d", served).due, compute("sue-6m", served).due
    ended = max(review, lawsuit)
    why: tuple[str, ...] = (
        f"处罚决定书 {served:%Y-%m-%d} 送达。",
        f"复议期限到 {review:%Y-%m-%d}，起诉期限到 {lawsuit:%Y-%m-%d}，两者都届满后才能申请（行政强制法第五十三条）。",
    )
    if facts.procedure == Procedure.SUMMARY:
        why += (_two_readings(review),)
    return _window(facts, PLAIN, ended, why, today)


def _two_readings(review: date) -> str:
    """enforce-court-simple-unclear: review comes first, so the period may already end with the sixty days."""
    other = compute(PLAIN, review).due
    return (
        f"当场处罚须先申请复议，也有按复议期限届满（{review:%Y-%m-%d}）起算的算法，那样到 {other:%Y-%m-%d} 截止。"
        "两种算法的时段不重叠，请先向法院问清。"
    )


def _window(facts: CaseFacts, code: str, ended: date, why: tuple[str, ...], today: date) -> CourtWindow:
    deferral = facts.execution.deferral
    if deferral and deferral.ends_on > ended:
        code, ended = AFTER_DEFERRAL, deferral.ends_on
        why += (f"经批准延期、分期缴纳到 {ended:%Y-%m-%d}，从该日届满起算（行政处罚法第七十二条第二款）。",)
    closes, opens = compute(code, ended).due, ended + timedelta(days=1)
    why += (f"从 {opens:%Y-%m-%d} 起可以申请，三个月内，到 {closes:%Y-%m-%d} 截止，逾期法院不予受理。",)
    state = "before" if today < opens else "open" if today <= closes else "missed"
    return CourtWindow(state, why, code, ended, opens, closes)
