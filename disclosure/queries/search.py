"""Finding public records: exact forms first, then what ``LIKE`` finds in the folded text, newest first (decision 22).

The searched text holds organisations' names, violation and document number; a natural person's name, masked or not, is
never in it, so a search for one finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from disclosure.models import DisclosureRecord, RecordState
from disclosure.queries.gram_shares import gram_shares
from disclosure.queries.grams import grams
from lishu_law.keyset import beyond

PAGE = 20
NEWEST = ("-decided_on", "-public_id")  # the order of every list; the second field tells decisions of a day apart
JSON_PAGE = 100
COUNT_CAP = 1000
CAREFUL = 3  # times as many as expected may match, and times as dear may the index be if that goes wrong
FIRST = 400  # rows read in order before the first choice between the two ways
DEAR = 2  # what a hit of the index costs, fetched and sorted, in rows read in order
ASKED = 400  # what asking the index costs before its first hit, in the same rows
COMMON = 0.02  # share of matching rows from which counting along the rows is cheaper than by the index
LONGEST_QUERY = 50
TABLE = DisclosureRecord._meta.db_table
_BEHIND = "(decided_on, public_id) < (%s, %s)"
_NEWEST = "ORDER BY decided_on DESC, public_id DESC"
_READ = "public_id, number, party_display, violation, decided_on, content"
_LISTED = "public_id, number, party_display, violation, decided_on, content ->> 'types', content ->> 'fine'"
_BRACKETS = str.maketrans({**dict.fromkeys("〔[【({［（｛", "("), **dict.fromkeys("〕]】)}］）｝", ")")})
_NUMBER = re.compile(r"[一-鿿]{2,20}\([0-9]{4}\)第?[0-9]{1,6}号")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})~([0-9]{4}-[a-z2-7]{10})")


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


class Listed(NamedTuple):
    """A record as a list shows it. ``types`` and ``fine`` (yuan) are those of the public copy, None where it has none."""

    public_id: str
    number: str
    party: str
    violation: str
    decided_on: date
    types: str | None
    fine: str | None


@dataclass(frozen=True)
class Page:
    rows: list[Listed]
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
    match = CURSOR.fullmatch(text)
    if match is None:
        raise ValueError("cursor")
    return date.fromisoformat(match[1]), match[2]


def cursor_of(record: DisclosureRecord | Listed) -> str:
    return f"{record.decided_on.isoformat()}~{record.public_id}"


def on_show(today: date) -> QuerySet[DisclosureRecord]:
    """What the public may see on ``today``: published and not past its last day."""
    return DisclosureRecord.objects.filter(state=RecordState.PUBLISHED, display_until__gte=today)


def find(search: PublicSearch, today: date, *, size: int = PAGE, counted: bool = True) -> Page:
    """One page of the records on show, newest decision first.

    Three statements; where a large register keeps both ways open, one more each time three times as many rows were read.
    """
    rows = _filtered(search, on_show(today))
    query = fold(search.query)
    exact = _exact(query)
    if query and exact is None:
        return as_page(*Finder(rows, query, search.after, size).page(counted=counted), size)
    if exact is not None:
        rows = rows.filter(exact)
    listed = _behind(rows, search.after).order_by(*NEWEST).values_list(
        "public_id", "number", "party_display", "violation", "decided_on", KT("content__types"), KT("content__fine")
    )  # fmt: skip
    shown = [Listed(*row) for row in listed[: size + 1]]
    return as_page(shown, rows[: COUNT_CAP + 1].count() if counted else 0, size)


def as_page(shown: list[Listed], count: int, size: int) -> Page:
    """``shown`` holds one row more than fits when there is a next page."""
    more = len(shown) > size
    cursor = cursor_of(shown[size - 1]) if more else ""
    return Page(shown[:size], cursor, min(count, COUNT_CAP), count > COUNT_CAP)


def _filtered(search: PublicSearch, rows: QuerySet[DisclosureRecord]) -> QuerySet[DisclosureRecord]:
    if search.year:
        rows = rows.filter(decided_on__gte=date(search.year, 1, 1), decided_on__lte=date(search.year, 12, 31))
    if search.domain:
        rows = rows.filter(domain=search.domain)
    return rows.filter(types__contains=[search.type]) if search.type else rows


def _exact(query: str) -> Q | None:
    """A credit code or a whole document number names its rows by itself."""
    if _CODE.fullmatch(query.upper()):
        return Q(uscc_search=query.upper())
    return Q(number_search=query) if _NUMBER.fullmatch(query) else None


def _behind(rows: QuerySet[DisclosureRecord], after: tuple[date, str] | None) -> QuerySet[DisclosureRecord]:
    if after is None:
        return rows
    return beyond(rows, NEWEST, after)


class Finder:
    """Rows whose text holds the query, by the cheaper of two ways; both compare the text, so both are exact.

    The newest rows are read first: a common word fills the page there. How many of them match, what the database counted
    of the grams, and how many rows are on show at all say which way is cheaper from there on: reading further in order,
    or the gram index, whose hits have to be sorted. In a small register that is the index almost always, in a large one
    seldom for common words. A query that is expected to be rare goes to the index at once.
    """

    def __init__(self, rows: QuerySet[DisclosureRecord], query: str, after: tuple[date, str] | None, size: int) -> None:
        self.query, self.after, self.size = query, after, size
        self.shown, self.values = _condition(rows)
        self.pattern = f"%{_escaped(query)}%"

    def page(self, *, counted: bool) -> tuple[list[Listed], int]:
        """The rows of the page, one more when there is a next page, and how many match, up to 1,001."""
        known = gram_shares()
        likely, most = known.likely(self.query), known.most(self.query)
        whole = self.size + 1
        is_bearable = index_is_cheaper(most, CAREFUL * whole, known.shown, known.shown)
        if is_bearable and index_is_cheaper(min(most, CAREFUL * likely), whole, known.shown, known.shown):
            return self._by_grams(counted=counted)
        read = first_read(likely, whole)
        found = self._walk(read)
        share = share_of(len(found), read, likely)
        while (missing := whole - len(found)) > 0:
            share = share_of(len(found), read, likely)
            # A table the database has never counted may be of any size: the index bounds what is read.
            if not known.shown or index_is_cheaper(share, missing, known.shown - read, known.shown):
                return self._by_grams(counted=counted)
            upto = read_on(share, missing, read, known.shown)
            found += self._walk(upto and upto - read, offset=read, most=missing)
            if upto is None:
                break
            read = upto
        return found, self._count(share) if counted else 0

    def _walk(self, limit: int | None, *, offset: int = 0, most: int | None = None) -> list[Listed]:
        """The matching rows among those in the order of the index; reading stops at the last one needed."""
        behind = f"AND {_BEHIND}" if self.after else ""
        text = f"""
            SELECT {_LISTED} FROM (
                SELECT {_READ}, search_text FROM {TABLE} WHERE {self.shown} {behind} {_NEWEST} LIMIT %s OFFSET %s
            ) AS read WHERE search_text LIKE %s {_NEWEST} LIMIT %s
        """
        values = [*self.values, *(self.after or ()), limit, offset, self.pattern, most or self.size + 1]
        return [Listed(*row) for row in _fetched(text, values)]

    @property
    def _hits(self) -> tuple[str, list[Any]]:
        """The condition of a row that holds the query, for the index, and its values."""
        condition = f"{self.shown} AND lishu_grams(search_text) @> %s AND search_text LIKE %s"
        return condition, [*self.values, grams(self.query), self.pattern]

    def _by_grams(self, *, counted: bool) -> tuple[list[Listed], int]:
        hits, values = self._hits
        behind = f"WHERE {_BEHIND}" if self.after else ""
        # The number is a value of the whole statement: joined as a table it was counted anew for every row of the page.
        matching = "(SELECT count(*) FROM hits)" if counted else "0"
        text = f"""
            WITH hits AS MATERIALIZED (SELECT id, decided_on, public_id FROM {TABLE} WHERE {hits})
            SELECT {_LISTED}, {matching} FROM {TABLE}
            WHERE id IN (SELECT id FROM hits {behind} {_NEWEST} LIMIT %s) {_NEWEST}
        """
        found = _fetched(text, [*values, *(self.after or ()), self.size + 1])
        if found:
            return [Listed(*row[:-1]) for row in found], min(found[0][-1], COUNT_CAP + 1)
        return [], _capped(hits, values) if counted and self.after else 0

    def _count(self, share: float) -> int:
        """Up to 1,001: a common word is counted along the rows, a rarer one by the index."""
        if share >= COMMON:
            return _capped(f"{self.shown} AND search_text LIKE %s", [*self.values, self.pattern])
        return _capped(*self._hits)


def _condition(rows: QuerySet[DisclosureRecord]) -> tuple[str, list[Any]]:
    """What ``rows`` asks of a row of their table, as Django writes it, and its values."""
    text, values = rows.query.get_compiler(connection=connection).compile(rows.query.where)
    return f"({text})", list(values)


def _capped(condition: str, values: list[Any]) -> int:
    text = f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {condition} LIMIT %s) AS capped"
    ((count,),) = _fetched(text, [*values, COUNT_CAP + 1])
    return int(count)


def _fetched(text: str, values: Sequence[Any]) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())


def first_read(likely: float, whole: int) -> int:
    """How many rows to read before the first question: up to three times as many where they should fill the page."""
    wanted = round(2 * whole / likely)
    return wanted if FIRST < wanted <= 3 * FIRST else FIRST


def share_of(hits: int, read: int, likely: float) -> float:
    """The share of matching rows, when ``hits`` of the ``read`` newest match and ``likely`` was expected before.

    What was expected weighs as much as one hit, and no more than twice what was read: hits refute it. Where nothing is
    known (``likely`` 1), a word nobody met yet is still not taken for one that stands nowhere.
    """
    return (hits + 1) / (read + min(1 / likely, 2 * read))


def index_is_cheaper(share: float, missing: int, unread: int, shown: int) -> bool:
    """Is asking the gram index cheaper than reading on until the ``missing`` rows are found, or all are read?"""
    return ASKED + share * shown * DEAR <= min(missing / share, max(0, unread))


def read_on(share: float, missing: int, read: int, shown: int) -> int | None:
    """Up to which row to read in order before asking again; None: to the last.

    Twice as far as the page should need, but hits that stand close together promise too much: then the index is asked.
    """
    upto = max(3 * read, read + round(2 * missing / share))
    return upto if upto < shown // 2 else None


def _escaped(query: str) -> str:
    """The query as literal text: ``%`` and ``_`` mean themselves."""
    return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
