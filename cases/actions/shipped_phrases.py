"""The starter phrases shipped with the system, brought in as drafts: nothing is offered before the legal section agrees.

They have no author here. Whoever takes one over and submits it answers for it, and another person reviews it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cases.models import Phrase, PhraseVersion
from lishu_law.audit import journal
from lishu_law.law.tables import keyed, read_table

DATA = Path(__file__).resolve().parents[1] / "data"


def load_shipped_phrases(at: datetime) -> int:
    """Every shipped phrase that is not there yet, inside the transaction that loads the other law data.

    Those that are stay as the bureau has them. How many came in.
    """
    rows = keyed(read_table("phrases", DATA), "code")
    known = set(Phrase.objects.filter(code__in=rows).values_list("code", flat=True))
    made = [
        Phrase(
            code=code, kind=row["kind"], item_code=row["item_code"], title=row["title"], origin=row["origin"],
            created_at=at,
        )
        for code, row in rows.items()
        if code not in known
    ]  # fmt: skip
    Phrase.objects.bulk_create(made)
    PhraseVersion.objects.bulk_create(
        PhraseVersion(phrase=one, number=1, text=rows[one.code]["text"], written_at=at) for one in made
    )
    if made:
        journal.record("phrase.load_shipped", by=None, on=("phrase", "shipped"), details={"phrases": len(made)})
    return len(made)
