"""Who may be the witness (见证人) of an act: somebody outside it, told from an officer or a party by name.

Pure; asked wherever a witness is typed and once more where a witness signs, so that both say the same. A namesake is
another person: whoever types the name adds unit or address in brackets, and the paper then says who it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lishu_law.registry.identity.invalid import InvalidValue
from lishu_law.registry.identity.names import MOST_OF_PERSON, PersonName, parse_person_name

NAMESAKE = "只是同名的另一人，请在姓名后用括号写明单位或者住址，例如“张三（东关社区）”。"


@dataclass(frozen=True)
class Insiders:
    """Who is no witness, by name: ``officers`` of the act, present or former, the ``parties`` and who stands for them,
    and ``colleagues``, other officers of the authority. ``role`` says what the officers are."""

    officers: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()
    role: str = "本案的执法人员或者听证人员"


def why_no_witness(name: str, insiders: Insiders) -> str:
    """Why this person cannot be the witness; empty where nothing speaks against it."""
    witness = name.strip()
    if not witness:
        return ""
    if witness in insiders.officers:
        why = f"{witness}是{insiders.role}，不能作见证人"
    elif witness in insiders.parties:
        why = f"{witness}是当事人一方的人，不能作见证人"
    elif witness in insiders.colleagues:
        why = f"{witness}是本机关的执法人员，不能作见证人"
    else:
        return ""
    return f"{why}。请另请一名见证人；{NAMESAKE}"


def parse_outsider_name(text: str) -> PersonName:
    """A person's name, with unit or address in brackets where it is needed: 张三（东关社区）.

    Raises ``InvalidValue`` as :func:`parse_person_name` does, ``name.note`` for the part in brackets.
    """
    plain = text.strip().replace("(", "（").replace(")", "）")
    name, bracket, note = plain.partition("（")
    person = parse_person_name(name)
    if not bracket:
        return person
    note = "".join(note.split())
    inside = note.removesuffix("）")
    is_closed = note.endswith("）") and not set(inside) & set("（）、<>")
    found = f"{person.value}（{inside}）"
    if not is_closed or len(inside) < 2 or len(found) > MOST_OF_PERSON or not inside.isprintable():
        message = f"姓名后的括号里写单位或者住址，例如“张三（东关社区）”，连姓名不超过 {MOST_OF_PERSON} 字。请核对。"
        raise InvalidValue("name.note", message)
    return replace(person, value=found)
