"""The order of a volume: which paper of a case stands in 正卷 or 副卷, at which place, on which pages (law/procedure.md §9).

Pure. 正卷: decision with receipt, filing, evidence (subject → transcripts → documents → recordings), coercive measures,
notice with receipt, defence and hearing, execution, closing. 副卷: report, approval forms, legal review, discussion,
informant. Papers the two lists do not name stand beside the paper they are nearest to (ADR 47). What belongs to a
paper (its receipt, its correction, a proof) follows it at once. Cover, catalogue and remark sheet carry no page number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Volume(StrEnum):
    """The party may consult the first; the second stays in the house (archive-one-case). What came after the archive
    took the file is bound by itself, so that an archived volume never changes (archive-lock)."""

    MAIN = "main"
    SUPPLEMENT = "supplement"
    SECONDARY = "secondary"


VOLUME_TITLES = {Volume.MAIN: "正卷", Volume.SUPPLEMENT: "补充卷", Volume.SECONDARY: "副卷"}


class Place(IntEnum):
    """Where a paper stands; the number is the order."""

    DECISION = 10
    FILING = 20
    SUBJECT = 30
    TRANSCRIPT = 31
    DOCUMENTARY = 32
    RECORDING = 33
    MEASURE = 40
    CORRECTION = 45
    NOTICE = 50
    DEFENCE = 60
    HEARING = 61
    EXECUTION = 70
    REMEDY = 75
    PUBLICATION = 76
    CLOSING = 80
    REPORT = 110
    APPROVAL = 120
    OPINION = 130
    LEGAL_REVIEW = 140
    DISCUSSION = 150
    INFORMANT = 160

    @property
    def volume(self) -> Volume:
        return Volume.SECONDARY if self >= Place.REPORT else Volume.MAIN

    @property
    def title(self) -> str:
        return PLACE_TITLES[self]


PLACE_TITLES = {
    Place.DECISION: "处理决定及送达",
    Place.FILING: "立案和办案人员",
    Place.SUBJECT: "证据：主体资格",
    Place.TRANSCRIPT: "证据：笔录",
    Place.DOCUMENTARY: "证据：书证、物证、鉴定意见",
    Place.RECORDING: "证据：视听资料、电子数据",
    Place.MEASURE: "证据保存和行政强制措施",
    Place.CORRECTION: "责令改正",
    Place.NOTICE: "违法行为通知及送达",
    Place.DEFENCE: "陈述申辩",
    Place.HEARING: "听证",
    Place.EXECUTION: "执行",
    Place.REMEDY: "行政复议、行政诉讼",
    Place.PUBLICATION: "公示",
    Place.CLOSING: "结案",
    Place.REPORT: "调查报告",
    Place.APPROVAL: "审批表",
    Place.OPINION: "复核意见、听证报告",
    Place.LEGAL_REVIEW: "法制审核意见",
    Place.DISCUSSION: "集体讨论记录",
    Place.INFORMANT: "举报和保密材料",
}

# Every form a case may hold, by its number in documents.csv. M23 and S37 follow the paper they belong to; alone, they
# stand where served or decided papers stand.
PLACES: dict[str, Place] = {
    **dict.fromkeys(("M14", "M15", "S26", "S27", "S28", "S35", "S37"), Place.DECISION),
    **dict.fromkeys(("M01", "S04"), Place.FILING),
    "S20": Place.SUBJECT,
    **dict.fromkeys(("M02", "M03", "M04"), Place.TRANSCRIPT),
    **dict.fromkeys(("M05", "S05", "S07", "S08"), Place.DOCUMENTARY),
    **dict.fromkeys(("S06", "S09"), Place.RECORDING),
    **dict.fromkeys(("M06", "M07", "M08", "M09", "M10", "S15"), Place.MEASURE),
    "M16": Place.CORRECTION,
    **dict.fromkeys(("M11", "M23", "S16", "S29"), Place.NOTICE),
    **dict.fromkeys(("S17", "S19"), Place.DEFENCE),
    **dict.fromkeys(("M12", "M13"), Place.HEARING),
    **dict.fromkeys(("M17", "M18", "M19", "M20", "M21", "M22", "S31", "S32", "S34"), Place.EXECUTION),
    "S41": Place.REMEDY,
    **dict.fromkeys(("S36", "S42"), Place.PUBLICATION),
    "M24": Place.CLOSING,
    "S10": Place.REPORT,
    **dict.fromkeys(("S02", "S03", "S11", "S12", "S13", "S14", "S24", "S25", "S30", "S33"), Place.APPROVAL),
    **dict.fromkeys(("S18", "S21"), Place.OPINION),
    "S22": Place.LEGAL_REVIEW,
    "S23": Place.DISCUSSION,
    "S01": Place.INFORMANT,
}

# The eight kinds of evidence (处罚法46) in the order 主体 → 笔录 → 书证 → 视听.
EVIDENCE_PLACES = {
    "record": Place.TRANSCRIPT,
    "party_statement": Place.TRANSCRIPT,
    "witness": Place.TRANSCRIPT,
    "documentary": Place.DOCUMENTARY,
    "physical": Place.DOCUMENTARY,
    "expert": Place.DOCUMENTARY,
    "audiovisual": Place.RECORDING,
    "electronic": Place.RECORDING,
}
# Words in the name of a documentary item that show who the party is: no field of the evidence says it.
SUBJECT_WORDS = (
    "营业执照", "身份证", "经营许可证", "道路运输证", "从业资格证", "驾驶证", "行驶证", "法定代表人", "授权委托",
)  # fmt: skip


def place_of_document(doc_id: str, kept_by: Iterable[str] = ()) -> Place:
    """The place of a form; one the table does not know yet stands with the approvals when it is kept in 副卷."""
    known = PLACES.get(doc_id)
    if known is not None:
        return known
    return Place.APPROVAL if "副卷" in kept_by else Place.DOCUMENTARY


def place_of_evidence(kind: str, title: str, *, is_confidential: bool) -> Place:
    """The place of an item of evidence; what must not leave the house stands in 副卷 (处罚法50)."""
    if is_confidential:
        return Place.INFORMANT
    if kind == "documentary" and any(word in title for word in SUBJECT_WORDS):
        return Place.SUBJECT
    return EVIDENCE_PLACES.get(kind, Place.DOCUMENTARY)


@dataclass(frozen=True)
class Material:
    """One paper of the file. ``key`` names it once ("document:12"); ``belongs_to`` is the key of the paper it follows."""

    key: str
    place: Place
    title: str
    at: datetime
    number: str = ""
    belongs_to: str = ""
    rank: int = field(default=0)  # among those of one moment: an approval before what was approved

    @property
    def order(self) -> tuple[int, datetime, int, str]:
        return (self.place, self.at, self.rank, self.key)


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue: 序号, material, its pages within the volume (first and last, both printed)."""

    no: int
    material: Material
    on: date
    first: int
    last: int

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}－{self.last}"


def arrange(materials: Iterable[Material], archived_at: datetime | None = None) -> dict[Volume, tuple[Material, ...]]:
    """Every volume in its order. A paper that belongs to another stands right behind it, in the same volume.

    What is later than ``archived_at`` leaves the archived order alone: it goes into the supplement, inner papers to the
    end of the second volume (archive-lock).
    """
    everything = {one.key: one for one in materials}
    followers: dict[str, list[Material]] = {}
    roots: list[tuple[bool, Material]] = []
    for one in everything.values():
        is_later = archived_at is not None and one.at > archived_at
        if _follows(one, everything, archived_at if is_later else None):
            followers.setdefault(one.belongs_to, []).append(one)
        else:
            roots.append((is_later, one))
    volumes: dict[Volume, list[Material]] = {volume: [] for volume in Volume}
    for is_later, root in sorted(roots, key=lambda pair: (pair[0], pair[1].order)):
        volume = root.place.volume
        _append(root, followers, volumes[Volume.SUPPLEMENT if is_later and volume is Volume.MAIN else volume])
    return {volume: tuple(found) for volume, found in volumes.items()}


def _follows(one: Material, everything: Mapping[str, Material], archived_at: datetime | None) -> bool:
    """Does it stand behind another paper? Not where that one is in the archive already and this one came later."""
    if not _leads_somewhere(one, everything):
        return False
    return archived_at is None or everything[one.belongs_to].at > archived_at


def _leads_somewhere(one: Material, everything: Mapping[str, Material]) -> bool:
    """Does the paper belong to one that is here, and that chain not back to itself?"""
    seen, current = {one.key}, one
    while current.belongs_to in everything:
        current = everything[current.belongs_to]
        if current.key in seen:
            return False
        seen.add(current.key)
    return current is not one


def _append(one: Material, followers: Mapping[str, list[Material]], volume: list[Material]) -> None:
    volume.append(one)
    for follower in sorted(followers.get(one.key, ()), key=lambda each: (each.at, each.rank, each.key)):
        _append(follower, followers, volume)


def paged(materials: Iterable[Material], pages: Mapping[str, int], days: Mapping[str, date]) -> tuple[Entry, ...]:
    """The catalogue: numbered from 1, pages counted through the volume. Raises ``ValueError`` for a paper of no page."""
    entries: list[Entry] = []
    last = 0
    for no, one in enumerate(materials, 1):
        if pages[one.key] < 1:
            raise ValueError(f"{one.key} has no page")
        entries.append(Entry(no, one, days[one.key], last + 1, last + pages[one.key]))
        last += pages[one.key]
    return tuple(entries)
