"""Building blocks of the papers: the object, its matters, the frequency of the year, where to ask and complain."""

from __future__ import annotations

from datetime import date

from inspections.documents.shapes import Matter, Subject
from inspections.models import InspectionMatter
from inspections.queries.papers import PaperFacts
from lishu_law.documents.blocks import moment
from lishu_law.law.parameters import DEFAULT_PARAMETERS

UNKNOWN = "待确认"


def subject_block(facts: PaperFacts) -> Subject:
    """The object with whoever answers for it."""
    party, entry = facts.subject.party, facts.subject
    name = party.name or party.person_name
    is_other = entry.title != party.name
    return Subject(
        name=f"{entry.title}（{name}）" if is_other and name else entry.title,
        credit_code=party.uscc,
        address=entry.address,
        representative=party.person_name,
        number=entry.object_no,
    )


def addressee(facts: PaperFacts) -> str:
    """Whom a letter is written to: whoever answers for the object."""
    party = facts.subject.party
    return str(party.name or party.person_name)


def matter_block(matter: InspectionMatter) -> Matter:
    """A matter with what is looked at."""
    return Matter(
        name=matter_name(matter), points=[f"（{point['no']}）{point['content']}" for point in matter.check_points]
    )


def matter_name(matter: InspectionMatter) -> str:
    return f"{matter.name}（{matter.sub_item}）" if matter.sub_item else matter.name


def bases(facts: PaperFacts) -> list[str]:
    """The provisions the matters rest on, each once."""
    return list(dict.fromkeys(matter.basis for matter in facts.matters))


def planned_time(facts: PaperFacts) -> str:
    return f"{moment(facts.filing.window_from)}至{moment(facts.filing.window_to)}"


def frequency(facts: PaperFacts) -> str:
    """How often the object was visited this year, and the cap (insp-frequency)."""
    use, year = facts.use, facts.filing.window_from.year
    if not facts.is_counted:
        return f"本次检查不计入年度次数。{year}年度已检查（含已备案）{use.used}次，年度上限{use.cap}次。"
    reason = facts.filing.over_cap_reason
    over = f"超过年度上限，理由：{reason}" if use.is_reached and reason else ""
    return f"{year}年度已检查（含已备案）{use.used}次，本次为第{use.used + 1}次；年度上限{use.cap}次。{over}"


def supervision_phone(on: date) -> str:
    """The phone for complaints; empty while nobody has confirmed one, and the officers write it by hand."""
    number = DEFAULT_PARAMETERS.value("inspection.supervision_phone", on)
    return "" if number == UNKNOWN else number
