"""The history of a record and the register can be added to and read, nothing else."""

from django.db import migrations

from lishu_law.audit import triggers


TABLES = (
    "disclosure_recordevent",
    "disclosure_registerleaf",
    "disclosure_registernode",
    "disclosure_registercheckpoint",
    "disclosure_registerkey",
    "disclosure_innerleaf",
)


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("audit", "0002_append_only")]

    operations = [migrations.RunSQL(triggers.protect(table), triggers.unprotect(table)) for table in TABLES]
