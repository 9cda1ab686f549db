"""The stories as data: what happened, to whom, how far the case has come, and how long it has been there.

Every state of both procedures occurs; ages are chosen so that on any day of the week some deadlines are near and some
are over. Acts are invented; violations and amounts come from the benchmark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from lishu_law.registry.models import PartyKind

CITIZEN, ORGANISATION, SHOP = PartyKind.CITIZEN, PartyKind.ORGANISATION, PartyKind.INDIVIDUAL_BUSINESS


@dataclass(frozen=True)
class Deed:
    """One violation: the code of its 案由, what was seen, and what it asks to be answered, without any personal value."""

    item_code: str
    seen: str
    has_vehicle: bool = True
    found: tuple[tuple[str, Any], ...] = ()  # what the benchmark asks of it beyond ``road.FACTS``


SCATTER = Deed("frt-scatter", "车辆装载砂石，没有采取苫盖等必要措施，沿途有货物扬撒，当场不能改正。")
SOLICIT = Deed("pax-solicit", "在客运站出站口外拦截旅客，拉拽行李，强行招揽旅客乘车。")
HANDOVER = Deed("pax-handover", "旅客运输途中没有正当理由，擅自将全部旅客移交其他车辆继续运输。")
PERMIT = Deed("ovl-permit-lend", "将本单位的超限运输车辆通行证租借给其他车辆，用于运输风电设备构件。")
RIDE = Deed("rhc-vehicle", "车辆没有取得《网络预约出租汽车运输证》，通过网络平台接单载客一次。")
EVADE = Deed("ovl-evade", "在超限检测站前方路口将货物分装到小型车辆，以短途驳载方式逃避超限检测。")
DETOUR = Deed("rhc-driver-service", "网约车驾驶员载客途中没有正当理由故意绕道行驶，乘客提供了行程记录。")
HAZARD = Deed("safe-hazard", "经营场所堆放易燃包装物并堵塞疏散通道，没有采取措施消除事故隐患。", has_vehicle=False)
STALL = Deed("road-stall", "在公路用地范围内摆摊设点销售农产品，占用硬路肩。", has_vehicle=False)
OVERLOAD = Deed("ovl-mass", "车货总质量超过限定标准六百千克，擅自行驶公路。")
SHED = Deed(
    "road-control-zone", "在公路建筑控制区内搭建彩钢房一间，占地十八平方米，用于存放农资。", has_vehicle=False,
    found=(("corrected", False), ("area_m2", 18)),
)  # fmt: skip
OUTSIDE = Deed("taxi-outofarea", "起讫点均不在许可的经营区域内，仍从事巡游出租汽车经营活动。")


@dataclass(frozen=True)
class Plan:
    """One story.

    ``until``: the last act done (a word of ``road.ROAD`` or ``spot.SPOT_ROAD``); ``rest``: working days since then; ``party``: place in the
    list of its kind; ``defence``: how the party answered the notice; ``returned``: the approval that sent the case back
    once; ``left``: the decision was served by leaving it (留置送达); ``is_major``: large enough for the collective
    discussion; ``ending``: how the story leaves the road after ``until`` (a word of ``endings.ENDINGS``).
    """

    until: str
    rest: int
    deed: Deed
    kind: PartyKind
    party: int
    squad: Literal["Z1", "Z2"] = "Z1"
    source: str = "inspection"
    defence: Literal["none", "oral", "oral_adopted", "written", "waiver"] = "none"
    returned: str = ""
    is_questioned: bool = False
    left: bool = False
    is_major: bool = False
    ending: Literal[
        "", "not_filed", "withdrawn", "terminated", "transferred", "crime", "no_penalty", "preserved", "detained", "posted",
        "unreached", "deferred", "overdue", "urged", "enforced", "pulled_down", "at_court", "revoked", "documented",
        "reported",
    ] = ""  # fmt: skip


PLANS = (
    # Archived, closed and on the way there: the oldest stories.
    Plan("archived", 30, SCATTER, ORGANISATION, 0, defence="waiver", is_questioned=True),
    Plan("closed", 18, SOLICIT, SHOP, 0, "Z2", source="report"),
    Plan("closing_endorsed", 2, PERMIT, ORGANISATION, 1, defence="oral"),
    Plan("paid", 3, RIDE, CITIZEN, 0, "Z2", source="department"),
    Plan("published", 9, SCATTER, ORGANISATION, 2, is_questioned=True),
    Plan("published", 15, HANDOVER, SHOP, 1, "Z2", left=True),
    Plan("published", 4, DETOUR, CITIZEN, 3, defence="oral_adopted"),
    Plan("decided", 2, EVADE, ORGANISATION, 3, defence="written", ending="posted"),
    Plan("decided", 8, SOLICIT, SHOP, 2, "Z2"),
    Plan("decided", 7, DETOUR, CITIZEN, 9, "Z2"),  # on its last or last but one day, also where today is a Sunday
    # Paid later by leave, too late, or not at all.
    Plan("published", 1, PERMIT, ORGANISATION, 17, "Z2", ending="deferred"),
    Plan("published", 2, SOLICIT, CITIZEN, 4, "Z2", ending="overdue"),
    Plan("published", 3, SCATTER, ORGANISATION, 14, ending="urged"),
    Plan("published", 2, SCATTER, ORGANISATION, 15, "Z2", ending="enforced"),
    Plan("published", 2, SHED, SHOP, 6, "Z2", is_major=True, ending="pulled_down"),
    # Not to be reached, challenged, taken back.
    Plan("decided", 2, HANDOVER, SHOP, 0, "Z2", ending="unreached"),
    Plan("published", 1, PERMIT, ORGANISATION, 9, "Z2", ending="at_court"),
    Plan("published", 3, SOLICIT, SHOP, 7, "Z2", ending="revoked"),
    # Before the decision.
    Plan("discussed", 1, HAZARD, SHOP, 3, source="superior", is_major=True),
    Plan("reviewed", 3, SCATTER, ORGANISATION, 4, "Z2", returned="review"),
    Plan("review_requested", 4, PERMIT, ORGANISATION, 5),
    Plan("reviewed", 1, HAZARD, SHOP, 2, "Z1", is_major=True),
    Plan("evidence_verified", 1, SCATTER, ORGANISATION, 6, ending="no_penalty"),
    Plan("defence_recorded", 2, HANDOVER, SHOP, 4, "Z2", defence="oral"),
    Plan("defence_reviewed", 1, SOLICIT, SHOP, 5, defence="oral"),
    Plan("filed", 4, EVADE, ORGANISATION, 7, "Z2", ending="terminated"),
    Plan("hearing_notified", 1, OUTSIDE, CITIZEN, 5),
    Plan("hearing_reported", 1, OUTSIDE, CITIZEN, 11, "Z2"),
    Plan("notice_served", 2, HANDOVER, ORGANISATION, 16),
    Plan("notice_issued", 2, SCATTER, ORGANISATION, 8, "Z2"),
    Plan("report_approved", 1, DETOUR, CITIZEN, 6),
    # Under investigation.
    Plan("report_endorsed", 1, SCATTER, ORGANISATION, 9, "Z2"),
    Plan("filed", 2, PERMIT, ORGANISATION, 10, ending="transferred"),
    Plan("discretion_set", 2, SCATTER, ORGANISATION, 11, returned="endorse_report", is_questioned=True),
    Plan("filed", 3, SCATTER, CITIZEN, 7, ending="preserved"),
    Plan("filed", 3, EVADE, ORGANISATION, 16, "Z2", ending="detained"),
    Plan("filed", 2, PERMIT, ORGANISATION, 4, "Z2", ending="crime"),
    Plan("filed", 2, DETOUR, CITIZEN, 2, "Z2", ending="withdrawn"),
    Plan("filed", 9, RIDE, CITIZEN, 1, "Z2", ending="documented"),
    Plan("evidence_verified", 70, SCATTER, SHOP, 6, source="report"),
    # Not yet filed.
    Plan("filing_recommended", 1, HANDOVER, SHOP, 7, "Z2"),
    Plan("filing_requested", 2, EVADE, ORGANISATION, 12, source="subordinate"),
    Plan("verified", 5, SCATTER, ORGANISATION, 13, returned="recommend_filing"),
    Plan("clue", 1, SOLICIT, CITIZEN, 2, "Z2", source="report", ending="reported"),
    Plan("verified", 6, SCATTER, ORGANISATION, 0, source="report", ending="not_filed"),
    # On the spot.
    Plan("spot_opened", 1, DETOUR, CITIZEN, 8, "Z2"),
    Plan("spot_identified", 1, DETOUR, CITIZEN, 9),
    Plan("spot_evidenced", 1, STALL, CITIZEN, 10, "Z2"),
    Plan("spot_assessed", 1, OVERLOAD, ORGANISATION, 14),
    Plan("spot_told", 1, DETOUR, CITIZEN, 11, "Z2"),
    Plan("spot_heard", 1, STALL, CITIZEN, 12),
    Plan("spot_decided", 1, DETOUR, CITIZEN, 13, "Z2"),
    Plan("spot_delivered", 1, STALL, CITIZEN, 4),
    Plan("spot_collected", 1, DETOUR, CITIZEN, 10, "Z2"),
    Plan("spot_reported", 2, OVERLOAD, ORGANISATION, 17),
    Plan("spot_closed", 3, DETOUR, CITIZEN, 12, "Z2"),
)
