"""Cases of the summary procedure brought to a state by the real actions, like ``tests.scenarios`` for the ordinary one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import payment, spot_collection, spot_decision, summary
from cases.actions.closure import archive, mark_disclosed
from cases.actions.filing import NewClue, NewPerson, declare_no_conflict
from cases.actions.summary import SceneNote
from cases.procedure.duties import duties_of
from lishu_law import clock
from lishu_law.registry.details import PartyDetails, VehicleDetails
from tests.cast import Cast
from tests.scenarios import ANSWERS, Walk

# 09:10 on Monday 2 March 2026, in Shanghai.
SPOT_AT = datetime(2026, 3, 2, 1, 10, tzinfo=UTC)


def id_number(born: str, order: str = "001") -> str:
    """An invented identity number of the unassigned area with its right check digit."""
    body = f"220399{born}{order}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


DRIVER = PartyDetails(
    kind="citizen", name="示例司机", id_kind="111", id_number=id_number("19850630"), phone="13800000000",
    address="梨树县梨树镇示例街8号",
)  # fmt: skip
TRADER = PartyDetails(
    kind="individual_business", name="梨树县示例货运站", person_name="示例司机", id_kind="111",
    id_number=id_number("19850630"), address="梨树县梨树镇示例街9号",
)  # fmt: skip
COMPANY = PartyDetails(
    kind="organisation", name="梨树县示例运输有限公司", uscc="91220322MA17ABCD2L", person_name="示例人",
    address="梨树县梨树镇示例路1号",
)  # fmt: skip
SUMMARY = "网约车驾驶员示例司机在梨树镇示例街途中甩客，乘客当场投诉，驾驶员承认。"
ITEM = ("rhc-driver-service", "网约车驾驶员途中甩客、故意绕道行驶、违规收费等", "出租汽车")
FACTS = {"harm": "none", "obstruct": False}
WARNED = {"over_kg": Decimal("600")}
OVERLOAD = ("ovl-mass", "车货总质量超过限定标准擅自行驶公路", "公路超限")
STALL = ("road-stall", "在公路及公路用地范围内摆摊设点", "公路")
STANDS = {
    "harm": "none", "obstruct": False, "corrected": False, "order_refused": False, "blocked_minutes": Decimal(0),
    "traffic_affected": False, "dangerous_section": False,
}  # fmt: skip
FACTS_OF = {"ovl-mass": WARNED, "road-stall": STANDS}

SPOT_ROAD = (
    "opened", "identified", "evidenced", "assessed", "told", "heard", "decided", "delivered", "reported", "paid",
    "closed", "archived",
)  # fmt: skip


def clue(item: tuple[str, str, str] = ITEM, **changed: Any) -> NewClue:
    values: dict[str, Any] = {
        "source": "inspection", "item_code": item[0], "violation": item[1], "domain": item[2], "act_at": SPOT_AT,
        "summary": SUMMARY, "received_at": SPOT_AT, "route": "G303", "stake": "K12+300", "township": "梨树镇",
        "persons": (NewPerson(role="driver", name="示例司机", id_number=DRIVER.id_number),),
    }  # fmt: skip
    return NewClue(**{**values, **changed})


def spot_at(
    state: str,
    cast: Cast,
    *,
    party: PartyDetails = DRIVER,
    amount: str = "50",
    item: tuple[str, str, str] = ITEM,
    hours: int = 0,
    **decision: Any,
) -> Walk:
    """A case on the spot walked to ``state`` (a word of ``SPOT_ROAD``), ``hours`` later in the day.

    ``decision`` are words of ``decide_on_spot``.
    """
    walk = opened(cast, item=item)
    walk.at += timedelta(hours=hours)
    for word in SPOT_ROAD[1 : SPOT_ROAD.index(state) + 1]:
        STAGES[word](walk, {"party": party, "amount": amount, "decision": decision})
    return walk


def visit_spot_road(cast: Cast, visit: Callable[[str, Walk], None]) -> Walk:
    """Walk the whole road once and call ``visit`` at every state."""
    walk = opened(cast)
    visit(SPOT_ROAD[0], walk)
    for word in SPOT_ROAD[1:]:
        STAGES[word](walk, {"party": DRIVER, "amount": "50", "decision": {}})
        visit(word, walk)
    return walk


def opened(cast: Cast, item: tuple[str, str, str] = ITEM, **changed: Any) -> Walk:
    at = SPOT_AT + timedelta(minutes=5)
    vehicle = VehicleDetails(plate="吉C12345", type_name="小型普通客车")
    case = summary.open_summary(
        by=cast.lead, assistant=cast.assistant, clue=clue(item, **changed), vehicle=vehicle, at=at
    )
    return Walk(cast, case, at)


def identify(walk: Walk, party: PartyDetails | None = DRIVER, **changed: Any) -> Any:
    words = {"licence_shown": True, "mental_doubt": False, "party": party, **changed}
    return walk.step(summary.identify, walk.cast.lead, **words)


def declare(walk: Walk) -> None:
    """Both officers declare that nothing may affect fairness (处罚法43)."""
    for officer in (walk.cast.lead, walk.cast.assistant):
        declare_no_conflict(case_id=walk.case.pk, by=officer, at=walk.at)


def _identified(walk: Walk, how: dict[str, Any]) -> None:
    identify(walk, how["party"])
    declare(walk)


def assess(walk: Walk, amount: str | None = "50", action: Any = summary.assess_on_spot, **changed: Any) -> Any:
    facts = FACTS_OF.get(walk.case.item_code, FACTS)
    words = {
        "facts": facts, "factors": (), "answers": ANSWERS, "answers_note": "现场没有发现这些情形。",
        "amount": Decimal(amount) if amount else None, "reason": "首次被查处，没有造成危害后果。", **changed,
    }  # fmt: skip
    return walk.step(action, walk.cast.lead, **words)


def hand_over(walk: Walk, by: Any = None, **changed: Any) -> Any:
    words = {"receiver_name": "示例司机", "relation": "self", **changed}
    return walk.step(spot_decision.hand_over, by or walk.cast.assistant, **words)


def _paid(walk: Walk, how: dict[str, Any]) -> None:
    walk.case.refresh_from_db()
    amount = walk.case.decision.amount
    if amount:
        walk.step(
            spot_collection.record_spot_payment, walk.cast.lead, receipt_no=f"Y{walk.case.pk:010d}", amount=amount,
            paid_on=walk.at.date(),
        )  # fmt: skip


def verify_open_duties(walk: Walk) -> None:
    """What the decision orders beside the fine was seen to be done, where it orders something."""
    walk.case.refresh_from_db()
    if duties := duties_of(walk.case.discretion.result["assessment"]["measures"]):
        walk.step(
            payment.verify_duties, walk.cast.lead, duties=duties, verified_on=clock.local(walk.at).date(),
            note="现场复查，已经改正。",
        )  # fmt: skip


def _closed(walk: Walk, how: dict[str, Any]) -> None:
    mark_disclosed(case_id=walk.case.pk, by=walk.cast.checker, at=walk.at)
    verify_open_duties(walk)
    walk.step(spot_collection.close_summary, walk.cast.lead, result="罚款伍拾元整。", execution="已缴清。")


STAGES: dict[str, Any] = {
    "identified": _identified,
    "evidenced": lambda w, how: w.step(summary.secure_evidence, w.cast.lead, note=SceneNote(body=SUMMARY)),
    "assessed": lambda w, how: assess(w, how["amount"]),
    "told": lambda w, how: w.step(spot_decision.tell_orally, w.cast.lead, told=True),
    "heard": lambda w, how: w.step(spot_decision.hear, w.cast.lead),
    "decided": lambda w, how: w.step(spot_decision.decide_on_spot, w.cast.lead, **how["decision"]),
    "delivered": lambda w, how: hand_over(w),
    "reported": lambda w, how: w.step(spot_collection.report_to_bureau, w.cast.assistant),
    "paid": _paid,
    "closed": _closed,
    "archived": lambda w, how: w.step(archive, w.cast.archivist),
}  # fmt: skip
