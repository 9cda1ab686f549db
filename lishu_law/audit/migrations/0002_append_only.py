"""The journal's entries can be added and read, nothing else."""

from django.db import migrations

from lishu_law.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(triggers.FUNCTION, triggers.DROP_FUNCTION),
        migrations.RunSQL(triggers.protect("audit_journalentry"), triggers.unprotect("audit_journalentry")),
    ]
