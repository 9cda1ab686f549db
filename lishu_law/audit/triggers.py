"""SQL that makes a table append-only; plain plpgsql, no extension. Used by migrations only."""

from __future__ import annotations

FUNCTION = """
CREATE OR REPLACE FUNCTION lishu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""

DROP_FUNCTION = "DROP FUNCTION IF EXISTS lishu_append_only();"


def protect(table: str) -> str:
    """Refuse UPDATE, DELETE and TRUNCATE on ``table``."""
    return f"""
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION lishu_append_only();
CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION lishu_append_only();
"""


def unprotect(table: str) -> str:
    """The reverse of :func:`protect`."""
    return f"DROP TRIGGER IF EXISTS {table}_rows ON {table}; DROP TRIGGER IF EXISTS {table}_truncate ON {table};"
