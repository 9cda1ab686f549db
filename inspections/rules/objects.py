"""Which object may be visited now: its area, the white list, the draw, the guard against retaliation (§2, §4.4, §6.3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from inspections.rules.periods import citation
from lishu_law.errors import Refusal

BY_LOT_SOURCE, BY_LOT_CATEGORY, INDIVIDUAL_FORM = "draw", "01", "03"  # codes of Source, Category, Form
# On the white list only a clue, a higher order or the recheck of an ordered correction leads to a visit.
ALLOWED_ON_WHITE_LIST = frozenset({"complaint", "referred", "emergency", "superior", "recheck"})


def area_answered(object_area: str, unit_area: str, letter: str) -> list[Refusal]:
    """insp-crossregion: outside the own area only by the assistance mechanism."""
    if object_area == unit_area or letter.strip():
        return []
    text = f"检查对象在外地（行政区划代码 {object_area}）。异地检查要先请当地协助，请填写协助函文号。"
    return [Refusal("insp-crossregion", text, citation("insp-crossregion"), "assistance_letter")]


def not_white_listed(listed_until: date | None, source: str, law_required: str) -> list[Refusal]:
    """insp-white-list: 无事不扰 is left out of routine visits; a visit the law demands names that law."""
    if listed_until is None or source in ALLOWED_ON_WHITE_LIST or law_required.strip():
        return []
    text = (
        f"这个对象在无事不扰白名单上（至 {listed_until}），不做计划性检查。"
        "有线索或者上级部署的，请改任务来源；法律法规规定必须检查的，请写明依据。"
    )
    return [Refusal("insp-white-list", text, "", "law_required")]


def was_drawn(category: str, source: str, is_drawn: bool) -> list[Refusal]:
    """insp-drawn: a visit by lot belongs to an object that was drawn and not visited under that draw yet."""
    if is_drawn or (category != BY_LOT_CATEGORY and source != BY_LOT_SOURCE):
        return []
    text = "没有一次抽取抽中这个对象，或者已经按抽取结果报备过了，不能按双随机检查。请核对任务来源和检查类别。"
    return [Refusal("insp-drawn", text, citation("insp-no-selective"), "source")]


def by_drawn_team(drawn: Mapping[str, str], officers: Collection[str]) -> list[Refusal]:
    """insp-drawn-team: those go who were drawn (name by staff number); a change of people is a redraw with its reason."""
    if all(number in officers for number in drawn):
        return []
    text = f"抽取的执法人员是{'、'.join(drawn.values())}，请由他们检查。要换人的，请在抽取页面办理递补。"
    return [Refusal("insp-drawn-team", text, citation("insp-no-selective"), "lead")]


def no_retaliation(form: str, day: date, bad_rated_on: date | None, days: int, is_consented: bool) -> list[Refusal]:
    """insp-retaliation: no new 个案 within thirty days of a bad rating unless the legal section agrees (§4.4).

    Who rated how is nobody's to know: ``bad_rated_on`` is the last day on which the object may have rated badly, and the
    words say nothing of a rating.
    """
    if form != INDIVIDUAL_FORM or bad_rated_on is None or is_consented:
        return []
    if not bad_rated_on <= day <= bad_rated_on + timedelta(days=days):
        return []
    text = (
        f"这个对象近期接受过检查，还在评价期或者其后 {days} 日内。不论有没有评价，"
        "新的个案检查都要先经法制机构同意，再批准。"
    )
    return [Refusal("insp-retaliation", text, "", "opinion")]
