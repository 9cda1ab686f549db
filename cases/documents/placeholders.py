"""What a phrase may ask for: a closed list, each bound to the one home of a fact and read as the documents read it.

The homes are those of ``cases.documents.sources`` where a document prints the same fact. A value the case does not have
yet is the empty string; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.documents.sources import BY_LABEL, BY_NAME
from cases.queries.facts import LoadedCase
from cases.queries.narrative import chinese_day, chinese_moment, provisions
from cases.queries.penalties import gains_of, orders_of, penalty_words
from lishu_law.law.amounts import chinese_upper

_TIER, _AMOUNT, _RESULT = "cases.Discretion.tier", "cases.Discretion.amount", "cases.Discretion.result"


@dataclass(frozen=True)
class Placeholder:
    """``home`` is the column the value lives in."""

    name: str
    home: str
    value: Callable[[LoadedCase], str]


def _party(loaded: LoadedCase) -> str:
    return loaded.case.party.name if loaded.case.party else ""


def _plate(loaded: LoadedCase) -> str:
    return loaded.case.vehicle.plate if loaded.case.vehicle else ""


def _vehicle_type(loaded: LoadedCase) -> str:
    return loaded.case.vehicle.type_name if loaded.case.vehicle else ""


def _officers(loaded: LoadedCase) -> str:
    return "、".join(one.user.full_name for one in loaded.current_officers)


def _evidence(loaded: LoadedCase) -> str:
    """What may be named (处罚法50)."""
    live = [one for one in loaded.evidence if one.voided_at is None and not one.is_confidential]
    return "、".join(dict.fromkeys(one.title for one in live))


def _filed_on(loaded: LoadedCase) -> str:
    return chinese_day(loaded.case.filed_on) if loaded.case.filed_on else ""


def _told_on(loaded: LoadedCase) -> str:
    notice = loaded.facts.notice
    return chinese_day(notice.served_on) if notice and notice.served_on else ""


def _breached(loaded: LoadedCase) -> str:
    return provisions(loaded.case)[0] if loaded.part("discretion") else ""


def _basis(loaded: LoadedCase) -> str:
    return provisions(loaded.case)[1] if loaded.part("discretion") else ""


def _tier(loaded: LoadedCase) -> str:
    chosen = loaded.part("discretion")
    return str(chosen.tier) if chosen else ""


def _fine(loaded: LoadedCase) -> str:
    chosen = loaded.part("discretion")
    return f"人民币{chinese_upper(chosen.amount)}" if chosen and chosen.amount else ""


def _penalty(loaded: LoadedCase) -> str:
    chosen = loaded.part("discretion")
    return penalty_words(chosen) if chosen else ""


def _orders(loaded: LoadedCase) -> str:
    chosen = loaded.part("discretion")
    return "、".join(orders_of(chosen)) if chosen else ""


def _gains(loaded: LoadedCase) -> str:
    chosen = loaded.part("discretion")
    gains = gains_of(chosen) if chosen else None
    return f"人民币{chinese_upper(gains)}" if gains else ""


PLACEHOLDERS: dict[str, Placeholder] = {
    one.name: one
    for one in (
        Placeholder("当事人", BY_LABEL["当事人"], _party),
        Placeholder("案由", BY_LABEL["案由"], lambda loaded: loaded.case.violation),
        Placeholder("案号", BY_LABEL["案号"], lambda loaded: loaded.case.case_no or ""),
        Placeholder("违法时间", BY_NAME["act_at"], lambda loaded: chinese_moment(loaded.case.act_at)),
        Placeholder("违法地点", "cases.Case.route", lambda loaded: loaded.case.place),
        Placeholder("车牌号", BY_NAME["vehicle_no"], _plate),
        Placeholder("车辆类型", BY_NAME["vehicle_type"], _vehicle_type),
        Placeholder("执法人员", BY_LABEL["执法人员"], _officers),
        Placeholder("立案日期", BY_LABEL["立案日期"], _filed_on),
        Placeholder("证据名称", "cases.Evidence.title", _evidence),
        Placeholder("违反的规定", _RESULT, _breached),
        Placeholder("处罚依据", _RESULT, _basis),
        Placeholder("裁量档次", _TIER, _tier),
        Placeholder("罚款数额", _AMOUNT, _fine),
        Placeholder("拟处罚内容", BY_LABEL["拟处罚内容"], _penalty),
        Placeholder("责令内容", _RESULT, _orders),
        Placeholder("违法所得", _RESULT, _gains),
        Placeholder("告知日期", "cases.Serving.effective_on", _told_on),
    )
}


def values_of(loaded: LoadedCase) -> dict[str, str]:
    """Every placeholder with what this case has for it; no statement beside those of the loaded case."""
    return {name: one.value(loaded) for name, one in PLACEHOLDERS.items()}
