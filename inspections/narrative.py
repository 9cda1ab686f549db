"""Sentences made from recorded facts, so that nothing is typed twice. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Found:
    """What a summary is made of; empty parts are left out."""

    at: datetime
    officers: Sequence[str]
    place: str
    occasion: str
    company: str
    vehicle: str
    driver: str
    findings: str
    measures: str


def summary(found: Found) -> str:
    """The clue's summary: when, who, where, whom, what was found, what was told."""
    moment = found.at.astimezone(SHANGHAI)
    when = f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute:02d}分"
    target = "的".join(part for part in (found.company, found.vehicle) if part) or "该对象"
    driver = f"（驾驶员{found.driver}）" if found.driver else ""
    text = f"{when}，执法人员{'、'.join(found.officers)}在{found.place}{found.occasion}，对{target}{driver}实施检查，发现：{_sentence(found.findings)}"
    return text + (_sentence(found.measures) if found.measures.strip() else "")


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith(("。", "！", "？", "；")) else f"{text}。"
