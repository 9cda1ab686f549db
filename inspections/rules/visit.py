"""A filed visit from its start to its result (standards/inspection.md §4, §7, §8)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt

from inspections.rules.periods import Window, citation, moment_words
from lishu_law.errors import Refusal
from lishu_law.registry.identity import InvalidValue, parse_uscc

LICENCE_SCANNED = "licence"
EARTH_RADIUS = 6_371_009  # metres, mean
ENDS_OF_SUSPENDED = frozenset({"R4", "R6", "R8"})


@dataclass(frozen=True)
class Position:
    """Where a phone or an address is, in degrees (WGS 84)."""

    latitude: float
    longitude: float


def may_start(window: Window, approved_at: datetime | None, now: datetime) -> list[Refusal]:
    """Approved before the start, and inside the window."""
    refusals = approved_beforehand(approved_at, now)
    if now < window.starts_at:
        text = f"备案的检查时间 {moment_words(window.starts_at)} 才开始，请到时再开始。"
        refusals.append(Refusal("insp-window", text, citation("insp-file-app"), ""))
    if now > window.ends_at:
        text = f"备案的检查时间 {moment_words(window.ends_at)} 已经过了，这次备案不能再用。请重新报备。"
        refusals.append(Refusal("insp-window", text, citation("insp-file-app"), "file"))
    return refusals


def approved_beforehand(approved_at: datetime | None, now: datetime) -> list[Refusal]:
    """insp-approve: each inspection is approved by the head before it begins."""
    if approved_at is not None and approved_at <= now:
        return []
    return [Refusal("insp-approve", "还没有审批备案，不能开始检查。请先等审批。", citation("insp-approve"), "approve")]


def return_says_why(opinion: str) -> list[Refusal]:
    """return-reason: a filing goes back with what has to be mended (§3, RETURNED)."""
    if opinion.strip():
        return []
    return [Refusal("return-reason", "请写明退回的原因，报备人要照它修改。", "", "opinion")]


def cancel_says_why(reason: str) -> list[Refusal]:
    """cancel-reason: a filing is given up with its reason (§3, CANCELLED)."""
    if reason.strip():
        return []
    return [Refusal("cancel-reason", "请写明撤销的原因。", "", "reason")]


def codes_in(text: str) -> list[str]:
    """The credit codes in what a licence code said: 18 characters in a row whose check character fits."""
    found = []
    for run in re.findall(r"[0-9A-Z]+", unicodedata.normalize("NFKC", text).upper()):
        found += [run[at : at + 18] for at in range(len(run) - 17) if _is_code(run[at : at + 18])]
    return list(dict.fromkeys(found))


def _is_code(text: str) -> bool:
    try:
        return parse_uscc(text).code == text
    except InvalidValue:
        return False


def licence_is_objects(how: str, read_text: str, object_uscc: str) -> list[Refusal]:
    """insp-scan: a scanned licence is the licence of the object that was filed; the refusal says what was read."""
    if how != LICENCE_SCANNED or (object_uscc and object_uscc in codes_in(read_text)):
        return []
    read = codes_in(read_text)
    if read:
        text = f"扫到的信用代码是 {read[0]}，不是备案的检查对象（{object_uscc or '没有登记信用代码'}）。请核对执照，或者另行报备。"
    elif read_text.strip():
        text = (
            f"扫到的内容里没有信用代码：“{read_text.strip()[:60]}”。请对准营业执照上的二维码，或者照执照填写信用代码。"
        )
    else:
        text = "请扫营业执照上的二维码，或者照执照填写信用代码。"
    return [Refusal("insp-scan", text, citation("insp-scan"), "read_text")]


def metres_between(one: Position, other: Position) -> int:
    """The distance over ground of two positions, good to a few metres at this size."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    part = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return round(2 * EARTH_RADIUS * asin(sqrt(min(1.0, part))))


def is_far(distance: int | None, most: int) -> bool:
    """More than ``most`` metres from the object's address: shown, never an obstacle (§4.2)."""
    return distance is not None and distance > most


def suspension_says_why(note: str) -> list[Refusal]:
    """insp-suspended: an interruption says what happened."""
    if note.strip():
        return []
    return [Refusal("insp-suspended", "请写明为什么中止检查。", citation("insp-record"), "note")]


def may_resume(window: Window, now: datetime) -> list[Refusal]:
    """A visit goes on inside its window only; after it, it ends with what there is or is filed anew."""
    if now <= window.ends_at:
        return []
    text = f"备案的检查时间 {moment_words(window.ends_at)} 已经过了，不能接着检查。请记录检查结果结束这次检查，还要查的另行报备。"
    return [Refusal("insp-window", text, citation("insp-file-app"), "")]


def may_end_suspended(result_code: str) -> list[Refusal]:
    """An interrupted visit ends only as one that could not be made: nobody there, or refused."""
    if result_code in ENDS_OF_SUSPENDED:
        return []
    text = "检查还在中止。接着查的，请先恢复检查；不再查的，结果只能是“无法联系”“不配合检查情节严重”或者“待后续处理”。"
    return [Refusal("insp-suspended", text, citation("insp-record"), "result_code")]


def result_fits(result_code: str, failed_points: int) -> list[Refusal]:
    """A failed point never ends as 未发现问题 (feed V25)."""
    if not failed_points or result_code not in ("R1", "R7"):
        return []
    text = f"有 {failed_points} 项不合格，结果不能是“未发现问题”。请改结果或者核对各项。"
    return [Refusal("result-fits", text, "", "result_code")]


def signing_complete(signing: str, is_signed: bool, refusal_note: str, witness: str) -> list[Refusal]:
    """insp-signed: the party signs by hand or on paper, or the refusal is noted with its witness."""
    if signing == "refused":
        if refusal_note.strip() and witness.strip():
            return []
        text = "当事人拒绝签字。请写明情况，并请见证人签名。"
        return [Refusal("insp-signed", text, citation("insp-record"), "refusal_note")]
    if is_signed:
        return []
    text = "还没有被检查人的签名。请在屏幕上签名，或者上传签在纸上的照片；拒绝签字的请选“拒绝签字”。"
    return [Refusal("insp-signed", text, citation("insp-record"), "party_signature")]


def pass_is_valid(day: date, today: date) -> bool:
    """A shown certificate is good on its own day (§4.2)."""
    return day == today
