"""An officer signs the finished record: by hand, or by the own account with the password given once more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import permissions
from inspections.actions.frame import in_state, lock_filing, refuse_if
from inspections.documents.issue import seal_when_signed
from inspections.models import FilingState, VisitSignature
from inspections.queries.visit_record import text_of_record
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal
from lishu_law.web.models import SignerRole
from lishu_law.web.signatures import NewSignature, digest_of_text, keep_signature

DONE = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)


@transaction.atomic(durable=True)
def sign_record(
    *, filing_id: int, by: Any, digest: str, signature: NewSignature, at: datetime | None = None
) -> VisitSignature:
    """Sign as oneself. ``digest`` is of the text that was shown: another text by now is refused.

    With the second officer's signature the record is sealed as J03: only then may its result be told.
    """
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, None, by)
    permissions.check(by, "inspection.act", subject)
    refuse_if(in_state(row, DONE, "在检查记录上签名"))
    text = text_of_record(row)
    refuse_if([*_changed(digest, text), *_signed_before(row.pk, by)])
    kept = VisitSignature.objects.create(filing=row, signature=keep_signature(signature, text=text, by=by, at=moment))
    paper = seal_when_signed(row, by=by, at=moment)
    details = {"how": kept.signature.how, "text": kept.signature.text_digest, "paper": paper.pk if paper else None}
    journal.record("inspection.sign", by=by, on=("inspection_filing", row.pk), details=details)
    return kept


def _changed(digest: str, text: str) -> list[Refusal]:
    if digest == digest_of_text(text):
        return []
    return [Refusal("signature-text", "记录和打开这一页时不一样了，没有签名。请刷新页面，核对后再签。")]


def _signed_before(filing_id: int, by: Any) -> list[Refusal]:
    mine = VisitSignature.objects.filter(filing_id=filing_id, signature__user=by, signature__role=SignerRole.OFFICER)
    return [Refusal("signature-once", "您已经在这份记录上签过名，没有重复签名。")] if mine.exists() else []
