"""The history of a record can be added to and read, nothing else."""

from django.db import migrations

from lishu_law.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(triggers.protect("disclosure_recordevent"), triggers.unprotect("disclosure_recordevent")),
    ]
