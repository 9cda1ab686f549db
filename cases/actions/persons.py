"""People met in a case: registered once, then chosen (never typed twice)."""

from __future__ import annotations

from cases.models import CasePerson


def find_or_add_person(
    case_id: int, *, role: str, name: str, gender: str = "", id_number: str = "", phone: str = "", employer: str = ""
) -> CasePerson:
    """The person of this name and number in the case, or a new one. Written before the transcript that names it."""
    for person in CasePerson.objects.filter(case_id=case_id, name=name):
        if not id_number or not person.id_number or person.id_number == id_number:
            return person
    return CasePerson.objects.create(
        case_id=case_id, role=role or "witness", name=name, gender=gender, id_number=id_number, phone=phone,
        employer=employer,
    )  # fmt: skip
