"""Finding public records: exact forms first, then ``LIKE`` on the folded text, newest first (decision 22).

The searched text holds organisations' names, violation and document number; a natural person's name, masked or not, is
never in it, so a search for one finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from disclosure.models import DisclosureRecord, RecordState

PAGE = 20
COUNT_CAP = 1000
LONGEST_QUERY = 50
_BRACKETS = str.maketrans({**dict.fromkeys("〔[【({［（｛", "("), **dict.fromkeys("〕]】)}］）｝", ")")})
_NUMBER = re.compile(r"[一-鿿]{2,20}\([0-9]{4}\)第?[0-9]{1,6}号")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})~([0-9]{4}-[a-z2-7]{10})")


def fold(text: str) -> str:
    """One form for text and query: NFKC, no white space, lower case, all brackets alike."""
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS).casefold()
    return "".join(plain.split())


def searched_text(*parts: str) -> str:
    """What ``LIKE`` looks into. Parts are kept apart so that no query matches across two of them."""
    return "\n".join(fold(part) for part in parts if part)


@dataclass(frozen=True)
class PublicSearch:
    """One request of the list: folded query, filters, and the place to go on from."""

    query: str = ""
    year: int | None = None
    domain: str = ""
    type: str = ""
    after: tuple[date, str] | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.query or self.year or self.domain or self.type)


@dataclass(frozen=True)
class Page:
    rows: list[DisclosureRecord]
    next_cursor: str
    count: int
    is_capped: bool

    @property
    def count_text(self) -> str:
        return f"{COUNT_CAP}+" if self.is_capped else str(self.count)


def parse_cursor(text: str) -> tuple[date, str] | None:
    """The place after which a page begins; None for the first page. Raises ``ValueError`` for a broken one."""
    if not text:
        return None
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise ValueError("cursor")
    return date.fromisoformat(match[1]), match[2]


def cursor_of(record: DisclosureRecord) -> str:
    return f"{record.decided_on.isoformat()}~{record.public_id}"


def on_show(today: date) -> QuerySet[DisclosureRecord]:
    """What the public may see on ``today``: published and not past its last day."""
    return DisclosureRecord.objects.filter(state=RecordState.PUBLISHED, display_until__gte=today)


def find(search: PublicSearch, today: date) -> Page:
    """One page of the records on show, newest decision first. Two statements."""
    rows = _matching(search, on_show(today))
    ordered = rows.order_by("-decided_on", "-public_id")
    if search.after:
        day, public_id = search.after
        ordered = ordered.filter(Q(decided_on__lt=day) | Q(decided_on=day, public_id__lt=public_id))
    shown = list(ordered[: PAGE + 1])
    more = len(shown) > PAGE
    count = rows.order_by()[: COUNT_CAP + 1].count()
    return Page(shown[:PAGE], cursor_of(shown[PAGE - 1]) if more else "", min(count, COUNT_CAP), count > COUNT_CAP)


def _matching(search: PublicSearch, rows: QuerySet[DisclosureRecord]) -> QuerySet[DisclosureRecord]:
    if search.year:
        rows = rows.filter(decided_on__gte=date(search.year, 1, 1), decided_on__lte=date(search.year, 12, 31))
    if search.domain:
        rows = rows.filter(domain=search.domain)
    if search.type:
        rows = rows.filter(types__contains=[search.type])
    query = fold(search.query)
    if not query:
        return rows
    if _CODE.fullmatch(query.upper()):
        return rows.filter(uscc_search=query.upper())
    if _NUMBER.fullmatch(query):
        return rows.filter(number_search=query)
    return rows.extra(where=["search_text LIKE %s"], params=[f"%{_escaped(query)}%"])


def _escaped(query: str) -> str:
    """The query as literal text: ``%`` and ``_`` mean themselves."""
    return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
