"""How an edition comes into force: checked by the legal section, released by a head with its publication, filed (处罚法34)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.discretion.provisions import is_unchecked
from cases.editions.writing import Release, row_digest
from cases.models import Discretion, Edition, EditionKind, EditionRow, EditionState, RowConfirmation
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused

LAW = "行政处罚法第三十四条"
RULE = "gen-basis-publicity"


@transaction.atomic(durable=True)
def review_edition(*, by: Any, reference: str, agree: bool, opinion: str, at: datetime | None = None) -> Edition:
    """The legal section's review of a draft."""
    policy.check(by, "edition.review")
    edition = _locked(reference)
    refusals = list(_not_in(edition, EditionState.DRAFT, "审核"))
    if len(opinion.strip()) < 5:
        text = "请写明审核意见：依据、幅度、档次和条文核对的结果。"
        refusals.append(Refusal(RULE, text, LAW, "opinion"))
    if refusals:
        raise Refused(refusals)
    edition.state = EditionState.REVIEWED if agree else EditionState.RETURNED
    edition.reviewed_by, edition.reviewed_at, edition.review_opinion = by, at or clock.now(), opinion.strip()
    edition.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_opinion"])
    return _recorded("review", by, edition, agree=agree)


@transaction.atomic(durable=True)
def release_edition(*, by: Any, reference: str, release: Release, at: datetime | None = None) -> Edition:
    """Publish: from its first day in force this edition is the one that applies."""
    edition = _locked(reference)
    made_by = {person.staff_number for person in (edition.imported_by, edition.reviewed_by) if person}
    policy.check(by, "edition.release", Subject(involved={"applicant": frozenset(made_by)}))
    today = clock.local(at or clock.now()).date()
    refusals = [*_not_in(edition, EditionState.REVIEWED, "公布"), *_release_faults(edition, release, today)]
    if refusals:
        raise Refused(refusals)
    for name, value in vars(release).items():
        setattr(edition, name, value)
    edition.state, edition.released_by, edition.released_at = EditionState.PUBLISHED, by, at or clock.now()
    edition.save(update_fields=[*vars(release), "state", "released_by", "released_at"])
    return _recorded(
        "release", by, edition, document_no=release.document_no, in_force_from=release.in_force_from.isoformat()
    )


def _release_faults(edition: Edition, release: Release, today: date) -> Iterator[Refusal]:
    if not release.document_no.strip() or not release.published_at.strip():
        yield Refusal(RULE, "请写明发文字号和公布的地方，例如网址。", LAW, "document_no")
    if release.published_on > today:
        yield Refusal(RULE, "公布日期不能晚于今天：公布以后才能选用。", LAW, "published_on")
    if release.in_force_from < release.published_on:
        yield Refusal(RULE, "施行日期不能早于公布日期：没有公布的不能作依据。", LAW, "in_force_from")
    if release.adopted_on and release.adopted_on > release.published_on:
        yield Refusal(RULE, "集体审议日期不能晚于公布日期，请核对。", LAW, "adopted_on")
    yield from _filing_faults(release.filed_no, release.filed_on, today)
    published = Edition.objects.filter(kind=edition.kind, state=EditionState.PUBLISHED)
    latest = published.aggregate(latest=Max("in_force_from"))["latest"]
    if latest and release.in_force_from <= latest:
        text = f"施行日期要晚于前一版的施行日期（{latest}）。已经决定的案件不受影响。"
        yield Refusal(RULE, text, LAW, "in_force_from")


@transaction.atomic(durable=True)
def file_edition(*, by: Any, reference: str, filed_no: str, filed_on: date, at: datetime | None = None) -> Edition:
    """The filing with the 司法局, when it follows the publication."""
    policy.check(by, "edition.file")
    edition = _locked(reference)
    refusals = list(_not_in(edition, EditionState.PUBLISHED, "登记备案"))
    if edition.filed_no:
        refusals.append(Refusal(RULE, "这一版已经登记过备案号。", "", "filed_no"))
    refusals += _filing_faults(filed_no, filed_on, clock.local(at or clock.now()).date())
    if refusals:
        raise Refused(refusals)
    edition.filed_no, edition.filed_on = filed_no.strip(), filed_on
    edition.save(update_fields=["filed_no", "filed_on"])
    return _recorded("file", by, edition, filed_no=edition.filed_no)


def _filing_faults(filed_no: str, filed_on: date | None, today: date) -> Iterator[Refusal]:
    if bool(filed_no.strip()) != (filed_on is not None):
        yield Refusal(RULE, "备案号和备案日期要一起填。还没有备案的，两个都不填。", "", "filed_no")
    if filed_on and filed_on > today:
        yield Refusal(RULE, "备案日期不能晚于今天，请核对。", "", "filed_on")


@transaction.atomic(durable=True)
def confirm_row(
    *, by: Any, reference: str, row_key: str, source: str, note: str = "", at: datetime | None = None
) -> RowConfirmation:
    """benchmark-unconfirmed: the legal section has read the provision behind a row that came from memory."""
    policy.check(by, "edition.confirm_row")
    row = EditionRow.objects.filter(
        edition__reference=reference, edition__kind=EditionKind.BENCHMARK, key=row_key
    ).first()
    if row is None:
        raise NotFound
    digest = row_digest(EditionKind.BENCHMARK, row.cells)
    refusals = []
    if not needs_confirmation(row.cells):
        refusals.append(Refusal("benchmark-unconfirmed", "这一行的条文已经核对过，不需要确认。", "", ""))
    if RowConfirmation.objects.filter(row_key=row_key, digest=digest).exists():
        refusals.append(Refusal("benchmark-unconfirmed", "这一行已经确认过，不用再确认。", "", ""))
    if len(source.strip()) < 5:
        text = "请写明核对的原文在哪里，例如公报或者官方网站的名称、发布日期。"
        refusals.append(Refusal("benchmark-unconfirmed", text, LAW, "source"))
    if refusals:
        raise Refused(refusals)
    confirmation = RowConfirmation.objects.create(
        row_key=row_key, digest=digest, source=source.strip(), note=note.strip(), by=by, at=at or clock.now()
    )
    freed = _free_cases(row)
    journal.record(
        "edition.confirm_row", by=by, on=("edition", reference), details={"row": row_key, "cases": len(freed)}
    )
    return confirmation


def needs_confirmation(cells: dict[str, str]) -> bool:
    """Whether a row of the benchmark came from memory, by its own words."""
    provisions = cells["breached_provision"] + cells["penalty_provision"]
    return cells["origin_kind"] == "memory" or is_unchecked(provisions)


def _free_cases(row: EditionRow) -> list[int]:
    """Cases that waited for this text only."""
    freed = []
    waiting = Discretion.objects.select_for_update(of=("self",)).filter(
        needs_confirmation=True, result__assessment__unconfirmed__contains=[row.key]
    )
    for discretion in waiting.select_related("benchmark_edition"):
        keys = discretion.result["assessment"]["unconfirmed"]
        if not _still_open(discretion, keys):
            discretion.needs_confirmation = False
            discretion.save(update_fields=["needs_confirmation"])
            freed.append(discretion.case_id)
    return freed


def _still_open(discretion: Discretion, keys: list[str]) -> bool:
    """Whether one of these rows, with the text of the case's own editions, is still not confirmed."""
    references = {name: discretion.result["editions"].get(name) for name in ("benchmark", "earlier")}
    rows = EditionRow.objects.filter(edition__reference__in=[one for one in references.values() if one], key__in=keys)
    texts = {(row.key, row_digest(EditionKind.BENCHMARK, row.cells)) for row in rows}
    confirmed = set(RowConfirmation.objects.filter(row_key__in=keys).values_list("row_key", "digest"))
    return any(key not in {known for known, _digest in texts & confirmed} for key in keys)


def _locked(reference: str) -> Edition:
    edition = (
        Edition.objects.select_for_update(of=("self",)).select_related("imported_by", "reviewed_by")
        .filter(reference=reference).first()
    )  # fmt: skip
    if edition is None:
        raise NotFound
    return edition


def _not_in(edition: Edition, state: str, act: str) -> Iterator[Refusal]:
    if edition.state != state:
        text = f"这一版现在是“{edition.get_state_display()}”，不能{act}。请刷新页面。"
        yield Refusal(RULE, text, LAW, "")


def _recorded(action: str, by: Any, edition: Edition, **details: Any) -> Edition:
    journal.record(f"edition.{action}", by=by, on=("edition", edition.reference), details=details)
    return edition
