"""亮证: the page that shows an officer's certificate on one day (§4.2); issued by the officer, dead at midnight."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import codes, permissions
from inspections.actions.frame import lock_filing, refuse_if
from inspections.models import CertificatePass
from inspections.queries.officers import officer_facts
from inspections.rules import all_certified
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.documents.codes import digest_of
from lishu_law.registry.models import Certificate


@transaction.atomic(durable=True)
def issue_pass(*, by: Any, filing_id: int | None = None, at: datetime | None = None) -> CertificatePass:
    """Today's page of one's own certificate, for one visit or on patrol; asked again it is the same."""
    moment = at or clock.now()
    today = clock.local(moment).date()
    policy.check(by, "certificate.show")
    if filing_id is not None:
        _row, subject = lock_filing(filing_id, None, by)
        permissions.check(by, "inspection.act", subject)
    refuse_if(all_certified(officer_facts([by]), [today]))
    held = Certificate.objects.valid_on(today).filter(user=by).order_by("-valid_until", "id").first()
    token = codes.new_token()
    kept, is_new = CertificatePass.objects.get_or_create(
        user=by, filing_id=filing_id, day=today,
        defaults={"certificate": held, "token": token, "token_digest": digest_of(token), "issued_at": moment},
    )  # fmt: skip
    journal.record("certificate.show", by=by, on=("certificate_pass", kept.pk), details={"new": is_new})
    return kept
