"""The gram index of the public search: every character and every pair of neighbours of the searched text.

The function is dear on purpose: no plan evaluates it row by row where the index can answer. It can be rebuilt by REINDEX.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION lishu_grams(searched text) RETURNS int4[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT gram), '{}'::int4[])
    FROM (SELECT string_to_array(searched, NULL) AS signs) AS whole,
        LATERAL generate_series(1, cardinality(signs)) AS place,
        LATERAL (VALUES
            ((ascii(signs[place]) & 65535) << 16),
            (((ascii(signs[place]) & 65535) << 16) | (ascii(signs[place + 1]) & 65535))
        ) AS pair(gram)
    WHERE gram IS NOT NULL
$$
"""
INDEX = """
CREATE INDEX record_grams ON disclosure_disclosurerecord USING gin (lishu_grams(search_text))
WITH (fastupdate = off) WHERE state = 'published'
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_append_only")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION lishu_grams(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX record_grams"),
    ]
