"""The rows of an edition and the confirmations of the legal section can be added to and read, nothing else."""

from django.db import migrations

from lishu_law.audit import triggers

TABLES = ("cases_editionrow", "cases_rowconfirmation")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL([triggers.protect(table) for table in TABLES], [triggers.unprotect(table) for table in TABLES])
    ]
