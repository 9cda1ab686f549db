"""Which of our own texts name a statute: document templates, time limits, rules of the procedure, powers of coercion.

When a statute changes they are read again by a person; nothing here changes a text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import get_template

from cases.documents.catalogue import CATALOGUE
from cases.procedure.measure_powers import POWERS
from lishu_law.law.citations import Cite, parse_basis
from lishu_law.law.limits import LIMITS
from lishu_law.law.rules import RULES


@dataclass(frozen=True)
class Citing:
    """Texts of one kind that name a changed statute, by their titles."""

    kind: str
    titles: tuple[str, ...]


def texts_citing(laws: Collection[str]) -> tuple[Citing, ...]:
    """Everything of ours that names one of these statutes (full names); kinds without a hit are left out."""
    wanted = {f"《{law}》" for law in laws}
    found = (
        Citing("文书模板", _unique(one.title for one in CATALOGUE if _names(one.legal_basis, one.template) & wanted)),
        Citing("期限", _unique(one.title for one in LIMITS.values() if {cite.title for cite in one.citation} & wanted)),
        Citing("强制措施的权力依据", _unique(str(one.cite) for one in POWERS.values() if one.cite.title in wanted)),
        Citing("程序规则", _unique(one.term_zh for one in RULES.values() if _cited(one.legal_basis) & wanted)),
    )
    return tuple(one for one in found if one.titles)


def _unique(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles))


def _names(basis: str, template: str) -> frozenset[str]:
    return _cited(basis) | _printed(template)


@lru_cache(maxsize=1024)
def _cited(basis: str) -> frozenset[str]:
    return frozenset(cite.title for cite in parse_basis(basis) if isinstance(cite, Cite))


@lru_cache(maxsize=256)
def _printed(template: str) -> frozenset[str]:
    """Names in 《》 in the words of the template itself."""
    source = get_template(template).template.source  # type: ignore[attr-defined]  # Django's own engine has it
    return frozenset(f"《{part.partition('》')[0]}》" for part in source.split("《")[1:])
