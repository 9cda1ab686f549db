"""The rows the search is measured on: a register of its own per size, kept between runs, made by one statement.

Each stands in a schema of its own beside the real tables: the same columns, indexes and constraints, filled first and
indexed afterwards, as a large register is restored. While something is measured the search path leads there, so the
program's own search runs on it unchanged. What the schema was made from is written on it; a register of another shape
is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from disclosure.models import DisclosureRecord
from disclosure.queries.gram_shares import forget
from disclosure.queries.search import searched_text
from lishu_law import clock

TABLE = DisclosureRecord._meta.db_table
PARTS = ("顺达", "宏运", "吉通", "东盛", "北辰", "恒远", "金穗", "安捷", "鑫源", "佳合", "通泰", "丰禾")
TRADES = ("货运有限公司", "物流有限公司", "汽车修理部", "运输队", "客运站", "驾驶员培训学校")
VIOLATIONS = (
    "没有采取必要措施防止货物脱落、扬撒",
    "超限运输",
    "未取得道路运输经营许可",
    "未按规定维护车辆",
    "涂改营运证",
)
RARE = tuple("璟珺旻翀鼐龑薿飏霙靉")
SCHEMA = "bench_search_"
DAYS = 300  # the decisions are spread over so many days, in no order of theirs in the table
# 3 of 5 organisations' names are searched, one name in five hundred has a rare character.
FILL = f"""
INSERT INTO {TABLE} (
    public_id, case_no, number, state, version, content, content_digest, corrections, held_for, party_display, is_person,
    uscc_search, number_search, search_text, violation, domain, types, fine, confiscated, tier, year, decided_on, handlers,
    credit_class, exclusion_code, publish_due, is_due_provisional, display_until, published_at, is_late, late_reason,
    withdrawal_reason, created_at, updated_at
)
SELECT
    to_char(decided_on, 'YYYY-') || translate(substr(md5(serial::text), 1, 4) || lpad(to_hex(serial), 6, '0'), '0189', 'ghij'),
    'bench-search', number, 'published', 1, '{{"types": "罚款", "fine": "1000.00"}}', repeat('0', 64), '[]', '',
    CASE WHEN is_shown THEN name ELSE '孙**' END, NOT is_shown, '', folded,
    CASE WHEN is_shown THEN name || E'\\n' ELSE '' END || violation || E'\\n' || folded, violation, '道路货运', '{{02}}',
    1000, 0, '', to_char(decided_on, 'YYYY')::int, decided_on, '{{}}', '2', '', %(today)s::date, false,
    %(today)s::date + {DAYS}, %(now)s::timestamptz, false, '', '', %(now)s::timestamptz, %(now)s::timestamptz
FROM (
    SELECT *, format('吉梨交罚〔%%s〕%%s号', to_char(decided_on, 'YYYY'), padded) AS number,
        format('吉梨交罚(%%s)%%s号', to_char(decided_on, 'YYYY'), padded) AS folded,
        '梨树县示例' || (%(parts)s::text[])[1 + floor(random() * {len(PARTS)})::int]
        || CASE WHEN random() < 0.002 THEN (%(rare)s::text[])[1 + floor(random() * {len(RARE)})::int] ELSE '' END
        || (%(parts)s::text[])[1 + floor(random() * {len(PARTS)})::int]
        || serial || (%(trades)s::text[])[1 + floor(random() * {len(TRADES)})::int] AS name,
        (%(violations)s::text[])[1 + floor(random() * {len(VIOLATIONS)})::int] AS violation
    FROM (
        SELECT serial, lpad(serial::text, 6, '0') AS padded, random() < 0.6 AS is_shown,
            %(today)s::date - floor(random() * {DAYS})::int AS decided_on
        FROM generate_series(0, %(count)s - 1) AS serial OFFSET 0
    ) AS drawn OFFSET 0
) AS made
"""
INDEXES = """
SELECT index.relname, pg_get_indexdef(index.oid) FROM pg_index
JOIN pg_class AS index ON index.oid = indexrelid WHERE indrelid = %s::regclass ORDER BY index.relname
"""


@contextmanager
def register(count: int) -> Iterator[None]:
    """Searches inside find ``count`` invented rows, no more and no less."""
    schema = f"{SCHEMA}{count}"
    _make(schema, count)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('search_path', %s, false)", [f"{schema}, {before}"])
        forget()
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('search_path', %s, false)", [before])
            forget()


def drop_all() -> None:
    """Remove every register of the measurements."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [SCHEMA])
        for (schema,) in cursor.fetchall():
            cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')


def _make(schema: str, count: int) -> None:
    """The register of this size, unless it is there as it would be made today."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [f"public.{TABLE}"])
        indexes = cursor.fetchall()
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'lishu_grams'")
        functions = cursor.fetchall()
        cursor.execute("SELECT attstattarget FROM pg_attribute WHERE attrelid = 'public.record_grams'::regclass")
        (counted,) = cursor.fetchone()
        shape = hashlib.sha256(repr((FILL, indexes, functions, counted, f"{today:%Y-%m}")).encode()).hexdigest()
        cursor.execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [schema])
        if cursor.fetchone()[0] == shape:
            return
        with transaction.atomic():
            cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
            cursor.execute(f'CREATE SCHEMA "{schema}"')
            cursor.execute(f'CREATE TABLE "{schema}".{TABLE} (LIKE public.{TABLE} INCLUDING ALL EXCLUDING INDEXES)')
            cursor.execute(f'SET LOCAL search_path = "{schema}", public')
            cursor.execute("SELECT setseed(0.7)")
            given = {"parts": list(PARTS), "rare": list(RARE), "trades": list(TRADES), "violations": list(VIOLATIONS)}
            cursor.execute(FILL, {**given, "count": count, "today": today, "now": clock.now()})
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            for _name, definition in indexes:
                cursor.execute(definition.replace(f" ON public.{TABLE} ", f' ON "{schema}".{TABLE} '))
            cursor.execute(f"ALTER INDEX record_grams ALTER COLUMN 1 SET STATISTICS {counted}")
            cursor.execute(f"COMMENT ON SCHEMA \"{schema}\" IS '{shape}'")
        cursor.execute(f'VACUUM ANALYZE "{schema}".{TABLE}')  # what autovacuum does by itself
        _look_at(schema)


def _look_at(schema: str) -> None:
    """The statement folds texts by itself: they have to be what the program would search."""
    with connection.cursor() as cursor:
        columns = "is_person, party_display, violation, number, number_search, search_text"
        cursor.execute(f'SELECT {columns} FROM "{schema}".{TABLE} ORDER BY id DESC LIMIT 50')
        for is_person, party, violation, number, folded, text in cursor.fetchall():
            shown = "" if is_person else party
            if (text, folded) != (searched_text(shown, violation, number), searched_text(number)):
                raise ValueError(f"the rows of the measurement are not folded as the program does it: {text!r}")
