"""Finding public records: exact forms first, then what ``LIKE`` finds in the folded text, newest first (decision 22).

The searched text holds organisations' names, violation and document number; a natural person's name, masked or not, is
never in it, so a search for one finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from disclosure.models import DisclosureRecord, RecordState
from disclosure.queries.grams import grams
from lishu_law.keyset import beyond

PAGE = 20
NEWEST = ("-decided_on", "-public_id")  # the order of every list; the second field tells decisions of a day apart
JSON_PAGE = 100
COUNT_CAP = 1000
STEPS = (400, 1200, 3000)  # rows read in order before each choice between the two ways: the more, the surer
DEAR = 1.5  # what a hit of the index costs, fetched and sorted, in rows read in order
COMMON = 0.02  # share of matching rows from which counting along the rows is cheaper than by the index
LONGEST_QUERY = 50
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
    match = CURSOR.fullmatch(text)
    if match is None:
        raise ValueError("cursor")
    return date.fromisoformat(match[1]), match[2]


def cursor_of(record: DisclosureRecord) -> str:
    return f"{record.decided_on.isoformat()}~{record.public_id}"


def on_show(today: date) -> QuerySet[DisclosureRecord]:
    """What the public may see on ``today``: published and not past its last day."""
    return DisclosureRecord.objects.filter(state=RecordState.PUBLISHED, display_until__gte=today)


def find(search: PublicSearch, today: date, *, size: int = PAGE, counted: bool = True) -> Page:
    """One page of the records on show, newest decision first. Three statements, six at most."""
    rows = _filtered(search, on_show(today)).order_by(*NEWEST)
    query = fold(search.query)
    exact = _exact(query)
    if query and exact is None:
        return as_page(*Finder(rows, query, search.after, size).page(counted=counted), size)
    if exact is not None:
        rows = rows.filter(exact)
    shown = list(_behind(rows, search.after)[: size + 1])
    return as_page(shown, rows.order_by()[: COUNT_CAP + 1].count() if counted else 0, size)


def as_page(shown: list[DisclosureRecord], count: int, size: int) -> Page:
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

    The newest rows are read first: a common word fills the page there. How many of them match, and how many rows are on
    show at all, says which way is cheaper from there on: reading further in order, or the gram index, whose hits have
    to be sorted. In a small register that is the index almost always, in a large one seldom for common words.
    """

    def __init__(self, rows: QuerySet[DisclosureRecord], query: str, after: tuple[date, str] | None, size: int) -> None:
        self.rows, self.after, self.size = rows, after, size
        self.query, self.pattern = query, f"%{_escaped(query)}%"
        self.ordered = _sql(_behind(rows, after).values("id", "decided_on", "public_id", "search_text"))

    def page(self, *, counted: bool) -> tuple[list[DisclosureRecord], int]:
        """The rows of the page, one more when there is a next page, and how many match, up to 1,001."""
        found, read, shown = self._walk(STEPS[0]), STEPS[0], None
        share = len(found) / read
        while len(found) <= self.size:
            shown = published_about() if shown is None else shown
            if index_is_cheaper(len(found), read, self.size, shown):
                return self._by_grams(counted=counted)
            upto = next((step for step in STEPS if step > read), None)
            found += self._walk(upto and upto - read, offset=read, most=self.size + 1 - len(found))
            if upto is None:
                break
            read, share = upto, len(found) / upto
        return found, self._count(share) if counted else 0

    def _walk(self, limit: int | None, *, offset: int = 0, most: int | None = None) -> list[DisclosureRecord]:
        """Stops at the last row it needs: the rows come in the order of the index, and only those of the page are fetched whole."""
        inner, values = self.ordered
        text = f"""
            SELECT row.* FROM (
                SELECT id FROM ({inner} LIMIT %s OFFSET %s) AS read WHERE search_text LIKE %s
                ORDER BY decided_on DESC, public_id DESC LIMIT %s
            ) AS newest JOIN disclosure_disclosurerecord AS row ON row.id = newest.id
            ORDER BY row.decided_on DESC, row.public_id DESC
        """
        return list(DisclosureRecord.objects.raw(text, [*values, limit, offset, self.pattern, most or self.size + 1]))

    def _by_grams(self, *, counted: bool) -> tuple[list[DisclosureRecord], int]:
        hits, values = _sql(self._hits().values("id", "decided_on", "public_id"))
        behind, more = "", []
        if self.after:
            behind, more = "WHERE (hits.decided_on, hits.public_id) < (%s, %s)", list(self.after)
        # The number is a value of the whole statement: joined as a table it was counted anew for every row of the page.
        matching = "(SELECT count(*) FROM hits)" if counted else "0"
        text = f"""
            WITH hits AS MATERIALIZED ({hits})
            SELECT row.*, {matching} AS matching FROM (
                SELECT id FROM hits {behind} ORDER BY decided_on DESC, public_id DESC LIMIT %s
            ) AS newest JOIN disclosure_disclosurerecord AS row ON row.id = newest.id
            ORDER BY row.decided_on DESC, row.public_id DESC
        """
        found = list(DisclosureRecord.objects.raw(text, [*values, *more, self.size + 1]))
        if found:
            return found, min(getattr(found[0], "matching"), COUNT_CAP + 1)  # noqa: B009  # added by the statement
        return [], self._hits()[: COUNT_CAP + 1].count() if counted and self.after else 0

    def _hits(self) -> QuerySet[DisclosureRecord]:
        rows = self.rows.order_by().extra(where=["lishu_grams(search_text) @> %s"], params=[grams(self.query)])
        return rows.extra(where=["search_text LIKE %s"], params=[self.pattern])

    def _count(self, share: float) -> int:
        """Up to 1,001: a common word is counted along the rows, a rarer one by the index.

        ``share`` is that of the rows read for the page; where they filled it, more may match.
        """
        if share >= COMMON:
            rows = self.rows.order_by().extra(where=["search_text LIKE %s"], params=[self.pattern])
        else:
            rows = self._hits()
        return rows[: COUNT_CAP + 1].count()


def index_is_cheaper(hits: int, read: int, size: int, shown: int) -> bool:
    """Is asking the gram index cheaper than reading on, when ``hits`` of the ``read`` newest of ``shown`` rows match?

    One more hit is counted than was seen, so that a word nobody met yet is not taken for one that stands nowhere.
    """
    share = (hits + 1) / read
    return share * shown * DEAR <= min((size + 1 - hits) / share, max(0, shown - read))


def published_about() -> int:
    """About how many rows are published, as the database counted them last; none where it never has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = 'record_public_newest'::regclass")
        (found,) = cursor.fetchone()
    return max(0, int(found))


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    text, values = rows.query.sql_with_params()
    return text, list(values)


def _escaped(query: str) -> str:
    """The query as literal text: ``%`` and ``_`` mean themselves."""
    return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
